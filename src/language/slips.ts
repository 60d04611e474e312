// "27이 아니라 72예요", "203호→302호", "단미소를 단미선으로 고쳐주세요": the wrong part of a value known before,
// and what takes its place. A part that fits no value, or several, leaves them open.

import { COPULA } from './endings.ts';
import { handlesOf } from './handles.ts';
import { lettersOf, says } from './letters.ts';
import { matchesOf } from './matches.ts';
import type { Block, Notes } from './notes.ts';
import { joinMarks, type Mark, type Span } from './origin.ts';
import { ORDINAL, ordinalIndex } from './phrases.ts';
import { findCounts } from './quantity.ts';

/** Longer messages are orders of their own. */
const SLIP_MAX = 160;
const LOOK = 40;
const ENDS_MAX = 6;

const NOT_BUT =
  '(?:이|가|은|는)? ?(?:아니(?:고요?|구요?|라(?:서|고)?|[에예]요)|말고요?)|(?:이?라고|으?로) ?(?:잘못 ?)?(?:썼|적었|보냈|입력했|올렸)는데|[→⇒➡]|[-=]+>';
const INSTEAD = '(?:을|를|에서|은|는) ';
const BETWEEN = new RegExp(`(?<but>${NOT_BUT})[\\s,.:]*|${INSTEAD}`, 'gu');
const CHANGED = '(?:으?로) ?(?:바꿔|바꾸|바꿀|변경|수정|정정|고쳐|고칠)';
const AS_NEW = new RegExp(`^${CHANGED}`, 'u');
const RIGHT = new RegExp(
  String.raw`^(?:(?:아니|음|그게|정확히는?|원래|그냥|맞는 ?건) )?(?<right>[^\n,.!?~;()]{1,30}?)님?(?<end> ?(?:${COPULA}|네요|이네)(?=$|[\s,.!?~^;ㄱ-ㅎㅏ-ㅣ])|(?:이|가)? ?맞|${CHANGED}|으?로(?:요| ?(?:보내|부탁|해 ?주|할[게께])|(?=[.!~]|$))|\s*(?:$|[\n,.!?~^;()ㄱ-ㅎㅏ-ㅣ]))`,
  'u',
);

export type Stretch = { readonly start: number; readonly end: number };
type Told = { readonly index: number; readonly text: string };

/** Puts right what was wrong; answers the stretches of the text that are done with. */
export function takeSlips(notes: Notes, { index, text }: Told): readonly Stretch[] {
  if (notes.blocks.length === 0 || text.trim().length > SLIP_MAX) return [];
  const done: Stretch[] = [];
  for (const slip of slipsIn(text)) {
    if (done.some(({ end }) => slip.start < end)) continue;
    const stretch = mend(notes, slip, { message: index, text });
    if (stretch !== null) done.push(stretch);
  }
  forgetWrong(notes.blocks, text, done);
  return done;
}

const WRONG =
  /(?<wrong>(?<!\d)\d{1,5}(?:동|호|층|번지))(?:이|가|은|는)? ?아니(?:고|구|라|[에예]요|었|네)(?![가-힣]*\?)/gu;

/** "3304호는 아니에요", and nothing was understood that takes its place. */
function forgetWrong(blocks: readonly Block[], text: string, done: readonly Stretch[]): void {
  for (const { index, groups } of matchesOf(text, WRONG)) {
    const wrong = groups?.wrong ?? '';
    if (done.some(({ start, end }) => index >= start && index < end)) continue;
    for (const block of blocks)
      if (inAddress(wrong, wrong).test(block.address ?? '')) forgetAddress(block);
  }
}

const MAY_SLIP = /아니[고구라에예]|말고|[썼었냈했렸]는데|[→⇒➡>]/u;

/** Where a slip is put right that stands in the text itself; null where none is. */
export function slipAt(text: string, letters = lettersOf(text)): number | null {
  if (!says({ text, letters }, MAY_SLIP)) return null;
  for (const slip of slipsIn(text)) {
    const said = slip.parts.find(({ wrong }) => {
      const at = text.indexOf(wrong);
      return wrong.length > 1 && at >= 0 && at < slip.start;
    });
    if (said !== undefined) return slip.start;
  }
  return null;
}

type Part = { readonly wrong: string; readonly right: string; readonly at: number };

/** What may be meant by the words around it. */
type Slip = Stretch & { readonly parts: readonly Part[] };

function slipsIn(text: string): readonly Slip[] {
  return matchesOf(text, BETWEEN).flatMap((match) => {
    const { index } = match;
    const from = index + match[0].length;
    const but = match.groups?.but !== undefined;
    const behind = text.slice(from, from + LOOK);
    if (but && SAYS_NO_MORE.test(behind)) return saidFirst(text, index, from);
    const found = RIGHT.exec(behind);
    const { right: said = '', end = '' } = found?.groups ?? {};
    if (found === null || (!but && !AS_NEW.test(end))) return [];
    const before = CLAUSE.exec(text.slice(Math.max(0, index - LOOK), index))?.[0].trimStart() ?? '';
    const right = withOwnI(said, end);
    const at = from + found[0].indexOf(said);
    const parts = endsOf(before).flatMap(({ words: wrong }) =>
      isLike(wrong, right) ? [{ wrong, right: withUnit(wrong, right), at }] : [],
    );
    return [{ start: index - before.length, end: from + found[0].length, parts }];
  });
}

const CLAUSE = /[^\n,.!?~;()]*$/u;
const SAYS_NO_MORE = /^[\s,.!?~^;ㄱ-ㅎㅏ-ㅣ]*(?:\n|$)/u;
const SAID_FIRST = new RegExp(
  `(?<right>[^\\n,.!?~]+?)(?:${COPULA})[\\s,.!?~ㄱ-ㅎㅏ-ㅣ]+(?<wrong>[^\\s,.!?~]{1,12}(?: [^\\s,.!?~]{1,12})?)$`,
  'u',
);

/** "212동이에요 211 아니고" */
function saidFirst(text: string, index: number, end: number): readonly Slip[] {
  const from = Math.max(0, index - LOOK);
  const found = SAID_FIRST.exec(text.slice(from, index));
  const { right = '', wrong = '' } = found?.groups ?? {};
  if (found === null) return [];
  const start = from + found.index;
  const parts = endsOf(wrong).flatMap((old) =>
    endsOf(right).flatMap(({ words, at }) =>
      isLike(old.words, words)
        ? [{ wrong: old.words, right: withUnit(old.words, words), at: start + at }]
        : [],
    ),
  );
  return [{ start, end, parts }];
}

/** 이에요 hangs on a consonant only: of 하이예요 the 이 belongs to the name. */
function withOwnI(right: string, end: string): string {
  const last = right.charCodeAt(right.length - 1) - 0xac00;
  return end.startsWith('이') && last >= 0 && last % 28 === 0 ? `${right}이` : right;
}

/** The last words, the last two, and so on, with the particle behind them or without. */
function endsOf(words: string): readonly { readonly words: string; readonly at: number }[] {
  const whole = words.trimEnd();
  const bare = whole.replace(/[이가은는을를]$/u, '');
  return (bare === whole ? [whole] : [whole, bare]).flatMap((base) =>
    matchesOf(base, WORD_START)
      .slice(-ENDS_MAX)
      .map(({ index: at }) => ({ words: base.slice(at), at })),
  );
}

const WORD_START = /(?<![\d가-힣A-Za-z-])[\d가-힣A-Za-z]|(?<=[가-힣])\d/gu;

const PIECE = /\d+(?:-\d+)*(?<unit>동|호|층|번지|번길|길)?|[가-힣A-Za-z]+/gu;

/** 가경로 27 is a road with a number, 203호 a number with its unit, 단미소 a word. */
function formOf(words: string): readonly string[] {
  return matchesOf(words, PIECE).map(({ 0: piece, groups }) => {
    if (/^\d/u.test(piece)) return `9${groups?.unit ?? ''}`;
    const last = /.[시군구읍면동리로길]$/u.exec(piece)?.[0].at(-1) ?? '';
    return last === '길' ? '로' : last;
  });
}

function isLike(wrong: string, right: string): boolean {
  if (wrong === right) return false;
  const [old, now] = [formOf(wrong), formOf(right)];
  if (old.length === 0) return false;
  // "203호 아니고 2동 302호"
  if (old.length === 1 && now.length > 1)
    return (
      old[0]?.length === 2 &&
      now.at(-1) === old[0] &&
      now.every((form) => form.startsWith('9') && form.length > 1)
    );
  return old.length === now.length && old.every((form, at) => isLikeForm(form, now[at] ?? ''));
}

const isLikeForm = (a: string, b: string): boolean =>
  a === b || (a.startsWith('9') && b.startsWith('9') && (a.length === 1 || b.length === 1));

/** "203호 아니고 302": of the same kind. */
function withUnit(wrong: string, right: string): string {
  const unit = /\d(동|호|층)$/u.exec(wrong)?.[1] ?? '';
  return /\d$/u.test(right) ? `${right}${unit}` : right;
}

type At = { readonly message: number; readonly text: string };

function mend(notes: Notes, slip: Slip, { message, text }: At): Stretch | null {
  const pointed = pointedAt(notes.blocks, text.slice(Math.max(0, slip.start - LOOK), slip.end));
  for (const part of slip.parts) {
    const span = { message, start: part.at, end: part.at + part.right.length };
    if (mendAddress(pointed, part, span)) return slip;
    if (mendCount(notes.blocks, pointed, part, span)) return slip;
    if (mendName(notes, { pointed, part, slip, text }, span)) return slip;
  }
  return leaveOpen(notes, slip) ? slip : null;
}

/** "두번째 분 1202호 아니고 1302호요" */
function pointedAt(blocks: readonly Block[], before: string): readonly Block[] {
  const turns = matchesOf(before, ORDINAL).map(([word]) => blocks.at(ordinalIndex(word)));
  const named = blocks.filter(
    (block) =>
      turns.includes(block) ||
      handlesOf([block]).some(({ word }) => word.length > 1 && before.includes(word)),
  );
  return named.length > 0 ? named : blocks;
}

/** Answers whether the part stands in an address; one that stands in several places is asked for. */
function mendAddress(blocks: readonly Block[], { wrong, right }: Part, span: Span): boolean {
  const pattern = inAddress(wrong, right);
  const places = blocks.flatMap((block) =>
    matchesOf(block.address ?? '', pattern).map((match) => ({ block, match })),
  );
  const [only, another] = places;
  if (only === undefined) return false;
  if (another !== undefined) {
    for (const { block } of places) forgetAddress(block);
    return true;
  }
  const { block, match } = only;
  const address = block.address ?? '';
  const end = match.index + match[0].length;
  block.address = `${address.slice(0, match.index)}${right}${address.slice(end)}`;
  block.longAddress = block.longAddress?.replace(address, block.address) ?? null;
  block.from.address = joinMarks(block.from.address, markAt(span));
  return true;
}

/** 598 is no part of 1598, and 서구 none of 강서구; 203 may have its 호 behind it. */
function inAddress(wrong: string, right: string): RegExp {
  const words = wrong.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&').replace(/ +/gu, ' ?');
  const unit = /\d$/u.test(wrong) ? (/\d(동|호|층)$/u.exec(right)?.[1] ?? '') : '';
  const from = /^\d/u.test(wrong) ? '(?<![\\d-])' : '(?<![가-힣])';
  const to = /\d$/u.test(wrong) ? '(?!\\d)' : '(?![가-힣])';
  return new RegExp(`${from}${words}${to}${unit === '' ? '' : `(?:${unit})?`}`, 'gu');
}

/** "3박스 아니고 4박스" where only one of several has three. */
function mendCount(
  { length: several }: readonly Block[],
  pointed: readonly Block[],
  { wrong, right }: Part,
  span: Span,
): boolean {
  const [old, now] = [findCounts(wrong), findCounts(right)];
  if (several < 2 || old.length !== 1 || now.length !== 1) return false;
  const boxes = now[0]?.boxes ?? null;
  const [only, another] = pointed.filter(
    ({ counts }) => counts.length === 1 && counts[0]?.boxes === old[0]?.boxes,
  );
  if (only === undefined || another !== undefined || boxes === null) return false;
  only.counts = only.counts.map((count) => ({ ...count, boxes, mark: markAt(span) }));
  return true;
}

type Naming = {
  readonly pointed: readonly Block[];
  readonly part: Part;
  readonly slip: Slip;
  readonly text: string;
};

const ITS_NAME = /이름|성함|명[은이을 ]|오타|잘못|철자|[받보]내?는 ?(?:분|사람|이)|입금/u;

/** A name, or its end, wherever it was said: the depositor may be the recipient. */
function mendName(notes: Notes, { pointed, part, slip, text }: Naming, span: Span): boolean {
  const { wrong, right } = part;
  if (!/^[가-힣]{1,5}$/u.test(wrong) || !/^[가-힣]{1,5}$/u.test(right)) return false;
  const line = text.slice(text.lastIndexOf('\n', slip.start) + 1, slip.end);
  const told = ITS_NAME.test(line);
  if (!told && !isSlipOf(wrong, right)) return false;
  const mended = (name: string | null): string | null => {
    if (name === null) return null;
    if (name === wrong) return right;
    const short = name.endsWith(wrong) && (wrong.length > 1 || right.length === 1);
    if (!short) return null;
    if (right.length > wrong.length && right.startsWith(name[0] ?? ' ')) return right;
    return right.length === wrong.length ? name.slice(0, -wrong.length) + right : null;
  };
  const mark = markAt(span);
  const named = pointed.filter(({ name }) => mended(name) !== null);
  const names = new Set(named.map(({ name }) => name));
  if (names.size > 1 && !PAYER.test(line)) {
    for (const block of named) block.name = null;
    return true;
  }
  let changed = false;
  const fields = PAYER.test(line) ? [] : named;
  for (const block of fields) {
    block.name = mended(block.name);
    block.from.name = joinMarks(block.from.name, mark);
    changed = true;
  }
  for (const field of ['sender', 'depositor'] as const) {
    if (notes[field] === null || mended(notes[field]) === null) continue;
    notes[field] = mended(notes[field]);
    notes.from[field] = joinMarks(notes.from[field], mark);
    changed = true;
  }
  return changed;
}

const PAYER = /입금|송금|이체|보내는/u;

/** One of the letters stayed: 단미소, 단미선. Somebody else is no slip. */
const isSlipOf = (wrong: string, right: string): boolean =>
  wrong.length === right.length &&
  (wrong.length === 1 || [...wrong].some((letter, at) => letter === right[at]));

const OF_ADDRESS = /^9(?:동|호|층|번지)$/u;

/** "104동이 아니라 105동" where several have addresses and none has a 104동. */
function leaveOpen({ blocks }: Notes, slip: Slip): boolean {
  const { parts } = slip;
  const flat = parts.some(({ wrong }) => OF_ADDRESS.test(formOf(wrong).at(-1) ?? ''));
  if (!flat || blocks.length < 2) return false;
  const unit = /[동호층]$/u.exec(parts[0]?.wrong ?? '')?.[0] ?? '';
  const housed = blocks.filter(({ address }) => new RegExp(`\\d${unit}`, 'u').test(address ?? ''));
  for (const block of housed.length > 0 ? housed : blocks) forgetAddress(block);
  return true;
}

function forgetAddress(block: Block): void {
  block.address = null;
  block.addressBad = true;
  block.longAddress = null;
}

const markAt = (span: Span): Mark => ({ spans: [span], certainty: 'said' });
