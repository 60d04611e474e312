// The API described for programs (OpenAPI 3.1), made from the route table and the same schemas that
// check what comes in. Loaded when it is first asked for.
import { z } from 'zod';
import { REFUSAL_CODES, type RefusalCode } from '../orders/errors.ts';
import * as answers from './answers.ts';
import { BANK_HEADER } from './auth.ts';
import { PROBLEMS } from './problem.ts';
import { type Route, type Schema, TAGS } from './route.ts';

type Described = Readonly<Record<string, unknown>>;

/** Refusals that any call may get. */
const ALWAYS: readonly RefusalCode[] = ['bad_request', 'rate_limited', 'internal', 'busy'];
const WITH_KEY: readonly RefusalCode[] = ['unauthorized', 'forbidden'];
const WITH_BODY: readonly RefusalCode[] = ['too_large', 'unsupported_type'];
const WHEN_WRITING: readonly RefusalCode[] = ['idempotency_reuse'];

/** What is no row of the table: each answers without a key. */
const OPERATIONS: Described = {
  '/healthz': plainGet('isAlive', 'Whether the process answers', {
    200: jsonOf('It does', { type: 'object', properties: { ok: { const: true } } }),
  }),
  '/readyz': plainGet(
    'isReady',
    'Whether calls are taken: not before the start, nor while stopping',
    {
      200: jsonOf('They are', { type: 'object', properties: { ready: { const: true } } }),
      503: jsonOf('Not now', { type: 'object', properties: { ready: { const: false } } }),
    },
  ),
  '/metrics': plainGet('readMetrics', 'Figures in the form Prometheus reads', {
    200: { description: 'The figures', content: { 'text/plain': { schema: { type: 'string' } } } },
  }),
  '/openapi.json': plainGet('readDescription', 'This description', {
    200: jsonOf('It', { type: 'object' }),
  }),
  '/docs': plainGet('readDocs', 'This description as a page, to be tried by hand', {
    200: { description: 'The page', content: { 'text/html': { schema: { type: 'string' } } } },
  }),
};

const KEY_REF = { $ref: '#/components/parameters/IdempotencyKey' };

/** `routes` as they are mounted; paths are given to programs with `{name}` for Express' `:name`. */
export function describeApi(routes: readonly Route[]): Described {
  const paths: Record<string, Record<string, unknown>> = {};
  const names = namesFor(routes);
  for (const row of routes) {
    const path = openPath(row.path);
    paths[path] = { ...paths[path], [row.method]: operation(row, names) };
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Sanji',
      version: '1',
      description: [
        'Orders, payments and shipments of farm-direct stores.',
        'Instants are ISO 8601 with an offset, dates `YYYY-MM-DD` in the time zone of the store, money whole won, phones digits.',
        'Unknown fields are refused. Every refusal is a problem (RFC 9457) with a `code` from a closed list.',
        'A key may belong to one store: it sees only that one.',
      ].join('\n\n'),
    },
    // Beside this document, under whatever name and prefix it was asked for.
    servers: [{ url: './' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths: { ...paths, ...OPERATIONS },
    components: {
      schemas: componentsOf(names),
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description:
            'Makes a repeat harmless: the same key with the same request gets the first answer again, with another request it is refused.',
          schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' },
        },
      },
      headers: {
        RetryAfter: {
          description: 'Seconds to wait before the same request again',
          schema: { type: 'integer', minimum: 0 },
        },
      },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'A key of SANJI_API_KEYS' },
        bankSecret: {
          ...{ type: 'apiKey', in: 'header', name: BANK_HEADER },
          description: 'BANK_NOTICE_SECRET',
        },
      },
    },
    security: [{ apiKey: [] }],
  };
}

const SECURITY: Readonly<Record<Route['door'], Described>> = {
  key: {},
  anybody: { security: [] },
  bank: { security: [{ bankSecret: [] }] },
};

export function openPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

/** All that a call may be refused with, by status. */
export function refusalsOf(row: Route): ReadonlyMap<number, readonly RefusalCode[]> {
  const codes = new Set([
    ...ALWAYS,
    ...(row.door === 'anybody' ? [] : WITH_KEY),
    ...(row.body === null ? [] : WITH_BODY),
    ...(row.method === 'get' ? [] : WHEN_WRITING),
    ...row.refusals,
  ]);
  // In the order of the list, so that the description does not change with the table.
  const ordered = REFUSAL_CODES.filter((code) => codes.has(code));
  return Map.groupBy(ordered, (code) => PROBLEMS[code].status);
}

function operation(row: Route, { outgoing, incoming }: Names): Described {
  const { name, tag, summary, door, method, status, body, example } = row;
  const refused = [...refusalsOf(row)].map(([code, codes]) => [code, problemAnswer(codes)]);
  const parameters = [
    ...parametersOf(row.params, 'path'),
    ...parametersOf(row.query, 'query'),
    ...(method === 'get' ? [] : [KEY_REF]),
  ];
  return {
    operationId: name,
    tags: [tag],
    summary,
    ...SECURITY[door],
    parameters,
    ...(body === null
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: refTo(incoming.get(body())?.id), example },
            },
          },
        }),
    responses: {
      [status]: {
        description: 'Done',
        content: { 'application/json': { schema: refTo(outgoing.get(row.answer())?.id) } },
      },
      ...Object.fromEntries(refused),
    },
  };
}

function plainGet(operationId: string, summary: string, responses: Described): Described {
  return { get: { operationId, tags: ['operations'], summary, security: [], responses } };
}

function jsonOf(description: string, schema: Described): Described {
  return { description, content: { 'application/json': { schema } } };
}

function problemAnswer(codes: readonly RefusalCode[]): Described {
  const waits = codes.some((code) => code === 'busy' || code === 'rate_limited');
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('. '),
    ...(waits ? { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } } : {}),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [refTo('Problem')],
          properties: { code: { enum: codes } },
        },
      },
    },
  };
}

function parametersOf(schema: Schema<unknown>, where: 'path' | 'query'): Described[] {
  const described = z.toJSONSchema(schema(), { io: 'input', override: withoutNoise });
  const { properties = {}, required = [] } = described;
  return Object.entries(properties).map(([name, own]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema: own,
  }));
}

/** Every body and every answer under a name of its own; what several share is referred to. */
function namesFor(routes: readonly Route[]) {
  const outgoing = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(answers.NAMED)) outgoing.add(schema(), { id });
  for (const { name, answer } of routes)
    if (!outgoing.has(answer())) outgoing.add(answer(), { id: `${capital(name)}Answer` });
  const incoming = z.registry<{ id: string }>();
  for (const { name, body } of routes)
    if (body !== null) incoming.add(body(), { id: `${capital(name)}Body` });
  return { outgoing, incoming };
}

type Names = ReturnType<typeof namesFor>;

function componentsOf({ outgoing, incoming }: Names): Described {
  const uri = (id: string) => refTo(id).$ref;
  const described = {
    ...z.toJSONSchema(incoming, { uri, io: 'input', override: withoutNoise }).schemas,
    ...z.toJSONSchema(outgoing, { uri, io: 'output', override: withoutNoise }).schemas,
  };
  // Their place in the document says who they are.
  return Object.fromEntries(
    Object.entries(described).map(([id, { $id, $schema, ...own }]) => [id, own]),
  );
}

/** A bound that only says what a number can hold tells a reader nothing. */
function withoutNoise({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

function refTo(id: string | undefined): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${id}` };
}

function capital(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}
