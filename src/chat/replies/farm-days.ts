// Farmer: how many boxes a day, and what is sold at what price.

import type { DaysReading } from '../../language/reading.ts';
import { addDays, WEEKDAYS, type Weekday } from '../../orders/dates.ts';
import type { Day } from '../../orders/day.ts';
import type { DayForecast } from '../../orders/evening.ts';
import type { CapResult, DayNow } from '../../orders/farm-day.ts';
import type { DaysResult } from '../../orders/farm-days.ts';
import type { MovedParcel } from '../../orders/moving.ts';
import type { Policy, Product, Shop } from '../../orders/shop.ts';
import type { Reply } from '../bot.ts';
import * as words from '../words.ts';
import { BUTTONS, choice, pressable, say } from './parts.ts';
import { wholeDay } from './rows.ts';
import { forecastLines } from './week.ts';

const SPANS_SHOWN_MAX = 7;
const OWN_SHOWN_MAX = 3;

/** `ahead` are the days from then on: the number is said knowing what comes behind it. */
export function eveningQuestion(
  day: Day,
  { today, ahead }: { readonly today: string; readonly ahead: readonly DayForecast[] },
): Reply {
  const { date, reservedBoxes, capBoxes } = day;
  const so =
    reservedBoxes === 0
      ? '아직 들어온 주문은 없어요.'
      : `지금까지 받은 주문은 ${reservedBoxes}상자예요.`;
  const named = words.monthDay(date);
  const question = `${words.namedDay(date, today)} 몇 상자 하실 수 있어요?\n${so}`;
  return say(`${question}\n\n${forecastLines(ahead).join('\n')}`, [
    { label: `${capBoxes}상자`, say: `${named} ${capBoxes}` },
    { label: '쉬어요', say: `${named} 휴무` },
    choice(BUTTONS.list),
  ]);
}

export function capSet(result: Omit<CapResult, 'trace'>): Reply {
  const { date, capBoxes, reservedBoxes, leftBoxes, isLate } = result;
  const late = leftBoxes > 0 ? `${leftBoxes}상자만 더 받아요.` : '새 주문은 다음 날짜로 받아요.';
  const room = isLate ? `마감이 지나 ${late}` : `남은 자리 ${leftBoxes}상자예요.`;
  const head =
    capBoxes === 0
      ? `${words.day(date)}은 쉬는 날로 했어요.`
      : `${words.day(date)} ${capBoxes}상자로 정했어요. 주문 ${reservedBoxes}상자, ${room}`;
  return say([head, ...movedLines(result.moved), ...overLines([result])].join('\n'), [
    choice(BUTTONS.list),
  ]);
}

/** Several days by one word. */
export function calendarSet({ days, moved }: DaysResult): Reply {
  const spans = spansOf(days);
  const shown = spans.slice(0, SPANS_SHOWN_MAX).map(spanLine);
  const rest = spans.slice(SPANS_SHOWN_MAX).flat().length;
  const lines = [
    '이렇게 정했어요.',
    ...shown,
    ...(rest > 0 ? [`외 ${rest}일`] : []),
    ...movedLines(moved),
    ...overLines(days),
  ];
  return say(lines.join('\n'), [choice(BUTTONS.list)]);
}

/** Days behind one another with one number. */
function spansOf(days: readonly DayNow[]): (readonly DayNow[])[] {
  const spans: DayNow[][] = [];
  for (const day of days) {
    const span = spans.at(-1);
    const last = span?.at(-1);
    const isNext = last !== undefined && addDays(last.date, 1) === day.date;
    if (span !== undefined && isNext && last.capBoxes === day.capBoxes) span.push(day);
    else spans.push([day]);
  }
  return spans;
}

function spanLine(span: readonly DayNow[]): string {
  const [first] = span;
  const last = span.at(-1);
  if (first === undefined || last === undefined) return '';
  const when =
    first === last ? words.day(first.date) : `${words.day(first.date)}~${words.day(last.date)}`;
  if (first.capBoxes === 0) return `${when} 쉬는 날`;
  const reserved = span.reduce((sum, { reservedBoxes }) => sum + reservedBoxes, 0);
  const each = first === last ? '' : '하루 ';
  return `${when} ${each}${first.capBoxes}상자${reserved > 0 ? `, 주문 ${reserved}상자` : ''}`;
}

/** Those of several days that are over. */
export function daysArePast(days: readonly { readonly date: string }[]): Reply {
  const dates = days.map(({ date }) => date);
  const earlier = dates.slice(0, -1).map(words.day);
  const isLong = dates.length > SPANS_SHOWN_MAX;
  const before = isLong ? `${earlier[0]}~` : earlier.map((one) => `${one}, `).join('');
  return say(`${before}${words.day(dates.at(-1) ?? '')}은 이미 지난 날짜예요.`);
}

/** Days that were said as a question, or the wrong way round. */
export function askDays(meant: readonly DaysReading[], id: string): Reply {
  return say(`${askedLine(meant)}`, [
    pressable(BUTTONS.yes, { key: `farm-days:${id}`, act: 'farm-days', ref: id }),
    pressable(BUTTONS.no, { key: null, act: 'no', ref: id }),
  ]);
}

function askedLine(meant: readonly DaysReading[]): string {
  const [first] = meant;
  if (first === undefined) return '';
  if (first.kind === 'weekly') {
    const days = words.everyWeekday(first.weekdays.flatMap((day) => WEEKDAYS[day] ?? []));
    return first.boxes === 0 ? `${days}에 쉴까요?` : `${days}에 ${first.boxes}상자씩 할까요?`;
  }
  const dates = meant.flatMap((one) => (one.kind === 'weekly' ? [] : (one.date ?? [])));
  const [from = ''] = dates;
  const to = dates.at(-1) ?? from;
  const when = from === to ? words.day(from) : `${words.day(from)}부터 ${words.day(to)}까지`;
  if (first.kind === 'close') return `${when} 쉬는 날로 할까요?`;
  if (first.kind === 'more') return `${when} ${first.boxes}상자 더 할까요?`;
  if (first.kind === 'less') return `${when} ${first.boxes}상자 줄일까요?`;
  return `${when} ${first.boxes}상자로 할까요?`;
}

/** `own`: days of these weekdays with a number of the farmer's, which they keep. */
export function weekdaysSet(
  { policy }: Shop,
  {
    weekdays,
    moved,
    own,
  }: {
    readonly weekdays: readonly Weekday[];
    readonly moved: readonly MovedParcel[];
    readonly own: readonly Day[];
  },
): Reply {
  const kept = own.slice(0, OWN_SHOWN_MAX).map(({ date, capBoxes }) => {
    return capBoxes === 0 ? `${words.day(date)} 휴무` : `${words.day(date)} ${capBoxes}상자`;
  });
  const more = own.length > kept.length ? ` 등 ${own.length}일` : '';
  const lines = [
    ...weekdayLines(policy, weekdays),
    ...(kept.length > 0
      ? [`따로 정하신 ${words.withParticle(`${kept.join(', ')}${more}`, '은/는')} 그대로예요.`]
      : []),
    ...movedLines(moved),
  ];
  return say(lines.join('\n'), [choice(BUTTONS.list)]);
}

export function weekdaysAreSo({ policy }: Shop, weekdays: readonly Weekday[]): Reply {
  return say(['이미 그렇게 정해져 있어요.', ...weekdayLines(policy, weekdays)].join('\n'), [
    choice(BUTTONS.list),
  ]);
}

function weekdayLines(policy: Policy, weekdays: readonly Weekday[]): string[] {
  const isClosed = (day: Weekday) => policy.closedWeekdays.includes(day);
  const open = Map.groupBy(
    WEEKDAYS.filter((day) => weekdays.includes(day) && !isClosed(day)),
    (day) => policy.weekdayCapBoxes[day] ?? policy.dailyCapBoxes,
  );
  const closed = WEEKDAYS.filter((day) => weekdays.includes(day) && isClosed(day));
  return [
    ...[...open].map(([boxes, days]) =>
      days.length === WEEKDAYS.length
        ? `매일 ${boxes}상자씩 보내요.`
        : `${words.everyWeekday(days)}은 ${boxes}상자씩 보내요.`,
    ),
    ...(closed.length > 0 ? [`${words.everyWeekday(closed)}은 쉬어요.`] : []),
  ];
}

/** `staying`: rows behind the cut that are harvested, so that they go all the same. */
export function cutDone(
  result: CapResult,
  { row, staying }: { readonly row: number; readonly staying: readonly number[] },
): Reply {
  const count = result.moved.length;
  return say(
    [
      `${words.day(result.date)} ${row}번까지, 모두 ${result.reservedBoxes}상자 보내요.`,
      ...(staying.length > 0 ? [`${words.ranges(staying)}번은 이미 수확해서 그대로 보내요.`] : []),
      ...(count === 0
        ? ['다음 날짜로 넘길 상자는 없어요.']
        : [...movedLines(result.moved), ...overLines([result])]),
    ].join('\n'),
    [choice(BUTTONS.list), wholeDay(BUTTONS.pack)],
  );
}

function movedLines(moved: readonly MovedParcel[]): string[] {
  const undated = moved.filter(({ to }) => to === null).length;
  const back = moved.filter(({ from, to }) => to !== null && from !== null && to > from).length;
  const forward = moved.length - back - undated;
  return [
    ...(back > 0 ? [`${back}곳은 다음 날짜로 넘겼고 주문한 분께 알려요.`] : []),
    ...(forward > 0 ? [`${forward}곳을 앞당겼고 주문한 분께 알려요.`] : []),
    ...(undated > 0 ? [`${undated}곳은 보낼 날짜가 없어 판매자에게 알렸어요.`] : []),
  ];
}

function overLines(days: readonly Pick<Day, 'capBoxes' | 'reservedBoxes'>[]): string[] {
  const over = days.reduce(
    (sum, { capBoxes, reservedBoxes }) => sum + Math.max(0, reservedBoxes - capBoxes),
    0,
  );
  return over > 0 ? [`이미 수확한 ${over}상자는 그대로 둬요.`] : [];
}

export function priceSet(product: Product): Reply {
  return say(
    `${product.name} ${words.won(product.priceKrw)}으로 바꿨어요. 지금부터 들어오는 주문에 적용돼요.`,
  );
}

export function priceLater(priceKrw: number, from: string): Reply {
  return say(
    `${words.day(from)}부터 받을 가격은 그날 다시 적어 주세요. 지금 바로 바꾸시려면 ‘가격 ${priceKrw}’이라고 보내 주세요.`,
  );
}

export function whichProduct(products: readonly Product[]): Reply {
  return say(`어느 상품인가요? ${products.map(({ name }) => name).join(', ')}`);
}

export function onSaleSet(product: Product): Reply {
  return product.state === 'sold_out'
    ? say(`${product.name} 품절로 했어요. 새 주문은 받지 않아요.`)
    : say(`${product.name} 다시 판매해요.`);
}

export function whichPrice(products: readonly Product[]): Reply {
  return say(`상품이 ${products.length}가지라 어느 것인지 몰라요. 관리 명령으로 바꿔 주세요.`);
}
