// Alimtalk over Solapi's REST interface: a registered text with values, sent to a phone number. Solapi
// takes no key that would make a second call harmless, so every message carries its own reference
// (`customFields`) and is looked for by it before it is sent again.
// https://developers.solapi.com/references/messages/sendSimpleMessage
import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { FilledForm, Form, Refusal } from '../src/chat/bot.ts';
import { SendError } from '../src/chat/bot.ts';
import { callJson, type JsonAnswer } from './json-call.ts';

const SALT_BYTES = 16;
const RECEIPT_FIELD = 'sanjiReceipt';
const LIST_LIMIT = 100;
const LIST_PAGES_MAX = 5;
/** Their clock may be behind ours. */
const CLOCK_MARGIN_MS = 15 * 60_000;
const VALUE_CHARS_MAX = 300;

export type AlimtalkOptions = {
  readonly base: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** The sender profile of the Kakao channel. */
  readonly pfId: string;
  readonly templates: ReadonlyMap<Form, string>;
  readonly now: () => Date;
  readonly callWithinMs?: number;
};

/** `under_way`: taken, and nobody can say yet whether it arrived. `unpaid`: our balance is used up. */
export type Became = 'arrived' | 'under_way' | 'unpaid' | { readonly refused: Refusal };

export type Alimtalk = {
  readonly forms: ReadonlySet<Form>;
  readonly send: (message: AlimtalkMessage) => Promise<Became>;
  /** What became of a message sent before; null when there is none. */
  readonly find: (of: Found) => Promise<Became | null>;
};

export type AlimtalkMessage = {
  /** Digits only, as `phoneDigits` makes them. */
  readonly phone: string;
  readonly form: FilledForm;
  readonly receipt: string;
};
type Found = Pick<AlimtalkMessage, 'phone' | 'receipt'> & { readonly since: Date };

export function createAlimtalk(options: AlimtalkOptions): Alimtalk {
  const { base, pfId, templates, now, callWithinMs } = options;
  const root = base.replace(/\/+$/, '');
  const call = (method: 'GET' | 'POST', path: string, body?: unknown) =>
    callJson({
      method,
      url: `${root}${path}`,
      // Signed anew for every call: a signature is good for one.
      headers: { authorization: authorization(options) },
      ...(body === undefined ? {} : { body }),
      ...(callWithinMs === undefined ? {} : { withinMs: callWithinMs }),
    });

  return {
    forms: new Set(templates.keys()),

    async send({ phone, form, receipt }) {
      const templateId = templates.get(form.name);
      if (templateId === undefined) return { refused: 'template_refused' };
      const kakaoOptions = { pfId, templateId, variables: variablesOf(form), disableSms: true };
      const customFields = { [RECEIPT_FIELD]: receipt };
      const message = { to: phone, kakaoOptions, customFields };
      return sendingOf(await call('POST', '/messages/v4/send', { message }));
    },

    async find({ phone, receipt, since }) {
      let startKey: string | null = null;
      const own: Became[] = [];
      for (let page = 0; page < LIST_PAGES_MAX; page++) {
        const query = new URLSearchParams({
          to: phone,
          startDate: new Date(since.getTime() - CLOCK_MARGIN_MS).toISOString(),
          endDate: new Date(now().getTime() + CLOCK_MARGIN_MS).toISOString(),
          limit: String(LIST_LIMIT),
          ...(startKey === null ? {} : { startKey }),
        });
        const { status, body } = await call('GET', `/messages/v4/list?${query}`);
        const read = status >= 400 ? undefined : listSchema.safeParse(body).data;
        // Nobody can say: the message must not be sent again on a guess.
        if (read === undefined) throw new SendError('lost_answer');
        for (const { statusCode, customFields } of Object.values(read.messageList))
          if (customFields?.[RECEIPT_FIELD] === receipt) own.push(becameOf(statusCode));
        startKey = read.nextKey ?? null;
        if (startKey === null) break;
      }
      // After a retry by hand there may be two: what came of the better one is what counts.
      return (
        own.find((one) => one === 'arrived') ??
        own.find((one) => one === 'under_way') ??
        own.at(-1) ??
        null
      );
    },
  };
}

/** `01012345678`, or null for what is no Korean mobile number. */
export function phoneDigits(phone: string): string | null {
  const digits = phone.replace(/\D/g, '').replace(/^82(?=1)/, '0');
  return /^01[016789]\d{7,8}$/.test(digits) ? digits : null;
}

/** Fresh date and salt each time; the secret itself never leaves. */
function authorization({ apiKey, apiSecret, now }: AlimtalkOptions): string {
  const date = now().toISOString();
  const salt = randomBytes(SALT_BYTES).toString('hex');
  const signature = createHmac('sha256', apiSecret).update(`${date}${salt}`).digest('hex');
  return `HMAC-SHA256 apiKey=${apiKey}, date=${date}, salt=${salt}, signature=${signature}`;
}

/** The raw interface wants the names as they stand in the registered text. */
function variablesOf({ values }: FilledForm): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`#{${name}}`, shortened(value)]),
  );
}

function shortened(value: string): string {
  const chars = Array.from(value);
  return chars.length <= VALUE_CHARS_MAX
    ? value
    : `${chars.slice(0, VALUE_CHARS_MAX - 1).join('')}…`;
}

function sendingOf({ status, body }: JsonAnswer): Became {
  if (status < 400) {
    const read = sentSchema.safeParse(body);
    if (!read.success) throw new SendError('lost_answer');
    return becameOf(read.data.statusCode);
  }
  const code = errorSchema.safeParse(body).data?.errorCode ?? '';
  if (status === 402 || /balance|NotEnough/i.test(code)) return 'unpaid';
  // Our key or clock: told to the admin when the tries are over.
  if (status === 401 || status === 403) throw new SendError('unavailable');
  return { refused: 'template_refused' };
}

const BALANCE_CODES = new Set(['1030']);
const BLOCKED_CODES = new Set(['1060', '1061', '2060', '2061', '3107']);
const ADDRESS_CODES = new Set(['1025', '3104']);
/** Outside the hours allowed: asked again like any other that is under way would never end, so it waits. */
const LATER_CODES = new Set(['3108']);

/** By the code of a message: up to 4000 it goes on, then it is over. Any other code is a failure for good. */
function becameOf(statusCode: string): Became {
  if (statusCode === '4000') return 'arrived';
  if (statusCode === '2000' || statusCode === '3000') return 'under_way';
  if (BALANCE_CODES.has(statusCode)) return 'unpaid';
  if (LATER_CODES.has(statusCode)) throw new SendError('unavailable', CLOCK_MARGIN_MS);
  if (BLOCKED_CODES.has(statusCode)) return { refused: 'blocked' };
  if (ADDRESS_CODES.has(statusCode)) return { refused: 'bad_address' };
  return { refused: 'template_refused' };
}

const sentSchema = z.object({ statusCode: z.string() });
const errorSchema = z.object({ errorCode: z.string() });
const listSchema = z.object({
  messageList: z.record(
    z.string(),
    z.object({
      statusCode: z.string(),
      customFields: z.record(z.string(), z.string()).nullish().catch(null),
    }),
  ),
  nextKey: z.string().min(1).nullish(),
});
