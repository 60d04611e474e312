// Farmer and seller: taking back what was just said.
import type { Day } from '../../orders/day.ts';
import type { Package } from '../../orders/order.ts';
import type { Product } from '../../orders/shop.ts';
import type { ReportTrace } from '../../orders/undoing.ts';
import type { Choice, Reply } from '../bot.ts';
import * as words from '../words.ts';
import { STATE_WORDS } from './names.ts';
import { BUTTONS, choice, pressable, say } from './parts.ts';
import { rowsWithNames } from './rows.ts';

export function undoChoice(at: string): Choice {
  return pressable(BUTTONS.undo, { key: `undo:${at}`, act: 'undo', ref: at });
}

export function nothingToUndo(): Reply {
  return say('되돌릴 것이 없어요. 방금 하신 일만 5분 안에 되돌릴 수 있어요.', [
    choice(BUTTONS.list),
  ]);
}

const NEVER_UNDONE = {
  cap: '상자 수를 바꾸면서 옮긴 분들께 알리고 있어서 되돌릴 수 없어요. 다시 정하시려면 "7/21 40"처럼 보내 주세요.',
  cut: '넘긴 분들께 알리고 있어서 되돌릴 수 없어요. 더 보내시려면 "오늘 5상자 더"처럼 보내 주세요.',
  cancel: '취소는 주문한 분께 알리고 있어서 되돌릴 수 없어요.',
} as const;

export function cannotUndo(what: keyof typeof NEVER_UNDONE): Reply {
  return say(NEVER_UNDONE[what], [choice(BUTTONS.list)]);
}

export function reportTakenBack(
  traces: readonly ReportTrace[],
  { names, corrected }: { names: ReadonlyMap<string, string>; corrected: number },
): Reply {
  const lines = traces.flatMap(({ date, parcels }) =>
    [...Map.groupBy(parcels, ({ before }) => before.state)].map(([state, own]) => {
      const byRow = new Map(own.map(({ row, parcelId }) => [row, names.get(parcelId) ?? '']));
      const which = rowsWithNames(
        own.map(({ row }) => row),
        byRow,
      );
      const waybills = own.reduce(
        (sum, { before, after }) => sum + countWaybills(after) - countWaybills(before),
        0,
      );
      return `${words.day(date)} ${which} 되돌렸어요. 지금은 ${STATE_WORDS[state]} 상태예요.${waybills > 0 ? ` 송장 ${waybills}개를 지웠어요.` : ''}`;
    }),
  );
  const told = corrected > 0 ? [`이미 알림을 받은 ${corrected}명께는 바로잡아 알려 드려요.`] : [];
  return say([...lines, ...told].join('\n'), [choice(BUTTONS.list)]);
}

function countWaybills({ packages }: { readonly packages: readonly Package[] }): number {
  return packages.filter(({ waybill }) => waybill !== null).length;
}

export function capTakenBack({ date, capBoxes }: Day): Reply {
  return say(
    capBoxes === 0
      ? `${words.day(date)}을 다시 쉬는 날로 돌렸어요.`
      : `${words.day(date)}을 다시 ${capBoxes}상자로 돌렸어요.`,
    [choice(BUTTONS.list)],
  );
}

export function productTakenBack({ name, priceKrw, state }: Product): Reply {
  const sold = state === 'on_sale' ? '판매 중' : '품절';
  return say(`되돌렸어요. ${name} ${words.won(priceKrw)}, ${sold}이에요.`);
}

export function storeTakenBack(isOpen: boolean): Reply {
  return say(isOpen ? '되돌렸어요. 주문을 다시 받아요.' : '되돌렸어요. 주문을 멈춘 상태예요.');
}
