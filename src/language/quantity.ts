// Numbers as people write them, and the box counts made of them.

import { matchesOf } from './matches.ts';

const NATIVE_ONES: Readonly<Record<string, number>> = {
  한: 1,
  하나: 1,
  두: 2,
  둘: 2,
  세: 3,
  셋: 3,
  석: 3,
  서: 3,
  네: 4,
  넷: 4,
  넉: 4,
  너: 4,
  다섯: 5,
  여섯: 6,
  일곱: 7,
  여덟: 8,
  여덜: 8,
  아홉: 9,
};

const NATIVE_TENS: Readonly<Record<string, number>> = {
  열: 10,
  스물: 20,
  스무: 20,
  서른: 30,
  마흔: 40,
  쉰: 50,
  예순: 60,
  일흔: 70,
  여든: 80,
  아흔: 90,
};

const SINO_DIGITS: Readonly<Record<string, number>> = {
  일: 1,
  이: 2,
  삼: 3,
  사: 4,
  오: 5,
  육: 6,
  륙: 6,
  칠: 7,
  팔: 8,
  구: 9,
};

const SINO_SCALES: Readonly<Record<string, number>> = { 십: 10, 백: 100, 천: 1000 };

const ENGLISH = [
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen',
  'sixteen seventeen eighteen nineteen twenty',
]
  .join(' ')
  .split(' ');

/** Whole string: "12", "12" in full width, "한", "스물두", "서른다섯", "이십", "three"; else null. */
export function readNumber(text: string): number | null {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const native = own(NATIVE_ONES, text);
  if (native !== undefined) return native;
  const word = text.normalize('NFKC').trim().toLowerCase();
  if (word.length === 0 || word.length > 12) return null;
  if (/^\d{1,9}$/.test(word)) return Number(word);
  if (/^\d{1,3}(?:,\d{3}){1,2}$/.test(word)) return Number(word.replaceAll(',', ''));
  const english = ENGLISH.indexOf(word);
  if (english > 0) return english;
  return readNative(word.replaceAll(' ', '')) ?? readSino(word.replaceAll(' ', ''));
}

function readNative(word: string): number | null {
  const one = own(NATIVE_ONES, word);
  if (one !== undefined) return one;
  for (const [tens, value] of Object.entries(NATIVE_TENS)) {
    if (!word.startsWith(tens)) continue;
    const rest = word.slice(tens.length);
    if (rest === '') return value;
    const ones = own(NATIVE_ONES, rest);
    if (ones !== undefined) return value + ones;
  }
  return null;
}

function readSino(word: string): number | null {
  let total = 0;
  let digit = 0;
  let lastScale = Number.POSITIVE_INFINITY;
  for (const letter of word) {
    const value = own(SINO_DIGITS, letter);
    if (value !== undefined) {
      if (digit > 0) return null;
      digit = value;
      continue;
    }
    const scale = own(SINO_SCALES, letter);
    if (scale === undefined || scale >= lastScale) return null;
    total += (digit || 1) * scale;
    digit = 0;
    lastScale = scale;
  }
  return total + digit || null;
}

function own(table: Readonly<Record<string, number>>, key: string): number | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

export type FoundCount = {
  readonly start: number;
  readonly end: number;
  /** Null when a count was meant but is none: "서너 박스", "반 박스", "3박스인가 4박스". */
  readonly boxes: number | null;
  /** "각 2박스", "두 상자씩": the same for every recipient. */
  readonly each: boolean;
  /** "각 2박스", and not only "2박스씩". */
  readonly shares: boolean;
  /** "총 5박스": of all recipients together. */
  readonly total: boolean;
  /** "한 박스 더": on top of what was said before. */
  readonly more: boolean;
  /** "1박스에 27,000원", "박스당": about the price of a box, not how many. */
  readonly rate: boolean;
};

/** One letter is a unit only at the end of its word, or with a particle. */
const ENDS = '(?=$|[^가-힣]|[만씩요]|으?로|이[요에고]|입니)';

/** What one box is called. Longer words first, since the first fitting one is taken. */
const UNITS = [
  '박스', // 2박스
  '빡스',
  '박쓰',
  '박시', // dialect: 두 박시
  '밗스',
  '상자',
  '상장(?=요|만|씩|$| )', // a slip of the thumb
  '팩',
  '봉지',
  '포대',
  '푸대',
  '가마니',
  '꾸러미',
  '케이스',
  '묶음',
  '병(?=$|[^가-힣]|[만씩요]|이?랑|하고)',
  '판(?=$|[^가-힣]|[만씩요]|이?랑|하고)',
  '망',
  '자루',
  '세트',
  `통${ENDS}`,
  `짝${ENDS}`,
  `봉${ENDS}`,
  `포${ENDS}`,
  `박${ENDS}`, // 4박
  '개(?!입(?!니)|월|들|당|사|년|국|소|골| ?주소)', // 5개
  '셋트',
  'boxes',
  'box',
  'bx(?![a-z])',
  'packs?',
  'pcs',
  'ea(?![a-z])',
].join('|');

const ONES = '하나|한|두|둘|세|셋|석|서|네|넷|넉|너|다섯|여섯|일곱|여덟|여덜|아홉';
const TENS = '열|스물|스무|서른|마흔|쉰|예순|일흔|여든|아흔';
const NUMBER_WORD = `(?:(?:${TENS}) ?(?:${ONES})?|${ONES}|[일이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|삼|오|육|칠|팔|백)`;
/** More than one number at once; never a count. */
const VAGUE =
  '한두|두세|두서너|서너|세네|너댓|네댓|네다섯|대여섯|대여섯|예닐곱|일고여덟|여남은|두어|몇|여러|수십|반';
const ENGLISH_NUMBER = ENGLISH.slice(1).join('|');

const COUNT = new RegExp(
  [
    String.raw`((?:(?<![\d.*#-]|\d[,/])|(?<=(?:^|\s|[가-힣])-))\d{1,9}(?:[.,]\d{1,3})?(?:(?:[/⁄]| ?[~-] ?)\d{1,5}(?:\.\d)?)?) ?`,
    `|((?<!동)(?:${VAGUE}) ?)`,
    `|(${NUMBER_WORD}) ?`,
    String.raw`|\b(${ENGLISH_NUMBER}|a|an) `,
  ].join(''),
  'giu',
);
/** The letters a unit begins with, and the marks of a form in front of it. */
const UNIT_LETTERS = new Set([...'박빡밗상팩봉포푸가꾸망자세통짝개셋병판케묶bBpPeE )]}_']);
/** "10개짜리 2박스": how many are in the box, and no count of boxes. */
const UNIT = new RegExp(
  `[)\\]}_]?[ _]?(?:${UNITS})(?! ?(?:짜리|들이|든 |들은 |들어간|입(?!니|금)))`,
  'iuy',
);
const UNIT_FIRST =
  /(?:박스|상자|box(?:es)?|수량|개수|갯수)(?:로|만)? ?[xX×*:]? ?(?:(\d{1,5})(?![\d.]|\s?(?:박스|상자|개|팩|box|동|호|층|kg|키로))|(하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열)(?=$|[^가-힣]|[만씩요]|이요|로|정도))/giu;
const AFTER =
  /(?: ?(반)(?![가-힣]))?( ?씩)?(?: ?(정도|쯤|가량|내외|이상|안팎))?((?:(?:[ ,]?(?:인가|이나|또는|아니면|아님|혹은|이랑|에서|or|~|-)|나) ?(?:\d|(?:[한두세네]|다섯)(?= ?(?:박|상|개|팩|box)|[^가-힣]|$)))?)(마다|(?:당|에) ?(?:얼마|[\d일이삼사오육칠팔구만₩]|가격|값))?([만]? ?(?:더|추가))?/iuy;
const BEFORE_EACH =
  /(?:(?:곳|집|군데|분|명|사람|주소)(?:에|으로|로|께)? ?(?:모두|다|전부|똑같이|동일하게) ?[^\n\d]{0,10}$)|(?<![가-힣])(?:둘|셋|넷|다섯|양쪽)(?:이|에|한테)? ?(?:모두|다|전부|똑같이|동일하게)[^\n\d]{0,6}$|(?:각각|각자|각|나머(?:지(?:는|은)?|진)(?: ?(?:두|세|네|다섯) )?(?: ?(?:분|집|곳|명)(?:들|들은|들께는?)?(?:은|는|께는|에는)?)? ?(?:다|모두|전부)?|집집마다|모두 각|(?:한 ?)?(?:집|곳|군데|분|명|사람|인) ?(?:당|마다)|공히|each)[^\n\d가-힣]{0,2}$/iu;
const BEFORE_TOTAL =
  /(?:총수량|총|합계|합이|(?<![가-힣])합|(?<=\n ?)이상|합쳐서?|합해서|전부|전체|모두|도합|다해서|다 해서|total)[^\n\d가-힣]{0,3}$/iu;

/** Every count of boxes in the text, in order. Whose boxes they are is not decided here. */
export function findCounts(text: string): FoundCount[] {
  const found: FoundCount[] = [];
  COUNT.lastIndex = 0;
  for (let match = COUNT.exec(text); match !== null; match = COUNT.exec(text)) {
    const count = judgeCount(text, match);
    if (count === null) continue;
    found.push(count);
    COUNT.lastIndex = count.end;
  }
  const unitFirst = matchesOf(text, UNIT_FIRST);
  const covered = new Set<number>();
  for (const { start, end } of unitFirst.length > 0 ? found : [])
    for (let at = start; at < end; at += 1) covered.add(at);
  for (const match of unitFirst) {
    const end = match.index + match[0].length;
    if (covered.has(match.index) || covered.has(end - 1)) continue;
    const sides = around(text, match.index, end);
    const boxes = sides.boxes === null ? null : readNumber(match[1] ?? match[2] ?? '');
    found.push({ ...sides, boxes });
  }
  return mergeDoubtful(
    text,
    found.sort((a, b) => a.start - b.start),
  );
}

function judgeCount(text: string, match: RegExpExecArray): FoundCount | null {
  const [, digits, vague, word, english] = match;
  const behind = match.index + match[0].length;
  if (!UNIT_LETTERS.has(text[behind] ?? '')) return null;
  UNIT.lastIndex = behind;
  const unit = UNIT.exec(text);
  if (unit === null) return null;
  const before = text[match.index - 1] ?? '';
  // "튼튼한 박스" is no count, and "이 박스" is this one here.
  if (digits === undefined && english === undefined && /[가-힣]/.test(before)) {
    if (
      !/(?:복숭아|사과|포도|감자|옥수수|도|고구마|귤|배|감|밤|쌀|추|늘|캣|리|기|두)$/u.test(
        text.slice(0, match.index).slice(-6),
      )
    ) {
      return null;
    }
  }
  const end = UNIT.lastIndex;
  if (unit[0] === '통' && /(?:전화|연락|문자|톡) ?$/u.test(text.slice(0, match.index).slice(-4))) {
    return null;
  }
  // "주소 두개 드릴게요"
  if (
    unit[0] === '개' &&
    /(?:주소|연락처|번호|이름) ?$/u.test(text.slice(0, match.index).slice(-4))
  )
    return null;
  const sides = around(text, match.index, end);
  const minus = /(?:^|[^\d가-힣a-z)])-$|마이너스 ?$/iu.test(
    text.slice(Math.max(0, match.index - 6), match.index),
  );
  if (vague !== undefined) return { ...sides, boxes: null };
  const boxes =
    digits === undefined
      ? readNumber((word ?? english ?? '').replace(/^an?$/iu, 'one').replaceAll(' ', ''))
      : readNumber(digits.trim());
  if (boxes === null && digits === undefined) return null;
  return { ...sides, boxes: sides.boxes === null || minus ? null : boxes };
}

/** What stands before and behind a count, up to the words that belong to it. */
function around(text: string, start: number, end: number): FoundCount {
  AFTER.lastIndex = end;
  const [after = '', half, each, about, rest, rate, more] = AFTER.exec(text) ?? [];
  const before = text.slice(Math.max(0, start - 24), start);
  const shares = BEFORE_EACH.test(before);
  // "한 박스 줄여주세요" says how many fewer, and not how many.
  const fewer = /^(?:만|을|를|씩)? ?(?:줄여|줄이|줄일|빼(?= ?[주줘])|덜 ?|늘려|늘리)/u.test(
    text.slice(end, end + 8),
  );
  const doubtful = Boolean(half || about || rest || fewer);
  return {
    start,
    end: end + (rate || rest ? (half ?? '').length : after.length),
    boxes: doubtful ? null : 0,
    each: Boolean(each) || shares,
    shares,
    // "모두 2박스씩" is no sum.
    total:
      (!shares && !each && BEFORE_TOTAL.test(before)) ||
      /^ ?(?:총(?!무)|합계)(?! ?(?:\d|[한두세네다여일아열]))/u.test(text.slice(end, end + 6)),
    more: Boolean(more),
    rate: Boolean(rate),
  };
}

/** "3박스인가 4박스": the second number is the other half of the same doubt. */
function mergeDoubtful(text: string, counts: readonly FoundCount[]): FoundCount[] {
  const kept: FoundCount[] = [];
  for (const count of counts) {
    const last = kept.at(-1);
    const between = last ? text.slice(last.end, count.start).trim() : '';
    if (last && last.boxes === null && DOUBT_BETWEEN.test(between)) {
      kept[kept.length - 1] = { ...last, end: count.end };
      continue;
    }
    kept.push(count);
  }
  return kept;
}

const DOUBT_BETWEEN = /^,?\s?(?:인가|이나|나|또는|아니면|아님|혹은|에서|or|~|-)$/iu;
