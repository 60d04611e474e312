// Farmer: how many boxes a day, and what is sold at what price.

import type { Day } from '../../orders/day.ts';
import type { DayForecast } from '../../orders/evening.ts';
import type { CapResult } from '../../orders/farm-day.ts';
import type { Product } from '../../orders/shop.ts';
import type { Reply } from '../bot.ts';
import * as words from '../words.ts';
import { BUTTONS, choice, say } from './parts.ts';
import { wholeDay } from './rows.ts';
import { forecastLines } from './week.ts';

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

export function capSet(result: CapResult): Reply {
  const { date, capBoxes, reservedBoxes, leftBoxes, isLate } = result;
  const late = leftBoxes > 0 ? `${leftBoxes}상자만 더 받아요.` : '새 주문은 다음 날짜로 받아요.';
  const room = isLate ? `마감이 지나 ${late}` : `남은 자리 ${leftBoxes}상자예요.`;
  const head =
    capBoxes === 0
      ? `${words.day(date)}은 쉬는 날로 했어요.`
      : `${words.day(date)} ${capBoxes}상자로 정했어요. 주문 ${reservedBoxes}상자, ${room}`;
  return say([head, ...movedLines(result)].join('\n'), [choice(BUTTONS.list)]);
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
      ...(count === 0 ? ['다음 날짜로 넘길 상자는 없어요.'] : movedLines(result)),
    ].join('\n'),
    [choice(BUTTONS.list), wholeDay(BUTTONS.pack)],
  );
}

function movedLines(result: CapResult): string[] {
  const { date, moved, overBoxes } = result;
  const undated = moved.filter(({ to }) => to === null).length;
  const back = moved.filter(({ to }) => to !== null && to > date).length;
  const forward = moved.length - back - undated;
  return [
    ...(back > 0 ? [`${back}곳은 다음 날짜로 넘겼고 주문한 분께 알려요.`] : []),
    ...(forward > 0 ? [`${forward}곳을 앞당겼고 주문한 분께 알려요.`] : []),
    ...(undated > 0 ? [`${undated}곳은 보낼 날짜가 없어 판매자에게 알렸어요.`] : []),
    ...(overBoxes > 0 ? [`이미 수확한 ${overBoxes}상자는 그대로 둬요.`] : []),
  ];
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
