// The hours in which staff want to hear from us; what they do not want is told when those begin.
import { readHours } from '../language/read-hours.ts';
import { type Asking, type Handled, stay } from './desk.ts';
import * as replies from './replies/index.ts';

/** Null when it is not about the hours, or nobody of the staff says it. */
export async function answerHours(asking: Asking): Promise<Handled> {
  const { roles, desk, turn, shop } = asking;
  const said = roles.has('farmer') || roles.has('seller') ? readHours(asking.text) : null;
  if (said === null) return null;
  if (said.kind === 'unclear') return stay(asking, replies.whichHours());
  const hours = said.kind === 'always' ? null : { from: said.to, to: said.from };
  await desk.store.setQuietHours({ personId: turn.person.id, storeId: shop.id, hours });
  return stay(asking, hours === null ? replies.hoursAlways() : replies.hoursSet(hours));
}
