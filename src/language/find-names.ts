// Names without a label: ordinary words of the right shape that stand where a name would.
import { soundsLikeName } from './given-names.ts';
import { COMPANY, isLatinName, isPersonName, isPlaceName, isSurname, personName } from './names.ts';
import { isFree, type Page, put, type Spotted } from './page.ts';

/** How well a candidate stands. A name below `SURE` alone makes no recipient. */
export const SURE = 2;
export const BESIDE_PHONE = 4;
const INTRODUCED = /^ ?(?:이?라고|이에요|예요|입니다|인데|올림|드림|배상)/u;

const HANGUL = /[가-힣]+/gu;
const LATIN = /[A-Z][A-Za-z'’.-]*(?: [A-Z][A-Za-z'’.-]*){1,3}/gu;
const SOFT = /^[ ,()[\]/|:;~♡-]*$/u;

export function findNames(page: Page): void {
  const ordered = page.tokens
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start);
  const found: Spotted[] = [];
  let at = 0;
  for (const match of page.text.matchAll(HANGUL)) {
    if (match.index < at) continue;
    const candidate = candidateAt(page, match.index, match[0]);
    if (candidate === null) continue;
    const { name, start, end, length } = candidate;
    const weight = weigh(page, ordered, { start, end, name, cut: length < match[0].length });
    if (weight === 0) continue;
    at = end;
    const introduced = weight < BESIDE_PHONE && INTRODUCED.test(page.text.slice(start + length));
    found.push({
      kind: 'name',
      text: name,
      weight,
      labelled: false,
      introduced,
      start,
      end: start + length,
    });
  }
  for (const match of /[A-Z]/u.test(page.text) ? page.text.matchAll(LATIN) : []) {
    const end = match.index + match[0].length;
    if (!isFree(page, match.index, end)) continue;
    const text = latinName(match[0]);
    if (text === null) continue;
    const start = match.index + match[0].indexOf(text);
    const weight = weigh(page, ordered, { start, end, name: text, cut: false });
    const introduced = false;
    if (weight > 0)
      found.push({ kind: 'name', text, weight, labelled: false, introduced, start, end });
  }
  const company = /\([주유재사]\)|회사/u.test(page.text);
  for (const match of company ? page.text.matchAll(COMPANY) : []) {
    const { index: start, 0: text } = match;
    const end = start + text.length;
    if (!isFree(page, start, end)) continue;
    const weight = weigh(page, ordered, { start, end, name: text, cut: false });
    // A person at the company is whom the parcel is for.
    if (weight > 1)
      found.push({
        kind: 'name',
        text,
        weight: SURE,
        labelled: false,
        introduced: false,
        start,
        end,
      });
  }
  for (const token of found) put(page, token);
}

/** Drops greetings in front: "Hi John Miller". */
function latinName(words: string): string | null {
  const parts = words.split(' ');
  for (let from = 0; from < parts.length - 1; from += 1) {
    const name = parts
      .slice(from)
      .join(' ')
      .replace(/[.'’-]+$/u, '');
    if (isLatinName(name)) return name;
  }
  return null;
}

type Candidate = {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly length: number;
};

function candidateAt(page: Page, start: number, word: string): Candidate | null {
  const end = start + word.length;
  if (!isFree(page, start, end) || word.length > 14) return null;
  if (word.length === 1 && isSurname(word)) {
    const given = /^ ([가-힣]{2})(?![가-힣])/u.exec(page.text.slice(end, end + 4))?.[1];
    if (given === undefined || !isPersonName(word + given)) return null;
    return { name: word + given, start, end: end + 3, length: 4 };
  }
  const mark = /\([주유재사]\) ?$/u.exec(page.text.slice(Math.max(0, start - 4), start))?.[0];
  if (mark !== undefined && isFree(page, start - mark.length, end)) {
    const length = mark.length + word.length;
    return { name: mark.trim() + word, start: start - mark.length, end, length };
  }
  const person = personName(word);
  if (person !== null) return { name: person, start, end, length: person.length };
  return isPlaceName(word) ? { name: word, start, end, length: word.length } : null;
}

type Standing = {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly cut: boolean;
};

const NEAR = 40;
const BETWEEN_MAX = 12;
const TITLE =
  /^ ?(?:(?:고객|과장|부장|대리|사장|이사|대표|팀장|실장|원장|선생|교수|상무|전무|차장|주임|소장|점장|사모|여사|어르신|할머니|할아버지)(?:님)?|님|씨|귀하|앞)(?![가-힣]{2})/u;

function weigh(page: Page, tokens: readonly Spotted[], standing: Standing): number {
  const { start, end, cut } = standing;
  const { text } = page;
  const before = neighbour(page, tokens, start, 'before');
  const title = TITLE.exec(text.slice(end, end + 8))?.[0] ?? '';
  const after = neighbour(page, tokens, end + title.length, 'after');
  const beside = (kind: Spotted['kind']): boolean => before?.kind === kind || after?.kind === kind;
  // An unknown label: only a number may follow a name and its colon.
  if (/^ ?:/u.test(text.slice(end, end + 2)) && after?.kind !== 'phone') return 0;
  if (beside('phone')) return BESIDE_PHONE;
  // A name stands alone on a short line or in a cell; farther than this nobody looks.
  const left =
    text
      .slice(Math.max(0, start - NEAR), start)
      .split('\n')
      .at(-1) ?? '';
  const right = text.slice(end, end + NEAR).split('\n', 1)[0] ?? '';
  const alone = /^[^\p{L}\p{N}]*(?:\d{1,2} ?[).])?[^\p{L}\p{N}]*$/u;
  const spare = /^[^\p{L}\p{N}]*(?:(?:고객)?님|씨|귀하|앞)?[^\p{L}\p{N}]*$/u;
  if (
    ((alone.test(left) && left.length < NEAR) || /[\t/|,][ ]*$/u.test(left)) &&
    (spare.test(right) || /^ *[\t/|,]/u.test(right))
  ) {
    if (standsAlone(page, standing.name) || title !== '') return 3;
  }
  if (beside('address') || beside('home') || beside('postcode')) return SURE;
  if (/\b(?:this is|i am|i'm|name is) $/iu.test(left)) return SURE;
  if (/(?:^|[\s,.])(?:저|저는|전|이름은?)\s?$/u.test(left) && cut) return SURE;
  if (
    title !== '' ||
    /^(?:고객)?(?:님|씨|귀하|에게|한테|께|앞으로)/u.test(
      text.slice(start + standing.name.length, end),
    )
  ) {
    return SURE;
  }
  if (
    cut &&
    /^(?:이에요|예요|입니다|앞으로|이라고|인데)/u.test(text.slice(start + standing.name.length))
  )
    return SURE;
  if (
    left.trim() === '' &&
    after?.kind === 'count' &&
    standing.name.length > 2 &&
    !cut &&
    soundsLikeName(standing.name)
  )
    return SURE;
  return beside('count') || beside('mention') || cut ? 1 : 0;
}

/** Alone on its line a word must sound like a name, all the more so where we asked for another thing. */
function standsAlone(page: Page, name: string): boolean {
  if (!/^[가-힣]+$/u.test(name) || isPlaceName(name)) return true;
  const awaited = page.asked === null || page.asked === 'name';
  return soundsLikeName(name) && (awaited || name.length > 2);
}

function neighbour(
  page: Page,
  tokens: readonly Spotted[],
  at: number,
  side: 'before' | 'after',
): Spotted | null {
  // Tokens are few; the nearest one on either side is found by halving.
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const token = tokens[side === 'before' ? low - 1 : low];
  if (token === undefined) return null;
  const [from, to] = side === 'before' ? [token.end, at] : [at, token.start];
  if (to - from > BETWEEN_MAX) return null;
  // A label in between ("김영희 (전화 010…") does not part them.
  let between = '';
  for (let index = from; index < to; index += 1) {
    if (page.taken[index] !== 1) between += page.text[index] ?? '';
  }
  return SOFT.test(between) ? token : null;
}
