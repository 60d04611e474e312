// A store as the rules see it: policy, products, the days it is closed.
import { WEEKDAYS, type Weekday } from './dates.ts';

export type BankAccount = {
  readonly name: string;
  readonly account: string;
  readonly holder: string;
  readonly kakaoPayLink?: string;
  readonly tossLink?: string;
};

export type Policy = {
  readonly boxesPerFee: number;
  readonly feeKrw: number;
  readonly jejuFeeKrw: number;
  readonly islandFeeKrw: number;
  /** Places not served, as beginnings of an address after its province: `제주`, `울릉군`. */
  readonly noDelivery: readonly string[];
  readonly freeFromKrw: number | null;
  readonly dailyCapBoxes: number;
  readonly weekdayCapBoxes: Readonly<Partial<Record<Weekday, number>>>;
  readonly closedWeekdays: readonly Weekday[];
  readonly closedBeforeHolidays: boolean;
  readonly closedDates: readonly string[];
  readonly maxBoxesPerOrder: number;
  /** `HH:MM`; null means the same as `listAt`. */
  readonly cutoffAt: string | null;
  readonly listAt: string;
  readonly askAt: string;
  readonly statusAt: string;
  readonly horizonDays: number;
  readonly payWindowHours: number;
  readonly transitDays: number;
  readonly claimHours: number;
  readonly askDeliveredDays: number;
  readonly erasePersonalDays: number;
  readonly waybillMeansShipped: boolean;
  readonly timeZone: string;
  readonly quietHours: { readonly from: string; readonly to: string };
  readonly bank: BankAccount | null;
  readonly contact: string | null;
};

/** What a policy says of weekdays. */
export type WeekRules = Pick<Policy, 'weekdayCapBoxes' | 'closedWeekdays'>;

export function weekRulesOf({ policy }: { readonly policy: Policy }): WeekRules {
  return { weekdayCapBoxes: policy.weekdayCapBoxes, closedWeekdays: policy.closedWeekdays };
}

export function isSameWeek(one: WeekRules, other: WeekRules): boolean {
  return WEEKDAYS.every(
    (day) =>
      one.closedWeekdays.includes(day) === other.closedWeekdays.includes(day) &&
      one.weekdayCapBoxes[day] === other.weekdayCapBoxes[day],
  );
}

export const DEFAULT_POLICY: Policy = {
  boxesPerFee: 2,
  feeKrw: 5000,
  jejuFeeKrw: 0,
  islandFeeKrw: 0,
  noDelivery: [],
  freeFromKrw: null,
  dailyCapBoxes: 40,
  weekdayCapBoxes: {},
  closedWeekdays: ['sat', 'sun'],
  closedBeforeHolidays: true,
  closedDates: [],
  maxBoxesPerOrder: 50,
  cutoffAt: null,
  listAt: '06:00',
  askAt: '18:30',
  statusAt: '18:00',
  horizonDays: 60,
  payWindowHours: 24,
  transitDays: 1,
  claimHours: 24,
  askDeliveredDays: 3,
  erasePersonalDays: 90,
  waybillMeansShipped: true,
  timeZone: 'Asia/Seoul',
  quietHours: { from: '21:00', to: '08:00' },
  bank: null,
  contact: null,
};

export type Business = {
  readonly name: string;
  readonly owner: string;
  readonly regNo?: string;
  readonly mailOrderNo?: string;
  readonly address: string;
  readonly phone: string;
  readonly email: string;
  readonly taxExempt: boolean;
};

export const STORE_STATES = ['open', 'paused', 'archived'] as const;
export type StoreState = (typeof STORE_STATES)[number];

export const PRODUCT_STATES = ['on_sale', 'sold_out', 'archived'] as const;
export type ProductState = (typeof PRODUCT_STATES)[number];

export type Product = {
  readonly id: string;
  readonly name: string;
  readonly priceKrw: number;
  readonly origin: string | null;
  readonly saleFrom: string | null;
  readonly saleTo: string | null;
  readonly shipFrom: string | null;
  readonly shipTo: string | null;
  readonly dailyCapBoxes: number | null;
  readonly imageUrl: string | null;
  readonly description: string | null;
  readonly state: ProductState;
};

/** What a product has that is told no more than its id, name and price. */
export const NEW_PRODUCT = {
  origin: null,
  saleFrom: null,
  saleTo: null,
  shipFrom: null,
  shipTo: null,
  dailyCapBoxes: null,
  imageUrl: null,
  description: null,
  state: 'on_sale',
} as const satisfies Partial<Product>;

export type Shop = {
  readonly id: string;
  readonly name: string;
  readonly state: StoreState;
  readonly policy: Policy;
  readonly business: Business | null;
  readonly products: readonly Product[];
  /** Public holidays, for the days before them. */
  readonly holidays: ReadonlySet<string>;
};

/** The notice on personal data that is shown, known by this version; it changes when its words change. */
export const PRIVACY_VERSION = '2026-11-22';

/** The terms a buyer agreed to are known by this version; it changes when their words change. */
export const TERMS_VERSION = '2026-11-21';

export function isOnSale(product: Product, today: string): boolean {
  return (
    product.state === 'on_sale' &&
    (product.saleFrom === null || product.saleFrom <= today) &&
    (product.saleTo === null || today <= product.saleTo)
  );
}

export function productsOnSale(shop: Shop, today: string): readonly Product[] {
  return shop.products.filter((product) => isOnSale(product, today));
}
