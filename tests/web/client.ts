// The API for tests: a real server on a free port over a real store in memory, with a fixed clock.
import type { AddressInfo } from 'node:net';
import type { Router } from 'express';
import { expect, onTestFinished } from 'vitest';
import type { RefusalCode } from '../../src/orders/errors.ts';
import type { QueueFigures, Store } from '../../src/orders/store.ts';
import * as answers from '../../src/web/answers.ts';
import type { Limits } from '../../src/web/limits.ts';
import type { Meter } from '../../src/web/meter.ts';
import { refusalsOf } from '../../src/web/openapi.ts';
import { API_ROUTES, createServer } from '../../src/web/server.ts';
import { MONDAY_NOON } from '../support/shop.ts';
import { countRows, openWithConnection } from '../support/sqlite.ts';

export const KEY = 'key-for-all-stores';
export const PEACH_KEY = 'key-for-peach';
export const PLUM_KEY = 'key-for-plum';
export const BANK_SECRET = 'secret-of-the-bank-reader';

// Answers are looked into freely: what stands where is what the tests are about.
// biome-ignore lint/suspicious/noExplicitAny: a test that reads a wrong field fails by itself.
export type Json = any;

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Json;
};

export type Sending = {
  /** Null sends none. */
  readonly key?: string | null;
  readonly body?: unknown;
  /** The body as it is, instead of `body` as JSON. */
  readonly raw?: string;
  readonly once?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Logged = { readonly event: string; readonly fields: Record<string, unknown> };

export type Web = Awaited<ReturnType<typeof openWeb>>;

export async function openWeb({
  botRoutes = [],
  isReady = () => true,
  ...more
}: {
  readonly botRoutes?: readonly Router[];
  readonly isReady?: () => boolean;
  readonly limits?: Limits;
  readonly meter?: Meter;
  readonly queueFigures?: () => Promise<QueueFigures>;
} = {}) {
  const { store, db } = openWithConnection();
  const logged: Logged[] = [];
  const clock = { now: MONDAY_NOON };
  let orders = 0;
  const start = () =>
    listen(
      createServer({
        store,
        apiKeys: new Map([
          [KEY, null],
          [PEACH_KEY, 'peach'],
          [PLUM_KEY, 'plum'],
        ]),
        bankSecret: BANK_SECRET,
        newOrderId: () => `ord_${++orders}`,
        now: () => clock.now,
        log: (event, fields) => logged.push({ event, fields }),
        botRoutes,
        isReady,
        publicBaseUrl: 'https://sanji.example/',
        ...more,
      }),
    );
  let base = await start();
  onTestFinished(() => store.close());
  const send = async (method: string, path: string, sending: Sending = {}): Promise<Answer> => {
    const { key = KEY, body, raw, once, headers = {} } = sending;
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(base + path, {
      method,
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...(once === undefined ? {} : { 'idempotency-key': once }),
        ...headers,
      },
      ...(payload === undefined ? {} : { body: payload }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const answer = {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text !== '' ? JSON.parse(text) : null,
    };
    holdToDescription(method, path, answer);
    return answer;
  };
  return {
    store: store as Store,
    logged,
    clock,
    send,
    get base() {
      return base;
    },
    counts: () => countRows(db),
    /** A table as it lies on the disk. */
    dump: (table: string) => JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all()),
    /** The same store behind a new server object, as after a restart. */
    async restart() {
      base = await start();
    },
    async openStore(id: string, more: Readonly<Record<string, unknown>> = {}) {
      const bank = { name: '농협', account: '301-0000-1111', holder: '김토니' };
      const policy = { bank, ...(more.policy as object | undefined) };
      const body = { id, name: `농원 ${id}`, ...more, policy };
      expect((await send('POST', '/stores', { body })).status).toBe(201);
      expect((await send('POST', `/stores/${id}/products`, { body: PEACHES })).status).toBe(201);
    },
    /** An order in a store, placed and, when asked, paid. */
    async order(over: Readonly<Record<string, unknown>> = {}, { isPaid = false } = {}) {
      const placed = await send('POST', '/order', { body: orderBody(over) });
      expect(placed.status).toBe(201);
      const { order } = placed.body;
      if (!isPaid) return order;
      const body = { order: order.id, amountKrw: order.totalKrw, method: 'bank' };
      const paid = await send('POST', '/pay', { body });
      expect(paid.status).toBe(200);
      return paid.body.order;
    },
  };
}

/** Whatever a test asks, the answer must be one that the API's description tells of. */
export function holdToDescription(method: string, path: string, answer: Answer): void {
  const bare = pathOf(path);
  const onPath = API_ROUTES.filter((row) => patternOf(row.path).test(bare));
  const row = onPath.find((one) => one.method.toUpperCase() === method);
  if (row === undefined) return;
  const { status, body } = answer;
  if (status < 300) {
    expect(status).toBe(row.status);
    row.answer().parse(body);
    return;
  }
  const { code } = answers.problem().parse(body);
  expect(refusalsOf(row).get(status), `${method} ${row.path}`).toContain(code);
}

/** As it arrives: a client takes `.` and `..` out, and the router does not mind a last slash. */
export function pathOf(path: string): string {
  return new URL(path, 'http://any').pathname.replace(/(?<=.)\/$/, '');
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);
}

async function listen(app: ReturnType<typeof createServer>): Promise<string> {
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const PEACHES = { id: 'peach-4kg', name: '복숭아 4kg', priceKrw: 35_000 };

export function parcelBody(over: Readonly<Record<string, unknown>> = {}) {
  return {
    recipient: '박철수',
    phone: '01012345678',
    address: '서울 강남구 역삼로 1',
    items: [{ product: 'peach-4kg', boxes: 2 }],
    ...over,
  };
}

export function orderBody(over: Readonly<Record<string, unknown>> = {}) {
  return {
    store: 'peach',
    buyer: { name: '영희맘', phone: '01011112222' },
    parcels: [parcelBody()],
    ...over,
  };
}

/** The answer is a problem of this code, in its one shape, and tells nothing of what was sent. */
export function expectProblem(answer: Answer, code: RefusalCode, status?: number): void {
  const { type, title, detail, ...rest } = answer.body ?? {};
  expect({ ...rest, text: answer.text }).toEqual({
    code,
    status: status ?? answer.status,
    text: answer.text,
  });
  expect(answer.status).toBe(answer.body.status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(type).toBe(`https://sanji.example/docs#${code}`);
  expect(title.length).toBeGreaterThan(0);
  expect(detail.length).toBeGreaterThan(0);
  expect(detail.length).toBeLessThan(300);
  expect(answer.text).not.toMatch(/\.ts:|node_modules|SQLITE|ZodError/);
}
