// The operator's page over HTTP: who gets in, what is done there, and what never stands on it.
import { describe, expect, test } from 'vitest';
import { newChatLink, newSession } from '../../src/chat/links.ts';
import { LIMITS } from '../../src/web/limits.ts';
import {
  busyHour,
  letDie,
  OPS_KEY,
  OPS_KEYS,
  runningSince,
  STORE_KEY,
} from '../support/ops-scene.ts';
import { type MorePages, openPages, type PageServer } from '../support/page-server.ts';

type Fields = Readonly<Record<string, string>>;
type Got = { readonly status: number; readonly text: string; readonly headers: Headers };

async function openOps(more: MorePages = {}) {
  const farm = await openPages({ apiKeys: OPS_KEYS, ...more });
  return { farm, ask: asking(farm) };
}

/** A browser that keeps its cookie, and follows no redirect. */
function asking(farm: PageServer, headers: Fields = {}) {
  return async (path: string, form?: Fields): Promise<Got> => {
    const answer = await fetch(farm.base + path, {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: {
        ...(form === undefined ? {} : { 'sec-fetch-site': 'same-origin' }),
        ...headers,
      },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
}

function fieldsOf({ text }: Got): Fields {
  const value = (name: string) =>
    new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1] ?? '';
  return { csrf: value('csrf'), id: value('id') };
}

async function logIn(farm: PageServer, key = OPS_KEY) {
  const ask = asking(farm);
  const entered = await ask('/ops/login', { ...fieldsOf(await ask('/ops')), key });
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { entered, cookie, ask: asking(farm, { cookie }) };
}

/** A farm with dead letters, and somebody who is logged in. */
async function withLetters(causes: readonly string[], more: MorePages = {}) {
  const { farm } = await openOps(more);
  await farm.place('ord_one', 0, 1);
  await farm.pay('ord_one', 5);
  await farm.place('ord_two', 10, 2);
  await farm.pay('ord_two', 15);
  const ids = await letDie(farm.store, causes);
  expect(ids).toHaveLength(causes.length);
  const { ask } = await logIn(farm);
  return { farm, ids, ask };
}

describe('who gets in', () => {
  test('nothing of the installation is shown before the key was said', async () => {
    const { ask } = await openOps();
    const { status, text, headers } = await ask('/ops');
    expect(status).toBe(401);
    expect(text).toContain('설치 키');
    expect(text).not.toMatch(/data-queue-depth|data-dead|peach|SQLite/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await ask('/ops/events')).status).toBe(401);
    expect((await ask('/ops/letters/1/drop')).status).toBe(401);
  });

  test('a key for all stores opens a session of eight hours, in a cookie no script reads', async () => {
    const { farm } = await openOps();
    const { entered, ask } = await logIn(farm);
    expect(entered.status).toBe(303);
    const set = entered.headers.get('set-cookie') ?? '';
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/ops', 'Max-Age=28800'])
      expect(set).toContain(part);
    expect(set).not.toContain('Secure');
    expect((await ask('/ops')).text).toContain('data-queue-depth="0"');
    farm.clock.now = new Date(farm.clock.now.getTime() + 8 * 3_600_000);
    expect((await ask('/ops')).status).toBe(401);
  });

  test('over https the cookie goes over https only', async () => {
    const { farm } = await openOps();
    const { headers } = await asking(farm, { 'x-forwarded-proto': 'https' })('/ops/login', {
      ...fieldsOf(await asking(farm)('/ops')),
      key: OPS_KEY,
    });
    expect(headers.get('set-cookie')).toContain('; Secure');
  });

  test.each([
    ['a key that nobody knows', 'guessed'],
    ['a key of one store', STORE_KEY],
    ['no key at all', ''],
    ['a key with a line behind it', `${OPS_KEY} x`],
    ['more than a key', 'k'.repeat(3_000)],
  ])('%s lets nobody in', async (_, key) => {
    const { farm } = await openOps();
    const { entered } = await logIn(farm, key);
    expect(entered.status).toBe(401);
    expect(entered.headers.get('set-cookie')).toBeNull();
    expect(entered.text).toContain('맞지 않는 키예요');
    expect(entered.text).not.toContain('guessed');
  });

  test('a flood of tries is stopped for the minute, also for who guesses right in the end', async () => {
    const limits = { ...LIMITS, wrongLoginsOfOneAddress: 3 };
    const { farm, ask } = await openOps({ limits });
    const fields = fieldsOf(await ask('/ops'));
    const tried = await Promise.all(
      Array.from({ length: 20 }, (_, at) => ask('/ops/login', { ...fields, key: `guess-${at}` })),
    );
    const statuses = tried.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(3);
    expect(statuses.filter((status) => status === 429)).toHaveLength(17);
    const { entered } = await logIn(farm);
    expect(entered.status).toBe(429);
    expect(entered.headers.get('set-cookie')).toBeNull();
  });

  test('who got in begins his tries anew', async () => {
    const { farm } = await openOps({ limits: { ...LIMITS, wrongLoginsOfOneAddress: 2 } });
    for (let round = 0; round < 3; round++) {
      expect((await logIn(farm, 'wrong')).entered.status).toBe(401);
      expect((await logIn(farm)).entered.status).toBe(303);
    }
  });

  test('the login is taken from our own page only', async () => {
    const { farm, ask } = await openOps();
    const fields = { ...fieldsOf(await ask('/ops')), key: OPS_KEY };
    const foreign = asking(farm, { 'sec-fetch-site': 'cross-site' });
    expect((await foreign('/ops/login', fields)).status).toBe(403);
    expect((await ask('/ops/login', { ...fields, csrf: 'forged' })).status).toBe(403);
    expect((await ask('/ops/login', { key: OPS_KEY })).status).toBe(403);
  });

  test('a made-up cookie, one of another kind of link, and one that was left are nobody’s', async () => {
    const { farm } = await openOps();
    const made = asking(farm, { cookie: `sanji_ops=${'A'.repeat(32)}` });
    expect((await made('/ops')).status).toBe(401);
    const { now } = farm.clock;
    const chat = await newChatLink(farm.store, { storeId: 'peach', roles: ['admin'], now });
    const cookie = `sanji_ops=${chat.split('/').at(-1)}`;
    expect((await asking(farm, { cookie })('/ops')).status).toBe(401);
    const { ask } = await logIn(farm);
    const left = await ask('/ops/logout', fieldsOf(await ask('/ops')));
    expect(left.status).toBe(303);
    expect(left.headers.get('set-cookie')).toMatch(/sanji_ops=;/);
    // The cookie itself is worth nothing any more, whoever kept it.
    expect((await ask('/ops')).status).toBe(401);
  });

  test('a session is worth as much as the key it was opened by, and can be revoked', async () => {
    const { farm } = await openOps();
    const { store, clock } = farm;
    const by = async (key: string) => {
      const token = await newSession(store, store.sign('ops', key), clock.now);
      return asking(farm, { cookie: `sanji_ops=${token}` });
    };
    expect((await (await by('a key that was taken away'))('/ops')).status).toBe(401);
    expect((await (await by(STORE_KEY))('/ops')).status).toBe(401);
    for (const { id } of await store.listOpenLinks(clock.now, 10))
      await store.revokeLink(id, clock.now);
    const ask = await by(OPS_KEY);
    expect((await ask('/ops')).status).toBe(200);
    const [session] = await store.listOpenLinks(clock.now, 10);
    expect(session).toMatchObject({ kind: 'ops', storeId: '*' });
    expect(JSON.stringify(session)).not.toContain(OPS_KEY);
    await store.revokeLink(session?.id ?? '', clock.now);
    expect((await ask('/ops')).status).toBe(401);
  });

  test('without a key for all stores there is no form, and it says what to do', async () => {
    const { ask } = await openOps({ apiKeys: new Map([[STORE_KEY, 'peach']]) });
    const { status, text } = await ask('/ops');
    expect(status).toBe(401);
    expect(text).toContain('SANJI_API_KEYS');
    expect(text).not.toContain('<form');
  });
});

describe('what it shows', () => {
  test('the queue, its letters, the hour, the jobs and the process, and nobody’s name or words', async () => {
    const { ask, ids } = await withLetters(['blocked'], {
      meter: busyHour(),
      running: runningSince(),
    });
    const { status, text } = await ask('/ops');
    expect(status).toBe(200);
    expect(text).toContain('data-dead="1"');
    expect(text).toContain(`data-letter="${ids[0]}"`);
    expect(text).toContain('받는 쪽이 봇을 차단했어요');
    expect(text).toContain('햇살농원 · 카카오톡');
    expect(text).toMatch(/data-job="evening-question" data-standing="late"/);
    expect(text).toMatch(/data-job="backup" data-standing="failed"/);
    expect(text).toMatch(/data-job="day-list" data-standing="fine"/);
    expect(text).toContain('SQLite');
    expect(text).not.toMatch(/박철수|김영희|이영희|0100000|노원구|농협|302-/);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });

  test('orders are counted by who took them in this hour, whichever process did', async () => {
    const { farm } = await openOps();
    const before = 24 * 60;
    await farm.place('ord_old', 0, 1);
    const minutes = (farm.clock.now.getTime() - Date.parse('2026-07-20T03:00:00Z')) / 60_000;
    expect(minutes).toBeLessThan(before);
    await farm.place('ord_new', minutes - 10, 1);
    await farm.place('ord_newer', minutes - 10, 2);
    const { ask } = await logIn(farm);
    const { text } = await ask('/ops');
    expect(text).toContain(
      '받은 주문: 지난 1시간에 모두 2, 가장 많은 1분은 09:30에 2, 이번 1분은 0.',
    );
    expect(text).toContain('햇살농원 · 웹 채팅');
  });

  test('a busy page stays small over the wire', async () => {
    const meter = busyHour();
    for (let lane = 0; lane < 100; lane++)
      for (let minute = 0; minute < 60; minute++)
        meter.flow.count(
          'messages',
          { storeId: `store-${lane}`, platform: 'kakao' },
          {
            now: new Date(Date.parse('2026-07-21T00:40:00Z') - minute * 60_000),
            times: (lane * minute) % 17,
          },
        );
    const { ask } = await withLetters(['blocked', 'time_out'], { meter, running: runningSince() });
    const { text } = await ask('/ops');
    expect(text).toContain('그 밖 8');
    expect(text.match(/<th scope="row">store-\d+/g)?.length).toBeLessThanOrEqual(20);
    const { gzipSync } = await import('node:zlib');
    expect(gzipSync(text).length).toBeLessThan(40_000);
  });
});

describe('what is done there', () => {
  test('a letter is tried again, once, also by two at once', async () => {
    const { farm, ids, ask } = await withLetters(['time_out', 'blocked']);
    const fields = fieldsOf(await ask('/ops'));
    const path = `/ops/letters/${ids[0]}/retry`;
    const both = await Promise.all([ask(path, fields), ask(path, fields)]);
    expect(both.map(({ headers }) => headers.get('location')).sort()).toEqual([
      '/ops?done=gone',
      '/ops?done=retried',
    ]);
    expect(await farm.store.findLetter(ids[0] ?? 0)).toMatchObject({
      state: 'due',
      cause: 'retried',
    });
    expect((await ask('/ops?done=retried')).text).toContain('data-dead="1"');
  });

  test('all letters are tried again by one press', async () => {
    const { farm, ids, ask } = await withLetters(['time_out', 'blocked']);
    const fields = fieldsOf(await ask('/ops'));
    const done = await ask('/ops/letters/retry', fields);
    expect(done.headers.get('location')).toBe('/ops?done=all-retried');
    for (const id of ids) expect(await farm.store.findLetter(id)).toMatchObject({ state: 'due' });
    expect((await ask('/ops/letters/retry', fields)).headers.get('location')).toBe(
      '/ops?done=gone',
    );
  });

  test('a letter is given up with a reason, which is kept', async () => {
    const { farm, ids, ask } = await withLetters(['blocked']);
    const path = `/ops/letters/${ids[0]}/drop`;
    const asked = await ask(path);
    expect(asked.status).toBe(200);
    const without = await ask(path, { ...fieldsOf(asked), why: '  ' });
    expect(without.status).toBe(400);
    expect(without.text).toContain('이유를 적어 주세요');
    const dropped = await ask(path, { ...fieldsOf(asked), why: '전화로 알려 드림' });
    expect(dropped.headers.get('location')).toBe('/ops?done=dropped');
    const letter = await farm.store.findLetter(ids[0] ?? 0);
    expect(letter).toMatchObject({ state: 'dropped', why: '전화로 알려 드림' });
  });

  test('a letter that is gone meanwhile is said to be gone', async () => {
    const { farm, ids, ask } = await withLetters(['blocked']);
    const id = ids[0] ?? 0;
    const fields = fieldsOf(await ask('/ops'));
    const mending = { how: 'drop', why: 'elsewhere' } as const;
    await farm.store.mendLetter({ id, now: farm.clock.now, mending });
    for (const path of [`${id}/retry`, '999999/retry', 'x/retry', '-1/retry'])
      expect((await ask(`/ops/letters/${path}`, fields)).headers.get('location')).toBe(
        '/ops?done=gone',
      );
    expect((await ask(`/ops/letters/${id}/drop`)).headers.get('location')).toBe('/ops?done=gone');
    expect(await farm.store.findLetter(id)).toMatchObject({ why: 'elsewhere' });
    expect((await ask('/ops?done=gone')).text).toContain('이미 처리됐어요');
  });

  test('without a session, from another page, or with another’s form nothing is done', async () => {
    const { farm, ids, ask } = await withLetters(['blocked']);
    const path = `/ops/letters/${ids[0]}/retry`;
    const fields = fieldsOf(await ask('/ops'));
    const other = await logIn(farm);
    expect((await asking(farm)(path, fields)).status).toBe(401);
    expect((await other.ask(path, fields)).status).toBe(403);
    expect((await ask(path, { ...fields, csrf: 'x' })).status).toBe(403);
    expect((await ask(path, {})).status).toBe(403);
    const foreign = asking(farm, { cookie: other.cookie, 'sec-fetch-site': 'cross-site' });
    const own = fieldsOf(await other.ask('/ops'));
    expect((await foreign(path, own)).status).toBe(403);
    expect((await ask(path)).status).toBe(405);
    expect(await farm.store.findLetter(ids[0] ?? 0)).toMatchObject({ state: 'dead' });
  });
});
