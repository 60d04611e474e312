// A list of names and waybills, one to a line: there the place alone tells what is a name.

import { CARRIER_NAMES } from './farmer-words.ts';
import { findWaybills } from './waybill-numbers.ts';

/** One line alone may say anything. */
const LINES_MIN = 2;
const LINE_CHARS_MAX = 80;

/** What may stand beside a number on such a line: an ordinal, an order code, and the name. */
const BESIDE =
  /^(?:[a-z]\d-?\d{3}[ ,:]*)?(?:(?<row>\d{1,4}) ?번[ ,:.]*|[([]?\d{1,4}(?:[.)\]:]| (?=[^\d]))[ ,]*)?(?<name>(?![-/.,:=])[가-힣a-z*○●〇][가-힣a-z\d*○●〇() .-]{0,18}?)? ?(?:고객님|님|씨)?(?: ?(?:[:=→>,|/-]|->|=>))* ?$/u;
/** Words of a sentence or of the trade, and nobody's name. */
const NO_NAME =
  /번(?:은|는|이|도|$| )|송장|등기|번호|택배|통운|보냈|보냄|발송|수확|포장|출고|취소|추가|그리고|순서|여기|이거|이요|입니다|에요|해요|까지|부터|나머지|어제|오늘|내일|그저께|그제|(?:^| )(?:두|세|한|다음|같은)(?: |$)/u;
const CARRIER = new RegExp(`(?:${CARRIER_NAMES.map(([said]) => said).join('|')})(?:택배)?`, 'gu');

/** The name on each line, null where a number of its row stands there; null when it is no such list. */
export function namesByPlace(lines: readonly string[]): ReadonlyMap<number, string | null> | null {
  const names = new Map<number, string | null>();
  for (const [at, line] of lines.entries()) {
    const numbers = findWaybills(line).filter(({ kind }) => kind !== 'phone');
    const [first] = numbers;
    const last = numbers.at(-1);
    if (first === undefined || last === undefined) continue;
    if (line.length > LINE_CHARS_MAX) return null;
    const between = line.slice(first.end, last.start).replace(/\d/g, '');
    const beside = `${line.slice(0, first.start)} ${line.slice(last.end)}`;
    const { row, name } = BESIDE.exec(beside.replace(CARRIER, ' ').trim())?.groups ?? {};
    const isList = row !== undefined || name !== undefined;
    if (!isList || !/^[\s,/+&]*$/u.test(between) || NO_NAME.test(name ?? '')) return null;
    names.set(at, name?.trim() ?? null);
  }
  return names.size < LINES_MIN || [...names.values()].every((name) => name === null)
    ? null
    : names;
}
