import { beforeEach, describe, expect, test } from 'vitest';
import { newPrintLink } from '../../src/chat/links.ts';
import { type Farm, MONDAY_NOON, openFarm, TUESDAY } from '../support/shop.ts';
import { openWeb, type Web } from './client.ts';

const HOUR_MS = 3_600_000;

let web: Web;
let farm: Farm;
beforeEach(async () => {
  web = await openWeb();
  farm = await openFarm(web.store);
});

/** Two rows on r1; a third joins with r2. */
async function frozenList(): Promise<string> {
  await farm.placePaid('ord_1', { boxes: 2 });
  await farm.placePaid('ord_2', { boxes: 1 });
  await farm.freeze(TUESDAY);
  return link();
}

async function link(): Promise<string> {
  const of = { storeId: 'peach', date: TUESDAY, now: MONDAY_NOON, pagesUrl: 'http://localhost/' };
  return new URL(await newPrintLink(web.store, of)).pathname;
}

const see = (path: string) => web.send('GET', path, { key: null });
const rowsIn = (text: string) =>
  [...text.matchAll(/data-row="(\d+)"/g)].map(([, row]) => Number(row));

describe('the page of a print link', () => {
  test('shows the newest revision to whoever has the link, as often as he likes', async () => {
    const path = await frozenList();
    const first = await see(path);
    expect(first.status).toBe(200);
    expect(rowsIn(first.text)).toEqual([1, 2]);
    expect(first.text).toContain('data-revision="1"');
    expect((await see(path)).text).toBe(first.text);
    await farm.cancel('ord_1');
    const after = await see(path);
    expect(after.text).toContain('data-revision="2"');
    expect(rowsIn(after.text)).toEqual([1, 2]);
    const delta = await see(`${path}?since=1`);
    expect(rowsIn(delta.text)).toEqual([1]);
    expect(delta.text).toContain('빠짐 r2');
    expect(after.text).toContain('href="?since&#61;1"');
    for (const nonsense of ['?since=9', '?since=0', '?since=x', '?since=1&since=2'])
      expect(rowsIn((await see(`${path}${nonsense}`)).text)).toEqual([1, 2]);
  });

  test('is kept and found by nobody, runs nothing, and says nobody’s name before it is read', async () => {
    const path = await frozenList();
    const { headers, text } = await see(path);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^' ]+'; base-uri 'none'/);
    expect(policy).not.toContain('unsafe');
    expect(text).toContain('박철수1');
    expect(/<title>(.*)<\/title>/.exec(text)?.[1]).toBe(`${TUESDAY}(화) 출하 목록 r1`);
    expect(path).toMatch(/^\/print\/[\w-]{32}$/);
    expect(JSON.stringify(web.logged)).not.toContain('박철수');
  });

  test('forged, over, or taken back shows why and nothing else, and is counted', async () => {
    const path = await frozenList();
    const forged = await see('/print/guessed');
    expect([forged.status, forged.headers.get('cache-control')]).toEqual([404, 'no-store']);
    expect(forged.text).toContain('맞지 않는 링크예요');
    const [open] = await web.store.listOpenLinks(MONDAY_NOON, 10);
    expect(open?.kind).toBe('print');
    const other = await link();
    expect(await web.store.revokeLink(open?.id ?? '', MONDAY_NOON)).toBe(true);
    const revoked = await see(path);
    expect(revoked.status).toBe(410);
    expect(revoked.text).toContain('시간이 지난 링크예요');
    expect(revoked.text).not.toContain('박철수');
    web.clock.now = new Date(MONDAY_NOON.getTime() + 48 * HOUR_MS - 1);
    expect((await see(other)).status).toBe(200);
    web.clock.now = new Date(MONDAY_NOON.getTime() + 48 * HOUR_MS);
    expect((await see(other)).status).toBe(410);
    expect(await web.store.countRefusedLinks(new Date(0))).toBe(3);
    expect(web.logged.filter(({ event }) => event === 'link.refused')).toEqual([
      { event: 'link.refused', fields: { kind: 'print', why: 'forged' } },
      { event: 'link.refused', fields: { kind: 'print', why: 'expired' } },
      { event: 'link.refused', fields: { kind: 'print', why: 'expired' } },
    ]);
  });

  test('is no link into the chat, and a link into the chat shows no list', async () => {
    const path = await frozenList();
    const sender = { platform: 'web', bot: 'web', user: 'thief' };
    const token = path.split('/').at(-1) ?? '';
    const entry = { token, sender, now: MONDAY_NOON };
    expect(await web.store.enterByLink(entry)).toEqual({ refused: 'forged' });
    const chat = 'a-chat-token-of-many-random-bits';
    const expiresAt = new Date(MONDAY_NOON.getTime() + HOUR_MS);
    const data = { roles: ['farmer'] };
    const made = { kind: 'chat', storeId: 'peach', data, now: MONDAY_NOON, expiresAt } as const;
    await web.store.createLink({ ...made, token: chat });
    expect((await see(`/print/${chat}`)).status).toBe(404);
    expect((await web.send('POST', path, { key: null })).status).toBe(405);
  });
});
