// Whom a message names among those who got boxes of this buyer before: by name ("박철수님한테"), by the
// buyer's word for the place ("엄마집"), by town ("부산으로"), or as the last one ("저번에 보낸 데로").

import { givenName } from './called.ts';
import { homeKey, isSplit } from './count-tokens.ts';
import { matchesOf } from './matches.ts';
import type { Token } from './page.ts';
import { HOME } from './phrases.ts';
import type { KnownRecipient } from './reading.ts';
import { isTown, liesIn } from './towns.ts';

/** A stretch of the text that stands for a recipient, and all who fit it. */
export type Mention = {
  readonly start: number;
  readonly end: number;
  readonly fitting: readonly KnownRecipient[];
  /** The buyer's word for the place; null when he was named otherwise. */
  readonly called: string | null;
};

export type Acquaintances = {
  /** Newest first; each once. */
  readonly known: readonly KnownRecipient[];
  /** Those of the last order. */
  readonly last: readonly KnownRecipient[];
};

/** In text order; none overlaps another. */
export function findMentions(
  text: string,
  tokens: readonly Token[],
  { known, last }: Acquaintances,
): Mention[] {
  const homes = findHomes(text, tokens, known);
  const names = findNamed(text, tokens, known).map((name) => behindHome(text, homes, name));
  const found = [...findLast(text, last), ...names, ...homes, ...findTowns(text, tokens, known)];
  const kept: Mention[] = [];
  for (const mention of found)
    if (!kept.some(({ start, end }) => start < mention.end && mention.start < end))
      kept.push(mention);
  return kept.sort((a, b) => a.start - b.start);
}

/** Two words for one place. */
const ALIKE: readonly (readonly string[])[] = [
  ['엄마', '어머니', '어머님'],
  ['아빠', '아버지', '아버님'],
  ['친정', '친정엄마'],
  ['시', '시댁', '시어머니', '시부모님'],
  ['처가', '처갓', '장모님', '장인'],
  ['할머니', '할머님'],
  ['언니', '언니네'],
  ['회사', '사무실'],
];

export function isAlike(a: string | null | undefined, b: string | null): boolean {
  if (a === null || a === undefined || b === null) return false;
  return a === b || ALIKE.some((words) => words.includes(a) && words.includes(b));
}

const BEHIND_HOME = /^(?:한테|에게|께)/u;

function findHomes(
  text: string,
  tokens: readonly Token[],
  known: readonly KnownRecipient[],
): Mention[] {
  const found: Mention[] = [];
  for (const match of matchesOf(text, HOME)) {
    const word = match[1] ?? '';
    const end = match.index + word.length;
    if (isSplit(text, end) || isRead(tokens, match.index)) continue;
    const particle = BEHIND_HOME.exec(text.slice(end))?.[0].length ?? 0;
    const called = homeKey(word);
    const own = known.filter((one) => isAlike(one.called, called));
    const towns = townsBefore(text, match.index);
    const within = (one: KnownRecipient): boolean =>
      towns.words.every((town) => liesIn(one.address, town));
    // A town with a word nobody heard before is enough where it lies under no other word.
    const nameless = towns.words.length > 0 ? known.filter((one) => one.called === null) : [];
    const fitting = (own.length > 0 ? own : nameless).filter(within);
    found.push({ start: towns.start, end: end + particle, fitting, called });
  }
  return found;
}

const TOWN_BEFORE = /(?<![가-힣])([가-힣]{2,7})(?: ?(?:사는|사시는|계신|있는|쪽))? $/u;
const TOWNS_MAX = 3;

/** "부산 해운대 언니네": which of several sisters. */
function townsBefore(text: string, at: number): { start: number; words: readonly string[] } {
  const words: string[] = [];
  let start = at;
  while (words.length < TOWNS_MAX) {
    const match = TOWN_BEFORE.exec(text.slice(0, start));
    const word = match?.[1];
    if (match === null || word === undefined || !isTown(word)) break;
    words.push(word);
    start = match.index;
  }
  return { start, words };
}

const HUNG_ON =
  /^(?:님|씨)?(?:이네|네|이)?(?:집|댁)?(?:한테|에게|께|꺼|거|것|앞)?(?:은|는|도|만|으?로|이?랑|하고|와|과|이?요)?$/u;
const COUNTED = /^ ?(?:\d|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|하나|둘|셋|넷)/u;
const INTRODUCES = /^ ?(?:이?라고|이에요|예요|입니다|이고|인데|올림|드림)/u;
const MYSELF = /(?:^|[\s,.])(?:저는|전|저|나는|제 ?이름은|주문자는|보내는 ?(?:분|사람)은?) ?$/u;

function findNamed(
  text: string,
  tokens: readonly Token[],
  known: readonly KnownRecipient[],
): Mention[] {
  const found: Mention[] = [];
  for (const { 0: word, index } of matchesOf(text, /[가-힣]+/gu)) {
    if (isRead(tokens, index) || MYSELF.test(text.slice(0, index))) continue;
    const end = index + word.length;
    if (INTRODUCES.test(text.slice(end))) continue;
    const rest = (name: string): string | null =>
      word.startsWith(name) && HUNG_ON.test(word.slice(name.length))
        ? word.slice(name.length)
        : null;
    const whole = known.filter(({ name }) => name.length > 1 && rest(name) !== null);
    // 철수 alone may be any word: something hangs on it, or a count follows.
    const counted = COUNTED.test(text.slice(end));
    const given = known.filter(({ name }) => {
      const said = rest(givenName(name) ?? name);
      return said !== null && (said !== '' || counted);
    });
    const fitting = whole.length > 0 ? whole : given;
    if (fitting.length > 0) found.push({ start: index, end, fitting, called: null });
  }
  for (const name of new Set(
    known.map((one) => one.name).filter((one) => /^[A-Za-z]/u.test(one)),
  )) {
    const start = text.toLowerCase().indexOf(name.toLowerCase());
    const end = start + name.length;
    if (start < 0 || isRead(tokens, start) || /[a-z]/iu.test(text.charAt(end))) continue;
    found.push({ start, end, fitting: known.filter((one) => one.name === name), called: null });
  }
  return found;
}

/** "엄마 김영희님께": one mention, and the word is his. */
function behindHome(text: string, homes: readonly Mention[], name: Mention): Mention {
  const home = homes.find(
    ({ end }) => end < name.start && /^[\s:,(]*$/u.test(text.slice(end, name.start)),
  );
  return home === undefined ? name : { ...name, start: home.start, called: home.called };
}

const TO_TOWN = /^(?:으?로|에|에도|쪽에|쪽으로|집|집에|집으로)$/u;

function findTowns(
  text: string,
  tokens: readonly Token[],
  known: readonly KnownRecipient[],
): Mention[] {
  const found: Mention[] = [];
  for (const { 0: word, index } of matchesOf(text, /[가-힣]{3,}/gu)) {
    if (isRead(tokens, index)) continue;
    for (let length = word.length - 1; length > 1; length -= 1) {
      const town = word.slice(0, length);
      if (!TO_TOWN.test(word.slice(length)) || !isTown(town)) continue;
      const before = townsBefore(text, index);
      const fitting = known.filter(({ address }) =>
        [town, ...before.words].every((one) => liesIn(address, one)),
      );
      if (fitting.length === 0) continue;
      found.push({ start: before.start, end: index + word.length, fitting, called: null });
      break;
    }
  }
  return found;
}

const BEFORE =
  '(?:지난 ?번|저번|전번|먼젓번|이전|예전|전)에?(?: ?(?:그|했던|주문한|주문했던|시킨|시켰던|보낸|보냈던|받은))?';
const LAST_PLACE = new RegExp(
  `${BEFORE} ?(?:주소|주소지|데|곳|집|분|사람)(?:으?로|에|한테|에게|께)?|(?:the )?same (?:address|place|person|recipient)(?: as (?:last time|before))?`,
  'giu',
);

function findLast(text: string, last: readonly KnownRecipient[]): Mention[] {
  if (last.length === 0) return [];
  return matchesOf(text, LAST_PLACE).map(({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    fitting: last,
    called: null,
  }));
}

/** Read already as something that is no name; a town without a road is read as nothing. */
function isRead(tokens: readonly Token[], at: number): boolean {
  return tokens.some(
    (token) =>
      token.start <= at &&
      at < token.end &&
      token.kind !== 'name' &&
      token.kind !== 'home' &&
      !(token.kind === 'address' && token.text === null),
  );
}
