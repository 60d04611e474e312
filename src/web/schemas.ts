// What may come in over HTTP, in one place: checked here once, typed from here on, and the source of
// the API's description. Each schema is built at its first use, so that the start waits for none.
import { z } from 'zod';
import { WEEKDAYS, type Weekday } from '../orders/dates.ts';
import { HORIZON_DAYS_MAX } from '../orders/day.ts';
import { CAP_BOXES_MAX } from '../orders/farm-day.ts';
import { ORDER_STATES, REPORT_STEPS } from '../orders/order.ts';
import { PRODUCT_STATES, STORE_STATES } from '../orders/shop.ts';
import { WAYBILL_DIGITS_MAX, WAYBILL_DIGITS_MIN } from '../orders/waybills.ts';

const NAME_CHARS_MAX = 50;
const ADDRESS_CHARS_MAX = 300;
const NOTE_CHARS_MAX = 500;
const PARCELS_MAX = 100;
const ITEMS_MAX = 20;
const WAYBILLS_MAX = 100;
const PRICE_KRW_MAX = 100_000_000;
const PAGE_MAX = 200;
const PAGE_DEFAULT = 50;

/** Builds at the first use and keeps what was built. */
export function once<T>(build: () => T): () => T {
  let built: T | undefined;
  return () => {
    built ??= build();
    return built;
  };
}

// Parts

/** Line breaks are fine; other control characters and broken emoji are not. */
const isReadable = (text: string) =>
  text.isWellFormed() && !/(?![\n\r\t])\p{Cc}/u.test(text) && !text.includes('\uFFFD');
const note = (max: number) =>
  z.string().trim().max(max).refine(isReadable, 'must hold readable characters only');
const text = (max: number) => note(max).min(1);
const pattern = (regex: RegExp, message: string) => z.string().regex(regex, message);

const id = () => pattern(/^[A-Za-z0-9][\w-]{0,39}$/, 'must be 1 to 40 letters, digits, - or _');
const phone = () => pattern(/^0\d{8,11}$/, 'must be 9 to 12 digits, the first a 0');
const postcode = () => pattern(/^\d{5}$/, 'must be 5 digits');
const account = () => pattern(/^\d[\d-]{4,28}\d$/, 'must be 6 to 30 digits and hyphens');
const time = () => pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 06:00');
const date = () =>
  z.iso
    .date('must be a date such as 2026-07-21')
    // Dates are calculated with: none may leave the four-digit years.
    .refine((day) => day >= '2000-01-01' && day < '2200-01-01', 'must be between 2000 and 2199');
const link = () =>
  pattern(/^(https?|supertoss|kakaotalk):\/\/\S{1,480}$/, 'must be a link such as https://…');
const whole = (min: number, max: number) => z.int().min(min).max(max);
const boxes = () => whole(1, CAP_BOXES_MAX);
const cap = () => whole(0, CAP_BOXES_MAX);
const priceKrw = () => whole(1, PRICE_KRW_MAX);
const feeKrw = () => whole(0, PRICE_KRW_MAX);
/** A code or an id: whether there is such a thing is for the search to say. */
const ref = () => text(NAME_CHARS_MAX);
const ORDER_REF = "The order's id, or its code such as P7-042";
const orderRef = () => ref().describe(ORDER_REF);
const storeId = () =>
  z.string().describe('Which store is meant; needed only where several would fit');
const page = () => ({
  cursor: z.string().max(200).optional().describe('The `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
});

// Paths and queries

export const nothing = once(() => z.strictObject({}));
export const idPath = once(() => z.strictObject({ id: z.string() }));
export const refPath = once(() => z.strictObject({ ref: z.string().describe(ORDER_REF) }));
export const dayPath = once(() => z.strictObject({ id: z.string(), date: date() }));
export const inStore = once(() => z.strictObject({ store: storeId().optional() }));
export const storesQuery = once(() => z.strictObject(page()));
export const ordersQuery = once(() =>
  z.strictObject({
    store: z.string().optional(),
    state: z.enum(ORDER_STATES).optional(),
    date: date().optional(),
    ...page(),
  }),
);
export const shipmentQuery = once(() =>
  z
    .strictObject({
      order: orderRef().optional(),
      parcel: ref().optional(),
      store: z.string().optional(),
      date: date().optional(),
    })
    .refine(
      (query) => oneOf(query.order, query.parcel, query.date),
      'must name one of order, parcel, or store and date',
    ),
);

// Orders

const account3 = () =>
  z.strictObject({ bank: text(NAME_CHARS_MAX), account: account(), holder: text(NAME_CHARS_MAX) });

const person = () => z.strictObject({ name: text(NAME_CHARS_MAX), phone: phone().nullish() });

const items = () =>
  z
    .array(z.strictObject({ product: id(), boxes: boxes() }))
    .min(1)
    .max(ITEMS_MAX);

export const newOrder = once(() =>
  z.strictObject({
    store: ref(),
    buyer: person(),
    sender: person().nullish(),
    depositor: text(NAME_CHARS_MAX).nullish(),
    memo: note(NOTE_CHARS_MAX).nullish(),
    parcels: z
      .array(
        z.strictObject({
          recipient: text(NAME_CHARS_MAX),
          phone: phone(),
          postcode: postcode().nullish(),
          address: text(ADDRESS_CHARS_MAX),
          memo: note(NOTE_CHARS_MAX).nullish(),
          wanted: z.strictObject({ date: date(), kind: z.enum(['arrive', 'dispatch']) }).nullish(),
          items: items(),
        }),
      )
      .min(1)
      .max(PARCELS_MAX),
  }),
);
export type NewOrderInput = z.output<ReturnType<typeof newOrder>>;

export const orderChange = once(() =>
  z.strictObject({
    parcels: z
      .array(
        z
          .strictObject({
            id: ref(),
            recipient: text(NAME_CHARS_MAX).optional(),
            phone: phone().optional(),
            address: text(ADDRESS_CHARS_MAX).optional(),
            memo: note(NOTE_CHARS_MAX).nullish(),
            items: items().optional().describe('All that is to be in the parcel'),
          })
          .refine(
            ({ id: _, ...fields }) => Object.keys(fields).length > 0,
            'must change something',
          ),
      )
      .min(1)
      .max(PARCELS_MAX),
  }),
);
export type OrderChange = z.output<ReturnType<typeof orderChange>>;

export const payment = once(() =>
  z.strictObject({
    order: orderRef(),
    amountKrw: whole(1, Number.MAX_SAFE_INTEGER),
    method: z.enum(['bank', 'kakaopay', 'manual']),
    depositor: text(NAME_CHARS_MAX).nullish(),
    reference: text(100).nullish(),
  }),
);

export const cancellation = once(() =>
  z.strictObject({
    parcels: z.array(ref()).min(1).max(PARCELS_MAX).nullish(),
    reason: note(NOTE_CHARS_MAX).nullish(),
    refundAccount: account3().nullish(),
  }),
);

// Shipping

const REPORTED = REPORT_STEPS.map(({ to }) => to);

export const shipmentChange = once(() =>
  z
    .strictObject({
      parcel: ref().optional(),
      order: orderRef().optional(),
      store: ref().optional(),
      date: date().optional(),
      rows: z
        .string()
        .max(200)
        .regex(/^\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*$/, 'must be rows such as 1-12 or 1,3,5-7')
        .optional(),
      state: z.enum(REPORTED),
      carrier: pattern(
        /^[A-Za-z0-9][\w.-]{0,39}$/,
        'must be a carrier id such as kr.cjlogistics',
      ).nullish(),
      waybills: z
        .array(
          pattern(
            new RegExp(`^\\d{${WAYBILL_DIGITS_MIN},${WAYBILL_DIGITS_MAX}}$`),
            `must be ${WAYBILL_DIGITS_MIN} to ${WAYBILL_DIGITS_MAX} digits`,
          ),
        )
        .max(WAYBILLS_MAX)
        .nullish(),
    })
    .refine(
      (body) => oneOf(body.parcel, body.order, body.rows),
      'must name one of parcel, order, or store, date and rows',
    )
    .refine(
      ({ rows, date: day }) => (rows === undefined) === (day === undefined),
      'must name date and rows together',
    ),
);
export type ShipmentChange = z.output<ReturnType<typeof shipmentChange>>;

export const dayCap = once(() => z.strictObject({ capBoxes: cap() }));

// Stores and products

const weekday = () => z.enum(WEEKDAYS as readonly [Weekday, ...Weekday[]]);

const policyFields = () => ({
  boxesPerFee: whole(1, 1000),
  feeKrw: feeKrw(),
  jejuFeeKrw: feeKrw(),
  islandFeeKrw: feeKrw(),
  noDelivery: z.array(text(NAME_CHARS_MAX)).max(100),
  freeFromKrw: feeKrw().nullable(),
  dailyCapBoxes: cap(),
  weekdayCapBoxes: z.partialRecord(weekday(), cap()),
  closedWeekdays: z.array(weekday()).max(7),
  closedBeforeHolidays: z.boolean(),
  closedDates: z.array(date()).max(1000),
  maxBoxesPerOrder: whole(1, CAP_BOXES_MAX),
  cutoffAt: time().nullable(),
  listAt: time(),
  askAt: time(),
  statusAt: time(),
  horizonDays: whole(1, HORIZON_DAYS_MAX),
  payWindowHours: z
    .number()
    .positive()
    .max(24 * 60),
  transitDays: whole(0, 30),
  claimHours: whole(0, 24 * 60),
  askDeliveredDays: whole(1, 60),
  erasePersonalDays: whole(1, 3650),
  waybillMeansShipped: z.boolean(),
  timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Asia/Seoul'),
  quietHours: z.strictObject({ from: time(), to: time() }),
  bank: account3()
    .omit({ bank: true })
    .extend({
      name: text(NAME_CHARS_MAX),
      kakaoPayLink: link().optional(),
      tossLink: link().optional(),
    })
    .nullable(),
  contact: text(100).nullable(),
});

export const policy = once(() => z.strictObject(policyFields()));

export const business = once(() =>
  z.strictObject({
    name: text(NAME_CHARS_MAX),
    owner: text(NAME_CHARS_MAX),
    regNo: text(30).optional(),
    mailOrderNo: text(NAME_CHARS_MAX).optional(),
    address: text(ADDRESS_CHARS_MAX),
    phone: phone(),
    email: z.email('must be an e-mail address').max(200),
    taxExempt: z.boolean(),
  }),
);

const storeFields = once(() => ({
  name: text(NAME_CHARS_MAX),
  state: z.enum(STORE_STATES).optional(),
  policy: policy().partial().optional(),
  business: business().nullable().optional(),
}));
export const newStore = once(() => z.strictObject({ id: id(), ...storeFields() }));
export const storeChange = once(() => z.strictObject(storeFields()).partial());

const productFields = once(() => ({
  name: text(NAME_CHARS_MAX),
  priceKrw: priceKrw(),
  origin: text(100).nullish(),
  saleFrom: date().nullish(),
  saleTo: date().nullish(),
  shipFrom: date().nullish(),
  shipTo: date().nullish(),
  dailyCapBoxes: cap().nullish(),
  imageUrl: link().nullish(),
  description: text(2000).nullish(),
  state: z.enum(PRODUCT_STATES).optional(),
}));
export const newProduct = once(() => z.strictObject({ id: id(), ...productFields() }));
export const productChange = once(() => z.strictObject(productFields()).partial());

function oneOf(...named: readonly unknown[]): boolean {
  return named.filter((value) => value !== undefined).length === 1;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

// Money at the bank

const BANK_TEXT_CHARS_MAX = 4000;
const DEPOSITOR_CHARS_MAX = 100;
const wonAtBank = () =>
  z
    .int()
    .positive()
    .max(PRICE_KRW_MAX * ITEMS_MAX);

/** Fields as whoever reads the account knows them, or the bank's own words as they are. */
export const bankNotice = once(() =>
  z
    .strictObject({
      store: id(),
      text: text(BANK_TEXT_CHARS_MAX).optional(),
      receivedAt: z.iso.datetime({ offset: true }).optional(),
      at: z.iso.datetime({ offset: true }).optional(),
      name: note(DEPOSITOR_CHARS_MAX).optional(),
      amountKrw: wonAtBank().optional(),
      memo: note(DEPOSITOR_CHARS_MAX).nullish(),
      balanceKrw: z.int().nullish(),
    })
    .refine(
      ({ text: words, receivedAt, at, name, amountKrw }) =>
        words === undefined
          ? at !== undefined && name !== undefined && amountKrw !== undefined
          : receivedAt !== undefined && at === undefined && amountKrw === undefined,
      'must hold text and receivedAt, or at, name and amountKrw',
    ),
);
export type BankNotice = z.infer<ReturnType<typeof bankNotice>>;
