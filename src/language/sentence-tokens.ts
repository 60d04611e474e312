// What whole sentences say: who pays, when it should come, what the courier should do.

import { matchesOn, mayHold } from './letters.ts';
import { matchesOf } from './matches.ts';
import { claim, isFree, type Page, put } from './page.ts';
import { MEMO, memoIn, wishedKind } from './phrases.ts';
import { addDays, type FoundDate, findDates, MAY_HOLD_DATE } from './when.ts';

export function readDays(page: Page): void {
  const dates = daysIn(page);
  const excluded = excludedDays(page, dates);
  for (const [index, found] of dates.entries()) {
    const { date, start, end } = found;
    if (!isFree(page, start, end)) continue;
    if (excluded.has(found) && shiftBehind(page.text.slice(end, end + 40)) === null) {
      put(page, { kind: 'notday', date: comingDay(page, date, { start, end }), start, end });
      continue;
    }
    const labelled = page.labels.find(
      ({ field, from, to }) => field === 'date' && start >= from && end <= to,
    );
    const before = page.text.slice(Math.max(0, start - 16), start);
    const after = page.text.slice(end, dates[index + 1]?.start ?? end + 40);
    const shift = shiftBehind(after);
    const day = addDays(comingDay(page, date, { start, end }), shift?.days ?? 0);
    const wish = labelled ? 'arrive' : wishedKind(before, shift?.after ?? after);
    const alone =
      wish === null && dates.length - excluded.size === 1 && saysOnlyDay(page, start, end);
    if ((wish === null && !alone) || day < page.today) claim(page, start, end);
    else put(page, { kind: 'wanted', date: day, wish, start, end });
  }
  readThatDay(page, dates);
  const anyDay =
    dates.length === 0 && mayHold(page.letters, ANY_DAY) ? ANY_DAY.exec(page.text) : null;
  if (anyDay === null) return;
  // 날짜 in front may be claimed as a label already.
  const { index: start } = anyDay;
  put(page, { kind: 'anyday', start, end: start + anyDay[0].length });
}

function daysIn({ letters, text, today }: Page): readonly FoundDate[] {
  if (!mayHold(letters, MAY_HOLD_DATE)) return [];
  return findDates(text, today).filter(
    ({ start }) => !OF_SHIFT.test(text.slice(Math.max(0, start - SHIFT_LOOK), start)),
  );
}

/** "그 전날 토요일에": the weekday of the day counted from the one named. */
const OF_SHIFT = /(?:전날|다음 ?날|이튿날|하루 ?전|그 ?날)(?:인)?,? ?\(?$/u;
const SHIFT_LOOK = 8;

const THAT_DAY = /(?<![가-힣])(?:그 ?날|당일)(?=에|로|까지|만|[ ,])/gu;

/** "5일에 집들이라서요, 딱 그날 왔으면 합니다": the only day named before, when it has no wish of its own. */
function readThatDay(page: Page, dates: readonly FoundDate[]): void {
  const [day, another] = dates;
  if (day === undefined || another !== undefined || day.date < page.today) return;
  if (page.tokens.some(({ kind }) => kind === 'wanted' || kind === 'notday')) return;
  for (const { 0: word, index } of matchesOf(page.text, THAT_DAY)) {
    const end = index + word.length;
    if (index < day.end || !isFree(page, index, end)) continue;
    const wish = wishedKind('', page.text.slice(end, end + LOOK_MAX));
    if (wish === null) continue;
    put(page, { kind: 'wanted', date: day.date, wish, start: index, end });
    return;
  }
}

/** "24일 빼고", "23일은 안돼요", "23일이나 24일은 피해서" */
const EXCLUDES =
  /^ ?(?:\([월화수목금토일](?:요일)?\) ?)?(?:날|자)?(?: ?도착)?(?:에는|에|엔|은|는|만|을|를)? ?(?:빼고|빼 ?[주줘]|제외|피해|피하|말고|안 ?(?:돼|되|됩)|못 ?받|아니고|아닌|불가|곤란|힘들|어려[워울]|(?:집에 ?)?(?:사람이?|아무도|집에) ?없|집(?:이|을)? ?비|쉬[는어]|휴무)/u;
const LOOK_MAX = 24;
const OR = /^ ?(?:이나|하고|이랑|랑|과|와|또는|,)? ?$/u;

/** The days that will not do, from the last one back: a chain of days shares what ends it. */
function excludedDays({ text }: Page, dates: readonly Stretch[]): ReadonlySet<Stretch> {
  const excluded = new Set<Stretch>();
  let next: Stretch | undefined;
  for (const day of dates.toReversed()) {
    const to = Math.min(next?.start ?? text.length, day.end + LOOK_MAX);
    const joined = next !== undefined && excluded.has(next);
    if (EXCLUDES.test(text.slice(day.end, to))) excluded.add(day);
    else if (joined && OR.test(text.slice(day.end, next?.start))) excluded.add(day);
    next = day;
  }
  return excluded;
}

/** A weekday by itself is never the day on which it is said. */
function comingDay(page: Page, date: string, { start, end }: Stretch): string {
  const bare = /^(?:[월화수목금토일](?:요일|욜)|[a-z]+day)$/iu.test(page.text.slice(start, end));
  return bare && date === page.today && !/today/iu.test(page.text.slice(start, end))
    ? addDays(date, 7)
    : date;
}

type Stretch = { readonly start: number; readonly end: number };

/** "28일 생일이라 전날 …", "28일 하루 전에 …": the day meant is counted from the one named. */
const SHIFTS: readonly (readonly [RegExp, number])[] = [
  [/^[^\n.!?\d]{0,16}?(?:전날|하루 ?전|1일 ?전)/u, -1],
  [/^[^\n.!?\d]{0,16}?(?:이틀 ?전|2일 ?전)/u, -2],
  [/^[^\n.!?\d]{0,16}?(?:다음 ?날|이튿날)/u, 1],
];

function shiftBehind(after: string): { readonly days: number; readonly after: string } | null {
  for (const [pattern, days] of SHIFTS) {
    const found = pattern.exec(after);
    if (found !== null) return { days, after: after.slice(found[0].length) };
  }
  return null;
}

const BEFORE_DAY =
  /^(?:[\s,.!~]|네|넵|예|아|음|그럼|그러면|그냥|아니|아니요|말고|아니고|대신|빼고|날짜는?|희망일은?|배송일은?)*$/u;
const BEHIND_DAY =
  /^ ?(?:날|자)?(?:이요|요|에요|이에요|예요|입니다|으로|로|에)? ?(?:도 ?괜찮아요|도 ?좋아요|할게요|할께요|해 ?주세요|부탁드려요|부탁드립니다|부탁해요|바꿔 ?주세요|변경해 ?주세요|맞춰 ?주세요|좋겠어요|요)?[\s.,!~]*$/u;

/** "그럼 27일이요": a day and nothing else is the wish, or the new one. */
function saysOnlyDay({ text, asked, tokens }: Page, start: number, end: number): boolean {
  // "토요일 말고 월요일로": behind the day that will not do.
  const from = tokens.findLast((one) => one.kind === 'notday' && one.end <= start)?.end ?? 0;
  const before = text.slice(from, start);
  return asked !== 'boxes' && BEFORE_DAY.test(before) && BEHIND_DAY.test(text.slice(end));
}

const ANY_DAY =
  /아무 ?(?:때|날)(?:나|이나|도)|언제든(?:지)? ?(?:괜찮|좋|상관)|(?:날짜|배송일|도착일|희망일)(?:는|은)? ?(?:상관 ?없|아무|없어도|안 ?정|미정|필요 ?없)|(?:되는|가능한) ?(?:날(?:로|에)|대로)|any ?(?:day|time)/iu;

/** How a form should be filled in is nobody's data. */
const EXAMPLE =
  /(?:^|[\n.?!(] ?)(?:예 ?\)|예시(?![가-힣]) ?[:)>]?|예 ?:|보기 ?[:)]|샘플 ?[:)]|작성 ?예시? ?[:)]?|ex ?[:)]|e\.g\.|example ?:)[^\n]*/giu;

export function readExamples(page: Page): void {
  for (const match of matchesOn(page, EXAMPLE))
    if (/\d/u.test(match[0])) claim(page, match.index, match.index + match[0].length);
}

/** "가격 안 보이게": the parcel is a present. */
const AS_A_GIFT =
  /(?:가격표?|금액|값|영수증)(?:은|는|이|을|를)? ?(?:안 ?(?:보이게|나오게|적|써|넣|들어가게)|보이지 ?않게|빼고|빼 ?(?:주세요|줘요?)|넣지 ?마|적지 ?마|없이|모르게|표시 ?(?:안|하지))[^\n.,!?]{0,14}/gu;

/** Read before the labels, because 가격 is one. */
export function readGiftWishes(page: Page): void {
  for (const { 0: text, index } of matchesOn(page, AS_A_GIFT)) {
    if (isFree(page, index, index + text.length))
      put(page, {
        kind: 'memo',
        text: text.trim(),
        labelled: false,
        start: index,
        end: index + text.length,
      });
  }
}

const CLAUSE = /[^\n.!?]+(?:[.!?](?=\S)[^\n.!?]*)*/gu;

export function readMemos(page: Page): void {
  if (!mayHold(page.letters, MEMO)) return;
  for (const match of matchesOf(page.text, CLAUSE)) {
    for (const part of freeParts(page, match.index, match.index + match[0].length)) {
      const memo = memoIn(page.text.slice(part.start, part.end));
      if (memo === null) continue;
      const start = reasonBefore(page, match.index, part.start) ?? part.start + memo.start;
      const end = part.start + memo.end;
      const text = page.text.slice(start, end).trim();
      put(page, { kind: 'memo', text, labelled: false, start, end });
    }
  }
}

const PASSABLE =
  /(?:새벽|아침|오전|낮|점심|오후|저녁|밤)? ?\d{1,2} ?시(?: ?\d{1,2} ?분)?$|아무 ?때나 ?$|언제든지? ?$/u;

/** "저녁 6시 이후에 와주세요": the hour in front, and why, belong to the wish. */
function reasonBefore(page: Page, from: number, to: number): number | null {
  let start = to;
  for (let clock = PASSABLE.exec(page.text.slice(from, start)); clock !== null; ) {
    start = from + clock.index;
    while (start > from && page.taken[start - 1] !== 1) start -= 1;
    clock = PASSABLE.exec(page.text.slice(from, start));
  }
  if (start === to) return null;
  const lead = /^[\s,.:;~!^/)\]-]*/u.exec(page.text.slice(start, to))?.[0] ?? '';
  return start + lead.length;
}

/** The stretches of a clause that nobody has claimed. */
function freeParts(page: Page, from: number, to: number): { start: number; end: number }[] {
  const parts: { start: number; end: number }[] = [];
  let start = from;
  for (let at = from; at <= to; at += 1) {
    if (at < to && page.taken[at] !== 1) continue;
    if (at - start >= 3) parts.push({ start, end: at });
    start = at + 1;
  }
  return parts;
}
