// So many days from a day on: "모레부터 사흘간", "8/1부터 일주일", "내일부터 3일 동안".

import { addDays, findDates } from './when.ts';

const DAYS: Readonly<Record<string, number>> = {
  ...{ 하루: 1, 이틀: 2, 사흘: 3, 나흘: 4, 닷새: 5, 엿새: 6, 이레: 7, 여드레: 8, 아흐레: 9 },
  ...{ 열흘: 10, 보름: 15, 일주일: 7, 한주: 7, 두주: 14, 이주: 14, 이주일: 14, 삼일: 3, 오일: 5 },
};
const WORD = Object.keys(DAYS)
  .sort((one, other) => other.length - one.length)
  .join('|');
const LASTING = new RegExp(
  `^(?:부터|에서)(?:는|은)? ?(?:딱 |한 |쭉 )?(?:(\\d{1,2}) ?일|(\\d) ?주(?:일)?|(${WORD}))(?: ?(?:간|동안|내내))?(?=$|[^가-힣]|은|는|만|을|도|쉬|쉼|휴)`,
  'u',
);
const WEEK_DAYS = 7;
const AHEAD_CHARS = 24;

/** "금토일 3일", "내일 모레 이틀": the days that were named, counted. */
const NAMED =
  '(?:[월화수목금토일](?:요일|욜)|오늘|내일|낼|모레|글피|\\d{1,2}/\\d{1,2}|\\d{1,2} ?일)';
const COUNTED = new RegExp(
  `(${NAMED}(?:[ ,]+${NAMED}){1,6})[ ,]*(?:(\\d) ?일(?: ?간| ?동안)?|(${WORD})(?: ?간| ?동안)?)(?=$|[ ,]|은|는|만|을)`,
  'gu',
);
const EACH_NAMED = new RegExp(NAMED, 'gu');

export function withoutDaysCounted(text: string): string {
  return text.replace(COUNTED, (said, named: string, days?: string, word?: string) => {
    const count = days === undefined ? DAYS[word ?? ''] : Number(days);
    return (named.match(EACH_NAMED) ?? []).length === count
      ? named.trim().replace(/[ ,]+/gu, ', ')
      : said;
  });
}

/** Such a stretch as its first and last day: "2026-07-23~2026-07-25". */
export function withDurations(text: string, today: string): string {
  if (!/일|주|루|틀|흘|새|레|름/u.test(text)) return text;
  let spelt = '';
  let done = 0;
  for (const { date, start, end } of findDates(text, today)) {
    if (start < done) continue;
    const [said, days, weeks, word] = LASTING.exec(text.slice(end, end + AHEAD_CHARS)) ?? [];
    if (said === undefined) continue;
    const lasting = Number(days ?? 0) + Number(weeks ?? 0) * WEEK_DAYS + (DAYS[word ?? ''] ?? 0);
    if (lasting < 1) continue;
    spelt += `${text.slice(done, start)}${date}~${addDays(date, lasting - 1)} `;
    done = end + said.length;
  }
  return spelt + text.slice(done);
}

/** "9월 20일부터 24일까지", "9/20~24": days behind a day of a month are of that month. */
export function withMonths(text: string): string {
  if (!/\d ?[월/]/u.test(text)) return text;
  let said = text.replace(SLASHED, (whole, month: string, first: string, last: string) =>
    Number(last) > Number(first) ? `${month}/${first}~${month}/${last}` : whole,
  );
  for (let turn = 0; turn < MONTH_DAYS_MAX; turn += 1) {
    const next = said.replace(BARE_DAY, (whole, front: string, month: string, ...rest) => {
      const [first, between, last] = rest.map(String);
      return Number(last) > Number(first) ? `${front}${between}${month}월 ${last}일` : whole;
    });
    if (next === said) break;
    said = next;
  }
  return said;
}
const MONTH_DAYS_MAX = 31;
const SLASHED = /(?<![\d/])(\d{1,2})\/(\d{1,2}) ?[~-] ?(\d{1,2})(?![\d/]| ?[번-])(?: ?일)?/gu;
const BARE_DAY =
  /((?<!\d)(\d{1,2}) ?월 ?(\d{1,2}) ?일)((?: ?(?:부터|에서|하고|이랑|과|와|도|[~,·-]))? ?)(\d{1,2}) ?일(?!\s?(?:간|동안))/gu;
