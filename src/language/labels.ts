// The words that stand in front of a value: 성함, 연락처, 받는분 … and the columns of a sheet.

import { FIELD_OF, type Field, WEAK } from './label-words.ts';

/** Every beginning of a label word, so that a look-up stops at the first letter that leads nowhere. */
const BEGINNINGS = new Set(
  [...FIELD_OF.keys()].flatMap((word) => [...word].map((_, at) => word.slice(0, at + 1))),
);

export type FoundLabel = {
  readonly field: Field;
  readonly start: number;
  /** Where its value begins. */
  readonly end: number;
  /** Has a colon or the like, so whatever follows is its value. */
  readonly strong: boolean;
  readonly lineStart: boolean;
  /** Part of a sentence: "받는 분은 …". */
  readonly told: boolean;
};

/** Where a label may stand: at the start of a line behind its bullet, or at the start of a word. */
const PLACE =
  /(?<=^|\n)[^\p{L}\p{N}\n]{0,6}(?:\d{1,2} ?[.)] ?)?[^\p{L}\p{N}\n]{0,4}(?=\p{L})|(?<=[\t,/|;.([<【({~!? ])(?=\p{L})/gu;
const COUNTER = / ?\d{1,2}(?=[ :.)])/y;
const PHONE_COUNTER = /\d(?= ?[:.)])/y;
const REMARK = / ?\([^)\d\n]{0,12}\)/y;
const COLON = / ?[\])】>}]? ?(?:[:=;]|-?>|→|⇒)|[\])】>}]/y;
const PARTICLE = /(?:에는|[은는에])(?=[ ,:])|(?:이|가|을|를)(?= )| is(?= )/y;
const LOOSE = /(?= ?\t| ?[-/|]|[ ,]|\n|$)/y;
const JOINED = /[/,·&+]/y;
const SEPARATOR = / ?[-/|\t]/y;
/** Fields that are numbered where several recipients are listed: 받는분1, 주소 2. */
const COUNTED: ReadonlySet<Field> = new Set(['recipient', 'name', 'address']);
const NUMBER_AHEAD = / {0,2}(?:[+(\d*]|공일공|\n|$)/y;
const PARTS_MAX = 4;

const COMPOSITE_ORDER: readonly Field[] = ['address', 'recipient', 'name', 'phone', 'order'];

export function findLabels(text: string): FoundLabel[] {
  const found: FoundLabel[] = [];
  let behind = 0;
  for (const match of text.matchAll(PLACE)) {
    const start = match.index + match[0].length;
    if (start < behind) continue;
    const lineStart = match.index === 0 || text[match.index - 1] === '\n';
    const label = labelAt(text, start, lineStart);
    if (label === null) continue;
    found.push(label);
    // A memo may hold any words, also those that are labels elsewhere.
    behind = label.field === 'memo' && label.strong ? lineEnd(text, label.end) : label.end;
  }
  return found;
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

function labelAt(text: string, start: number, lineStart: boolean): FoundLabel | null {
  const words: string[] = [];
  let end = start;
  for (let from = start; words.length < PARTS_MAX; ) {
    const word = longestWord(text, from);
    if (word === null) break;
    words.push(word.word);
    end = word.end;
    from = end + (matchAt(JOINED, text, end) ?? '').length;
    if (from === end) break;
  }
  const first = words[0];
  if (first === undefined) return null;
  const fields = words.flatMap((word) => FIELD_OF.get(word) ?? []);
  const field = COMPOSITE_ORDER.find((candidate) => fields.includes(candidate)) ?? fields[0];
  if (field === undefined) return null;
  if (field === 'phone') end += (matchAt(PHONE_COUNTER, text, end) ?? '').length;
  if (COUNTED.has(field)) end += (matchAt(COUNTER, text, end) ?? '').length;
  end += (matchAt(REMARK, text, end) ?? '').length;
  const colon = matchAt(COLON, text, end);
  if (colon !== null)
    return { field, start, end: end + colon.length, strong: true, lineStart, told: false };
  const particle = matchAt(PARTICLE, text, end);
  if (particle !== null) {
    if (field === 'phone' && matchAt(NUMBER_AHEAD, text, end + particle.length) === null)
      return null;
    return { field, start, end: end + particle.length, strong: false, lineStart, told: true };
  }
  if (matchAt(LOOSE, text, end) === null) return null;
  // "이름/이영희", "성함-지하은", "이름\t김": the separator stands for the colon.
  const separator = matchAt(SEPARATOR, text, end);
  if (separator !== null && lineStart) {
    return { field, start, end: end + separator.length, strong: true, lineStart, told: false };
  }
  const weak = WEAK.has(first) && !(lineStart && field === 'depositor');
  if (weak && (!lineStart || field === 'order')) return null;
  // "전화 주세요" is a wish; "전화 010…" and a line with 전화 alone are labels.
  if (field === 'phone' && matchAt(NUMBER_AHEAD, text, end) === null) return null;
  return { field, start, end, strong: false, lineStart, told: false };
}

/** The longest label word here; spaces inside it do not count: "주 소", "받는 분". */
function longestWord(text: string, start: number): { word: string; end: number } | null {
  if (!BEGINNINGS.has((text[start] ?? '').toLowerCase()) && text[start] !== ' ') return null;
  let letters = '';
  let best: { word: string; end: number } | null = null;
  for (let at = start; at < text.length; at += 1) {
    const letter = (text[at] ?? '').toLowerCase();
    if (letter === ' ') continue;
    letters += letter;
    if (!BEGINNINGS.has(letters)) break;
    const whole = !/[a-z]/u.test(letter) || !/[a-z]/iu.test(text[at + 1] ?? '');
    if (whole && FIELD_OF.has(letters)) best = { word: letters, end: at + 1 };
  }
  return best;
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** The field a whole cell names, for the header of a sheet; null when it is no header. */
export function fieldOfHeader(cell: string): Field | null {
  const word = cell
    .toLowerCase()
    .replace(/\([^)]*\)/gu, '')
    .replace(/[\s*:"']+/gu, '');
  const direct = FIELD_OF.get(word);
  if (direct !== undefined) return direct;
  const parts = word.split(/[/·&+]/u).flatMap((part) => FIELD_OF.get(part) ?? []);
  return COMPOSITE_ORDER.find((field) => parts.includes(field)) ?? parts[0] ?? null;
}
