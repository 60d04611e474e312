// A small farm for tests: shops, requests and days as plain data, and the same farm in a store.
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { RefundAccount, State, Who } from '../../src/orders/change.ts';
import type { Calendar, Day } from '../../src/orders/day.ts';
import { DomainError, type RefusalCode } from '../../src/orders/errors.ts';
import type { Wanted } from '../../src/orders/order.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { OrderRequest, WantedParcel } from '../../src/orders/placing.ts';
import {
  DEFAULT_POLICY,
  NEW_PRODUCT,
  type Policy,
  type Product,
  type Shop,
} from '../../src/orders/shop.ts';
import type { Store } from '../../src/orders/store.ts';

/** Monday 20 July 2026, noon in Seoul: past the cut-off, so the first free date is Tuesday. */
export const MONDAY_NOON = new Date('2026-07-20T03:00:00Z');
/** The same Monday before the cut-off: today still takes orders. */
export const MONDAY_EARLY = new Date('2026-07-19T20:00:00Z');
export const MONDAY = '2026-07-20';
export const TUESDAY = '2026-07-21';
export const WEDNESDAY = '2026-07-22';
export const THURSDAY = '2026-07-23';
export const FRIDAY = '2026-07-24';
export const SATURDAY = '2026-07-25';
export const NEXT_MONDAY = '2026-07-27';

export function product(over: Partial<Product> = {}): Product {
  return {
    id: 'peach-4kg',
    name: '복숭아 4kg',
    priceKrw: 35_000,
    ...NEW_PRODUCT,
    ...over,
  };
}

export function shopWith(
  policy: Partial<Policy> = {},
  over: Partial<Omit<Shop, 'policy'>> = {},
): Shop {
  return {
    id: 'peach',
    name: '햇살농원',
    state: 'open',
    business: null,
    products: [product()],
    holidays: new Set(),
    ...over,
    policy: { ...DEFAULT_POLICY, ...policy },
  };
}

export function dayWith(date: string, over: Partial<Day> = {}): Day {
  return {
    date,
    capBoxes: 40,
    // A number of its own is what the farmer said; else the policy's counts.
    capSource: over.capBoxes === undefined ? 'default' : 'farmer',
    reservedBoxes: 0,
    productBoxes: {},
    lateRoomBoxes: 0,
    revision: 0,
    frozenAt: null,
    isFlagged: false,
    ...over,
  };
}

export function calendarWith({
  shop = shopWith(),
  days = [],
  now = MONDAY_NOON,
}: {
  readonly shop?: Shop;
  readonly days?: readonly Day[];
  readonly now?: Date;
} = {}): Calendar {
  return { shop, now, days: new Map(days.map((day) => [day.date, day])) };
}

export function stateWith(calendar: Calendar, over: Partial<State> = {}): State {
  return {
    unpaid: new Map(),
    ...calendar,
    order: null,
    payments: [],
    refunds: [],
    refundAccount: null,
    receipts: [],
    newCode: 'P7-001',
    questions: [],
    newQuestionNo: 1,
    slotsOn: [],
    slotsAfter: [],
    waiting: [],
    waybillUses: [],
    parcels: [],
    owed: [],
    mark: 'mark',
    openChange: null,
    rows: [],
    askedDay: null,
    untold: [],
    ...over,
  };
}

export type Asking = {
  readonly boxes?: number;
  readonly items?: WantedParcel['items'];
  readonly recipient?: string;
  readonly address?: string;
  readonly postcode?: string | null;
  readonly wanted?: Wanted | null;
};

/** A parcel for a recipient of its own, so that two are never merged by accident. */
export function parcelFor(asking: Asking, no = 1): WantedParcel {
  return {
    recipient: asking.recipient ?? `박철수${no}`,
    phone: '01012345678',
    postcode: asking.postcode ?? null,
    address: asking.address ?? `서울 강남구 역삼로 ${no}`,
    memo: null,
    wanted: asking.wanted ?? null,
    items: asking.items ?? [{ product: 'peach-4kg', boxes: asking.boxes ?? 1 }],
  };
}

export function requestFor(...asked: readonly Asking[]): OrderRequest {
  return {
    buyer: { name: '영희맘', phone: null },
    sender: null,
    depositor: null,
    memo: null,
    parcels: asked.map((asking, index) => parcelFor(asking, index + 1)),
  };
}

/** The refusal that a piece of work ends with; fails when it is not refused. */
export function refusal(work: () => unknown): DomainError {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}

export async function refused(work: Promise<unknown>): Promise<RefusalCode> {
  const error = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(DomainError);
  return (error as DomainError).code;
}

/** The farm in a store, with one buyer; every command is asked at `now` unless told otherwise. */
export type Farm = Awaited<ReturnType<typeof openFarm>>;

export async function openFarm(
  store: Store,
  {
    id = 'peach',
    policy = {},
    products = [product()],
    now = MONDAY_NOON,
    platform = 'kakao',
  }: {
    readonly id?: string;
    readonly policy?: Partial<Policy>;
    readonly products?: readonly Product[];
    readonly now?: Date;
    readonly platform?: string;
  } = {},
) {
  const merged = { ...DEFAULT_POLICY, ...policy };
  await store.putShop({ id, name: `농원 ${id}`, state: 'open', policy: merged, business: null });
  for (const one of products) await store.putProduct(id, one);
  const shop = await store.findShop(id);
  if (shop === null) throw new Error('the shop was not stored');
  const sender = { platform, bot: 'bot', user: `buyer-of-${id}` };
  const person = await store.meet(sender, now);
  const asked = (who: Who = 'buyer', at = now) => ({ shop, now: at, who });
  const money = { amountKrw: null, method: 'bank', reference: null, depositor: null } as const;
  return {
    store,
    shop,
    sender,
    buyerId: person.id,
    asked,
    placing: (orderId: string, ...parcels: readonly Asking[]) =>
      ordering.place(asked(), {
        id: orderId,
        buyerId: person.id,
        request: requestFor(...(parcels.length === 0 ? [{}] : parcels)),
      }),
    place(orderId: string, ...parcels: readonly Asking[]) {
      return store.submit(this.placing(orderId, ...parcels));
    },
    paying: (orderId: string, at = now) =>
      ordering.pay(asked('seller'), orderId, { ...money, at: at.toISOString() }),
    pay(orderId: string, at = now) {
      return store.submit(this.paying(orderId, at));
    },
    async placePaid(orderId: string, ...parcels: readonly Asking[]) {
      await this.place(orderId, ...parcels);
      return (await this.pay(orderId)).answer;
    },
    cancelling: (orderId: string, parcelIds: readonly string[] | null = null, who: Who = 'buyer') =>
      ordering.cancel(asked(who), orderId, { parcelIds, reason: null, account: null }),
    cancel(orderId: string, parcelIds: readonly string[] | null = null, who: Who = 'buyer') {
      return store.submit(this.cancelling(orderId, parcelIds, who));
    },
    /** Answers for how many refunds the account counts. */
    async giveAccount(orderId: string, account: RefundAccount, at = now) {
      const giving = ordering.giveRefundAccount(asked('buyer', at), orderId, account);
      return (await store.submit(giving)).answer.refunds.length;
    },
    cap: (date: string, capBoxes: number) =>
      store.submit(ordering.setCap(asked('farmer'), { date, capBoxes })),
    cut: (date: string, row: number) => store.submit(ordering.cut(asked('farmer'), { date, row })),
    freeze: (date: string) => store.submit(ordering.freezeList(asked('farmer'), date)),
  };
}

/** Everybody hired as `role`, through an invite as in life; whoever works there has heard of it. */
export async function hire(
  store: Store,
  {
    storeId,
    role,
    platform = 'telegram',
    now = MONDAY_NOON,
  }: {
    readonly storeId: string;
    readonly role: 'farmer' | 'seller' | 'admin';
    readonly platform?: string;
    readonly now?: Date;
  },
) {
  const codeHash = randomUUID();
  const expiresAt = new Date(now.getTime() + 3_600_000).toISOString();
  await store.createInvite({ codeHash, storeId, roles: [role], expiresAt });
  const sender = { platform, bot: 'bot', user: `${role}-of-${storeId}` };
  const person = await store.meet(sender, now);
  await store.useInvite({ codeHash, personId: person.id, now });
  for (const row of await store.claimOutbox({ now, leaseMs: 0, limit: 10 }))
    if (row.kind === 'staff_joined')
      await store.settleOutbox(row, { state: 'done', content: null }, now);
  return { sender, personId: person.id };
}
