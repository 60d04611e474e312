import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Paper } from '../../src/orders/paper.ts';
import { listPage } from '../../src/sheets/list-page.ts';
import { listPrint, type PrintOptions } from '../../src/sheets/list-print.ts';
import { listSheet } from '../../src/sheets/list-sheet.ts';
import { listText } from '../../src/sheets/list-text.ts';
import { histories, paperOf, ROW } from '../support/papers.ts';

/** What a print says of each row, by the row's number. */
type Read = ReadonlyMap<number, string>;

function readText(paper: Paper, options?: PrintOptions): Read {
  const rows = new Map<number, string>();
  for (const block of listText(listPrint(paper, options))
    .split(/\r\n-{72}\r\n/)
    .slice(1)) {
    const row = /^ *(\d+)\. /.exec(block)?.[1];
    if (row !== undefined) rows.set(Number(row), block);
  }
  return rows;
}

async function readSheet(paper: Paper, options?: PrintOptions): Promise<Read> {
  const [sheet] = (await readXlsx(await listSheet(listPrint(paper, options)))).sheets;
  const rows = sheet?.rows ?? [];
  const titles = rows.findIndex(([first]) => first === '번호');
  return new Map(rows.slice(titles + 1).map((row) => [Number(row[0]), JSON.stringify(row)]));
}

/** The papers of a day on one table: the first one, and over it each paper of changes. */
function laidOver(papers: readonly Read[]): Read {
  return new Map(papers.flatMap((rows) => [...rows]).toSorted(([a], [b]) => a - b));
}

describe('the first paper and the papers of changes are the whole list', () => {
  const deltas = (papers: readonly Paper[]) =>
    papers.map((paper) => ({
      paper,
      options: paper.revision === 1 ? {} : { since: paper.revision - 1 },
    }));

  test('as text', () => {
    fc.assert(
      fc.property(histories, (papers) => {
        const whole = readText(papers.at(-1) ?? paperOf([]));
        const parts = deltas(papers).map(({ paper, options }) => readText(paper, options));
        expect(laidOver(parts)).toEqual(whole);
        expect([...whole.keys()]).toEqual(papers.at(-1)?.rows.map(({ row }) => row));
      }),
    );
  });

  test('as a sheet', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (papers) => {
        const whole = await readSheet(papers.at(-1) ?? paperOf([]));
        const parts = deltas(papers).map(({ paper, options }) => readSheet(paper, options));
        expect(laidOver(await Promise.all(parts))).toEqual(whole);
        expect([...whole.keys()]).toEqual(papers.at(-1)?.rows.map(({ row }) => row));
      }),
      { numRuns: 40 },
    );
  });

  test('also over several revisions at once, and with the sums of the whole list on each', () => {
    fc.assert(
      fc.property(histories, (papers) => {
        const newest = papers.at(-1) ?? paperOf([]);
        const delta = readText(newest, { since: 1 });
        expect(laidOver([readText(papers[0] ?? newest), delta])).toEqual(readText(newest));
        const { sums, products } = listPrint(newest, { since: 1 });
        expect({ sums, products }).toEqual({ ...pick(listPrint(newest)) });
      }),
    );
  });

  function pick({ sums, products }: ReturnType<typeof listPrint>) {
    return { sums, products };
  }
});

describe('the text', () => {
  test('says in its first line which list it is, then what is to be harvested', () => {
    const second = { ...ROW, row: 2, recipient: '이영희', boxes: 3, packages: 2 };
    const yellow = { product: 'yellow', name: '황도', boxes: 1 };
    const paper = paperOf([
      ROW,
      { ...second, items: [{ product: 'peach-4kg', name: '복숭아 4kg', boxes: 2 }, yellow] },
    ]);
    expect(listText(listPrint(paper)).split('\r\n').slice(0, 10)).toEqual([
      `2026-07-21(화) 출하 목록 r1 · 확인번호 ${paper.hash.slice(0, 8)}`,
      '햇살농원',
      '2곳 · 5상자 · 포장 3개',
      '  복숭아 4kg       4상자',
      '  황도             1상자',
      '-'.repeat(72),
      '   1. 박철수  010-1234-5678',
      '      서울 노원구 동일로 1729 103동 1204호',
      '      복숭아 4kg 2상자 · P7-042',
      '      [ ] 수확   [ ] 포장   [ ] 발송',
    ]);
  });

  test('has a place for each waybill, and says how many have none', () => {
    const text = (packages: number) => listText(listPrint(paperOf([{ ...ROW, packages }])));
    expect(text(3)).toMatch(/송장 1 _+ {3}송장 2 _+\r\n {6}송장 3 _+\r\n/);
    expect(text(15)).toMatch(/송장 12 _+\r\n {6}외 3장 _+\r\n/);
  });

  test('keeps within its columns and on the rows there are, whatever somebody wrote', () => {
    fc.assert(
      fc.property(histories, (papers) => {
        const text = listText(listPrint(papers.at(-1) ?? paperOf([])));
        for (const line of text.split('\r\n')) expect(columns(line)).toBeLessThanOrEqual(72);
        const numbers = [...text.matchAll(/^ {0,5}(\d+)\. /gm)].map(([, row]) => Number(row));
        expect(numbers).toEqual(papers.at(-1)?.rows.map(({ row }) => row));
      }),
    );
  });

  /** As a printer with letters of one width counts, without the program's own table. */
  function columns(line: string): number {
    const letters = [...line];
    return letters.reduce((sum, one) => sum + (/[가-힣ㄱ-ㆎ一-龥、-ヿ！-｠]/.test(one) ? 2 : 1), 0);
  }
});

describe('the page', () => {
  test('shows names made of markup as they were written', () => {
    const evil = '<script>alert(1)</script>';
    const row = {
      ...ROW,
      recipient: evil,
      memo: '"><img src=x>',
      address: '</style><b>',
      sender: { name: evil, phone: null },
    };
    const { html } = listPage(listPrint(paperOf([row], { storeName: evil })), [
      { label: '<i>', href: '"onclick=x' },
    ]);
    expect(html).not.toMatch(/<script|<img|<b>\s*<|<i>\s*<\/a|"onclick/);
    expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
  });

  test('has each row by its number, the struck ones too, and says its revision', () => {
    const struck = { ...ROW, row: 2, struck: true, struckRevision: 2, recipient: '이영희' };
    const paper = paperOf([ROW, struck, { ...ROW, row: 3, addedRevision: 2 }], { revision: 2 });
    const { html } = listPage(listPrint(paper));
    expect([...html.matchAll(/data-row="(\d+)"/g)].map(([, row]) => row)).toEqual(['1', '2', '3']);
    expect(html).toContain('data-revision="2"');
    expect(html).toMatch(/<s>이영희/);
    expect(html).toContain('빠짐 r2');
    expect(html).toContain('추가 r2');
    expect(html.match(/수확/g)).toHaveLength(2);
    expect(html).not.toMatch(/<script|https?:|src=/);
  });

  test('says openly when nothing has changed', () => {
    const { html } = listPage(listPrint(paperOf([ROW]), { since: 1 }));
    expect(html).toContain('r1 뒤로 바뀐 것이 없어요.');
    expect(html).not.toContain('<table');
  });
});

describe('the sheet', () => {
  test('keeps the 0 of a phone, computes nothing, and prints all of itself with its titles', async () => {
    const row = { ...ROW, recipient: '=1+1', memo: '@SUM(A1)', postcode: '01234' };
    const struck = { ...ROW, row: 2, struck: true, struckRevision: 2 };
    const bytes = await listSheet(listPrint(paperOf([row, struck], { revision: 2 })));
    const [sheet] = (await readXlsx(bytes, { readStyles: true })).sheets;
    const titles = sheet?.rows.findIndex(([first]) => first === '번호') ?? -1;
    const [line = [], gone = []] = sheet?.rows.slice(titles + 1) ?? [];
    const at = (title: string) => sheet?.rows[titles]?.indexOf(title) ?? -1;
    expect(line[at('연락처')]).toBe('010-1234-5678');
    expect([line[at('우편번호')], line[at('받는 분')], line[at('메모')]]).toEqual([
      '01234',
      '=1+1',
      '@SUM(A1)',
    ]);
    expect(gone[at('표시')]).toBe('빠짐 r2');
    for (const cell of sheet?.cells?.values() ?? []) expect(cell.formula).toBeUndefined();
    expect(sheet?.cells?.get(`${titles + 1},${at('연락처')}`)?.style?.numFmt).toBe('@');
    expect(sheet?.cells?.get(`${titles + 2},0`)?.style?.font).toMatchObject({
      size: 14,
      strikethrough: true,
    });
    expect(sheet?.pageSetup).toMatchObject({
      ...{ paperSize: 'a4', orientation: 'landscape' },
      ...{ printTitlesRow: `$${titles + 1}:$${titles + 1}`, printArea: `$A$1:$N$${titles + 3}` },
    });
    expect(sheet?.headerFooter?.oddFooter).toBe('&L2026-07-21(화) 출하 목록 r2&R&P / &N');
  });

  test('is the same to the byte whenever it is made', async () => {
    const print = listPrint(paperOf([ROW]));
    const madeOn = async (date: string) => {
      vi.setSystemTime(date);
      return Buffer.from(await listSheet(print));
    };
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    expect(await madeOn('2026-07-21')).toEqual(await madeOn('2027-02-03'));
  });
});
