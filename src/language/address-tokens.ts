// Addresses and postal codes on the page, and the numbers that are none of ours.

import { findAddresses } from './address.ts';
import { cutPieces, oneSpaced } from './address-words.ts';
import { districtOf } from './districts.ts';
import { COPULA } from './endings.ts';
import { soundsLikeName } from './given-names.ts';
import { readHouse } from './known-house.ts';
import { matchesOn, mayHold } from './letters.ts';
import { isPersonName, isPlaceName } from './names.ts';
import {
  type At,
  claim,
  freeEnd,
  isFree,
  isTaken,
  type LabelledValue,
  type Page,
  put,
} from './page.ts';
import { ASKS_ABOUT, UNIT_UNKNOWN } from './phrases.ts';
import { findPostcodes, POSTCODE } from './postcode.ts';
import { readSame } from './same-above.ts';

const NOISE =
  /(?<![\d-])\d{2,7}(?:-\d{2,8}){2,5}(?![\d-])|(?<!\d)\d{9,}|(?:₩ ?\d[\d,]*|\d[\d,.]*\d? ?(?:천 ?원|만 ?\d{0,4} ?천? ?원|만 ?원|원)(?=$|[^가-힣]|[은을이의에도만씩](?![가-힣])|이[고구에요라]|으로|짜리|인데|입|송|결제|보내|보냈|넣|넘|정도|부쳐))|\d{1,2} ?시(?: ?\d{1,2} ?분)?(?=까지|에|쯤|전|이후| |$|정도)|(?<![\d-])\d{1,3} ?(?:세(?! ?(?:박스|상자|개|팩|box))|살|도|학년|년|%|퍼센트)(?=$|[^가-힣\d]|까지|이|인|가|를|에|은|는|짜)/gu;

export function readNoise(page: Page): void {
  for (const match of matchesOn(page, NOISE)) {
    const end = match.index + match[0].length;
    if (!isFree(page, match.index, end)) continue;
    // A lot number with three parts is no account, so only long ones are claimed.
    if (match[0].includes('-') && match[0].replace(/\D/gu, '').length < 9) continue;
    claim(page, match.index, end);
  }
}

export function readAddresses(page: Page): void {
  for (const { start, end, digits } of mayHold(page.letters, POSTCODE)
    ? findPostcodes(page.text)
    : []) {
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
  const lastUnknown = matchesOn(page, UNIT_UNKNOWN).at(-1)?.index ?? -1;
  const values = page.labels.filter(({ field }) => field === 'address');
  const addresses = findAddresses(page.text, (at) => isTaken(page, at));
  for (const [index, address] of addresses.entries()) {
    const next = addresses[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    const label = values.find(({ from, to }) => address.start >= from && address.start < to);
    let { end } = address;
    if (label?.strong && end < label.to && next >= label.to) end = extend(page, end, label.to);
    if (!isFree(page, address.start, end)) end = freeEnd(page, address.start, end);
    const text = withRegion(page, clean(page.text.slice(address.start, end)));
    const cutShort = UNIT_LEFT.test(page.text.slice(end, end + 24)) && !isTaken(page, end + 1);
    const withUnit = /\d ?(?:호|층)|\d-\d+$/u.test(text);
    const announced =
      text.search(UNIT_UNKNOWN) >= 0 ||
      (!withUnit && speaksOf(page, { start: address.start, end }, lastUnknown));
    const usable = address.complete && !cutShort && !announced;
    const place = end > address.end ? null : address.place;
    put(page, {
      kind: 'address',
      text: usable ? text : null,
      partial: address.complete && announced ? text : null,
      region: address.numbered ? null : text,
      longText: usable && place ? clean(page.text.slice(address.start, place.end)) : null,
      placeStart: place?.start ?? -1,
      placeEnd: place?.end ?? -1,
      labelled: label !== undefined,
      start: address.start,
      end,
    });
  }
  readSame(page);
  const housed = new Set(
    page.tokens.filter(({ kind }) => kind === 'address').map(({ start }) => start),
  );
  for (const value of values) readAddressValue(page, value, housed);
  for (const { field, from, to, strong } of page.labels)
    if (field === 'detail' && strong) readDetail(page, from, to);
  if (!page.tokens.some(({ kind }) => kind === 'address')) {
    readRoad(page);
    readDistrict(page);
  }
  if (page.tokens.some(({ kind }) => kind === 'address') || readHouse(page)) return;
  const corrected = UNIT_CORRECTED.exec(page.text);
  const said = corrected ?? UNIT_ONLY.exec(page.text);
  const whole = said?.groups?.unit;
  if (said !== null && whole !== undefined) {
    const start = said.index + said[0].lastIndexOf(whole);
    const end = start + whole.length;
    const instead = said.groups?.wrong?.replace(/ /gu, '') ?? null;
    const restates = RESTATES.test(page.text.slice(0, start));
    put(page, { kind: 'unit', text: whole, instead, restates, start, end });
    if (corrected !== null) claim(page, said.index, end);
    return;
  }
  for (const match of matchesOn(page, UNIT_ALONE)) {
    const end = match.index + match[0].length;
    if (isFree(page, match.index, end))
      put(page, {
        kind: 'unit',
        text: match[0],
        instead: null,
        restates: RESTATES.test(page.text.slice(0, match.index)),
        start: match.index,
        end,
      });
  }
}

/** Whether "동호수는 나중에" is said of this address: beside several numbers, only within its own row. */
function speaksOf({ text, tokens }: Page, address: At, unknown: number): boolean {
  if (unknown < address.end) return false;
  const phones = tokens.filter(({ kind }) => kind === 'phone');
  if (phones.length < 2) return true;
  const from = text.lastIndexOf('\n', address.start) + 1;
  const led = phones.some(({ start }) => start >= from && start < address.start);
  const parted = phones.some(({ start }) => start >= address.end && start < unknown);
  return !text.slice(address.end, unknown).includes('\n') && !(led && parted);
}

const DISTRICT_LEAD =
  /^[\s,]*([가-힣]{2,4})(?:으로|로|에)? +(?=(?:\d{1,3}|[가-힣]{1,3}) ?(?:박스|상자|개)(?![가-힣]{2}))/u;

/** "강남 2상자": where to, but no road yet. */
function readDistrict(page: Page): void {
  const lead = DISTRICT_LEAD.exec(page.text);
  const district = districtOf(lead?.[1] ?? '');
  if (lead === null || district === null || ASKS_ABOUT.test(page.text)) return;
  const end = lead[0].trimEnd().length;
  if (!isFree(page, 0, end)) return;
  const nothing = {
    text: null,
    partial: null,
    longText: null,
    placeStart: -1,
    placeEnd: -1,
    labelled: false,
  };
  put(page, { kind: 'address', ...nothing, region: district, start: 0, end });
}

/** "테헤란로 152" behind an earlier "서울 강남구": read as if they stood together. */
function readRoad(page: Page): void {
  const lead =
    /^(?:[\s,.]|(?:네|넵|예|아|주소는?|여기는?)(?=[\s,:]))*/u.exec(page.text)?.[0].length ?? 0;
  if (isTaken(page, lead)) return;
  if (page.region === null) {
    readPiece(page);
    return;
  }
  const ahead = page.region.length + 1 - lead;
  const joined = `${page.region} ${page.text.slice(lead)}`;
  const [address] = findAddresses(joined, (at) => at >= ahead + lead && isTaken(page, at - ahead));
  if (address === undefined || address.start > 0 || !address.complete) {
    readPiece(page);
    return;
  }
  put(page, {
    kind: 'address',
    text: clean(address.text),
    partial: null,
    region: null,
    longText: null,
    placeStart: -1,
    placeEnd: -1,
    labelled: false,
    start: lead,
    end: address.end - ahead,
  });
}

/** "노원구 동일로 1729" behind "서울" goes on with it; what is said anew takes its place. */
function withRegion({ region, asked }: Page, text: string): string {
  if (region === null || asked !== 'address') return text;
  const [first = ''] = text.split(' ', 1);
  if (cutPieces(text, () => false)[0]?.kind === 'province') return text;
  const words = region.split(' ');
  const again = words.findIndex((word) => word === first || word.slice(-1) === first.slice(-1));
  return [...(again < 0 ? words : words.slice(0, again)), text].join(' ');
}

const PIECE =
  /^[\s,.]*(?:(?:네+|넵|예|아|음|주소는?)[\s,.:]+)*(?<piece>[가-힣\d][가-힣\d\s-]{0,40}?)(?:이요|이에요|예요|에요|입니다|이고요|요)?[\s.,!~]*$/u;
const PLACES: ReadonlySet<string> = new Set(['province', 'city', 'town', 'village', 'road']);

/** "서울이요", "노원구요", "월드컵로 12길" in answer to the address: kept until its number comes. */
function readPiece(page: Page): void {
  const said = page.asked === 'address' ? PIECE.exec(page.text) : null;
  const piece = said?.groups?.piece?.trim();
  if (said === null || piece === undefined || !isFree(page, 0, page.text.length)) return;
  const pieces = cutPieces(piece, () => false);
  if (pieces.length === 0 || !pieces.every(({ kind }) => PLACES.has(kind))) return;
  const anew = page.region === null || pieces[0]?.kind === 'province';
  if (anew && pieces[0]?.kind === 'road') return;
  const region = anew ? piece : `${page.region} ${piece}`;
  const start = page.text.indexOf(piece);
  const nothing = {
    text: null,
    partial: null,
    longText: null,
    placeStart: -1,
    placeEnd: -1,
    labelled: true,
  };
  put(page, { kind: 'address', ...nothing, region, start, end: start + piece.length });
}

const UNIT = String.raw`(?:지하 ?)?\d{1,4}(?:동 ?\d{1,5}호|층 ?\d{1,5}호|동|층|호)`;
const POLITE_END = `(?: ?(?:${COPULA}|으로|로))?(?: ?(?:해 ?주세요|바꿔 ?주세요|변경해 ?주세요|수정해 ?주세요|보내 ?주세요|부탁드려요|부탁드립니다))?`;
/** The whole message is a flat: "101호", "빌라 2층이에요". */
const UNIT_ONLY = new RegExp(
  String.raw`^[\s,.]*(?:(?:네|넵|예|아|참|그리고|주소는?|상세 ?주소는?|호수는?|동호수는?|저희는|우리는)[\s,.:]+){0,3}(?<unit>(?:[가-힣A-Za-z]{0,8}(?:빌라|아파트|빌딩|오피스텔|맨션|하우스|타워|상가|주택|빌) ?)?${UNIT})${POLITE_END}[\s.,!~^ㅎㅋ]*$`,
  'u',
);
/** "505호가 아니고 506호예요" */
const UNIT_CORRECTED = new RegExp(
  String.raw`(?<wrong>${UNIT})(?:이|가)? ?(?:아니고요?|아니라|말고)[\s,]*(?<unit>${UNIT})`,
  'u',
);

/** "주소는 104동 1204호예요" */
const RESTATES = /(?:주소|호수)[는은]?[\s,.:]+$/u;
const UNIT_ALONE = /(?<![가-힣\d-])\d{1,4}동 ?\d{1,5}호|(?<=호수는? ?)\d{2,5}호/gu;

/** A flat number behind the end of an address: something in between was not understood. */
const UNIT_LEFT = /^[ ,/]*(?:[가-힣A-Za-z]{1,8}[ ,]+)?\d{1,4} ?(?:동|호)(?![가-힣]{2})/u;

/** Without what hangs on both its ends; most have nothing there, and their ends show it. */
function clean(text: string): string {
  const line = oneSpaced(text);
  const bare = CLOSES.has(line.slice(-1))
    ? line.replace(/^([^([{【<]*?)[ )\]}】>]+$/u, '$1')
    : line;
  const hangs = OPENS_VALUE.has(bare.slice(0, 1)) || ENDS_VALUE.has(bare.slice(-1));
  return hangs ? bare.replace(/^[\s,:]+|[\s,.~!]+$/gu, '') : bare;
}
const CLOSES: ReadonlySet<string> = new Set(' )]}】>');
const OPENS_VALUE: ReadonlySet<string> = new Set(' ,:');
const ENDS_VALUE: ReadonlySet<string> = new Set(' ,.~!');

/** In a form the whole value is the address, down to the words no grammar knows. */
function extend(page: Page, from: number, to: number): number {
  const end = freeEnd(page, from, to);
  const rest = page.text.slice(from, end).replace(PLEASANTRY, '');
  if (
    rest.length > 40 ||
    /[.!?](?:\s|$)|\n|입니다|이에요|예요|주세요|이고|이구|(?:니다|[세려어아에해]요)(?: |$)/u.test(
      rest,
    )
  )
    return from;
  // In an answer of one line the recipient may stand behind it.
  if (page.asked !== null && rest.split(/[ ,]+/u).some(isSomebody)) return from;
  const [head = '', shop, more] = rest.split('/');
  const named = shop === undefined || (more === undefined && isPlaceName(shop.trim()));
  if (!named || /[^가-힣a-z0-9 ,()\-·.'&~]/iu.test(head) || /(?:박스|상자) ?$/u.test(rest))
    return from;
  return from + rest.trimEnd().length;
}

/** Politeness behind the last value of a form. */
const PLEASANTRY =
  /(?:[\s,.]+(?:항상|늘|그럼|정말|너무|매번|꼭|미리))*[\s,.]+(?:감사|고맙|고마|(?:잘 ?)?부탁|수고|고생|(?:좋은|즐거운|행복한|편안한) ?(?:하루|저녁|밤|오후|주말|시간|명절|연휴|한 ?주)|건강|번창|확인|맛있)[^\n]*$/u;

const isSomebody = (word: string): boolean => isPersonName(word) && soundsLikeName(word);

const NO_DETAIL = /^(?:없음|없어요|없습니다|단독(?:주택)?|주택|상동|동일|x|none|[-.*]+)$/iu;

/** "상세주소: 103동 502호" goes on with the address in front of it. */
function readDetail(page: Page, from: number, to: number): void {
  const end = freeEnd(page, from, to);
  const value = page.text.slice(from, end);
  const text = clean(value);
  if (text === '' || NO_DETAIL.test(text) || text.search(UNIT_UNKNOWN) >= 0) return;
  const start = from + value.indexOf(text[0] ?? '');
  put(page, { kind: 'unit', text, instead: null, restates: false, start, end });
}

/** An address field without a readable address: usable only if it has a town and a number. */
function readAddressValue(
  page: Page,
  { from, to, strong }: LabelledValue,
  housed: ReadonlySet<number>,
): void {
  const end = freeEnd(page, from, to);
  const text = clean(page.text.slice(from, end));
  if (!strong || text.length < 2 || !isFree(page, from, end) || page.asked !== null) return;
  for (let at = from; at < to; at += 1) if (housed.has(at)) return;
  if (/\n|주세요/u.test(text)) return;
  put(page, {
    kind: 'address',
    text: null,
    partial: null,
    region: null,
    longText: null,
    placeStart: -1,
    placeEnd: -1,
    labelled: true,
    start: from,
    end,
  });
}
