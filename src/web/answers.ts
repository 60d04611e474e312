// What goes out over HTTP: the other half of the API's description. Answers are not checked while
// serving; the tests hold every one of them to these schemas.
import { z } from 'zod';
import { REFUND_STATES, ROLES } from '../orders/change.ts';
import { REFUSAL_CODES } from '../orders/errors.ts';
import { ORDER_STATES, PARCEL_STATES } from '../orders/order.ts';
import { PRODUCT_STATES, STORE_STATES } from '../orders/shop.ts';
import { DEPOSIT_STATES } from '../payments/store.ts';
import { business, once, policy } from './schemas.ts';

const at = () => z.iso.datetime({ offset: true }).describe("An instant with the store's offset");
const date = () => z.iso.date().describe("A day of the store's calendar");
const krw = () => z.int().min(0).describe('Whole Korean won');
const count = () => z.int().min(0);

export const problem = once(() =>
  z.strictObject({
    type: z.string().describe('A page that says what to do'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What was expected and what came; never personal data'),
    code: z.enum(REFUSAL_CODES),
  }),
);

// Orders

const person = () => ({ name: z.string().nullable(), phone: z.string().nullable() });

export const item = once(() =>
  z.strictObject({
    product: z.string(),
    name: z.string(),
    boxes: z.int().min(1),
    priceKrw: krw().describe('Of one box, as it was when ordered'),
  }),
);

export const parcelPackage = once(() =>
  z
    .strictObject({
      no: z.int().min(1),
      boxes: z.int().min(1),
      carrier: z.string().nullable(),
      waybill: z.string().nullable(),
      state: z.enum(['shipped', 'delivered']).nullable(),
      lastEvent: z.string().nullable(),
    })
    .describe('One carton with a waybill of its own'),
);

export const parcel = once(() =>
  z
    .strictObject({
      id: z.string(),
      recipient: z.string(),
      phone: z.string(),
      postcode: z.string().nullable(),
      address: z.string(),
      memo: z.string().nullable(),
      wanted: z.strictObject({ date: date(), kind: z.enum(['arrive', 'dispatch']) }).nullable(),
      items: z.array(item()),
      boxes: z.int().min(1),
      shippingKrw: krw(),
      state: z.enum(PARCEL_STATES),
      harvestDate: date().nullable().describe('An estimate until paid, then a promise'),
      row: z.int().min(1).nullable().describe("Its number on the day's frozen list"),
      packages: z.array(parcelPackage()),
    })
    .describe('What one recipient gets'),
);

export const historyEntry = once(() =>
  z.strictObject({
    at: at(),
    who: z.enum(['buyer', ...ROLES, 'system']),
    event: z.string(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
);

export const order = once(() =>
  z.strictObject({
    id: z.string(),
    code: z.string().describe('What people say aloud, such as P7-042'),
    store: z.string(),
    state: z.enum(ORDER_STATES),
    buyer: z.strictObject({ ...person(), platform: z.string() }),
    sender: z.strictObject(person()).nullable(),
    depositor: z.string().nullable(),
    memo: z.string().nullable(),
    goodsKrw: krw(),
    shippingKrw: krw(),
    surchargeKrw: krw(),
    totalKrw: krw(),
    paidKrw: krw(),
    refundedKrw: krw(),
    dueKrw: z.int().describe('Still owed; negative when over-paid'),
    payBy: at(),
    placedAt: at(),
    termsVersion: z.string(),
    parcels: z.array(parcel()),
    history: z.array(historyEntry()),
  }),
);

export const pay = once(() =>
  z
    .strictObject({
      amountKrw: krw(),
      bank: z.string().nullable(),
      account: z.string().nullable(),
      holder: z.string().nullable(),
      depositor: z.string().describe('The name to write on the transfer'),
      payBy: at(),
      link: z.string().nullable(),
    })
    .describe('What is to be paid, and where to'),
);

export const refund = once(() =>
  z.strictObject({ id: z.string(), amountKrw: krw(), state: z.enum(REFUND_STATES) }),
);

export const oneOrder = once(() => z.strictObject({ order: order() }));
export const orderToPay = once(() => z.strictObject({ order: order(), pay: pay() }));
export const orderChanged = once(() => z.strictObject({ order: order(), pay: pay().nullable() }));
export const orderCancelled = once(() =>
  z.strictObject({ order: order(), refund: refund().nullable() }),
);
export const orderPage = once(() => z.strictObject({ orders: z.array(order()), next: next() }));

// Shipping

export const shipment = once(() =>
  z.strictObject({
    parcel: z.string(),
    order: z.string(),
    row: z.int().min(1).nullable(),
    state: z.enum(PARCEL_STATES),
    harvestDate: date().nullable(),
    packages: z.array(parcelPackage()),
    events: z.array(
      z.strictObject({
        at: at(),
        package: z.int().nullable(),
        state: z.string(),
        place: z.string().nullable(),
      }),
    ),
  }),
);

export const shipments = once(() => z.strictObject({ shipments: z.array(shipment()) }));

// Stores

const publicStore = () => ({
  id: z.string(),
  name: z.string(),
  open: z.boolean(),
  products: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      priceKrw: krw(),
      origin: z.string().nullable(),
      available: z.boolean(),
    }),
  ),
});

export const listedStore = once(() => z.strictObject(publicStore()));

export const storePage = once(() =>
  z.strictObject({ stores: z.array(listedStore()), next: next() }),
);

export const storeWithDates = once(() =>
  z.strictObject({
    ...publicStore(),
    dates: z.array(z.strictObject({ date: date(), capBoxes: count(), leftBoxes: count() })),
  }),
);

export const product = once(() =>
  z.strictObject({
    id: z.string(),
    name: z.string(),
    priceKrw: krw(),
    origin: z.string().nullable(),
    saleFrom: date().nullable(),
    saleTo: date().nullable(),
    shipFrom: date().nullable(),
    shipTo: date().nullable(),
    dailyCapBoxes: count().nullable(),
    imageUrl: z.string().nullable(),
    description: z.string().nullable(),
    state: z.enum(PRODUCT_STATES),
  }),
);

export const ownStore = once(() =>
  z.strictObject({
    id: z.string(),
    name: z.string(),
    state: z.enum(STORE_STATES),
    products: z.array(product()),
    policy: policy(),
    business: business().nullable(),
  }),
);

export const capChanged = once(() =>
  z.strictObject({
    date: date(),
    capBoxes: count(),
    reservedBoxes: count(),
    moved: z
      .array(z.strictObject({ parcel: z.string(), from: date().nullable(), to: date().nullable() }))
      .describe('Parcels that changed their date; null is no date'),
  }),
);

function next() {
  return z.string().nullable().describe('The cursor of the next page, null on the last');
}

/** What several answers have in common stands once in the description, under these names. */
export const NAMED = {
  Problem: problem,
  Order: order,
  Parcel: parcel,
  Package: parcelPackage,
  Item: item,
  HistoryEntry: historyEntry,
  Pay: pay,
  Refund: refund,
  Shipment: shipment,
  ListedStore: listedStore,
  Store: ownStore,
  Product: product,
  Policy: policy,
  Business: business,
} as const;

const deposit = once(() =>
  z.strictObject({
    id: z.string(),
    store: z.string(),
    at: at(),
    name: z.string(),
    amountKrw: z.int(),
    memo: z.string().nullable(),
    balanceKrw: z.int().nullable(),
    state: z.enum(DEPOSIT_STATES),
  }),
);
const depositDecision = once(() =>
  z.union([
    z.strictObject({ match: z.array(z.string()) }),
    z.strictObject({ ask: z.array(z.string()) }),
    z.strictObject({ none: z.literal(true) }),
  ]),
);
/** Of the first deposit; a text may tell of several. */
export const bankNoticeTaken = once(() =>
  z.strictObject({
    deposit: deposit().nullable(),
    decision: depositDecision(),
    more: z.array(z.strictObject({ deposit: deposit(), decision: depositDecision() })),
  }),
);
