// Addresses and postal codes on the page, and the numbers that are none of ours.
import { findAddresses } from './address.ts';
import { claim, freeEnd, isFree, isTaken, type LabelledValue, type Page, put } from './page.ts';
import { UNIT_UNKNOWN } from './phrases.ts';
import { findPostcodes } from './postcode.ts';

const NOISE =
  /(?<![\d-])\d{2,7}(?:-\d{2,8}){2,5}(?![\d-])|(?<!\d)\d{9,}|(?:₩ ?\d[\d,]*|\d[\d,.]*\d? ?(?:천 ?원|만 ?\d{0,4} ?천? ?원|만 ?원|원)(?![가-힣]{2}길))|\d{1,2} ?시(?: ?\d{1,2} ?분)?(?=까지|에|쯤|전|이후| |$|정도)|\d{1,3} ?(?:세|살|도|학년|년|%|퍼센트)(?=$|[^가-힣\d]|까지|이|인|가|를|에|은|는|짜)/gu;

export function readNoise(page: Page): void {
  for (const match of page.text.matchAll(NOISE)) {
    const end = match.index + match[0].length;
    // A lot number with three parts is no account, so only long ones are claimed.
    if (/-/u.test(match[0]) && match[0].replace(/\D/gu, '').length < 9) continue;
    if (isFree(page, match.index, end)) claim(page, match.index, end);
  }
}

export function readAddresses(page: Page): void {
  for (const { start, end, digits } of findPostcodes(page.text)) {
    if (isFree(page, start, end)) put(page, { kind: 'postcode', digits, start, end });
  }
  for (const { field, from, to } of page.labels) {
    const digits = field === 'postcode' ? /\d{5}/u.exec(page.text.slice(from, to)) : null;
    if (digits === null) continue;
    const start = from + digits.index;
    if (isFree(page, start, start + 5)) {
      put(page, { kind: 'postcode', digits: digits[0], start, end: start + 5 });
    }
  }
  const lastUnknown = [...page.text.matchAll(UNIT_UNKNOWN)].at(-1)?.index ?? -1;
  const values = page.labels.filter(({ field }) => field === 'address');
  for (const address of findAddresses(page.text, (at) => isTaken(page, at))) {
    const label = values.find(({ from, to }) => address.start >= from && address.start < to);
    let { end } = address;
    if (label?.strong && end < label.to) end = extend(page, end, label.to);
    if (!isFree(page, address.start, end)) end = freeEnd(page, address.start, end);
    const text = clean(page.text.slice(address.start, end));
    const cutShort = UNIT_LEFT.test(page.text.slice(end, end + 24)) && !isTaken(page, end + 1);
    const withUnit = /\d ?(?:호|층)|\d-\d+$/u.test(text);
    const announced = text.search(UNIT_UNKNOWN) >= 0 || (!withUnit && lastUnknown >= end);
    const usable = address.complete && !cutShort && !announced;
    const place = end > address.end ? null : address.place;
    put(page, {
      kind: 'address',
      text: usable ? text : null,
      partial: address.complete && announced ? text : null,
      longText: usable && place ? clean(page.text.slice(address.start, place.end)) : null,
      placeStart: place?.start ?? -1,
      labelled: label !== undefined,
      start: address.start,
      end,
    });
  }
  for (const value of values) readAddressValue(page, value);
  if (page.tokens.some(({ kind }) => kind === 'address')) return;
  for (const match of page.text.matchAll(UNIT_ALONE)) {
    const end = match.index + match[0].length;
    if (isFree(page, match.index, end))
      put(page, { kind: 'unit', text: match[0], start: match.index, end });
  }
}

const UNIT_ALONE = /(?<![가-힣\d-])\d{1,4}동 ?\d{1,5}호|(?<=호수는? ?)\d{2,5}호/gu;

/** A flat number behind the end of an address: something in between was not understood. */
const UNIT_LEFT = /^[ ,]*(?:[가-힣A-Za-z]{1,8}[ ,]+)?\d{1,4} ?(?:동|호)(?![가-힣]{2})/u;

const clean = (text: string): string =>
  text.replace(/\s+/gu, ' ').replace(/^[\s,:]+|[\s,.~!]+$/gu, '');

/** In a form the whole value is the address, down to the words no grammar knows. */
function extend(page: Page, from: number, to: number): number {
  const end = freeEnd(page, from, to);
  const rest = page.text.slice(from, end);
  if (rest.length > 40 || /[.!?](?:\s|$)|\n|입니다|이에요|예요|주세요|이고|이구/u.test(rest))
    return from;
  if (/[^가-힣a-z0-9 ,()\-·.'&~]/iu.test(rest) || /(?:박스|상자) ?$/u.test(rest)) return from;
  return from + rest.trimEnd().length;
}

/** An address field without a readable address: usable only if it has a town and a number. */
function readAddressValue(page: Page, { from, to, strong }: LabelledValue): void {
  const end = freeEnd(page, from, to);
  const text = clean(page.text.slice(from, end));
  if (!strong || text.length < 2 || !isFree(page, from, end) || page.asked !== null) return;
  if (page.tokens.some(({ kind, start }) => kind === 'address' && start >= from && start < to))
    return;
  if (/\n|주세요/u.test(text)) return;
  put(page, {
    kind: 'address',
    text: null,
    partial: null,
    longText: null,
    placeStart: -1,
    labelled: true,
    start: from,
    end,
  });
}
