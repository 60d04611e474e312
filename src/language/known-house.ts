// A house of an address known, said again: with another number, or with the flat that was missing.

import { matchesOf } from './matches.ts';
import { isFree, type Page, put } from './page.ts';

const HOUSE =
  /(?<road>[가-힣][가-힣\d.]{0,12}(?:로|길)(?: ?\d{1,4}번?길)?) ?(?<number>\d{1,5}(?:-\d{1,4})?)(?![\d-])/gu;

const FLAT_BEHIND =
  /^,? ?(?<flat>(?:[가-힣A-Za-z\d]{2,14} )?(?:\d{1,4}동 ?\d{1,5}호|\d{2,5}호))(?!\d)/u;

type Flat = { readonly flat: string; readonly end: number };

/** What stands behind a house said again; beside a telephone number it is somebody else's. */
function flatBehind(page: Page, start: number, end: number): Flat | null {
  const match = FLAT_BEHIND.exec(page.text.slice(end, end + 40));
  const flat = match?.groups?.flat;
  if (match === null || flat === undefined) return null;
  const to = end + match[0].length;
  const other = page.tokens.some(({ kind }) => kind === 'phone');
  return other || !isFree(page, start, to) ? null : { flat, end: to };
}

const OLD_FLAT = /(?:\d{1,4}동 ?)?\d{1,5}호$/u;

/** The building stays where only its flat is said anew. */
function flatIn(rest: string, flat: string): string {
  if (rest.trim() === '' || /^[^ ]*[^ \d동호][^ ]* /u.test(flat)) return flat;
  return OLD_FLAT.test(rest) ? rest.replace(OLD_FLAT, flat).trim() : `${rest.trim()} ${flat}`;
}

/** "박창식님 주소 평화순환길 240-71이 맞아요": another number on the road of an address known. */
export function readHouse(page: Page): boolean {
  for (const match of page.houses.length > 0 ? matchesOf(page.text, HOUSE) : []) {
    const { road = '', number = '' } = match.groups ?? {};
    const end = match.index + match[0].length;
    if (!isFree(page, match.index, end)) continue;
    const olds = page.houses.flatMap((house) => numberOn(house, road) ?? []);
    const [old, another] = olds;
    if (old === undefined || another !== undefined) continue;
    const known = page.houses.find((house) => numberOn(house, road) === old) ?? '';
    const tail = known.slice(known.indexOf(`${road} `));
    const unit = /^[가-힣A-Za-z\d ,-]+$/u.test(tail) ? flatBehind(page, match.index, end) : null;
    // "이섭대천로 1203 설봉푸르지오 108동 501호예요": the house known already, and now its flat.
    if (unit !== null) {
      const rest = old === number ? tail.slice(road.length + 1 + old.length) : '';
      const text = `${match[0]} ${flatIn(rest, unit.flat)}`;
      const instead = tail.replaceAll(' ', '');
      put(page, {
        kind: 'unit',
        text,
        instead,
        restates: false,
        start: match.index,
        end: unit.end,
      });
      return true;
    }
    if (old === number) continue;
    const instead = `${road}${old}`.replaceAll(' ', '');
    put(page, { kind: 'unit', text: match[0], instead, restates: false, start: match.index, end });
    return true;
  }
  return false;
}

/** The house number that stands behind the road in an address. */
function numberOn(house: string, road: string): string | null {
  const at = house.indexOf(`${road} `);
  return at < 0
    ? null
    : (/^\d{1,5}(?:-\d{1,4})?(?![\d가-힣])/u.exec(house.slice(at + road.length + 1))?.[0] ?? null);
}
