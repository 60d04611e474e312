// Addresses in Latin letters: 110 Sejong-daero, Jung-gu, Seoul.

import type { FoundAddress } from './address.ts';
import type { Taken } from './address-words.ts';
import { matchesOf } from './matches.ts';

const ROMAN_ROAD =
  /(?:(?:\d{1,5}(?:-\d{1,4})?,? )?(?:[A-Z][\w'-]*|\d[\w-]*)-(?:daero|ro|gil|dong|ri)(?:[ ,]+\d[\w-]*-?gil)?)\b(?:,? \d{1,5}(?:-\d{1,4})?(?![\d-]))?/giu;
const ROMAN_HEAD =
  /(?:(?:apt|unit|room|rm|suite|bldg|building|no)\.? ?#?[\w-]{1,8}|#?\d{1,4}(?:-\d{1,5})?(?:dong|ho)?|[A-Z][\w']{1,15} (?:apt|apartment|villa|tower)s?),? $/iu;
const ROMAN_MORE =
  /^,? ?(?:[A-Za-z][\w'-]{1,20}-(?:gu|si|gun|do|eup|myeon|dong|ri)|[A-Z][a-z]{2,15}(?: City)?|(?:apt|unit|room|rm|bldg|building)\.? ?#?[\w-]{1,8}|#?\d{1,5}(?:-\d{1,5})?(?:dong|ho|F)?)(?=$|[\s,./)])/u;
/** What is inside the house: "Bldg 103 Apt 2205", "3rd floor", "(2F)". It needs no comma in front. */
const ROMAN_UNIT =
  /^,? ?(?:(?:apt|apartment|unit|room|rm|bldg|building|suite|ste|tower|block|no|level|floor)\.? ?#?[A-Z]?\d[\w-]{0,7}|[B#]?\d{1,4}(?:st|nd|rd|th)? ?(?:floor|fl|flr|F|ho|dong)\b\.?|#\d{1,5}(?:-\d{1,5})?|\([^()\n]{0,6}\d[^()\n]{0,14}\)|(?:ground|top|basement) floor)(?=$|[\s,./;)-])/iu;
/** The name of a house, which a comma or the end of the line closes: ", Hannam Heights Villa". */
const ROMAN_HOUSE =
  /^, (?:[A-Z][\w'&.]{1,15} ){0,3}(?:apartments?|apt|villas?|towers?|building|bldg|heights|officetel|house|dormitory|dorm|church|school|university|center|centre|office|hotel|guesthouse|residence|park|city|xi|castle|palace)\b(?=$|[\s,./;)-])/iu;
const ROMAN_PARTS_MAX = 8;

/** 110 Sejong-daero, Jung-gu, Seoul */
export function findRomanAddresses(text: string, taken: Taken): FoundAddress[] {
  if (!/[a-z]-?(?:ro|gil|dong|ri)\b/iu.test(text)) return [];
  const found: FoundAddress[] = [];
  for (const match of matchesOf(text, ROMAN_ROAD)) {
    let start = match.index;
    let end = start + match[0].length;
    if (taken(start) || taken(end - 1)) continue;
    const head = ROMAN_HEAD.exec(text.slice(Math.max(0, start - 40), start))?.[0];
    if (head && !taken(start - head.length)) start -= head.length;
    let regions = 0;
    for (let parts = 0; parts < ROMAN_PARTS_MAX; parts += 1) {
      const ahead = text.slice(end, end + 64);
      const inside = ROMAN_UNIT.exec(ahead)?.[0] ?? ROMAN_HOUSE.exec(ahead)?.[0];
      const more = inside ?? ROMAN_MORE.exec(ahead)?.[0];
      if (more === undefined || taken(end + more.length - 1)) break;
      if (inside === undefined) {
        if (!more.startsWith(',') && !/-(?:gu|si|gun|do)|^ \d/u.test(more)) break;
        if (/[a-z]/iu.test(more)) regions += 1;
      }
      end += more.length;
    }
    const complete = /\d/u.test(match[0]) && regions > 0;
    found.push({
      start,
      end,
      text: text.slice(start, end).trim(),
      complete,
      numbered: true,
      place: null,
    });
  }
  return found;
}
