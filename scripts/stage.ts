// A stage for played conversations: the real router, a clock of its own, people who speak, and what
// is pushed to them meanwhile.
import { randomUUID } from 'node:crypto';
import {
  type Bot,
  type Choice,
  createDelivery,
  EVERY_STORE,
  type House,
  normaliseInvite,
  type Platform,
  type Press,
  type Reply,
  type Role,
  type Sender,
  wordsFor,
} from '../src/app.ts';
import { logProblem } from './cli.ts';
import { findShop } from './find.ts';
import { createInvite, ROLES } from './invite.ts';

export const PLATFORMS = [
  'kakao',
  'telegram',
  'discord',
  'web',
  'terminal',
] as const satisfies readonly Platform[];

/** As many characters as a reply has room for on each platform. */
const ROOM_CHARS: Readonly<Record<Platform, number>> = {
  kakao: 1400,
  telegram: 3500,
  discord: 1900,
  web: 4000,
  terminal: 4000,
};
/** Platforms that can speak first; on the others a notice waits for the next contact. */
const PUSHING = ['telegram', 'discord', 'web'] as const satisfies readonly Platform[];
/** People think between two messages. */
const STEP_MS = 1000;
const BOT = 'sim';

/** `held`: it waits and is shown first at the next contact. */
export type Pushed = {
  readonly to: string;
  readonly platform: Platform;
  readonly text: string;
  readonly held?: true;
};

export type Said = { readonly text: string; readonly press?: Press };
export type Times = { readonly times: number; readonly duplicate: boolean };
export const ONCE: Times = { times: 1, duplicate: false };

export type StageOptions = {
  readonly house: House;
  readonly platform: Platform;
  readonly user: string;
  /** The role of `user`; everybody else is named by a role and has it. */
  readonly as: string;
  readonly storeId: string | null;
  readonly start: Date;
  /** False on a database that others use too: its messages are not ours to take. */
  readonly delivers: boolean;
};

export type Stage = {
  readonly now: () => Date;
  readonly setClock: (at: Date) => void;
  readonly wait: (ms: number) => void;
  readonly userOf: (actor: string) => string;
  readonly say: (actor: string, said: Said, times: Times) => Promise<Reply>;
  /** What was pushed since the last time it was asked. */
  readonly pushed: () => Promise<readonly Pushed[]>;
};

export function createStage(options: StageOptions): Stage {
  const { house, platform, storeId, delivers } = options;
  const { store } = house;
  const senders = new Map<string, Sender>();
  const told = new Set<number>();
  let clock = options.start;
  let sent: Pushed[] = [];

  const recorder = (on: Platform): Bot => ({
    platform: on,
    dropsCopies: true,
    textChars: ROOM_CHARS[on],
    async send(to, reply) {
      sent.push({ to: to.user, platform: on, text: textOf(reply) });
      return { kind: 'sent' };
    },
  });
  const delivery = createDelivery({
    store,
    bots: new Map(PUSHING.map((on) => [on, recorder(on)])),
    wordsFor,
    pagesUrl: null,
    now: () => clock,
    random: () => 0,
    retryBaseMs: STEP_MS,
    log: logProblem,
  });

  const userOf = (actor: string) => (actor === options.as ? options.user : actor);

  async function enter(actor: string): Promise<Sender> {
    const known = senders.get(actor);
    if (known !== undefined) return known;
    const sender = { platform, bot: BOT, user: userOf(actor) };
    senders.set(actor, sender);
    const role = ROLES.find((one) => one === actor);
    if (role !== undefined) await hire(house, { sender, role, storeId, now: clock });
    return sender;
  }

  async function heldFor(sender: Sender): Promise<Pushed[]> {
    const turn = await store.findTurn(sender, null);
    const fresh = turn.held.filter(({ id }) => !told.has(id));
    const pushed: Pushed[] = [];
    for (const notice of fresh) {
      told.add(notice.id);
      const roomChars = ROOM_CHARS[platform];
      const { id: personId } = turn.person;
      const telling = { roomChars, isWhole: false, pagesUrl: null, personId, now: clock };
      const words = await wordsFor(store, notice, telling);
      if (words === null) continue;
      pushed.push({ to: sender.user, platform, text: textOf(words), held: true });
    }
    return pushed;
  }

  return {
    now: () => clock,
    setClock(at) {
      clock = at;
    },
    wait(ms) {
      clock = new Date(clock.getTime() + ms);
    },
    userOf,

    async say(actor, { text, press }, { times, duplicate }) {
      const sender = await enter(actor);
      const message = { sender, text, press, storeId, roomChars: ROOM_CHARS[platform], at: clock };
      const idOfThis = () => (platform === 'kakao' ? null : randomUUID());
      const ids = Array.from({ length: times }, idOfThis);
      if (duplicate) ids.push(ids[0] ?? null);
      const replies = await Promise.all(
        ids.map((updateId) => house.answer({ ...message, updateId })),
      );
      clock = new Date(clock.getTime() + STEP_MS);
      return replies[0] ?? { texts: [], choices: [] };
    },

    async pushed() {
      if (delivers) await delivery.run();
      const delivered = sent;
      sent = [];
      const held: Pushed[] = [];
      for (const sender of senders.values()) held.push(...(await heldFor(sender)));
      return [...delivered, ...held];
    },
  };
}

/** Gives a sender a role by a real invite, unless he has it. */
export async function hire(
  house: House,
  given: {
    readonly sender: Sender;
    readonly role: Role;
    readonly storeId: string | null;
    readonly now: Date;
  },
): Promise<void> {
  const { sender, role, now } = given;
  const { store } = house;
  const place =
    role === 'admin' ? EVERY_STORE : (await findShop(house, given.storeId ?? undefined)).id;
  await store.meet(sender, now);
  const { person, roles } = await store.findTurn(sender, null);
  if (roles.some((one) => one.storeId === place && one.role === role)) return;
  const { code } = await createInvite(house, { storeId: place, roles: [role], now });
  await store.useInvite({ codeHash: normaliseInvite(code), personId: person.id, now });
}

export const textOf = (reply: Reply): string => reply.texts.join('\n');

/** What a person sees of a reply. */
export function replyJson(reply: Reply) {
  const buttons = reply.choices.map((choice: Choice) =>
    'url' in choice ? { label: choice.label, url: choice.url } : { label: choice.label },
  );
  return { text: textOf(reply), buttons };
}
