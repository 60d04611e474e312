// Where the data key is: in the environment, or in a file beside the database.
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fingerprintOf, KEY_BYTES, parseDataKey } from './crypto.ts';

export type KeyOptions = {
  /** As the environment has it; null: in a file beside the database. */
  readonly dataKey: string | null;
  /** Then none is made where none is found. */
  readonly isProduction: boolean;
};

/** Finds the key of a database, or makes one at its first start outside production. */
export async function dataKeyFor(path: string, options: KeyOptions): Promise<Uint8Array> {
  if (options.dataKey === null && path === ':memory:') return randomBytes(KEY_BYTES);
  const known = await findKey(path, options);
  if (known !== null) return known;
  if (options.isProduction)
    throw new Error('SANJI_DATA_KEY is missing: 32 random bytes as hex or base64 are needed');
  const keyFile = keyFileOf(path);
  if (existsSync(path))
    throw new Error(`SANJI_DATA_KEY is missing and ${keyFile} is gone: the data cannot be read`);
  return keyIn(keyFile);
}

/** The key of the environment, else the one beside the database, else null. */
export async function findKey(
  path: string,
  { dataKey }: Pick<KeyOptions, 'dataKey'>,
): Promise<Uint8Array | null> {
  if (dataKey !== null) return parseDataKey(dataKey);
  await finishKeyChange(path);
  const keyFile = keyFileOf(path);
  return existsSync(keyFile) ? keyIn(keyFile) : null;
}

/** The key in a file, which is made with a random one when it is not there. */
export function keyIn(keyFile: string): Uint8Array {
  // 'wx': of two processes that start at once, one makes the key and the other reads it.
  if (!existsSync(keyFile))
    try {
      const made = `${randomBytes(KEY_BYTES).toString('hex')}\n`;
      writeFileSync(keyFile, made, { mode: 0o600, flag: 'wx', flush: true });
    } catch (error) {
      if (!existsSync(keyFile)) throw error;
    }
  return parseDataKey(readFileSync(keyFile, 'utf8'));
}

export function keyFileOf(path: string): string {
  return join(dirname(path), 'sanji.key');
}

export function nextKeyFileOf(path: string): string {
  return `${keyFileOf(path)}.next`;
}

/** A change of the key that was killed after it took effect leaves the new key under its first name. */
async function finishKeyChange(path: string): Promise<void> {
  const next = nextKeyFileOf(path);
  if (!existsSync(next) || !existsSync(path)) return;
  const { fingerprintIn, openPlain } = await import('./sqlite.ts');
  const db = openPlain(path);
  const current = fingerprintIn(db);
  db.close();
  if (current === fingerprintOf(keyIn(next))) replaceKeyFile(path);
}

/** Puts the next key in the place of the present one; answers where that is kept. */
export function replaceKeyFile(path: string): string {
  const keyFile = keyFileOf(path);
  const old = `${keyFile}.${fingerprintOf(keyIn(keyFile)).slice(0, 8)}`;
  if (!existsSync(old)) linkSync(keyFile, old);
  renameSync(nextKeyFileOf(path), keyFile);
  return old;
}
