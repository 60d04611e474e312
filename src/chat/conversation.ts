// What the chat remembers of a person between two messages. Stored sealed, so it survives a restart.

import type { AccountPart } from '../language/read-account.ts';
import type { ReceiptKind } from '../language/read-receipt.ts';
import type { DaysReading, FarmerReading, Question, Said } from '../language/reading.ts';
import type { Chosen } from '../language/recall.ts';
import type { Language } from '../language/spoken.ts';
import type { Role } from '../orders/change.ts';
import type { RowReport } from '../orders/reporting.ts';
import type { Product, StoreState, WeekRules } from '../orders/shop.ts';
import type { Press, Reply } from './bot.ts';
import type { PackedTrace } from './packed-trace.ts';

export type Draft = {
  readonly id: string;
  /** Counts the cards shown: a press on an older card of the same draft is noticed. */
  readonly card: number;
  readonly said: readonly Said[];
  readonly question: Question | null;
  /** The total on the card: an order that would cost something else is shown again first. */
  readonly cardKrw: number | null;
  readonly at: string;
};

/** Our own open question; one message later it is answered or over. */
export type OpenQuestion =
  | {
      readonly kind: 'cancel';
      readonly id: string;
      readonly orderId: string;
      readonly parcelIds: readonly string[];
    }
  | { readonly kind: 'drop-or-cancel'; readonly id: string }
  | { readonly kind: 'again'; readonly id: string; readonly draftId: string }
  | {
      readonly kind: 'store';
      readonly id: string;
      readonly wish: string;
      /** Where the next page begins; null on the last one. */
      readonly next: number | null;
    }
  | {
      /** Several earlier recipients fit a word of the text; `fitting` are parcels of theirs. */
      readonly kind: 'which';
      readonly id: string;
      readonly text: string;
      readonly word: string;
      readonly fitting: readonly string[];
      readonly chosen: readonly Chosen[];
    }
  | {
      /** The next message is the answer to a buyer's question. */
      readonly kind: 'answer';
      readonly id: string;
      readonly no: number;
      readonly at: string;
      /** The newest question there was then: a newer one may be what is answered. */
      readonly newest: number;
      /** It was answered before. */
      readonly isMore: boolean;
    }
  /** Whether this is to be sent to the buyer who asked. */
  | {
      readonly kind: 'answer-sure';
      readonly id: string;
      readonly no: number;
      readonly text: string;
      readonly isMore: boolean;
    }
  | { readonly kind: 'phone'; readonly id: string }
  | { readonly kind: 'forget'; readonly id: string }
  /** Whether this place is linked with that of whoever made the code; whether a person is unlinked. */
  | { readonly kind: 'link'; readonly id: string; readonly code: string }
  | { readonly kind: 'unlink'; readonly id: string; readonly personId: string }
  | {
      readonly kind: 'remove-staff';
      readonly id: string;
      readonly storeId: string;
      readonly personId: string;
      readonly roles: readonly Role[];
    }
  | { readonly kind: 'trouble'; readonly id: string; readonly orderId: string }
  /** Which order a deposit is for. */
  | { readonly kind: 'deposit-code'; readonly id: string; readonly depositId: string }
  | {
      /** Of which order the receipt is, with what was said of it already. */
      readonly kind: 'receipt-order';
      readonly id: string;
      readonly wanted: ReceiptKind;
      readonly number: string | null;
      readonly email: string | null;
    }
  | {
      readonly kind: 'receipt';
      readonly id: string;
      readonly orderId: string;
      readonly wanted: ReceiptKind;
      readonly number: string | null;
      readonly email: string | null;
    }
  | {
      readonly kind: 'refund-account';
      readonly id: string;
      readonly orderId: string;
      /** What of it was said before: a number may come in one message and its holder in the next. */
      readonly known?: Partial<Readonly<Record<AccountPart, string | undefined>>>;
    }
  | {
      readonly kind: 'address';
      readonly id: string;
      readonly orderId: string;
      readonly parcelId: string;
    }
  | {
      readonly kind: 'boxes';
      readonly id: string;
      readonly orderId: string;
      readonly parcelId: string;
    }
  | {
      readonly kind: 'change-boxes';
      readonly id: string;
      readonly orderId: string;
      readonly parcelId: string;
      readonly boxes: number;
      /** What the order costs before and after the change, as it was shown. */
      readonly fromKrw: number;
      readonly toKrw: number;
    }
  | {
      readonly kind: 'freeze';
      readonly id: string;
      readonly date: string;
      readonly text: string;
      /** What is done once the list is out; absent where it is the whole text. */
      readonly rest?: readonly FarmerReading[];
    }
  | {
      /** The newest list could not take the report, an older one could. */
      readonly kind: 'older-list';
      readonly id: string;
      readonly date: string;
      readonly reading: Extract<FarmerReading, { kind: 'advance' | 'waybills' }>;
      /** What else the message said: it is done after the answer. */
      readonly rest?: readonly FarmerReading[];
    }
  | {
      /** Several rows bear the name that was said. */
      readonly kind: 'which-row';
      readonly id: string;
      readonly date: string;
      readonly said: string;
      readonly rows: readonly number[];
      readonly reading: Extract<FarmerReading, { kind: 'advance' | 'waybills' | 'cancel-row' }>;
      readonly rest?: readonly FarmerReading[];
    }
  | {
      /** Some waybills of a paste cannot be written down; these can. */
      readonly kind: 'waybill-rest';
      readonly id: string;
      readonly date: string;
      readonly rows: readonly RowReport[];
      readonly rest?: readonly FarmerReading[];
    }
  /** Days said as a question, or the wrong way round. */
  | {
      readonly kind: 'farm-days';
      readonly id: string;
      readonly meant: readonly DaysReading[];
      readonly rest?: readonly FarmerReading[];
    }
  | {
      readonly kind: 'carrier';
      readonly id: string;
      readonly date: string;
      readonly rows: readonly number[];
    }
  | {
      readonly kind: 'row-reason';
      readonly id: string;
      readonly date: string;
      readonly row: number;
      readonly name: string;
    }
  | {
      readonly kind: 'row-cancel';
      readonly id: string;
      readonly date: string;
      readonly row: number;
      readonly name: string;
      readonly reason: string;
    }
  /** What shall a letter say that could not be delivered; why is it given up. */
  | {
      readonly kind: 'letter-words' | 'letter-reason';
      readonly id: string;
      readonly letterId: number;
    };

/** The questions that a plain yes, or any word at all, would answer. */
const ENDED_BY_A_PRESS: ReadonlySet<OpenQuestion['kind']> = new Set([
  'cancel',
  'drop-or-cancel',
  'again',
  'forget',
  'link',
  'unlink',
  'remove-staff',
  'change-boxes',
  'freeze',
  'older-list',
  'waybill-rest',
  'farm-days',
  'row-cancel',
  'answer',
  'answer-sure',
]);

/** How one thing that the farmer's last message did is taken back. */
export type UndoStep =
  /** Reports, cuts and numbers of boxes, as one. */
  | { readonly kind: 'books'; readonly trace: PackedTrace }
  | { readonly kind: 'product'; readonly before: Product; readonly after: Product }
  | { readonly kind: 'store'; readonly before: StoreState; readonly after: StoreState }
  | { readonly kind: 'policy'; readonly before: WeekRules; readonly after: WeekRules }
  /** Its buyer is told, and his money is on its way back. */
  | { readonly kind: 'cancel' };

/** The farmer's last act. `at` names it: a button of an older one does nothing. */
export type Undo = { readonly at: string; readonly steps: readonly UndoStep[] };

type WithoutId<T> = T extends OpenQuestion ? Omit<T, 'id'> : never;
/** A question before it has its id. */
export type NewQuestion = WithoutId<OpenQuestion>;

export type Conversation = {
  /** Counts drafts and questions, so that each has an id of its own. */
  readonly seq: number;
  readonly storeId: string | null;
  /** What was said before a store was chosen: it goes on there. */
  readonly unplaced: readonly string[];
  readonly draft: Draft | null;
  readonly open: OpenQuestion | null;
  /** The last thing said and its answer: Kakao text has no id to know a repeat by. */
  readonly last: {
    readonly text: string;
    /** What was pressed, as `act:ref`: two buttons may say the same words. */
    readonly press: string | null;
    readonly at: string;
    readonly reply: Reply;
  } | null;
  /** The order the last draft became, for presses on its old cards. */
  readonly placed: { readonly draftId: string; readonly reply: Reply } | null;
  /** The list shown last, for row numbers; the date a bare number means, while it is that day. */
  readonly list: {
    readonly date: string;
    readonly isDraft: boolean;
    readonly at: string;
    /** The row with which the next page begins; absent when all was shown. */
    readonly next?: number;
  } | null;
  readonly cap: { readonly date: string; readonly at: string } | null;
  readonly undo: Undo | null;
  readonly isPhoneAsked: boolean;
  /** In which he wrote last. */
  readonly language: Language;
  /** With whom he was linked then: drafts and questions may be about their orders. */
  readonly accountId: string | null;
};

export const FRESH: Conversation = {
  seq: 0,
  storeId: null,
  unplaced: [],
  draft: null,
  open: null,
  last: null,
  placed: null,
  list: null,
  cap: null,
  undo: null,
  isPhoneAsked: false,
  language: 'ko',
  accountId: null,
};

/** The language of what the storage keeps of a talk; Korean where nothing was said yet. */
export function languageIn(conversation: unknown): Language {
  return (conversation as Conversation | null)?.language ?? FRESH.language;
}

/** An unfinished draft and an open question end after their time, and so does the way back. */
export function forgetOld(
  talk: Conversation,
  now: Date,
  { draftLifeMs, undoWindowMs }: { readonly draftLifeMs: number; readonly undoWindowMs: number },
): Conversation {
  const age = (at: string) => now.getTime() - Date.parse(at);
  const isDraftOld = talk.draft !== null && age(talk.draft.at) > draftLifeMs;
  const isUndoOld = talk.undo !== null && age(talk.undo.at) > undoWindowMs;
  const isTalkOld = talk.last !== null && age(talk.last.at) > draftLifeMs;
  if (!isDraftOld && !isTalkOld && !isUndoOld) return talk;
  return {
    ...talk,
    draft: isDraftOld ? null : talk.draft,
    open: isTalkOld ? null : talk.open,
    unplaced: isTalkOld ? [] : talk.unplaced,
    undo: isUndoOld ? null : talk.undo,
  };
}

/**
 * Who is linked with others no more has forgotten what was begun with them: a yes would cancel their order, and
 * an account be paid their refund.
 */
export function forgetOthers(talk: Conversation, accountId: string | null): Conversation {
  if (talk.accountId === null || talk.accountId === accountId) return { ...talk, accountId };
  return { ...talk, accountId, draft: null, open: null, unplaced: [] };
}

/** Another store is another counter: what was begun at the one means nothing at the other. */
export function atStore(talk: Conversation, storeId: string): Conversation {
  if (talk.storeId === storeId) return talk;
  if (talk.storeId === null) return { ...talk, storeId };
  const begun = { draft: null, open: null, placed: null, list: null, cap: null, undo: null };
  return { ...talk, ...begun, storeId };
}

/** A press on something else ends what any word would answer: said later, it is a yes to something else. */
export function pressedAside(talk: Conversation, { ref }: Press): Conversation {
  const { open } = talk;
  if (open === null || !ENDED_BY_A_PRESS.has(open.kind)) return talk;
  const isItsOwn = ref.split(':')[0] === open.id || (open.kind === 'again' && ref === open.draftId);
  return isItsOwn ? talk : { ...talk, open: null };
}
