// What strangers, and we ourselves, wrote as farmers with a list in hand, from the message to what then stands in the books.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/orders/dates.ts';
import { dayOf } from '../../src/orders/day.ts';
import { type ListedRow, paid } from '../support/farm-morning.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const STATES = ['scheduled', 'harvested', 'packed', 'shipped', 'delivered'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const HORIZON_DAYS = 40;
const OLDER_ROWS = 25;

type Entry = { row: number; waybills: readonly string[]; carrier: string | null };
type Command =
  | { do: 'advance'; to: string; rows: readonly number[] | 'all'; list?: string }
  | { do: 'waybills'; entries: readonly Entry[]; list?: string }
  | { do: 'cap'; days: readonly { date: string; boxes: number }[] }
  | { do: 'more' | 'less'; date: string; boxes: number }
  | { do: 'weekly'; days: readonly string[]; boxes: number }
  | { do: 'cut' | 'cancel-row'; row: number }
  | { do: 'list' | 'undo' | 'other' }
  | { do?: undefined; ask: string };
type Line = {
  readonly id: string;
  readonly today: string;
  readonly older: string | null;
  readonly list: readonly ListedRow[];
  readonly text: string;
  readonly expected: readonly Command[];
  readonly alt?: readonly (readonly Command[])[];
};

const linesOf = (file: string): Line[] =>
  readFileSync(new URL(`../fixtures/messages/${file}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
const LINES = linesOf('farmer-strangers');
const OWN = linesOf('farmer-own');

/** States and waybills by "list row", boxes by date. */
type Books = {
  readonly states: Record<string, string>;
  readonly waybills: Record<string, readonly string[]>;
  readonly carriers: Record<string, string | null>;
  readonly boxes: Record<string, number>;
};

const olderOf = ({ older, today }: Line): string => older ?? addDays(today, -1);
const inSeoul = (date: string, time: string): string =>
  new Date(Date.parse(`${date}T${time}:00+09:00`)).toISOString();

async function morningOf(line: Line): Promise<Talk> {
  const talk = await openTalk();
  const older = olderOf(line);
  talk.setNow(inSeoul(addDays(older, -1), '12:00'));
  const shop = await talk.store.findShop('peach');
  if (shop === null) throw new Error('the shop is missing');
  const policy = { closedWeekdays: [], closedBeforeHolidays: false, dailyCapBoxes: 200 };
  await talk.store.putShop({
    ...shop,
    policy: { ...shop.policy, ...policy, maxBoxesPerOrder: 200 },
  });
  await talk.join('tutu', ['farmer']);
  await paid(talk, Array.from({ length: OLDER_ROWS }, olderRow), 'older');
  await talk.runJob('day-list', inSeoul(older, '06:00'));
  talk.setNow(inSeoul(addDays(line.today, -1), '12:00'));
  await paid(talk, line.list, 'list');
  await talk.runJob('day-list', inSeoul(line.today, '06:00'));
  talk.setNow(inSeoul(line.today, '09:00'));
  await talk.say('tutu', '목록');
  return talk;
}

const olderRow = (_: unknown, n: number): ListedRow => ({
  row: n + 1,
  name: `옛사람${'가나다라마바사아자차카타파하거너더러머버서어저처커'[n]}`,
  phone: `0101999${String(n).padStart(4, '0')}`,
  address: `서울 중구 세종대로 ${n + 1}`,
  boxes: 2,
});

async function booksOf(talk: Talk, line: Line): Promise<Books> {
  const shop = await talk.store.findShop('peach');
  if (shop === null) throw new Error('the shop is missing');
  const books: Books = { states: {}, waybills: {}, carriers: {}, boxes: {} };
  for (const date of [line.today, olderOf(line)]) {
    const { rows } = await talk.store.findDayList('peach', date);
    for (const { row, struck, order, parcelId } of rows) {
      const parcel = order.parcels.find(({ id }) => id === parcelId);
      const key = `${date} ${row}`;
      books.states[key] = struck ? 'struck' : (parcel?.state ?? 'gone');
      const waybills = parcel?.packages.flatMap(({ waybill }) => waybill ?? []) ?? [];
      if (waybills.length === 0) continue;
      books.waybills[key] = waybills;
      books.carriers[key] = parcel?.packages[0]?.carrier ?? null;
    }
  }
  const days = await talk.store.findDays('peach', line.today);
  for (let n = 0; n < HORIZON_DAYS; n += 1) {
    const date = addDays(line.today, n);
    books.boxes[date] = dayOf(shop, days, date).capBoxes;
  }
  return books;
}

/** The books as the line wants them. */
function wanted(before: Books, commands: readonly Command[], line: Line): Books {
  const books = structuredClone(before);
  const advance = (key: string, to: string): void => {
    const state = books.states[key];
    if (state !== undefined && state !== 'struck' && STATES.indexOf(state) < STATES.indexOf(to))
      books.states[key] = to;
  };
  for (const command of commands) {
    const date = 'list' in command ? (command.list ?? line.today) : line.today;
    switch (command.do) {
      case 'advance': {
        const all = Object.keys(books.states).filter((key) => key.startsWith(date));
        const keys = command.rows === 'all' ? all : command.rows.map((row) => `${date} ${row}`);
        for (const key of keys) advance(key, command.to);
        break;
      }
      case 'waybills':
        for (const { row, waybills, carrier } of command.entries) {
          const key = `${date} ${row}`;
          books.waybills[key] = [...(books.waybills[key] ?? []), ...waybills];
          if (carrier !== null) books.carriers[key] = carrier;
          advance(key, 'shipped');
        }
        break;
      case 'cap':
        for (const day of command.days) books.boxes[day.date] = day.boxes;
        break;
      case 'more':
      case 'less': {
        const sign = command.do === 'more' ? 1 : -1;
        books.boxes[command.date] = (books.boxes[command.date] ?? 0) + sign * command.boxes;
        break;
      }
      case 'weekly':
        for (const day of Object.keys(books.boxes))
          if (command.days.includes(WEEKDAYS[new Date(day).getUTCDay()] ?? ''))
            books.boxes[day] = command.boxes;
        break;
      case 'cut':
        for (const { row } of line.list)
          if (row > command.row) books.states[`${date} ${row}`] = 'struck';
        break;
      default:
    }
  }
  return books;
}

/** A smaller day moves parcels and a cut makes a day smaller: neither is what is looked at there. */
function isSame(
  books: Books,
  want: Books,
  { commands, today }: { commands: readonly Command[]; today: string },
): boolean {
  const isOfDays = commands.some(
    (one) => one.do === 'cap' || one.do === 'less' || one.do === 'weekly',
  );
  const isCut = commands.some((one) => one.do === 'cut');
  const { [today]: _, ...later } = books.boxes;
  const { [today]: __, ...laterWanted } = want.boxes;
  const isWeekly = commands.some((one) => one.do === 'weekly');
  const [boxes, boxesWanted] = isWeekly || isCut ? [later, laterWanted] : [books.boxes, want.boxes];
  const carriers = Object.entries(want.carriers).filter(([, carrier]) => carrier !== null);
  return (
    (isOfDays || alike(books.states, want.states)) &&
    alike(books.waybills, want.waybills) &&
    alike(boxes, boxesWanted) &&
    carriers.every(([key, carrier]) => books.carriers[key] === carrier)
  );
}

const alike = (one: object, other: object): boolean =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

function isAnswered(answer: string, commands: readonly Command[]): boolean {
  return commands.every((command) => {
    switch (command.do) {
      case 'cancel-row':
        return answer.includes('이유') && answer.includes(`${command.row}번`);
      case 'list':
        return answer.includes('목록');
      case 'undo':
        return answer.includes('되돌');
      default:
        return true;
    }
  });
}

async function verdictOf(line: Line): Promise<'exact' | 'asked' | 'wrong'> {
  const talk = await morningOf(line);
  const before = await booksOf(talk, line);
  const answer = await talk.say('tutu', line.text);
  const after = await booksOf(talk, line);
  const isExact = [line.expected, ...(line.alt ?? [])].some(
    (commands) =>
      isSame(after, wanted(before, commands, line), { commands, today: line.today }) &&
      isAnswered(answer, commands),
  );
  if (isExact) return 'exact';
  return alike(before.states, after.states) && alike(before.boxes, after.boxes) ? 'asked' : 'wrong';
}

describe('whoever writes as a farmer, a stranger to the reader or not,', () => {
  test.each([...LINES, ...OWN].map((line) => [line.id, line] as const))('%s', async (_, line) => {
    expect(await verdictOf(line), line.text).toBe('exact');
  });
});

test.each([
  '내일 낼 수 있는 만큼만 대충 스무남은 개 볼게요 글쎄',
  '요새 일손이 모자라 죽겄소',
  '오늘 물량이 영 안 나오네 이거 큰일이네',
  '보냈는데 송장이 없는 곳 5곳',
  '포장하다 상자가 다 젖었네',
])('a farmer who talks of the farm, %j, is not answered as a buyer', async (text) => {
  const [line] = LINES;
  if (line === undefined) throw new Error('the fixture is empty');
  const talk = await morningOf(line);
  const before = await booksOf(talk, line);
  const answer = await talk.say('tutu', text);
  expect(answer).not.toMatch(/받는 분|보내 드릴까요|지난 주문|취소할 주문|입금/);
  expect(await booksOf(talk, line)).toEqual(before);
});

test('what a farmer says of a row and nobody understands is answered as the farm’s', async () => {
  const [line] = LINES;
  if (line === undefined) throw new Error('the fixture is empty');
  const talk = await morningOf(line);
  expect(await talk.say('tutu', '3번인가 5번인가 하나는 못 보냈네')).toContain(
    '번호로 알려 주세요',
  );
});
