// The frozen lists of the generated streams, kept beside the store as on paper: the first revision is
// copied, and from then on only the deltas are.
import { deltaOf } from '../../src/orders/list-delta.ts';
import { type Books, demand, type Paper, type World } from './stream-world.ts';

type ListRow = {
  readonly date: string;
  readonly row: number;
  readonly parcelId: string;
  readonly addedRevision: number;
  readonly struckRevision: number | null;
  readonly alteredRevision: number | null;
};

/** No revision is skipped but where several commands came at one moment. */
export type ListsOf = { readonly storeId: string; readonly books: Books; readonly isOne: boolean };

export async function checkLists(world: World, { storeId, books, isOne }: ListsOf): Promise<void> {
  const rows = (await world.look(
    `SELECT date, row, parcel_id AS "parcelId", added_revision AS "addedRevision",
       struck_revision AS "struckRevision", altered_revision AS "alteredRevision"
     FROM list_rows WHERE store_id = ? ORDER BY date, row`,
    storeId,
  )) as ListRow[];
  const lists = Map.groupBy(rows, ({ date }) => date);
  for (const [date, list] of lists) {
    const revision = books.days.get(date)?.revision ?? 0;
    checkRows(books, { date, list, revision });
    const key = `${storeId} ${date}`;
    const paper = world.papers.get(key) ?? { revision: 0, used: new Map(), rows: new Map() };
    const step = revision - paper.revision;
    demand(
      step === 0 || step === 1 || !isOne,
      `${date} went from r${paper.revision} to r${revision}`,
    );
    const written = copied(paper, { list, revision, books });
    const stands = list.filter(({ struckRevision }) => struckRevision === null);
    const full = new Map(stands.map((one) => [one.row, textOf(one, books)]));
    demand(
      JSON.stringify(inOrder(written.rows)) === JSON.stringify(inOrder(full)),
      `r${paper.revision} of ${date} and its deltas say ${JSON.stringify(inOrder(written.rows))}, the list ${JSON.stringify(inOrder(full))}`,
    );
    world.papers.set(key, written);
  }
  for (const { date, revision } of books.days.values())
    demand(revision === 0 || lists.has(date), `the list of ${date} is out and has no row`);
}

/** Who stands on a list is paid and lies on its date; and whoever lies there stands on it. */
function checkRows(
  books: Books,
  {
    date,
    list,
    revision,
  }: { readonly date: string; readonly list: readonly ListRow[]; readonly revision: number },
): void {
  for (const [place, one] of list.entries()) {
    const { row, parcelId, addedRevision, struckRevision } = one;
    demand(row === place + 1, `${date} has no row ${place + 1}`);
    const last = struckRevision ?? one.alteredRevision ?? addedRevision;
    demand(last <= revision, `row ${row} of ${date} is ahead of r${revision}`);
    if (struckRevision !== null) continue;
    const parcel = books.parcels.get(parcelId);
    const isOn = parcel?.date === date && !['waiting', 'cancelled'].includes(parcel.state);
    const order = books.orders.get(parcel?.orderId ?? '');
    demand(isOn && order?.state === 'paid', `row ${row} of ${date} is ${parcel?.state}`);
  }
}

/** What the paper says once the delta since its revision is copied. */
function copied(
  paper: Paper,
  {
    list,
    revision,
    books,
  }: { readonly list: readonly ListRow[]; readonly revision: number; readonly books: Books },
): Paper {
  const delta = deltaOf(list, { from: paper.revision + 1, to: revision });
  if (paper.revision === revision) return paper;
  const rows = new Map(paper.rows);
  const used = new Map(paper.used);
  for (const one of delta.added) {
    demand(!used.has(one.row), `row ${one.row} of ${one.date} is given again`);
    rows.set(one.row, textOf(one, books));
  }
  for (const { row } of delta.struck) demand(rows.delete(row), `row ${row} is struck in vain`);
  for (const one of delta.altered) {
    // Also whoever was struck by a mistake that is taken back: he alone stands in his row again.
    const isOwn = used.get(one.row) === one.parcelId;
    demand(isOwn, `row ${one.row} of ${one.date} is given to another`);
    rows.set(one.row, textOf(one, books));
  }
  for (const { row, parcelId } of list) used.set(row, parcelId);
  return { revision, used, rows };
}

function textOf({ parcelId }: ListRow, books: Books): string {
  const { items = [], region } = books.parcels.get(parcelId) ?? {};
  return `${parcelId} ${region} ${items.map(({ product, boxes }) => `${product} ${boxes}`).join()}`;
}

function inOrder(rows: ReadonlyMap<number, string>): readonly (readonly [number, string])[] {
  return [...rows].sort(([a], [b]) => a - b);
}
