// People, what a message finds when it comes in, roles and invites.
import { randomBytes } from 'node:crypto';
import type { Role } from '../src/orders/change.ts';
import { DomainError } from '../src/orders/errors.ts';
import type { Held, PersonRecord, SenderKey, Turn } from '../src/orders/store.ts';
import type { Vault } from './crypto.ts';
import { type Context, openAnswer } from './operations.ts';
import { openHeld } from './outbox.ts';
import { all, type Body, first, q } from './statement.ts';

const HELD_MAX = 50;
const HOUR_MS = 3_600_000;
const WRONG_TRIES_PER_SENDER = 5;
const WRONG_TRIES_PER_BOT = 50;

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
  const held = yield* all(q.listHeld, { person_id: person.id });
  const waiting: Held[] = [];
  for (const row of oldestFirst(held)) waiting.push(yield* openHeld(context, person.id, row));
  // Keys that come from a platform are this person's own.
  const key = `${person.id}:${requestKey}`;
  const request = requestKey === null ? null : yield* first(q.findRequest, { key });
  const stored = request && (yield* openAnswer(context, key, request));
  return {
    person,
    roles: roles.map(({ store_id, role }) => ({ storeId: store_id, role: role as Role })),
    noticeVersion: known?.notice_version ?? null,
    conversation: talk && vault.openFor(person.id, `talk/${person.id}`, talk.sealed),
    version: talk?.version ?? 0,
    held: waiting,
    answered: stored?.reply ?? null,
  };
}

function oldestFirst<T extends { readonly id: number }>(rows: readonly T[]): readonly T[] {
  if (rows.length < 2) return rows;
  return [...rows].sort((a, b) => a.id - b.id).slice(0, HELD_MAX);
}

export type InviteUse = {
  readonly codeHash: string;
  readonly personId: string;
  readonly now: Date;
};

/** `locks`: what this try has locked for an hour, being the last that was free. */
type Joining = {
  readonly outcome: { storeId: string; roles: readonly Role[] } | 'wrong' | 'locked';
  readonly locks: 'sender' | 'bot' | null;
  readonly platform: string;
};

/**
 * Uses an invite. Wrong codes are counted per sender and, since a wrong code belongs to no store, per
 * bot through which they came; either locks for an hour, and leaves all other bots alone.
 */
export function* useInviteBody(context: Context, use: InviteUse): Body<Joining> {
  const now = use.now.toISOString();
  const since = new Date(use.now.getTime() - HOUR_MS).toISOString();
  const row = yield* first(q.findPerson, { id: use.personId });
  if (row === null) throw new DomainError('not_found', 'no such person');
  const { platform, bot } = openPerson(context, row).sender;
  const theBot = `bot ${JSON.stringify([platform, bot])}`;
  const own = yield* first(q.countWrongTries, { subject: use.personId, since });
  const everyone = yield* first(q.countWrongTries, { subject: theBot, since });
  const ownTries = Number(own?.tries);
  const allTries = Number(everyone?.tries);
  if (ownTries >= WRONG_TRIES_PER_SENDER || allTries >= WRONG_TRIES_PER_BOT)
    return { outcome: 'locked', locks: null, platform };
  const used = yield* first(q.useInvite, {
    code_hash: use.codeHash,
    person_id: use.personId,
    now,
  });
  if (used === null) {
    yield* all(q.addWrongTry, { subject: use.personId, at: now });
    yield* all(q.addWrongTry, { subject: theBot, at: now });
    const locksSender = ownTries + 1 === WRONG_TRIES_PER_SENDER;
    const locksBot = allTries + 1 === WRONG_TRIES_PER_BOT;
    const locks = locksBot ? 'bot' : locksSender ? 'sender' : null;
    return { outcome: 'wrong', locks, platform };
  }
  const roles = used.roles.split(',') as Role[];
  for (const role of roles)
    yield* all(q.grantRole, {
      store_id: used.store_id,
      person_id: use.personId,
      role,
      granted_at: now,
    });
  return { outcome: { storeId: used.store_id, roles }, locks: null, platform };
}

function hashOf({ vault }: Context, sender: SenderKey): string {
  return senderHash(vault, sender);
}

/** What a sender is found by. */
export function senderHash(vault: Vault, { platform, bot, user }: SenderKey): string {
  return vault.hash('sender', JSON.stringify([platform, bot, user]));
}

function openPerson(
  { vault }: Context,
  row: { id: string; wrapped_key: Uint8Array; sealed: Uint8Array },
): PersonRecord {
  vault.unwrapKey(row.id, row.wrapped_key);
  const personal = vault.openFor(row.id, personalPlace(row.id), row.sealed);
  return { id: row.id, ...(personal as Omit<PersonRecord, 'id'>) };
}
