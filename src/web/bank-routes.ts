// What the bank says, passed on by a program that reads the seller's account, mail or phone.
import { createHash } from 'node:crypto';
import { isoWithOffset } from '../orders/dates.ts';
import * as ordering from '../orders/ordering.ts';
import type { Shop } from '../orders/shop.ts';
import { type Booked, bookDeposits } from '../payments/booking.ts';
import { readNotices } from '../payments/notice.ts';
import { seenInText } from '../payments/sightings.ts';
import type { Deposit, Engine, SeenDeposit } from '../payments/store.ts';
import * as answers from './answers.ts';
import * as examples from './examples.ts';
import { mustFindShop } from './find-order.ts';
import { type Api, type Route, route } from './route.ts';
import * as schemas from './schemas.ts';

export const bankRoutes: readonly Route[] = [
  route({
    name: 'takeBankNotice',
    tag: 'orders',
    summary: 'Book what the bank says came in; what nobody can read goes to the seller',
    refusals: ['not_found'],
    method: 'post',
    path: '/bank/notice',
    door: 'bank',
    status: 200,
    params: schemas.nothing,
    query: schemas.nothing,
    body: schemas.bankNotice,
    example: examples.bankNotice,
    answer: answers.bankNoticeTaken,
    handle: async ({ body, ...api }) => {
      const shop = await mustFindShop(api.store, body.store);
      const { text, receivedAt } = body;
      const seen =
        text === undefined || receivedAt === undefined
          ? [fieldsOf(body)]
          : await readText(api, shop, { text, receivedAt });
      const asked = { shop, now: api.now(), who: 'system' } as const;
      const booked = await bookDeposits(api, seen, asked);
      const [first, ...more] = await Promise.all(booked.map((one) => told(api.store, shop, one)));
      return { ...(first ?? { deposit: null, decision: { none: true } }), more };
    },
  }),
];

function fieldsOf(body: schemas.BankNotice): SeenDeposit {
  const { at = '', name = '', amountKrw = 0, memo = null, balanceKrw = null } = body;
  return {
    ...{ source: 'notice', sourceId: null, nth: 0, precision: 'second' },
    ...{ at: new Date(at).toISOString(), name, amountKrw, memo, balanceKrw },
  };
}

/** The same text passed on twice is shown to the seller once. */
async function readText(
  { store, now }: Pick<Api, 'store' | 'now'>,
  shop: Shop,
  { text, receivedAt }: { readonly text: string; readonly receivedAt: string },
): Promise<readonly SeenDeposit[]> {
  const at = new Date(receivedAt);
  const { seen, unread } = seenInText(readNotices(text, at), 'notice', at);
  if (unread.length > 0) {
    const words = unread.join('\n');
    const key = createHash('sha256').update(`${receivedAt}\n${words}`).digest('base64url');
    const command = ordering.passOnNotice({ shop, now: now(), who: 'system' }, words);
    await store.submit({ ...command, request: { key: `bank/${shop.id}/${key}` } });
  }
  return seen;
}

async function told(store: Engine, { policy }: Shop, { deposit }: Booked) {
  const { id, storeId, at, name, amountKrw, memo, balanceKrw, state } = deposit;
  const plain = { id, store: storeId, name, amountKrw, memo, balanceKrw, state };
  return {
    deposit: { ...plain, at: isoWithOffset(new Date(at), policy.timeZone) },
    decision: await decisionOf(store, deposit),
  };
}

async function decisionOf(store: Engine, { storeId, state, orderIds }: Deposit) {
  if (state === 'none') return { none: true };
  const orders = await Promise.all(orderIds.map((id) => store.findOrder(storeId, id)));
  const codes = orders.flatMap((order) => order?.code ?? []);
  return state === 'booked' ? { match: codes } : { ask: codes };
}
