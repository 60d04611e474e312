// Farmer: the numbered list of a day and what changes on it.
import type { Day } from '../../orders/day.ts';
import type { DayList, DayListRow } from '../../orders/store.ts';
import type { Choice, Press, Reply } from '../bot.ts';
import * as words from '../words.ts';
import { STATE_WORDS } from './names.ts';
import { BUTTONS, choice, LIST_PAGE_SPARE_CHARS, pressable, say, shortly } from './parts.ts';
import { parcelOf, rowsWithNames, wholeDay } from './rows.ts';

/** The list as text, as much of it as fits into `roomChars`; the rest by `다음`. */
export function dayList(list: DayList, page: Omit<ListPage, 'fromRow'>): Reply {
  return dayListPage(list, { ...page, fromRow: 1 }).reply;
}

type ListPage = {
  readonly fromRow: number;
  readonly roomChars: number;
  /** Opens the list to be printed; null where people reach no page of ours. */
  readonly printUrl?: string | null;
  /** Opens the board of whoever reads it, likewise. */
  readonly boardUrl?: string | null;
  /** The day is over: its rows are looked at, and no button means all of them. */
  readonly isPast?: boolean;
};

/** Why nothing stands on a date, and what becomes of it. */
export type EmptyDay =
  | { readonly kind: 'past' | 'closed' | 'before-holiday' | 'late' | 'paused' }
  | { readonly kind: 'far'; readonly horizonDays: number }
  | { readonly kind: 'open'; readonly roomBoxes: number };

export function emptyList({ date, revision }: Day, why: EmptyDay): Reply {
  const day = words.day(date);
  const example = (count: number) => `"${words.monthDay(date)} ${count}"처럼 보내 주세요.`;
  switch (why.kind) {
    case 'past':
      return say(`${day}은 지난 날이에요. 그날 보낸 상자가 없어요.`, [choice(BUTTONS.list)]);
    case 'closed':
      return say(`${day}은 쉬는 날이에요. 상자를 받으시려면 ${example(20)}`, [
        choice(BUTTONS.list),
      ]);
    case 'before-holiday':
      return say(`${day}은 공휴일 전날이라 쉬어요. 상자를 받으시려면 ${example(20)}`, [
        choice(BUTTONS.list),
      ]);
    case 'far':
      return say(
        `${day}은 아직 주문을 받지 않아요. 주문은 ${why.horizonDays}일 안의 날짜로만 받아요.`,
        [choice(BUTTONS.list)],
      );
    case 'late':
      return say(
        `${day} 보낼 상자가 없어요. 마감이 지나 새 주문은 다음 날짜로 받아요. 더 받으시려면 "${words.monthDay(date)} 5상자 더"처럼 보내 주세요.`,
      );
    case 'paused':
      return say(
        `${day} 보낼 상자가 없어요. 지금은 주문을 멈춘 상태예요. 다시 열려면 "주문 다시 받기"라고 보내 주세요.`,
      );
    case 'open':
      return say(
        `${day} 목록 ${markOf(revision)}\n아직 보낼 상자가 없어요. ${why.roomBoxes}상자까지 받을게요.`,
      );
  }
}

function markOf(revision: number): string {
  return revision === 0 ? '예정' : `r${revision}`;
}

/** `next` is the row with which the following page begins; null on the last one. */
export function dayListPage(
  list: DayList,
  { fromRow, roomChars, printUrl = null, boardUrl = null, isPast = false }: ListPage,
): { readonly reply: Reply; readonly next: number | null } {
  const { day, rows } = list;
  const head = headOf(list);
  const room = roomChars - head.length - LIST_PAGE_SPARE_CHARS;
  const lines: string[] = [];
  let used = 0;
  let next: number | null = null;
  for (const row of rows.filter((one) => one.row >= fromRow)) {
    const line = rowLine(row, room);
    if (used + line.length > room && lines.length > 0) {
      next = row.row;
      break;
    }
    lines.push(line);
    used += line.length + 1;
  }
  const reply: Reply = {
    texts: [[head, ...lines].join('\n')],
    choices: [
      ...(next === null
        ? []
        : [
            {
              label: BUTTONS.next,
              say: `${BUTTONS.list} ${BUTTONS.next}`,
              press: pageOf(day.date, next),
            },
          ]),
      ...(isPast ? [] : [wholeDay(BUTTONS.harvest)]),
      choice(BUTTONS.list),
      ...linkChoices({ printUrl, boardUrl }),
    ],
  };
  return { reply, next };
}

/** All of the list at once, in as many texts of `roomChars` as it takes. */
export function wholeDayList(list: DayList, { roomChars, ...links }: WholeList): Reply {
  const { day, rows } = list;
  return {
    texts: inTexts({
      head: headOf(list),
      headAgain: `${words.day(day.date)} 목록 ${markOf(day.revision)}`,
      lines: rows.map((row) => rowLine(row, roomChars - CONTINUED_SPARE_CHARS)),
      roomChars,
    }),
    choices: [wholeDay(BUTTONS.harvest), choice(BUTTONS.list), ...linkChoices(links)],
  };
}

type WholeList = Pick<ListPage, 'roomChars' | 'printUrl' | 'boardUrl'>;

function headOf({ day, rows }: DayList): string {
  const live = rows.filter(({ struck }) => !struck);
  const totals = new Map<string, number>();
  for (const { items } of live.flatMap((row) => parcelOf(row) ?? []))
    for (const { name, boxes } of items) totals.set(name, (totals.get(name) ?? 0) + boxes);
  const goods = [...totals].map(([name, boxes]) => `${name} ${words.boxes(boxes)}`).join(', ');
  const sums = `${live.length}곳 ${day.reservedBoxes}/${day.capBoxes}상자`;
  return [
    `${words.day(day.date)} 목록 ${markOf(day.revision)} · ${sums}`,
    ...(goods === '' ? [] : [shortly(goods)]),
  ].join('\n');
}

function linkChoices({ printUrl, boardUrl }: Pick<ListPage, 'printUrl' | 'boardUrl'>): Choice[] {
  return [
    ...(boardUrl ? [{ label: BUTTONS.board, url: boardUrl }] : []),
    ...(printUrl ? [{ label: BUTTONS.print, url: printUrl }] : []),
  ];
}

/** Where no page of ours can be reached, the list in the chat does the same. */
export function boardLink(url: string | null): Reply {
  if (url === null)
    return say('여기서는 보드를 열 수 없어요. "목록"을 보시고 "1-3 포장"처럼 보내 주세요.', [
      choice(BUTTONS.list),
    ]);
  return say('보드에서 한 줄씩 눌러 수확·포장·발송을 알려 주세요. 이 링크는 본인만 쓰세요.', [
    { label: BUTTONS.board, url },
    choice(BUTTONS.list),
  ]);
}

/** For the head and the number of a text that goes on with a list. */
const CONTINUED_SPARE_CHARS = 60;

/** Filled one after another and broken between lines only; of several each says which it is. */
function inTexts({
  head,
  headAgain,
  lines,
  roomChars,
}: {
  readonly head: string;
  readonly headAgain: string;
  readonly lines: readonly string[];
  readonly roomChars: number;
}): string[] {
  const texts: string[][] = [[]];
  const room = roomChars - CONTINUED_SPARE_CHARS;
  let used = head.length - headAgain.length;
  for (const line of lines) {
    if (used + line.length + 1 > room && used > 0) {
      texts.push([]);
      used = 0;
    }
    texts.at(-1)?.push(line);
    used += line.length + 1;
  }
  return texts.map((own, at) => {
    const part = texts.length === 1 ? '' : `(${at + 1}/${texts.length}) `;
    return [`${part}${at === 0 ? head : headAgain}`, ...own].join('\n');
  });
}

/** What joined and left a list that is out; what does not fit is on the full list. */
export function listDelta(
  { day }: DayList,
  delta: {
    readonly added: readonly DayListRow[];
    readonly struck: readonly DayListRow[];
    readonly altered: readonly DayListRow[];
    readonly revision: number;
    readonly roomChars: number;
    /** All of it, in as many texts as it takes. */
    readonly isWhole: boolean;
  },
): Reply {
  const { added, struck, altered, revision, roomChars, isWhole } = delta;
  const left = struck.map(({ row }) => row);
  const names = new Map(struck.map((row) => [row.row, parcelOf(row)?.recipient ?? '']));
  const head = [
    `${words.day(day.date)} 목록이 바뀌었어요 (r${revision}, 모두 ${day.reservedBoxes}상자).`,
    ...(left.length === 0 ? [] : [shortly(`빠짐: ${rowsWithNames(left, names)}`)]),
  ].join('\n');
  const room = roomChars - head.length - LIST_PAGE_SPARE_CHARS;
  const lines = [
    ...altered.map((row) => `바뀜 ${rowLine(row, room)}`),
    ...added.map((row) => `＋ ${rowLine({ ...row, struck: false }, room)}`),
  ];
  const list = [choice(BUTTONS.list)];
  if (isWhole) {
    const headAgain = `${words.day(day.date)} 바뀐 줄 (r${revision})`;
    return { texts: inTexts({ head, headAgain, lines, roomChars }), choices: list };
  }
  let used = 0;
  const shown = lines.filter((line, at) => {
    used += line.length + 1;
    return at === 0 || used <= room;
  });
  const rest = lines.length - shown.length;
  const more = rest > 0 ? [`… ${rest}줄이 더 있어요. 목록에서 볼 수 있어요.`] : [];
  return say([head, ...shown, ...more].join('\n'), list);
}

function pageOf(date: string, row: number): Press {
  return { key: null, act: 'page', ref: `${date}:${row}` };
}

/** No longer than `roomChars`: of a row that is, the memo ends early, and the paper has all of it. */
function rowLine(row: DayListRow, roomChars: number): string {
  const parcel = parcelOf(row);
  if (parcel === undefined) return `${row.row}. -`;
  if (row.struck) return `${row.row}. (빠짐) ${parcel.recipient}`;
  const { order } = row;
  const sender = order.sender?.name ? ` / 보내는 분 ${order.sender.name}` : '';
  const memo = parcel.memo ?? order.memo;
  const state = parcel.state === 'scheduled' ? '' : ` [${STATE_WORDS[parcel.state]}]`;
  const packages = parcel.packages.length > 1 ? ` (${parcel.packages.length}개 포장)` : '';
  const lineWith = (said: string | null) =>
    [
      `${row.row}. ${parcel.recipient} ${words.phone(parcel.phone)}${state}`,
      `${parcel.address}`,
      `${words.items(parcel.items)}${packages}${sender}${said ? ` / ${said}` : ''}`,
    ].join('\n');
  const line = lineWith(memo);
  return line.length <= roomChars ? line : endedEarly(line, roomChars);
}

function endedEarly(line: string, roomChars: number): string {
  return `${line.slice(0, Math.max(0, roomChars - 1)).replace(/[\ud800-\udbff]$/, '')}…`;
}

export function askFreeze(date: string, id: string): Reply {
  return say(`${words.day(date)} 목록을 지금 확정할까요?`, [
    pressable(BUTTONS.yes, { key: `freeze:${id}:${date}`, act: 'freeze', ref: id }),
    pressable(BUTTONS.no, { key: null, act: 'no', ref: id }),
  ]);
}

export function frozen(date: string, rows: number): Reply {
  return say(`${words.day(date)} 목록을 확정했어요 (r1, ${rows}곳).`);
}
