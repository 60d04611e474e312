import { localTime } from '../../src/orders/dates.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { Shop } from '../../src/orders/shop.ts';
import type { Command, Submitted } from '../../src/orders/store.ts';
import * as oracle from './oracle.ts';
import { type Asking, parcelFor, requestFor } from './shop.ts';
import { costOf } from './stream-checks.ts';
import { planDeposit, planTakeBack } from './stream-deposits.ts';
import { planPolicy } from './stream-policy.ts';
import { planRefund } from './stream-refunds.ts';
import { noteAct, planUndo } from './stream-undo.ts';
import { planNumber } from './stream-waybills.ts';
import {
  type Books,
  demand,
  farmOf,
  isHolding,
  type Kind,
  type OrderRow,
  piecesOf,
  type StreamStep,
  type World,
} from './stream-world.ts';

export type Submit = (request?: { readonly key: string }) => Promise<Submitted<unknown>>;

export function by<T>({ store }: World, command: Command<T>): Submit {
  return (request) => store.submit(request === undefined ? command : { ...command, request });
}

/** A command, whom it may touch, and what the rules say must come of it. */
export type Plan = {
  readonly submit: Submit;
  readonly touches: { readonly orders: readonly string[]; readonly parcels: readonly string[] };
  /** The dates that parcels must have afterwards; others keep theirs. */
  readonly dates: oracle.Outcome;
  /** The cap that somebody says for a date. */
  readonly said?: { readonly date: string; readonly capBoxes: number };
  /** The late room there must be, where it is not what the slow planner counts. */
  readonly lateRoom?: ReadonlyMap<string, number>;
  /** Cannot be said again with a key of its own. */
  readonly isOnce?: boolean;
  readonly check?: (after: Books) => void;
};

export type Scene = {
  readonly shop: Shop;
  readonly before: Books;
  readonly step: StreamStep;
  readonly index: number;
};

export function planFor(world: World, scene: Scene): Plan | null {
  const { step } = scene;
  if (step.kind === 'place') return planPlace(world, scene);
  if (step.kind === 'cap') return planCap(world, scene);
  if (step.kind === 'cut') return planCut(world, scene);
  if (step.kind === 'wait') return planWait(world, scene);
  if (step.kind === 'undo') return planUndo(world, scene);
  if (step.kind === 'refund') return planRefund(world, scene);
  if (step.kind === 'policy') return planPolicy(world, scene);
  if (step.kind === 'deposit') return planDeposit(world, scene);
  if (step.kind === 'takeback') return planTakeBack(world, scene);
  if (step.kind === 'freeze' || step.kind === 'report') return planList(world, scene);
  if (step.kind === 'number') return planNumber(world, scene);
  return planOrder(world, scene);
}

export const asking = (
  world: World,
  shop: Shop,
  who: 'buyer' | 'farmer' | 'seller' | 'system',
) => ({
  shop,
  now: world.now,
  who,
});

function planPlace(world: World, { shop, step, index }: Scene): Plan {
  const { a, b, c } = step;
  const today = localTime(world.now, shop.policy.timeZone).date;
  const parcels = Array.from({ length: 1 + (a % 4 === 3 ? 0 : a % 4) }, (_, no): Asking => {
    const isWished = (b + no) % 5 === 0;
    const date = oracle.dayAfter(today, (c % 8) - 1);
    const items = [{ product: 'big', boxes: 1 + ((Math.floor(a / 4) + b * (no + 1)) % 5) }];
    if ((c + no) % 4 === 0) items.push({ product: 'rare', boxes: 1 + (b % 3) });
    if ((a + c + no) % 5 === 0 && items.length > 1) items.shift();
    return {
      items,
      address: (a + no) % 6 === 0 ? `제주 제주시 연동 ${no}` : `서울 강남구 역삼로 ${no}`,
      wanted: isWished ? { date, kind: b % 2 === 0 ? 'arrive' : 'dispatch' } : null,
    };
  });
  const id = `ord_${index}`;
  const buyerId = world.buyers[b % world.buyers.length] ?? '';
  const placing = { id, buyerId, request: requestFor(...parcels) };
  return {
    submit: by(world, ordering.place(asking(world, shop, 'buyer'), placing)),
    touches: { orders: [id], parcels: parcels.map((_, no) => `par_${index}-${no + 1}`) },
    dates: new Map(),
    check: (after) => {
      for (const [no, { wanted }] of parcels.entries()) {
        if (!wanted) continue;
        const wish = oracle.wishOf(shop, { wanted });
        const { date } = after.parcels.get(`par_${index}-${no + 1}`) ?? {};
        demand(date === wish, `a wished date ${wish} was promised as ${date}`);
      }
    },
  };
}

const FITTING: Readonly<Partial<Record<Kind, string>>> = {
  pay: 'awaiting_payment',
  expire: 'awaiting_payment',
  cancel: 'paid',
  change: 'paid',
  settle: 'paid',
  revive: 'expired',
};

function planOrder(world: World, { shop, before, step, index }: Scene): Plan | null {
  // Mostly an order that can take the step, else any: refusals are part of the stream.
  const all = [...before.orders.values()];
  const fit = all.filter(({ state }) => step.b % 4 !== 0 && state === FITTING[step.kind]);
  const ids = (fit.length > 0 ? fit : all).map((one) => one.id);
  const id = ids[step.a % Math.max(1, ids.length)];
  const order = before.orders.get(id ?? '');
  if (id === undefined || order === undefined) return null;
  const own = [...before.parcels.values()].filter((parcel) => parcel.orderId === id);
  if (step.kind === 'expire') {
    // Mostly one waits until the time to pay is over.
    const over = new Date(order.payBy);
    if (step.c % 4 !== 0 && over > world.now) world.now = over;
    return {
      submit: by(world, ordering.expire(asking(world, shop, 'system'), id)),
      touches: { orders: [id], parcels: [] },
      dates: new Map(),
      check: (after) => {
        const isOver = order.payBy <= world.now.toISOString();
        const wasExpired = after.orders.get(id)?.state === 'expired';
        // What is paid in part goes to the seller instead.
        const mayExpire = order.state === 'awaiting_payment' && isOver && order.paid === 0;
        demand(wasExpired === (mayExpire || order.state === 'expired'), 'expired out of turn');
      },
    };
  }
  if (step.kind === 'revive')
    return {
      submit: by(world, ordering.revive(asking(world, shop, 'seller'), id)),
      touches: { orders: [id], parcels: [] },
      dates: new Map(),
      check: (after) => {
        const { state, payBy = '' } = after.orders.get(id) ?? {};
        const isOpen = state === 'awaiting_payment' && payBy > world.now.toISOString();
        demand(isOpen, `${id} was revived and is ${state}`);
      },
    };
  if (step.kind === 'cancel') {
    const some = own.filter((_, no) => (step.c + no) % 2 === 0).map((parcel) => parcel.id);
    // Named twice, as a double tap may: still freed once.
    const parcelIds = step.b % 3 === 0 ? null : [...some, ...some];
    const named = parcelIds ?? own.map((parcel) => parcel.id);
    const who = step.c % 5 < 2 ? 'farmer' : 'buyer';
    const cancelling = { parcelIds, reason: null, account: null };
    return {
      submit: by(world, ordering.cancel(asking(world, shop, who), id, cancelling)),
      touches: { orders: [id], parcels: named },
      dates: new Map(),
      check: (after) => {
        for (const one of named)
          demand(after.parcels.get(one)?.state === 'cancelled', `${one} was not cancelled`);
      },
    };
  }
  // The payment of an unpaid order is the step of that name.
  if (step.kind === 'settle' && order.state === 'awaiting_payment') return null;
  if (step.kind === 'change' || step.kind === 'settle')
    return planContents(world, { shop, before, step, index }, order);
  const waiting = own.filter(({ state }) => state === 'waiting').map((parcel) => parcel.id);
  // Now and then the bank saw the money earlier than others that are booked already.
  const at = new Date(world.now.getTime() - (step.b % 3 === 0 ? step.c * 60_000 : 0));
  // A paid order may wait for the difference of a change: that is a step of its own.
  const isWrong = step.c % 10 === 0 || order.state === 'paid';
  const wrong = isWrong ? { amountKrw: order.total + 1 } : { amountKrw: null };
  return {
    submit: by(
      world,
      ordering.pay(asking(world, shop, 'buyer'), id, {
        ...wrong,
        method: index % 4 === 0 ? 'kakaopay' : 'bank',
        reference: null,
        depositor: null,
        at: at.toISOString(),
      }),
    ),
    touches: { orders: [id], parcels: waiting },
    dates: oracle.pay(farmOf(world, shop, before), waiting, at.toISOString()),
  };
}

/** Other boxes or another place for one or two parcels, or the difference of such a change. */
function planContents(world: World, scene: Scene, order: OrderRow): Plan {
  const { shop, before, step } = scene;
  const { a, b, c } = step;
  const { id } = order;
  const own = [...before.parcels.values()].filter((parcel) => parcel.orderId === id);
  const named = own.filter((_, no) => (a + no) % 3 !== 0);
  const parcels = named.map(({ id: parcelId }, no) => ({
    parcelId,
    personal:
      (b + no) % 3 === 0
        ? { ...parcelFor({}), address: c % 2 === 0 ? '제주 제주시 연동 9' : '서울 중구 세종대로 9' }
        : null,
    items:
      (b + no) % 4 === 1
        ? null
        : [{ product: (a + c) % 6 === 0 ? 'rare' : 'big', boxes: 1 + ((b + no * c) % 5) }],
  }));
  const asked = asking(world, shop, 'buyer');
  const money = { amountKrw: null, method: 'bank', reference: null, depositor: null } as const;
  const submit =
    step.kind === 'change'
      ? by(world, ordering.change(asked, id, { parcels }))
      : by(world, ordering.pay(asked, id, { ...money, at: world.now.toISOString() }));
  const touched = (step.kind === 'change' ? named : own).map((parcel) => parcel.id);
  return {
    submit,
    touches: { orders: [id], parcels: touched },
    dates: new Map(),
    check: (after) => checkContents(world, { shop, before, after, step }, id),
  };
}

/** By the order's own terms, less what an earlier cancel left out of the shipping. */
function checkContents(
  world: World,
  { shop, before, after, step }: Omit<Scene, 'index'> & { readonly after: Books },
  id: string,
): void {
  const was = before.orders.get(id);
  const is = after.orders.get(id);
  if (was === undefined || is === undefined) throw new Error(`no order ${id}`);
  const liveIn = (books: Books) =>
    [...books.parcels.values()].filter((one) => one.orderId === id && one.state !== 'cancelled');
  const costs = costOf(shop, liveIn(after));
  const waived = Math.max(0, costOf(shop, liveIn(before)).total - was.total);
  const expected = costs.total - Math.min(waived, costs.shipping);
  demand(is.total === expected, `${id} costs ${is.total} after its change, not ${expected}`);
  world.totals.set(id, expected);
  const paid = is.paid - was.paid;
  demand(paid === (step.kind === 'settle' ? is.total - was.total : 0), `${id} was paid ${paid}`);
  if (step.kind === 'settle') world.paid.set(id, is.paid);
  demand(was.state !== 'paid' || step.kind === 'settle' || is.total <= was.total, `${id} owes`);
  for (const parcel of liveIn(after)) {
    const { at, seq } = before.parcels.get(parcel.id) ?? {};
    demand(parcel.at === at && parcel.seq === seq, `${parcel.id} lost its place in the queue`);
  }
}

/** Mostly a date that holds parcels, else any around today. */
function dateFor(world: World, { shop, before }: Scene, n: number): string {
  const used = [...before.days.values()].filter(({ reserved }) => reserved > 0);
  const known = used[n % Math.max(1, used.length)];
  if (known !== undefined && n % 4 !== 0) return known.date;
  return oracle.dayAfter(localTime(world.now, shop.policy.timeZone).date, (n % 7) - 1);
}

function planCap(world: World, scene: Scene): Plan {
  const { shop, before, step } = scene;
  // Often it is today's number, whose room is open to late payments only as far as it was said.
  const { date: today } = localTime(world.now, shop.policy.timeZone);
  const date = step.c % 5 === 0 ? today : dateFor(world, scene, step.a);
  const capBoxes = step.b % 4 === 0 ? 0 : step.b % 15;
  const farm = farmOf(world, shop, before);
  const dates = oracle.setCap(farm, date, capBoxes);
  const command = ordering.setCap(asking(world, shop, 'farmer'), { date, capBoxes });
  return {
    submit: noteAct(world, scene, by(world, command)),
    touches: { orders: [], parcels: [...dates.keys()] },
    dates,
    said: { date, capBoxes },
    check: (after) => {
      const day = after.days.get(date);
      demand(day?.capBoxes === capBoxes, `the cap of ${date} is ${day?.capBoxes}, not ${capBoxes}`);
    },
  };
}

function planWait(world: World, { shop, before }: Scene): Plan {
  const dates = oracle.wait(farmOf(world, shop, before));
  return {
    submit: by(world, ordering.scheduleWaiting(asking(world, shop, 'system'))),
    touches: { orders: [], parcels: [...dates.keys()] },
    dates,
  };
}

function planCut(world: World, scene: Scene): Plan {
  const { shop, before, step } = scene;
  const date = dateFor(world, scene, step.a);
  const isFrozen = (before.days.get(date)?.revision ?? 0) > 0;
  const on = piecesOf(before).filter((piece) => piece.date === date && isHolding(piece.state));
  const numbered = oracle.inDepositOrder(on).map(({ id, state }, place) => ({
    id,
    state,
    row: isFrozen ? (before.parcels.get(id)?.row ?? 0) : place + 1,
  }));
  const row = step.b % (numbered.length + 2);
  const leaving = numbered
    .filter((entry) => entry.row > row && entry.state === 'scheduled')
    .map(({ id }) => id);
  // Nobody new takes the room of those who left; a cut behind the last row changes nothing.
  const last = Math.max(0, ...numbered.map((entry) => entry.row));
  const was = oracle.capOf(farmOf(world, shop, before), date);
  const { reserved = 0, flagged = 0 } = before.days.get(date) ?? {};
  const stays = reserved - boxesOf(leaving, before);
  // A day that is over and that nobody said a number for is as large as what it held.
  const { date: today } = localTime(world.now, shop.policy.timeZone);
  const cap = date < today && flagged === 0 ? Math.max(was, reserved) : was;
  const capBoxes = row >= last ? was : Math.min(cap, stays);
  const command = ordering.cut(asking(world, shop, 'farmer'), { date, row });
  return {
    submit: noteAct(world, scene, by(world, command)),
    touches: { orders: [], parcels: leaving },
    dates: oracle.cut(farmOf(world, shop, before), date, leaving),
    said: { date, capBoxes },
    check: (after) => {
      const left = oracle.capOf(farmOf(world, shop, after), date);
      demand(left === capBoxes, `the cut of ${date} left a cap of ${left}, not ${capBoxes}`);
    },
  };
}

function boxesOf(ids: readonly string[], books: Books): number {
  return ids.reduce((sum, id) => sum + (books.parcels.get(id)?.boxes ?? 0), 0);
}

const REPORTS = ['harvested', 'packed', 'shipped', 'delivered'] as const;

function planList(world: World, scene: Scene): Plan {
  const { shop, before, step, index } = scene;
  const date = dateFor(world, scene, step.a);
  const on = [...before.parcels.values()].filter((parcel) => parcel.date === date);
  const touches = { orders: [], parcels: on.map(({ id }) => id) };
  if (step.kind === 'freeze')
    return {
      submit: by(world, ordering.freezeList(asking(world, shop, 'farmer'), date)),
      touches: { orders: [], parcels: [] },
      dates: new Map(),
    };
  const rows = Array.from({ length: 1 + (step.b % 3) }, (_, no) => ({
    // The same row may be said on several lines.
    row: 1 + ((step.c + no * (step.b % 2)) % 5),
    waybills: step.c % 3 === 1 ? [`${1_000_000_000 + index * 10 + no}`] : [],
    carrier: null,
  }));
  const command = ordering.report(asking(world, shop, 'farmer'), {
    date,
    rows: step.c % 3 === 0 ? 'all' : rows,
    to: REPORTS[step.b % REPORTS.length] ?? 'packed',
  });
  return {
    submit: noteAct(world, scene, by(world, command)),
    touches,
    dates: new Map(),
    check: (after) => {
      const packages = [...after.parcels.values()].map((parcel) => parcel.packages).join();
      const given = step.c % 3 === 0 ? [] : rows.flatMap(({ waybills }) => waybills);
      for (const waybill of given) demand(packages.includes(waybill), `${waybill} was lost`);
    },
  };
}
