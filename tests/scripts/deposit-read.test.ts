// Matching and reading deposits need no installation: they are asked as processes of their own.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../support/cli.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/deposits');
const env = { NODE_ENV: 'test' };

function folderWith(...statements: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of statements)
    copyFileSync(join(FIXTURES, 'statements', name), join(folder, name));
  return folder;
}

const lines = (out: string): unknown[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

test('batches are decided line by line, and a line that is none stops nothing', async () => {
  const folder = folderWith();
  const [first = '', second = ''] = readFileSync(join(FIXTURES, 'deposits.jsonl'), 'utf8').split(
    '\n',
  );
  const input = [first, 'no json', '{"id":1}', '', second].join('\n');
  const { code, out, err } = await runCli(['deposit', 'match'], { folder, env, input });
  expect(code).toBe(0);
  expect(lines(out)).toEqual([
    { id: 'pd001', decisions: { d1: { match: ['G6-183'] } } },
    { id: 'pd002', decisions: { d1: { match: ['A7-201'] } } },
  ]);
  expect(err).toMatch(/^line 2: .+\nline 3: context: .+\n$/);
});

test('statements are read from lines and from arguments alike', async () => {
  const folder = folderWith('kb.csv', 'woori.csv');
  const file = join(folder, 'woori.csv');
  const input = `{"file":${JSON.stringify(file)}}\n`;
  const asked = await runCli(['deposit', 'read'], { folder, env, input });
  expect(asked.err).toBe(`${file}: line 6: taken_back\n`);
  const named = await runCli(['deposit', 'read', '--json', file, join(folder, 'kb.csv')], {
    folder,
    env,
  });
  const both: unknown[] = JSON.parse(named.out);
  expect(both).toHaveLength(12);
  expect(lines(asked.out)).toEqual([{ file, deposits: both.slice(0, 4) }]);
  expect(both[0]).toEqual({ at: '2026-07-26T23:45:19.000Z', name: '신 나연', amountKrw: 40_000 });
});

test('a file that is no statement is refused with its reason, one that is missing fails', async () => {
  const folder = folderWith();
  writeFileSync(join(folder, 'orders.csv'), '이름,전화\n김영희,010');
  writeFileSync(join(folder, 'huge.csv'), Buffer.alloc(50_000_000, ','));
  for (const [file, reason] of [
    ['orders.csv', 'no_table'],
    ['huge.csv', 'too_large'],
  ] as const) {
    const ended = await runCli(['deposit', 'read', file, '--json'], { folder, env });
    expect(ended).toEqual({ code: 1, out: '[]\n', err: `${file}: refused: ${reason}\n` });
  }
  const missing = await runCli(['deposit', 'read', 'none.csv'], { folder, env });
  expect(missing).toEqual({ code: 3, out: '', err: 'sanji: none.csv cannot be read: ENOENT\n' });
});
