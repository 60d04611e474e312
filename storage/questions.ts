// Questions that buyers ask of a farm; each is sealed with its buyer's key.
import type { Question } from '../src/orders/change.ts';
import { questionSubject } from '../src/orders/questioning.ts';
import type { QuestionRecord, Store } from '../src/orders/store.ts';
import { type Context, keysOf } from './operations.ts';
import { readKey } from './people.ts';
import type { Row } from './rows.ts';
import { all, type Body, first, q } from './statement.ts';

const COUNTER = 'questions';

/** Ties what is sealed to its row. */
function questionPlace(storeId: string, no: number): string {
  return `question/${storeId}/${no}`;
}

/** Like the codes, one after another: a store's commands do not meet. */
export function* nextQuestionNo(storeId: string): Body<number> {
  const counter = yield* first(q.findCounter, { store_id: storeId, name: COUNTER });
  return (counter?.value ?? 0) + 1;
}

export function* readOpenQuestions(
  context: Context,
  storeId: string,
  personId: string,
): Body<Question[]> {
  const rows = yield* all(q.listOpenQuestionsOf, { store_id: storeId, person_id: personId });
  return yield* toQuestions(context, rows);
}

export function* readQuestion(context: Context, storeId: string, no: number): Body<Question[]> {
  return yield* toQuestions(context, yield* all(q.findQuestionRow, { store_id: storeId, no }));
}

export function* writeQuestion(
  context: Context,
  storeId: string,
  { no, personId, state, text, askedAt, endedAt }: Question,
): Body<void> {
  if (endedAt !== null) {
    yield* all(q.endQuestion, { store_id: storeId, no, state, ended_at: endedAt });
    return yield* dropTheirWords([{ store_id: storeId, no }]);
  }
  yield* readKey(context, personId);
  yield* all(q.putCounter, { store_id: storeId, name: COUNTER, value: no });
  yield* all(q.insertQuestion, {
    ...{ store_id: storeId, no, person_id: personId, state },
    sealed: context.vault.sealFor(personId, questionPlace(storeId, no), text),
    ...{ asked_at: askedAt, ended_at: null },
  });
}

/** With what was kept of the notices that told the sellers of them. */
export function* dropQuestionsOf(personId: string): Body<void> {
  yield* dropTheirWords(yield* all(q.dropQuestionsOf, { person_id: personId }));
}

export function* dropOldQuestions(before: {
  readonly ended: string;
  readonly asked: string;
}): Body<number> {
  const dropped = yield* all(q.dropOldQuestions, before);
  yield* dropTheirWords(dropped);
  return dropped.length;
}

function* dropTheirWords(of: readonly Pick<Row<'questions'>, 'store_id' | 'no'>[]): Body<void> {
  for (const { store_id, no } of of)
    yield* all(q.dropWords, keysOf('question_asked', questionSubject(store_id, no)));
}

export function* findQuestions(
  context: Context,
  { storeId, state = undefined, limit }: Parameters<Store['findQuestions']>[0],
): Body<QuestionRecord[]> {
  const of = { store_id: storeId, limit };
  const rows =
    state === 'open'
      ? yield* all(q.listOpenQuestions, of)
      : yield* all(q.listQuestions, { ...of, state: state ?? '' });
  const questions = yield* toQuestions(context, rows);
  return questions.map((question) => ({ ...question, storeId }));
}

export function* findQuestion(
  context: Context,
  storeId: string,
  no: number,
): Body<QuestionRecord | null> {
  const [only] = yield* readQuestion(context, storeId, no);
  return only === undefined ? null : { ...only, storeId };
}

function* toQuestions(context: Context, rows: readonly Row<'questions'>[]): Body<Question[]> {
  const questions: Question[] = [];
  for (const { store_id, no, person_id, state, sealed, asked_at, ended_at } of rows) {
    yield* readKey(context, person_id);
    questions.push({
      no,
      personId: person_id,
      state: state as Question['state'],
      text: context.vault.openIfKept(person_id, questionPlace(store_id, no), sealed) as
        | string
        | null,
      askedAt: asked_at,
      endedAt: ended_at,
    });
  }
  return questions;
}
