import { DomainError, isoWithOffset, type Mending } from '../src/app.ts';
import { type Cli, type Row, row, UsageError } from './command.ts';
import { letterJson, letterLine, tellLetters } from './outbox.ts';
import { whole } from './readers.ts';

const LETTERS_MAX = 1000;
const ID: readonly [string, string, typeof whole] = ['<id>', 'the number of the letter', whole];

export const commands: readonly Row[] = [
  row<{ store?: string }>({
    name: 'ls',
    about: 'list what could not be delivered, oldest first; never what it says',
    options: [['--store <id>', 'only of this store']],
    example: 'sanji dlq ls --json',
    async run(cli, { store: storeId }) {
      const { store } = await cli.house();
      return tellLetters(
        cli,
        await store.listOutbox({ state: 'dead', storeId, limit: LETTERS_MAX }),
      );
    },
  }),
  row<{ id: number }>({
    name: 'show',
    about: 'show one letter with the fields its words are made of',
    args: [ID],
    example: 'sanji dlq show 17',
    async run(cli, { id }) {
      const { store } = await cli.house();
      const letter = await store.findLetter(id);
      if (letter === null) throw new DomainError('not_found', `there is no letter ${id}`);
      const { state, storeId, diedAt, data, why } = letter;
      const { timeZone } = cli.config();
      const died = diedAt && isoWithOffset(new Date(diedAt), timeZone);
      const json = { ...letterJson(cli, letter), state, store: storeId, diedAt: died, data, why };
      const fields = Object.entries(data).map(
        ([key, value]) => `  ${key}=${JSON.stringify(value)}`,
      );
      const lines = [
        letterLine(cli, letter),
        ...fields,
        ...(why === null ? [] : [`  why: ${why}`]),
      ];
      return { json, lines };
    },
  }),
  row<{ id?: number; all?: boolean }>({
    name: 'retry',
    about: 'try a letter again from the start, or all of them',
    args: [['[id]', 'the number of the letter', whole]],
    options: [['--all', 'every letter there is']],
    example: 'sanji dlq retry 17',
    async run(cli, { id, all = false }) {
      if ((id === undefined) === !all) throw new UsageError('name one letter, or say --all');
      if (id !== undefined) return mend(cli, id, { how: 'retry' });
      return retryAll(cli);
    },
  }),
  row<{ id: number; set?: readonly string[] }>({
    name: 'edit',
    about: 'try a letter again in other words (text=…), or in words made of other fields',
    args: [ID],
    options: [['--set <pairs...>', 'text=… for the words; else fields as `dlq show` lists them']],
    example: 'sanji dlq edit 17 --set "text=We send it again tomorrow"',
    async run(cli, { id, set = [] }) {
      return mend(cli, id, await edited(cli, id, set));
    },
  }),
  row<{ id: number; why?: string }>({
    name: 'drop',
    about: 'give a letter up; nobody will hear it',
    args: [ID],
    options: [['--why <reason>', 'why, for whoever asks later']],
    example: 'sanji dlq drop 17 --why "told by phone"',
    async run(cli, { id, why = '' }) {
      if (why.trim() === '') throw new UsageError('--why is needed');
      return mend(cli, id, { how: 'drop', why: why.trim() });
    },
  }),
];

async function mend(cli: Cli, id: number, mending: Mending) {
  const { store } = await cli.house();
  const letter = await store.mendLetter({ id, now: cli.now(), mending });
  if (letter === null) throw new DomainError('not_found', `there is no dead letter ${id}`);
  return { json: letterJson(cli, letter), lines: [letterLine(cli, letter)] };
}

async function retryAll(cli: Cli) {
  const { store } = await cli.house();
  const dead = await store.listOutbox({ state: 'dead', limit: LETTERS_MAX });
  const mended = [];
  for (const { id } of dead) {
    const letter = await store.mendLetter({ id, now: cli.now(), mending: { how: 'retry' } });
    if (letter !== null) mended.push(letter);
  }
  return tellLetters(cli, mended);
}

const WORDS = 'text';

/** Fields keep their type: a letter whose words cannot be made of its data would only die again. */
async function edited(cli: Cli, id: number, pairs: readonly string[]): Promise<Mending> {
  const fields = pairs.map((pair): [string, string] => {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`expected key=value, got ${pair}`);
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  const [first, another] = fields;
  if (first === undefined) throw new UsageError('--set is needed');
  const words = fields.find(([key]) => key === WORDS)?.[1];
  if (words !== undefined) {
    if (another !== undefined) throw new UsageError(`${WORDS} stands in place of all other fields`);
    if (words.trim() === '') throw new UsageError(`${WORDS} is empty`);
    return { how: 'reword', content: { texts: [words], choices: [] } };
  }
  const { store } = await cli.house();
  const data = (await store.findLetter(id))?.data ?? {};
  const changes = fields.map(([key, text]) => [key, valueLike(data[key], key, text)]);
  return { how: 'redo', data: { ...data, ...Object.fromEntries(changes) } };
}

function valueLike(known: unknown, key: string, text: string): unknown {
  if (known === undefined) throw new UsageError(`the letter has no field ${key}`);
  if (typeof known === 'string') return text;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${key}: expected JSON like ${JSON.stringify(known)}, got ${text}`);
  }
  const isAlike = typeof value === typeof known && Array.isArray(value) === Array.isArray(known);
  if (!isAlike) throw new UsageError(`${key}: expected a value like ${JSON.stringify(known)}`);
  return value;
}
