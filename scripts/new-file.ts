// Files that a command makes: never in the place of another one.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { DomainError } from '../src/app.ts';
import { OutsideError, UsageError } from './command.ts';

/** Said before the reading, which may be long; somebody's notes in an older file are never lost. */
export function mustBeFree(file: string): void {
  if (!file.endsWith('.xlsx')) throw new UsageError(`expected --out <file.xlsx>, got ${file}`);
  if (existsSync(file)) throw new DomainError('conflict', `${file} is there already`);
}

export async function writeNew(file: string, bytes: Uint8Array): Promise<void> {
  await writeFile(file, bytes, { flag: 'wx' }).catch((error: unknown) => {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
    throw new OutsideError(`${file} cannot be written: ${why}`, { cause: error });
  });
}
