// Generated lives of people who link and unlink their places, order, pay, cancel, block us and try what is
// others': against a model that knows only who is linked with whom and who ordered what.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTalk, type Talk } from '../support/talk.ts';

const RUNS = 15;
const STEPS_MAX = 16;
const PEOPLE = ['kim', 'kim@telegram', 'lee@telegram', 'lee@discord', 'eve'] as const;
type Person = (typeof PEOPLE)[number];
const NAMES = ['김가람', '박나래', '이다솔', '최라온', '정마루', '강바다', '조사랑', '윤아라'];
const MINUTE_MS = 60_000;

type Step =
  | { readonly do: 'order' | 'unlink' | 'block' | 'unblock' | 'look'; readonly who: Person }
  | {
      readonly do: 'link' | 'steal';
      readonly who: Person;
      readonly with: Person;
      readonly at: number;
    }
  | { readonly do: 'cancel'; readonly who: Person; readonly at: number };

const who = fc.constantFrom(...PEOPLE);
const at = fc.nat(7);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('order'), who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('link'), who, with: who, at }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('unlink', 'look'), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('block', 'unblock'), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel'), who, at }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('steal'), who, with: who, at }) },
) as fc.Arbitrary<Step>;

type Order = { readonly code: string; readonly name: string; readonly owner: Person };

/** Who is linked with whom, and what each ordered. */
class Model {
  readonly orders: Order[] = [];
  #accounts: Person[][] = [];

  accountOf(person: Person): readonly Person[] {
    return this.#accounts.find((one) => one.includes(person)) ?? [person];
  }

  sees(person: Person): readonly Order[] {
    return this.orders.filter(({ owner }) => this.accountOf(person).includes(owner));
  }

  mayLink(maker: Person, user: Person): boolean {
    const [theirs, own] = [this.accountOf(maker), this.accountOf(user)];
    if (theirs === own || maker === user) return false;
    return (theirs.length === 1 || own.length === 1) && theirs.length + own.length <= 4;
  }

  link(maker: Person, user: Person): void {
    const both = [...this.accountOf(maker), ...this.accountOf(user)];
    this.#accounts = [...this.#accounts.filter((one) => !both.some((p) => one.includes(p))), both];
  }

  unlink(person: Person): void {
    this.#accounts = this.#accounts
      .map((one) => one.filter((other) => other !== person))
      .filter((one) => one.length > 1);
  }
}

class World {
  readonly talk: Talk;
  readonly model = new Model();
  /** Everything that anybody was told, with what he might see then. */
  readonly told: string[] = [];

  constructor(talk: Talk) {
    this.talk = talk;
  }

  async take(one: Step): Promise<void> {
    const before = await this.#states();
    const seen = new Set(this.model.sees(one.who).map(({ code }) => code));
    switch (one.do) {
      case 'order':
        await this.#order(one.who);
        break;
      case 'link':
        await this.#link(one.who, one.with);
        break;
      case 'unlink':
        await this.#unlink(one.who);
        break;
      case 'cancel':
        await this.#cancel(one.who, one.at);
        break;
      case 'steal':
        await this.#steal(one);
        break;
      case 'look':
        await this.#hears(one.who, await this.talk.say(one.who, '주문조회'));
        break;
      default:
        this.talk.block(one.who, one.do === 'block');
    }
    await this.listen();
    const after = await this.#states();
    for (const [code, state] of before)
      if (!seen.has(code)) expect(after.get(code), `${one.who} and ${code}`).toBe(state);
    await this.#seesHisOwn();
  }

  /** What was said to people unasked. */
  async listen(): Promise<void> {
    for (const person of PEOPLE)
      for (const text of await this.talk.heard(person)) await this.#hears(person, text);
  }

  async say(person: Person, text: string): Promise<string> {
    const said = await this.talk.say(person, text);
    await this.#hears(person, said);
    return said;
  }

  #hears(person: Person, text: string): void {
    this.told.push(text);
    const strange = this.model.orders.filter((order) => !this.model.sees(person).includes(order));
    for (const { name, code } of strange) {
      expect(text, `${person} hears of ${name}`).not.toContain(name);
      expect(text, `${person} hears of ${code}`).not.toContain(code);
    }
  }

  async #order(person: Person): Promise<void> {
    const no = this.model.orders.length;
    const name = NAMES[no];
    if (name === undefined) return;
    await this.say(person, `${name} 010-${1000 + no}-5678 서울 강남구 역삼로 ${no + 1} 1상자`);
    this.#hears(person, await this.talk.press(person, '주문 확정'));
    const order = (await this.talk.orders()).find((one) => one.parcels[0]?.recipient === name);
    if (order === undefined) throw new Error(`${name} was not ordered for`);
    this.model.orders.push({ code: order.code, name, owner: person });
    if (no % 3 !== 2) await this.talk.pay(order);
  }

  async #link(maker: Person, user: Person): Promise<void> {
    const code = await this.talk.linkCode(maker);
    this.#hears(maker, this.talk.reply(maker).texts.join('\n'));
    // Of a full account there is none.
    expect(code === '').toBe(this.model.accountOf(maker).length === 4);
    if (code === '') return;
    await this.say(user, code);
    const isAsked = this.talk.buttons(user).includes('네, 연결해요');
    expect(isAsked).toBe(this.model.mayLink(maker, user));
    if (!isAsked) return;
    const said = await this.talk.press(user, '네, 연결해요');
    this.model.link(maker, user);
    this.#hears(user, said);
  }

  async #unlink(person: Person): Promise<void> {
    await this.say(person, '연결 해제');
    if (this.talk.buttons(person).includes('이 톡'))
      this.#hears(person, await this.talk.press(person, '이 톡'));
    const isLinked = this.model.accountOf(person).length > 1;
    expect(this.talk.buttons(person).includes('네, 끊어요')).toBe(isLinked);
    if (!isLinked) return;
    this.#hears(person, await this.talk.press(person, '네, 끊어요'));
    // Of two both are alone, whichever of them is taken out.
    this.model.unlink(person);
  }

  /** Of any order, his or not. */
  async #cancel(person: Person, no: number): Promise<void> {
    const order = this.model.orders[no % Math.max(1, this.model.orders.length)];
    if (order === undefined) return;
    const said = await this.talk.say(person, `${order.code} 취소`);
    // The code is his own word for it.
    this.#hears(
      person,
      said.replaceAll(order.code, this.model.sees(person).includes(order) ? order.code : ''),
    );
    if (this.talk.buttons(person).includes('네, 취소해요'))
      this.#hears(person, await this.talk.press(person, '네, 취소해요'));
  }

  /** Presses what stood under somebody else's last answer. */
  async #steal({ who: thief, with: victim, at: no }: Extract<Step, { do: 'link' | 'steal' }>) {
    await this.say(victim, '주문조회');
    const reply = this.talk.reply(victim);
    const labels = reply.choices.flatMap((one) => ('say' in one ? [one.label] : []));
    const label = labels[no % Math.max(1, labels.length)];
    if (label === undefined) return;
    this.#hears(thief, await this.talk.press(thief, label, reply));
  }

  async #states(): Promise<ReadonlyMap<string, string>> {
    const orders = await this.talk.orders();
    return new Map(orders.map(({ code, ...rest }) => [code, JSON.stringify(rest)]));
  }

  async #seesHisOwn(): Promise<void> {
    for (const person of PEOPLE) {
      const { person: known } = await this.talk.store.findTurn(this.talk.senderOf(person), null);
      const orders = await this.talk.store.findOrders({ buyerId: known.id, limit: 50 });
      const sent = await this.talk.store.findSentTo({
        buyerId: known.id,
        storeId: 'peach',
        limit: 50,
      });
      const own = this.model.sees(person);
      expect(orders.map(({ code }) => code).sort()).toEqual(own.map(({ code }) => code).sort());
      expect(sent.map(({ personal }) => personal.recipient).sort()).toEqual(
        own.map(({ name }) => name).sort(),
      );
    }
  }
}

test('whatever is linked, everybody sees, hears of and changes what is his, and hears it once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: STEPS_MAX }), async (steps) => {
      const world = new World(await openTalk());
      for (const one of steps) await world.take(one);
      for (const person of PEOPLE) world.talk.block(person, false);
      // All that waited is told by the second look at the latest.
      for (let looks = 0; looks < 3; looks++) {
        for (const person of PEOPLE) await world.say(person, '메뉴');
        world.talk.passMs(MINUTE_MS);
        await world.listen();
      }
      const said = world.told.join('\n');
      for (const { code, state } of await world.talk.orders()) {
        const times = said.split(`입금완료! ${code}`).length - 1;
        expect(times, `${code} ${state}`).toBeLessThanOrEqual(1);
        if (state === 'paid') expect(times, `${code} is paid`).toBe(1);
      }
      await world.talk.isSound();
    }),
    { numRuns: RUNS },
  );
});
