// What stands on the farmer's board: the rows as on paper, what is left to do, and the days ahead.
import { townOf } from '../../language/towns.ts';
import { addDays, localDate } from '../../orders/dates.ts';
import { type Calendar, type Days, dayOf, nextOpenDay } from '../../orders/day.ts';
import { type DayForecast, forecast } from '../../orders/evening.ts';
import { PARCEL_STATES, type Parcel, type ReportedState } from '../../orders/order.ts';
import type { DayList, DayListRow } from '../../orders/store.ts';
import { CARRIER_NAMES, parcelOf, STATE_WORDS } from '../replies/index.ts';
import * as words from '../words.ts';

export const AHEAD_DAYS = 14;
/** What a farmer taps, one after another; that something arrived is heard from the carrier. */
export const BOARD_STEPS = ['harvested', 'packed', 'shipped'] as const;
export type BoardStep = (typeof BOARD_STEPS)[number];

export const STEP_LABELS: Readonly<Record<BoardStep, string>> = {
  harvested: '수확',
  packed: '포장',
  shipped: '발송',
};
const LEFT_LABELS: Readonly<Record<BoardStep, string>> = {
  harvested: '수확할 곳',
  packed: '포장할 곳',
  shipped: '보낼 곳',
};

export const BOARD_WORDS = {
  draft: '예정',
  sender: '보내는 분',
  today: '오늘',
  undo: '되돌리기',
  ok: '확인',
  freeze: '이 목록으로 확정하기',
  freezeWhy: '확정하면 번호가 정해지고, 한 줄씩 누를 수 있어요.',
  empty: '아직 보낼 상자가 없어요.',
  closed: '쉬는 날이에요.',
  print: '인쇄하기',
  struck: '빠짐',
  waybill: '송장',
  noWaybill: '송장 없음',
  giveWaybill: '송장 번호 적기',
  whichCarrier: '어느 택배사예요?',
  carrierAuto: '번호로 알아보기',
  carrier: '택배사',
  save: '적기',
  back: '목록으로',
  cancel: '닫기',
  call: '전화',
  next: '다음 목록',
  whole: '이 날짜 전체 보기',
  cap: '받을 상자',
  capFewer: '한 상자 줄이기',
  capMore: '한 상자 늘리기',
  capSet: '이대로 정하기',
  ahead: '앞으로 14일',
  asTable: '표로 보기',
  date: '날짜',
  paid: '받은 주문',
  left: '남은 자리',
  rest: '쉬는 날',
  full: '마감',
  totals: '상품별',
  allDone: '모두 보냈어요.',
  sending: '보내는 중',
  offline: '연결되면 보낼게요',
  refusedTitle: '처리하지 못한 것',
  stuck: '이 링크가 끝났어요. 채팅에서 ‘보드’라고 보내 새 링크를 여시면 남은 것도 이어서 보내요.',
  oddNumber: '송장 번호는 숫자 10~14자리예요.',
  live: '바뀌면 바로 보여요',
} as const;

export type BoardRow = {
  readonly row: number;
  readonly parcelId: string;
  readonly struck: boolean;
  readonly state: Parcel['state'];
  readonly stateWords: string;
  readonly recipient: string;
  /** The row and whose it is, as its button is read out. */
  readonly name: string;
  readonly phone: string;
  readonly phoneShown: string;
  readonly town: string;
  readonly address: string;
  readonly boxes: string;
  /** The products, where the list is of more than one. */
  readonly items: string | null;
  readonly packages: number;
  readonly memo: string | null;
  readonly sender: string | null;
  readonly waybills: readonly string[];
  readonly had: readonly string[];
  /** Packages that left, or may leave, without a number. */
  readonly missing: number;
  readonly isCarrierless: boolean;
  readonly next: BoardStep | null;
  /** What all rows up to this one may take, and how many of them would. */
  readonly upTo: readonly { readonly to: BoardStep; readonly label: string }[];
};

export type BoardList = {
  readonly date: string;
  readonly title: string;
  readonly revision: number;
  readonly mark: string;
  readonly sums: string;
  readonly cap: string;
  readonly totalBoxes: number;
  readonly capBoxes: number;
  readonly isPast: boolean;
  readonly rows: readonly BoardRow[];
  readonly products: readonly { readonly name: string; readonly boxes: string }[];
  /** How many parcels and boxes still wait for each step. */
  readonly left: readonly {
    readonly to: BoardStep;
    readonly label: string;
    readonly parcels: number;
    readonly boxes: string;
  }[];
  readonly isDone: boolean;
};

/** Rows in the order of paper, with what may be tapped on each. */
export function boardList(list: DayList, today: string): BoardList {
  const { date, revision, reservedBoxes, capBoxes } = list.day;
  const live = list.rows.filter(({ struck }) => !struck);
  const parcels = live.flatMap((row) => parcelOf(row) ?? []);
  const products = productsOf(parcels);
  const isOut = revision > 0;
  const rows = list.rows.map((row) =>
    boardRow(row, { isOut, isMixed: products.length > 1, before: upTo(live, row.row) }),
  );
  return {
    date,
    title: words.namedDay(date, today),
    revision,
    mark: isOut ? `r${revision}` : BOARD_WORDS.draft,
    sums: `${parcels.length}곳 · ${words.boxes(reservedBoxes)}`,
    cap: words.boxes(capBoxes),
    totalBoxes: reservedBoxes,
    capBoxes,
    isPast: date < today,
    rows,
    products,
    left: BOARD_STEPS.map((to) => {
      const waiting = parcels.filter(({ state }) => isBefore(state, to));
      const boxes = waiting.reduce((sum, parcel) => sum + parcel.boxes, 0);
      return { to, label: LEFT_LABELS[to], parcels: waiting.length, boxes: words.boxes(boxes) };
    }),
    isDone: parcels.length > 0 && parcels.every(({ state }) => !isBefore(state, 'shipped')),
  };
}

function boardRow(
  row: DayListRow,
  { isOut, isMixed, before }: { isOut: boolean; isMixed: boolean; before: readonly Parcel[] },
): BoardRow {
  const parcel = parcelOf(row);
  if (parcel === undefined) throw new Error(`row ${row.row} of a list has no parcel`);
  const { state, packages } = parcel;
  const canAct = isOut && !row.struck;
  const numbered = packages.filter(({ waybill }) => waybill !== null);
  const next = canAct ? (BOARD_STEPS.find((to) => isBefore(state, to)) ?? null) : null;
  return {
    row: row.row,
    parcelId: row.parcelId,
    struck: row.struck,
    state,
    stateWords: row.struck ? BOARD_WORDS.struck : STATE_WORDS[state],
    recipient: parcel.recipient,
    name: `${row.row}번 ${parcel.recipient}`,
    phone: parcel.phone,
    phoneShown: words.phone(parcel.phone),
    town: townOf(parcel.address) || parcel.address,
    address: parcel.address,
    boxes: words.boxes(parcel.boxes),
    items: isMixed ? itemsOf(parcel) : null,
    packages: packages.length,
    memo: parcel.memo ?? row.order.memo,
    sender: row.order.sender?.name ?? null,
    waybills: numbered.map(({ carrier, waybill }) => {
      const by = carrier === null ? '' : `${CARRIER_NAMES[carrier] ?? carrier} `;
      return `${by}${words.waybillNumber(waybill ?? '')}`;
    }),
    had: numbered.map(({ carrier, waybill }) => `${carrier ?? ''}:${waybill}`),
    missing: canAct && state !== 'delivered' ? packages.length - numbered.length : 0,
    isCarrierless: canAct && numbered.some(({ carrier }) => carrier === null),
    next,
    upTo: canAct ? upToLabels(row.row, before) : [],
  };
}

/** One product alone is as many boxes as the row says. */
function itemsOf({ items }: Parcel): string {
  const [only, ...others] = items;
  return only !== undefined && others.length === 0 ? only.name : words.items(items);
}

function upTo(live: readonly DayListRow[], row: number): readonly Parcel[] {
  return live.filter((one) => one.row <= row).flatMap((one) => parcelOf(one) ?? []);
}

/** Only where it would do more than the row's own button. */
function upToLabels(row: number, before: readonly Parcel[]): BoardRow['upTo'] {
  return BOARD_STEPS.flatMap((to) => {
    const count = before.filter(({ state }) => isBefore(state, to)).length;
    const label = `${row}번까지 ${STEP_LABELS[to]}`;
    return count > 1 ? [{ to, label: `${label} (${count}곳)` }] : [];
  });
}

function isBefore(state: Parcel['state'], to: ReportedState): boolean {
  return PARCEL_STATES.indexOf(state) < PARCEL_STATES.indexOf(to);
}

function productsOf(parcels: readonly Parcel[]): { name: string; boxes: string }[] {
  const byProduct = new Map<string, { name: string; boxes: number }>();
  for (const { product, name, boxes } of parcels.flatMap(({ items }) => items))
    byProduct.set(product, { name, boxes: (byProduct.get(product)?.boxes ?? 0) + boxes });
  return [...byProduct.values()].map(({ name, boxes }) => ({ name, boxes: words.boxes(boxes) }));
}

// The dates

/** Today's list or the next one that is out, else the next date with parcels, else the next open day. */
export function currentDate(calendar: Calendar): string {
  const today = localDate(calendar.now, calendar.shop.policy.timeZone);
  const days = [...calendar.days.values()].filter(({ date }) => date >= today);
  const frozen = days.find(({ revision }) => revision > 0);
  const used = days.find(({ reservedBoxes }) => reservedBoxes > 0);
  return frozen?.date ?? used?.date ?? nextOpenDay(calendar, today)?.date ?? today;
}

/** The list behind it: the next date that holds parcels or is open. */
export function dateAfter(calendar: Calendar, date: string): string | null {
  const from = addDays(date, 1);
  const used = [...calendar.days.values()].find(
    (day) => day.date >= from && day.reservedBoxes > 0,
  )?.date;
  const open = nextOpenDay(calendar, from)?.date;
  return [used, open].filter((one) => one !== undefined).sort()[0] ?? null;
}

/** The newest list before a date that was frozen. */
export function dateBefore(days: Days, date: string): string | null {
  const frozen = [...days.values()].filter((day) => day.revision > 0 && day.date < date);
  return (
    frozen
      .map((day) => day.date)
      .sort()
      .at(-1) ?? null
  );
}

/** Of a list the rows that are still here. */
export function leftOf({ rows }: DayList): number {
  const states = rows.flatMap((row) => (row.struck ? [] : (parcelOf(row)?.state ?? [])));
  return states.filter((state) => isBefore(state, 'shipped')).length;
}

export function newsOf(shown: string, current: string, today: string): string {
  const day = words.namedDay(current, today);
  return current > shown ? `${day} 목록이 있어요.` : `${day} 목록으로 돌아가기`;
}

export function leftBehind(date: string, parcels: number): string {
  return `${words.day(date)}에 아직 안 보낸 곳이 ${parcels}곳 있어요.`;
}

// The days ahead

export type AheadDay = DayForecast & {
  readonly day: string;
  readonly weekday: string;
  readonly isClosed: boolean;
  readonly named: string;
  readonly paid: string;
  readonly left: string;
  readonly words: string;
};

export function aheadOf(calendar: Calendar, unpaid: ReadonlyMap<string, number>): AheadDay[] {
  const today = localDate(calendar.now, calendar.shop.policy.timeZone);
  return forecast(calendar, unpaid, today, AHEAD_DAYS).map((one) => {
    const { date, capBoxes, paidBoxes, leftBoxes, isLate } = one;
    const isClosed = dayOf(calendar.shop, calendar.days, date).capBoxes === 0 && paidBoxes === 0;
    const named = words.day(date);
    const left = isLate ? BOARD_WORDS.full : words.boxes(leftBoxes);
    return {
      ...one,
      day: String(Number(date.slice(8))),
      weekday: named.slice(-2, -1),
      isClosed,
      named,
      paid: words.boxes(paidBoxes),
      left: isClosed ? BOARD_WORDS.rest : left,
      words: isClosed
        ? `${named} ${BOARD_WORDS.rest}`
        : `${named} ${capBoxes}상자 중 ${paidBoxes}상자, ${BOARD_WORDS.left} ${left}`,
    };
  });
}

export function chartWords(ahead: readonly AheadDay[]): string {
  return `${BOARD_WORDS.ahead}: ${ahead.map((one) => one.words).join('. ')}`;
}

export function waybillLabel(no: number, packages: number): string {
  return packages === 1 ? '송장 번호' : `${no}번째 상자 송장 번호`;
}

export function waybillTitle({ row, recipient, packages }: BoardRow): string {
  const count = packages > 1 ? ` · 포장 ${packages}개` : '';
  return `${row}번 ${recipient}님 송장${count}`;
}

export function showRows(count: number): string {
  return `${count}곳 보기`;
}

export function capNote(reservedBoxes: number): string {
  return `${BOARD_WORDS.paid} ${words.boxes(reservedBoxes)} · 0상자는 쉬는 날이에요.`;
}

export function boardTitle(shopName: string): string {
  return `${shopName} 보드`;
}
