// A new file for what a command writes: whole or not at all, and never in the place of another.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import { DomainError } from '../src/app.ts';
import { OutsideError, UsageError } from './command.ts';

/** Said before the reading, which may be long; somebody's notes in an older report are never lost. */
export function mustBeFree(file: string, endings: readonly string[] = ['.xlsx']): void {
  if (!endings.some((ending) => file.endsWith(ending)))
    throw new UsageError(`expected --out <file${endings.join('|')}>, got ${file}`);
  if (existsSync(file)) throw new DomainError('conflict', `${file} is there already`);
}

/** Written beside it first, so that nobody opens half of a file. */
export async function writeNew(file: string, bytes: Uint8Array | string): Promise<void> {
  const part = `${file}.${randomBytes(4).toString('hex')}.part`;
  try {
    await writeFile(part, bytes, { flag: 'wx' });
    await name(part, file);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') throw new DomainError('conflict', `${file} is there already`);
    throw new OutsideError(`${file} cannot be written: ${code}`, { cause: error });
  } finally {
    await rm(part, { force: true });
  }
}

/** A hard link refuses a name that is taken; sticks and shares that know none take the name itself. */
async function name(part: string, file: string): Promise<void> {
  try {
    await link(part, file);
  } catch (error) {
    if (!NO_LINKS.has(codeOf(error)) || existsSync(file)) throw error;
    await rename(part, file);
  }
}

const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
}
