// Papers of a day list: one by hand, and generated histories of a list with its revisions.
import fc from 'fast-check';
import { hashOf, type Paper, type PaperRow, totalOf } from '../../src/orders/paper.ts';

export const ROW: PaperRow = {
  row: 1,
  order: 'P7-042',
  parcel: 'par_1',
  struck: false,
  recipient: '박철수',
  phone: '01012345678',
  postcode: null,
  address: '서울 노원구 동일로 1729 103동 1204호',
  items: [{ product: 'peach-4kg', name: '복숭아 4kg', boxes: 2 }],
  boxes: 2,
  packages: 1,
  memo: null,
  sender: null,
  addedRevision: 1,
  struckRevision: null,
  alteredRevision: null,
};

export function paperOf(rows: readonly PaperRow[], over: Partial<Paper> = {}): Paper {
  const said = { date: '2026-07-21', revision: 1, ...over, rows };
  return {
    ...{ store: 'peach', storeName: '햇살농원', at: '2026-07-20T21:00:00.000Z', capBoxes: 40 },
    ...said,
    totalBoxes: totalOf(rows),
    hash: hashOf(said),
  };
}

/** What people write, and what nobody should: markup, formulas, line breaks, turned directions. */
const written = (max: number) =>
  fc.oneof(
    fc.constantFrom(
      '박철수',
      '=1+1',
      '<b>굵은</b>&amp;',
      '  9. [ ] 수확',
      '가\r\n  2. 나',
      '\u202e거꾸로',
      '👨‍👩‍👧네',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: max }),
  );

const said = fc.record({
  recipient: written(50),
  phone: fc.constantFrom('01012345678', '0212345678', '050712345678'),
  postcode: fc.option(fc.constantFrom('01234', '63000')),
  address: written(300),
  items: fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 })
    .chain((products) =>
      fc.tuple(
        ...products.map((product) =>
          fc
            .integer({ min: 1, max: 50 })
            .map((boxes) => ({ product, name: `상품 ${product}`, boxes })),
        ),
      ),
    ),
  memo: fc.option(written(500)),
  sender: fc.option(
    fc.record({ name: fc.option(written(50)), phone: fc.option(fc.constant('01022223333')) }),
  ),
});

const revision = fc.record({
  added: fc.array(said, { maxLength: 4 }),
  /** Which of the rows that stand are changed, and which leave. */
  altered: fc.array(fc.tuple(fc.nat(), said), { maxLength: 3 }),
  struck: fc.array(fc.nat(), { maxLength: 2 }),
});

/** All revisions of one list, the first one first. */
export const histories: fc.Arbitrary<readonly Paper[]> = fc
  .tuple(fc.array(said, { minLength: 1, maxLength: 8 }), fc.array(revision, { maxLength: 4 }))
  .map(([first, later]) => {
    const papers = [paperOf(first.map((one, at) => madeRow(one, at + 1, 1)))];
    for (const change of later)
      papers.push(nextPaper(papers.at(-1)?.rows ?? [], change, papers.length + 1));
    return papers;
  });

type Said = typeof said extends fc.Arbitrary<infer T> ? T : never;
type Change = typeof revision extends fc.Arbitrary<infer T> ? T : never;

function madeRow(one: Said, row: number, addedRevision: number): PaperRow {
  const boxes = one.items.reduce((sum, item) => sum + item.boxes, 0);
  const ids = { order: `P7-${String(row).padStart(3, '0')}`, parcel: `par_${row}` };
  return { ...ROW, ...ids, ...one, row, boxes, packages: Math.ceil(boxes / 2), addedRevision };
}

function nextPaper(rows: readonly PaperRow[], change: Change, revision: number): Paper {
  const next = [...rows];
  const live = () => next.flatMap((one, at) => (one.struck ? [] : [at]));
  for (const [nth, one] of change.altered) {
    const at = live()[nth % Math.max(1, live().length)];
    const was = at === undefined ? undefined : next[at];
    if (at === undefined || was === undefined) continue;
    next[at] = {
      ...madeRow(one, was.row, was.addedRevision),
      ...{ order: was.order, alteredRevision: revision },
    };
  }
  for (const one of change.added) next.push(madeRow(one, next.length + 1, revision));
  for (const nth of change.struck) {
    const at = live()[nth % Math.max(1, live().length)];
    const was = at === undefined ? undefined : next[at];
    if (at !== undefined && was !== undefined)
      next[at] = { ...was, struck: true, struckRevision: revision };
  }
  return paperOf(next, { revision });
}
