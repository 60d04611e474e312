// What a farmer says of the rows of a list, from the message to what then stands in the books.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Parcel } from '../../src/orders/order.ts';
import * as ordering from '../../src/orders/ordering.ts';
import { openTalk, type Talk } from '../support/talk.ts';

type Row = {
  readonly row: number;
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  readonly boxes: number;
};
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
const LISTS = (JSON.parse(HEAD) as { lists: Readonly<Record<string, readonly Row[]>> }).lists;
const SAID = LINES.map((line) => JSON.parse(line) as Line);

const OLDER_DATE = '2026-07-20';
const DATE = '2026-07-21';
const BEFORE_OLDER = '2026-07-19T20:00:00Z';
const OLDER_AT = '2026-07-19T21:00:00Z';
const LIST_AT = '2026-07-20T21:00:00Z';
const MORNING = '2026-07-20T22:00:00Z';

async function paid(talk: Talk, rows: readonly Row[], prefix: string): Promise<void> {
  const { id: buyerId } = await talk.store.meet(
    { platform: 'kakao', bot: 'bot', user: 'somebody' },
    talk.now(),
  );
  for (const { row, name, phone, address, boxes } of rows) {
    talk.passMs(1_000);
    const parcel = { recipient: name, phone, postcode: null, address, memo: null, wanted: null };
    const request = {
      buyer: { name: '영희맘', phone: null },
      sender: null,
      depositor: null,
      memo: null,
      parcels: [{ ...parcel, items: [{ product: 'peach-4kg', boxes }] }],
    };
    const id = `ord_${prefix}${row}`;
    await talk.store.submit(
      ordering.place({ ...(await talk.asked('seller')), who: 'buyer' }, { id, buyerId, request }),
    );
    const order = await talk.store.findOrder('peach', id);
    if (order === null) throw new Error(`order ${id} was not placed`);
    await talk.pay(order);
  }
}

/** The older list and the one of the morning are out, and the farmer has the newer one. */
async function morning(list: string): Promise<Talk> {
  const talk = await openTalk();
  talk.setNow(BEFORE_OLDER);
  await talk.join('tutu', ['farmer']);
  await paid(talk, LISTS.older ?? [], 'older');
  await talk.runJob('day-list', OLDER_AT);
  talk.setNow('2026-07-20T03:00:00Z');
  await talk.say('tutu', '7/21 100상자');
  await paid(talk, LISTS[list] ?? [], 'list');
  await talk.runJob('day-list', LIST_AT);
  talk.setNow(MORNING);
  await talk.say('tutu', '목록');
  return talk;
}

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
      const talk = await morning(list);
      let answer = await talk.say('tutu', text);
      for (const next of then) answer = await talk.say('tutu', next);
      for (const words of expected.says) expect(answer).toContain(words);
      expect(await booksOf(talk, DATE)).toEqual(whole(expected));
      expect(await booksOf(talk, OLDER_DATE)).toEqual(whole(expected.older ?? {}));
      await talk.isSound();
    },
  );
});
