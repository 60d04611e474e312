// How we speak first on Kakao, where nothing is free and nothing drops copies: the Event API, then
// Alimtalk, then the person's next contact. Before anything is sent a second time, whoever may have
// taken it the first time is asked.
import {
  type Form,
  type Reply,
  SendError,
  type Sender,
  type Sending,
  type SendResult,
} from '../src/chat/bot.ts';
import { type Alimtalk, type Became, phoneDigits } from './kakao-alimtalk.ts';
import { EVENT_PRICE_KRW, type KakaoEvent } from './kakao-event.ts';

/** The skill is called within seconds; a notice without a call after this time was not shown. */
const RECEIPT_WITHIN_MS = 60_000;
/** Alimtalk is asked about sooner, then less and less often. */
const ASK_AFTER_MS = 10_000;
const ASK_AFTER_MS_MAX = 600_000;
/** Tries after which a message that Kakao has taken counts as sent: nobody will say more. */
const ASKS_MAX = 8;
const TASK_ASKS_MAX = 2;
const EVENT_TRIES_MAX = 8;
/** What is remembered of messages under way; what is forgotten is asked of Solapi or of the receipt. */
const NOTES_MAX = 5000;

export type Route = 'event' | 'alimtalk';

export type KakaoPushOptions = {
  readonly event: KakaoEvent | null;
  readonly alimtalk: Alimtalk | null;
  readonly alimtalkPriceKrw: number;
  /** A message was handed over at this price, in won. */
  readonly onSpent: (route: Route, krw: number) => void;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  readonly receiptWithinMs?: number;
};

export type KakaoPush = {
  readonly forms: ReadonlySet<Form>;
  readonly settlesWithinMs: number;
  readonly send: (to: Sender, reply: Reply, sending: Sending) => Promise<SendResult>;
};

/** What this process knows of a message: the newest task, how often it was asked for, and that Kakao does not show it. */
type Note = { taskId: string | null; asks: number; isEventOver: boolean };

type Pushing = {
  readonly to: Sender;
  readonly reply: Reply;
  readonly sending: Sending;
  readonly phone: string | null;
  readonly note: Note;
};

export function createKakaoPush(options: KakaoPushOptions): KakaoPush {
  const { event, alimtalk, onSpent, log, receiptWithinMs = RECEIPT_WITHIN_MS } = options;
  const notes = new Map<string, Note>();

  function noteOf(receipt: string): Note {
    const known = notes.get(receipt) ?? { taskId: null, asks: 0, isEventOver: false };
    // Set anew, the oldest stands first and goes first.
    notes.delete(receipt);
    notes.set(receipt, known);
    const [oldest] = notes.size > NOTES_MAX ? notes.keys() : [];
    if (oldest !== undefined) notes.delete(oldest);
    return known;
  }

  /** What became of an earlier try; null when nobody has seen it, so that it may be sent. */
  async function earlier({ sending, reply, phone, note }: Pushing): Promise<SendResult | null> {
    const { receipt, since, attempts } = sending;
    if (alimtalk !== null && phone !== null) {
      const became = await alimtalk.find({ phone, receipt, since });
      if (became !== null) return resultOf(became, attempts);
    }
    const taskId = note.taskId ?? reply.ticket ?? null;
    if (event === null || taskId === null || note.isEventOver) return null;
    const became = await event.becameOf(taskId);
    // Shown by a process that died before it could write it down; this one has seen all that came to it.
    if (became === 'ended' && note.taskId === null) return { kind: 'sent' };
    // A person was not shown it for our own trouble, so the same way may go well now.
    if (became === 'unanswered') return null;
    note.asks += 1;
    if (became === 'failed') {
      note.isEventOver = true;
      return null;
    }
    if (became === 'unknown' && note.asks < TASK_ASKS_MAX)
      return { kind: 'accepted', askAfterMs: receiptWithinMs, ticket: taskId };
    log('kakao.no_receipt', { became });
    return { kind: 'held' };
  }

  async function byEvent({ to, sending, note }: Pushing): Promise<SendResult | null> {
    if (event === null || note.isEventOver) return null;
    if (sending.mayHaveArrived) {
      if (sending.attempts > EVENT_TRIES_MAX) return null;
      log('kakao.sent_again', { attempts: sending.attempts });
    }
    const { bot, user } = to;
    note.taskId = await event.talk({ bot, user, receipt: sending.receipt });
    if (note.taskId === null) {
      note.isEventOver = true;
      return null;
    }
    onSpent('event', EVENT_PRICE_KRW);
    return { kind: 'accepted', askAfterMs: receiptWithinMs, ticket: note.taskId };
  }

  async function byAlimtalk({ reply, sending, phone }: Pushing): Promise<SendResult | null> {
    const { form } = reply;
    if (alimtalk === null || phone === null || form === undefined) return null;
    if (!alimtalk.forms.has(form.name)) return null;
    const became = await alimtalk.send({ phone, form, receipt: sending.receipt });
    if (became === 'arrived' || became === 'under_way')
      onSpent('alimtalk', options.alimtalkPriceKrw);
    return resultOf(became, sending.attempts);
  }

  function resultOf(became: Became, attempts: number): SendResult {
    if (became === 'arrived') return { kind: 'sent' };
    if (became === 'under_way') {
      if (attempts >= ASKS_MAX) return { kind: 'sent' };
      const askAfterMs = Math.min(ASK_AFTER_MS_MAX, ASK_AFTER_MS * 2 ** (attempts - 1));
      return { kind: 'accepted', askAfterMs };
    }
    if (became === 'unpaid') {
      log('kakao.unpaid', {});
      return { kind: 'held' };
    }
    return { kind: 'refused', reason: became.refused };
  }

  return {
    forms: alimtalk?.forms ?? new Set(),
    settlesWithinMs: receiptWithinMs,
    async send(to, reply, sending) {
      const note = noteOf(sending.receipt);
      const phone = sending.phone === null ? null : phoneDigits(sending.phone);
      const pushing = { to, reply, sending, phone, note };
      const known = sending.mayHaveArrived ? await stillUnknown(earlier(pushing)) : null;
      const result = known ?? (await byEvent(pushing)) ?? (await byAlimtalk(pushing));
      if (result?.kind !== 'accepted') notes.delete(sending.receipt);
      return result ?? { kind: 'held' };
    },
  };
}

/** Whatever kept us from finding out: the message is as unknown as before, and is not sent on a guess. */
async function stillUnknown<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SendError) throw new SendError('lost_answer', error.retryAfterMs);
    throw error;
  }
}
