// All that a shop can tell, store by store and as bytes, so that two databases can be compared.
import { createHash } from 'node:crypto';
import type { Store } from '../../src/orders/store.ts';

const PAGE = 1000;
const LETTERS_MAX = 1_000_000;
const ALL_STATES = ['open', 'paused', 'archived'] as const;
const FIRST_DATE = '0000-00-00';
/** Of a revision it says nothing. */
const NOW = new Date('2026-07-20T03:00:00Z');

/** The bytes that were told of a store ('' of what belongs to none), and their hash. */
export type Exports = ReadonlyMap<string, { readonly bytes: number; readonly hash: string }>;

export async function exportAll(store: Store): Promise<Exports> {
  const files = new Map<string, { bytes: number; hash: ReturnType<typeof createHash> }>();
  const tell = (storeId: string, what: string, value: unknown) => {
    const file = files.get(storeId) ?? { bytes: 0, hash: createHash('sha256') };
    const line = `${what} ${JSON.stringify(value, plainly)}\n`;
    file.hash.update(line);
    file.bytes += Buffer.byteLength(line);
    files.set(storeId, file);
  };
  tell('', 'holidays', await store.listHolidays());
  const shops = await store.listShops({ states: ALL_STATES });
  for (const shop of shops) {
    tell(shop.id, 'shop', shop);
    const days = await store.findDays(shop.id, FIRST_DATE);
    tell(shop.id, 'days', days);
    for (const { date, revision: newest } of days.values())
      for (let revision = 1; revision <= newest; revision++)
        tell(shop.id, 'paper', await store.findPaper(shop.id, date, { revision, now: NOW }));
    for await (const order of ordersOf(store, shop.id)) tell(shop.id, 'order', order);
    tell(shop.id, 'refunds', await store.findOpenRefunds(shop.id, LETTERS_MAX));
    tell(shop.id, 'list', await store.findNewestList(shop.id));
    tell(shop.id, 'staff', await store.findStaff(shop.id));
    const letters = await store.listOutbox({ storeId: shop.id, limit: LETTERS_MAX });
    for (const letter of letters) tell(shop.id, 'letter', letter);
  }
  for await (const event of eventsOf(store)) tell(event.storeId, 'event', event);
  return new Map(
    [...files].map(([id, { bytes, hash }]) => [id, { bytes, hash: hash.digest('hex') }]),
  );
}

/** Maps and sets are told by what is in them. */
function plainly(_: string, value: unknown): unknown {
  return value instanceof Set || value instanceof Map ? [...value] : value;
}

async function* ordersOf(store: Store, storeId: string) {
  let after: string | undefined;
  for (;;) {
    const page = await store.findOrders({ storeId, limit: PAGE, ...(after && { after }) });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = `${last.placedAt}|${last.id}`;
  }
}

async function* eventsOf(store: Store) {
  for (let after = 0; ; ) {
    const page = await store.findEvents({ after, limit: PAGE });
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}
