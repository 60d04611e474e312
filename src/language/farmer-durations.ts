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
