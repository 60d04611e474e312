// Fields of stores and products as they are typed: `key=value` and plain options, checked by the
// same schemas as the HTTP API.
import type { z } from 'zod';
import { UsageError } from './command.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Values that are text even where they look like a number. */
const TEXT = /^(contact|timeZone|bank\..+|name|owner|regNo|mailOrderNo|address|phone|email)$/;

/**
 * `feeKrw=6000`, `bank.name=…` and whole JSON objects onto what is there already. Values are JSON
 * where they can be read as such, else text.
 */
export function withPairs(known: Fields, pairs: readonly string[]): Fields {
  let fields: Record<string, unknown> = { ...known };
  for (const pair of pairs) {
    if (pair.startsWith('{')) {
      fields = { ...fields, ...objectOf(pair) };
      continue;
    }
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`expected key=value, got ${pair}`);
    const path = pair.slice(0, at);
    const value = readValue(path, pair.slice(at + 1));
    const [key = '', inner] = path.split('.');
    fields[key] = inner === undefined ? value : { ...asFields(fields[key]), [inner]: value };
  }
  return fields;
}

/** The input as the schema types it; what does not fit is wrong usage. */
export function checked<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join('.') ?? '';
  throw new UsageError(`${path === '' ? 'the fields' : path}: ${issue?.message ?? 'not valid'}`);
}

const NONE = 'none';

/** Leaves `none` for `orNull`: Commander takes a null from a reader for an empty text. */
export function orNone(read: (text: string) => unknown): (text: string) => unknown {
  return (text) => (text === NONE ? NONE : read(text));
}

export function orNull<T>(value: T): Exclude<T, typeof NONE> | null {
  return value === NONE ? null : (value as Exclude<T, typeof NONE>);
}

function readValue(path: string, text: string): unknown {
  // Phones are digits inside, however they are written.
  if (path === 'phone') return text.replaceAll(/[-\s]/g, '');
  if (TEXT.test(path)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function objectOf(text: string): Fields {
  try {
    return asFields(JSON.parse(text));
  } catch {
    throw new UsageError('expected key=value or a JSON object');
  }
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
