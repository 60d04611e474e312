// The contract between the shop and one chat platform: a message comes in, a reply goes back, and
// the outbox may speak first with `send`. Everything here is neutral; wire formats stay in `bots/`.

export const PLATFORMS = ['kakao', 'telegram', 'discord', 'web', 'terminal'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** Who writes: the same person is another `user` at another bot. */
export type Sender = {
  readonly platform: Platform;
  /** The bot (Kakao bot id, Telegram bot id …) through which this user is known. */
  readonly bot: string;
  readonly user: string;
};

/**
 * A pressed button as data. `key` makes doubled presses one effect with one answer; it is null for
 * buttons without an effect, which answer anew each time. `act` and `ref` say what was pressed. All
 * of it is visible to the sender's phone, so it is checked like any typed text.
 */
export type Press = { readonly key: string | null; readonly act: string; readonly ref: string };

/** A button of ours whose meaning is kept no more: its label is not what its person says now. */
export const FORGOTTEN: Press = { key: null, act: 'forgotten', ref: '' };

/** What came besides text: answered kindly, never read. */
export type Attachment = 'picture' | 'voice' | 'sticker' | 'file' | 'location';

export type Message = {
  readonly sender: Sender;
  /** The words said or, for a press, the words its button puts into the chat. */
  readonly text: string;
  readonly press?: Press;
  readonly attachment?: Attachment;
  /** The platform's own id of this delivery; null where it has none (typed Kakao text). */
  readonly updateId: string | null;
  /** The only store this bot serves, or null when it serves all. */
  readonly storeId: string | null;
  /** Nobody said anything: the platform is about to show the notice that was sent under this reference. */
  readonly receipt?: string;
  /** How many characters of text one reply may show on this platform. */
  readonly roomChars: number;
  readonly at: Date;
};

/** A choice either says something (a button whose press comes back) or opens a page. */
export type Choice =
  | { readonly label: string; readonly say: string; readonly press?: Press }
  | { readonly label: string; readonly url: string };

/** A file that belongs to what is said: only named here, and made when a platform that takes files sends it. */
export type Document = {
  readonly kind: 'day_list';
  readonly storeId: string;
  readonly date: string;
  readonly revision: number;
};

/** Null when there is no such file any more. */
export type MakeDocument = (
  document: Document,
) => Promise<{ readonly name: string; readonly bytes: Uint8Array } | null>;

/** `texts` are bubbles in order; `choices` stand below the last one. */
export type Reply = {
  readonly texts: readonly string[];
  readonly choices: readonly Choice[];
  /** The words say the same: a platform without files leaves them out. */
  readonly documents?: readonly Document[];
  /** The press that this answers is over: made again, it only gets this answer again. */
  readonly endsPress?: true;
  /** The same in English; the router says one of the two, so no bot ever sees both. */
  readonly english?: Reply;
  /** The same as a fixed form, for a platform that takes nothing else when we speak first. */
  readonly form?: FilledForm;
  /** What the platform called it when it took it; kept with the words, so that it can be asked about. */
  readonly ticket?: string;
};

/** The fixed forms of notices: what each says stands in the replies, and is registered with the platform. */
export const FORMS = [
  'paid',
  'dates',
  'shipped',
  'cancelled',
  'changed',
  'pay',
  'refund_done',
  'refund_account',
  'several',
  'day_list',
  'work',
] as const;
export type Form = (typeof FORMS)[number];
export type FilledForm = {
  readonly name: Form;
  readonly values: Readonly<Record<string, string>>;
};

/**
 * Turns one message into its reply. Never rejects: what went wrong is said in general words. Only a call
 * for a notice (`receipt`) rejects, so that no apology is shown in its place.
 */
export type Answer = (message: Message) => Promise<Reply>;

/** Why a platform refuses for good. */
export const REFUSALS = ['blocked', 'bad_address', 'template_refused'] as const;
export type Refusal = (typeof REFUSALS)[number];

/**
 * `sent`: the platform took it. `accepted`: it took it but has yet to show it; unless a receipt comes
 * first, the same notice is handed to the bot again after a while, to say what became of it. `held`:
 * this platform cannot speak first; the notice waits for the next contact. `refused`: it will never
 * arrive. A failure that may pass is thrown as a `SendError`.
 */
export type SendResult =
  | { readonly kind: 'sent' }
  | { readonly kind: 'accepted'; readonly askAfterMs: number; readonly ticket?: string }
  | { readonly kind: 'held' }
  | { readonly kind: 'refused'; readonly reason: Refusal };

/** What a bot may need beyond the words to speak first, or to find out what an earlier try came to. */
export type Sending = {
  /** Names the notice; whoever shows it may bring it back as `Message.receipt`. */
  readonly receipt: string;
  /** How many tries there were, this one among them. */
  readonly attempts: number;
  readonly mayHaveArrived: boolean;
  /** When the notice was made: no earlier message can be it. */
  readonly since: Date;
  /** For this sending only: never logged, never kept. */
  readonly phone: string | null;
};

export interface Bot {
  readonly platform: Platform;
  /** The platform shows a message once per `key`, so what may have arrived can be sent again freely. */
  readonly dropsCopies: boolean;
  /** The most characters that one text it sends may have; a longer list comes in several. */
  readonly textChars: number;
  /** All that it sends at once stands on one screen: its texts together have `textChars`. */
  readonly isOneScreen?: boolean;
  /** The fixed forms it can send; a reply has a form only for a bot that names it here. */
  readonly forms?: ReadonlySet<Form>;
  /** For so long a message whose outcome nobody knows may still appear; only then it is tried again. */
  readonly settlesWithinMs?: number;
  /** Speaks first. `key` is stable over retries so that the platform can drop a copy. */
  send(to: Sender, reply: Reply, key: string, sending?: Sending): Promise<SendResult>;
  start?(): Promise<void>;
  stop?(): Promise<void>;
}

/** Keeps a few words for a button that has no room for them. */
export type ButtonNotes = {
  /** What was noted for a person under the same key before is noted anew. */
  readonly keep: (sender: Sender, notes: readonly ButtonNote[], at: Date) => Promise<void>;
  /** Null when it is too long ago. */
  readonly find: (sender: Sender, key: string) => Promise<string | null>;
};
export type ButtonNote = { readonly key: string; readonly value: string };

/** A line of a platform's menu: what is said by choosing it. */
export type MenuLine = {
  /** Latin letters, for platforms that take no others. */
  readonly command: string;
  readonly says: string;
  readonly about: string;
};

/** Something that stands on a page: what its person said, or what was answered or told. */
export type Spoken = { readonly said: string } | { readonly reply: Reply };

/** One key stands on a page once. */
export type NewEntry = Spoken & { readonly key: string };
/** Ids grow: a page that shows one knows which it has not seen yet. */
export type Entry = Spoken & { readonly id: number; readonly at: Date };

/** Keeps the pages of a bot that shows a conversation itself. */
export type Transcript = {
  /** All or none; what stands there under the same key stays. False: nobody is known by this name. */
  readonly add: (sender: Sender, entries: readonly NewEntry[], at: Date) => Promise<boolean>;
  /** What came after this id, oldest first; of very much only the newest. */
  readonly read: (sender: Sender, after: number) => Promise<readonly Entry[]>;
  /** Calls `wake` when there may be more to read, whichever process added it; answers how to end it. */
  readonly watch: (sender: Sender, wake: () => void) => () => void;
};

/** Somebody looks at a page and says nothing. */
export type Visit = Pick<Message, 'sender' | 'storeId' | 'roomChars' | 'at'>;
export type Opening = { readonly title: string; readonly reply: Reply };

/** How a one-time link ended for who brought it. */
export type Entered = 'in' | 'forged' | 'expired' | 'used';

/** What a failed send leaves behind: `not_taken`, nobody has read it; `unknown`, somebody may have. */
export const SEND_FAILURES = {
  /** The platform asks to wait (429). */
  rate_limited: 'not_taken',
  /** It answered that it cannot (500), or was not reached at all (connection refused). */
  unavailable: 'not_taken',
  /** No answer in time. */
  time_out: 'unknown',
  /** The connection ended after the message had left. */
  lost_answer: 'unknown',
} as const;
export type SendFailure = keyof typeof SEND_FAILURES;

/**
 * A send that failed for now; `retryAfterMs` is what the platform asked us to wait. Of what goes out in
 * several messages `rest` is what has not gone: the failure is of the first of that, and the next try is
 * given that alone. Null: nothing has gone before.
 */
export class SendError extends Error {
  readonly failure: SendFailure;
  readonly retryAfterMs: number | null;
  readonly rest: Reply | null;

  constructor(failure: SendFailure, retryAfterMs: number | null = null, rest: Reply | null = null) {
    super(`the message was not sent: ${failure}`);
    this.name = 'SendError';
    this.failure = failure;
    this.retryAfterMs = retryAfterMs;
    this.rest = rest;
  }
}
