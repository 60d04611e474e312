// The details a buyer's short message gives: who paid how much, the new address, the new count.

import { findAddresses } from './address.ts';
import { findAmounts } from './amounts.ts';
import { takenBack } from './buyer-said.ts';
import { matchesOf } from './matches.ts';
import { findPhones } from './phone.ts';
import { findCounts, readNumber } from './quantity.ts';

/** "84,000 넣었습니다", "paid 60000": beside a verb of paying a number needs no 원. */
const BARE_SUM =
  /(?<![\d-])(\d{4,7}|\d{1,3}(?:,\d{3})+)(?![\d-]) ?(?=[가-힣a-z /,.~]{0,6}(?:입금|송금|보냈|이체|부쳤|넣었|쐈))|(?:paid|sent|transferred|입금|송금|이체)[가-힣~!.]{0,6} ?(\d{4,7}|\d{1,3}(?:,\d{3})+)(?![\d-])/;

export function paidAmount(text: string): number | null {
  const [amount] = findAmounts(text);
  if (amount) return amount.krw;
  const bare = BARE_SUM.exec(text);
  const figure = bare?.[1] ?? bare?.[2];
  return figure === undefined ? null : Number(figure.replaceAll(',', ''));
}

/** "두레길 42로", "1204호로". */
const GLUED_PARTICLE = /(?<=\d|\d[호층])(?:으로|로|에|요)$/;

export function changedAddress(text: string): string | null {
  if (!/\d/.test(text)) return null;
  const phones = findPhones(text);
  const taken = (at: number): boolean => phones.some(({ start, end }) => at >= start && at < end);
  const addresses = findAddresses(text, taken);
  // "… 말고 …", "…에서 …로": the newer one stands last.
  const newest = addresses.findLast(({ complete }) => complete) ?? addresses.at(-1);
  if (newest === undefined) return null;
  // A shop at the end belongs to where the parcel goes.
  const { start, place } = newest;
  const whole = place === null ? newest.text : text.slice(start, place.end).replace(/\s+/g, ' ');
  return whole.replace(GLUED_PARTICLE, '');
}

const ANSWER_MAX = 60;
const GOALS =
  /(?<![\d.-])(\d{1,3}|(?<![가-힣])[가-힣]{1,3}?) ?(?:박스|상자|개|팩|box)?(?:으로|로)(?:요|여|용|예)?(?![가-힣])|(?:change|set|quantity)[a-z ]{0,12} to (\d{1,3}|[a-z]{3,8})\b/g;

export function changedBoxes(text: string): number | null {
  const goals = matchesOf(text, GOALS).filter(
    ({ 0: said, index }) => !takenBack(text, index + said.length),
  );
  const [, korean, english] = goals.at(-1) ?? [];
  const goal = korean ?? english;
  const boxes = goal ? readNumber(goal) : null;
  if (boxes !== null) return boxes;
  const counts = findCounts(text).filter((count) => count.boxes !== null && !count.rate);
  const last = counts.findLast(({ end }) => !takenBack(text, end));
  return last && !last.more ? last.boxes : null;
}

/** The answer to "how many boxes?": a count, or a bare number. */
export function answeredBoxes(text: string): number | null {
  const said = text.slice(0, ANSWER_MAX);
  return readNumber(said.replace(/(?:개|요|이요|으로|로)+[.!]?$/u, '')) ?? changedBoxes(said);
}
