// What is told of parcels that left: those whose buyer hears it for the first time, and those of which
// he was told other waybills than hold now.
import { waybillsOn } from '../orders/waybills.ts';
import { list, type OrderWords } from './notice-data.ts';
import * as replies from './replies/index.ts';

/** Null when all of them arrived or did not leave, or what was told holds again. */
export const waybillNews: OrderWords = (order, { notice: { data }, page }) => {
  const underway = order.parcels.filter(({ state }) => state === 'shipped');
  const shipped = underway.filter(({ id }) => list(data.parcels).includes(id));
  const told = new Map(list(data.was).map(toldOf));
  const renumbered = underway.flatMap((parcel) => {
    const before = told.get(parcel.id);
    if (before === undefined || shipped.includes(parcel)) return [];
    const how = differenceOf(before, waybillsOn(parcel.packages));
    return how === null ? [] : [{ parcel, how }];
  });
  if (shipped.length === 0 && renumbered.length === 0) return null;
  return replies.waybillNews(order, { shipped, renumbered, page });
};

function differenceOf(
  before: readonly string[],
  now: readonly string[],
): replies.NumbersNow | null {
  if (before.join() === now.join()) return null;
  const had = before.map(numberOf);
  const has = now.map(numberOf);
  if (has.length === 0) return 'withdrawn';
  if (had.some((number) => !has.includes(number))) return 'replaced';
  if (has.some((number) => !had.includes(number))) return 'added';
  return before.every((one) => now.includes(one) || one.startsWith(':')) ? 'named' : 'recarried';
}

/** Of `carrier:number`. */
const numberOf = (waybill: string): string => waybill.slice(waybill.indexOf(':') + 1);

/** Of `par_…=carrier:number,…`. */
function toldOf(entry: string): readonly [string, readonly string[]] {
  const [id = '', waybills = ''] = entry.split('=');
  return [id, waybills === '' ? [] : waybills.split(',')];
}
