// Which of several recipients an answer means: "2번", "부산이요", "김영희", the end of his number.
import { matchesOf } from './matches.ts';
import { normalise } from './normalise.ts';
import { ORDINAL, ordinalIndex } from './phrases.ts';
import type { KnownRecipient } from './reading.ts';
import { liesIn } from './towns.ts';

const ANSWER_MAX = 40;
const NUMBER = /^(?:no\.? ?|number )?([1-9])(?: ?번)?(?:이?요|이에요|예요|입니다)?[.!~\s]*$/iu;
const ENDING = /(?:으?로|에)?(?:이?요|이에요|예요|입니다)?$/u;

/** Null when the answer fits none of them, or more than one. */
export function readWhich(text: string, fitting: readonly KnownRecipient[]): KnownRecipient | null {
  const said = normalise(text).trim();
  if (said.length > ANSWER_MAX) return null;
  const number = NUMBER.exec(said)?.[1];
  if (number !== undefined) return fitting[Number(number) - 1] ?? null;
  const [ordinal] = matchesOf(said, ORDINAL);
  if (ordinal !== undefined) return fitting.at(ordinalIndex(ordinal[0])) ?? null;
  const words = said.split(/[\s,.!~]+/u).map((word) => word.replace(ENDING, ''));
  const meant = fitting.filter((one) => words.some((word) => isMeant(one, word)));
  const [only, another] = meant;
  return another === undefined ? (only ?? null) : null;
}

function isMeant({ name, phone, address }: KnownRecipient, word: string): boolean {
  if (word.length < 2) return false;
  if (/^\d{4}$/u.test(word)) return phone.endsWith(word);
  return word.startsWith(name) || liesIn(address, word) || address.split(' ').includes(word);
}
