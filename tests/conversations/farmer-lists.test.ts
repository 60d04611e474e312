// What a farmer says of the rows of a list, from the message to what then stands in the books.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Parcel } from '../../src/orders/order.ts';
import { type ListedRow, morning } from '../support/farm-morning.ts';
import type { Talk } from '../support/talk.ts';

type State = 'packed' | 'shipped';
type Books = { readonly [state in State]?: readonly number[] } & {
  readonly waybills?: Readonly<Record<string, readonly string[]>>;
};
type Line = {
  readonly text: string;
  readonly list: string;
  /** What is said next. */
  readonly then?: readonly string[];
  /** Rows that are not named stay as they were. */
  readonly expected: Books & { readonly says: readonly string[]; readonly older?: Books };
};

const FILE = new URL('../fixtures/messages/farmer-lists.jsonl', import.meta.url);
const [HEAD = '', ...LINES] = readFileSync(FILE, 'utf8').trim().split('\n');
const LISTS = (JSON.parse(HEAD) as { lists: Readonly<Record<string, readonly ListedRow[]>> }).lists;
const SAID = LINES.map((line) => JSON.parse(line) as Line);

const OLDER_DATE = '2026-07-20';
const DATE = '2026-07-21';

async function booksOf(talk: Talk, date: string): Promise<Books> {
  const { rows } = await talk.store.findDayList('peach', date);
  const parcels = rows.map(({ row, parcelId, order }) => {
    const parcel = order.parcels.find(({ id }) => id === parcelId);
    if (parcel === undefined) throw new Error(`row ${row} has no parcel`);
    return { row, parcel };
  });
  const inState = (state: Parcel['state']) =>
    parcels.filter(({ parcel }) => parcel.state === state).map(({ row }) => row);
  const waybills = parcels.flatMap(({ row, parcel }) => {
    const numbers = parcel.packages.flatMap(({ waybill }) => waybill ?? []);
    return numbers.length > 0 ? [[String(row), numbers] as const] : [];
  });
  return {
    packed: inState('packed'),
    shipped: inState('shipped'),
    waybills: Object.fromEntries(waybills),
  };
}

const whole = ({ packed = [], shipped = [], waybills = {} }: Books): Books => ({
  packed,
  shipped,
  waybills,
});

describe('a farmer with a list in hand says', () => {
  test.each(SAID.map((line) => [[line.text, ...(line.then ?? [])].join(' → '), line] as const))(
    '%j',
    async (_, { text, list, then = [], expected }) => {
      const talk = await morning({ list: LISTS[list] ?? [], older: LISTS.older ?? [] });
      let answer = await talk.say('tutu', text);
      for (const next of then) answer = await talk.say('tutu', next);
      for (const words of expected.says) expect(answer).toContain(words);
      expect(await booksOf(talk, DATE)).toEqual(whole(expected));
      expect(await booksOf(talk, OLDER_DATE)).toEqual(whole(expected.older ?? {}));
      await talk.isSound();
    },
  );
});
