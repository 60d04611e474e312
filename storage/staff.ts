// Who works where: joining by a code, who hears of it, and leaving.
import type { Notice, Role } from '../src/orders/change.ts';
import type { StaffMember } from '../src/orders/store.ts';
import { type Context, oweNotices } from './operations.ts';
import { type InviteUse, useInviteBody } from './people.ts';
import { all, type Body, q } from './statement.ts';

/** Where roles are held that count in every store. */
const EVERY_STORE = '*';
const ROLES_TOLD = ['farmer', 'seller', 'admin'] as const satisfies readonly Role[];

/** Uses a code. Whoever works there hears who came; of a lock the admins hear, once. */
export function* joinBody(
  context: Context,
  use: InviteUse,
): Body<{ storeId: string; roles: readonly Role[] } | 'wrong' | 'locked'> {
  const { outcome, locks, platform } = yield* useInviteBody(context, use);
  const { personId: actorId, now } = use;
  if (locks !== null) {
    const notice: Notice = {
      to: { role: 'admin' },
      kind: 'codes_locked',
      data: { whose: locks, platform },
    };
    yield* oweNotices(context, { storeId: EVERY_STORE, now, actorId }, [notice]);
  }
  if (typeof outcome === 'string') return outcome;
  const { storeId, roles } = outcome;
  const data = { person: actorId, roles, platform, at: now.toISOString() };
  // One mark for all: whoever has two roles hears it once.
  const notices = ROLES_TOLD.map(
    (role): Notice => ({ to: { role }, kind: 'staff_joined', about: storeId, data }),
  );
  yield* oweNotices(context, { storeId, now, actorId }, notices);
  return outcome;
}

export function* findStaffBody(storeId: string): Body<readonly StaffMember[]> {
  const rows = yield* all(q.listStaff, { store_id: storeId });
  const byPerson = Map.groupBy(rows, ({ person_id }) => person_id);
  return [...byPerson].map(([personId, own]) => ({
    personId,
    platform: own[0]?.platform ?? '',
    roles: own.map(({ role }) => role as Role),
  }));
}

/** Takes roles away; what was owed to the person as staff of the store is not told any more. */
export function* removeRolesBody(of: {
  readonly storeId: string;
  readonly personId: string;
  readonly roles: readonly Role[];
  readonly now: Date;
}): Body<number> {
  const { storeId: store_id, personId: person_id } = of;
  let removed = 0;
  for (const role of of.roles)
    removed += (yield* all(q.removeRole, { store_id, person_id, role })).length;
  const left = (yield* all(q.listRolesOf, { person_id })).filter(
    (one) => one.store_id === store_id,
  );
  if (removed > 0 && left.length === 0)
    yield* all(q.dropOwedToStaff, { store_id, person_id, now: of.now.toISOString() });
  return removed;
}
