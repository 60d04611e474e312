// Seller: answers what buyers ask. What he writes next goes to one of them as it is, so whatever speaks
// against its being the answer is asked before.
import { isNo, isYes } from '../language/answers.ts';
import { readAnswer, stopsAnswering } from '../language/read-answer.ts';
import { readFarmer } from '../language/read-farmer.ts';
import { readHours } from '../language/read-hours.ts';
import { holdsOrderData } from '../language/read-intent.ts';
import { readSeller } from '../language/read-seller.ts';
import { asksForWeek } from '../language/week.ts';
import { localDate } from '../orders/dates.ts';
import type { DomainError } from '../orders/errors.ts';
import * as ordering from '../orders/ordering.ts';
import { ANSWER_CHARS_MAX } from '../orders/questioning.ts';
import type { QuestionRecord } from '../orders/store.ts';
import type { Press } from './bot.ts';
import type { OpenQuestion } from './conversation.ts';
import { isForwarded } from './deposits.ts';
import {
  type Asking,
  ask,
  by,
  closed,
  contextOf,
  type Handled,
  pending,
  type Step,
  stay,
} from './desk.ts';
import * as replies from './replies/index.ts';

const QUESTIONS_READ_MAX = 100;
/** Said later than this after `답장`, it may be anything. */
const ANSWER_WITHIN_MS = 30 * 60_000;
const DAY_MS = 86_400_000;

type Answering = Extract<OpenQuestion, { kind: 'answer' }>;
type Sure = Extract<OpenQuestion, { kind: 'answer-sure' }>;

/** The store that a button below a question names; null for any other button. */
export function storeOfQuestion(press: Press | undefined): string | null {
  if (press?.act !== 'question-answer' && press?.act !== 'question-close') return null;
  const [storeId = '', no] = press.ref.split('/');
  return no === undefined ? null : storeId;
}

function numberIn(ref: string): number {
  return Number(ref.split('/').at(-1));
}

/** A pressed button below a question; null when it is none. */
export async function pressedOnQuestion(asking: Asking): Promise<Handled> {
  const { press } = asking.message;
  switch (press?.act) {
    case 'question-answer':
      return startAnswer(asking, numberIn(press.ref));
    case 'question-close':
      return closeQuestion(closed(asking), numberIn(press.ref));
    case 'question-send': {
      const { open } = asking.talk;
      const isIts = open?.kind === 'answer-sure' && open.id === press.ref;
      return isIts ? send(asking, open) : stay(asking, replies.questionIsOver());
    }
    case 'question-stop':
      return asking.talk.open?.id === press.ref
        ? stay(closed(asking), replies.answerNotSent())
        : stay(asking, replies.questionIsOver());
    default:
      return null;
  }
}

/** The message after `답장`, or after our question whether something is the answer. */
export async function answerQuestionAnswer(asking: Asking): Promise<Handled> {
  const { open } = asking.talk;
  if (!asking.roles.has('seller')) return null;
  if (open?.kind === 'answer-sure') return answerSure(asking, open);
  if (open?.kind !== 'answer' || readAnswer(asking.text) !== null) return null;
  if (stopsAnswering(asking.text)) return stay(closed(asking), replies.answerNotSent());
  const question = await asking.desk.store.findQuestion(asking.shop.id, open.no);
  if (question === null) return stay(closed(asking), replies.noSuchQuestion(open.no));
  return weigh(asking, open, question);
}

/** What he says of questions without having pressed anything. */
export async function answerOnQuestions(asking: Asking): Promise<Handled> {
  const said = asking.roles.has('seller') ? readAnswer(asking.text) : null;
  if (said === null) return null;
  const open = await openQuestions(asking);
  const [only, another] = open;
  const no = said.no ?? (another === undefined ? (only?.no ?? null) : null);
  if (no === null)
    return stay(
      asking,
      another ? replies.questionList(asking.shop, open) : replies.noSuchQuestion(null),
    );
  if (said.kind === 'close') return closeQuestion(asking, no);
  if (said.text === null) return startAnswer(asking, no);
  if (said.text.length > ANSWER_CHARS_MAX) return stay(asking, replies.answerTooLong(no));
  const question = await asking.desk.store.findQuestion(asking.shop.id, no);
  if (question === null) return stay(asking, replies.noSuchQuestion(no));
  // Without its number nobody has said to whom it goes.
  if (said.no === null) return askWhether(asking, question, { why: 'late', text: said.text });
  return send(asking, { no, text: said.text, isMore: false });
}

export async function showQuestions(asking: Asking): Promise<Handled> {
  return stay(asking, replies.questionList(asking.shop, await openQuestions(asking)));
}

/** What has waited for longer than a day. */
export function olderThanADay(
  open: readonly QuestionRecord[],
  now: Date,
): readonly QuestionRecord[] {
  const since = new Date(now.getTime() - DAY_MS).toISOString();
  return open.filter(({ askedAt }) => askedAt <= since);
}

export async function openQuestions({ desk, shop }: Asking): Promise<readonly QuestionRecord[]> {
  const filter = { storeId: shop.id, state: 'open', limit: QUESTIONS_READ_MAX } as const;
  return desk.store.findQuestions(filter);
}

/** `no` may come from a button, which anybody can forge: the question is looked up in this store. */
async function startAnswer(asking: Asking, no: number): Promise<Handled> {
  const question = Number.isSafeInteger(no)
    ? await asking.desk.store.findQuestion(asking.shop.id, no)
    : null;
  if (question === null) return stay(asking, replies.noSuchQuestion(no));
  const newest = (await openQuestions(asking)).at(-1)?.no ?? no;
  const at = asking.now.toISOString();
  const isMore = question.state === 'answered';
  return ask(asking, { kind: 'answer', no, at, newest, isMore }, (id) =>
    replies.askAnswer(asking.shop, { question, id }),
  );
}

/** Sent at once only when nothing can be meant but the answer. */
async function weigh(asking: Asking, open: Answering, question: QuestionRecord): Promise<Handled> {
  const { text, now, talk } = asking;
  const isLate =
    talk.last?.at !== open.at || now.getTime() - Date.parse(open.at) > ANSWER_WITHIN_MS;
  // Much later a command is one, and the question is over.
  if (isLate && readsAsCommand(asking)) return null;
  if (text.length > ANSWER_CHARS_MAX) return stay(asking, replies.answerTooLong(open.no));
  const isNewer = (await openQuestions(asking)).some(({ no }) => no > open.newest);
  const why = readsAsCommand(asking)
    ? 'command'
    : isLate
      ? 'late'
      : isNewer
        ? 'newer'
        : question.state === 'answered' && !open.isMore
          ? 'answered'
          : null;
  if (why !== null) return askWhether(asking, question, { why, text });
  return send(asking, { no: open.no, text, isMore: open.isMore });
}

function askWhether(
  asking: Asking,
  question: QuestionRecord,
  { why, text }: { readonly why: replies.AnswerDoubt; readonly text: string },
): Step {
  const { no, state } = question;
  const sure = { kind: 'answer-sure', no, text, isMore: state === 'answered' } as const;
  return ask(asking, sure, (id) => replies.isThisTheAnswer(question, { why, answer: text, id }));
}

function answerSure(asking: Asking, open: Sure): Handled {
  const { text } = asking;
  if (isYes(text) || replies.isLabel(text, 'sendAnswer')) return send(asking, open);
  if (isNo(text) || stopsAnswering(text) || replies.isLabel(text, 'dontSend'))
    return stay(closed(asking), replies.answerNotSent());
  return null;
}

function send(
  asking: Asking,
  answer: { readonly no: number; readonly text: string; readonly isMore: boolean },
): Handled {
  const { no, text, isMore } = answer;
  return pending({
    command: ordering.answerQuestion(by(asking, 'seller'), { no, text, isMore }),
    settle: () => stay(closed(asking), replies.answerSent({ no }, text)),
    refused: (error) => notSent(asking, { no, text }, error),
  });
}

/** Another seller was faster, or the question is gone with its asker. */
async function notSent(
  asking: Asking,
  { no, text }: { readonly no: number; readonly text: string },
  error: DomainError,
): Promise<Step> {
  const question = await asking.desk.store.findQuestion(asking.shop.id, no);
  if (question === null) return stay(closed(asking), replies.noSuchQuestion(no));
  return error.detail.state === 'answered'
    ? askWhether(asking, question, { why: 'answered', text })
    : stay(closed(asking), replies.refused(error, asking.shop));
}

function closeQuestion(asking: Asking, no: number): Handled {
  return pending({
    command: ordering.closeQuestion(by(asking, 'seller'), no),
    settle: (question) => stay(asking, replies.questionClosed(question)),
    refused: () => stay(asking, replies.noSuchQuestion(no)),
  });
}

const LABELS: ReadonlySet<string> = new Set(
  (Object.keys(replies.BUTTONS) as (keyof typeof replies.BUTTONS)[])
    // These may well be the answer.
    .filter((key) => key !== 'yes' && key !== 'no')
    .flatMap(replies.labelsOf),
);

/** Whether these words would do or show something at this farm, or hold somebody's order. */
function readsAsCommand(asking: Asking): boolean {
  const { text, shop, now } = asking;
  const today = localDate(now, shop.policy.timeZone);
  return (
    LABELS.has(replies.plainLabel(text)) ||
    readSeller(text).kind !== 'other' ||
    readFarmer(text, today).some(({ kind }) => kind !== 'other') ||
    readHours(text) !== null ||
    asksForWeek(text) ||
    isForwarded(text, now) ||
    holdsOrderData(text, contextOf(asking))
  );
}
