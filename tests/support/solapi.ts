// Solapi's REST interface as far as Alimtalk needs it: signatures that are good once and for a quarter of
// an hour, registered texts, reports that come later, and failures as it is told.
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { listening } from './listening.ts';

export const SOLAPI = {
  apiKey: 'NCSAYU7YDBXYORXC',
  apiSecret: 'MBQJYZXNJGHZVUSRQM3YHJTX4WPSXQ5P',
  pfId: 'KA01PF241112000000000000000001',
} as const;

const SKEW_MS = 15 * 60_000;
const TEXT_CHARS_MAX = 1000;
const FIELD_CHARS_MAX = 100;

/** What becomes of the next call to send. `lost`: taken, and the answer never comes. `drop`: not taken. */
export type SolapiFault =
  | { readonly status: number; readonly errorCode?: string; readonly retryAfter?: number }
  | { readonly code: string }
  | 'lost'
  | 'hang'
  | 'drop';

export type SolapiMessage = {
  readonly messageId: string;
  readonly to: string;
  /** As the receiver reads it; null where the text is not registered or lacks a value. */
  readonly text: string | null;
  statusCode: string;
  readonly dateCreated: string;
  readonly customFields: Readonly<Record<string, string>>;
};

export async function openSolapi({ now }: { readonly now: () => Date }) {
  /** Template id to its registered text. */
  const registered = new Map<string, string>();
  const faults: SolapiFault[] = [];
  const messages: SolapiMessage[] = [];
  const signatures = new Map<string, number>();
  let looks = 0;
  let listStatus: number | null = null;

  /** Null when the caller is who he says, else the code of the refusal. */
  function refusal(req: IncomingMessage): string | null {
    const header = req.headers.authorization ?? '';
    const [, key, date, salt, signature] =
      /^HMAC-SHA256 apiKey=(\S+), date=(\S+), salt=(\S+), signature=([0-9a-f]{64})$/.exec(header) ??
      [];
    if (key !== SOLAPI.apiKey) return 'InvalidAPIKey';
    if (date === undefined || salt === undefined || signature === undefined) return 'Unauthorized';
    if (salt.length < 12 || salt.length > 64) return 'InvalidSalt';
    if (!(Math.abs(Date.parse(date) - now().getTime()) <= SKEW_MS)) return 'RequestTimeTooSkewed';
    const due = createHmac('sha256', SOLAPI.apiSecret)
      .update(date + salt)
      .digest('hex');
    if (signature !== due) return 'SignatureDoesNotMatch';
    if (signatures.has(signature)) return 'DuplicatedSignature';
    signatures.set(signature, now().getTime());
    return null;
  }

  function readBy({ templateId, variables }: Wanted['kakaoOptions']): string | null {
    const text = registered.get(templateId);
    if (text === undefined) return null;
    const filled = text.replace(/#\{[^}]+\}/g, (name) => variables[name] ?? name);
    return /#\{[^}]+\}/.test(filled) || filled.length > TEXT_CHARS_MAX ? null : filled;
  }

  async function send(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const fault = faults.shift();
    if (fault === 'drop') return void res.destroy();
    if (typeof fault === 'object' && 'status' in fault) {
      const head =
        fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      const { errorCode = 'Error' } = fault;
      return void res.writeHead(fault.status, head).end(JSON.stringify({ errorCode }));
    }
    const wanted = sendSchema.safeParse(await json(req));
    if (!wanted.success) return refuse(res, 400, 'ValidationError');
    const { to, kakaoOptions, customFields } = wanted.data.message;
    const text = readBy(kakaoOptions);
    const ownCode = typeof fault === 'object' ? fault.code : undefined;
    const one: SolapiMessage = {
      messageId: `M4V${messages.length + 1}`,
      ...{ to, text, customFields },
      statusCode: ownCode ?? (text === null ? '1043' : '2000'),
      dateCreated: now().toISOString(),
    };
    messages.push(one);
    if (fault === 'lost') return void res.destroy();
    if (fault === 'hang') return;
    const { messageId, statusCode } = one;
    // What is wrong only at Kakao comes out later.
    const first = statusCode.startsWith('3') ? '2000' : statusCode;
    say(res, 200, {
      groupId: 'G4V1',
      messageId,
      statusCode: first,
      to,
      type: 'ATA',
      country: '82',
    });
  }

  function list(query: URLSearchParams, res: ServerResponse): void {
    looks += 1;
    if (listStatus !== null) {
      refuse(res, listStatus, 'InternalError');
      return;
    }
    const [from = '', to = ''] = [query.get('startDate'), query.get('endDate')].map(
      (at) => at ?? undefined,
    );
    const found = messages.filter(
      (one) => one.to === query.get('to') && one.dateCreated >= from && one.dateCreated <= to,
    );
    const limit = Number(query.get('limit') ?? 20);
    const start = Math.max(
      0,
      found.findIndex(({ messageId }) => messageId === query.get('startKey')),
    );
    const page = found.slice(start, start + limit);
    const nextKey = found[start + limit]?.messageId ?? null;
    const messageList = Object.fromEntries(page.map((one) => [one.messageId, one]));
    say(res, 200, { limit, startKey: query.get('startKey'), nextKey, messageList });
  }

  const server = createServer((req, res) => {
    const refused = refusal(req);
    if (refused !== null) return refuse(res, 403, refused);
    const url = new URL(req.url ?? '', 'http://solapi');
    if (req.method === 'GET' && url.pathname === '/messages/v4/list')
      return list(url.searchParams, res);
    if (req.method !== 'POST' || url.pathname !== '/messages/v4/send')
      return refuse(res, 404, 'NotFound');
    send(req, res).catch(() => res.destroy());
  });
  return {
    base: await listening(server),
    registered,
    faults,
    messages,
    looks: () => looks,
    listFails(status: number | null) {
      listStatus = status;
    },
    /** Kakao reports on all that it has: shown, or this code. */
    report(code = '4000') {
      for (const one of messages) if (one.statusCode === '2000') one.statusCode = code;
    },
  };
}

const sendSchema = z.object({
  message: z.strictObject({
    to: z.string().regex(/^01\d{8,9}$/),
    kakaoOptions: z.strictObject({
      pfId: z.literal(SOLAPI.pfId),
      templateId: z.string(),
      variables: z.record(z.string().regex(/^#\{[^.}]+\}$/), z.string().min(1)),
      disableSms: z.literal(true),
    }),
    customFields: z.record(z.string().max(30), z.string().max(FIELD_CHARS_MAX)),
  }),
});
type Wanted = z.infer<typeof sendSchema>['message'];

function refuse(res: ServerResponse, status: number, errorCode: string): void {
  say(res, status, { errorCode, errorMessage: errorCode });
}

function say(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
