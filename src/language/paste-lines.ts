// One line of a paste: the waybills in it and whatever tells whose they are.

import { likelyNameAt, sureNameAt } from './farmer-names.ts';
import { CARRIER_NAMES } from './farmer-words.ts';
import { ADDRESS_START, LABELLED_ADDRESS, LABELLED_NAME, SENDER } from './paste-words.ts';
import type { Whom } from './reading.ts';
import { type FoundNumber, findWaybills } from './waybill-numbers.ts';

export type Facts = {
  readonly numbers: readonly FoundNumber[];
  readonly row: number | null;
  /** A bare number in front counts lines as often as it names a row. */
  readonly isRowLoose: boolean;
  readonly whom: Whom;
  /** The name stands behind a label, which no other name beside it does. */
  readonly isLabelled: boolean;
  readonly carrier: string | null;
};

const WORDS_MAX = 40;
const ROW = /(?<![\d-])(\d{1,4}) ?번(?!지|호|째|길)|^\s*(?:no\.? ?|#)(\d{1,4})(?!\d)/u;
const ORDINAL = /^\s*[([]?(\d{1,4})(?:[.)\]:](?!\d)|(?=\s+[가-힣*a-z\d]))/u;
/** A bare number in front of a waybill and nothing else beside it. */
const ROW_ALONE = /^[\s,|:]*(\d{1,4})[\s,|:.)]*$/u;
const PHONE =
  /(?<![\d*-])(?:0\d{1,3}|\+?82[- ]?\d{1,2}|\*{3})[-. )]{0,2}[\d*]{3,4}[-. ]?[\d*]{4}(?![\d*-])/gu;
const END_OF_NUMBER = /(?:끝 ?(?:번호|자리)|뒷 ?(?:번호|자리)) ?(\d{4})(?!\d)/u;
const SENDS = /^ ?(?:이|가|께서)? ?(?:보내|발송하|접수하|예약하|의뢰)/u;

export function isTelling({ row, whom }: Facts): boolean {
  return row !== null || hasWhom(whom);
}

export const hasWhom = ({ name, phone, address }: Whom): boolean =>
  name !== undefined || phone !== undefined || address !== undefined;

export function factsOf(line: string): Facts {
  const bare = line.replace(SENDER, ' ');
  const numbers = findWaybills(bare);
  const phones = phonesIn(bare);
  const rest = blanked(bare, [...numbers.filter(({ kind }) => kind !== 'phone'), ...phones]);
  const [, counted, marked] = ROW.exec(rest) ?? [];
  const [, ordinal] = ORDINAL.exec(rest) ?? [];
  const row = counted ?? marked ?? ordinal ?? ROW_ALONE.exec(rest)?.[1];
  const phone = phones[0]?.text ?? END_OF_NUMBER.exec(rest)?.[1];
  const address = addressIn(rest);
  const name = nameIn(address === null ? rest : rest.slice(0, address.start));
  return {
    numbers: numbers.filter(({ kind, start }) => kind !== 'phone' && !isIn(start, phones)),
    row: row === undefined ? null : Number(row),
    isRowLoose: counted === undefined && marked === undefined,
    isLabelled: LABELLED_NAME.test(rest),
    whom: {
      ...(name === null ? {} : { name }),
      ...(phone === undefined ? {} : { phone }),
      ...(address === null ? {} : { address: address.text }),
    },
    carrier: carrierIn(line),
  };
}

type Stretch = { readonly start: number; readonly end: number; readonly text: string };

export function phonesIn(text: string): Stretch[] {
  return [...text.matchAll(PHONE)].map(({ 0: said, index }) => ({
    start: index,
    end: index + said.length,
    text: said,
  }));
}

const isIn = (at: number, stretches: readonly Stretch[]): boolean =>
  stretches.some(({ start, end }) => at >= start && at < end);

function blanked(text: string, stretches: readonly { start: number; end: number }[]): string {
  let blank = text;
  for (const { start, end } of stretches)
    blank = `${blank.slice(0, start)}${' '.repeat(end - start)}${blank.slice(end)}`;
  return blank;
}

export function addressIn(text: string): Stretch | null {
  const labelled = LABELLED_ADDRESS.exec(text);
  const start = labelled?.index ?? text.search(ADDRESS_START);
  if (start < 0) return null;
  const said = (labelled?.[1] ?? text.slice(start)).split(/\s{3,}|[|;\t]/u, 1)[0]?.trim() ?? '';
  return said === '' ? null : { start, end: text.length, text: said };
}

/** Labelled; titled, but for who sends; by its looks. */
export function nameIn(text: string): string | null {
  const labelled = LABELLED_NAME.exec(text)?.[1]?.replace(/(?:고객)?님$/u, '');
  if (labelled !== undefined) return labelled;
  let likely: string | null = null;
  let words = 0;
  for (const { index } of text.matchAll(/(?<![가-힣*○●〇])[가-힣]/gu)) {
    words += 1;
    if (words > WORDS_MAX) break;
    const sure = sureNameAt(text, index);
    if (sure !== null && !SENDS.test(text.slice(sure.end, sure.end + 12))) return sure.name;
    likely ??= sure === null ? (likelyNameAt(text, index)?.name ?? null) : null;
  }
  return likely;
}

export function carrierIn(text: string): string | null {
  return CARRIER_NAMES.find(([said]) => text.includes(said))?.[1] ?? null;
}
