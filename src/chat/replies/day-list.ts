// Farmer: the numbered list of a day and what changes on it.
import type { Day } from '../../orders/day.ts';
import type { DayList, DayListRow } from '../../orders/store.ts';
import type { Press, Reply } from '../bot.ts';
import * as words from '../words.ts';
import { STATE_WORDS } from './names.ts';
import { BUTTONS, choice, LIST_PAGE_SPARE_CHARS, pressable, say } from './parts.ts';
import { parcelOf, rowsWithNames, wholeDay } from './rows.ts';

/** The list as text, as much of it as fits into `roomChars`; the rest by `다음`. */
export function dayList(list: DayList, page: ListPage): Reply {
  return dayListPage(list, page).reply;
}

type ListPage = {
  readonly fromRow: number;
  readonly roomChars: number;
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
  { fromRow, roomChars, isPast = false }: ListPage,
): { readonly reply: Reply; readonly next: number | null } {
  const { day, rows } = list;
  const live = rows.filter(({ struck }) => !struck);
  const parcels = live.flatMap((row) => parcelOf(row) ?? []);
  const totals = new Map<string, number>();
  for (const { items } of parcels)
    for (const { name, boxes } of items) totals.set(name, (totals.get(name) ?? 0) + boxes);
  const head = [
    `${words.day(day.date)} 목록 ${markOf(day.revision)} · ${live.length}곳 ${day.reservedBoxes}/${day.capBoxes}상자`,
    ...(totals.size > 0
      ? [[...totals].map(([name, boxes]) => `${name} ${boxes}상자`).join(', ')]
      : []),
  ].join('\n');
  const lines: string[] = [];
  let used = head.length + LIST_PAGE_SPARE_CHARS;
  let next: number | null = null;
  for (const row of rows.filter((one) => one.row >= fromRow)) {
    const line = rowLine(row);
    if (used + line.length > roomChars && lines.length > 0) {
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
    ],
  };
  return { reply, next };
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
  },
): Reply {
  const { added, struck, altered, revision, roomChars } = delta;
  const head = `${words.day(day.date)} 목록이 바뀌었어요 (r${revision}, 모두 ${day.reservedBoxes}상자).`;
  const left = struck.map(({ row }) => row);
  const names = new Map(struck.map((row) => [row.row, parcelOf(row)?.recipient ?? '']));
  const gone = left.length === 0 ? [] : [`빠짐: ${rowsWithNames(left, names)}`];
  const lines: string[] = [];
  let used = head.length + gone.join().length + LIST_PAGE_SPARE_CHARS;
  const changed = [
    ...altered.map((row) => `바뀜 ${rowLine(row)}`),
    ...added.map((row) => `＋ ${rowLine({ ...row, struck: false })}`),
  ];
  for (const line of changed) {
    if (used + line.length > roomChars && lines.length > 0) break;
    lines.push(line);
    used += line.length + 1;
  }
  const rest = changed.length - lines.length;
  const more = rest > 0 ? [`… ${rest}줄이 더 있어요. 목록에서 볼 수 있어요.`] : [];
  return say([head, ...gone, ...lines, ...more].join('\n'), [choice(BUTTONS.list)]);
}

function pageOf(date: string, row: number): Press {
  return { key: null, act: 'page', ref: `${date}:${row}` };
}

function rowLine(row: DayListRow): string {
  const parcel = parcelOf(row);
  if (parcel === undefined) return `${row.row}. -`;
  if (row.struck) return `${row.row}. (빠짐) ${parcel.recipient}`;
  const { order } = row;
  const sender = order.sender?.name ? ` / 보내는 분 ${order.sender.name}` : '';
  const memo = parcel.memo ?? order.memo;
  const state = parcel.state === 'scheduled' ? '' : ` [${STATE_WORDS[parcel.state]}]`;
  const packages = parcel.packages.length > 1 ? ` (${parcel.packages.length}개 포장)` : '';
  return [
    `${row.row}. ${parcel.recipient} ${words.phone(parcel.phone)}${state}`,
    `${parcel.address}`,
    `${words.items(parcel.items)}${packages}${memo ? ` / ${memo}` : ''}${sender}`,
  ].join('\n');
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
