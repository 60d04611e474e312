// The words that stand in front of a value: 성함, 연락처, 받는분 … and the columns of a sheet.

import { cutPieces } from './address-words.ts';
import { FIELD_OF, type Field, WEAK, WITH_COLON } from './label-words.ts';
import { hasLetter, lettersOf } from './letters.ts';
import { matchesOf } from './matches.ts';

/** The label words letter by letter, so that a look-up stops at the first letter that leads nowhere. */
type Step = { readonly next: Map<number, Step>; word: string | null };

const newStep = (): Step => ({ next: new Map(), word: null });
const WORDS = newStep();
for (const word of FIELD_OF.keys()) {
  let step = WORDS;
  for (let at = 0; at < word.length; at += 1) {
    const letter = word.charCodeAt(at);
    const next = step.next.get(letter) ?? newStep();
    step.next.set(letter, next);
    step = next;
  }
  step.word = word;
}

/** What any label begins with. */
const FIRST_LETTERS = [...new Set([...FIELD_OF.keys()].map((word) => word.charAt(0)))].join('');

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
const PLACE = new RegExp(
  [
    String.raw`(?<=^|\n)[^\p{L}\p{N}\n]{0,6}(?:(?:\d{1,2} ?[.)]|[가나다라마바사아자차카타파하][.)]|(?:Q|문)\d{0,2} ?[.:)]) ?)?[^\p{L}\p{N}\n]{0,4}(?=\p{L})`,
    String.raw`(?<=[\t,/|;.([<【({~!? ])(?=[${FIRST_LETTERS}])`,
    String.raw`(?<=[가-힣\d])(?=(?:연락처|전화(?:번호)?|휴대폰|핸드폰|주소|배송지|수량|입금자명?|성함|이름|상품명?) ?[:=])`,
  ].join('|'),
  'giu',
);
const COUNTER = / ?\d{1,2}(?=[ :.)=])/y;
const PHONE_COUNTER = /\d(?= ?[:.)])/y;
/** "수량1 : 2": whatever the field, a number between the label and its colon counts the recipients. */
const NUMBERED = / ?\d{1,2}(?= ?(?:[:=)]|[-=~ㅡ]{0,3}>|[→⇒➡➔➜➤⇨▶►👉]))/uy;
/** "주문자 정보", "배송지 1": more words of a heading, and nothing that its value begins with. */
const ABOUT = / ?(?:정보|인적 ?사항|내역|목록|명단)(?= ?(?:\d{1,2} ?)?(?:[^\p{L}\p{N} ]|$))/uy;
/** The rest of a line that holds nothing but its label: "★보내는 사람★", "*배송지 1*". */
const HEADING_END = / ?(?:\d{1,2} ?)?[^\p{L}\p{N}\s:?]{1,6} *(?=\n)/uy;
/** "To. 명노을" */
const LETTER_HEAD: ReadonlySet<string> = new Set(['to', 'from']);
const DOT = /\. ?/y;
/** "이름👉 맹주희" */
const PICTURED = / ?(?:\p{Extended_Pictographic}\uFE0F?){1,3} ?(?=[\p{L}\p{N}+(])/uy;
const REMARK = / ?\((?![주유재사]\))[^)\d\n]{0,12}\)/y;
/** The blank of a form: "받는이 ( 나종팔 )", "주소 [ 전북 정읍시 … ]" with nothing else on its line. */
const FILLED_BLANK = / ?[([{]([^()\n]*(?:\([^()\n]*\)[^()\n]*)*)[)\]}][ \t]*(?=\n|$)/y;
const ARROW = '[-=~ㅡ]{0,3}>|[→⇒➡➔➜➤⇨▶►▷▸☞»]';
const COLON = new RegExp(String.raw` ?[\])】>}*]? ?(?:(?:${ARROW})|[:=;])| ?[\])】>}]|\*`, 'y');
/** "Q. 수령자? A. 두예진" */
const ASKED = / ?\?+/y;
const ANSWER = /[ \t]*\n?[ \t]*(?:A\d{0,2}|답변?|ㄴ) ?[.:)] ?/iy;
const PARTICLE =
  /(?:에는|[은는](?:요|여)?|에)(?=[ ,:])|(?:이|가|을|를)(?= )| (?:is|(?:should|must|will) be)(?= )/y;
/** "입금자도 김영희예요"; of other fields it says that nothing is new. */
const ALSO = /도(?= )/y;
/** What a box is called is a label by itself, but no subject: "네 상자를 보내주세요". */
const UNIT_WORDS: ReadonlySet<string> = new Set(['박스', '상자']);
const LOOSE = /(?= ?\t| ?[-/|]|[ ,]|\n|$)/y;
const JOINED = /[/,·&+]| ?(?:및|와|과|하고) ?/y;
const PARTICLES: ReadonlySet<string> = new Set('은는이가을를에도');
const SEPARATOR = / ?[-/|\t]/y;
/** Fields that are numbered where several recipients are listed: 받는분1, 주소 2. */
const COUNTED: ReadonlySet<Field> = new Set(['recipient', 'name', 'address']);
const COUNTED_BEFORE = /(?:\d|(?:^|[^가-힣])(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)) $/u;
const NUMBER_AHEAD = / {0,2}(?:[+(\d*]|공일공|\n|$)/y;
const PARTS_MAX = 4;
/** "몇 개 - 2" */
const ANSWERED = /^ ?[-/|\t] ?(?:\d|[한두세네다여일아열])/u;

const COMPOSITE_ORDER: readonly Field[] = ['address', 'recipient', 'name', 'phone', 'order'];

export function findLabels(text: string): FoundLabel[] {
  const found: FoundLabel[] = [];
  let behind = 0;
  for (const match of matchesOf(text, PLACE)) {
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
  if (!mayBegin(text.charCodeAt(start))) return null;
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
  if (first === undefined || (UNIT_WORDS.has(first) && isCounted(text, start))) return null;
  const fields = words.flatMap((word) => FIELD_OF.get(word) ?? []);
  const field = fieldOf(fields);
  if (field === null) return null;
  // "한 박스는 딸네로": counted, and no label.
  if (field === 'count' && COUNTED_BEFORE.test(text.slice(Math.max(0, start - 5), start)))
    return null;
  if (field === 'phone') end += (matchAt(PHONE_COUNTER, text, end) ?? '').length;
  if (COUNTED.has(field)) end += (matchAt(COUNTER, text, end) ?? '').length;
  if (!UNIT_WORDS.has(first)) end += (matchAt(NUMBERED, text, end) ?? '').length;
  if (lineStart) end += (matchAt(ABOUT, text, end) ?? '').length;
  const heading = lineStart ? matchAt(HEADING_END, text, end) : null;
  if (heading !== null) return headingAt(text, { field, start, end: end + heading.length });
  const blank = lineStart ? filledBlank(text, end) : null;
  if (blank !== null) return { field, start, end: blank, strong: true, lineStart, told: false };
  end += (matchAt(REMARK, text, end) ?? '').length;
  const colon =
    (lineStart ? framedAt(text, start, end) : null) ??
    matchAt(COLON, text, end) ??
    (lineStart ? (matchAt(PICTURED, text, end) ?? askedAt(text, end, field)) : null) ??
    (lineStart && LETTER_HEAD.has(first) ? matchAt(DOT, text, end) : null);
  // "(아빠가 받음)"
  if (colon !== null && WITH_COLON.has(first) && !lineStart && /^ ?[)\]]/u.test(colon)) return null;
  if (colon !== null) {
    end += colon.length;
    end += (matchAt(ANSWER, text, end) ?? '').length;
    return { field, start, end, strong: true, lineStart, told: false };
  }
  // "몇 박스" asks, unless it stands alone on its line with the answer below.
  if (
    first.startsWith('몇') &&
    text[end] !== '\n' &&
    !(lineStart && ANSWERED.test(text.slice(end, end + 8)))
  )
    return null;
  const particle = WITH_COLON.has(first)
    ? null
    : (matchAt(PARTICLE, text, end) ?? (field === 'depositor' ? matchAt(ALSO, text, end) : null));
  if (particle !== null) {
    if (UNIT_WORDS.has(first)) return null;
    if (field === 'phone' && matchAt(NUMBER_AHEAD, text, end + particle.length) === null)
      return null;
    // "두 상자는 …" is a count, and only "수량은 …" its label.
    if (field === 'count' && WEAK.has(first) && !lineStart) return null;
    return { field, start, end: end + particle.length, strong: false, lineStart, told: true };
  }
  if (matchAt(LOOSE, text, end) === null) return null;
  // "이름/이영희", "성함-지하은", "이름\t김": the separator stands for the colon.
  const separator = matchAt(SEPARATOR, text, end);
  if (separator !== null && lineStart) {
    return { field, start, end: end + separator.length, strong: true, lineStart, told: false };
  }
  if (WITH_COLON.has(first)) return null;
  const weak = WEAK.has(first) && !(lineStart && field === 'depositor');
  if (weak && (!lineStart || field === 'order')) return null;
  // "전화 주세요" is a wish; "전화 010…" and a line with 전화 alone are labels.
  if (field === 'phone' && matchAt(NUMBER_AHEAD, text, end) === null) return null;
  return { field, start, end, strong: false, lineStart, told: false };
}

type Heading = Pick<FoundLabel, 'field' | 'start' | 'end'>;

/**
 * Over more labels, or over anything but an address, a place is that of the recipient they speak of:
 * "*배송지 1*" above "이름: …"; other headings say nothing there: "♡주문♡".
 */
function headingAt(text: string, { field, start, end }: Heading): FoundLabel | null {
  const below = text.slice(end + 1, lineEnd(text, end + 1));
  const heads = startsWithLabel(below.replace(/^[^\p{L}]{1,6}/u, ''));
  if (heads && !OF_SOMEBODY.has(field)) return null;
  const meant = field === 'address' && (heads || !startsAddress(below)) ? 'recipient' : field;
  return { field: meant, start, end, strong: true, lineStart: true, told: false };
}

const OF_SOMEBODY: ReadonlySet<Field> = new Set(['recipient', 'name', 'address', 'sender']);
const REGIONS: ReadonlySet<string> = new Set(['province', 'city', 'town', 'village', 'road']);
const startsAddress = (line: string): boolean =>
  REGIONS.has(cutPieces(line, () => false)[0]?.kind ?? 'word');

/** "품종/수량" and "제품 및 수량" hold an order; of other fields the one that needs most room counts. */
function fieldOf(fields: readonly Field[]): Field | null {
  if (fields.includes('product') && fields.includes('count')) return 'order';
  return COMPOSITE_ORDER.find((candidate) => fields.includes(candidate)) ?? fields[0] ?? null;
}

/** Where the value in the brackets begins; null where they hold a remark on the label. */
function filledBlank(text: string, end: number): number | null {
  FILLED_BLANK.lastIndex = end;
  const blank = FILLED_BLANK.exec(text);
  if (blank === null || NO_BLANK.test(blank[1] ?? '')) return null;
  const padded = /^ .* $/u.test(blank[1] ?? '');
  const next = text.slice(end + blank[0].length + 1);
  // "성함(실명)" over a line with the name is a label with its remark.
  if (!padded && next !== '' && !startsWithLabel(next)) return null;
  return end + blank[0].indexOf(blank[1] ?? '');
}

/** "◎ 받는이 ◎ …", "♥주소♥ …": the sign in front of the label comes again behind it, as its colon. */
function framedAt(text: string, start: number, end: number): string | null {
  const sign = FRAME.exec(text.slice(Math.max(0, start - 4), start))?.[1];
  if (sign === undefined) return null;
  const behind = /^ {0,2}/u.exec(text.slice(end, end + 2))?.[0] ?? '';
  const at = end + behind.length;
  return text.startsWith(sign, at) ? text.slice(end, at + sign.length) : null;
}
const FRAME = /([^\p{L}\p{N}\s()[\]{}<>.,:;/|'"*-])\uFE0F? {0,2}$/u;

const NO_BLANK = /^\s*$|필수|선택|실명|본명|정확|택1|기재|입력|작성/u;

const startsWithLabel = (text: string): boolean => {
  const lead = /^[^\p{L}\p{N}]{0,8}/u.exec(text)?.[0].length ?? 0;
  return longestWord(text, lead) !== null;
};

/** A question stands for the colon where an answer follows; what something costs is really asked. */
function askedAt(text: string, end: number, field: Field): string | null {
  const asked = field === 'noise' ? null : matchAt(ASKED, text, end);
  if (asked === null) return null;
  const behind = end + asked.length;
  const answered = matchAt(ANSWER, text, behind) !== null;
  return answered || text.slice(behind, lineEnd(text, behind)).trim() !== '' ? asked : null;
}

/** "4 상자, 수령자: …": the unit of a count is no label. */
const isCounted = (text: string, start: number): boolean =>
  /(?:\d|(?<![가-힣])(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)) ?$/u.test(
    text.slice(Math.max(0, start - 5), start),
  );

const MAY_BEGIN = lettersOf(FIRST_LETTERS);
/** Cheap, and true of the first letter of every label. */
const mayBegin = (letter: number): boolean =>
  hasLetter(MAY_BEGIN, isCapital(letter) ? letter + TO_SMALL : letter);

/** The longest label word here; spaces inside it do not count: "주 소", "받는 분". */
function longestWord(text: string, start: number): { word: string; end: number } | null {
  let step: Step | undefined = WORDS;
  let best: { word: string; end: number } | null = null;
  for (let at = start; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (letter === SPACE) continue;
    step = step.next.get(isCapital(letter) ? letter + TO_SMALL : letter);
    if (step === undefined) break;
    if (step.word !== null && endsWord(text, at)) best = { word: step.word, end: at + 1 };
  }
  return best;
}

/** "받는 분 명성령": the label ends before the name that goes on with one of its letters. */
function endsWord(text: string, last: number): boolean {
  const next = text.charCodeAt(last + 1);
  const goesOn = isLatin(text.charCodeAt(last))
    ? isLatin(next)
    : next >= FIRST_SYLLABLE && next <= LAST_SYLLABLE;
  if (!goesOn) return true;
  return PARTICLES.has(text[last + 1] ?? '') && !(text[last] === '명' && text[last - 1] === ' ');
}

// Letters are compared by their codes: a string made for each of them would cost more than all the rest.
const SPACE = 0x20;
const TO_SMALL = 0x20;
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const isCapital = (letter: number): boolean => letter >= 0x41 && letter <= 0x5a;
const isLatin = (letter: number): boolean =>
  isCapital(letter) || (letter >= 0x61 && letter <= 0x7a);

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** The field a whole cell names, for the header of a sheet; null when it is no header. */
export function fieldOfHeader(cell: string): Field | null {
  const word = headerWord(cell);
  const direct = FIELD_OF.get(word);
  if (direct !== undefined) return direct;
  return fieldOf(word.split(/[/·&+]|및/u).flatMap((part) => FIELD_OF.get(part) ?? []));
}

const headerWord = (cell: string): string =>
  cell
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]/gu, '')
    .replace(/[\s*:"'_.]+/gu, '')
    .replace(/(?<=\D)\d$/u, '');

/** What a column of a sheet holds is told by its end, whose it is by its beginning. */
const SENDS =
  /^(?:보내|보낸|발송|발신|송[화하]|주문|구매|신청|예약|의뢰|판매|거래처|업체|화주|집하)/u;
const RECEIVES = /^(?:받|수[령취신하화]|인수|배송|배달|도착|고객)/u;
const COLUMN_ENDS: readonly (readonly [RegExp, Field])[] = [
  [/우편번호$/u, 'postcode'],
  [/(?:상세|나머지|세부)주소$/u, 'detail'],
  [/(?:주소|주소지)$/u, 'address'],
  [/(?:전화|연락처|휴대폰|핸드폰|휴대전화|모바일|통신|hp|tel)(?:번호)?$/u, 'phone'],
  [/수량$|박스수$|상자수$/u, 'count'],
  [/(?:메모|메[시세]지|사항|멘트|요망|당부)$/u, 'memo'],
  [/(?:상품|품목|제품|내품|물품)명?$/u, 'product'],
  [/(?:성명|성함|이름|자명|인명|분|인|자|명)$/u, 'name'],
];

/** The field of a column that no list has: 수하인핸드폰, 거래처연락처, 총수량. */
export function fieldOfColumn(cell: string): Field | null {
  const word = headerWord(cell);
  const ending = COLUMN_ENDS.find(([pattern]) => pattern.test(word))?.[1] ?? null;
  if (ending === 'name') {
    if (SENDS.test(word)) return 'sender';
    return RECEIVES.test(word) ? 'recipient' : null;
  }
  if (!SENDS.test(word)) return ending;
  if (ending === 'phone') return 'senderPhone';
  return ending === 'address' || ending === 'detail' || ending === 'postcode' ? 'noise' : ending;
}
