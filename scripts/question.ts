import {
  DomainError,
  type House,
  isoWithOffset,
  ordering,
  QUESTION_STATES,
  type QuestionRecord,
} from '../src/app.ts';
import { type Cli, type Row, row, STORE } from './command.ts';
import { asked, findShops } from './find.ts';
import { oneOf, whole } from './readers.ts';

const QUESTIONS_MAX = 1000;
type State = (typeof QUESTION_STATES)[number];
type One = { readonly no: number; readonly store?: string };

const NO = ['<no>', 'the question, as `sanji question ls` numbers it', whole] as const;

export const commands: readonly Row[] = [
  row<{ store?: string; state?: State }>({
    name: 'ls',
    about: 'list the questions that buyers ask the farm, with their words',
    options: [
      ['--store <id>', 'only of this store'],
      ['--state <state>', 'open (when left out), answered or closed', oneOf(...QUESTION_STATES)],
    ],
    example: 'sanji question ls --store peach',
    async run(cli, { store: storeId, state = 'open' }) {
      const house = await cli.house();
      const questions: QuestionRecord[] = [];
      for (const { id } of await findShops(house, storeId))
        questions.push(
          ...(await house.store.findQuestions({ storeId: id, state, limit: QUESTIONS_MAX })),
        );
      return {
        json: questions.map((one) => questionJson(cli, one)),
        lines: questions.map(questionLine),
      };
    },
  }),
  row<One & { words: string; more?: boolean }>({
    name: 'answer',
    about: 'send these words to whoever asked, as the farm’s',
    args: [NO, ['<words>', 'the answer']],
    options: [STORE, ['--more', 'also when it is answered already']],
    example: 'sanji question answer 3 "Yes, we do." --store peach',
    async run(cli, { no, store: storeId, words: text, more = false }) {
      const house = await cli.house();
      const { shop } = await mustFind(house, no, storeId);
      await house.store.submit(
        ordering.answerQuestion(asked(cli, shop), { no, text, isMore: more }),
      );
      return shown(cli, house, { no, storeId: shop.id });
    },
  }),
  row<One>({
    name: 'close',
    about: 'let a question be, without an answer',
    args: [NO],
    options: [STORE],
    example: 'sanji question close 3 --store peach',
    async run(cli, { no, store: storeId }) {
      const house = await cli.house();
      const { shop } = await mustFind(house, no, storeId);
      await house.store.submit(ordering.closeQuestion(asked(cli, shop), no));
      return shown(cli, house, { no, storeId: shop.id });
    },
  }),
];

/** Each store counts its own. */
async function mustFind(house: House, no: number, storeId: string | undefined) {
  const found = [];
  for (const shop of await findShops(house, storeId))
    if ((await house.store.findQuestion(shop.id, no)) !== null) found.push({ shop });
  const [only, another] = found;
  if (only === undefined)
    throw new DomainError(
      'not_found',
      `there is no question ${no}${storeId ? ` in ${storeId}` : ''}`,
    );
  if (another !== undefined)
    throw new DomainError(
      'ambiguous',
      `${found.length} stores have a question ${no}: name one by --store`,
    );
  return only;
}

async function shown(cli: Cli, house: House, { no, storeId }: { no: number; storeId: string }) {
  const question = await house.store.findQuestion(storeId, no);
  if (question === null) throw new DomainError('not_found', `there is no question ${no}`);
  return { json: questionJson(cli, question), lines: [questionLine(question)] };
}

function questionJson(cli: Cli, { no, storeId: store, state, text, ...times }: QuestionRecord) {
  const { timeZone } = cli.config();
  const at = (instant: string) => isoWithOffset(new Date(instant), timeZone);
  const { askedAt, endedAt } = times;
  return { no, store, state, text, askedAt: at(askedAt), endedAt: endedAt && at(endedAt) };
}

function questionLine({ no, storeId, state, askedAt, text }: QuestionRecord): string {
  return `${no}  ${storeId}  ${state}  ${askedAt}  ${text ?? '—'}`;
}
