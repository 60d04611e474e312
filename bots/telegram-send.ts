// One reply on its way: its messages one after another, and where it was cut when one of them failed.
import type { ButtonNotes, MakeDocument, Reply, Sender } from '../src/chat/bot.ts';
import { harmless } from './harmless.ts';
import { type Api, ApiError, type Failing } from './telegram-api.ts';
import { type Pace, TooLate, type Waiting } from './telegram-pace.ts';
import type { Keyboard } from './telegram-payload.ts';
import { type File, type Piece, renderTelegram } from './telegram-render.ts';

/** Less than the outbox waits for a send. */
const CALL_WITHIN_MS = 6000;
/** With less time left nobody would know whether it arrived. */
const CALL_MS_MIN = 1000;

export type Log = (event: string, fields: Record<string, unknown>) => void;

export type Office = {
  readonly api: Api;
  readonly pace: Pace;
  readonly notes: ButtonNotes;
  readonly makeDocument: MakeDocument;
  readonly now: () => Date;
  /** Gets no personal data: never the words, never the person. */
  readonly log: Log;
};

/** `rest` begins with the message that failed. */
export class Cut extends Error {
  readonly failing: Failing;
  readonly rest: Reply;
  /** True when something has gone before. */
  readonly isBegun: boolean;

  constructor(failing: Failing, { rest, isBegun }: { rest: Reply; isBegun: boolean }) {
    super(`a message was cut: ${failing.kind}`);
    this.name = 'Cut';
    this.failing = failing;
    this.rest = rest;
    this.isBegun = isBegun;
  }
}

export type Way = {
  readonly office: Office;
  readonly waiting: () => Waiting;
  /** Its first message may have gone already: the turn which that one took is its own. */
  readonly isCopy?: boolean;
};

export async function sendReply(
  to: Sender,
  reply: Reply,
  { office, waiting, isCopy = false }: Way,
): Promise<void> {
  const { pace } = office;
  const files = await filesOf(reply, office);
  const { pieces, notes } = renderTelegram(reply, files);
  if (notes.length > 0) await office.notes.keep(to, notes, office.now());
  for (const [at, piece] of pieces.entries())
    try {
      const patience = waiting();
      if (at > 0 || !isCopy) await pace.turn(to.user, patience);
      const { withinMs } = waiting();
      if (withinMs < CALL_MS_MIN) throw new TooLate(CALL_MS_MIN);
      await sendPiece(to, piece, { office, withinMs });
    } catch (error) {
      const failing = cutBy(error);
      if (failing === null) throw error;
      if (failing.kind === 'wait') await pace.pause(to.user, failing.ms);
      throw new Cut(failing, { rest: piece.rest, isBegun: at > 0 });
    }
}

function cutBy(error: unknown): Failing | null {
  if (error instanceof TooLate) return { kind: 'wait', ms: error.ms };
  return error instanceof ApiError ? error.failing : null;
}

/** What cannot be made is left out: the words say the same. */
async function filesOf({ documents = [] }: Reply, office: Office): Promise<readonly File[]> {
  const files: File[] = [];
  for (const document of documents)
    try {
      const made = await office.makeDocument(document);
      if (made !== null) files.push({ document, ...made });
    } catch (error) {
      office.log('telegram.no_file', harmless(error));
    }
  return files;
}

type Sending = { readonly office: Office; readonly withinMs: number };

/** Words whose buttons Telegram does not take are worth more than none. */
async function sendPiece(to: Sender, piece: Piece, sending: Sending): Promise<void> {
  try {
    await call(to, piece, sending);
  } catch (error) {
    const failing = cutBy(error);
    if (failing?.kind !== 'wrong' || piece.keyboard.length === 0) throw error;
    sending.office.log('telegram.buttons_refused', { why: unquoted(failing.description) });
    await call(to, { ...piece, keyboard: [] }, sending);
  }
}

/** Never with a parse mode: no word of anybody's is markup. Nor does Telegram look into our links. */
async function call(to: Sender, piece: Piece, { office, withinMs }: Sending): Promise<void> {
  const { text, file, keyboard } = piece;
  const chat_id = chatOf(to);
  const limits = { withinMs: Math.min(withinMs, CALL_WITHIN_MS) };
  const reply_markup = markupOf(keyboard);
  if (file === null)
    await office.api(
      'sendMessage',
      { chat_id, text: text ?? '', reply_markup, link_preview_options: { is_disabled: true } },
      limits,
    );
  else {
    const document = { source: Buffer.from(file.bytes), filename: file.name };
    const caption = text ?? undefined;
    await office.api('sendDocument', { chat_id, document, caption, reply_markup }, limits);
  }
}

function chatOf({ user }: Sender): number {
  const id = Number(user);
  if (Number.isSafeInteger(id)) return id;
  throw new ApiError('sendMessage', { kind: 'refused', reason: 'bad_address' });
}

export function markupOf(keyboard: Keyboard) {
  if (keyboard.length === 0) return undefined;
  const inline_keyboard = keyboard.map((row) =>
    row.map(({ text, url, callback_data = '' }) =>
      url === undefined ? { text, callback_data } : { text, url },
    ),
  );
  return { inline_keyboard };
}

/** Telegram quotes what it does not like. */
export function unquoted(description: string): string {
  return description.replace(/'[^']*'|"[^"]*"/g, "'…'").slice(0, 120);
}
