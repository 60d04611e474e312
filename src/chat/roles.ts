// The one place that asks for a role: presses by what they do, words by what they plainly are.
import { confirmedCode, staffRolesFor } from '../language/staff-words.ts';
import { EVERY_STORE, type Role } from '../orders/change.ts';
import type { Turn } from '../orders/store.ts';
import { type Asking, contextOf, type Step, stay } from './desk.ts';
import { ordersOf } from './own-orders.ts';
import * as replies from './replies/index.ts';

/** A Map, because what was pressed comes from outside: `toString` must not find a method. */
const PRESS_ROLES: ReadonlyMap<string, Role> = new Map([
  ['page', 'farmer'],
  ['freeze', 'farmer'],
  ['carrier', 'farmer'],
  ['row-cancel', 'farmer'],
  ['older-list', 'farmer'],
  ['which-row', 'farmer'],
  ['waybill-rest', 'farmer'],
  ['farm-days', 'farmer'],
  ['undo', 'farmer'],
  ['deposit-pay', 'seller'],
  ['deposit-back', 'seller'],
  ['deposit-none', 'seller'],
  ['deposit-other', 'seller'],
  ['deposit-undo', 'seller'],
  ['part-wait', 'seller'],
  ['part-refund', 'seller'],
  ['undated-refund', 'seller'],
  ['refund-done', 'seller'],
  ['refund-failed', 'seller'],
  ['refunds-page', 'seller'],
  ['receipt-done', 'seller'],
  ['receipts-page', 'seller'],
  ['question-answer', 'seller'],
  ['question-close', 'seller'],
  ['question-send', 'seller'],
  ['question-stop', 'seller'],
]);

/** The refusal of a press that needs a role its sender does not have here; null when he may. */
export function refusePress(asking: Asking): Step | null {
  const needed = PRESS_ROLES.get(asking.message.press?.act ?? '');
  if (needed === undefined || asking.roles.has(needed)) return null;
  return { ...stay(asking, replies.needsRole([needed])), isTentative: true };
}

/** The refusal of a plain command that no role of the sender took; null when anybody may say it. */
export async function refuseWords(asking: Asking): Promise<Step | null> {
  if (asking.talk.draft !== null) return null;
  const needed = staffRolesFor(asking.text, contextOf(asking).today);
  if (needed === null || needed.some((role) => asking.roles.has(role))) return null;
  const code = confirmedCode(asking.text);
  const isOwn = code !== null && (await ordersOf(asking)).some((order) => order.code === code);
  return isOwn ? null : stay(asking, replies.needsRole(needed));
}

/** The roles that count in a store: those given there, and those that hold everywhere. */
export function rolesAt({ roles }: Pick<Turn, 'roles'>, storeId: string): ReadonlySet<Role> {
  const own = roles.filter((one) => one.storeId === storeId || one.storeId === EVERY_STORE);
  return new Set(own.map(({ role }) => role));
}

/** Whether the sender works at this store, or for all of them. */
export function isStaffOf(turn: Pick<Turn, 'roles'>, storeId: string): boolean {
  return rolesAt(turn, storeId).size > 0;
}
