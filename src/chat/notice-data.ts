// What the words of a notice are made of, read as it was written down.
import type { Order, Parcel } from '../orders/order.ts';
import type { Owed } from '../orders/store.ts';
import type { Engine } from '../payments/store.ts';
import type { Reply } from './bot.ts';
import { orderPage } from './links.ts';
import type { ToldMove } from './replies/index.ts';

export type NoticeRow = Pick<Owed, 'storeId' | 'kind' | 'orderId' | 'data' | 'said'>;

/** Where and when the words are said: what was true once need not be true then. */
export type Telling = {
  /** For one text. */
  readonly roomChars: number;
  /** True where texts may follow one another: what is long is told to its end, in several. */
  readonly isWhole: boolean;
  /** Where people reach our pages; null when they cannot, or when nothing made now is shown to them. */
  readonly pagesUrl: string | null;
  /** Who reads them; a link may be to something of his own. */
  readonly personId: string;
  readonly now: Date;
};

/** The words for a notice of one kind; null when there is nothing true left to say. */
export type Words = (
  store: Engine,
  notice: NoticeRow,
  telling: Telling,
) => Promise<Reply | null> | Reply | null;

/** The same for a notice about an order, which is there. */
export type OrderWords = (
  order: Order,
  about: {
    readonly store: Engine;
    readonly notice: NoticeRow;
    readonly now: Date;
    /** Where the order's page is; null where nobody reaches our pages. */
    readonly page: string | null;
  },
) => Promise<Reply | null> | Reply | null;

export function aboutOrder(words: OrderWords): Words {
  return async (store, notice, { now, pagesUrl }) => {
    const { storeId, orderId } = notice;
    const order = orderId === null ? null : await store.findOrder(storeId, orderId);
    const page = order && pagesUrl && orderPage(store, order, pagesUrl);
    return order && words(order, { store, notice, now, page });
  };
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** `par_…=2026-07-21`; nothing behind the sign where there was no date. */
export function dateOf(entry: string): readonly [string, string | null] {
  const [id = '', date = ''] = entry.split('=');
  return [id, date === '' ? null : date];
}

/** `2026-07-21=1,2`: rows of a list. */
export function rowsOn(entry: string): { readonly date: string; readonly rows: readonly number[] } {
  const [date = '', rows = ''] = entry.split('=');
  return { date, rows: rows.split(',').map(Number) };
}

/** Where a date is still a promise. */
const NOT_YET_SENT: ReadonlySet<Parcel['state']> = new Set(['scheduled', 'harvested', 'packed']);

/** The parcels whose date is another than the one last told, and that have not left yet. */
export function movesOf(order: Order, was: unknown): ToldMove[] {
  return list(was).flatMap((entry) => {
    const [id, date] = dateOf(entry);
    const parcel = order.parcels.find((one) => one.id === id);
    if (parcel === undefined || !NOT_YET_SENT.has(parcel.state)) return [];
    return parcel.harvestDate === date ? [] : [{ parcel, was: date }];
  });
}
