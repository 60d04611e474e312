// What a browser sends, read into neutral words: whose page it is, what was typed, what was pressed.
import { hash, randomBytes } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';
import type { Press, Sender } from '../src/chat/bot.ts';
import { clean } from './plain-text.ts';

/** More than the core reads, so that it still sees that a text was too long. */
const TEXT_CUT = 20_000;
const SECRET_BYTES = 32;
/** Browsers keep no cookie longer than 400 days. */
const COOKIE_MAX_AGE_S = 400 * 86_400;

/** Which page: people may sit at several in one browser, and a page may be of one store. */
export type Place = { readonly seat: string; readonly storeId: string | null };

/** Who sits there: the cookie is the secret, its hash the user's name. */
export type Visitor = Place & {
  readonly sender: Sender;
  readonly secret: string;
  /** True where no cookie came: nobody has been here. */
  readonly isNew: boolean;
};

/** What was sent from a page. */
export type Said = {
  /** Made by the page: one id is one message, however often it is sent. */
  readonly id: string;
  /** The last entry the page shows. */
  readonly after: number;
  readonly text: string;
  readonly press?: Press;
  /** True when a choice was pressed instead of the text being sent. */
  readonly isPress: boolean;
};

/** Undefined when the address is none that we ever gave. */
export function readPlace(query: unknown): Place | undefined {
  const read = placeSchema.safeParse(query);
  if (!read.success) return undefined;
  return { seat: read.data.seat, storeId: read.data.store === '' ? null : read.data.store };
}

/** Where an open page was: what a reconnecting stream says itself counts as well. */
export function readAfter(query: unknown, lastEventId: string | undefined): number {
  const asked = z.object({ after: entryId }).safeParse(query);
  const seen = entryId.safeParse(lastEventId);
  return Math.max(asked.data?.after ?? 0, seen.data ?? 0);
}

/** Undefined for a body that no page of ours sends. */
export function readSaid(body: unknown): Said | undefined {
  const read = saidSchema.safeParse(body);
  if (!read.success) return undefined;
  const { id, after, text, choice } = read.data;
  const said = { id: id ?? newId(), after };
  if (choice === undefined)
    return { ...said, text: clean(text.slice(0, TEXT_CUT)).trim(), isPress: false };
  const { say, press } = choice;
  return { ...said, text: clean(say).trim(), press, isPress: true };
}

/** The value of a choice's button; undefined for a press that `readSaid` would not take back. */
export function writeChoice(say: string, press: Press | undefined): string | undefined {
  const value = JSON.stringify({ say, press });
  return choiceSchema.safeParse(value).success ? value : undefined;
}

export function newId(): string {
  return randomBytes(16).toString('base64url');
}

/** The visitor by his cookie, or a new one. */
export function visitorOf(req: Request, place: Place): Visitor {
  const known = cookieOf(req, cookieName(place.seat));
  const secret = known ?? newSecret();
  return { ...place, secret, sender: senderOf(secret), isNew: known === undefined };
}

/** Somebody new at a seat of his own. */
export function newVisitor(): Visitor {
  const seat = randomBytes(4).toString('hex');
  const secret = newSecret();
  return { seat, storeId: null, secret, sender: senderOf(secret), isNew: true };
}

export function cookieFor({ seat, secret }: Visitor, isSecure: boolean): string {
  const name = cookieName(seat);
  const secure = isSecure ? '; Secure' : '';
  return `${name}=${secret}; Path=/chat; Max-Age=${COOKIE_MAX_AGE_S}; HttpOnly; SameSite=Lax${secure}`;
}

/** The address of a place, with `more` to ask for there. */
export function addressOf(
  path: string,
  { seat, storeId }: Place,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams(more);
  if (seat !== '') query.set('seat', seat);
  if (storeId !== null) query.set('store', storeId);
  return query.size === 0 ? path : `${path}?${query}`;
}

/**
 * Whether a form was sent from a page of ours. Browsers say so themselves; where neither header comes
 * it is no browser, or one so old that the cookie's SameSite has to do.
 */
export function isFromOwnPage(req: Request, publicOrigin: string): boolean {
  const site = req.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = req.get('origin');
  if (origin === undefined || origin === publicOrigin) return true;
  return URL.parse(origin)?.host === req.get('host');
}

function cookieName(seat: string): string {
  return seat === '' ? 'chat' : `chat_${seat}`;
}

function cookieOf(req: Request, name: string): string | undefined {
  for (const pair of (req.get('cookie') ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at < 0 || pair.slice(0, at).trim() !== name) continue;
    const value = pair.slice(at + 1).trim();
    if (SECRET.test(value)) return value;
  }
  return undefined;
}

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

function senderOf(secret: string): Sender {
  return { platform: 'web', bot: 'web', user: hash('sha256', secret, 'base64url') };
}

const SECRET = /^[\w-]{43}$/;
const whole = /^[^\p{Cc}\p{Cs}]*$/u;
const entryId = z.coerce.number().int().nonnegative().catch(0);

const placeSchema = z.object({
  seat: z
    .string()
    .regex(/^[a-z0-9]{0,16}$/)
    .default(''),
  store: z
    .string()
    .max(64)
    .regex(/^[\w-]*$/)
    .default(''),
});

const choiceSchema = z
  .string()
  .max(3_000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('no JSON');
      return z.NEVER;
    }
  })
  .pipe(
    z.object({
      say: z.string().min(1).max(1_000),
      press: z
        .object({
          key: z.string().min(1).max(200).regex(whole).nullable(),
          act: z.string().min(1).max(100).regex(whole),
          ref: z.string().max(300).regex(whole),
        })
        .optional(),
    }),
  );

const saidSchema = z.object({
  id: z
    .string()
    .regex(/^[\w-]{16,64}$/)
    .optional()
    .catch(undefined),
  after: entryId,
  text: z.string().default(''),
  choice: choiceSchema.optional(),
});
