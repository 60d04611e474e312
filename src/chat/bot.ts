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
  /** How many characters of text one reply may show on this platform. */
  readonly roomChars: number;
  readonly at: Date;
};

/** A choice either says something (a button whose press comes back) or opens a page. */
export type Choice =
  | { readonly label: string; readonly say: string; readonly press?: Press }
  | { readonly label: string; readonly url: string };

/** `texts` are bubbles in order; `choices` stand below the last one. */
export type Reply = { readonly texts: readonly string[]; readonly choices: readonly Choice[] };

/** Turns one message into its reply. Never rejects: what went wrong is said in general words. */
export type Answer = (message: Message) => Promise<Reply>;

/**
 * `sent`: the platform took it. `held`: this platform cannot speak first; the notice waits for the
 * next contact. `refused`: it will never arrive (blocked, unknown user). A passing failure or an
 * unknown outcome is thrown.
 */
export type SendResult =
  | { readonly kind: 'sent' }
  | { readonly kind: 'held' }
  | { readonly kind: 'refused'; readonly reason: string };

export interface Bot {
  readonly platform: Platform;
  /** The platform shows a message once per `key`, so what may have arrived can be sent again freely. */
  readonly dropsCopies: boolean;
  /** Speaks first. `key` is stable over retries so that the platform can drop a copy. */
  send(to: Sender, reply: Reply, key: string): Promise<SendResult>;
  start?(): Promise<void>;
  stop?(): Promise<void>;
}

/** A send that failed for now; `retryAfterMs` is what the platform asked us to wait. */
export class SendError extends Error {
  readonly retryAfterMs: number | null;

  constructor(message: string, retryAfterMs: number | null) {
    super(message);
    this.name = 'SendError';
    this.retryAfterMs = retryAfterMs;
  }
}
