import { type House, type OrderJson, type OrderState, ordering, type Shop } from '../src/app.ts';
import { type Field, type Row, row, STORE, UsageError } from './command.ts';
import { asked, findOrder, findShops, tellOrder } from './find.ts';
import { changeOrder } from './order-change.ts';
import { orderLine, orderLines } from './order-lines.ts';
import { date, instant, oneOf } from './readers.ts';

const PAGE = 200;
const ORDERS_MAX = 100_000;

const CODE: Field = ['<code>', 'the code, as P7-042 in any writing, or the id'];
const STATES = [
  'awaiting_payment',
  'paid',
  'expired',
  'cancelled',
] as const satisfies readonly OrderState[];

type Ref = { readonly code: string; readonly store?: string };

export const commands: readonly Row[] = [
  row<Ref>({
    name: 'show',
    about: 'show one order',
    args: [CODE],
    options: [STORE],
    example: 'sanji order show P7-042',
    async run(cli, { code, store }) {
      const house = await cli.house();
      const { order, shop } = await findOrder(house, code, store);
      const json = await tellOrder(house, shop, order.id);
      return { json, lines: orderLines(json) };
    },
  }),
  row<{ store?: string; state?: OrderState; date?: string }>({
    name: 'ls',
    about: 'list orders, newest first',
    options: [
      ['--store <id>', 'only of this store'],
      ['--state <state>', `only in this state: ${STATES.join(', ')}`, oneOf(...STATES)],
      ['--date <date>', 'only with parcels on this harvest date', date],
    ],
    example: 'sanji order ls --state paid --date 2026-07-21',
    async run(cli, { store, ...filter }) {
      const house = await cli.house();
      const json: OrderJson[] = [];
      const shops = await findShops(house, store);
      const progress = await cli.progress('order ls');
      for (const [index, shop] of shops.entries()) {
        json.push(...(await listOrders(house, shop, filter)));
        progress.told(index + 1, shops.length);
      }
      progress.end();
      json.sort((a, b) => Date.parse(b.placedAt) - Date.parse(a.placedAt));
      return { json, lines: json.map(orderLine) };
    },
  }),
  row<Ref & { parcel?: readonly string[] }>({
    name: 'cancel',
    about: 'cancel an order, or some of its parcels, before shipping; paid money opens a refund',
    args: [CODE],
    options: [STORE, ['--parcel <parcel...>', 'only these parcels: ids, or numbers from 1']],
    example: 'sanji order cancel P7-042 --parcel 2',
    async run(cli, { code, store, parcel }) {
      const house = await cli.house();
      const { order, shop } = await findOrder(house, code, store);
      const parcelIds =
        parcel?.map((said) => {
          const found = order.parcels.find(({ id, no }) => id === said || String(no) === said);
          if (found === undefined) throw new UsageError(`the order has no parcel ${said}`);
          return found.id;
        }) ?? null;
      const request = { parcelIds, reason: null, account: null };
      await house.store.submit(ordering.cancel(asked(cli, shop), order.id, request));
      const json = await tellOrder(house, shop, order.id);
      return { json, lines: orderLines(json) };
    },
  }),
  row<Ref>({
    name: 'revive',
    about: 'let an order whose time to pay is over wait for its payment again',
    args: [CODE],
    options: [STORE],
    example: 'sanji order revive P7-042',
    async run(cli, { code, store }) {
      const house = await cli.house();
      const { order, shop } = await findOrder(house, code, store);
      await house.store.submit(ordering.revive(asked(cli, shop), order.id));
      const json = await tellOrder(house, shop, order.id);
      return { json, lines: orderLines(json) };
    },
  }),
  changeOrder,
  row<Ref & { asOf?: string }>({
    name: 'history',
    about: 'show what happened to an order, oldest first',
    args: [CODE],
    options: [STORE, ['--as-of <time>', 'only what had happened by then']],
    example: 'sanji order history P7-042 --as-of 2026-07-21T18:00',
    async run(cli, { code, store, asOf }) {
      const house = await cli.house();
      const { order, shop } = await findOrder(house, code, store);
      const told = await tellOrder(house, shop, order.id);
      const until = asOf === undefined ? null : instant(asOf, shop.policy.timeZone).getTime();
      const history = told.history.filter(({ at }) => until === null || Date.parse(at) <= until);
      return {
        json: history,
        lines: history.map(
          ({ at, who, event, detail }) =>
            `${at}  ${who.padEnd(6)}  ${event.padEnd(15)}  ${JSON.stringify(detail)}`,
        ),
      };
    },
  }),
];

async function listOrders(
  house: House,
  shop: Shop,
  filter: { readonly state?: OrderState; readonly date?: string },
): Promise<OrderJson[]> {
  const told: OrderJson[] = [];
  let after: string | undefined;
  while (told.length < ORDERS_MAX) {
    const page = await house.store.findOrders({ ...filter, storeId: shop.id, limit: PAGE, after });
    for (const { id } of page) told.push(await tellOrder(house, shop, id));
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    after = `${last.placedAt}|${last.id}`;
  }
  return told;
}
