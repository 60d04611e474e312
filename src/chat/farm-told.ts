// What the farmer is told of a report, and the carrier that is asked after it.
import * as ordering from '../orders/ordering.ts';
import type { ReportResult, RowReport } from '../orders/reporting.ts';
import type { DayList } from '../orders/store.ts';
import { type Asking, ask, by, type Handled, run, type Step, stay } from './desk.ts';
import { namesOf } from './farm-rows.ts';
import { rememberingBooks, rememberingCarrier, withUndo } from './farm-undo.ts';
import * as replies from './replies/index.ts';

export function reportStep(
  start: Asking,
  said: { result: ReportResult; list: DayList; rows: readonly RowReport[] | 'all' },
): Step {
  const { result, list, rows } = said;
  const { trace } = result;
  const asking = { ...start, talk: rememberingBooks(start, trace) };
  const names = namesOf(list);
  const given = rows === 'all' ? [] : rows.filter(({ waybills }) => waybills.length > 0);
  const kept = given
    .filter(({ row }) => result.done.some((one) => one.row === row))
    .map(({ row, waybills, carrier }) => {
      const isShipped = result.done.some((one) => one.row === row && one.state === 'shipped');
      const was = trace?.parcels.find((one) => one.row === row);
      return {
        row,
        name: names.get(row) ?? '',
        waybills,
        carrier,
        isShipped,
        packages: was?.after.packages?.length ?? 0,
        numbered: was?.after.packages?.filter(({ waybill }) => waybill !== null).length ?? 0,
        replaced: replacedNumbers(was),
      };
    });
  const reply =
    kept.length > 0 ? replies.waybillsKept(result, kept, names) : replies.reported(result, names);
  if (result.carrierless.length === 0) return stay(asking, reply);
  const question = { kind: 'carrier', date: result.date, rows: result.carrierless } as const;
  return ask(asking, question, (id) => {
    const { texts, choices } = replies.askCarrier(result.date, {
      rows: result.carrierless,
      names,
      id,
    });
    return { texts: [...reply.texts, ...texts], choices };
  });
}

type Trace = NonNullable<ReportResult['trace']>['parcels'][number];

/** Numbers that stood on the parcel before and stand there no more. */
function replacedNumbers(trace: Trace | undefined): string[] {
  const now = new Set(trace?.after.packages?.map(({ waybill }) => waybill));
  const before = trace?.before.packages?.flatMap(({ waybill }) => waybill ?? []) ?? [];
  return before.filter((waybill) => !now.has(waybill));
}

export async function nameCarrier(asking: Asking, ref: string): Promise<Handled> {
  const [id = '', carrier = ''] = ref.split(':');
  const { open } = asking.talk;
  const isKnown = Object.hasOwn(replies.CARRIER_NAMES, carrier);
  if (open?.kind !== 'carrier' || open.id !== id || !isKnown)
    return stay(asking, replies.questionIsOver());
  const { date, rows } = open;
  const command = ordering.nameCarrier(by(asking, 'farmer'), { date, rows, carrier });
  const { trace } = await run(asking, command);
  const talk = trace === null ? asking.talk : rememberingCarrier(asking, trace);
  const list = await asking.desk.store.findDayList(asking.shop.id, date);
  const reply = replies.carrierKept(date, { rows, carrier, names: namesOf(list) });
  return withUndo({ reply, talk: { ...talk, open: null } }, asking);
}
