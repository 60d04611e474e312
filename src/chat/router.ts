// One message in, one reply out: who writes, which store, which conversation, who answers.
import { readInvite } from '../language/answers.ts';
import { aroundCode } from '../language/linking.ts';
import { type Language, spokenIn } from '../language/spoken.ts';
import type { Role } from '../orders/change.ts';
import { DomainError, StaleTurn, whereItBroke } from '../orders/errors.ts';
import type { Shop } from '../orders/shop.ts';
import type { Held, Turn } from '../orders/store.ts';
import { answerAdmin } from './admin.ts';
import { answerOnQuestions, answerQuestionAnswer } from './answering.ts';
import {
  type Answer,
  FORGOTTEN,
  type Message,
  type Opening,
  type Reply,
  type Visit,
} from './bot.ts';
import { answerBuyer, answerBuyerQuestion, pressedByBuyer } from './buyer.ts';
import {
  atStore,
  type Conversation,
  FRESH,
  forgetOld,
  forgetOthers,
  pressedAside,
} from './conversation.ts';
import { answerDepositQuestion } from './deposits.ts';
import {
  type Asking,
  type Coming,
  closed,
  type Desk,
  type Handled,
  type Step,
  stay,
} from './desk.ts';
import { earlierDatesThatWait } from './earlier-dates.ts';
import { answerFarmer, answerFarmerQuestion, pressedByFarmer, sayNotRead } from './farmer.ts';
import { answerHours } from './hours.ts';
import { answerLinking, isAboutLinking } from './linking.ts';
import { wordsFor } from './notices.ts';
import { noticeIdIn } from './receipt-of-notice.ts';
import * as replies from './replies/index.ts';
import { refusePress, refuseWords, rolesAt } from './roles.ts';
import { answerSeller, pressedBySeller } from './seller.ts';
import { answerStaffQuestion, pressedByStaff, useInvite } from './staff.ts';
import { chooseShop } from './stores.ts';
import { asOne, type Told, tell } from './telling.ts';
import { answerWeek } from './week.ts';

const TEXT_CHARS_MAX = 4000;
const TURN_TRIES_MAX = 3;
const WAITING_PER_SENDER_MAX = 20;
/** Kakao text has no id: the same words this soon after their answer are the same message. */
const REPEAT_MS = 5000;

export function createRouter(desk: Desk): Answer {
  const tails = new Map<string, { last: Promise<unknown>; waiting: number }>();

  /** Messages of one person are handled one after another. */
  async function inOrder(message: Message, work: () => Promise<Reply>): Promise<Reply> {
    const { platform, bot, user } = message.sender;
    const key = JSON.stringify([platform, bot, user]);
    const tail = tails.get(key) ?? { last: Promise.resolve(), waiting: 0 };
    if (tail.waiting >= WAITING_PER_SENDER_MAX) return sayWithout(message, replies.crowded());
    tail.waiting++;
    tails.set(key, tail);
    const turn = tail.last.then(work, work);
    tail.last = turn;
    try {
      return await turn;
    } finally {
      tail.waiting--;
      if (tail.waiting === 0) tails.delete(key);
    }
  }

  return (message) =>
    message.receipt === undefined
      ? inOrder(message, () => answerSafely(message, desk))
      : showNotice(message, desk);
}

/** Tells what waits for a sender who listens but says nothing; null when there is nothing to tell. */
export async function tellWaiting(
  message: Message,
  { store, pagesUrl }: Pick<Desk, 'store' | 'pagesUrl'>,
): Promise<Reply | null> {
  const turn = await store.findTurn(message.sender, null);
  if (turn.held.length === 0) return null;
  const talk = (turn.conversation as Conversation | null) ?? FRESH;
  const told = await tellHeld({ turn, store, pagesUrl, message });
  const waiting = told.flatMap(({ words }) => words ?? []);
  const reply = asOne(waiting.map((words) => replies.spoken(words, talk.language)));
  const shown = told.map(({ notice }) => notice.id);
  const end = { turn, shown, settle: () => ({ conversation: talk, reply }) };
  await store.endTurn({ storeId: talk.storeId ?? '', now: message.at, end });
  return reply.texts.length === 0 ? null : reply;
}

/**
 * What a page shows before anything was said on it; null when there is no such store. Nothing is stored
 * and nobody is made known: most who only look are no people.
 */
export async function openPage(visit: Visit, desk: Desk): Promise<Opening | null> {
  const { sender, storeId, at: now } = visit;
  if (storeId !== null && (await desk.store.findShop(storeId)) === null) return null;
  const turn = await desk.store.findTurn(sender, null);
  const known = turn.conversation as Conversation | null;
  const { storeId: at, language } = { ...FRESH, ...known };
  const talk = { ...FRESH, storeId: at, language };
  const message = { ...visit, text: replies.BUTTONS.menu, updateId: null };
  const { handled, shop } = await handle({ message, turn, talk, desk, now });
  const roles = turn.roles.filter((one) => one.storeId === shop?.id).map(({ role }) => role);
  return {
    title: replies.pageTitle(shop, roles),
    reply: replies.spoken('reply' in handled ? handled.reply : replies.broken(), talk.language),
  };
}

/** The words that were sent, the same each time: they were true when they left. */
async function showNotice({ receipt = '', sender }: Message, { store }: Desk): Promise<Reply> {
  const id = noticeIdIn(receipt);
  const words = id === null ? null : await store.findNotice({ id, sender });
  return words === null ? replies.spoken(replies.noNotice(), 'ko') : (words as Reply);
}

async function answerSafely(message: Message, desk: Desk): Promise<Reply> {
  try {
    for (let tries = 1; ; tries++) {
      try {
        return await answer(message, desk);
      } catch (error) {
        if (!(error instanceof StaleTurn) || tries >= TURN_TRIES_MAX) throw error;
      }
    }
  } catch (error) {
    if (error instanceof DomainError && error.code === 'busy')
      return sayWithout(message, replies.crowded());
    desk.log('chat.broken', whereItBroke(error));
    return sayWithout(message, replies.broken());
  }
}

/** What is said where the conversation cannot be looked at. */
function sayWithout(message: Message, reply: Reply): Reply {
  return replies.spoken(reply, languageOf(message, 'ko'));
}

async function answer(message: Message, desk: Desk): Promise<Reply> {
  const { store } = desk;
  const now = message.at;
  const key = message.press?.key ?? message.updateId;
  let turn = await store.findTurn(message.sender, key);
  // A code is of or for a person, so a stranger who brings or wants one is stored first.
  if (turn.isNew && (readInvite(message.text) !== null || isAboutLinking(message.text))) {
    await store.meet(message.sender, now);
    turn = await store.findTurn(message.sender, key);
  }
  if (turn.answered !== null) return turn.answered as Reply;
  const delivered = await answeredBefore(message, desk);
  if (delivered !== null) return delivered;
  const known = (turn.conversation as Conversation | null) ?? FRESH;
  const own = forgetOthers({ ...FRESH, ...known }, turn.accountId);
  const before = forgetOld(own, now, desk);
  const talk = { ...before, language: languageOf(message, before.language) };
  if (key === null && isRepeat(talk, message)) return talk.last?.reply ?? replies.broken();
  const coming = { message, turn, talk, desk, now };
  // What waits is put into words first: it was true before this message changed anything.
  const waiting = await tellHeld({ message, turn, store, pagesUrl: desk.pagesUrl });
  const handled = await handle(coming);
  const reply = await finish({ ...coming, key, waiting }, handled);
  desk.onAnswered?.({
    storeId: handled.shop?.id ?? talk.storeId ?? '',
    platform: message.sender.platform,
    notices: waiting.filter(({ words }) => words !== null).length,
  });
  return reply;
}

/** A press that did nothing is kept by its delivery alone: pressed anew it may do something. */
async function answeredBefore(
  { press, updateId, sender }: Message,
  { store }: Desk,
): Promise<Reply | null> {
  if (press?.key == null || updateId === null) return null;
  return (await store.findTurn(sender, updateId)).answered as Reply | null;
}

/** A press says the button's words, whoever wrote them. */
function languageOf({ text, press }: Message, before: Language): Language {
  return press === undefined ? spokenIn(aroundCode(text), before) : before;
}

function isRepeat({ last }: Conversation, message: Message): boolean {
  if (last === null || message.attachment !== undefined) return false;
  if (last.text !== message.text || last.press !== pressOf(message)) return false;
  return message.at.getTime() - Date.parse(last.at) <= REPEAT_MS;
}

/** Two buttons may say the same words and mean different orders. */
function pressOf({ press }: Message): string | null {
  return press === undefined ? null : `${press.act}:${press.ref}`;
}

/** Who answers: staff codes first, then the sender's roles in this store, then the buyer in him. */
async function handle(
  coming: Coming,
): Promise<{ handled: NonNullable<Handled>; shop: Shop | null }> {
  const { message } = coming;
  if (message.press?.act === FORGOTTEN.act)
    return { handled: stay(coming, replies.buttonIsOld()), shop: null };
  const text = message.text.trim();
  const invited = await useInvite(coming, text);
  if (invited !== null) return { handled: invited, shop: null };
  const linking = await answerLinking(coming, text);
  if (linking !== null) return { handled: linking, shop: null };
  const administered = await answerAdmin(coming, text);
  if (administered !== null) return { handled: administered, shop: null };
  const chosen = await chooseShop(coming, text);
  if ('reply' in chosen) return { handled: chosen, shop: null };
  const { shop } = chosen;
  const roles = rolesAt(coming.turn, shop.id);
  const asking: Asking = {
    ...coming,
    text: chosen.text,
    shop,
    roles,
    talk: atStore(chosen.talk, shop.id),
  };
  if (message.attachment !== undefined)
    return { handled: stay(asking, attachmentReply(asking)), shop };
  if (asking.text.length > TEXT_CHARS_MAX)
    return { handled: { reply: replies.tooLong(TEXT_CHARS_MAX), talk: asking.talk }, shop };
  return { handled: (await answerAs(roles, asking)) ?? stay(asking, replies.broken()), shop };
}

/** Who is answering a buyer is told that only words go to him. */
function attachmentReply({ talk: { open } }: Asking): Reply {
  return open?.kind === 'answer' ? replies.answerInWords(open.no) : replies.attachment();
}

/**
 * A press first, then an answer to our open question; after that the question is over and the text
 * is read anew: by the farmer in him, by the seller, by the buyer.
 */
async function answerAs(roles: ReadonlySet<Role>, asking: Asking): Promise<Handled> {
  const isFarmer = roles.has('farmer');
  const { press } = asking.message;
  if (press !== undefined) {
    const refused = refusePress(asking);
    if (refused !== null) return refused;
    const pressing = { ...asking, talk: pressedAside(asking.talk, press) };
    const pressed =
      (isFarmer ? await pressedByFarmer(pressing) : null) ??
      (await pressedBySeller(pressing)) ??
      (await pressedByStaff(pressing)) ??
      (await pressedByBuyer(pressing));
    if (pressed !== null) return pressed;
  }
  const answered =
    (await answerQuestionAnswer(asking)) ??
    (isFarmer ? await answerFarmerQuestion(asking) : null) ??
    (await answerDepositQuestion(asking)) ??
    (await answerStaffQuestion(asking)) ??
    (await answerBuyerQuestion(asking));
  if (answered !== null) return answered;
  const free = closed(asking);
  return (
    (await answerOnQuestions(free)) ??
    (await answerHours(free)) ??
    (await answerWeek(free)) ??
    (isFarmer ? await answerFarmer(free) : null) ??
    (roles.has('seller') ? await answerSeller(free) : null) ??
    (await refuseWords(free)) ??
    (isFarmer ? sayNotRead(free) : null) ??
    answerBuyer(free)
  );
}

type Ended = Coming & { readonly key: string | null; readonly waiting: readonly Told<Held>[] };

/** Says the answer behind what was waiting for this contact, and remembers both as one. */
async function finish(
  ended: Ended,
  { handled, shop }: { handled: NonNullable<Handled>; shop: Shop | null },
): Promise<Reply> {
  const { turn, desk, message, now, key } = ended;
  const talk = 'reply' in handled ? handled.talk : ended.talk;
  const held = ended.waiting.flatMap(({ notice, words }) =>
    words === null || isShownAnyway(notice, talk, now) ? [] : [words],
  );
  const settle = (step: Step, isOver: boolean) => {
    // The answer's own choices come first: they are what the person is talking about.
    // Who has himself erased is answered in the language he asked in.
    const { language } = ended.talk;
    const answer = replies.spoken(step.reply, language);
    const before = held.map((words) => replies.spoken(words, language));
    const words = asOne([...before, answer], answer);
    const reply: Reply = isOver ? { ...words, endsPress: true } : words;
    const at = now.toISOString();
    const conversation = {
      ...step.talk,
      last: { text: message.text, press: pressOf(message), at, reply },
    };
    return { conversation, reply };
  };
  const { updateId } = message;
  const request = key === null ? undefined : { key: requestKey(turn, key) };
  const delivery = updateId === null ? undefined : { key: requestKey(turn, updateId) };
  const isKeyed = message.press?.key != null;
  const end = { turn, shown: ended.waiting.map(({ notice }) => notice.id) };
  const storeId = shop?.id ?? '';
  const endWith = async (step: Step, asked: typeof request) => {
    const { person } = step;
    const ending = {
      storeId,
      now,
      request: asked,
      end: { ...end, person, settle: () => settle(step, isKeyed && asked === request) },
    };
    return (await desk.store.endTurn(ending)) as Reply;
  };
  if ('reply' in handled) return endWith(handled, handled.isTentative ? delivery : request);
  try {
    const submitted = await desk.store.submit({
      ...handled.command,
      request,
      turn: { ...end, settle: (answer: never) => settle(handled.settle(answer), isKeyed) },
    });
    return submitted.reply as Reply;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === 'busy') throw error;
    // Not kept under the press's key: what was refused may be allowed when it is pressed again.
    return endWith(await handled.refused(error), delivery);
  }
}

function requestKey(turn: Turn, key: string): string {
  return `${turn.person.id}:${key}`;
}

/** As many of the waiting notices as fit beside an answer; the rest waits on. */
async function tellHeld({
  turn,
  store,
  pagesUrl,
  message,
}: Pick<Coming, 'turn' | 'message'> & Pick<Desk, 'store' | 'pagesUrl'>): Promise<Told<Held>[]> {
  const roomChars = Math.floor(message.roomChars / 2);
  const room = { roomChars, togetherChars: roomChars, isWhole: false };
  const tomorrow = await earlierDatesThatWait(turn.held, { store, now: message.at });
  const held = turn.held.filter((notice) => !tomorrow.has(notice));
  const personId = turn.person.id;
  return tell(held, { store, wordsFor, pagesUrl, personId, ...room, now: message.at });
}

/** What the person sees anyway or has seen since: the frozen list, or the number we would ask for. */
function isShownAnyway(notice: Held, talk: Conversation | null, now: Date): boolean {
  const { date } = notice.data;
  const { list = null, cap = null } = talk ?? {};
  // A look at the list is no answer to our question, though it means the same date from then on.
  if (notice.kind === 'evening_question')
    return cap?.date === date && cap?.at === now.toISOString() && list?.at !== cap?.at;
  const isIt = talk?.storeId === notice.storeId && list?.date === date && !list?.isDraft;
  // One that was sent anew after the look is told anew.
  const isSeen = list !== null && (list.at === now.toISOString() || list.at > notice.createdAt);
  return notice.kind === 'day_list' && isIt && isSeen;
}
