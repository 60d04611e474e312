// The planner's rules once more, written the slow and obvious way: everything is counted anew from
// the parcels each time. Tests compare the real planner with it.
import type { Product, Shop } from '../../src/orders/shop.ts';

export type OraclePiece = {
  readonly id: string;
  readonly items: readonly { readonly product: string; readonly boxes: number }[];
  readonly state: string;
  /** The date it lies on, or null. */
  readonly date: string | null;
  readonly wanted: { readonly date: string; readonly kind: 'arrive' | 'dispatch' } | null;
  /** Place in the deposit order. */
  readonly at: string;
  readonly seq: number;
};

export type OracleDay = {
  readonly capBoxes: number;
  /** A number that the farmer did not say himself counts for nothing: the policy's does. */
  readonly capSource: 'default' | 'farmer';
  readonly lateRoomBoxes: number;
  readonly revision: number;
};

export type OracleFarm = {
  readonly shop: Shop;
  readonly today: string;
  /** `HH:MM` on the farm's clock. */
  readonly time: string;
  readonly days: ReadonlyMap<string, OracleDay>;
  readonly pieces: readonly OraclePiece[];
};

export type Outcome = ReadonlyMap<string, string | null>;

const HOLDING = ['scheduled', 'harvested', 'packed', 'shipped', 'delivered', 'returned'];
const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export function dayAfter(date: string, days: number): string {
  const at = new Date(`${date}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

export function size(piece: Pick<OraclePiece, 'items'>): number {
  return piece.items.reduce((sum, { boxes }) => sum + boxes, 0);
}

export function policyCap(shop: Shop, date: string): number {
  const { policy } = shop;
  const name = DAY_NAMES[new Date(`${date}T12:00:00Z`).getUTCDay()] ?? 'sun';
  if (policy.closedWeekdays.includes(name) || policy.closedDates.includes(date)) return 0;
  if (policy.closedBeforeHolidays && shop.holidays.has(dayAfter(date, 1))) return 0;
  return policy.weekdayCapBoxes[name] ?? policy.dailyCapBoxes;
}

export function capOf(farm: OracleFarm, date: string): number {
  const day = farm.days.get(date);
  return day?.capSource === 'farmer' ? day.capBoxes : policyCap(farm.shop, date);
}

/**
 * Where each of the given pieces goes when they are paid together at `at`: behind those who wait since
 * earlier, the wished ones first.
 */
export function pay(farm: OracleFarm, ids: readonly string[], at = '9999'): Outcome {
  const desk = deskFor(farm);
  const waiting = desk.pieces.filter(
    (piece) => piece.state === 'waiting' && piece.at !== '' && piece.at <= at,
  );
  for (const { id } of inDepositOrder(waiting)) if (!ids.includes(id)) desk.send(id, farm.today);
  const wished = ids.filter((id) => desk.pieceOf(id).wanted !== null);
  const sent = new Map(
    [...wished, ...ids.filter((id) => !wished.includes(id))].map((id) => [
      id,
      desk.send(id, farm.today),
    ]),
  );
  return new Map(ids.map((id) => [id, sent.get(id) ?? null]));
}

/** Where those who wait go once there is room again, in deposit order. */
export function wait(farm: OracleFarm): Outcome {
  const desk = deskFor(farm);
  const waiting = desk.pieces.filter((piece) => piece.state === 'waiting' && piece.at !== '');
  const sent = inDepositOrder(waiting).map(({ id }) => [id, desk.send(id, farm.today)] as const);
  return new Map(sent.filter(([, date]) => date !== null));
}

/** Who moves where when a date gets a new cap. */
export function setCap(farm: OracleFarm, date: string, capBoxes: number): Outcome {
  const desk = deskFor(farm);
  const before = desk.capOf(date);
  desk.caps.set(date, capBoxes);
  if (desk.on(date) > capBoxes) return desk.sendAway(date, desk.tooMany(date));
  return capBoxes > before ? desk.pullForward(date) : new Map();
}

/**
 * Who moves where when the policy or the holidays change, `was` being the store before. First every
 * date that nobody said a number for and that is too full now sends on whom it must, then those that
 * grew and whose list is not out yet pull forward, each from the earliest date on.
 */
export function changePolicy(farm: OracleFarm, was: Shop): Outcome {
  const desk = deskFor(farm);
  // Nobody is promised a date behind the horizon, but one that is kept already is as good as any.
  const end = dayAfter(farm.today, farm.shop.policy.horizonDays);
  const last = [end, ...farm.days.keys()].toSorted().at(-1) ?? end;
  const dates: string[] = [];
  for (let date = farm.today; date <= last; date = dayAfter(date, 1)) dates.push(date);
  const bare = dates.filter((date) => farm.days.get(date)?.capSource !== 'farmer');
  for (const date of bare)
    if (desk.on(date) > desk.capOf(date)) desk.sendAway(date, desk.tooMany(date));
  for (const date of bare)
    if (!desk.isLate(date) && policyCap(was, date) < desk.capOf(date)) desk.pullForward(date);
  const elsewhere = farm.pieces.filter(({ id, date }) => desk.pieceOf(id).date !== date);
  return new Map(elsewhere.map(({ id }) => [id, desk.pieceOf(id).date]));
}

/**
 * How much room of each date is open to payments that come too late for it, once `outcome` is done:
 * what the farmer opened by word, less what he closed by word and what was taken since. `grown` are
 * the boxes that parcels of a date have more than before.
 */
export function lateRoom(
  farm: OracleFarm,
  outcome: Outcome,
  {
    said = null,
    grown = new Map(),
  }: {
    readonly said?: { readonly date: string; readonly capBoxes: number } | null;
    readonly grown?: ReadonlyMap<string, number>;
  } = {},
): ReadonlyMap<string, number> {
  const desk = deskFor(farm);
  const boxes = (isOne: (piece: OraclePiece) => boolean) =>
    farm.pieces.filter(isOne).reduce((sum, piece) => sum + size(piece), 0);
  const rooms = new Map<string, number>();
  for (const date of new Set([...farm.days.keys(), ...(said === null ? [] : [said.date])])) {
    const opened = farm.days.get(date)?.lateRoomBoxes ?? 0;
    const came = boxes(({ id, date: from }) => outcome.get(id) === date && from !== date);
    const left = boxes(
      (one) => holdsOn(one, date) && outcome.has(one.id) && outcome.get(one.id) !== date,
    );
    // Opened while the day was late, closed by word when a later cut-off had made it early again.
    const isClosed = said?.date === date && said.capBoxes <= capOf(farm, date);
    if (!desk.isLate(date) && !isClosed) rooms.set(date, opened);
    else if (said?.date !== date)
      rooms.set(date, Math.max(0, opened - came - (grown.get(date) ?? 0)));
    else {
      const free = said.capBoxes - (desk.on(date) + came - left);
      const open = opened + said.capBoxes - capOf(farm, date) - came;
      rooms.set(date, Math.max(0, Math.min(free, open)));
    }
  }
  return rooms;
}

/** Who moves where when the named pieces are cut from a date. */
export function cut(farm: OracleFarm, date: string, leaving: readonly string[]): Outcome {
  const desk = deskFor(farm);
  const stays = desk.on(date) - leaving.reduce((sum, id) => sum + size(desk.pieceOf(id)), 0);
  desk.caps.set(date, Math.min(desk.capOf(date), stays));
  return desk.sendAway(date, leaving);
}

export function inDepositOrder(pieces: readonly OraclePiece[]): readonly OraclePiece[] {
  return pieces.toSorted(
    (a, b) => Date.parse(a.at) - Date.parse(b.at) || a.seq - b.seq || (a.id < b.id ? -1 : 1),
  );
}

export function wishOf(shop: Shop, piece: Pick<OraclePiece, 'wanted'>): string | null {
  if (piece.wanted === null) return null;
  const { date, kind } = piece.wanted;
  return kind === 'arrive' ? dayAfter(date, -shop.policy.transitDays) : date;
}

function holdsOn(piece: OraclePiece, date: string): boolean {
  return piece.date === date && HOLDING.includes(piece.state);
}

function deskFor(farm: OracleFarm) {
  const { shop, today } = farm;
  const pieces = farm.pieces.map((piece) => ({ ...piece }));
  const caps = new Map<string, number>();
  const lateTaken = new Map<string, number>();
  const desk = {
    pieces,
    caps,
    pieceOf(id: string) {
      const piece = pieces.find((one) => one.id === id);
      if (piece === undefined) throw new Error(`no piece ${id}`);
      return piece;
    },
    capOf: (date: string) => caps.get(date) ?? capOf(farm, date),
    on: (date: string, product?: string) =>
      pieces
        .filter((piece) => holdsOn(piece, date))
        .flatMap(({ items }) => items)
        .filter((item) => product === undefined || item.product === product)
        .reduce((sum, { boxes }) => sum + boxes, 0),
    suits(piece: OraclePiece, date: string) {
      return piece.items.every(({ product: id, boxes }) => {
        const product: Product | undefined = shop.products.find((one) => one.id === id);
        if (product === undefined) return true;
        const inSeason =
          (product.shipFrom === null || product.shipFrom <= date) &&
          (product.shipTo === null || date <= product.shipTo);
        const cap = product.dailyCapBoxes ?? Number.POSITIVE_INFINITY;
        return inSeason && desk.on(date, id) + boxes <= cap;
      });
    },
    isLate(date: string) {
      if (date < today || (farm.days.get(date)?.revision ?? 0) > 0) return true;
      return date === today && farm.time >= (shop.policy.cutoffAt ?? shop.policy.listAt);
    },
    room(date: string) {
      const free = desk.capOf(date) - desk.on(date);
      if (!desk.isLate(date)) return free;
      const opened = farm.days.get(date)?.lateRoomBoxes ?? 0;
      return Math.min(free, opened - (lateTaken.get(date) ?? 0));
    },
    put(id: string, date: string) {
      const piece = desk.pieceOf(id);
      piece.date = date;
      piece.state = 'scheduled';
    },
    send(id: string, from: string): string | null {
      const piece = desk.pieceOf(id);
      const wish = wishOf(shop, piece);
      const start = [from, today, wish ?? today].toSorted().at(-1) ?? today;
      for (let ahead = 0; ahead <= shop.policy.horizonDays; ahead++) {
        const date = dayAfter(today, ahead);
        if (date < start || size(piece) > desk.room(date) || !desk.suits(piece, date)) continue;
        if (desk.isLate(date)) lateTaken.set(date, (lateTaken.get(date) ?? 0) + size(piece));
        desk.put(id, date);
        return date;
      }
      return null;
    },
    /** From the end of the deposit order, until the rest fits. */
    tooMany(date: string): readonly string[] {
      const leaving: string[] = [];
      let boxes = desk.on(date);
      for (const piece of inDepositOrder(pieces.filter((one) => holdsOn(one, date))).toReversed()) {
        if (boxes <= desk.capOf(date)) break;
        if (piece.state !== 'scheduled') continue;
        leaving.push(piece.id);
        boxes -= size(piece);
      }
      return leaving;
    },
    /** In deposit order, whoever waits or lies on a later date that no list holds yet, without a wish. */
    pullForward(date: string): Outcome {
      const mayCome = (piece: OraclePiece) => {
        const wish = wishOf(shop, piece);
        if (piece.state === 'waiting') return piece.at !== '' && (wish === null || wish <= date);
        if (piece.state !== 'scheduled' || piece.date === null || piece.date <= date) return false;
        return wish === null && (farm.days.get(piece.date)?.revision ?? 0) === 0;
      };
      const moved = new Map<string, string>();
      for (const piece of inDepositOrder(pieces.filter(mayCome))) {
        if (desk.on(date) + size(piece) > desk.capOf(date) || !desk.suits(piece, date)) continue;
        desk.put(piece.id, date);
        moved.set(piece.id, date);
      }
      return moved;
    },
    sendAway(date: string, ids: readonly string[]): Outcome {
      for (const id of ids) {
        const piece = desk.pieceOf(id);
        piece.state = 'waiting';
        piece.date = null;
      }
      const order = inDepositOrder(ids.map((id) => desk.pieceOf(id)));
      return new Map(order.map(({ id }) => [id, desk.send(id, dayAfter(date, 1))]));
    },
  };
  return desk;
}
