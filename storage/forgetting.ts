// Erases a person in steps: first the orders that have ended, page by page; then, when nothing needs
// him any more, the key by which everything else of him is sealed.
import { decideForget } from '../src/orders/forgetting.ts';
import type { Forgotten } from '../src/orders/store.ts';
import { partFromAccount } from './accounts.ts';
import type { Context } from './operations.ts';
import { personalPlace, readKey } from './people.ts';
import { dropQuestionsOf } from './questions.ts';
import { toOrderCore } from './rows.ts';
import { all, type Body, first, q } from './statement.ts';

/** Orders of one transaction: short enough that nobody waits for it. */
const SLICE = 50;

export type Page = { readonly at: string; readonly id: string };
export const FIRST_PAGE: Page = { at: '', id: '' };

/** Erases what has ended on one page of the person's orders; answers where the next page begins. */
export function* forgetOrdersBody(personId: string, page: Page): Body<Page | null> {
  const { rows } = yield* eraseEnded(personId, page);
  const last = rows.at(-1);
  return last === undefined || rows.length < SLICE ? null : { at: last.placed_at, id: last.id };
}

/** Erases the person, or what of him no open order and no role needs. */
export function* forgetPersonBody(
  context: Context,
  { personId, now }: { readonly personId: string; readonly now: Date },
): Body<Forgotten | null> {
  const { vault } = context;
  const person = yield* first(q.takePerson, { id: personId });
  if (person === null) return null;
  if (person.erased_at !== null) return { isErased: true, keptOrders: [] };
  const at = now.toISOString();
  // What stands on his page is told again by the orders that stay.
  yield* all(q.dropPageEntries, { person_id: personId });
  yield* dropQuestionsOf(personId);
  const { openOrders, isWhole } = yield* eraseEnded(personId, FIRST_PAGE);
  if (isWhole) {
    yield* partFromAccount(context, personId, now);
    yield* all(q.dropConversation, { person_id: personId });
    yield* all(q.dropPage, { person_id: personId });
    yield* all(q.dropHeld, { person_id: personId });
    yield* all(q.erasePerson, { id: personId, sender_hash: `erased/${personId}`, now: at });
    vault.forgetKey(personId);
    return { isErased: true, keptOrders: [] };
  }
  yield* readKey(context, personId);
  const place = personalPlace(personId);
  const known = vault.openFor(personId, place, person.sealed) as Record<string, unknown>;
  // Whoever still gets boxes or has a role must be reached, so the sender stays.
  const sealed = vault.sealFor(personId, place, { ...known, name: null, phone: null });
  yield* all(q.sealPerson, { id: personId, sealed });
  yield* all(q.dropPage, { person_id: personId });
  const nothing = vault.sealFor(personId, `talk/${personId}`, null);
  yield* all(q.sealConversation, { person_id: personId, sealed: nothing });
  yield* all(q.markForget, { id: personId, now: at });
  return {
    isErased: false,
    keptOrders: openOrders.map(({ storeId, id, code }) => ({ storeId, id, code })),
  };
}

/** Decides about one page of the person's orders and erases those that have ended. */
function* eraseEnded(personId: string, page: Page) {
  const roles = yield* all(q.listRolesOf, { person_id: personId });
  const of = { buyer_id: personId, after_at: page.at, after_id: page.id };
  const rows = yield* all(q.listSealedOrdersOf, { ...of, limit: SLICE });
  const orders = [];
  for (const row of rows) {
    const { store_id, id: order_id } = row;
    orders.push(toOrderCore(row, yield* all(q.listParcelsOfOrder, { store_id, order_id })));
  }
  const forgetting = decideForget({ orders, roles });
  for (const { storeId: store_id, id } of forgetting.endedOrders) {
    yield* all(q.unsealOrder, { store_id, id });
    yield* all(q.unsealParcels, { store_id, order_id: id });
    yield* all(q.unsealListVersions, { store_id, order_id: id });
    yield* all(q.unsealRefunds, { store_id, order_id: id });
    yield* all(q.unsealReceipts, { store_id, order_id: id });
    yield* all(q.dropOpenChange, { store_id, order_id: id });
  }
  return { rows, ...forgetting };
}
