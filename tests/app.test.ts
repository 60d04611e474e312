// The whole program as its own process: what it lets in, and that it is alone on its database.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FakeDiscord, TOKEN } from './support/discord.ts';
import { DiscordUser } from './support/discord-user.ts';
import { ownEnvWith } from './support/engine.ts';
import { kakaoPayload } from './support/kakao.ts';
import { openFarm } from './support/shop.ts';
import { DATA_KEY, openFile } from './support/sqlite.ts';

const ROOT = join(import.meta.dirname, '..');
const MAIN = join(ROOT, 'src/main.ts');

function folderForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Ends with the port it serves on, or with what it said when it gave up. */
async function start(folder: string, over: Record<string, string> = {}) {
  const env = {
    NODE_ENV: 'production',
    PORT: '0',
    DATABASE_URL: `sqlite:${join(folder, 'sanji.db')}`,
    SANJI_DATA_KEY: DATA_KEY,
    ...over,
  };
  const child = spawn(process.execPath, [MAIN], { cwd: folder, env });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => {
    complaint += bytes.toString();
  });
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, port } = JSON.parse(line) as { msg: string; port?: number };
    said.push(msg);
    if (msg === 'started')
      return { child, ended, said, complaint: '', url: `http://127.0.0.1:${port}` };
  }
  await ended;
  return { child, ended, said, complaint, url: null };
}

const skill = (url: string | null, headers: Record<string, string> = {}) =>
  fetch(`${url}/kakao/skill`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{}',
  }).then(({ status }) => status);

describe('in production', () => {
  test('there is no Kakao skill without a secret, and the log says so', async () => {
    const { url, said } = await start(folderForTest());
    expect(said).toContain('kakao.off');
    expect(await skill(url)).toBe(404);
  });

  test('with a secret it answers those who know it', async () => {
    const { url, said } = await start(folderForTest(), { KAKAO_SKILL_SECRET: 'a good secret' });
    expect(said).not.toContain('kakao.off');
    expect(await skill(url)).toBe(401);
    expect(await skill(url, { 'x-sanji-secret': 'a good secret' })).toBe(200);
  });
});

test('the operator sees what went through, by a key for all stores, with what runs', async () => {
  const KEY = 'a key of the installation'.replaceAll(' ', '-');
  const { url } = await start(folderForTest(), {
    KAKAO_SKILL_SECRET: 'a good secret',
    SANJI_API_KEYS: KEY,
  });
  const payload = kakaoPayload({ utterance: '안녕하세요' });
  // Said again by Kakao, it is one message.
  for (let said = 0; said < 2; said++)
    await fetch(`${url}/kakao/skill`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sanji-secret': 'a good secret' },
      body: JSON.stringify(payload),
    });
  const login = await fetch(`${url}/ops`).then((answer) => answer.text());
  const value = (name: string) =>
    new RegExp(`name="${name}" value="([^"]+)"`).exec(login)?.[1] ?? '';
  const entered = await fetch(`${url}/ops/login`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ csrf: value('csrf'), id: value('id'), key: KEY }),
  });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const seen = await fetch(`${url}/ops`, { headers: { cookie } }).then((answer) => answer.text());
  expect(seen).toContain('가게 고르기 전 · 카카오톡');
  expect(seen).toMatch(/답한 메시지: 지난 1시간에 모두 1,/);
  expect(seen).toContain('data-job="backup"');
  expect(seen).toContain('SQLite');
  expect(seen).toContain('0.1.0');
});

describe('the start', () => {
  /** All that is printed until `last` is, and then, after a graceful stop, all that was. */
  async function printed(folder: string, nodeEnv: string, last: RegExp) {
    const env = {
      NODE_ENV: nodeEnv,
      PORT: '0',
      DATABASE_URL: `sqlite:${join(folder, 'sanji.db')}`,
      SANJI_DATA_KEY: DATA_KEY,
    };
    const child = spawn(process.execPath, [MAIN], { cwd: folder, env });
    onTestFinished(() => void child.kill('SIGKILL'));
    let text = '';
    await new Promise<void>((resolve, reject) => {
      child.once('close', () => reject(new Error(`ended with: ${text}`)));
      child.stdout.on('data', (bytes: Buffer) => {
        text += bytes.toString();
        if (last.test(text)) resolve();
      });
    });
    const rest = async () => {
      const closed = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await closed;
      return text;
    };
    return { text, rest };
  }

  test('outside production prints the chat and links that open it as staff, once each', async () => {
    const { text, rest } = await printed(folderForTest(), 'development', /--as farmer\n/);
    expect(text).toMatch(/web chat +http:\/\/localhost:\d+\/chat /);
    const links = text.match(/http:\/\/localhost:\d+\/chat\/in\/[\w-]{32}/g) ?? [];
    expect(links).toHaveLength(2);
    const open = (link: string) => fetch(link, { redirect: 'manual' }).then(({ status }) => status);
    for (const link of links) expect(await open(link)).toBe(303);
    for (const link of links) expect(await open(link)).toBe(410);
    const figures = await fetch(new URL('/metrics', links[0])).then((answer) => answer.text());
    expect(figures).toContain('sanji_incidents_total{event="link.refused"} 2');
    const log = (await rest()).slice(text.length);
    expect(log).toContain('link.refused');
    for (const link of links) expect(log).not.toContain(link.slice(-32));
  });

  test('in production makes and prints no link that lets anybody in', async () => {
    const folder = folderForTest();
    const { rest } = await printed(folder, 'production', /"started"/);
    expect(await rest()).not.toContain('/chat/in/');
    const store = openFile(join(folder, 'sanji.db'));
    expect(await store.listOpenLinks(new Date(), 10)).toEqual([]);
    await store.close();
  });
});

test('a server that npm started ends when npm is killed outright', async () => {
  const env = ownEnvWith({
    PORT: '0',
    DATABASE_URL: `sqlite:${join(folderForTest(), 'sanji.db')}`,
    SANJI_DATA_KEY: DATA_KEY,
  });
  const npm = spawn('npm', ['start'], { env, cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  for await (const bytes of npm.stdout) {
    text += String(bytes);
    if (text.includes('--as farmer')) npm.kill('SIGKILL');
  }
  expect(text).toContain('"stopped"');
});

describe('a second server on the same database', () => {
  test('refuses and says who is there, and takes over when that one dies or ends', async () => {
    const folder = folderForTest();
    const first = await start(folder);
    const second = await start(folder);
    expect(second.url).toBeNull();
    expect(second.complaint).toContain(
      `another server has this database: process ${first.child.pid}`,
    );
    expect(second.complaint).not.toContain('    at ');
    expect(await second.ended).toBe(1);
    first.child.kill('SIGKILL');
    await first.ended;
    const third = await start(folder);
    expect(third.url).not.toBeNull();
    third.child.kill('SIGTERM');
    expect(await third.ended).toBe(0);
    const fourth = await start(folder);
    expect(fourth.url).not.toBeNull();
  });
});

test('its figures count what is owed, and what could not be delivered', async () => {
  const folder = folderForTest();
  const store = openFile(join(folder, 'sanji.db'));
  const farm = await openFarm(store, { platform: 'discord', now: new Date() });
  await farm.placePaid('ord_1');
  const claim = { now: new Date(), leaseMs: 60_000, limit: 1 };
  const [row] = await store.claimOutbox(claim);
  if (row === undefined) throw new Error('a row was expected');
  const dead = { state: 'dead', cause: 'blocked', content: null } as const;
  await store.settleOutbox(row, dead, new Date(Date.now() - 3_600_000));
  await store.close();
  const { url } = await start(folder);
  const figures = await fetch(`${url}/metrics`).then((answer) => answer.text());
  expect(figures).toContain('sanji_outbox_messages{state="dead"} 1');
  const age = /sanji_outbox_oldest_seconds\{state="dead"\} (\d+)/.exec(figures)?.[1];
  expect(Number(age)).toBeGreaterThanOrEqual(3600);
});

describe('told to stop', () => {
  const CALLERS = 8;
  const ORDERS_BEFORE = 40;

  test('it answers every order that it takes, and takes no more', async () => {
    const folder = folderForTest();
    const { child, ended, url } = await start(folder, { SANJI_API_KEYS: 'key' });
    const call = (path: string, body: unknown) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const policy = { dailyCapBoxes: 10_000, quietHours: { from: '00:00', to: '00:00' } };
    await call('/stores', { id: 'peach', name: '햇살농원', policy });
    await call('/stores/peach/products', { id: 'peach', name: '복숭아', priceKrw: 35_000 });
    const taken: string[] = [];
    // Each calls again and again over connections that stay open, until nobody answers.
    const callers = Array.from({ length: CALLERS }, async (_, lane) => {
      for (let n = 0; ; n++) {
        const parcel = {
          recipient: `박철수${lane}`,
          phone: '01012345678',
          address: `서울 강남구 역삼로 ${n}`,
          items: [{ product: 'peach', boxes: 1 }],
        };
        const answer = await call('/order', {
          store: 'peach',
          buyer: { name: '영희맘' },
          parcels: [parcel],
        }).catch(() => null);
        if (answer === null) return;
        expect(answer.status).toBe(201);
        const { order } = (await answer.json()) as { order: { id: string } };
        if (taken.push(order.id) === ORDERS_BEFORE) child.kill('SIGTERM');
      }
    });
    await Promise.all(callers);
    expect(await ended).toBe(0);
    const store = openFile(join(folder, 'sanji.db'));
    const kept = await store.findOrders({ storeId: 'peach', limit: 10_000 });
    await store.close();
    expect(taken.length).toBeGreaterThanOrEqual(ORDERS_BEFORE);
    expect(kept.map(({ id }) => id).toSorted()).toEqual(taken.toSorted());
  });
});

describe('Discord', () => {
  const setting = (fake: FakeDiscord) => ({
    NODE_ENV: 'development',
    DISCORD_TOKEN: TOKEN,
    DISCORD_API_BASE: fake.url,
  });

  test('is answered as soon as there is a token', async () => {
    const fake = await FakeDiscord.start();
    onTestFinished(() => fake.close());
    const { child, ended } = await start(folderForTest(), setting(fake));
    await fake.ready();
    const person = new DiscordUser(fake, '500000000000000007');
    expect(await person.use('메뉴')).toContain('주문 도우미');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  test('stops the start with a sentence when it does not take the token', async () => {
    const fake = await FakeDiscord.start();
    onTestFinished(() => fake.close());
    fake.isTokenGood = false;
    const { ended, complaint } = await start(folderForTest(), setting(fake));
    expect(await ended).toBe(1);
    expect(complaint).toContain('DISCORD_TOKEN (HTTP 401)');
    expect(complaint).not.toContain(TOKEN);
    expect(complaint).not.toContain('    at ');
  });
});
