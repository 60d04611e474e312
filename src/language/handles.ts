// What a recipient may be called where only his boxes are said: "가 1개 나 2개", "길하늘은 3박스
// 편도윤은 2박스", "인천 1 홍성 2", "저한테 하나 언니한테 두개".

import { givenName } from './called.ts';
import { homeKey, putBare } from './count-tokens.ts';
import { matchesOf } from './matches.ts';
import { type Block, isListKey, listKey, townsOf } from './notes.ts';
import { isFree, type Page, put, type Spotted } from './page.ts';

/** A word people use, and what stands for it in the notes. */
export type Handle = { readonly word: string; readonly name: string | null; readonly key: string };

/** Of the recipients known before this message. */
export function handlesOf(blocks: readonly Block[]): Handle[] {
  return blocks.flatMap(({ name, homes, address }) => [
    ...(name === null ? [] : ofName(name)),
    ...homes.map(ofHome),
    ...(address === null ? [] : ofAddress(address)),
  ]);
}

function ofName(name: string): Handle[] {
  const given = givenName(name);
  const whole = { word: name, name, key: name };
  return given === null ? [whole] : [whole, { word: given, name, key: name }];
}

const ofHome = (key: string): Handle => ({
  word: isListKey(key) ? key.slice(1) : key,
  name: null,
  key,
});
const ofAddress = (address: string): Handle[] =>
  townsOf(address).map((town) => ({ word: town, name: null, key: listKey(town) }));

const handlesIn = (token: Spotted): Handle[] => {
  if (token.kind === 'name') return token.weight > 1 ? ofName(token.text) : [];
  if (token.kind === 'home') return [ofHome(token.word)];
  return token.kind === 'address' ? ofAddress(token.text ?? token.region ?? '') : [];
};

/** What may stand between a handle and its count: "언니네한테는 2", "A: 3". */
const HUNG_ON =
  /^(?:이(?=[는랑만도네꺼거한에]))?(?: ?(?:님|씨|고객님?))?(?: ?(?:이?네|집|댁|쪽))?(?: ?(?:한테|에게|께|꺼|거|것|앞))?(?: ?(?:먹을|쓸|줄|드릴|보낼) ?(?:거|것|꺼))?(?:으로|로|에는|에|은|는|이|가|만|도)? ?[:=-]?(?: |$|(?=[\d하두둘세셋네넷한다여일아열]))/u;
/** 회장님 댁, 시골집: the rest of the word a place is called by. */
const PLACED = /^(?:님|씨)?(?: ?(?:이?네|집|댁|쪽)(?![가-힣]{2}))?/u;
const STRETCH = /[^\n.!?]+(?:[.!?](?=\S)[^\n.!?]*)*/gu;
const SELF =
  /(?<![가-힣])(?:(?:제가|내가)(?= ?(?:먹을|쓸) ?(?:거|것|꺼))|(?:저|나|제|집)(?=한테|에게|꺼|거|것|는|은|만|도| ))/gu;
/** "1번 2박스 2번 3박스" */
const NUMBERED =
  /(?<![\d-])([1-9]\d?)번(?: ?(?:줄|행|칸|분|집|어르신|[가-힣]{2,3}님))?(?!째|지|길|호)|\(([1-9]\d?)\)번?(?=[은는만도에] ?| ?[\d한두세네]|이랑|으로|로)/gu;
const JOINED = /^ ?(?:이?랑|하고|와|과|[,·&/])? ?$/u;
const WORD = /[가-힣]{2,8}|(?<![A-Za-z])[A-Z](?![A-Za-z])|(?<![가-힣])[가나다라마바](?![가-힣])/gu;

/** Finds the handles in stretches without data of their own, and the bare numbers behind them. */
export function readHandles(page: Page): void {
  if (!mayDivide(page)) return;
  const found = [...page.called, ...page.tokens.flatMap(handlesIn)];
  const byWord = unique(found);
  const keys = new Set([...byWord.values()].map(({ key }) => key));
  if (keys.size + (speaksOfSelf(page) ? 1 : 0) < 2) return;
  const seen = tokensByStart(page);
  const starts = (wanted: Spotted['kind']): number[] =>
    page.tokens.filter(({ kind }) => kind === wanted).map(({ start }) => start);
  const phones = starts('phone');
  const addresses = starts('address');
  for (const { 0: stretch, index } of matchesOf(page.text, STRETCH)) {
    const end = index + stretch.length;
    const holds = (at: number): boolean => at >= index && at < end;
    if (addresses.some(holds)) continue;
    if (phones.some(holds)) {
      readOwners({ page, seen }, { index, end, stretch }, byWord);
      continue;
    }
    readOrderOfRows(page, index, end);
    if (/\d|하나|둘|셋|넷|[한두세네] ?(?:박스|상자|개)|다섯|여섯/u.test(stretch))
      readStretch({ page, seen }, { index, end, stretch }, byWord);
  }
}

/** Cheap, and true of every message that may share boxes out. */
function mayDivide(page: Page): boolean {
  const { tokens, called } = page;
  if (called.length > 0) return true;
  if (tokens.some(({ kind }) => kind === 'home') && speaksOfSelf(page)) return true;
  const several = (kind: Spotted['kind']): boolean =>
    tokens.filter((token) => token.kind === kind).length > 1;
  return several('name') || several('address') || several('home');
}

/** "저 2박스 동생 1박스" */
const speaksOfSelf = ({ text }: Page): boolean =>
  /(?<![가-힣])[저나](?:는|만)? ?(?:\d|[한두세네하둘셋넷다여일열])/u.test(text);

/** A word for two recipients is a handle of neither. */
function unique(handles: readonly Handle[]): Map<string, Handle> {
  const byWord = new Map<string, Handle>();
  const several = new Set<string>();
  for (const handle of handles) {
    const known = byWord.get(handle.word);
    if (known !== undefined && known.key !== handle.key) several.add(handle.word);
    byWord.set(handle.word, handle);
  }
  for (const word of several) byWord.delete(word);
  return byWord;
}

/** The tokens that begin somewhere, without looking through all of them for each word. */
type ByStart = {
  readonly at: (start: number) => readonly Spotted[];
  readonly drop: (token: Spotted) => void;
};

const NONE: readonly Spotted[] = [];

function tokensByStart({ tokens }: Page): ByStart {
  const byStart = new Map<number, Spotted[]>();
  let known = 0;
  return {
    at(start) {
      // Tokens put since the last look stand at the end.
      for (; known < tokens.length; known += 1) {
        const token = tokens[known];
        if (token === undefined) continue;
        const others = byStart.get(token.start);
        if (others === undefined) byStart.set(token.start, [token]);
        else others.push(token);
      }
      return byStart.get(start) ?? NONE;
    },
    drop(token) {
      const others = byStart.get(token.start) ?? [];
      byStart.set(
        token.start,
        others.filter((other) => other !== token),
      );
      tokens.splice(tokens.indexOf(token), 1);
      known -= 1;
    },
  };
}

type Reading = { readonly page: Page; readonly seen: ByStart };

type Stretch = { readonly index: number; readonly end: number; readonly stretch: string };

function readStretch(
  { page, seen }: Reading,
  { index, end, stretch }: Stretch,
  byWord: ReadonlyMap<string, Handle>,
): void {
  let handles = 0;
  const hungOn = new Set<Spotted>();
  for (const match of matchesOf(stretch, WORD)) {
    const start = index + match.index;
    const handle = handleAt(match[0], byWord);
    if (handle === null) continue;
    const read = seen.at(start).find(isHandle);
    // 이천은 might be a name, were 이천 not the town of a row.
    // 동민이는 is 서동민.
    const misread = read?.kind === 'name' && read.text !== handle.name && read.weight <= 1;
    if (misread) forget({ page, seen }, read);
    const token = misread ? undefined : read;
    const called = start + handle.word.length;
    const placed = PLACED.exec(page.text.slice(called, called + 4))?.[0].length ?? 0;
    const to = token?.end ?? called + placed;
    const ahead = countAhead({ page, seen }, to);
    if (token === undefined) {
      if (ahead === null || !isFree(page, start, to)) continue;
      if (handle.name === null) put(page, { kind: 'home', word: handle.key, start, end: to });
      else putName(page, handle.name, start, to);
    }
    if (ahead === null) continue;
    handles += 1;
    hungOn.add(ahead);
  }
  // From the last one back: "1번, 3번은 두 박스씩" counts for both.
  let joined = -1;
  for (const match of matchesOf(stretch, NUMBERED).toReversed()) {
    const start = index + match.index;
    const to = start + match[0].length;
    const leads = joined >= to && JOINED.test(page.text.slice(to, joined));
    if (!isFree(page, start, to) || !(leads || countAhead({ page, seen }, to) !== null)) continue;
    put(page, { kind: 'ordinal', index: Number(match[1] ?? match[2]) - 1, start, end: to });
    joined = start;
  }
  if (handles === 0) return;
  for (const match of matchesOf(stretch, SELF)) {
    const start = index + match.index;
    const to = start + match[0].length;
    if (!isFree(page, start, to) || start >= end) continue;
    const ahead = countAhead({ page, seen }, to);
    // The 집 of "큰애 집 3" is his.
    if (ahead !== null && !hungOn.has(ahead))
      put(page, { kind: 'home', word: homeKey('저'), start, end: to });
  }
}

/** "인천은 두현석 010-…": whose name and number follow. */
function readOwners(
  { page, seen }: Reading,
  { index, stretch }: Stretch,
  byWord: ReadonlyMap<string, Handle>,
): void {
  for (const match of matchesOf(stretch, WORD)) {
    const start = index + match.index;
    const handle = handleAt(match[0], byWord);
    if (handle === null || handle.name !== null) continue;
    const end = start + handle.word.length;
    const hung = HUNG_ON.exec(page.text.slice(end, end + 12))?.[0].length;
    if (hung === undefined || !isFree(page, start, end)) continue;
    const follows = [...seen.at(end + hung), ...seen.at(end + hung + 1)].some(
      ({ kind }) => kind === 'name' || kind === 'phone',
    );
    if (follows) put(page, { kind: 'home', word: handle.key, start, end });
  }
}

function forget({ page, seen }: Reading, token: Spotted): void {
  seen.drop(token);
  page.taken.fill(0, token.start, token.end);
}

const isHandle = ({ kind }: Spotted): boolean => kind === 'name' || kind === 'home';

/** The longest handle a word begins with: 길하늘은 → 길하늘. */
function handleAt(word: string, byWord: ReadonlyMap<string, Handle>): Handle | null {
  for (let length = word.length; length > 0; length -= 1) {
    const handle = byWord.get(word.slice(0, length));
    if (handle !== undefined && (length === word.length || length > 1)) return handle;
  }
  return null;
}

const putName = (page: Page, text: string, start: number, end: number): void =>
  put(page, { kind: 'name', text, weight: 1, labelled: false, introduced: false, start, end });

/** The count right behind a handle and its particles; a bare number there becomes one. */
function countAhead({ page, seen }: Reading, from: number): Spotted | null {
  const hung = HUNG_ON.exec(page.text.slice(from, from + 12))?.[0].length;
  if (hung === undefined) return null;
  const at = from + hung;
  const next = [...seen.at(at), ...seen.at(at + 1)].find(
    ({ kind }) => kind === 'count' || kind === 'mention',
  );
  if (next !== undefined) return next;
  putBare(page, at);
  const near = [...seen.at(at), ...seen.at(at + 1), ...seen.at(at + 2)];
  return near.find(({ kind }) => kind === 'count') ?? null;
}

const IN_ORDER = /순서|차례|순으로|위에서|위부터/u;
const LISTED =
  /\d{1,3}(?: ?(?:박스|상자|개))?(?: ?[,·/] ?| )\d{1,3}(?:(?: ?(?:박스|상자|개))?(?: ?[,·/] ?| )\d{1,3})*(?: ?(?:박스|상자|개))?/u;

/** "순서대로 3, 1, 2" */
function readOrderOfRows(page: Page, from: number, to: number): void {
  const stretch = page.text.slice(from, to);
  const list = IN_ORDER.test(stretch) ? LISTED.exec(stretch) : null;
  if (list === null) return;
  for (const [index, match] of matchesOf(list[0], /\d+/gu).entries()) {
    const start = from + list.index + match.index;
    page.tokens.push({ kind: 'ordinal', index, start, end: start });
    if (isFree(page, start, start + match[0].length)) {
      const flags = { each: false, shares: false, total: false, more: false, rate: false };
      const end = start + match[0].length;
      put(page, { kind: 'count', labelled: true, boxes: Number(match[0]), start, end, ...flags });
    }
  }
}
