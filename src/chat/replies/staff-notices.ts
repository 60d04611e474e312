// What farmer and seller hear without having asked.

import type { Day } from '../../orders/day.ts';
import type { DayForecast } from '../../orders/evening.ts';
import { type Order, type Parcel, undatedOf } from '../../orders/order.ts';
import type { DayEnd } from '../../orders/store.ts';
import type { Choice, Reply } from '../bot.ts';
import * as words from '../words.ts';
import { parcelHead, waybillLines } from './lines.ts';
import { STATE_WORDS } from './names.ts';
import { BUTTONS, choice, pressable, say, shortly } from './parts.ts';
import { forecastLines } from './week.ts';

/** Orders named in one message; what else waits for a date stands in `오늘`. */
const UNDATED_SHOWN_MAX = 5;

export function movedSummary({
  dates,
  parcels,
  undated,
}: {
  /** Where they stood before, or where they found room at last. */
  readonly dates: readonly string[];
  readonly parcels: number;
  readonly undated: readonly Order[];
}): Reply {
  const [first] = dates;
  const more = dates.length > 1 ? ` 외 ${dates.length - 1}일` : '';
  const day = first === undefined ? '' : `${words.day(first)}${more} `;
  const moved = `${day}${parcels}곳의 출하일이 바뀌었고 주문한 분께 알려요.`;
  if (undated.length === 0) return say(moved, [choice(BUTTONS.week)]);
  const shown = undated.slice(0, UNDATED_SHOWN_MAX);
  const rest = undated.length - shown.length;
  return say(
    [
      moved,
      '보낼 날짜가 없는 주문이 있어요. 날짜를 열거나 환불해 주세요.',
      ...shown.map(undatedLine),
      ...(rest > 0 ? [`외 ${rest}건`] : []),
    ].join('\n'),
    shown.map(refundUndated),
  );
}

/** A line for each step that rows of the list reached. */
export function reportSummary(
  date: string,
  steps: readonly { readonly state: Parcel['state']; readonly rows: readonly number[] }[],
): Reply {
  const lines = steps.map(
    ({ state, rows }) => `${words.ranges(rows)}번 ${STATE_WORDS[state]} (${rows.length}곳)`,
  );
  return say(`${words.day(date)} ${lines.join('\n')}`);
}

const DAYS_SHOWN_MAX = 10;

/** To a farmer, of what somebody else said. */
export function daysSet(days: readonly Day[]): Reply {
  const rest = days.length - DAYS_SHOWN_MAX;
  return say(
    [
      '다른 분이 상자 수를 바꿨어요.',
      ...days
        .slice(0, DAYS_SHOWN_MAX)
        .map(({ date, capBoxes, reservedBoxes }) =>
          capBoxes === 0
            ? `${words.day(date)} 쉼${reservedBoxes > 0 ? ` (${reservedBoxes}상자는 그대로)` : ''}`
            : `${words.day(date)} ${capBoxes}상자 (주문 ${reservedBoxes})`,
        ),
      ...(rest > 0 ? [`외 ${rest}일`] : []),
    ].join('\n'),
    [choice(BUTTONS.list)],
  );
}

/** What the farm took back of what this one was told. */
export function actUndone({
  rows,
  moved,
}: {
  readonly rows: readonly { readonly date: string; readonly rows: readonly number[] }[];
  readonly moved: number;
}): Reply {
  return say(
    [
      ...rows.map(
        ({ date, rows: own }) =>
          `${words.day(date)} ${words.ranges(own)}번 보고를 되돌렸어요 (${own.length}곳).`,
      ),
      ...(moved > 0 ? [`출하일을 바꾼 ${moved}곳을 다시 처음 날짜로 돌렸어요.`] : []),
    ].join('\n'),
  );
}

/** What is left of a day, and what is ordered for the next; null when there is neither. */
export function dailySummary(
  date: string,
  left: DayEnd,
  ahead: readonly DayForecast[],
): Reply | null {
  const { leftParcels, leftBoxes, withoutWaybill, undated, unpaid, unpaidKrw } = left;
  const lines = [
    ...(leftParcels > 0 ? [`아직 안 보낸 곳 ${leftParcels}곳 ${leftBoxes}상자`] : []),
    ...(withoutWaybill > 0 ? [`보냈는데 송장이 없는 곳 ${withoutWaybill}곳`] : []),
    ...(undated > 0 ? [`출하일을 기다리는 주문 ${undated}건`] : []),
    ...(unpaid > 0 ? [`미입금 ${unpaid}건 ${words.won(unpaidKrw)}`] : []),
  ];
  const isSeller = ahead.length > 0;
  const isOrdered = ahead.some(({ paidBoxes, unpaidBoxes }) => paidBoxes + unpaidBoxes > 0);
  if (lines.length === 0 && !isOrdered) return null;
  const done = lines.length === 0 ? ['남은 일이 없어요.'] : lines;
  const days = isOrdered ? ['', ...forecastLines(ahead)] : [];
  return say([`${words.day(date)} 저녁 정리예요.`, ...done, ...days].join('\n'), [
    ...(leftParcels + withoutWaybill > 0 && !isSeller ? [choice(BUTTONS.list)] : []),
    // A farmer may not look into who owes what.
    ...(unpaid > 0 && isSeller ? [choice(BUTTONS.unpaid)] : []),
    ...(isSeller ? [choice(BUTTONS.today)] : []),
  ]);
}

export function cancelledForStaff(
  order: Order,
  { parcelIds, refundKrw }: { parcelIds: readonly string[]; refundKrw: number },
): Reply {
  const own = order.parcels.filter((parcel) => parcelIds.includes(parcel.id));
  const lines = own.map(
    (p) => `${p.harvestDate ? `${words.day(p.harvestDate)} ` : ''}${parcelHead(p)}`,
  );
  const back = refundKrw > 0 ? [`환불할 금액 ${words.won(refundKrw)}`] : [];
  return say([`${order.code} 취소됐어요.`, ...lines, ...back].join('\n'));
}

export function noDateForStaff(order: Order): Reply {
  return say(
    [
      `${order.code} 주문은 입금됐지만 보낼 날짜가 없어요. 날짜를 열거나 환불해 주세요.`,
      undatedLine(order),
    ].join('\n'),
    [refundUndated(order), choice(`주문 ${order.code}`)],
  );
}

function undatedLine(order: Order): string {
  const heads = undatedOf(order).map((parcel) => parcelHead(parcel));
  return `${order.code} ${heads.join(' / ')}`;
}

function refundUndated({ id, code }: Order): Choice {
  return pressable(`${code} 환불`, { key: null, act: 'undated-refund', ref: id });
}

/** What the buyer hears as the reason. */
export const NO_DATE_LEFT = '보낼 수 있는 날짜가 없어요';

export function undatedRefunded(
  { code }: Order,
  { parcels, refundKrw }: { readonly parcels: readonly Parcel[]; readonly refundKrw: number },
): Reply {
  return say(
    [
      `${code}에서 날짜가 없는 ${parcels.length}곳을 취소했어요. 주문한 분께 알려요.`,
      `돌려 드릴 금액 ${words.won(refundKrw)}`,
    ].join('\n'),
    [choice(BUTTONS.refunds)],
  );
}

/** Said when the press comes after a date was found, or after the parcels were given up. */
export function isDatedAgain({ code }: Order): Reply {
  return say(`${code}에는 날짜를 기다리는 상자가 없어요.`, [choice(`주문 ${code}`)]);
}

export function complaintForStaff(order: Order, said: string | null): Reply {
  const { code, buyer } = order;
  const phone = buyer.phone === null ? [] : [`연락처 ${words.phone(buyer.phone)}`];
  const quote = said === null ? [] : [`“${shortly(said)}”`];
  return say([`${code} 주문한 분이 불편을 알렸어요.`, ...quote, ...phone].join('\n'), [
    choice(`주문 ${code}`),
  ]);
}

export function notArrivedForStaff(order: Order, parcels: readonly Parcel[]): Reply {
  const { code, buyer } = order;
  const phone = buyer.phone === null ? [] : [`주문한 분 ${words.phone(buyer.phone)}`];
  const lines = parcels.flatMap((parcel) => [
    `${parcelHead(parcel)} ${words.phone(parcel.phone)}`,
    ...waybillLines(parcel),
  ]);
  return say(
    [`${code} 상자를 아직 못 받으셨대요. 택배사에 확인해 주세요.`, ...lines, ...phone].join('\n'),
    [choice(`주문 ${code}`)],
  );
}

export function refundForSeller({ code }: Order, refundKrw: number): Reply {
  return say(`${code} 주문이 줄었어요. ${words.won(refundKrw)}을 돌려 드려야 해요.`, [
    choice(`주문 ${code}`),
  ]);
}
