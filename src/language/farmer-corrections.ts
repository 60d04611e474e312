// A farmer who corrects himself in the same breath: "8번 발송 아니 18번 발송", "내일 50... 아니 40으로". What
// is said last counts.

type Kind = 'waybill' | 'rows' | 'count' | 'day' | 'step';
type Value = {
  readonly kind: Kind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
};
type Part = { readonly before: string; readonly behind: string };

const NUMERAL = '[한두세네석넉다섯여일곱덟홉아열스물무서른마흔쉰예순든백]{1,6}';
const VALUE = new RegExp(
  [
    '(?<waybill>(?<![\\d-])(?:\\d{4}[- ]?\\d{4}[- ]?\\d{4,6}|\\d{10,14})(?![\\d-]))',
    '(?<rows>(?<![\\d/-])\\d{1,3} ?[-~] ?\\d{1,3}(?: ?번(?![지호길째])|(?![\\d/-]| ?(?:상자|박스|개|일|월)))|(?<!\\d)\\d{1,4}(?:(?: ?번)?(?: ?(?:부터|에서|이랑|하고|랑|[-~,·]) ?| )\\d{1,4}){0,40} ?번(?![지호길째]))',
    '(?<day>(?<![\\d/])\\d{1,2}/\\d{1,2}(?!\\d)|(?:\\d{1,2}월 ?)?\\d{1,2}일(?!째)|(?<![가-힣])(?:어제|그제|그저께|오늘|금일|내일|낼|모레|글피)|[월화수목금토일]요일)',
    `(?<count>(?<![\\d/.,-])\\d{1,5}(?: ?(?:상자|박스|개|집|곳|군데))?(?![\\d/-]| ?(?:일|월|시|명|분|번지|호))|(?<![가-힣])${NUMERAL} ?(?:상자|박스|개|집|곳|군데))`,
    '(?<step>수확|포장|발송|출고|출하)',
  ].join('|'),
  'gu',
);

/** What takes back; behind the weaker ones nothing but a value and a copula is a correction. */
const TAKES_BACK =
  /(?<=[^가-힣])(?:(?<sure>아니(?:다|요|야|지|네)?|정정(?:합니다|해요|이요|요)?)|(?<weak>아 ?참|아차|앗|아|어|잘못[가-힣]{0,6}))(?=[\s,.~!]+)/gu;
/** "9번 아니고 10번", "50이 아니라 40". */
const NOT_BUT = /^ ?(?:이|가|은|는|도)? ?아니(?:고요?|라|구요?)[\s,.]*/u;
const EXCUSE =
  /^(?:[\s,.~!ㅎㅋㅠ]|미안[가-힣]*|죄송[가-힣]*|제가|내가|그게|참|아니|아|잘못 ?(?:썼|적었|말했|눌렀|봤)[가-힣]*)*/u;
const EXCUSE_BEFORE =
  /(?:[\s,.~!]|(?<![가-힣])(?:아|앗|어|참|아참|아차)(?=[\s,.~!]|$)|(?:미안|죄송)[가-힣]*|(?<![가-힣])(?:제가|잘못 ?(?:썼|적었|말했|봤)[가-힣]*))*$/u;
const BOUND = /^ ?(?:까지|까진|부터)/u;
/** How a corrected value is told: "18번이요", "9번까지네요", "40으로요". */
const COPULA =
  /^(?:이었네|였네|이었어|였어|이네|네|이에|예|이|입니다|임|구나|인데|다|으?로)?(?:요|유|다)?(?=[\s,.~!ㅎㅋㅠ]|$)/u;

/** The text as corrected; null where something is taken back and it is not plain what. */
export function withCorrections(text: string): string | null {
  if (!/아니|정정|[\s.,~!](?:아|어|앗|잘못)/u.test(text)) return text;
  return renamed(text) ?? retold(text);
}

/** "9번 송장 1234… 9번 아니고 10번이네요": the wrong value is named once more. Undefined where nothing is. */
function renamed(text: string): string | null | undefined {
  const values = valuesIn(text);
  for (const [at, wrong] of values.entries()) {
    const joint = NOT_BUT.exec(text.slice(wrong.end))?.[0];
    const right = values[at + 1];
    if (joint === undefined || right?.start !== wrong.end + joint.length) continue;
    if (right.kind !== wrong.kind) return null;
    const before = text.slice(0, wrong.start).replace(EXCUSE_BEFORE, '');
    const behind = text.slice(right.end);
    const known = values.slice(0, at).filter(({ kind }) => kind === wrong.kind);
    if (known.length === 0) return `${before} ${right.text}${behind}`.trim();
    const last = known.findLast((one) => one.text === wrong.text);
    if (last === undefined) return null;
    const put = `${before.slice(0, last.start)}${right.text}${before.slice(last.end)}`;
    return join({ before: put, behind: behind.replace(COPULA, '') });
  }
  return undefined;
}

/** "어제 4번 아 오늘 4번 발송했어요": what is broken off is taken back. */
const FINISHED = /[요다네함음임끝료죠어야고]$/u;

/** "8번 발송 아니 18번 발송": the value behind takes the place of the last of its kind. */
function retold(text: string): string | null {
  for (const { 0: said, index, groups = {} } of text.matchAll(TAKES_BACK)) {
    const before = text.slice(0, index).replace(EXCUSE_BEFORE, '');
    const rest = text.slice(index + said.length);
    const behind = rest.slice(EXCUSE.exec(rest)?.[0].length ?? 0);
    const values = valuesIn(before);
    const [right] = valuesIn(behind);
    if (values.length > 0 && groups.sure !== undefined && isFigureNotRead(behind, right))
      return null;
    if (values.length === 0 || right === undefined || right.start > 0) continue;
    const corrected = replaced({ before, behind }, values, right);
    const isCutShort = !FINISHED.test(before) && values.every(({ text }) => text !== right.text);
    if (groups.sure !== undefined || (isCutShort && right.kind === 'day')) return corrected;
    const bound = BOUND.exec(behind.slice(right.end))?.[0] ?? '';
    const isTold = COPULA.test(behind.slice(right.end + bound.length));
    if (isTold && values.some(({ kind }) => kind === right.kind)) return corrected;
  }
  return text;
}

const isFigureNotRead = (behind: string, right: Value | undefined): boolean =>
  /^\d/.test(behind) && right?.start !== 0;

function replaced({ before, behind }: Part, values: readonly Value[], right: Value): string | null {
  const wrong =
    values.findLast(({ kind }) => kind === right.kind) ??
    (/^\d+$/.test(right.text) ? values.findLast(({ kind }) => kind === 'rows') : undefined);
  if (wrong === undefined) return null;
  const after = behind.slice(right.end);
  const bound = BOUND.exec(after)?.[0] ?? '';
  // "내일은 못해요 아니 모레까지": as far as a day is another thing than that day.
  if (right.kind === 'day' && bound !== '') return null;
  const put = valueFor(wrong, right, bound.trim());
  if (put === null) return null;
  const between = before.slice(wrong.end);
  const rest = after.slice(bound.length);
  const [told, again] = [valuesIn(between), valuesIn(rest)];
  const repeated = told.filter(({ kind }) => again.some((one) => one.kind === kind));
  if (repeated.some((one) => one.kind === 'step' && again.every(({ text }) => text !== one.text)))
    return null;
  const head = before.slice(0, wrong.start) + put;
  if (between.trim() === '' || repeated.length > 0) return `${head}${after}`;
  return join({ before: `${head}${between}`, behind: rest.replace(COPULA, '') });
}

/** Of "1번부터 10번까지" the end that was corrected; null where one of several may be meant. */
function valueFor(wrong: Value, right: Value, bound: string): string | null {
  const [first = '', ...others] = wrong.text.match(/\d+/g) ?? [];
  const single = /^\d+/.exec(right.text)?.[0];
  const isOne = (right.text.match(/\d+/g) ?? []).length === 1;
  if (wrong.kind === 'rows' && others.length > 0 && isOne && single !== undefined) {
    if (others.length > 1 || !/부터|에서|[-~]/u.test(wrong.text)) return null;
    if (bound.startsWith('까')) return wrong.text.replace(/\d+(?=\D*$)/u, single);
    return bound === '부터' ? wrong.text.replace(first, single) : null;
  }
  if (right.kind === 'count' && /^\d+$/.test(right.text)) {
    if (/^\d/.test(wrong.text)) return wrong.text.replace(/^\d+/, right.text);
    return `${right.text}${/(?:상자|박스|개|집|곳|군데)$/u.exec(wrong.text)?.[0] ?? ''}`;
  }
  return right.text;
}

const join = ({ before, behind }: Part): string =>
  behind.trim() === '' ? before.trim() : `${before.trim()}. ${behind.replace(/^[\s,.~!]+/, '')}`;

function valuesIn(text: string): Value[] {
  return [...text.matchAll(VALUE)].flatMap(({ 0: said, index, groups = {} }) => {
    const kind = KINDS.find((one) => groups[one] !== undefined);
    return kind === undefined ? [] : [{ kind, text: said, start: index, end: index + said.length }];
  });
}
const KINDS: readonly Kind[] = ['waybill', 'rows', 'day', 'count', 'step'];
