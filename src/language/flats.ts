// One house and a flat for each number: "서울 … 방산빌딩. 205호 은다솔 010-…, 701호 피재경 010-…".

import { matchesOn } from './letters.ts';
import { matchesOf } from './matches.ts';
import { isFree, type Page, put, type Spotted } from './page.ts';

const FLAT =
  /(?<![가-힣\d-])(?:(?:\d{1,4}|[가-하A-Z])동 ?\d{1,5}호|(?:(?:지하 ?)?\d{1,3}층 ?)?\d{2,5}호|(?:지하 ?)?\d{1,3}층)(?![가-힣]{2}|\d)/gu;
const BEHIND_HOUSE = /[\s,.:/]*$/u;

type Address = Extract<Spotted, { kind: 'address' }>;

/** Tells the flats from the house that all of them share; each number has one, also the first. */
export function readFlats(page: Page): void {
  const phones = page.tokens.filter((token) => token.kind === 'phone' && !token.sender);
  if (phones.length < 2) return;
  const addresses = page.tokens.filter((token): token is Address => token.kind === 'address');
  const [house, another] = addresses;
  if (house === undefined || another !== undefined || house.text === null) return;
  const flats = [...matchesOn(page, FLAT)]
    .map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }))
    .filter(({ start, end }) => isFree(page, start, end));
  const own = matchesOf(page.text.slice(house.start, house.end), FLAT).at(-1);
  const ownsLast = own !== undefined && own.index + own[0].length === house.end - house.start;
  if (flats.length !== phones.length - (ownsLast ? 1 : 0)) return;
  if (ownsLast && own !== undefined) {
    // The first of them stood behind the house and was read as the end of its address.
    if (phones.some(({ start }) => start < house.start)) return;
    const start = house.start + own.index;
    const end = start - (BEHIND_HOUSE.exec(page.text.slice(house.start, start))?.[0].length ?? 0);
    const text = house.text.slice(0, -own[0].length).replace(BEHIND_HOUSE, '');
    if (!house.text.endsWith(own[0]) || text === '') return;
    page.tokens[page.tokens.indexOf(house)] = { ...house, text, longText: null, end };
    flats.push({ text: own[0], start, end: house.end });
  }
  for (const flat of flats) put(page, { kind: 'unit', instead: null, restates: false, ...flat });
}
