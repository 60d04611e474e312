// Links to an order's page, and what pages of ours must send with a form.
import type { Request } from 'express';
import { beforeEach, describe, expect, test } from 'vitest';
import { followOrderLink, orderPage, orderToken } from '../../src/chat/links.ts';
import type { Order } from '../../src/orders/order.ts';
import { csrfOf, isFromOwnPage, mustBeOurs } from '../../src/web/pages/forms.ts';
import { type Farm, MONDAY_NOON, openFarm } from '../support/shop.ts';
import { openWeb, type Web } from './client.ts';

const DAY_MS = 86_400_000;
const ORIGIN = 'https://sanji.example';

let web: Web;
let farm: Farm;
beforeEach(async () => {
  web = await openWeb();
  farm = await openFarm(web.store);
});

async function orderOf(id: string): Promise<Order> {
  const order = await web.store.findOrder('peach', id);
  if (order === null) throw new Error('no order');
  return order;
}

const follow = async (token: string, now = MONDAY_NOON) => {
  const followed = await followOrderLink(web.store, { token, now });
  return 'refused' in followed ? followed.refused : followed.order.id;
};

describe('the link to an order', () => {
  test('is the same each time, names nobody, and leads to this order only', async () => {
    await farm.placePaid('ord_1', { boxes: 2 });
    await farm.placePaid('ord_2', { boxes: 1 });
    const [one, two] = [await orderOf('ord_1'), await orderOf('ord_2')];
    const url = orderPage(web.store, one, `${ORIGIN}/`);
    expect(url).toBe(orderPage(web.store, await orderOf('ord_1'), ORIGIN));
    expect(url).toMatch(/^https:\/\/sanji\.example\/o\/[\w-]{22}1$/);
    expect(await follow(orderToken(web.store, one))).toBe('ord_1');
    expect(await follow(orderToken(web.store, two))).toBe('ord_2');
    const crossed = orderToken(web.store, one).slice(0, 22) + orderToken(web.store, two).slice(22);
    expect(await follow(crossed)).toBe('forged');
  });

  test.each(['', 'x', '1', '.', `${'a'.repeat(22)}1`, `${'가'.repeat(22)}1`, '%00', "' OR 1=1"])(
    'guessed as %j is none, and is counted',
    async (token) => {
      await farm.placePaid('ord_1', { boxes: 2 });
      expect(await follow(token)).toBe('forged');
      expect(await web.store.countRefusedLinks(new Date(0))).toBe(1);
    },
  );

  test('taken back is over for good, and a new one is made of the next number', async () => {
    await farm.placePaid('ord_1', { boxes: 2 });
    const first = orderToken(web.store, await orderOf('ord_1'));
    expect(await web.store.endOrderLinks('peach', 'ord_1')).toBe(1);
    const second = orderToken(web.store, await orderOf('ord_1'));
    expect(second).not.toBe(first);
    expect(await follow(first)).toBe('revoked');
    expect(await follow(second)).toBe('ord_1');
    expect(await web.store.endOrderLinks('peach', 'nowhere')).toBeNull();
  });

  test('lives while the order is open, and for sixty days after', async () => {
    await farm.placePaid('ord_1', { boxes: 2 });
    const token = orderToken(web.store, await orderOf('ord_1'));
    const later = (days: number) => new Date(MONDAY_NOON.getTime() + days * DAY_MS);
    expect(await follow(token, later(400))).toBe('ord_1');
    await farm.cancel('ord_1');
    expect(await follow(token, later(59))).toBe('ord_1');
    expect(await follow(token, later(61))).toBe('expired');
  });
});

describe('a form', () => {
  const scopeOf = (secret: string) => ({ store: web.store, secret });
  const sent = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    ({ body, get: (name: string) => headers[name] }) as unknown as Request;

  test('is ours when it comes from our page and carries what only that page holds', () => {
    const body = { csrf: csrfOf(scopeOf('token')), id: 'form-0001' };
    expect(mustBeOurs(sent(body), scopeOf('token'), ORIGIN)).toBe('form-0001');
    for (const wrong of [{}, null, { ...body, csrf: '' }, { ...body, csrf: [body.csrf] }])
      expect(() => mustBeOurs(sent(wrong), scopeOf('token'), ORIGIN)).toThrow('page of ours');
    expect(() => mustBeOurs(sent(body), scopeOf('other'), ORIGIN)).toThrow('page of ours');
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expect(() => mustBeOurs(sent(body, foreign), scopeOf('token'), ORIGIN)).toThrow('page of ours');
  });

  test.each([
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ origin: ORIGIN }, true],
    [{ origin: 'https://elsewhere.example' }, false],
    [{ origin: 'null' }, false],
    [{ origin: 'http://localhost:1', host: 'localhost:1' }, true],
    [{}, true],
  ] as const)('with %j is from our page: %s', (headers, isOurs) => {
    expect(isFromOwnPage(sent({}, headers), ORIGIN)).toBe(isOurs);
  });
});
