// A shop with a clock that stands still, and people who talk to it.
import { expect } from 'vitest';
import { createDelivery, openHouse, ordering, wordsFor } from '../../src/app.ts';
import type { Bot, Choice, Platform, Reply, Sender } from '../../src/chat/bot.ts';
import { parseConfig } from '../../src/config.ts';
import { JOBS, runJob } from '../../src/jobs/schedule.ts';
import type { Role } from '../../src/orders/change.ts';
import type { Order } from '../../src/orders/order.ts';
import { closeAfter, houseEnv } from './engine.ts';

/** Monday noon in Seoul. */
const START = '2026-07-20T03:00:00.000Z';
const KAKAO_ROOM_CHARS = 1400;
const TEXT_CHARS = 4096;
const BETWEEN_MESSAGES_MS = 10_000;

export type Talk = Awaited<ReturnType<typeof openTalk>>;

/**
 * On Telegram and Discord people can be spoken to first: what they hear unasked is in `heard`. Somebody
 * named `kim@discord` writes there, everybody else on `platform`.
 */
export async function openTalk(env: Record<string, string> = {}, platform: Platform = 'kakao') {
  const logged: string[] = [];
  const config = parseConfig({ ...(await houseEnv()), ...env });
  const linkUrl = (code: string) => `https://t.me/haetsal_bot?start=link-${code}`;
  const house = await openHouse(config, (event) => logged.push(event), { linkUrl });
  closeAfter(house);
  const { store } = house;
  const last = new Map<string, Reply>();
  let at = new Date(START);

  const unheard = new Map<string, string[]>();
  const blocked = new Set<string>();
  const botOf = (on: Platform): Bot => ({
    platform: on,
    dropsCopies: false,
    textChars: TEXT_CHARS,
    async send(to, reply) {
      const user = on === platform ? to.user : `${to.user}@${on}`;
      if (blocked.has(user)) return { kind: 'refused', reason: 'blocked' };
      last.set(user, reply);
      unheard.set(user, [...(unheard.get(user) ?? []), textOf(reply)]);
      return { kind: 'sent' };
    },
  });
  const senderOf = (user: string): Sender => {
    const [name = '', on = platform] = user.split('@');
    return { platform: on as Platform, bot: 'bot', user: name };
  };
  const delivery = createDelivery({
    store,
    bots: new Map([botOf('telegram'), botOf('discord')].map((bot) => [bot.platform, bot])),
    wordsFor,
    pagesUrl: config.pagesUrl,
    now: () => at,
    random: () => 0.5,
    retryBaseMs: 1000,
    log: (event) => logged.push(event),
  });

  async function message(user: string, text: string, choice?: Choice): Promise<Reply> {
    const press = choice !== undefined && 'say' in choice ? choice.press : undefined;
    const reply = await house.answer({
      sender: senderOf(user),
      text,
      press,
      updateId: null,
      storeId: null,
      roomChars: KAKAO_ROOM_CHARS,
      at,
    });
    last.set(user, reply);
    return reply;
  }

  return {
    house,
    store,
    logged,
    now: () => at,
    passMs(ms: number) {
      at = new Date(at.getTime() + ms);
    },
    setNow(instant: string) {
      at = new Date(instant);
    },
    /** Says something new: a while after the last message, so it is no repeat. */
    async say(user: string, text: string): Promise<string> {
      at = new Date(at.getTime() + BETWEEN_MESSAGES_MS);
      return textOf(await message(user, text));
    },
    /** Says something without time passing. */
    async sayAtOnce(user: string, text: string): Promise<Reply> {
      return message(user, text);
    },
    /** Presses a button of the last reply, or of the reply given. */
    async press(user: string, label: string, reply = last.get(user)): Promise<string> {
      at = new Date(at.getTime() + BETWEEN_MESSAGES_MS);
      return textOf(await this.pressAtOnce(user, label, reply));
    },
    async pressAtOnce(user: string, label: string, reply = last.get(user)): Promise<Reply> {
      const choice = reply?.choices.find((one) => one.label === label);
      if (choice === undefined || !('say' in choice))
        throw new Error(
          `no button ${label}: ${reply?.choices.map((one) => one.label).join(' | ')}`,
        );
      return message(user, choice.say, choice);
    },
    senderOf,
    /** He takes nothing that is said to him first, or does so again. */
    block(user: string, isBlocked = true) {
      if (isBlocked) blocked.add(user);
      else blocked.delete(user);
    },
    /** The line to be sent from another place. */
    async linkCode(user: string): Promise<string> {
      await this.say(user, '다른 톡 연결');
      // What waited for him stands before it.
      return this.reply(user).texts.find((text) => text.startsWith('연결 ')) ?? '';
    },
    /** Makes a code on the one place and uses it on the other. */
    async link(from: string, to: string): Promise<void> {
      await this.say(to, await this.linkCode(from));
      expect(await this.press(to, '네, 연결해요')).toContain('연결했어요');
    },
    reply(user: string): Reply {
      const reply = last.get(user);
      if (reply === undefined) throw new Error(`${user} has not said anything yet`);
      return reply;
    },
    /** The messages that reached somebody unasked since the last look, each with all its bubbles. */
    async heard(user: string): Promise<string[]> {
      await delivery.run();
      const messages = unheard.get(user) ?? [];
      unheard.delete(user);
      return messages;
    },
    buttons(user: string): string[] {
      return (last.get(user)?.choices ?? []).map(({ label }) => label);
    },
    async join(user: string, roles: readonly Role[]): Promise<void> {
      const code = `CODE${user
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, '')
        .padEnd(4, 'X')
        .slice(0, 4)}`;
      await store.createInvite({
        codeHash: code,
        storeId: 'peach',
        roles,
        expiresAt: '2027-01-01T00:00:00Z',
      });
      expect(await this.say(user, `등록 ${code}`)).toContain('등록됐어요');
    },
    async orders(): Promise<readonly Order[]> {
      return store.findOrders({ storeId: 'peach', limit: 100 });
    },
    async onlyOrder(): Promise<Order> {
      const orders = await this.orders();
      const [order] = orders;
      if (order === undefined || orders.length > 1)
        throw new Error(`expected one order, there are ${orders.length}`);
      return order;
    },
    async asked(who: 'seller' | 'farmer') {
      const shop = await store.findShop('peach');
      if (shop === null) throw new Error('no shop');
      return { shop, now: at, who } as const;
    },
    async pay(order: Order): Promise<void> {
      const payment = {
        amountKrw: null,
        method: 'manual',
        reference: null,
        depositor: null,
        at: at.toISOString(),
      } as const;
      await store.submit(ordering.pay(await this.asked('seller'), order.id, payment));
    },
    /** A buyer orders and pays, in as few words as possible. */
    async buy(user: string, text: string): Promise<Order> {
      await this.say(user, text);
      await this.press(user, '주문 확정');
      const [order] = await this.orders();
      if (order === undefined) throw new Error('nothing was ordered');
      await this.pay(order);
      return order;
    },
    async runJob(name: string, instant: string): Promise<void> {
      const job = JOBS.find((one) => one.name === name);
      if (job === undefined) throw new Error(`no job ${name}`);
      await runJob(store, job, { now: new Date(instant) });
    },
    async isSound(): Promise<void> {
      expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
    },
  };
}

function textOf(reply: Reply): string {
  return reply.texts.join('\n');
}
