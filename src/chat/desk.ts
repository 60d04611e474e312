// What the chat may ask of the rest of the house, and how an answer travels back to the router.
import type { OrderContext } from '../language/reading.ts';
import type { Role, Who } from '../orders/change.ts';
import { localDate } from '../orders/dates.ts';
import type { DomainError } from '../orders/errors.ts';
import type { Asked } from '../orders/ordering.ts';
import { productsOnSale, type Shop } from '../orders/shop.ts';
import type { Command, Told, Turn } from '../orders/store.ts';
import type { Engine } from '../payments/store.ts';
import type { Message, Reply } from './bot.ts';
import type { Conversation, NewQuestion, OpenQuestion } from './conversation.ts';

export type Desk = {
  readonly store: Engine;
  /** A new order id. */
  readonly newOrderId: () => string;
  readonly draftLifeMs: number;
  /** Where people reach our pages; null when they cannot. */
  readonly pagesUrl: string | null;
  /** Opens another messenger with a code for linking already typed; null where none is configured. */
  readonly linkUrl?: (code: string) => string | null;
  /** For how long the farmer's last act can be taken back. */
  readonly undoWindowMs: number;
  /** Gets no personal data. */
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  /** Hears of each message that was answered, and how many notices that waited went along. */
  readonly onAnswered?: (answered: {
    readonly storeId: string;
    readonly platform: string;
    readonly notices: number;
  }) => void;
};

/** One message with all that is known when it is answered. */
export type Asking = {
  readonly message: Message;
  readonly text: string;
  readonly turn: Turn;
  readonly talk: Conversation;
  readonly shop: Shop;
  /** The sender's roles in this store. */
  readonly roles: ReadonlySet<Role>;
  readonly desk: Desk;
  readonly now: Date;
};

/** A message before it is known which store it is for. */
export type Coming = Pick<Asking, 'message' | 'turn' | 'talk' | 'desk' | 'now'>;

/** What is said back and remembered. */
export type Step = {
  readonly reply: Reply;
  readonly talk: Conversation;
  readonly person?: Told;
  /** True when a press did nothing yet: pressed again it may do something, so its answer is not kept. */
  readonly isTentative?: boolean;
};

/** A step that is taken in the same transaction as the command it depends on. */
export type Pending<T = never> = {
  readonly command: Command<T>;
  readonly settle: (answer: T) => Step;
  readonly refused: (error: DomainError) => Step | Promise<Step>;
};

/** The answer of a handler: said at once, or after its command. `null`: not mine. */
export type Handled = Step | Pending<never> | null;

/** Hides the command's type from the router, which only carries it to `submit` and back. */
export function pending<T>(step: Pending<T>): Handled {
  return step as unknown as Pending<never>;
}

/** Says something and remembers nothing new. */
export function stay(asking: Pick<Asking, 'talk'>, reply: Reply): Step {
  return { reply, talk: asking.talk };
}

/** The sender as the core names him; staff commands say which role they use. */
export function by({ shop, now, turn }: Asking, who: Who = 'buyer'): Asked {
  return { shop, now, who, actorId: turn.person.id };
}

export function contextOf({ shop, now }: Pick<Asking, 'shop' | 'now'>): OrderContext {
  const today = localDate(now, shop.policy.timeZone);
  return {
    today,
    products: productsOnSale(shop, today).map(({ id, name }) => ({ id, name })),
    maxBoxes: shop.policy.maxBoxesPerOrder,
  };
}

/** The same message with our question closed. */
export function closed(asking: Asking): Asking {
  return { ...asking, talk: { ...asking.talk, open: null } };
}

/** Asks something: the next message is its answer when it fits. The words get the question's id. */
export function ask(
  asking: Pick<Asking, 'talk'>,
  question: NewQuestion,
  words: (id: string) => Reply,
): Step {
  const seq = asking.talk.seq + 1;
  const id = String(seq);
  const open = { ...question, id } as OpenQuestion;
  return { reply: words(id), talk: { ...asking.talk, seq, open } };
}

/**
 * Runs a command at once, apart from the turn's own end: several may stand in one message of the
 * farmer's, and each is a transaction of its own.
 */
export async function run<T>(asking: Asking, command: Command<T>): Promise<T> {
  return (await asking.desk.store.submit(command)).answer;
}
