// What a tap on the board is answered: one line, with the row and its recipient so that a slip is seen.
import type { DomainError } from '../../orders/errors.ts';
import type { ReportResult } from '../../orders/reporting.ts';
import { carrierOf, numberFault } from '../../shipping/carriers.ts';
import type { BoardDone } from '../board.ts';
import {
  booksTakenBack,
  CARRIER_NAMES,
  capSet,
  farmRefused,
  rowsWithNames,
  STATE_WORDS,
} from '../replies/index.ts';
import * as words from '../words.ts';

type Names = ReadonlyMap<number, string>;

const DONE_WORDS: Readonly<Partial<Record<ReportResult['done'][number]['state'], string>>> = {
  scheduled: '송장을 적었어요.',
  harvested: '수확했어요.',
  packed: '포장했어요.',
  shipped: '발송했어요.',
  delivered: '배송 완료예요.',
};

/** Whether anything was changed by it. */
export function hasDone({ told }: BoardDone): boolean {
  return !('result' in told && 'done' in told.result) || told.result.done.length > 0;
}

/** `names` are the recipients of the list that it is about. */
export function boardTold({ told }: BoardDone, names: Names): string {
  switch (told.kind) {
    case 'report':
      return reportTold(told.result, names);
    case 'waybills':
      return [reportTold(told.result, names), ...doubts(told.given)].join(' ');
    case 'carrier':
      return `${rowsWithNames(told.rows, names)} ${CARRIER_NAMES[told.carrier] ?? told.carrier}로 적었어요.`;
    case 'cap':
      return capSet(told.result).texts.join(' ').replaceAll('\n', ' ');
    case 'freeze':
      return told.rows === 0
        ? `${words.day(told.date)}에는 보낼 상자가 없어요.`
        : `${words.day(told.date)} 목록을 확정했어요. ${told.rows}곳이에요.`;
    case 'undone':
      return undoneTold(told.trace, { names, corrected: told.corrected });
  }
}

export function dateOfTold({ told }: BoardDone): string | null {
  if ('result' in told) return told.result.date;
  if ('date' in told) return told.date;
  return told.trace.parcels[0]?.before.date ?? told.trace.days[0]?.before.date ?? null;
}

function reportTold({ done, already, struck }: Omit<ReportResult, 'trace'>, names: Names): string {
  const lines = [...Map.groupBy(done, ({ state }) => state)].map(
    ([state, own]) => `${named(own, names)} ${DONE_WORDS[state] ?? STATE_WORDS[state]}`,
  );
  if (done.length === 0 && already.length > 0)
    lines.push(`${named(already, names)} 이미 처리돼 있어요.`);
  if (struck.length > 0) lines.push(`${words.ranges(struck)}번은 그사이 빠져서 건너뛰었어요.`);
  return lines.join(' ');
}

const named = (rows: readonly { readonly row: number }[], names: Names): string =>
  rowsWithNames(
    rows.map(({ row }) => row),
    names,
  );

/** A number may be right whose last digit speaks against it: then it is worth a second look. */
function doubts(given: { waybills: readonly string[]; carrier: string | null }): string[] {
  const carrier = given.carrier === null ? null : carrierOf(given.carrier);
  const odd = given.waybills.filter(
    (waybill) => carrier !== null && numberFault(carrier, waybill) !== null,
  );
  if (odd.length === 0) return [];
  const which = odd.map(words.waybillNumber).join(', ');
  return [`${which}: 번호가 맞는지 한 번 더 봐 주세요.`];
}

type Trace = Parameters<typeof booksTakenBack>[0];

function undoneTold(
  trace: Trace,
  { names, corrected }: { readonly names: Names; readonly corrected: number },
): string {
  const byParcel = new Map(
    trace.parcels.map(({ parcelId, row }) => [parcelId, names.get(row ?? 0) ?? '']),
  );
  const texts = booksTakenBack(trace, { names: byParcel, corrected }).flatMap((one) => one.texts);
  return texts.join(' ').replaceAll('\n', ' ');
}

/** Why nothing was done; what to do next is said with it. */
export function boardRefused(error: DomainError): string {
  const { code, detail } = error;
  const row = typeof detail.row === 'number' ? `${detail.row}번` : '';
  if (detail.isBack === true)
    return `${row}은 그사이 되돌려서 지금 ‘${stateNamed(detail.now)}’이에요. 맞으면 다시 눌러 주세요.`;
  if (detail.isStruck === true)
    return `${row}은 그사이 목록에서 빠졌어요. 아무것도 바꾸지 않았어요.`;
  if (detail.hasOtherWaybills === true)
    return `${row}에 그사이 다른 송장 번호가 적혔어요. 확인하고 다시 적어 주세요.`;
  if (typeof detail.capNow === 'number')
    return `${words.day(String(detail.date))}은 그사이 ${words.boxes(detail.capNow)}로 바뀌었어요. 확인하고 다시 정해 주세요.`;
  if (detail.isDraft === true)
    return `${words.day(String(detail.date))} 목록은 아직 예정이에요. 먼저 확정해 주세요.`;
  if (detail.undo === 'nothing') return '되돌릴 것이 없어요.';
  if (detail.undo === 'late') return '시간이 지나서 되돌릴 수 없어요.';
  if (code === 'idempotency_reuse') return '화면이 오래됐어요. 새로 열고 다시 눌러 주세요.';
  return farmRefused(error).texts.join(' ').replaceAll('\n', ' ');
}

function stateNamed(state: unknown): string {
  const known: Readonly<Record<string, string>> = STATE_WORDS;
  return known[String(state)] ?? '';
}
