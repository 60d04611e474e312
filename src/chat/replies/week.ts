// Farmer and seller: what the coming days hold, a line for each.
import type { DayForecast } from '../../orders/evening.ts';
import type { Reply } from '../bot.ts';
import * as words from '../words.ts';
import { BUTTONS, choice, say } from './parts.ts';

export function weekAhead(
  days: readonly DayForecast[],
  { isSeller, isFarmer }: { readonly isSeller: boolean; readonly isFarmer: boolean },
): Reply {
  return say(forecastLines(days).join('\n'), [
    ...(isFarmer ? [choice(BUTTONS.list)] : []),
    ...(isSeller ? [choice(BUTTONS.unpaid), choice(BUTTONS.today)] : []),
  ]);
}

/** `7/21(화) 24/40상자 · 미입금 6 · 10 남음` */
export function forecastLines(days: readonly DayForecast[]): string[] {
  return [`앞으로 ${days.length}일 (입금된 상자/최대)`, ...days.map(dayLine)];
}

function dayLine({ date, ...day }: DayForecast): string {
  const { capBoxes, paidBoxes, unpaidBoxes, leftBoxes } = day;
  const unpaid = unpaidBoxes > 0 ? [`미입금 ${unpaidBoxes}`] : [];
  if (capBoxes === 0 && paidBoxes === 0) return [`${words.day(date)} 쉼`, ...unpaid].join(' · ');
  const overBoxes = paidBoxes - capBoxes;
  const noRoom = day.isLate ? '마감' : '자리 없음';
  const left = overBoxes > 0 ? `${overBoxes} 넘침` : leftBoxes > 0 ? `${leftBoxes} 남음` : noRoom;
  return [`${words.day(date)} ${paidBoxes}/${capBoxes}상자`, ...unpaid, left].join(' · ');
}
