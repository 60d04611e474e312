// Who may move whither and who hears it, said straight from the rules and without planning anything:
// what these sentences forbid is a fault even where the slow planner makes the same one.
import { isDeepStrictEqual } from 'node:util';
import type { Shop } from '../../src/orders/shop.ts';
import type { Counts } from './engine.ts';
import * as oracle from './oracle.ts';
import {
  type Books,
  demand,
  isHolding,
  type Kind,
  type ParcelRow,
  piecesOf,
  type World,
} from './stream-world.ts';

type Moved = {
  readonly was: ParcelRow;
  readonly is: ParcelRow;
  readonly from: string | null;
  readonly to: string | null;
};

/** Steps that may bring somebody to an earlier date. */
const UP: readonly Kind[] = ['cap', 'policy'];
/** Steps in which people lose their dates because a day takes less. */
const DOWN: readonly Kind[] = ['cap', 'policy', 'cut'];

export type Step = {
  readonly kind: Kind;
  readonly shop: Shop;
  readonly today: string;
  readonly before: Books;
  readonly after: Books;
};

/** Paid parcels that have another date than before, or lost or got one. */
function movedIn({ before, after }: Pick<Step, 'before' | 'after'>): Moved[] {
  return [...after.parcels.values()].flatMap((is) => {
    const was = before.parcels.get(is.id);
    if (was === undefined || was.at === null || is.at === null) return [];
    if (was.state === 'cancelled' || is.state === 'cancelled') return [];
    const from = isHolding(was.state) ? was.date : null;
    const to = isHolding(is.state) ? is.date : null;
    return from === to ? [] : [{ was, is, from, to }];
  });
}

export function checkMoves(step: Step): void {
  const { kind, shop, today, before } = step;
  // What is taken back goes where it was, whatever the rules would say of it now.
  if (kind === 'undo') return;
  const moves = movedIn(step);
  const places = new Map(oracle.inDepositOrder(piecesOf(before)).map(({ id }, n) => [id, n]));
  const isBefore = (a: ParcelRow, b: ParcelRow) =>
    (places.get(a.id) ?? 0) < (places.get(b.id) ?? 0);
  for (const { was, from, to } of moves) {
    demand(
      was.state === 'waiting' || was.state === 'scheduled',
      `${was.id} was ${was.state} already`,
    );
    demand(to === null || to >= today, `${was.id} went to ${to}, which is over`);
    const wish = wishOf(shop, was);
    demand(to === null || wish === null || to >= wish, `${was.id} is to leave before its wish`);
    if (from === null) continue;
    demand(DOWN.includes(kind), `${kind} moved ${was.id} from ${from} to ${to}`);
    if (to === null || to > from) continue;
    demand(UP.includes(kind), `${kind} pulled ${was.id} forward`);
    const day = before.days.get(from);
    // A new policy may take him from a day that is too full first, and then find him an earlier one.
    const isCrowded = kind === 'policy' && (day?.reserved ?? 0) > oracle.policyCap(shop, from);
    demand(wish === null || isCrowded, `${was.id} wished for a date and was pulled forward`);
    const isOut = (day?.revision ?? 0) > 0;
    demand(!isOut || isCrowded, `${was.id} stood on a list and was pulled forward`);
  }
  checkOrder(step, moves, isBefore);
  if (kind === 'cap' || kind === 'policy') checkWhoLeft(step, moves, isBefore);
}

/** A smaller one may overtake a larger one that came earlier, but never the other way round. */
function checkOrder(
  { before, after, kind }: Step,
  moves: readonly Moved[],
  isBefore: (a: ParcelRow, b: ParcelRow) => boolean,
): void {
  const isFree = ({ wantedDate }: ParcelRow) => wantedDate === null;
  for (const later of moves) {
    if (!isFree(later.was)) continue;
    for (const earlier of moves) {
      if (earlier.from !== later.from || !isFree(earlier.was)) continue;
      if (!isBefore(earlier.was, later.was) || !isWithin(earlier.was, later.was)) continue;
      const isBehind = later.to !== null && (earlier.to === null || earlier.to > later.to);
      demand(!isBehind, `${kind}: ${later.was.id} overtook ${earlier.was.id}, which is no larger`);
    }
    const { to, from } = later;
    if (to === null || from === null || to > from) continue;
    for (const earlier of before.parcels.values()) {
      const { date, state } = earlier;
      if (state !== 'scheduled' || date === null || date <= to || !isFree(earlier)) continue;
      if ((before.days.get(date)?.revision ?? 0) > 0) continue;
      if (!isBefore(earlier, later.was) || !isWithin(earlier, later.was)) continue;
      const now = after.parcels.get(earlier.id)?.date ?? '';
      demand(now !== '' && now <= to, `${later.was.id} came to ${to} before ${earlier.id}`);
    }
  }
}

/** From the end of the deposit order, and no more than had to. */
function checkWhoLeft(
  { before, after, shop }: Step,
  moves: readonly Moved[],
  isBefore: (a: ParcelRow, b: ParcelRow) => boolean,
): void {
  for (const [date, left] of Map.groupBy(moves, ({ from }) => from)) {
    const gone = left.filter(({ to }) => to === null || date === null || to > date);
    const day = after.days.get(date ?? '');
    if (date === null || day === undefined || gone.length === 0) continue;
    const cap = day.capSource === 'farmer' ? day.capBoxes : oracle.policyCap(shop, date);
    const first = gone.map(({ was }) => was).reduce((a, b) => (isBefore(b, a) ? b : a));
    const was = [...before.parcels.values()].filter(
      (one) => one.date === date && isHolding(one.state),
    );
    const ids = gone.map(({ is }) => is.id);
    for (const one of was)
      if (one.state === 'scheduled' && isBefore(first, one))
        demand(
          after.parcels.get(one.id)?.date !== date,
          `${first.id} left ${date}, ${one.id} stayed`,
        );
    const stay = was.filter(({ id }) => !ids.includes(id));
    const boxes = stay.reduce((sum, one) => sum + one.boxes, 0);
    demand(boxes + first.boxes > cap, `${first.id} left ${date} without need`);
  }
}

function isWithin(small: ParcelRow, large: ParcelRow): boolean {
  return small.items.every(
    ({ product, boxes }) =>
      boxes <= (large.items.find((item) => item.product === product)?.boxes ?? 0),
  );
}

function wishOf(shop: Shop, { wantedDate: date, wantedKind: kind }: ParcelRow): string | null {
  return oracle.wishOf(shop, { wanted: date === null || kind === null ? null : { date, kind } });
}

type Notice = {
  readonly kind: string;
  readonly orderId: string;
  readonly person: string;
  readonly data: string;
};
type NoticeData = { readonly moved?: readonly string[]; readonly was?: readonly string[] };

/** Each order of which something moved is told once: exactly those parcels, and from where. */
export async function checkTold(
  world: World,
  { counts, before, after, kind, shop }: Step & { readonly counts: Counts },
): Promise<void> {
  const notices = (await world.look(
    `SELECT kind, order_id AS "orderId", person_id AS person, data FROM outbox
     WHERE id > ? AND kind IN ('moved', 'no_date', 'paid') ORDER BY id`,
    counts.last_outbox ?? 0,
  )) as Notice[];
  const told = notices.filter((one) => one.kind !== 'paid');
  if (kind === 'undo') {
    demand(told.length === 0, 'an undo told somebody of a move');
    return checkUntold(world, { shop, before, after });
  }
  const moves = Map.groupBy(movedIn({ before, after }), ({ was }) => was.orderId);
  for (const [orderId, own] of moves) {
    const heard = told.filter((one) => one.orderId === orderId);
    demand(heard.length === 1, `${orderId} was moved and told ${heard.length} times`);
    const [{ kind: as, person, data } = { kind: '', person: '', data: '{}' }] = heard;
    demand(person === after.orders.get(orderId)?.buyer, `${orderId} was told to somebody else`);
    const isUndated = own.some(({ to }) => to === null);
    demand(as === (isUndated ? 'no_date' : 'moved'), `${orderId} was told ${as}`);
    const said = JSON.parse(data) as NoticeData;
    const ids = own.map(({ is }) => is.id).sort();
    demand(
      [...(said.moved ?? [])].sort().join() === ids.join(),
      `${orderId} was told of ${said.moved}`,
    );
    const was = own.map(({ is, from }) => `${is.id}=${from ?? ''}`).sort();
    demand(
      [...(said.was ?? [])].sort().join() === was.join(),
      `${orderId} was told it was ${said.was}`,
    );
  }
  for (const [orderId, heard] of Map.groupBy(notices, (one) => one.orderId)) {
    const paid = heard.filter((one) => one.kind === 'paid');
    if (paid.length > 0) checkPaid({ before, after, orderId, paid });
    else demand(moves.has(orderId), `${kind} told ${orderId} of a move that was none`);
  }
}

/** Nobody has read of the move yet, so nobody hears of it any more. */
async function checkUntold(
  world: World,
  { shop, before, after }: Pick<Step, 'shop' | 'before' | 'after'>,
): Promise<void> {
  const act = world.acts.get(shop.id);
  if (act === undefined || !isDeepStrictEqual(act.left, before)) return;
  const open = (await world.look(
    `SELECT order_id AS "orderId" FROM outbox WHERE id > ? AND store_id = ?
       AND kind IN ('moved', 'no_date') AND state IN ('due', 'held')`,
    ...[act.lastOutbox, shop.id],
  )) as { readonly orderId: string }[];
  const back = new Set(movedIn({ before, after }).map(({ was }) => was.orderId));
  const told = open.find(({ orderId }) => back.has(orderId));
  demand(told === undefined, `${told?.orderId} will be told of a move that was taken back`);
}

/** Whoever pays hears of each parcel whose date is not the estimate. */
function checkPaid({
  before,
  after,
  orderId,
  paid,
}: {
  readonly before: Books;
  readonly after: Books;
  readonly orderId: string;
  readonly paid: readonly Notice[];
}): void {
  demand(paid.length === 1, `${orderId} was told ${paid.length} times that it is paid`);
  const said = JSON.parse(paid[0]?.data ?? '{}') as NoticeData;
  const other = [...after.parcels.values()].filter(({ id, orderId: of, date, state }) => {
    const estimate = before.parcels.get(id)?.date ?? null;
    return of === orderId && state === 'scheduled' && estimate !== date;
  });
  const was = other.map(({ id }) => `${id}=${before.parcels.get(id)?.date ?? ''}`).sort();
  demand(
    [...(said.was ?? [])].sort().join() === was.join(),
    `${orderId} was promised ${said.was}, not ${was}`,
  );
}
