// The real command line as its own process, beside a house that is open on the same file.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { openHouse } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { DATA_KEY } from './sqlite.ts';

export const SANJI = join(import.meta.dirname, '../../scripts/sanji.ts');

export type Ended = { readonly code: number; readonly out: string; readonly err: string };

/** A folder with a database, an open house on it, and the command line that works on it too. */
export async function install() {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-'));
  const env = {
    NODE_ENV: 'test',
    DATABASE_URL: `sqlite:${join(folder, 'sanji.db')}`,
    SANJI_DATA_KEY: DATA_KEY,
  };
  const house = await openHouse(parseConfig(env), () => undefined);
  onTestFinished(async () => {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function sanji(words: readonly string[], over: Record<string, string> = {}): Promise<Ended> {
    return runCli(words, { folder, env: { ...env, ...over } });
  }
  /** The one JSON value of a command that is done. */
  async function told(...words: readonly string[]) {
    const { code, out, err } = await sanji([...words, '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    return JSON.parse(out);
  }
  return { folder, env, house, sanji, told };
}

export function runCli(
  words: readonly string[],
  { folder, env, input = '' }: { folder: string; env: Record<string, string>; input?: string },
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [SANJI, ...words],
      { cwd: folder, env },
      (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), out, err }),
    );
    child.stdin?.end(input);
  });
}
