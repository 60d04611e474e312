// What the readers answer: plain data, no behaviour. Korean in, this out.
import type { Certainty, Span } from './origin.ts';

export type Product = { readonly id: string; readonly name: string };

export type OrderContext = {
  /** The day of the message in the store's time zone, `YYYY-MM-DD`. */
  readonly today: string;
  readonly products: readonly Product[];
  readonly maxBoxes: number;
};

export const ASK_FIELDS = ['name', 'phone', 'address', 'boxes', 'product'] as const;
export type AskField = (typeof ASK_FIELDS)[number];

/** A question we put to the buyer; `recipient` is the index in the draft, null when it is for all. */
export type Question = { readonly field: AskField; readonly recipient: number | null };

/** One message of the buyer, with the question it answers when we had just asked one. */
export type Said = {
  readonly text: string;
  readonly asked?: Question;
  /** Whom the buyer named without his data; `text` is then only what was said of him. */
  readonly of?: Named;
};

export type ReadItem = { readonly product: string; readonly boxes: number };

/** Somebody to whom the same buyer had boxes sent before. */
export type KnownRecipient = {
  /** The newest parcel that went to him. */
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly postcode: string | null;
  readonly address: string;
  /** The word the buyer has for the place, as the reader writes it: 엄마, 저희, 사무실. */
  readonly called: string | null;
};

export type Named = {
  /** Null when nobody known fits: then his data is asked for. */
  readonly recipient: KnownRecipient | null;
  readonly called: string | null;
  /** What he got the last time, when the same is wanted again. */
  readonly items: readonly ReadItem[];
};

/** A recipient as far as it is known: null is missing or unusable, never guessed. */
export type ReadRecipient = {
  readonly name: string | null;
  readonly phone: string | null;
  readonly postcode: string | null;
  readonly address: string | null;
  readonly items: readonly ReadItem[];
  readonly memo: string | null;
  /** The day wished for him alone; where it is absent or null the order's holds. */
  readonly wanted?: WantedDate | null;
  /** The word the buyer has for the place: it names the recipient the next time. */
  readonly called?: string;
  /** Nothing of it was typed now: it comes from an earlier order. */
  readonly isKnown?: true;
};

export type WantedDate = { readonly date: string; readonly kind: 'arrive' | 'dispatch' };

/** What was understood so far, complete or not. */
export type OrderDraft = {
  readonly recipients: readonly ReadRecipient[];
  readonly sender: string | null;
  readonly senderPhone: string | null;
  readonly depositor: string | null;
  readonly memo: string | null;
  readonly wanted: WantedDate | null;
};

export const SOURCE_FIELDS = [
  'name',
  'phone',
  'postcode',
  'address',
  'product',
  'boxes',
  'memo',
  'wanted',
  'sender',
  'senderPhone',
  'depositor',
] as const;

/** Where one value of a draft was said; `recipient` is its index, null where it holds for all. */
export type Source = {
  readonly field: (typeof SOURCE_FIELDS)[number];
  readonly recipient: number | null;
  readonly value: string;
  /** In the order they were said; none for the only product on sale, which nobody need name. */
  readonly spans: readonly Span[];
  readonly certainty: Certainty;
};

/**
 * `order`: everything needed is there. `ask`: an order, but `questions` are open (most important
 * first; never empty). `none`: not an order, or one withdrawn in the same messages.
 */
export type OrderReading =
  | {
      readonly kind: 'order';
      readonly draft: OrderDraft;
      readonly sources: readonly Source[];
    }
  | {
      readonly kind: 'ask';
      readonly draft: OrderDraft;
      readonly sources: readonly Source[];
      readonly questions: readonly Question[];
    }
  | { readonly kind: 'none' };

export type BuyerIntent =
  | 'order'
  | 'ask_price'
  | 'ask_stock'
  | 'ask_product'
  | 'ask_account'
  | 'ask_status'
  | 'ask_ship_date'
  | 'ask_why'
  | 'paid'
  | 'cancel'
  | 'complain'
  | 'greet'
  | 'change_address'
  | 'change_boxes'
  | 'other';

/** Slots are present only when said. */
export type BuyerReading = {
  readonly intent: BuyerIntent;
  readonly depositor?: string;
  readonly amountKrw?: number;
  readonly address?: string;
  readonly boxes?: number;
};

/** Which list a report means: the newest when null, else the date named ("어제 3번", "7/20 3번"). */
export type ListDate = string | null;

/** Rows said otherwise than by their numbers: which they are, the list must tell. */
export type Pointed =
  | {
      readonly kind: 'recipient';
      readonly name: string;
      /** Said as a name ("박철수님"), and not only a word that nobody knows. */
      readonly isSure: boolean;
      /** The number said beside it: "3번 박철수님". */
      readonly row?: number;
    }
  | { readonly kind: 'first' | 'last'; readonly count: number }
  /** From a row, or the first, as far as whom the list calls so: "박철수님까지". */
  | { readonly kind: 'upto'; readonly from: number; readonly name: string }
  /** This row and all behind it. */
  | { readonly kind: 'from'; readonly row: number };

export type RowSaid = number | Pointed;

/** What a line about a waybill shows of its recipient, some of it perhaps hidden by stars. */
export type Whom = {
  readonly name?: string;
  readonly phone?: string;
  readonly address?: string;
};

export type WaybillEntry = {
  /** Null where only the recipient tells whose it is. */
  readonly row: RowSaid | null;
  readonly whom?: Whom;
  /** The row may only count the lines of a sheet: the recipient goes before it. */
  readonly isRowLoose?: true;
  readonly waybills: readonly string[];
  /** Carrier id such as `kr.cjlogistics` when the farmer named it, else null. */
  readonly carrier: string | null;
  /** Said for several rows at once ("3번 5번 송장 …"): one carton for them all. */
  readonly isShared?: true;
};

/** A line among waybills that cannot be taken. */
export type BadLine = {
  /** What was said, cut to a few words. */
  readonly said: string;
  /**
   * `exponent`: a sheet wrote 6.01E+12; `digits`: too few or too many; `whose`: nobody is named;
   * `overlap`: rows are named twice ("1-5번 3번").
   */
  readonly why: 'exponent' | 'digits' | 'whose' | 'overlap';
  readonly digits?: number;
};

/**
 * One thing a farmer said. A message may hold several, in order. `rows: 'all'` is every row of the
 * list ("전부", "다 보냈어요", or a bare "수확"). `date: null` in `cap` is a bare number: the caller
 * knows which date was last asked about or shown.
 */
/** A rule for weekdays, 0 = Monday. `boxes: null` opens them with their usual number, 0 closes them. */
export type WeeklyReading = {
  readonly kind: 'weekly';
  readonly weekdays: readonly number[];
  /** Named one by one: days that are closed are opened by a number. */
  readonly isNamed: boolean;
  readonly boxes: number | null;
};

/** What is said of days themselves. */
export type DaysReading = Extract<
  FarmerReading,
  { kind: 'cap' | 'close' | 'more' | 'less' | 'weekly' }
>;

export type FarmerReading =
  | { readonly kind: 'cap'; readonly date: string | null; readonly boxes: number }
  | { readonly kind: 'close'; readonly date: string }
  | { readonly kind: 'cut'; readonly row: number; readonly list: ListDate }
  | {
      readonly kind: 'advance';
      readonly to: 'harvested' | 'packed' | 'shipped' | 'delivered';
      readonly rows: readonly RowSaid[] | 'all';
      /** Rows that are not among them: "3번 빼고 다". */
      readonly left?: readonly RowSaid[];
      /** The one product that all is said of, as the farmer called it. */
      readonly product?: string;
      readonly list: ListDate;
    }
  | {
      readonly kind: 'waybills';
      readonly entries: readonly WaybillEntry[];
      readonly bad?: readonly BadLine[];
      readonly list: ListDate;
    }
  | { readonly kind: 'cancel-row'; readonly row: RowSaid; readonly list: ListDate }
  | { readonly kind: 'mark-paid'; readonly rows: readonly number[] }
  /** `from` is the day from which on, when it is not today. */
  | { readonly kind: 'price'; readonly priceKrw: number; readonly from: string | null }
  /** `product` is as the farmer called it, '' when he named none. */
  | { readonly kind: 'sold-out'; readonly product: string }
  | { readonly kind: 'back-on-sale'; readonly product: string }
  /** So many boxes on top of the day's cap; `date: null` as in `cap`. */
  | { readonly kind: 'more'; readonly date: string | null; readonly boxes: number }
  /** So many boxes off the day's cap. */
  | { readonly kind: 'less'; readonly date: string | null; readonly boxes: number }
  | WeeklyReading
  /** Said as a question or the wrong way round: what it would mean, to be asked. */
  | { readonly kind: 'ask'; readonly meant: readonly DaysReading[] }
  | { readonly kind: 'list'; readonly date: string | null }
  /** The page on which he works the list off. */
  | { readonly kind: 'board' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'other' };
