// Questions that buyers ask and only the farm can answer: handed on, answered, or closed without an answer.
import type { Change, Question, State, Who } from './change.ts';
import { DomainError } from './errors.ts';

/** Waiting for an answer at once, of one buyer at one store. */
export const OPEN_QUESTIONS_MAX = 3;
/** What is longer is no question; as much of it is kept. */
export const QUESTION_CHARS_MAX = 1000;
export const ANSWER_CHARS_MAX = 1000;

/** `again`: the same one waits already; `enough`: too many of his do. */
export type Asked = { readonly how: 'asked' | 'again' | 'enough'; readonly no: number | null };

export type Answered = { readonly question: Question; readonly isMore: boolean };

/** `state.questions` are those of the asker that wait for an answer. */
export function decideAskQuestion(
  { shop, questions, newQuestionNo: no, now }: State,
  { personId, text }: { readonly personId: string; readonly text: string },
  who: Who,
): Change<Asked> {
  const same = questions.find((one) => one.text !== null && plainly(one.text) === plainly(text));
  const nothing = { who, events: [], notices: [] };
  if (same !== undefined) return { ...nothing, answer: { how: 'again', no: same.no } };
  if (questions.length >= OPEN_QUESTIONS_MAX)
    return { ...nothing, answer: { how: 'enough', no: null } };
  const kept = [...text].slice(0, QUESTION_CHARS_MAX).join('');
  const askedAt = now.toISOString();
  return {
    answer: { how: 'asked', no },
    who,
    question: { no, personId, state: 'open', text: kept, askedAt, endedAt: null },
    events: [],
    notices: [
      {
        to: { role: 'seller' },
        kind: 'question_asked',
        about: questionSubject(shop.id, no),
        data: { questions: [String(no)] },
      },
    ],
  };
}

/** By which its notices are found: each store counts its own. */
export function questionSubject(storeId: string, no: number): string {
  return `${storeId}/${no}`;
}

/** Signs and blanks do not make it another question. */
function plainly(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
}

/** `isMore`: whoever answers knows that it was answered before and adds to it. */
export function decideAnswerQuestion(
  state: State,
  { no, text, isMore }: { readonly no: number; readonly text: string; readonly isMore: boolean },
  who: Who,
): Change<Answered> {
  const question = mustHaveQuestion(state, no);
  if (text.trim() === '' || text.length > ANSWER_CHARS_MAX)
    throw new DomainError('bad_request', `an answer has 1 to ${ANSWER_CHARS_MAX} characters`, {
      characters: text.length,
    });
  const wasAnswered = question.state === 'answered';
  if (wasAnswered && !isMore)
    throw new DomainError('conflict', `question ${no} is answered`, { state: 'answered', no });
  const ended: Question = { ...question, state: 'answered', endedAt: state.now.toISOString() };
  return {
    answer: { question: ended, isMore: wasAnswered },
    who,
    question: ended,
    events: [],
    notices: [
      {
        to: { person: question.personId },
        kind: 'answered',
        about: questionSubject(state.shop.id, no),
        data: { question: String(no), actedAt: question.askedAt },
        said: text,
      },
    ],
  };
}

/** Without an answer. One that is answered or closed stays as it is. */
export function decideCloseQuestion(state: State, no: number, who: Who): Change<Question> {
  const question = mustHaveQuestion(state, no);
  if (question.state !== 'open') return { answer: question, who, events: [], notices: [] };
  const ended: Question = { ...question, state: 'closed', endedAt: state.now.toISOString() };
  return { answer: ended, who, question: ended, events: [], notices: [] };
}

function mustHaveQuestion({ questions }: State, no: number): Question {
  const question = questions.find((one) => one.no === no);
  if (question === undefined)
    throw new DomainError('not_found', `there is no question ${no}`, { no });
  return question;
}
