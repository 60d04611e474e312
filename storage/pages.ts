// What stands on people's pages of the web chat, sealed with their own keys.
import type { NewPageEntry, PageEntry, SenderKey } from '../src/orders/store.ts';
import type { Context } from './operations.ts';
import { findPersonOf } from './people.ts';
import { all, type Body, q } from './statement.ts';

/** As much as anybody scrolls back; what is older stands in the orders themselves. */
const ENTRIES_KEPT = 100;

export function* addPageEntriesBody(
  context: Context,
  { sender, entries, now }: { sender: SenderKey; entries: readonly NewPageEntry[]; now: Date },
): Body<boolean> {
  const person = yield* findPersonOf(context, sender);
  if (person === null) return false;
  for (const { key, entry } of entries)
    yield* all(q.insertPageEntry, {
      person_id: person.id,
      key,
      sealed: context.vault.sealFor(person.id, placeOf(person.id, key), entry),
      at: now.toISOString(),
    });
  yield* all(q.forgetPageEntries, { person_id: person.id, kept: ENTRIES_KEPT });
  return true;
}

export function* renewPageEntriesBody(
  context: Context,
  added: Parameters<typeof addPageEntriesBody>[1],
): Body<boolean> {
  const person = yield* findPersonOf(context, added.sender);
  if (person === null) return false;
  for (const { key } of added.entries) yield* all(q.dropPageEntry, { person_id: person.id, key });
  return yield* addPageEntriesBody(context, added);
}

export function* findPageEntries(
  context: Context,
  sender: SenderKey,
  { after, limit }: { after: number; limit: number },
): Body<PageEntry[]> {
  const person = yield* findPersonOf(context, sender);
  if (person === null) return [];
  const rows = yield* all(q.listPageEntries, { person_id: person.id, after, limit });
  return rows.toReversed().map(({ id, key, sealed, at }) => ({
    id,
    key,
    entry: context.vault.openFor(person.id, placeOf(person.id, key), sealed),
    at,
  }));
}

function placeOf(personId: string, key: string): string {
  return `page/${personId}/${key}`;
}
