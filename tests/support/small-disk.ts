// A disk that is soon full: a file system in memory, where we may make one.
import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type SmallDisk = { readonly path: string; readonly remove: () => void };

/** For the user of the server; null where nobody lets us make one. */
export function smallDisk(megabytes: number, userId: number): SmallDisk | null {
  const path = mkdtempSync(join(tmpdir(), 'sanji-disk-'));
  try {
    const size = `size=${megabytes}m`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    rmSync(path, { recursive: true });
    return null;
  }
  chownSync(path, userId, userId);
  return {
    path,
    remove: () => {
      execFileSync('umount', ['-l', path]);
      rmSync(path, { recursive: true });
    },
  };
}
