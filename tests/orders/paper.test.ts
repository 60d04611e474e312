import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashOf, type PaperRow, paperAt, totalOf } from '../../src/orders/paper.ts';

const said = (row: number, changes: Partial<PaperRow> = {}): PaperRow => ({
  row,
  order: 'P7-001',
  parcel: `par_${row}`,
  struck: false,
  recipient: '박철수',
  phone: '01012345678',
  postcode: null,
  address: '서울 강남구 1',
  items: [{ product: 'peach-4kg', name: '복숭아 4kg', boxes: 2 }],
  boxes: 2,
  packages: 1,
  memo: null,
  sender: { name: '김영희', phone: null },
  addedRevision: 1,
  struckRevision: null,
  alteredRevision: null,
  ...changes,
});

const paper = (rows: readonly PaperRow[]) => ({ date: '2026-07-21', revision: 1, rows });

describe('a revision of a list', () => {
  const moved = said(1, { address: '부산 해운대구 2', alteredRevision: 2 });
  const left = said(2, { struck: true, struckRevision: 3 });
  const first = { revision: 1, ...said(1) };
  const second = { revision: 1, ...said(2) };
  const third = { revision: 3, ...said(3, { addedRevision: 3 }) };
  const changed = { revision: 2, ...moved };
  const struck = { revision: 3, ...left };
  const versions = [struck, changed, second, first, third];

  test('says of each row what was last said of it up to then', () => {
    expect(paperAt(versions, 1)).toEqual([first, second]);
    expect(paperAt(versions, 2)).toEqual([changed, second]);
    expect(paperAt(versions, 3)).toEqual([changed, struck, third]);
  });

  test('counts the boxes that are not struck', () => {
    expect(totalOf(paperAt(versions, 3))).toBe(4);
  });
});

describe('the hash of a list', () => {
  test('stays what it is: hashes that were stored are compared with it', () => {
    expect(hashOf(paper([said(1)]))).toBe(
      '936a0143bd918269770bcaa2d73a126a337c3ee00ebe750b828fe05bc7a2e3c3',
    );
  });

  test('is the same however the row was put together, and however its letters are composed', () => {
    const { row, ...others } = said(1);
    const backwards = { ...Object.fromEntries(Object.entries(others).toReversed()), row };
    expect(hashOf(paper([backwards as PaperRow]))).toBe(hashOf(paper([said(1)])));
    const apart = said(1, { recipient: '박철수'.normalize('NFD') });
    expect(hashOf(paper([apart]))).toBe(hashOf(paper([said(1)])));
  });

  test('knows nothing of what is no part of a row', () => {
    const more = { ...said(1), state: 'shipped' };
    expect(hashOf(paper([more]))).toBe(hashOf(paper([said(1)])));
  });

  test('is another one as soon as anything else is said', () => {
    const changes: Partial<PaperRow>[] = [
      { order: 'P7-002' },
      { parcel: 'par_9' },
      { struck: true },
      { recipient: '박철' },
      { phone: '01012345679' },
      { postcode: '06000' },
      { address: '서울 강남구 2' },
      { items: [{ product: 'peach-4kg', name: '복숭아 5kg', boxes: 2 }] },
      { items: [{ product: 'peach-2kg', name: '복숭아 4kg', boxes: 2 }] },
      { items: [{ product: 'peach-4kg', name: '복숭아 4kg', boxes: 3 }] },
      { boxes: 3 },
      { packages: 2 },
      { memo: '문 앞' },
      { sender: null },
      { sender: { name: '김영희', phone: '01000000000' } },
      { addedRevision: 2 },
      { struckRevision: 2 },
      { alteredRevision: 2 },
    ];
    const hashes = changes.map((change) => hashOf(paper([said(1, change)])));
    const days = [
      { ...paper([said(1)]), date: '2026-07-22' },
      { ...paper([said(1)]), revision: 2 },
      paper([said(1), said(2)]),
      paper([]),
    ].map(hashOf);
    const all = [hashOf(paper([said(1)])), ...hashes, ...days];
    expect(new Set(all).size).toBe(all.length);
  });

  test('does not take the end of one text for the beginning of the next', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (first, second) => {
        const whole = said(1, { recipient: `${first}","phone":"${second}`, phone: '' });
        expect(hashOf(paper([whole]))).not.toBe(
          hashOf(paper([said(1, { recipient: first, phone: second })])),
        );
      }),
    );
  });
});
