// Who works where: joining by a code, who hears of it, and leaving.
import type { Notice, Role } from '../src/orders/change.ts';
import { DomainError } from '../src/orders/errors.ts';
import type { StaffMember, Store } from '../src/orders/store.ts';
import { type Context, oweNotices } from './operations.ts';
import { openPerson } from './people.ts';
import { all, type Body, first, q } from './statement.ts';
import { countTry, isLocked, type Tried } from './tries.ts';

export function* createInviteBody(
  { vault }: Context,
  { codeHash, storeId, roles, expiresAt }: Parameters<Store['createInvite']>[0],
): Body<void> {
  yield* all(q.insertInvite, {
    code_hash: vault.hash('invite', codeHash),
    store_id: storeId,
    roles: roles.join(','),
    expires_at: expiresAt,
  });
}

const ROLES_TOLD = ['farmer', 'seller', 'admin'] as const satisfies readonly Role[];

/** Uses a code. Whoever works there hears who came; of a lock the admins hear, once. */
export function* joinBody(
  context: Context,
  { codeHash, personId, now }: Parameters<Store['useInvite']>[0],
): Body<{ storeId: string; roles: readonly Role[] } | 'wrong' | 'locked'> {
  const row = yield* first(q.findPerson, { id: personId });
  if (row === null) throw new DomainError('not_found', 'no such person');
  const { sender } = openPerson(context, row);
  const tried: Tried = { what: 'invite', personId, sender };
  if (yield* isLocked(tried, now)) return 'locked';
  const at = now.toISOString();
  const code_hash = context.vault.hash('invite', codeHash);
  const used = yield* first(q.useInvite, { code_hash, person_id: personId, now: at });
  if (used === null) {
    yield* countTry(context, tried, now);
    return 'wrong';
  }
  const { store_id, roles: given } = used;
  const roles = given.split(',') as Role[];
  for (const role of roles)
    yield* all(q.grantRole, { store_id, person_id: personId, role, granted_at: at });
  const { platform } = sender;
  yield* tellOfJoining(context, { storeId: store_id, roles, personId, platform, now });
  return { storeId: store_id, roles };
}

/** Whoever works at the store hears who came, however he came. */
export function* tellOfJoining(
  context: Context,
  joined: {
    readonly storeId: string;
    readonly roles: readonly Role[];
    readonly personId: string;
    readonly platform: string;
    readonly now: Date;
  },
): Body<void> {
  const { storeId, roles, personId, platform, now } = joined;
  const data = { person: personId, roles, platform, at: now.toISOString() };
  // One mark for all: whoever has two roles hears it once.
  const notices = ROLES_TOLD.map(
    (role): Notice => ({ to: { role }, kind: 'staff_joined', about: storeId, data }),
  );
  yield* oweNotices(context, { storeId, now, actorId: personId }, notices);
}

export function* findStaffBody(storeId: string): Body<readonly StaffMember[]> {
  const rows = yield* all(q.listStaff, { store_id: storeId });
  const byPerson = Map.groupBy(rows, ({ person_id }) => person_id);
  return [...byPerson].map(([personId, own]) => ({
    personId,
    platform: own[0]?.platform ?? '',
    roles: own.map(({ role }) => role as Role),
    since: own.map(({ granted_at }) => granted_at).sort()[0] ?? '',
  }));
}

/**
 * Takes roles away, which the person hears; what was owed to him as staff of the store is not told any
 * more, and no link of his shows its lists.
 */
export function* removeRolesBody(
  context: Context,
  of: Parameters<Store['removeRoles']>[0],
): Body<number> {
  const { storeId: store_id, personId: person_id } = of;
  const removed: Role[] = [];
  for (const role of of.roles)
    if ((yield* first(q.removeRole, { store_id, person_id, role })) !== null) removed.push(role);
  const left = (yield* all(q.listRolesOf, { person_id })).filter(
    (one) => one.store_id === store_id,
  );
  if (removed.length === 0) return 0;
  if (left.length === 0) {
    const owed = { store_id, person_id, now: of.now.toISOString() };
    yield* all(q.dropOwedToStaff, owed);
    yield* all(q.dropDueToStaff, owed);
  }
  // Who knows whose link it was? Those who stay get a new one with the next look at the list.
  if (removed.includes('farmer'))
    yield* all(q.revokePrintLinks, { store_id, now: of.now.toISOString() });
  const to = { person: person_id };
  yield* oweNotices(context, of, [{ to, kind: 'role_removed', data: { roles: removed } }]);
  return removed.length;
}
