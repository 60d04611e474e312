// People who change and cancel what they ordered, on a shop whose process dies in the middle of a write.

import type { Choice, Reply } from '../../src/chat/bot.ts';
import { createRouter } from '../../src/chat/router.ts';
import { addDemoStore } from '../../src/demo.ts';
import type { Order } from '../../src/orders/order.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { Shop } from '../../src/orders/shop.ts';
import type { Engine } from '../../src/payments/store.ts';
import { openMemoryStore } from './sqlite.ts';

/** Monday noon in Seoul. */
const START_MS = Date.parse('2026-07-20T03:00:00.000Z');
const BETWEEN_MESSAGES_MS = 10_000;
const ROOM_CHARS = 1400;
const WRITES: ReadonlySet<string> = new Set(['submit', 'endTurn', 'meet']);

/** Where the process dies: before a write is committed, or after it and before its answer is sent. */
export type Death = 'before' | 'after' | null;

export type Person = 'buyer' | 'stranger';

export type Move =
  | { readonly kind: 'say'; readonly who: Person; readonly text: string }
  /** A button of one of the buyer's last answers, in whoever's hand. */
  | {
      readonly kind: 'press';
      readonly who: Person;
      readonly back: number;
      readonly choice: number;
    }
  | { readonly kind: 'farm'; readonly to: 'harvested' | 'shipped' };

export type Attacked = Awaited<ReturnType<typeof openAttacked>>;

/** `deaths` are met one a write, in turn, from the first move on; when they are used up nothing dies. */
export async function openAttacked(deaths: readonly Death[] = []) {
  const store = await openMemoryStore();
  await addDemoStore(store, 'Asia/Seoul');
  const faults: string[] = [];
  let fate: Death[] = [];
  let hasDied = false;
  const mortal = mortalStore(store, () => {
    const death = fate.shift() ?? null;
    hasDied ||= death !== null;
    return death;
  });
  const said: Reply[] = [];
  let nextId = 0;
  let at = new Date(START_MS);
  let router = start();

  function start() {
    return createRouter({
      store: mortal,
      newOrderId: () => `ord_${++nextId}`,
      draftLifeMs: 86_400_000,
      undoWindowMs: 300_000,
      pagesUrl: null,
      log: (event, fields) => {
        // What broke because the process died is no fault of ours.
        if (!hasDied) faults.push(`${event} ${JSON.stringify(fields)}`);
      },
    });
  }

  async function deliver(user: string, { text, choice, updateId }: Delivery): Promise<Reply> {
    const press = choice !== undefined && 'say' in choice ? choice.press : undefined;
    const sender = { platform: 'telegram', bot: 'bot', user } as const;
    const message = { sender, text, press, updateId, storeId: null, roomChars: ROOM_CHARS, at };
    for (;;) {
      hasDied = false;
      const reply = await router(message);
      if (!hasDied) return reply;
      // Nobody got an answer: the process comes back and the platform delivers again.
      router = start();
    }
  }

  return {
    store,
    faults,
    /** Answers to the buyer, oldest first. */
    said,
    deliver: (user: string, delivery: Delivery) => deliver(user, delivery),
    /** An order, said and paid for; nobody dies meanwhile. */
    async buy(user: string, text: string): Promise<Order> {
      at = new Date(at.getTime() + BETWEEN_MESSAGES_MS);
      const card = await deliver(user, { text, updateId: `${user}-card-${at.getTime()}` });
      const choice = card.choices.find(({ label }) => label === '주문 확정');
      await deliver(user, { text: '주문 확정', choice, updateId: `${user}-yes-${at.getTime()}` });
      const [order] = await store.findOrders({ storeId: 'peach', limit: 1 });
      if (order === undefined) throw new Error('nothing was ordered');
      const payment = {
        amountKrw: null,
        method: 'manual',
        reference: null,
        depositor: null,
        at: at.toISOString(),
      } as const;
      const shop = await demoShop(store);
      await store.submit(ordering.pay({ shop, now: at, who: 'seller' }, order.id, payment));
      return order;
    },
    /** Null when there was nothing to press. */
    async make(move: Move, no: number): Promise<Reply | null> {
      if (no === 0) fate = [...deaths];
      at = new Date(at.getTime() + BETWEEN_MESSAGES_MS);
      if (move.kind === 'farm') return reportFarm(store, { to: move.to, now: at });
      const delivery = deliveryOf(move, said, `m${no}`);
      if (delivery === null) return null;
      const reply = await deliver(move.who, delivery);
      if (move.who === 'buyer') said.push(reply);
      return reply;
    },
    /** The very same message once more, as platforms do that heard no answer. */
    async again(move: Move, no: number, before: readonly Reply[]): Promise<Reply | null> {
      if (move.kind === 'farm') return null;
      const delivery = deliveryOf(move, before, `m${no}`);
      return delivery === null ? null : deliver(move.who, delivery);
    },
  };
}

export type Delivery = {
  readonly text: string;
  readonly choice?: Choice;
  readonly updateId: string;
};

function deliveryOf(
  move: Exclude<Move, { kind: 'farm' }>,
  said: readonly Reply[],
  updateId: string,
): Delivery | null {
  if (move.kind === 'say') return { text: move.text, updateId };
  const choices = said.at(-1 - move.back)?.choices ?? [];
  const choice = choices[move.choice % Math.max(1, choices.length)];
  return choice !== undefined && 'say' in choice ? { text: choice.say, choice, updateId } : null;
}

async function reportFarm(
  store: Engine,
  { to, now }: { readonly to: 'harvested' | 'shipped'; readonly now: Date },
): Promise<null> {
  const asked = { shop: await demoShop(store), now, who: 'farmer' } as const;
  for (const { date } of (await store.findDays('peach', '2026-07-20')).values()) {
    const { rows } = await store.findDayList('peach', date);
    if (rows.some(({ struck }) => !struck))
      await store.submit(ordering.report(asked, { date, rows: 'all', to }));
  }
  return null;
}

async function demoShop(store: Engine): Promise<Shop> {
  const shop = await store.findShop('peach');
  if (shop === null) throw new Error('no demo store');
  return shop;
}

/** A store whose process dies at a write as `nextDeath` says. */
function mortalStore(store: Engine, nextDeath: () => Death): Engine {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const call = value.bind(target);
      if (!WRITES.has(String(name))) return call;
      return async (...given: readonly unknown[]) => {
        const death = nextDeath();
        if (death === 'before') throw new Error('died before the commit');
        const done: unknown = await call(...given);
        if (death === 'after') throw new Error('died after the commit');
        return done;
      };
    },
  });
}

/** What the books say of every order, without ids and times. */
export async function booksOf(store: Engine) {
  const orders = await store.findOrders({ storeId: 'peach', limit: 200 });
  return Promise.all(
    orders.map(async ({ id, code, state, totalKrw, paidKrw, refundDueKrw, parcels }) => ({
      code,
      state,
      totalKrw,
      paidKrw,
      refundDueKrw,
      parcels: parcels.map(({ no, recipient, address, boxes, harvestDate, state: step }) => {
        return { no, recipient, address, boxes, harvestDate, state: step };
      }),
      refunds: (await store.findRefunds('peach', id)).map(({ amountKrw, state: refund }) => {
        return { amountKrw, state: refund };
      }),
      events: (await store.findHistory('peach', id)).map(({ event }) => event),
    })),
  );
}
