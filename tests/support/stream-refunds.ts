// Money that goes back, as a step of the generated streams: an account, a transfer, a transfer that failed.
import * as ordering from '../../src/orders/ordering.ts';
import type { RefundStep } from '../../src/orders/refunding.ts';
import type { Command } from '../../src/orders/store.ts';
import type { Plan, Scene } from './stream-steps.ts';
import { type Books, demand, type OrderRow, type World } from './stream-world.ts';

const STEPS = ['account', 'done', 'failed'] as const;

/** Of an order that has something to give back, else of any: refusals are part of the stream. */
export function planRefund(world: World, scene: Scene): Plan | null {
  const { before, step } = scene;
  const all = [...before.orders.values()];
  const owing = all.filter(({ refundDue }) => refundDue > 0);
  const orders = owing.length > 0 && step.b % 5 !== 0 ? owing : all;
  const order = orders[step.a % Math.max(1, orders.length)];
  if (order === undefined) return null;
  const kind = STEPS[step.c % STEPS.length] ?? 'done';
  let command: Command<RefundStep> | null = null;
  return {
    async submit(request) {
      command ??= await commandFor(world, scene, { order, kind });
      return world.store.submit(request === undefined ? command : { ...command, request });
    },
    touches: { orders: [order.id], parcels: [] },
    dates: new Map(),
    check: (after) => checkRefund(world, { before, after, order, kind }),
  };
}

async function commandFor(
  { store, now }: World,
  { shop, step }: Scene,
  { order, kind }: { readonly order: OrderRow; readonly kind: (typeof STEPS)[number] },
): Promise<Command<RefundStep>> {
  const asked = { shop, now, who: kind === 'account' ? 'buyer' : 'seller' } as const;
  if (kind === 'account') {
    const account = `302123456789${step.a % 3}`;
    return ordering.giveRefundAccount(asked, order.id, { bank: '농협', account, holder: '김영희' });
  }
  const refunds = await store.findRefunds(shop.id, order.id);
  // Some of them, all of them, and now and then one that is not there.
  const named = refunds.filter((_, no) => (step.a + no) % 3 !== 0).map(({ id }) => id);
  const refundIds = step.b % 7 === 0 ? [...named, 'ref_none'] : [...named, ...named];
  return kind === 'done'
    ? ordering.refundDone(asked, order.id, refundIds)
    : ordering.refundFailed(asked, order.id, { refundIds, reason: null });
}

/** What leaves the account of the farm is what the order counts as given back, to the won. */
function checkRefund(
  world: World,
  {
    before,
    after,
    order: { id },
    kind,
  }: {
    readonly before: Books;
    readonly after: Books;
    readonly order: OrderRow;
    readonly kind: (typeof STEPS)[number];
  },
): void {
  const [was, is] = [before.orders.get(id), after.orders.get(id)];
  if (was === undefined || is === undefined) throw new Error(`no order ${id}`);
  const sent = is.refunded - was.refunded;
  demand(sent === was.refundDue - is.refundDue, `${id} gave ${sent} back out of turn`);
  demand(sent >= 0 && (sent === 0 || kind === 'done'), `${id} gave ${sent} back by ${kind}`);
  world.sent.set(id, (world.sent.get(id) ?? 0) + sent);
}
