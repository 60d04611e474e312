// Requests made from the API's own description: most nearly right, many wrong in one place.
import fc, { type Arbitrary } from 'fast-check';

// biome-ignore lint/suspicious/noExplicitAny: a description is looked into freely.
type Json = any;

export type ApiRequest = {
  readonly method: string;
  readonly path: string;
  readonly key: string | null;
  /** The body as it is sent; null sends none. */
  readonly raw: string | null;
  readonly headers: Readonly<Record<string, string>>;
};

export type Known = {
  readonly keys: readonly (string | null)[];
  /** Values that exist, by the name of the field or parameter that holds them. */
  readonly values: Readonly<Record<string, readonly unknown[]>>;
};

const HARD_TEXTS = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e\u200b',
  '가'.normalize('NFD'),
  '١٢٣',
  '😀'.repeat(40),
  '__proto__',
  'toString',
  "'; DROP TABLE orders; --",
  '../../etc/passwd',
  '%00',
  'x'.repeat(5000),
] as const;
const HARD_NUMBERS = [-1, 0, 0.5, 1e21, 1e308, -0, 2 ** 53, 2 ** 31] as const;
const hard: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...HARD_TEXTS, ...HARD_NUMBERS, true, null, [], {}),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constant(0).map(() => nested(60)),
  fc.anything({ maxDepth: 2, withNullPrototype: false }).map(plainly),
);

export function apiRequests(doc: Json, known: Known): Arbitrary<ApiRequest> {
  const operations = Object.entries<Json>(doc.paths).flatMap(([path, methods]) =>
    Object.entries<Json>(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  // What changes something is tried more often than what only reads.
  const often = operations.flatMap((one) => (one.method === 'get' ? [one] : [one, one, one]));
  return fc.constantFrom(...often).chain(({ path, method, operation }) => {
    const parameters = (operation.parameters ?? []).map((one: Json) => resolve(doc, one));
    const inPath = parameters.filter((one: Json) => one.in === 'path');
    const inQuery = parameters.filter((one: Json) => one.in === 'query');
    const schema = operation.requestBody?.content['application/json'].schema;
    return fc
      .record({
        path: fc.tuple(...inPath.map((one: Json) => parameterFor(doc, one, known))),
        query: fc.tuple(...inQuery.map((one: Json) => fc.option(parameterFor(doc, one, known)))),
        key: weighted([12, fc.constantFrom(...known.keys)], [1, fc.constantFrom('wrong', null)]),
        method: weighted(
          [30, fc.constant(method)],
          [1, fc.constantFrom('DELETE', 'PATCH', 'PUT', 'POST', 'GET')],
        ),
        body: schema === undefined ? fc.constant(undefined) : bodyFor(doc, schema, known),
        more: fc.record({
          type: weighted(
            [40, fc.constant('application/json')],
            [1, fc.constantFrom('text/plain', 'application/xml', '')],
          ),
          once: weighted<string | null>(
            [12, fc.constant(null)],
            [3, fc.stringMatching(/^[a-z]$/)],
            [1, fc.constantFrom(' ', 'x'.repeat(300))],
          ),
        }),
      })
      .map(({ path: inside, query, key, method: asked, body, more }): ApiRequest => {
        const names = inPath.map((one: Json) => one.name);
        const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
          String(inside[names.indexOf(name)]),
        );
        const said = query.flatMap((value, index) =>
          value === null ? [] : [`${inQuery[index].name}=${value}`],
        );
        return {
          method: asked.toUpperCase(),
          path: said.length === 0 ? filled : `${filled}?${said.join('&')}`,
          key,
          raw: asked.toUpperCase() === 'GET' ? null : (body ?? null),
          headers: {
            ...(body === undefined ? {} : { 'content-type': more.type }),
            ...(more.once === null ? {} : { 'idempotency-key': more.once }),
          },
        };
      });
  });
}

/** Values for a schema; a name that is known mostly gets one that exists. */
function valueFor(doc: Json, schema: Json, name: string, known: Known): Arbitrary<unknown> {
  const own = resolve(doc, schema);
  const existing = known.values[name];
  if (existing !== undefined && own.type !== 'array')
    return weighted([8, fc.constantFrom(...existing)], [1, formed(doc, own, known)]);
  return formed(doc, own, known);
}

function formed(doc: Json, schema: Json, known: Known): Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined)
    return fc.oneof(...schema.anyOf.map((one: Json) => valueFor(doc, one, '', known)));
  switch (schema.type) {
    case 'object':
      return objectFor(doc, schema, known);
    case 'array': {
      const maxLength = Math.min(schema.maxItems ?? 3, 3);
      return fc.array(valueFor(doc, schema.items, '', known), {
        minLength: schema.minItems ?? 0,
        maxLength,
      });
    }
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 100, 100) });
    case 'number':
      return fc.integer({ min: 1, max: 48 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return textFor(schema);
  }
}

function objectFor(doc: Json, { properties = {}, required = [] }: Json, known: Known) {
  const fields = Object.entries<Json>(properties).map(
    ([name, schema]) => [name, valueFor(doc, schema, name, known)] as const,
  );
  return fc.record(Object.fromEntries(fields), { requiredKeys: required }).map(plainly);
}

function textFor({ format, pattern, minLength = 0, maxLength = 20 }: Json): Arbitrary<string> {
  if (format === 'date')
    return fc.integer({ min: 1, max: 28 }).map((day) => `2026-07-${String(day).padStart(2, '0')}`);
  if (format === 'email') return fc.constantFrom('a@b.kr', 'farm@example.com');
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, 'u'));
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 20) });
}

/** As JSON, right or with one thing wrong. */
function bodyFor(doc: Json, schema: Json, known: Known): Arbitrary<string> {
  return fc
    .tuple(
      valueFor(doc, schema, '', known),
      weighted(
        [16, fc.constant('right')],
        [8, fc.constant('place')],
        [2, fc.constant('missing')],
        [2, fc.constant('extra')],
        [1, fc.constant('cut')],
        [1, fc.constant('oversized')],
        [1, fc.constant('other')],
      ),
      hard,
      fc.nat(),
    )
    .map(([value, wrong, bad, at]) => {
      const text = JSON.stringify(value);
      const places = placesIn(value);
      const place = places[at % Math.max(1, places.length)] ?? [];
      if (wrong === 'place') return JSON.stringify(changed(value, place, () => bad)) ?? '';
      if (wrong === 'missing') return JSON.stringify(changed(value, place, () => undefined)) ?? '';
      if (wrong === 'extra') return JSON.stringify({ ...(value as object), [`x${at % 9}`]: bad });
      if (wrong === 'cut') return text.slice(0, at % text.length);
      if (wrong === 'oversized')
        return JSON.stringify({ ...(value as object), memo: 'x'.repeat(1_100_000) });
      if (wrong === 'other') return JSON.stringify(bad) ?? '';
      return text;
    });
}

function parameterFor(doc: Json, { name, schema }: Json, known: Known): Arbitrary<string> {
  return weighted(
    [12, valueFor(doc, schema, name, known)],
    [1, fc.constantFrom(...HARD_TEXTS, ...HARD_NUMBERS)],
  ).map((value) => encodeURIComponent(String(value).toWellFormed()));
}

function resolve(doc: Json, schema: Json): Json {
  if (schema.$ref === undefined) return schema;
  const steps: string[] = schema.$ref.split('/').slice(1);
  return steps.reduce((at, step) => at[step], doc);
}

function weighted<T>(...arms: readonly (readonly [number, Arbitrary<T>])[]): Arbitrary<T> {
  return fc.oneof(...arms.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (value === null || typeof value !== 'object') return [path];
  const inner = Object.entries(value).flatMap(([key, one]) => placesIn(one, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

function changed(value: Json, [step, ...rest]: readonly string[], to: () => unknown): Json {
  if (step === undefined) return to();
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[step] = changed(copy[step], rest, to);
  return copy;
}

function nested(depth: number): unknown {
  return depth === 0 ? 1 : depth % 2 === 0 ? [nested(depth - 1)] : { a: nested(depth - 1) };
}

/** As JSON would carry it. */
function plainly(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? 7 : one)) ?? 'null',
  );
}
