// Questions that only the farm can answer: what the buyer hears of them, and what the seller does.
import { ANSWER_CHARS_MAX, OPEN_QUESTIONS_MAX } from '../../orders/questioning.ts';
import type { Shop } from '../../orders/shop.ts';
import type { QuestionRecord } from '../../orders/store.ts';
import type { Choice, Reply } from '../bot.ts';
import * as words from '../words.ts';
import { contactLine } from './lines.ts';
import { BUTTONS, choice, pressable, say, shortly } from './parts.ts';
import { inBoth } from './tongue.ts';

const SHOWN_MAX = 8;
const BUTTONS_MAX = 4;
const LINE_CHARS_MAX = 60;

// The buyer

export function questionHandedOn(): Reply {
  return inBoth(({ either, start }) =>
    say(
      either(
        '그건 판매자가 답해 드릴게요. 물어봐 두었으니 답이 오면 여기로 알려 드려요.',
        'The seller will answer that. I have passed it on and will tell you here.',
      ),
      start,
    ),
  );
}

export function questionWaits(): Reply {
  return inBoth(({ either, start }) =>
    say(
      either(
        '그 문의는 판매자에게 이미 전했어요. 답이 오면 여기로 알려 드려요.',
        'I have already passed that on to the seller and will tell you here.',
      ),
      start,
    ),
  );
}

export function enoughQuestions(shop: Shop): Reply {
  return inBoth((tongue) =>
    say(
      `${tongue.either(
        `판매자에게 전한 문의 ${OPEN_QUESTIONS_MAX}개가 답을 기다리고 있어요. 그 답이 오면 더 여쭤볼게요.`,
        `${OPEN_QUESTIONS_MAX} questions of yours are with the seller. I will pass on more once they are answered.`,
      )} ${contactLine(shop, tongue)}`,
      tongue.start,
    ),
  );
}

/** Chatter: nothing to do, and nothing to bother the farm with. */
export function smallTalk(): Reply {
  return inBoth(({ either, start }) =>
    say(
      either(
        '말씀 고마워요 🙂 주문이나 궁금한 점이 있으면 편하게 적어 주세요.',
        'Thank you 🙂 Just write if you would like to order or ask something.',
      ),
      start,
    ),
  );
}

/** The farm's own words, as they were written; the frame in the language of who hears it. */
export function answered(shop: Shop, question: string | null, answer: string): Reply {
  return inBoth(({ either, labels }) =>
    say(
      [
        either(`${shop.name}에서 답이 왔어요.`, `An answer from ${shop.name}:`),
        ...(question === null ? [] : [`${either('문의', 'You asked')}: “${inLine(question)}”`]),
        `${either('답', 'Answer')}: ${answer}`,
      ].join('\n'),
      [choice(labels.order), choice(labels.status)],
    ),
  );
}

// The seller

export function questionsAsked(shop: Shop, questions: readonly QuestionRecord[]): Reply {
  const [first, another] = questions;
  if (first !== undefined && another === undefined)
    return say(
      `문의가 왔어요.\n${first.no}번 “${shortly(first.text ?? '')}”\n[답장]을 누르고 적어 주시면 손님께 그대로 전해요.`,
      [answerChoice(BUTTONS.answer, first), closeChoice(first)],
    );
  return say(
    [
      `문의 ${questions.length}개가 왔어요.`,
      ...linesOf(shop, questions),
      '[답장]을 누르고 적어 주시면 손님께 그대로 전해요.',
    ].join('\n'),
    answerChoices(questions),
  );
}

export function questionList(shop: Shop, open: readonly QuestionRecord[]): Reply {
  if (open.length === 0) return say('답을 기다리는 문의가 없어요.', [choice(BUTTONS.today)]);
  return say([`답을 기다리는 문의 ${open.length}개`, ...linesOf(shop, open)].join('\n'), [
    ...answerChoices(open),
    choice(BUTTONS.today),
  ]);
}

/** Oldest first, as many as fit. */
export function linesOf({ policy }: Shop, questions: readonly QuestionRecord[]): string[] {
  const lines = questions
    .slice(0, SHOWN_MAX)
    .map(
      ({ no, text, askedAt }) =>
        `${no}번 ${words.moment(askedAt, policy.timeZone)} “${inLine(text ?? '')}”`,
    );
  const rest = questions.length - SHOWN_MAX;
  return rest > 0 ? [...lines, `외 ${rest}개가 더 있어요.`] : lines;
}

function inLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length > LINE_CHARS_MAX
    ? `${characters.slice(0, LINE_CHARS_MAX).join('')}…`
    : line;
}

function answerChoices(questions: readonly QuestionRecord[]): Choice[] {
  return questions
    .slice(0, BUTTONS_MAX)
    .map((one) => answerChoice(`${BUTTONS.answer} ${one.no}`, one));
}

type Numbered = Pick<QuestionRecord, 'storeId' | 'no'>;

function answerChoice(label: string, one: Numbered): Choice {
  return pressable(label, { key: null, act: 'question-answer', ref: refOf(one) });
}

function closeChoice(one: Numbered): Choice {
  return pressable(BUTTONS.noAnswer, { key: null, act: 'question-close', ref: refOf(one) });
}

/** Each store counts its own questions, and a seller may work at several. */
function refOf({ storeId, no }: Numbered): string {
  return `${storeId}/${no}`;
}

export function askAnswer(
  shop: Shop,
  { question, id }: { readonly question: QuestionRecord; readonly id: string },
): Reply {
  const { no, text, endedAt, state } = question;
  const head =
    state === 'answered' && endedAt !== null
      ? `${no}번 문의는 ${words.moment(endedAt, shop.policy.timeZone)}에 이미 답했어요. 더 하실 말씀을 적어 주세요.`
      : `${no}번 문의의 답을 적어 주세요.`;
  return say(`${head} 다음에 보내시는 말이 손님께 그대로 가요.\n“${text ?? ''}”`, [
    pressable(BUTTONS.stop, { key: null, act: 'question-stop', ref: id }),
    ...(state === 'open' ? [closeChoice(question)] : []),
  ]);
}

/** Why an answer is not sent before its writer says so. */
export type AnswerDoubt = 'command' | 'late' | 'newer' | 'answered';

export function isThisTheAnswer(
  { no, text }: QuestionRecord,
  { why, answer, id }: { readonly why: AnswerDoubt; readonly answer: string; readonly id: string },
): Reply {
  const head = {
    command: '하실 일을 적으신 것 같아서 아직 보내지 않았어요. 손님께 보낼 답인가요?',
    late: '이 말을 손님께 답으로 보낼까요? 아직 보내지 않았어요.',
    newer: `그 사이 다른 문의가 왔어요. 이 답은 ${no}번 문의에 보낼까요?`,
    answered: `${no}번 문의는 이미 답했어요. 이 답도 보낼까요?`,
  }[why];
  return say(`${head}\n${no}번 “${inLine(text ?? '')}”\n답: “${shortly(answer)}”`, [
    pressable(BUTTONS.sendAnswer, { key: `answer:${id}:${no}`, act: 'question-send', ref: id }),
    pressable(BUTTONS.dontSend, { key: null, act: 'question-stop', ref: id }),
  ]);
}

export function answerSent({ no }: { readonly no: number }, answer: string): Reply {
  return say(`${no}번 문의에 답했어요. 손님께 전할게요.\n“${shortly(answer)}”`, [
    choice(BUTTONS.questions),
    choice(BUTTONS.today),
  ]);
}

export function answerNotSent(): Reply {
  return say('보내지 않았어요. 하실 일이 있으면 다시 적어 주세요.', [
    choice(BUTTONS.questions),
    choice(BUTTONS.today),
  ]);
}

export function answerTooLong(no: number): Reply {
  return say(
    `답은 ${ANSWER_CHARS_MAX}자까지 보낼 수 있어요. ${no}번 문의의 답을 조금 짧게 다시 적어 주세요.`,
  );
}

export function answerInWords(no: number): Reply {
  return say(`답은 글로만 전할 수 있어요. ${no}번 문의의 답을 글로 적어 주세요.`);
}

export function questionClosed({ no, state }: Pick<QuestionRecord, 'no' | 'state'>): Reply {
  return say(
    state === 'answered'
      ? `${no}번 문의는 이미 답했어요.`
      : `${no}번 문의를 답 없이 닫았어요. 손님께는 따로 알리지 않아요.`,
    [choice(BUTTONS.questions), choice(BUTTONS.today)],
  );
}

export function noSuchQuestion(no: number | null): Reply {
  return say(
    no === null ? '답을 기다리는 문의가 없어요.' : `${no}번 문의가 없어요. 지워졌을 수도 있어요.`,
    [choice(BUTTONS.questions)],
  );
}
