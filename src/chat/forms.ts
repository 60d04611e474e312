// A message as a fixed form: which one says it, filled in with what is true when it is told.
import type { Audience, NoticeKind } from '../orders/change.ts';
import { dueKrw, type Order } from '../orders/order.ts';
import type { Shop } from '../orders/shop.ts';
import type { Owed } from '../orders/store.ts';
import type { Engine } from '../payments/store.ts';
import type { FilledForm } from './bot.ts';
import { list, text } from './notice-data.ts';
import * as replies from './replies/index.ts';

export type Noticed = Pick<Owed, 'storeId' | 'kind' | 'orderId' | 'data'> & {
  readonly audience: Audience;
};

/** The form for all that one message tells, at one store; null where no form says it. */
export async function formFor(
  store: Engine,
  notices: readonly Noticed[],
): Promise<FilledForm | null> {
  const [first] = notices;
  if (first === undefined) return null;
  const shop = await store.findShop(first.storeId);
  const isForBuyer = notices.every(({ audience }) => audience === 'buyer');
  if (!isForBuyer) return forStaff(store, notices, shop);
  if (shop === null) return null;
  const orders = await Promise.all(
    notices.map(({ storeId, orderId }) => orderId && store.findOrder(storeId, orderId)),
  );
  const known = orders.flatMap((order) => order || []);
  if (known.length < notices.length) return null;
  const [order] = known;
  if (order === undefined) return null;
  if (notices.length > 1)
    return replies.severalForm(
      shop,
      known.map(({ code }) => code),
      notices.length,
    );
  const form = BUYER_FORMS[first.kind as NoticeKind];
  return form === undefined ? null : form({ shop, order, data: first.data });
}

async function forStaff(
  store: Engine,
  notices: readonly Noticed[],
  shop: Shop | null,
): Promise<FilledForm> {
  const [only, another] = notices;
  if (shop !== null && only?.kind === 'day_list' && another === undefined) {
    const date = text(only.data.date);
    const { rows } = await store.findDayList(shop.id, date);
    const live = rows.filter(({ struck }) => !struck);
    const boxes = live.reduce(
      (sum, { order, parcelId }) =>
        sum + (order.parcels.find(({ id }) => id === parcelId)?.boxes ?? 0),
      0,
    );
    return replies.dayListForm(shop, { date, rows: live.length, boxes });
  }
  return replies.workForm(
    shop,
    notices.map(({ kind }) => replies.kindWords(kind)),
  );
}

type BuyerForm = (of: {
  readonly shop: Shop;
  readonly order: Order;
  readonly data: Noticed['data'];
}) => FilledForm | null;

const dates: BuyerForm = ({ shop, order }) => replies.datesForm(shop, order);
const changed: BuyerForm = ({ shop, order }) => replies.changedForm(shop, order);
const pay: BuyerForm = ({ shop, order }) => {
  const owedKrw = dueKrw(order);
  return owedKrw > 0 ? replies.payForm(shop, order, owedKrw) : replies.changedForm(shop, order);
};
const account: BuyerForm = ({ shop, order, data }) =>
  replies.refundForm('refund_account', { shop, order }, Number(data.amountKrw));

const BUYER_FORMS: Readonly<Partial<Record<NoticeKind, BuyerForm>>> = {
  paid: ({ shop, order }) => replies.paidForm(shop, order),
  moved: dates,
  no_date: dates,
  shipped: ({ shop, order, data }) => replies.shippedForm(shop, order, list(data.parcels)),
  cancelled: ({ shop, order, data }) => replies.cancelledForm(shop, order, Number(data.refundKrw)),
  changed,
  taken_back: changed,
  waybill_changed: changed,
  reminder: pay,
  part_paid: pay,
  revived: pay,
  payment_taken_back: pay,
  refund_done: ({ shop, order, data }) =>
    replies.refundForm('refund_done', { shop, order }, Number(data.amountKrw)),
  refund_failed: account,
  refund_reminder: account,
  overpaid: account,
};
