// The list on paper by the real command line, on a real file beside an open house.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import { install } from '../support/cli.ts';
import { openFarm, TUESDAY } from '../support/shop.ts';

const PRINT = ['list', 'print', '--date', TUESDAY];

async function frozen() {
  const shop = await install();
  // The demo store has the name already: this one is the only open one.
  const farm = await openFarm(shop.house.store);
  await farm.placePaid('ord_1', { boxes: 2, recipient: '=1+1' });
  await farm.placePaid('ord_2', { boxes: 1 });
  await farm.freeze(TUESDAY);
  const out = (name: string) => join(shop.folder, name);
  return { ...shop, farm, out, print: [...PRINT, '--store', 'peach'] };
}

test('a revision printed again after later changes is the same, in every form', async () => {
  const { farm, house, told, out, print } = await frozen();
  const endings = ['txt', 'html', 'xlsx'];
  const all = async (name: string, ...more: string[]) => {
    const answers = [];
    for (const ending of endings)
      answers.push(
        await told(...print, '--revision', '1', ...more, '--out', out(`${name}.${ending}`)),
      );
    return answers;
  };
  const first = await all('first');
  await house.store.submit(
    ordering.report(farm.asked('farmer'), {
      date: TUESDAY,
      rows: [{ row: 2, waybills: [], carrier: null }],
      to: 'packed',
    }),
  );
  await farm.cap(TUESDAY, 60);
  await farm.cancel('ord_1');
  await farm.placePaid('ord_3', { boxes: 3 });
  const again = await all('again', '--full');
  expect(again.map(({ hash, rows, revision }) => ({ hash, rows, revision }))).toEqual(
    first.map(({ hash }) => ({ hash, rows: 2, revision: 1 })),
  );
  for (const ending of ['txt', 'html'])
    expect(readFileSync(out(`again.${ending}`))).toEqual(readFileSync(out(`first.${ending}`)));
  const parts = unzip(readFileSync(out('first.xlsx')));
  expect(parts.size).toBeGreaterThan(5);
  expect(unzip(readFileSync(out('again.xlsx')))).toEqual(parts);
});

test('what changed since a revision is told and written by itself', async () => {
  const { farm, told, sanji, out, print } = await frozen();
  await farm.cancel('ord_2');
  const file = out('changes.txt');
  const answer = await told(...print, '--since', 'r1', '--out', file);
  expect(answer).toEqual({
    ...{ file, date: TUESDAY, revision: 2, rows: 1 },
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(`출하 목록 r2 · 확인번호 ${answer.hash.slice(0, 8)}`);
  expect(text).toContain('1곳 · 2상자');
  expect(text).toMatch(/^ {3}2\. \[빠짐 r2\]/m);
  expect(text).not.toContain('=1+1');
  const lines = await sanji([...print, '--since', '2', '--out', out('none.html')]);
  expect(lines).toMatchObject({ code: 0 });
  expect(lines.out).toBe(
    `${TUESDAY}  revision 2  changes since r2, 0 rows\nwritten: ${out('none.html')}\n`,
  );
});

test('what cannot be printed is refused with the reason, and no file is touched or left', async () => {
  const { folder, sanji, out, print } = await frozen();
  const kept = out('notes.txt');
  writeFileSync(kept, 'notes');
  const files = readdirSync(folder);
  const cases: readonly (readonly [words: readonly string[], code: number, why: string])[] = [
    [print, 2, '--out'],
    [[...print, '--out', out('list.pdf')], 2, '.html|.xlsx|.txt'],
    [[...print, '--out', kept], 1, 'conflict'],
    [[...print, '--full', '--since', 'r1', '--out', out('a.txt')], 2, '--full or --since'],
    [[...print, '--since', 'r2', '--out', out('a.txt')], 1, 'not_found'],
    [[...print, '--since', 'r0', '--out', out('a.txt')], 2, 'a revision like r1'],
    [[...print, '--revision', '2', '--out', out('a.txt')], 1, 'not_found'],
    [[...print, '--out', join(folder, 'none', 'a.txt')], 3, 'ENOENT'],
  ];
  for (const [words, code, why] of cases) {
    const ended = await sanji([...words, '--json']);
    expect(ended, words.join(' ')).toMatchObject({ code, out: '' });
    expect(ended.err).toContain(why);
  }
  expect(readFileSync(kept, 'utf8')).toBe('notes');
  expect(readdirSync(folder).filter((name) => !/\.db-/.test(name))).toEqual(
    files.filter((name) => !/\.db-/.test(name)),
  );
});

/** What a file holds, by the name of each part; read from the directory at its end. */
function unzip(file: Buffer): Map<string, string> {
  const parts = new Map<string, string>();
  const end = file.lastIndexOf('PK\u0005\u0006');
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20)];
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => file.readUInt16LE(at + place));
    const name = file.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    const local = file.readUInt32LE(at + 42);
    const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const packed = file.subarray(begin, begin + size);
    parts.set(name, (method === 0 ? packed : inflateRawSync(packed)).toString('utf8'));
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return parts;
}
