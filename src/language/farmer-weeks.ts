// Rules for weekdays and whole weeks: "매주 수요일 쉼", "평일은 40상자", "토요일도 보내요", "다음주 내내 휴무".
import { withoutDaysCounted } from './farmer-durations.ts';
import { OTHER, type Said } from './farmer-said.ts';
import type { FarmerReading, WeeklyReading } from './reading.ts';
import { addDays, weekday } from './when.ts';

const WEEK = [0, 1, 2, 3, 4, 5, 6];
/** Weekdays by one word; what is closed among them stays closed. */
const GROUPS: readonly (readonly [said: string, weekdays: readonly number[]])[] = [
  ['매일', WEEK],
  ['날마다', WEEK],
  ['항상', WEEK],
  ['앞으로', WEEK],
  ['하루', WEEK],
  ['평일', [0, 1, 2, 3, 4]],
  ['주말', [5, 6]],
];
/** "매주", "마다": the weekdays stand beside it. */
const EACH = /^(?:매주|매번|마다|요일마다|고정|기본|every)$/;

type Token = Said['tokens'][number];

/** Null when it is of no weekday's rule. */
export function readWeekly(said: Said): readonly FarmerReading[] | null {
  const isEvery = said.tokens.some(isEach);
  const isGrouped = said.tokens.some((token) => groupOf(token) !== null);
  const isApiece = said.tokens.some((token) => token.kind === 'word' && token.text === '씩');
  const isOpening = opensToo(said.tokens) || (said.has('off') && said.has('not'));
  const isRule = isEvery || isGrouped || isOpening || (isApiece && said.tokens.some(isBareWeekday));
  const isCounted = said.numbers.length + said.count('money') > 0;
  if (!isRule || !(isCounted || isOpening || said.has('off'))) return null;
  // "토요일부터 다시 30개로" opens that day with its number.
  if (isOpening && isCounted && !isEvery && !isGrouped && !isApiece) return null;
  if (said.tokens.some((token) => token.kind === 'date' && token.weekday === undefined))
    return null;
  const rules = isUnclear(said) ? null : rulesIn(said.tokens, isOpening);
  if (rules === null || rules.some(closesAll)) return isEvery || isGrouped ? OTHER : null;
  // "하루 30상자" may be the answer to what tomorrow takes, "주말 휴무" be said of the next one.
  const isWholeWeek = rules.some(({ weekdays }) => weekdays.length === WEEK.length);
  if (isWholeWeek && !isApiece && !said.has('every')) return OTHER;
  const isWeekend = said.tokens.every((token) => groupOf(token) === null || isWord(token, '주말'));
  const isSure = isEvery || isApiece || said.tokens.some((token) => isWord(token, '은', '는'));
  return isGrouped && isWeekend && !isSure ? [{ kind: 'ask', meant: rules }] : rules;
}

const closesAll = ({ weekdays, boxes }: WeeklyReading): boolean =>
  boxes === 0 && weekdays.length === WEEK.length;

function isUnclear(said: Said): boolean {
  if (said.count('unknown') + said.count('rows') + said.count('digits') > 0) return true;
  if (said.has('sent', 'did', 'paid', 'came', 'cancel', 'price', 'order', 'waybill', 'elsewhere'))
    return true;
  // "월수금만 나가고 화목은 쉬어요": which of them are meant by which?
  if (said.has('only') && said.has('off')) return true;
  return said.has('more', 'doubt', 'ask') || (said.has('until') && !said.tokens.some(isFrom));
}

const isBareWeekday = (token: Token): boolean =>
  token.kind === 'date' && token.weekday !== undefined;

const isWord = (token: Token, ...texts: readonly string[]): boolean =>
  token.kind === 'word' && texts.includes(token.text);

/** Each run of weekdays with the number, the rest or the opening that stands behind it. */
function rulesIn(tokens: readonly Token[], isOpening: boolean): WeeklyReading[] | null {
  const found: WeeklyReading[] = [];
  let from = 0;
  for (const [i, token] of tokens.entries()) {
    const boxes = boxesSaid(token, isOpening);
    if (boxes === undefined) continue;
    const days = weekdaysIn(tokens.slice(from, i));
    if (days === null) {
      // "20상자 매주 수요일", "쉬는 날은 매주 수요일": the days stand behind.
      const behind = found.length === 0 ? weekdaysIn(tokens.slice(i + 1)) : null;
      if (behind === null) continue;
      return [{ kind: 'weekly', ...behind, boxes }];
    }
    found.push({ kind: 'weekly', ...days, boxes });
    from = i + 1;
  }
  return found.length > 0 ? found : null;
}

function boxesSaid(token: Token, isOpening: boolean): number | null | undefined {
  if (token.kind === 'boxes' || token.kind === 'number') return token.value;
  if (token.kind === 'money') return token.perhapsOnly ?? undefined;
  if (token.kind !== 'word') return undefined;
  if (token.word === 'off') return isOpening ? null : 0;
  if (token.word === 'pause' && /^[막닫]/.test(token.text)) return isOpening ? undefined : 0;
  return isOpening && OPENS.has(token.word) ? null : undefined;
}

const OPENS: ReadonlySet<string> = new Set(['sending', 'resume', 'ship']);

function weekdaysIn(
  tokens: readonly Token[],
): { readonly weekdays: readonly number[]; readonly isNamed: boolean } | null {
  const named = namedWeekdays(tokens);
  if (named.length > 0) return { weekdays: named, isNamed: true };
  const groups = tokens.flatMap((token) => groupOf(token) ?? []);
  // "평일은 매일" is of the weekdays alone.
  const narrow = tokens.find((token) => isWord(token, '평일', '주말'));
  const group = narrow === undefined ? groups : (groupOf(narrow) ?? []);
  return group.length > 0 ? { weekdays: inWeek(group), isNamed: false } : null;
}

function namedWeekdays(tokens: readonly Token[]): number[] {
  const days: number[] = [];
  let start: number | null = null;
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'date' || token.weekday === undefined) continue;
    if (start !== null) {
      for (let day: number = start; day !== token.weekday; day = (day + 1) % WEEK.length)
        days.push(day);
      start = null;
    }
    if (isFrom(tokens[i + 1])) start = token.weekday;
    else days.push(token.weekday);
  }
  return inWeek(start === null ? days : [...days, start]);
}

const inWeek = (days: readonly number[]): number[] => WEEK.filter((day) => days.includes(day));

function groupOf(token: Token): readonly number[] | null {
  if (token.kind !== 'word' || (token.word !== 'every' && token.text !== '하루')) return null;
  return GROUPS.find(([said]) => said === token.text)?.[1] ?? null;
}

const isEach = (token: Token): boolean =>
  token.kind === 'word' && token.word === 'every' && EACH.test(token.text);

/** "토요일도 보내요", "매주 수요일은 다시 보내요". */
function opensToo(tokens: readonly Token[]): boolean {
  const rest = tokens.slice(tokens.findIndex(isBareWeekday) + 1);
  const opens = rest.some((token) => token.kind === 'word' && OPENS.has(token.word));
  return tokens.some(isBareWeekday) && opens && rest.some((token) => isWord(token, '도', '다시'));
}

const isFrom = (token: Token | undefined): boolean =>
  (token?.kind === 'word' && token.word === 'from') ||
  (token?.kind === 'sign' && token.sign === '~');

const LETTERS = '월화수목금토일';
const SHORT = new RegExp(
  `(?<=매주 ?)(?:[${LETTERS}] ?[~-] ?[${LETTERS}]|[${LETTERS}](?:[,·/ ]{0,2}[${LETTERS}]){0,6})(?=$|[^가-힣]|[은는엔]|에는)`,
  'gu',
);
const LETTER = new RegExp(`[${LETTERS}]`, 'gu');
/** "수목금 15개씩", "금토일 쉬고": weekdays in their order, and no 금일 or 수일. */
const RUN =
  /(?<![가-힣])(?![월화수목금]일(?![가-힣]*요일))월?화?수?목?금?토?일?(?=$|[^가-힣]|[은는만도엔]|에|하고|이틀|사흘|셋)/gu;
const RUN_MIN = 2;
/** "다음주 화요일 20개, 목요일은 25개": both are of that week. */
const SAME_WEEK = new RegExp(
  `((?:다다음|다음|담) ?주) ?([${LETTERS}])(?:요일|욜)((?:(?![음담] ?주)[^\\n]){0,30}?[^가-힣])(?=([${LETTERS}])(?:요일|욜))`,
  'gu',
);
const OTHER_DAY = /[음담번난] ?주 ?$|오늘|내일|모레|매주|\d\/\d/u;
const WEEKDAYS_MAX = 7;

function withSameWeek(text: string): string {
  let dated = text;
  for (let turn = 0; turn < WEEKDAYS_MAX; turn += 1) {
    const spelt = dated.replace(SAME_WEEK, (said, week: string, first: string, ...rest) => {
      const [between, next] = rest.map(String);
      const isBehind = LETTERS.indexOf(next ?? '') > LETTERS.indexOf(first);
      return isBehind && !OTHER_DAY.test(between ?? '') ? `${said}${week} ` : said;
    });
    if (spelt === dated) break;
    dated = spelt;
  }
  return dated;
}

const WHOLE_WEEK =
  /(?<![가-힣])(이번|요번|다음|담|다다음) ?(?:(주말)|주(?! ?[월화수목금토일](?:요일|욜|[^가-힣]|$))(?=$|[^가-힣]|[은는엔내쉬]|에|휴))(?:에는|에|은|는|엔)?(?: ?(?:내내|동안|전체|하루|매일))*/gu;
/** A whole week is only meant where something is said of its days. */
const OFF_DAYS = /휴무|휴가|쉬|쉼|쉽|쉰|쉴|놀|접|못|안 ?[하합되해돼]|막아|막을|닫/u;
const COUNTED = /상자|박스|\d ?개/u;
const WEEKS_AHEAD: Readonly<Record<string, number>> = { 다음: 1, 담: 1, 다다음: 2 };

/** "담주는 수요일 목요일": the week of the days behind it, and not all of it. */
const WEEK_OF_DAYS = new RegExp(
  `((?:이번|요번|다다음|다음|담) ?주)(?:에는|에|은|는|엔) ?(?=[${LETTERS}](?:요일|욜|[${LETTERS}]))`,
  'gu',
);

const withRuns = (text: string): string =>
  text.replace(RUN, (letters) =>
    letters.length < RUN_MIN ? letters : letters.replace(LETTER, '$&요일 '),
  );

/** "매주 월수금" with whole names, "다음주 내내" and "이번 주말" as their days. */
export function withWeeks(text: string, today: string): string {
  const whole = text.replace(WEEK_OF_DAYS, '$1 ');
  const each = whole.replace(SHORT, (letters) => letters.replace(LETTER, '$&요일 '));
  const mayCount = OFF_DAYS.test(each) || COUNTED.test(each);
  const spelt = mayCount ? withSameWeek(withoutDaysCounted(withRuns(each))) : each;
  const isOff = OFF_DAYS.test(spelt);
  if (!isOff && !COUNTED.test(spelt)) return spelt;
  return spelt.replace(WHOLE_WEEK, (_, which: string, weekend: string | undefined) => {
    const monday = addDays(today, (WEEKS_AHEAD[which] ?? 0) * 7 - weekday(today));
    const first = addDays(monday, weekend === undefined ? 0 : 5);
    // A number for the week is none for the weekend: most farms are closed then.
    const last = addDays(monday, isOff || weekend !== undefined ? 6 : 4);
    return `${first < today ? today : first}~${last} `;
  });
}
