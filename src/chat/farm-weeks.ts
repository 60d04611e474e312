// The farmer's rules for weekdays: "매주 수요일 쉼", "평일은 40상자", "토요일도 보내요".
import type { WeeklyReading } from '../language/reading.ts';
import { localDate, WEEKDAYS, type Weekday, weekdayOf } from '../orders/dates.ts';
import { checkCap } from '../orders/farm-day.ts';
import * as ordering from '../orders/ordering.ts';
import { isSameWeek, type WeekRules, weekRulesOf } from '../orders/shop.ts';
import { type Asking, by, run, type Step, stay } from './desk.ts';
import { remembering, rememberingBooks } from './farm-undo.ts';
import * as replies from './replies/index.ts';

/** Changes the store's weekdays and brings the days to what they say now, as the settings do. */
export async function setWeekdays(asking: Asking, said: readonly WeeklyReading[]): Promise<Step> {
  const { desk, now } = asking;
  const was = (await desk.store.findShop(asking.shop.id)) ?? asking.shop;
  const before = weekRulesOf(was);
  const after = said.reduce(withRule, before);
  const weekdays = said.flatMap((one) => one.weekdays.flatMap((day) => WEEKDAYS[day] ?? []));
  if (isSameWeek(before, after)) return stay(asking, replies.weekdaysAreSo(was, weekdays));
  const shop = { ...was, policy: { ...was.policy, ...after } };
  await desk.store.putShop(shop);
  const asked = { ...by(asking, 'farmer'), shop };
  const { moved, trace } = await run(asking, ordering.applyPolicy(asked, was));
  const talk = remembering(asking, { kind: 'policy', before, after });
  const days = await desk.store.findDays(shop.id, localDate(now, shop.policy.timeZone));
  const own = [...days.values()].filter(
    ({ date, capSource }) => capSource === 'farmer' && weekdays.includes(weekdayOf(date)),
  );
  return {
    reply: replies.weekdaysSet(shop, { weekdays, moved, own }),
    talk: rememberingBooks({ talk, now }, trace),
  };
}

function withRule(rules: WeekRules, { weekdays, isNamed, boxes }: WeeklyReading): WeekRules {
  const named = weekdays.flatMap((day) => WEEKDAYS[day] ?? []);
  const { closedWeekdays } = rules;
  if (boxes === 0) return { ...rules, closedWeekdays: [...new Set([...closedWeekdays, ...named])] };
  if (boxes !== null) checkCap(boxes);
  // "평일은 40상자" opens no day that is closed by a rule of its own.
  const open = named.filter((day) => !closedWeekdays.includes(day));
  const meant = isNamed || open.length === 0 ? named : open;
  return {
    closedWeekdays: closedWeekdays.filter((day) => !meant.includes(day)),
    weekdayCapBoxes: withNumbers(rules.weekdayCapBoxes, meant, boxes),
  };
}

/** Opened without a number a day takes its usual one again. */
function withNumbers(
  numbers: WeekRules['weekdayCapBoxes'],
  weekdays: readonly Weekday[],
  boxes: number | null,
): WeekRules['weekdayCapBoxes'] {
  const next = { ...numbers };
  for (const day of weekdays)
    if (boxes !== null) next[day] = boxes;
    else if (next[day] === 0) delete next[day];
  return next;
}
