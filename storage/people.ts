// People, and what a message finds when it comes in.
import { randomBytes } from 'node:crypto';
import { type Audience, isRouted, type Role } from '../src/orders/change.ts';
import { DomainError } from '../src/orders/errors.ts';
import type { Held, PersonRecord, SenderKey, Turn } from '../src/orders/store.ts';
import type { Vault } from './crypto.ts';
import { type Context, openAnswer } from './operations.ts';
import { openHeld } from './outbox.ts';
import { all, type Body, first, q } from './statement.ts';

const HELD_MAX = 50;

export function personalPlace(personId: string): string {
  return `person/${personId}`;
}

/** Whose key was destroyed: nothing more is written for him. */
export function* isErased(personId: string): Body<boolean> {
  const row = yield* first(q.findPerson, { id: personId });
  return row !== null && row.erased_at !== null;
}

/** Makes sure that a person's key is in the vault, unless the person is erased. */
export function* readKey({ vault }: Context, personId: string): Body<void> {
  if (vault.hasKey(personId)) return;
  const row = yield* first(q.findPerson, { id: personId });
  if (row === null) throw new DomainError('not_found', 'no such person');
  vault.unwrapKey(personId, row.wrapped_key);
}

/** For who is about to owe him boxes: he stays until that is written, and his key is in the vault. */
export function* holdPerson({ vault }: Context, personId: string): Body<void> {
  const row = yield* first(q.holdPerson, { id: personId });
  if (row !== null) vault.unwrapKey(personId, row.wrapped_key);
  if (row === null || row.erased_at !== null) throw new DomainError('not_found', 'no such person');
}

/** The sender as known, or made known now. */
export function* meetPerson(context: Context, sender: SenderKey, now: Date): Body<PersonRecord> {
  const known = yield* findPersonOf(context, sender);
  if (known !== null) return known;
  const { person, newKey } = strangerOf(context, sender);
  if (yield* storePerson(context, { person, newKey, now })) return person;
  // Another process met the same sender at this very moment.
  const met = yield* findPersonOf(context, sender);
  if (met === null) throw new Error('a sender is known and cannot be found');
  return met;
}

/** A person nobody has stored yet: an id and a key of his own. */
function strangerOf({ vault }: Context, sender: SenderKey): Stranger {
  const id = `per_${randomBytes(9).toString('base64url')}`;
  return { person: { id, sender, name: null, phone: null }, newKey: vault.createKey(id) };
}

type Stranger = { readonly person: PersonRecord; readonly newKey: Uint8Array };

/** Stores a stranger; false when another process met the same sender meanwhile. */
export function* storePerson(
  context: Context,
  { person, newKey, now }: Stranger & { readonly now: Date },
): Body<boolean> {
  const { id, sender } = person;
  const stored = yield* first(q.insertPerson, {
    id,
    sender_hash: hashOf(context, sender),
    platform: sender.platform,
    wrapped_key: newKey,
    sealed: sealPersonal(context, person),
    created_at: now.toISOString(),
  });
  return stored !== null;
}

export function sealPersonal({ vault }: Context, person: PersonRecord): Uint8Array {
  const { id, ...personal } = person;
  return vault.sealFor(id, personalPlace(id), personal);
}

export function* findPersonOf(context: Context, sender: SenderKey): Body<PersonRecord | null> {
  const row = yield* first(q.findPersonBySender, { sender_hash: hashOf(context, sender) });
  return row === null ? null : openPerson(context, row);
}

/** What a sender's turn starts from; a stranger is made up and not stored. */
export function* findTurnBody(
  context: Context,
  sender: SenderKey,
  requestKey: string | null,
): Body<Turn> {
  const known = yield* findPersonOf(context, sender);
  const { person, newKey } =
    known === null ? strangerOf(context, sender) : { person: known, newKey: null };
  const turn = yield* turnOf(context, person, requestKey);
  return { ...turn, newKey, isNew: newKey !== null };
}

function* turnOf(
  context: Context,
  person: PersonRecord,
  requestKey: string | null,
): Body<Omit<Turn, 'isNew' | 'newKey'>> {
  const { vault } = context;
  const known = yield* first(q.findPerson, { id: person.id });
  const roles = yield* all(q.listRolesOf, { person_id: person.id });
  const talk = yield* first(q.findConversation, { person_id: person.id });
  const held = yield* listWaiting(context, person.id, known?.account_id ?? null);
  const waiting: Held[] = [];
  for (const { personId, ...row } of oldestFirst(held))
    waiting.push(yield* openHeld(context, personId, row));
  // Keys that come from a platform are this person's own.
  const key = `${person.id}:${requestKey}`;
  const request = requestKey === null ? null : yield* first(q.findRequest, { key });
  const stored = request && (yield* openAnswer(context, key, request));
  return {
    person,
    roles: roles.map(({ store_id, role }) => ({ storeId: store_id, role: role as Role })),
    noticeVersion: known?.notice_version ?? null,
    accountId: known?.account_id ?? null,
    isBlocked: known !== null && known.blocked_at !== null,
    conversation: talk && vault.openFor(person.id, `talk/${person.id}`, talk.sealed),
    version: talk?.version ?? 0,
    held: waiting,
    answered: stored?.reply ?? null,
  };
}

/** What waits for him, here or where he is linked. */
function* listWaiting({ vault }: Context, personId: string, accountId: string | null) {
  const own = yield* all(q.listHeld, { person_id: personId });
  const waiting = own.map((row) => ({ ...row, personId }));
  if (accountId === null) return waiting;
  for (const { id, wrapped_key } of yield* all(q.listAccount, { account_id: accountId })) {
    if (id === personId) continue;
    vault.unwrapKey(id, wrapped_key);
    for (const row of yield* all(q.listHeld, { person_id: id }))
      if (isRouted({ kind: row.kind, audience: row.audience as Audience }))
        waiting.push({ ...row, personId: id });
  }
  return waiting;
}

function oldestFirst<T extends { readonly id: number }>(rows: readonly T[]): readonly T[] {
  if (rows.length < 2) return rows;
  return [...rows].sort((a, b) => a.id - b.id).slice(0, HELD_MAX);
}

function hashOf({ vault }: Context, sender: SenderKey): string {
  return senderHash(vault, sender);
}

/** What a sender is found by. */
export function senderHash(vault: Vault, { platform, bot, user }: SenderKey): string {
  return vault.hash('sender', JSON.stringify([platform, bot, user]));
}

/** Puts his key into the vault. */
export function openPerson(
  { vault }: Context,
  row: { id: string; wrapped_key: Uint8Array; sealed: Uint8Array },
): PersonRecord {
  vault.unwrapKey(row.id, row.wrapped_key);
  const personal = vault.openFor(row.id, personalPlace(row.id), row.sealed);
  return { id: row.id, ...(personal as Omit<PersonRecord, 'id'>) };
}
