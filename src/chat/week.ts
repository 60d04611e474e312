// "이번 주": what the coming days hold, for whoever works at the farm.
import { asksForWeek } from '../language/week.ts';
import { localDate } from '../orders/dates.ts';
import { forecast } from '../orders/evening.ts';
import { type Asking, type Handled, stay } from './desk.ts';
import * as replies from './replies/index.ts';

/** Null for anybody else, whose week is a wish for a day. */
export async function answerWeek(asking: Asking): Promise<Handled> {
  const { desk, shop, now, roles, talk, text } = asking;
  const isFarmer = roles.has('farmer');
  if (talk.draft !== null || !(isFarmer || roles.has('seller')) || !asksForWeek(text)) return null;
  const today = localDate(now, shop.policy.timeZone);
  const days = await desk.store.findDays(shop.id, today);
  const unpaid = await desk.store.findUnpaid(shop.id);
  const ahead = forecast({ shop, days, now }, unpaid, today);
  return stay(asking, replies.weekAhead(ahead, { isSeller: roles.has('seller'), isFarmer }));
}
