// Requests made from the API's own description, right and wrong, against a real server: no failure,
// every answer one that was described, and the books in order afterwards.
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { z } from 'zod';
import { DEFAULT_POLICY, NEW_PRODUCT } from '../../src/orders/shop.ts';
import { problem } from '../../src/web/answers.ts';
import { BANK_HEADER } from '../../src/web/auth.ts';
import { PROBLEMS } from '../../src/web/problem.ts';
import { createServer } from '../../src/web/server.ts';
import { type ApiRequest, apiRequests } from './api-requests.ts';
import { MONDAY_NOON } from './shop.ts';
import { openWithConnection } from './sqlite.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely.
type Json = any;

const ORDERS_FIRST = 6;
/** Ids count up, so those of orders still to come are known, too. */
const IDS_KNOWN = 40;
const MENDED_EVERY = 25;
const NO_LIMIT = 1e9;
const LIMITS = {
  ofOneKey: NO_LIMIT,
  ofOneAddress: NO_LIMIT,
  wrongKeysOfOneAddress: NO_LIMIT,
  wrongLoginsOfOneAddress: NO_LIMIT,
} as const;
const BANK_SECRET = 'secret-of-the-bank-reader';
const KEYS = new Map([
  ['all', null],
  ['of-peach', 'peach'],
  ['of-plum', 'plum'],
]);

/** How often each outcome came: a code, or `done`. Throws at the first answer that must not be. */
export async function fuzzApi({
  requests,
  seed,
}: {
  readonly requests: number;
  readonly seed: number;
}): Promise<ReadonlyMap<string, number>> {
  const { store } = openWithConnection();
  const logged: string[] = [];
  let orders = 0;
  const app = createServer({
    store,
    apiKeys: KEYS,
    bankSecret: BANK_SECRET,
    newOrderId: () => `ord_${++orders}`,
    now: () => MONDAY_NOON,
    log: (event) => logged.push(event),
    botRoutes: [],
    isReady: () => true,
    publicBaseUrl: 'https://sanji.example',
    limits: LIMITS,
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const world = { ask: (request: ApiRequest) => ask(base, request), seen: new Map() };
    const codes = await openStores(world.ask);
    const { body: doc } = await world.ask(requestFor('GET', '/openapi.json'));
    const described = describedAnswers(doc);
    let asked = 0;
    const property = fc.asyncProperty(apiRequests(doc, known(codes)), async (request) => {
      if (asked++ % MENDED_EVERY === 0) await mend(world.ask);
      const answer = await world.ask(request);
      const outcome = checkAnswer(request, answer, described);
      world.seen.set(outcome, (world.seen.get(outcome) ?? 0) + 1);
    });
    await fc.assert(property, { numRuns: requests, seed, endOnFailure: true });
    if (logged.length > 0) throw new Error(`failures were logged: ${logged.join()}`);
    const faults = (await store.doctor()).filter(({ ok }) => !ok);
    if (faults.length > 0) throw new Error(JSON.stringify(faults));
    return world.seen;
  } finally {
    server.closeAllConnections();
    server.close();
    await store.close();
  }
}

type Answer = { readonly status: number; readonly type: string; readonly body: Json };
type Ask = (request: ApiRequest) => Promise<Answer>;

async function ask(base: string, { method, path, key, raw, headers }: ApiRequest): Promise<Answer> {
  const response = await fetch(base + path, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}`, [BANK_HEADER]: BANK_SECRET }),
      ...headers,
    },
    ...(raw === null ? {} : { body: raw }),
  });
  const type = response.headers.get('content-type') ?? '';
  const text = await response.text();
  return { status: response.status, type, body: /json/.test(type) ? JSON.parse(text) : null };
}

function requestFor(method: string, path: string, body?: unknown): ApiRequest {
  const headers: Record<string, string> =
    body === undefined ? {} : { 'content-type': 'application/json' };
  return {
    method,
    path,
    key: 'all',
    raw: body === undefined ? null : JSON.stringify(body),
    headers,
  };
}

/** Two stores with a product and some orders, the later half of them paid. Answers their codes. */
async function openStores(send: Ask): Promise<string[]> {
  for (const id of ['peach', 'plum']) {
    await send(requestFor('POST', '/stores', { id, name: `농원 ${id}` }));
    await send(requestFor('POST', `/stores/${id}/products`, { id: 'peach-4kg', ...PRODUCT }));
  }
  const codes: string[] = [];
  for (let n = 0; n < ORDERS_FIRST; n++) {
    const { body } = await send(requestFor('POST', '/order', orderOf(n % 2 ? 'plum' : 'peach')));
    const { id, code, totalKrw } = body.order;
    codes.push(code);
    const payment = { order: id, amountKrw: totalKrw, method: 'bank' };
    if (n >= ORDERS_FIRST / 2) await send(requestFor('POST', '/pay', payment));
  }
  return codes;
}

const PRODUCT = { name: '복숭아 4kg', priceKrw: 35_000 };

function orderOf(store: string) {
  const parcel = {
    recipient: '박철수',
    phone: '01012345678',
    address: '서울 강남구 역삼로 1',
    items: [{ product: 'peach-4kg', boxes: 2 }],
  };
  return { store, buyer: { name: '영희맘', phone: '01011112222' }, parcels: [parcel] };
}

/** Requests close stores and end orders: now and then both are there again. */
async function mend(send: Ask): Promise<void> {
  const shop = { state: 'open', policy: { ...DEFAULT_POLICY, bank: null } };
  for (const id of ['peach', 'plum']) {
    await send(requestFor('PATCH', `/stores/${id}`, shop));
    const product = { ...NEW_PRODUCT, ...PRODUCT };
    await send(requestFor('PATCH', `/products/peach-4kg?store=${id}`, product));
  }
  await send(requestFor('POST', '/order', orderOf('peach')));
}

function known(codes: readonly string[]) {
  const numbers = Array.from({ length: IDS_KNOWN }, (_, index) => index + 1);
  const refs = [...codes, ...numbers.map((n) => `ord_${n}`)];
  const parcels = numbers.map((n) => `par_${n}-1`);
  return {
    keys: ['all', 'all', 'all', 'all', 'of-peach', 'of-plum'],
    values: {
      store: ['peach', 'plum', 'nowhere'],
      id: ['peach', 'plum', 'peach-4kg', ...parcels.slice(0, 3)],
      ref: refs,
      order: refs,
      parcel: parcels,
      product: ['peach-4kg'],
      boxes: [1, 2, 3, 50],
      amountKrw: [75_000, 1],
      phone: ['01012345678', '0212345678'],
      date: ['2026-07-21', '2026-07-22', '2026-07-19', '2026-02-30'],
      rows: ['1', '1-3', '2,5'],
      timeZone: ['Asia/Seoul', 'Mars/Base'],
    },
  };
}

type Described = (method: string, path: string, status: number) => z.ZodType | null;

function checkAnswer(request: ApiRequest, answer: Answer, described: Described): string {
  const { status, type, body } = answer;
  const where = `${request.method} ${request.path} answered ${status}`;
  if (status >= 500) throw new Error(where);
  const schema = described(request.method, request.path, status);
  if (status < 400) {
    schema?.parse(body);
    return 'done';
  }
  const { code, status: said } = problem().parse(body);
  if (!type.startsWith('application/problem+json')) throw new Error(`${where} as ${type}`);
  if (said !== status || PROBLEMS[code].status !== status) throw new Error(`${where} for ${code}`);
  schema?.parse(body);
  return code;
}

/** The answers as the description itself has them; null where it has none, as for other methods. */
function describedAnswers(doc: Json): Described {
  const text = JSON.stringify(doc).replaceAll('#/components/schemas/', '#/$defs/');
  const { paths, components } = JSON.parse(text);
  const schemas = new Map<string, z.ZodType>();
  return (method, path, status) => {
    // A client takes `.` and `..` out of a path, and the router does not mind a last slash.
    const bare = new URL(path, 'http://any').pathname.replace(/(?<=.)\/$/, '');
    const pattern = Object.keys(paths).find((one) =>
      new RegExp(`^${one.replace(/\{\w+\}/g, '[^/]+')}$`).test(bare),
    );
    const operation = paths[pattern ?? '']?.[method.toLowerCase()];
    if (operation === undefined) return null;
    const content = operation.responses[status]?.content;
    if (content === undefined)
      throw new Error(`${method} ${pattern} answered ${status}, which is not described`);
    const schema = (content['application/json'] ?? content['application/problem+json'])?.schema;
    if (schema === undefined) return null;
    const name = `${method} ${pattern} ${status}`;
    const built = schemas.get(name) ?? z.fromJSONSchema({ ...schema, $defs: components.schemas });
    schemas.set(name, built);
    return built;
  };
}
