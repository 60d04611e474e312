// Farmer and seller: taking back what was just said.
import type { Package } from '../../orders/order.ts';
import type { Product, Shop } from '../../orders/shop.ts';
import { type ActTrace, type DayTrace, isMoved, type ParcelTrace } from '../../orders/undoing.ts';
import type { Choice, Reply } from '../bot.ts';
import * as words from '../words.ts';
import { STATE_WORDS } from './names.ts';
import { BUTTONS, choice, pressable, say } from './parts.ts';
import { rowsWithNames } from './rows.ts';

const DAYS_NAMED_MAX = 4;

export function undoChoice(at: string): Choice {
  return pressable(BUTTONS.undo, { key: `undo:${at}`, act: 'undo', ref: at });
}

export function nothingToUndo(): Reply {
  return say('되돌릴 것이 없어요. 방금 하신 일만 5분 안에 되돌릴 수 있어요.', [
    choice(BUTTONS.list),
  ]);
}

export function cannotUndo(): Reply {
  return say('취소는 주문한 분께 알리고 있어서 되돌릴 수 없어요.', [choice(BUTTONS.list)]);
}

/** Reports, cuts and numbers of boxes that were taken back. */
export function booksTakenBack(
  { parcels, days }: ActTrace,
  { names, corrected }: { names: ReadonlyMap<string, string>; corrected: number },
): Reply[] {
  const moved = parcels.filter(isMoved).length;
  const back = moved > 0 ? [`옮긴 ${moved}곳을 제자리로 돌렸어요.`] : [];
  const told =
    corrected > 0
      ? [`이미 알림을 받은 ${corrected}명께는 바로잡아 알려 드려요.`]
      : moved > 0
        ? ['아직 알리기 전이라 주문한 분들께는 아무것도 가지 않아요.']
        : [];
  const lines = [...reportsBack(parcels, names), ...daysBack(days), ...back, ...told];
  return lines.length === 0 ? [] : [say(lines.join('\n'), [choice(BUTTONS.list)])];
}

function reportsBack(parcels: readonly ParcelTrace[], names: ReadonlyMap<string, string>) {
  const reported = parcels.filter((one) => !isMoved(one));
  const groups = Map.groupBy(reported, ({ before }) => `${before.date} ${before.state}`);
  return [...groups.values()].map((own) => {
    const { date, state } = own[0]?.before ?? { date: null, state: 'scheduled' };
    const rows = own.map(({ row }) => row ?? 0);
    const byRow = new Map(own.map(({ row, parcelId }) => [row ?? 0, names.get(parcelId) ?? '']));
    const waybills = own.reduce(
      (sum, { before, after }) => sum + countWaybills(after) - countWaybills(before),
      0,
    );
    return `${words.day(date ?? '')} ${rowsWithNames(rows, byRow)} 되돌렸어요. 지금은 ${STATE_WORDS[state]} 상태예요.${waybills > 0 ? ` 송장 ${waybills}개를 지웠어요.` : ''}`;
  });
}

function countWaybills({ packages = [] }: { readonly packages?: readonly Package[] }): number {
  return packages.filter(({ waybill }) => waybill !== null).length;
}

/** The numbers that hold again. */
function daysBack(days: readonly DayTrace[]): string[] {
  const said = days.filter(({ isFixed, before, after }) => isFixed && !isSameNumber(before, after));
  if (said.length > DAYS_NAMED_MAX) return [`${said.length}일의 상자 수를 처음대로 돌렸어요.`];
  return said.map(({ before: { date, capBoxes } }) =>
    capBoxes === 0
      ? `${words.day(date)}을 다시 쉬는 날로 돌렸어요.`
      : `${words.day(date)}을 다시 ${capBoxes}상자로 돌렸어요.`,
  );
}

function isSameNumber(one: DayTrace['before'], other: DayTrace['before']): boolean {
  return one.capBoxes === other.capBoxes && one.capSource === other.capSource;
}

export function weekTakenBack({ policy }: Pick<Shop, 'policy'>): Reply {
  const { closedWeekdays } = policy;
  const closed =
    closedWeekdays.length === 0
      ? '쉬는 요일은 없어요.'
      : `쉬는 요일은 ${words.weekdays(closedWeekdays)}이에요.`;
  return say(`요일 규칙을 처음대로 돌렸어요. ${closed}`, [choice(BUTTONS.list)]);
}

export function productTakenBack({ name, priceKrw, state }: Product): Reply {
  const sold = state === 'on_sale' ? '판매 중' : '품절';
  return say(`되돌렸어요. ${name} ${words.won(priceKrw)}, ${sold}이에요.`);
}

export function storeTakenBack(isOpen: boolean): Reply {
  return say(isOpen ? '되돌렸어요. 주문을 다시 받아요.' : '되돌렸어요. 주문을 멈춘 상태예요.');
}
