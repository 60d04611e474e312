// Who is one human being on several platforms: joined by a code, told of it on both sides, undone by either.
import { randomBytes } from 'node:crypto';
import { EVERY_STORE, type Notice } from '../src/orders/change.ts';
import type { AccountMember, CodeLook, PersonRecord, Store } from '../src/orders/store.ts';
import { type Context, oweNotices } from './operations.ts';
import { findPersonOf } from './people.ts';
import { bringHome } from './routes.ts';
import { all, type Body, first, q } from './statement.ts';
import { countTry, isLocked, type Tried } from './tries.ts';

export const ACCOUNT_MAX = 4;

/** The code is for one use within its time; one that the same person made before is over. */
export function* createAccountCode(
  { vault }: Context,
  { code, personId, now, expiresAt }: Parameters<Store['createAccountCode']>[0],
): Body<boolean> {
  const data = JSON.stringify({ person: personId });
  if ((yield* findAccount(personId)).length >= ACCOUNT_MAX) return false;
  yield* all(q.revokeAccountCodes, { data, now: now.toISOString() });
  yield* all(q.insertLink, {
    token_hash: vault.hash('account', code),
    id: `lnk_${randomBytes(6).toString('hex')}`,
    kind: 'account',
    store_id: EVERY_STORE,
    data,
    created_at: now.toISOString(),
    expires_at: expiresAt.toISOString(),
  });
  return true;
}

type Use = { readonly code: string; readonly person: PersonRecord; readonly now: Date };

/** Whose code it is, as far as may be said; it is not used up. A wrong one is counted. */
export function* lookAtCode(context: Context, use: Use): Body<CodeLook> {
  const { code, person, now } = use;
  const tried: Tried = { what: 'account', personId: person.id, sender: person.sender };
  if (yield* isLocked(tried, now)) return { refused: 'locked' };
  const at = now.toISOString();
  const link = yield* first(q.findLink, { token_hash: context.vault.hash('account', code) });
  const isOpen =
    link !== null && link.used_at === null && link.revoked_at === null && link.expires_at > at;
  const maker = isOpen ? yield* makerOf(link.data) : null;
  if (maker === null) {
    yield* countTry(context, tried, now);
    return { refused: 'wrong' };
  }
  return yield* mayJoin(maker, person.id);
}

/** Uses a code up. Everybody else of the account hears who came. */
export function* linkPeople(context: Context, use: Use): Body<CodeLook> {
  const look = yield* lookAtCode(context, use);
  if ('refused' in look) return look;
  const { person, now } = use;
  const at = now.toISOString();
  const token_hash = context.vault.hash('account', use.code);
  const ofUse = { token_hash, kind: 'account', person_id: person.id, now: at };
  const used = yield* first(q.useLink, ofUse);
  const maker = used && (yield* makerOf(used.data));
  const self = yield* first(q.findPerson, { id: person.id });
  if (maker === null || self === null) return { refused: 'wrong' };
  const accountId = maker.account_id ?? self.account_id ?? newAccountId();
  for (const { id, account_id } of [maker, self])
    if (account_id === null) yield* all(q.joinAccount, { id, account_id: accountId, now: at });
  const data = { person: person.id, platform: person.sender.platform, at };
  yield* tell(context, { kind: 'account_linked', data }, { personId: person.id, now });
  return look;
}

function newAccountId(): string {
  return `acc_${randomBytes(9).toString('base64url')}`;
}

type PersonRow = { readonly id: string; readonly account_id: string | null };

function* makerOf(data: string) {
  const { person } = JSON.parse(data) as { person: string };
  const row = yield* first(q.findPerson, { id: person });
  return row === null || row.erased_at !== null ? null : row;
}

function* mayJoin(maker: PersonRow & { readonly platform: string }, id: string): Body<CodeLook> {
  if (maker.id === id) return { refused: 'yourself' };
  const own = yield* findAccount(id);
  const theirs = yield* findAccount(maker.id);
  if (theirs.some(({ personId }) => personId === id)) return { refused: 'already' };
  // Each of both shares more than was said to him.
  if (own.length > 0 && theirs.length > 0) return { refused: 'both' };
  if (own.length + theirs.length >= ACCOUNT_MAX) return { refused: 'full' };
  return { platform: maker.platform, others: Math.max(0, theirs.length - 1) };
}

/** Everybody who is the same human being, himself included; empty while he is linked with nobody. */
export function* findAccount(personId: string): Body<readonly AccountMember[]> {
  const row = yield* first(q.findPerson, { id: personId });
  if (row === null || row.account_id === null) return [];
  const members = yield* all(q.listAccount, { account_id: row.account_id });
  return members.map(({ id, platform, linked_at, preferred, blocked_at }) => ({
    personId: id,
    platform,
    linkedAt: linked_at ?? '',
    isPreferred: preferred === 1,
    isBlocked: blocked_at !== null,
  }));
}

/**
 * Takes a person out of his account; of two both are alone again. Each keeps the orders placed by it, and
 * hears of those only. Answers also which orders' pages moved.
 */
export function* unlinkPerson(
  context: Context,
  { personId, actorId, now }: Parameters<Store['unlinkPerson']>[0],
): Body<{ platform: string; moved: readonly Place[] } | null> {
  const members = yield* findAccount(personId);
  const self = members.find((one) => one.personId === personId);
  const isTheirs = actorId === null || members.some((one) => one.personId === actorId);
  if (self === undefined || !isTheirs) return null;
  const data = { person: personId, platform: self.platform, at: now.toISOString() };
  yield* tell(
    context,
    { kind: 'account_unlinked', data },
    { personId: actorId ?? '', now },
    members,
  );
  const moved = yield* part(context, { personId, actorId, members, now });
  return { platform: self.platform, moved };
}

/** The same without a word, for who is erased. */
export function* partFromAccount(context: Context, personId: string, now: Date): Body<void> {
  const members = yield* findAccount(personId);
  if (members.length > 0) yield* part(context, { personId, actorId: personId, members, now });
}

type Place = { readonly store_id: string; readonly id: string };
type Parting = {
  readonly personId: string;
  /** Whose turn this is: it ends by itself. */
  readonly actorId: string | null;
  readonly members: readonly AccountMember[];
  readonly now: Date;
};

/**
 * What was begun while they were one means nothing any more: the account has another id for those who
 * stay, by which each conversation knows it, and the pages that all of them were shown move.
 */
function* part(context: Context, { personId, actorId, members, now }: Parting): Body<Place[]> {
  const rest = members.filter((one) => one.personId !== personId);
  const self = yield* first(q.findPerson, { id: personId });
  yield* all(q.leaveAccount, { id: personId });
  for (const alone of rest.length === 1 ? rest : [])
    yield* all(q.leaveAccount, { id: alone.personId });
  yield* all(q.renameAccount, { account_id: self?.account_id ?? '', name: newAccountId() });
  const moved: Place[] = [];
  for (const one of members) {
    moved.push(...(yield* all(q.endLinksOfBuyer, { buyer_id: one.personId })));
    // A turn that is under way begins anew.
    if (one.personId !== actorId) yield* all(q.touchConversation, { person_id: one.personId });
    yield* bringHome(context, one.personId, now);
  }
  return moved;
}

/** Every member but one hears it, each where he is. */
function* tell(
  context: Context,
  notice: Pick<Notice, 'data'> & { readonly kind: 'account_linked' | 'account_unlinked' },
  but: { readonly personId: string; readonly now: Date },
  members?: readonly AccountMember[],
): Body<void> {
  const { personId: actorId, now } = but;
  const heard = members ?? (yield* findAccount(actorId));
  const notices = heard
    .filter(({ personId }) => personId !== actorId)
    .map(
      ({ personId }): Notice => ({
        ...notice,
        to: { person: personId },
        data: { ...notice.data, isHere: notice.data.person === personId },
      }),
    );
  yield* oweNotices(context, { storeId: EVERY_STORE, now, actorId }, notices);
}

/** From now on notices go here first; false while he is linked with nobody. */
export function* preferPerson(personId: string): Body<boolean> {
  const row = yield* first(q.findPerson, { id: personId });
  if (row === null || row.account_id === null) return false;
  yield* all(q.preferPerson, { id: personId, account_id: row.account_id });
  return true;
}

/** What his platform says of him without a word of his. True where something is to be sent again. */
export function* setReach(
  context: Context,
  { sender, isReachable, now }: Parameters<Store['setReach']>[0],
): Body<boolean> {
  const person = yield* findPersonOf(context, sender);
  if (person === null) return false;
  const at = now.toISOString();
  if (!isReachable) {
    yield* all(q.blockPerson, { id: person.id, now: at });
    return true;
  }
  yield* all(q.unblockPerson, { id: person.id });
  return (yield* all(q.sendBlocked, { person_id: person.id, now: at })).length > 0;
}
