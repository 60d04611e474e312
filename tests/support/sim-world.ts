// A shop under simulation: the real house, its web server, jobs and outbox on one clock of ours, and
// everything that people saw, in order.
import type { AddressInfo } from 'node:net';
import { createDelivery, JOBS, openHouse, runJob, wordsFor } from '../../src/app.ts';
import type { Bot, Choice, Platform, Reply } from '../../src/chat/bot.ts';
import { parseConfig } from '../../src/config.ts';
import { localTime } from '../../src/orders/dates.ts';
import type { Policy } from '../../src/orders/shop.ts';
import { createServer } from '../../src/web/server.ts';
import { houseEnv } from './engine.ts';

export const ZONE = 'Asia/Seoul';
export const STORE = 'peach';
const KEY = 'key-of-the-simulation';
const BANK_SECRET = 'secret-of-the-simulated-bank';
const ROOM_CHARS = 1400;

/** Where people hear what nobody asked for; elsewhere it waits until they say something. */
const PUSHING = ['telegram', 'web'] as const;

export type Person = { readonly name: string; readonly platform: Platform };

/** One bubble before somebody's eyes. */
export type Bubble = {
  readonly at: Date;
  readonly who: string;
  readonly text: string;
  /** `pushed` by the outbox, or part of an answer. */
  readonly how: 'pushed' | 'answered';
};

export type SimWorld = Awaited<ReturnType<typeof openSimWorld>>;

export async function openSimWorld({ start, policy }: { start: Date; policy: Partial<Policy> }) {
  const logged: string[] = [];
  const log = (event: string) => logged.push(event);
  const house = await openHouse(parseConfig(await houseEnv()), log);
  const { store } = house;
  const shop = await store.findShop(STORE);
  if (shop === null) throw new Error('the demo store is missing');
  await store.putShop({ ...shop, policy: { ...shop.policy, ...policy } });

  let clock = start;
  const now = () => clock;
  const seen: Bubble[] = [];
  const last = new Map<string, Reply>();

  const see = (who: string, reply: Reply, how: Bubble['how']) => {
    last.set(who, reply);
    for (const text of reply.texts) seen.push({ at: clock, who, text, how });
  };
  const said: { readonly at: Date; readonly who: string; readonly text: string }[] = [];
  const botOn = (platform: Platform): Bot => ({
    platform,
    dropsCopies: false,
    textChars: ROOM_CHARS,
    async send(to, reply) {
      see(to.user, reply, 'pushed');
      return { kind: 'sent' };
    },
  });
  const delivery = createDelivery({
    store,
    bots: new Map(PUSHING.map((platform) => [platform, botOn(platform)])),
    wordsFor,
    pagesUrl: null,
    now,
    random: () => 0.5,
    retryBaseMs: 1000,
    log,
  });
  const app = createServer({
    store,
    apiKeys: new Map([[KEY, null]]),
    bankSecret: BANK_SECRET,
    newOrderId: house.newOrderId,
    now,
    log,
    botRoutes: [],
    isReady: () => true,
    publicBaseUrl: 'https://sanji.example/',
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function message(
    { name, platform }: Person,
    text: string,
    press?: Extract<Choice, { say: string }>['press'],
  ): Promise<Reply> {
    said.push({ at: clock, who: name, text });
    const reply = await house.answer({
      sender: { platform, bot: 'bot', user: name },
      text,
      press,
      updateId: platform === 'kakao' ? null : crypto.randomUUID(),
      storeId: null,
      roomChars: ROOM_CHARS,
      at: clock,
    });
    see(name, reply, 'answered');
    await delivery.run();
    return reply;
  }

  return {
    store,
    seen,
    /** All that anybody said or pressed. */
    said,
    logged,
    now,
    local: () => localTime(clock, ZONE),
    setNow(at: Date) {
      if (at < clock) throw new Error(`the clock cannot go back to ${at.toISOString()}`);
      clock = at;
    },
    /** What is said, and the bubbles of the answer as one text. */
    async say(person: Person, text: string): Promise<string> {
      return (await message(person, text)).texts.join('\n');
    },
    /** Presses a button of the last thing this person saw; null when there is none of that name. */
    async press(person: Person, label: string, from = last.get(person.name)) {
      const choice = from?.choices.find((one) => one.label === label);
      if (choice === undefined || !('say' in choice)) return null;
      return (await message(person, choice.say, choice.press)).texts.join('\n');
    },
    lastSeen: (person: Person) => last.get(person.name) ?? null,
    /** A call of the HTTP API by its key. */
    async call(method: 'POST' | 'PUT', path: string, body: unknown) {
      const response = await fetch(base + path, {
        method,
        headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      await delivery.run();
      return { status: response.status, body: (await response.json()) as ApiBody };
    },
    /** What the bank tells of a transfer. */
    async bank(notice: { readonly name: string; readonly amountKrw: number }) {
      const response = await fetch(`${base}/bank/notice`, {
        method: 'POST',
        headers: { 'x-sanji-bank': BANK_SECRET, 'content-type': 'application/json' },
        body: JSON.stringify({ ...notice, store: STORE, at: clock.toISOString() }),
      });
      await delivery.run();
      const { decision } = (await response.json()) as { readonly decision?: unknown };
      return { status: response.status, decision };
    },
    /** What the schedule does when it looks at the clock. */
    async look(): Promise<void> {
      for (const job of JOBS) await runJob(store, job, { now: clock });
      await delivery.run();
    },
    async hire(person: Person, role: 'farmer' | 'seller'): Promise<void> {
      const codeHash = `CODE${person.name.toUpperCase().padEnd(4, 'X').slice(0, 4)}`;
      const expiresAt = new Date(clock.getTime() + 3_600_000).toISOString();
      await store.createInvite({ codeHash, storeId: STORE, roles: [role], expiresAt });
      await message(person, `등록 ${codeHash}`);
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await house.close();
    },
  };
}

/** What a simulation reads of an answer of the API. */
export type ApiBody = {
  readonly code?: string;
  readonly order?: { readonly id: string; readonly code: string; readonly totalKrw: number };
};
