// What a change that is made writes and tells.
import {
  type Change,
  changedDays,
  type Event,
  type LedgerEntry,
  listDeltas,
  type Notice,
  type ParcelPatch,
  type PricedChange,
  type Refund,
  reviseLists,
  type State,
  type Who,
} from './change.ts';
import type { ChangePlan } from './change-plan.ts';
import type { OrderCore } from './order.ts';

export type Changed = {
  readonly order: OrderCore;
  /** What must be paid before the change takes effect; null when it has. */
  readonly difference: { readonly amountKrw: number; readonly payBy: string } | null;
  /** Those that this change opened. */
  readonly refunds: readonly Refund[];
};

export type Made = {
  /** As it was. */
  readonly order: OrderCore;
  readonly changes: readonly PricedChange[];
  readonly plan: ChangePlan;
  readonly refunds: readonly Refund[];
  readonly payment: LedgerEntry | null;
  readonly tellsBuyer?: boolean;
};

export function applied(state: State, made: Made, who: Who): Change<Changed> {
  const { order, changes, plan, refunds, payment, tellsBuyer = false } = made;
  const final = { ...plan.order, refundDueKrw: order.refundDueKrw + sumOf(refunds) };
  const listed = changes.flatMap(({ parcelId }) => {
    const date = order.parcels.find(({ id }) => id === parcelId)?.harvestDate ?? null;
    const isScheduled = order.parcels.some((p) => p.id === parcelId && p.state === 'scheduled');
    const isFrozen = date !== null && (state.days.get(date)?.revision ?? 0) > 0;
    return isScheduled && isFrozen ? [{ date, parcelId }] : [];
  });
  const lists = { joined: [], struck: [], altered: listed };
  const days = reviseLists(daysToWrite(state, plan, listed), lists);
  return {
    answer: { order: final, difference: null, refunds },
    who,
    orders: [final],
    parcels: patchesFor(order, final),
    readdressed: changes.flatMap(({ parcelId, personal }) =>
      personal === null ? [] : [{ parcelId, personal }],
    ),
    days,
    altered: listed,
    ...(payment === null ? {} : { payment }),
    refunds: refunds.map((refund) => ({ ...refund, orderId: order.id, account: null })),
    openChange: { orderId: order.id, buyerId: order.buyerId, open: null },
    events: eventsFor(final, made),
    notices: [
      ...listDeltas(days, lists, who),
      ...noticesFor(final, { refunds, paidKrw: payment?.amountKrw ?? 0, tellsBuyer }, who),
    ],
  };
}

/** The day of a listed parcel gets a revision also when its boxes stay. */
function daysToWrite(
  { days }: State,
  plan: ChangePlan,
  listed: readonly { readonly date: string }[],
) {
  const changed = changedDays(days, plan.days);
  const known = new Set(changed.map(({ date }) => date));
  const dates = new Set(listed.map(({ date }) => date).filter((date) => !known.has(date)));
  return [...changed, ...[...dates].flatMap((date) => days.get(date) ?? [])];
}

/** Another parcel's shipping may change with this one's: free shipping is for the whole order. */
function patchesFor(order: OrderCore, final: OrderCore): ParcelPatch[] {
  return final.parcels.flatMap((parcel, index) => {
    const was = order.parcels[index];
    if (was === undefined || JSON.stringify(was) === JSON.stringify(parcel)) return [];
    const { id, state, harvestDate, packages, items, boxes, region, shippingKrw, surchargeKrw } =
      parcel;
    const contents = { items, boxes, region, shippingKrw, surchargeKrw };
    return [{ id, orderId: order.id, state, harvestDate, packages, contents }];
  });
}

function eventsFor(final: OrderCore, { order, changes, refunds, payment }: Made): Event[] {
  const orderId = order.id;
  const paid: Event[] =
    payment === null
      ? []
      : [
          {
            orderId,
            event: 'paid',
            detail: { amountKrw: payment.amountKrw, method: payment.method },
          },
        ];
  const changed = changes.map(({ parcelId, personal, items }): Event => {
    const boxesIn = ({ parcels }: OrderCore) =>
      parcels.find(({ id }) => id === parcelId)?.boxes ?? 0;
    return {
      orderId,
      parcelId,
      event: 'changed',
      detail: {
        ...(personal === null ? {} : { address: true }),
        ...(items === null ? {} : { from: boxesIn(order), to: boxesIn(final) }),
      },
    };
  });
  const opened = refunds.map(
    ({ amountKrw, state }): Event => ({
      orderId,
      event: 'refund_opened',
      detail: { amountKrw, state },
    }),
  );
  return [...paid, ...changed, ...opened];
}

/** The seller hears what he must pay back, the buyer what others did to his order. */
function noticesFor(
  { id: orderId, code, buyerId }: OrderCore,
  told: {
    readonly refunds: readonly Refund[];
    readonly paidKrw: number;
    readonly tellsBuyer: boolean;
  },
  who: Who,
): Notice[] {
  const { refunds, paidKrw, tellsBuyer } = told;
  const refundKrw = sumOf(refunds);
  const needsAccount = refunds.some(({ state }) => state === 'needs_account');
  const data = { code, refundKrw, needsAccount };
  return [
    ...(refundKrw > 0
      ? [{ to: { role: 'seller' }, kind: 'refund_opened', orderId, data } as const]
      : []),
    ...(who === 'buyer' && !tellsBuyer
      ? []
      : [
          {
            to: { person: buyerId },
            kind: 'changed',
            orderId,
            data: { ...data, paidKrw, ...(tellsBuyer && { byPage: true }) },
          } as const,
        ]),
  ];
}

function sumOf(refunds: readonly Refund[]): number {
  return refunds.reduce((sum, { amountKrw }) => sum + amountKrw, 0);
}
