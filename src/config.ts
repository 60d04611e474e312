// The environment, checked once and frozen. A bad value stops the start and lists every problem.
import { z } from 'zod';
import { FORMS, type Form } from './chat/bot.ts';

const flagless = z.string().trim();
const whole = (min: number, max: number) =>
  z.coerce
    .number(`must be a whole number from ${min} to ${max}`)
    .int(`must be a whole number from ${min} to ${max}`)
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`);

const url = flagless.refine(isWebUrl, 'must be an absolute http(s) URL');
const databaseUrl = flagless.refine(
  (text) => /^(sqlite:.+|postgres(ql)?:\/\/.+)$/.test(text),
  'must be sqlite:<path> or postgres://…',
);

const templates = flagless.refine(
  (text) => [...pairs(text)].every(([name, id]) => isForm(name) && id !== null && id !== ''),
  `must be a comma list of form=templateId, with forms out of: ${FORMS.join(' ')}`,
);

/** Every key: what it means is said in .env.example, which a test compares with this table. */
const KEYS = {
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  PORT: whole(0, 65_535).default(3000),
  PUBLIC_BASE_URL: url.optional(),
  DATABASE_URL: databaseUrl.default('sqlite:./data/sanji.db'),
  SANJI_DATA_KEY: flagless.optional(),
  SANJI_API_KEYS: flagless.default(''),
  SANJI_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  TZ_DEFAULT: flagless
    .refine(isTimeZone, 'must be a time zone such as Asia/Seoul')
    .default('Asia/Seoul'),
  KAKAO_SKILL_SECRET: flagless.min(8, 'must have at least 8 characters').optional(),
  KAKAO_BOT_IDS: flagless.default(''),
  KAKAO_EVENT_API_BASE: url.default('https://bot-api.kakao.com'),
  KAKAO_REST_API_KEY: flagless.optional(),
  SOLAPI_BASE_URL: url.default('https://api.solapi.com'),
  SOLAPI_API_KEY: flagless.optional(),
  SOLAPI_API_SECRET: flagless.optional(),
  SOLAPI_PF_ID: flagless.optional(),
  SOLAPI_TEMPLATES: templates.optional(),
  SOLAPI_PRICE_KRW: z.coerce
    .number('must be an amount in won')
    .min(0, 'must be an amount in won')
    .max(1000, 'must be an amount in won')
    .default(13),
  DISCORD_TOKEN: flagless
    .refine((text) => /^[\w-]+(\.[\w-]+)+$/.test(text), 'must be a bot token, as a.b.c')
    .optional(),
  DISCORD_API_BASE: url.optional(),
  DISCORD_GUILD_ID: flagless
    .refine((text) => /^\d{15,21}$/.test(text), 'must be the number of a server')
    .optional(),
  BANK_NOTICE_SECRET: flagless.min(16, 'must have at least 16 characters').optional(),
  TELEGRAM_BOT_TOKEN: flagless
    .regex(/^\d+:[\w-]+$/, 'must look like 123456:ABC-def, as BotFather wrote it')
    .optional(),
  TELEGRAM_API_ROOT: url.default('https://api.telegram.org'),
  TELEGRAM_MODE: z.enum(['polling', 'webhook']).default('polling'),
  TELEGRAM_WEBHOOK_URL: url.optional(),
  TELEGRAM_WEBHOOK_SECRET: flagless
    .regex(/^[\w-]{16,256}$/, 'must have 16 to 256 characters of A-Z a-z 0-9 _ -')
    .optional(),
  SANJI_PAY_WINDOW_MS: whole(1, 1e12).optional(),
  SANJI_RETRY_BASE_MS: whole(1, 1e9).optional(),
  SANJI_DRAFT_LIFE_MS: whole(1, 1e12).optional(),
  SANJI_UNDO_WINDOW_MS: whole(1, 1e12).optional(),
  SANJI_TRACK_EVERY_MS: whole(1, 1e12).optional(),
} as const;

export const CONFIG_KEYS = Object.keys(KEYS);
const FOR_TESTS_ONLY = CONFIG_KEYS.filter((key) => /^SANJI_.*_MS$/.test(key));

const TELEGRAM_PATH = '/telegram/webhook';
const DRAFT_LIFE_MS = 24 * 3_600_000;
const RETRY_BASE_MS = 1000;
const UNDO_WINDOW_MS = 5 * 60_000;

export type Config = {
  readonly isProduction: boolean;
  readonly port: number;
  readonly publicBaseUrl: string;
  /** Where people reach our pages: null in production as long as nobody said it. */
  readonly pagesUrl: string | null;
  readonly databaseUrl: string;
  readonly dataKey: string | null;
  /** API key → the only store it sees, or null for all. */
  readonly apiKeys: ReadonlyMap<string, string | null>;
  readonly logLevel: string;
  readonly timeZone: string;
  /** Null where there is none: in production only callers who know the secret may speak for people. */
  readonly kakao: {
    readonly secret: string | null;
    /** Bot id without `!` → its only store or null; empty lets any bot in. */
    readonly botIds: ReadonlyMap<string, string | null>;
  } | null;
  /** How we speak first on Kakao; null where we do not, and notices wait for the next contact. */
  readonly kakaoPush: KakaoPush | null;
  readonly discord: {
    readonly token: string;
    readonly apiBase: string | null;
    /** The only server whose members see the commands; null for all and for direct messages. */
    readonly guildId: string | null;
  } | null;
  /** Null without a token. */
  readonly telegram: {
    readonly token: string;
    readonly apiRoot: string;
    /** Null: we poll. */
    readonly webhook: { readonly url: string; readonly secret: string | null } | null;
  } | null;
  /** Null: nobody passes on what the bank says. */
  readonly bankSecret: string | null;
  readonly draftLifeMs: number;
  readonly retryBaseMs: number;
  readonly undoWindowMs: number;
  /** Overrides the stores' own time to pay; for tests. */
  readonly payWindowMs: number | null;
};

export type KakaoPush = {
  readonly event: { readonly base: string; readonly key: string } | null;
  readonly alimtalk: {
    readonly base: string;
    readonly apiKey: string;
    readonly apiSecret: string;
    readonly pfId: string;
    readonly templates: ReadonlyMap<Form, string>;
    readonly priceKrw: number;
  } | null;
};

export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(
      `The environment has ${problems.length} problem(s):\n${problems.map((p) => `  - ${p}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

/** Reads `.env` beside the process and the environment; the environment wins. */
export function loadConfig(): Config {
  try {
    process.loadEnvFile();
  } catch {
    // No .env file: the environment alone decides.
  }
  return parseConfig(process.env);
}

export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given: Record<string, string | undefined> = Object.fromEntries(
    // An empty line in .env means "not set".
    CONFIG_KEYS.flatMap((key) =>
      env[key] === undefined || env[key] === '' ? [] : [[key, env[key]]],
    ),
  );
  const parsed = z.object(KEYS).safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  problems.push(
    ...alimtalkProblems(given),
    ...lonelyProblems(given),
    ...telegramProblems(given),
    ...productionProblems(given),
  );
  if (problems.length > 0 || !parsed.success) throw new ConfigError(problems);
  return Object.freeze(toConfig(parsed.data));
}

type Parsed = z.infer<z.ZodObject<typeof KEYS>>;

const ALIMTALK_KEYS = [
  'SOLAPI_API_KEY',
  'SOLAPI_API_SECRET',
  'SOLAPI_PF_ID',
  'SOLAPI_TEMPLATES',
] as const;

/** One without the others would send nothing and say nothing. */
function alimtalkProblems(given: Readonly<Record<string, string | undefined>>): string[] {
  const missing = ALIMTALK_KEYS.filter((key) => !given[key]);
  if (missing.length === ALIMTALK_KEYS.length) return [];
  return missing.map((key) => `${key}: is needed beside the other keys of SOLAPI`);
}

/** Keys that mean nothing without another one. */
function lonelyProblems(given: Readonly<Record<string, string | undefined>>): string[] {
  if (given.DISCORD_TOKEN) return [];
  return ['DISCORD_API_BASE', 'DISCORD_GUILD_ID']
    .filter((key) => key in given)
    .map((key) => `${key}: means nothing without DISCORD_TOKEN`);
}

function telegramProblems(given: Readonly<Record<string, string | undefined>>): string[] {
  const lonely = ['TELEGRAM_MODE', 'TELEGRAM_WEBHOOK_URL', 'TELEGRAM_WEBHOOK_SECRET'];
  if (!given.TELEGRAM_BOT_TOKEN)
    return lonely
      .filter((key) => key in given && given[key] !== 'polling')
      .map((key) => `${key}: means nothing without TELEGRAM_BOT_TOKEN`);
  if (given.TELEGRAM_MODE !== 'webhook') return [];
  const isProduction = given.NODE_ENV === 'production';
  return [
    ...(given.TELEGRAM_WEBHOOK_URL ? [] : ['TELEGRAM_WEBHOOK_URL: is needed in webhook mode']),
    ...(given.TELEGRAM_WEBHOOK_URL && !given.TELEGRAM_WEBHOOK_URL.endsWith(TELEGRAM_PATH)
      ? [`TELEGRAM_WEBHOOK_URL: must end in ${TELEGRAM_PATH}, where Telegram is heard`]
      : []),
    ...(isProduction && !given.TELEGRAM_WEBHOOK_SECRET
      ? ['TELEGRAM_WEBHOOK_SECRET: is needed in production in webhook mode']
      : []),
    ...(isProduction && given.TELEGRAM_WEBHOOK_URL?.startsWith('http://')
      ? ['TELEGRAM_WEBHOOK_URL: must be https in production']
      : []),
  ];
}

/** Looked for also when single values are bad: every problem is told at once. */
function productionProblems(given: Readonly<Record<string, string | undefined>>): string[] {
  if (given.NODE_ENV !== 'production') return [];
  return [
    ...FOR_TESTS_ONLY.filter((key) => key in given).map((key) => `${key}: is for tests only`),
    ...(given.SANJI_DATA_KEY ? [] : ['SANJI_DATA_KEY: is needed in production']),
    ...(given.KAKAO_SKILL_SECRET || !given.KAKAO_BOT_IDS
      ? []
      : ['KAKAO_SKILL_SECRET: is needed in production when KAKAO_BOT_IDS is set']),
    ...(given.KAKAO_SKILL_SECRET || (!given.KAKAO_REST_API_KEY && !given.SOLAPI_API_KEY)
      ? []
      : ['KAKAO_SKILL_SECRET: is needed in production to speak first on Kakao']),
    ...['PUBLIC_BASE_URL', 'KAKAO_EVENT_API_BASE', 'SOLAPI_BASE_URL', 'DISCORD_API_BASE']
      .filter((key) => given[key]?.startsWith('http://'))
      .map((key) => `${key}: must be https in production`),
    // A Bot API server of one's own stands on the same machine; the token leaves it only sealed.
    ...(given.TELEGRAM_API_ROOT?.startsWith('http://') && !isHere(given.TELEGRAM_API_ROOT)
      ? ['TELEGRAM_API_ROOT: must be https in production, or on this machine']
      : []),
  ];
}

function isHere(address: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(URL.parse(address)?.hostname ?? '');
}

function toConfig(values: Parsed): Config {
  const isProduction = values.NODE_ENV === 'production';
  const publicBaseUrl = values.PUBLIC_BASE_URL ?? `http://localhost:${values.PORT}`;
  return {
    isProduction,
    port: values.PORT,
    publicBaseUrl,
    pagesUrl: isProduction && !values.PUBLIC_BASE_URL ? null : publicBaseUrl,
    databaseUrl: values.DATABASE_URL,
    dataKey: values.SANJI_DATA_KEY ?? null,
    apiKeys: pairs(values.SANJI_API_KEYS),
    logLevel: values.SANJI_LOG_LEVEL,
    timeZone: values.TZ_DEFAULT,
    kakao: kakaoOf(values),
    kakaoPush: kakaoPushOf(values),
    discord: discordOf(values),
    telegram: telegramOf(values),
    bankSecret: values.BANK_NOTICE_SECRET ?? null,
    draftLifeMs: values.SANJI_DRAFT_LIFE_MS ?? DRAFT_LIFE_MS,
    retryBaseMs: values.SANJI_RETRY_BASE_MS ?? RETRY_BASE_MS,
    undoWindowMs: values.SANJI_UNDO_WINDOW_MS ?? UNDO_WINDOW_MS,
    payWindowMs: values.SANJI_PAY_WINDOW_MS ?? null,
  };
}

function kakaoOf(values: Parsed): Config['kakao'] {
  const { NODE_ENV, KAKAO_SKILL_SECRET: secret = null, KAKAO_BOT_IDS } = values;
  if (secret === null && NODE_ENV === 'production') return null;
  const ids = [...pairs(KAKAO_BOT_IDS)].map(
    ([id, store]) => [id.replace(/!$/, ''), store] as const,
  );
  return { secret, botIds: new Map(ids) };
}

function discordOf(values: Parsed): Config['discord'] {
  const { DISCORD_TOKEN: token, DISCORD_API_BASE: apiBase, DISCORD_GUILD_ID: guildId } = values;
  return token === undefined ? null : { token, apiBase: apiBase ?? null, guildId: guildId ?? null };
}

function telegramOf(values: Parsed): Config['telegram'] {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot, TELEGRAM_MODE } = values;
  if (token === undefined) return null;
  const { TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_SECRET: secret = null } = values;
  const isCalled = TELEGRAM_MODE === 'webhook' && url !== undefined;
  return { token, apiRoot, webhook: isCalled ? { url, secret } : null };
}

/** `a,b=store` → a for all stores, b for one. */
function pairs(list: string): Map<string, string | null> {
  const entries = list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return new Map(
    entries.map((entry) => {
      const at = entry.lastIndexOf('=');
      return at > 0 ? [entry.slice(0, at), entry.slice(at + 1)] : [entry, null];
    }),
  );
}

function kakaoPushOf(values: Parsed): KakaoPush | null {
  const { KAKAO_REST_API_KEY: key, SOLAPI_API_KEY: apiKey = '' } = values;
  const { SOLAPI_API_SECRET: apiSecret = '', SOLAPI_PF_ID: pfId = '' } = values;
  const templates = new Map<Form, string>();
  for (const [name, id] of pairs(values.SOLAPI_TEMPLATES ?? ''))
    if (isForm(name) && id !== null) templates.set(name, id);
  const event = key === undefined ? null : { base: values.KAKAO_EVENT_API_BASE, key };
  const { SOLAPI_BASE_URL: base, SOLAPI_PRICE_KRW: priceKrw } = values;
  const alimtalk = apiKey === '' ? null : { base, apiKey, apiSecret, pfId, templates, priceKrw };
  return event === null && alimtalk === null ? null : { event, alimtalk };
}

function isForm(name: string): name is Form {
  return FORMS.some((form) => form === name);
}

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
