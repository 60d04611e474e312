// Sums of money as people write them: "35,000원", "3만5천", "4만 5천원", "3.5만", "삼만오천원".

import { matchesOf } from './matches.ts';
import { readNumber } from './quantity.ts';

export type FoundAmount = {
  readonly krw: number;
  readonly start: number;
  readonly end: number;
  /** "20만" may be 200,000 won or "only 20": the number before 만 when nothing else says which. */
  readonly perhapsOnly: number | null;
};

/** Above this it is no price and no payment of a fruit farm. */
const KRW_MAX = 1_000_000_000;

const FIGURE = String.raw`\d{1,3}(?:,\d{3})+|\d{1,10}`;
const AMOUNT = new RegExp(
  [
    String.raw`(?<![\d.,-])(?<man>\d{1,5}(?:\.\d{1,2})?) ?만(?: ?(?<chon>\d(?:\.\d)?) ?천|` +
      String.raw` ?(?<rest>\d,?\d{3})(?= ?원))?(?: ?(?<baek>\d) ?백)?(?<won1> ?원)?`,
    String.raw`(?<![\d.,-])(?<bareChon>\d{1,4}) ?천 ?원`,
    String.raw`(?<![\d.,-])(?<plain>${FIGURE}) ?(?:원(?!격)|won\b|krw\b)`,
    String.raw`(?:₩|krw ?|\\)(?<signed>${FIGURE})(?!\d)`,
    `(?<![가-힣])(?<manSaid>[일이삼사오육칠팔구십백천]{0,7})만(?<saidRest>(?: [일이삼사오육칠팔구]?[천백십]){1,2}) ?원`,
    `(?<![가-힣])(?<manWord>[일이삼사오육칠팔구십백천]{0,7})만 ?` +
      `(?<restWord>[일이삼사오육칠팔구십백천]{0,7})(?<won2> ?원)?(?![일이삼사오육칠팔구])`,
    `(?<![가-힣])(?<chonWord>[일이삼사오육칠팔구]?천) ?원`,
  ].join('|'),
  'g',
);

/** All sums in a text already made plain, in text order. */
export function findAmounts(text: string): FoundAmount[] {
  const found: FoundAmount[] = [];
  for (const match of matchesOf(text, AMOUNT)) {
    const groups = match.groups ?? {};
    const krw = sum(groups, match[0].trim());
    if (krw === null || krw <= 0 || krw > KRW_MAX) continue;
    const { man, chon, rest, baek, won1 } = groups;
    const whole = man !== undefined && !(chon || rest || baek || won1) && /^\d+$/.test(man);
    found.push({
      krw,
      start: match.index,
      end: match.index + match[0].length,
      perhapsOnly: whole ? Number(man) : null,
    });
  }
  return found;
}

type Groups = Readonly<Record<string, string | undefined>>;

function sum(groups: Groups, text: string): number | null {
  const { man, chon, rest, baek, bareChon, manWord, restWord, won2, chonWord, manSaid, saidRest } =
    groups;
  const figure = groups.plain ?? groups.signed;
  if (figure) return Number(figure.replaceAll(',', ''));
  if (bareChon) return Number(bareChon) * 1000;
  if (man) {
    const small = Number(chon ?? 0) * 1000 + Number(rest?.replace(',', '') ?? 0);
    return Math.round(Number(man) * 10_000 + small + Number(baek ?? 0) * 100);
  }
  if (chonWord) return readNumber(chonWord);
  if (manSaid !== undefined) return words(manSaid || '일') * 10_000 + words(saidRest ?? '');
  // Without 원 a word as short as "이만" ("that is all") is no sum.
  if (manWord === undefined || (!won2 && (manWord === '' || text.length < 3))) return null;
  const high = manWord === '' ? 1 : readNumber(manWord);
  const low = restWord ? readNumber(restWord) : 0;
  return high === null || low === null ? null : high * 10_000 + low;
}

/** "구천 오백" */
const words = (said: string): number => readNumber(said.replaceAll(' ', '')) ?? 0;
