// On which platform of a person a notice is told: at first, when one does not take it, and when two
// persons who were one no longer are.
import { type Audience, isRouted } from '../src/orders/change.ts';
import type { Context } from './operations.ts';
import { contentPlace } from './outbox.ts';
import { readKey } from './people.ts';
import { all, type Body, first, q } from './statement.ts';

/** Each other platform of an account once. */
const MOVES_MAX = 3;
/** Why a platform takes nothing more of what we say first. */
const CLOSED: ReadonlySet<string> = new Set(['blocked', 'bad_address']);

type Told = { readonly kind: string; readonly audience: Audience };

/** What the statements compare a notice's platforms with; between commas. */
export function routing({ holdFor }: Context, notice: Told) {
  return {
    hold_for: `,${[...holdFor(notice)].join()},`,
    is_routed: isRouted(notice) ? 1 : 0,
    but: '',
  };
}

export function isClosedBy(cause: string | null): boolean {
  return cause !== null && CLOSED.has(cause);
}

/** Sends a row on that could not be told where it is; false when no platform is left. */
export function* sendElsewhere(context: Context, id: number, now: Date): Body<boolean> {
  const row = yield* first(q.findMoving, { id });
  if (row === null || row.moves >= MOVES_MAX) return false;
  const told = { kind: row.kind, audience: row.audience as Audience };
  const route = yield* first(q.findRoute, {
    ...routing(context, told),
    but: row.person_id,
    person_id: row.owner_id ?? row.person_id,
  });
  if (route === null || route.route_id === null) return false;
  // Words that somebody may have read go along to the letter, and are a copy there.
  const copies = row.copies + (row.content === null ? 0 : 1);
  const due = { state: 'due', due_at: now.toISOString(), cause: 'moved' };
  const to = { personId: route.route_id, ...due, copies, moves: row.moves + 1 };
  yield* move(context, row, to);
  return true;
}

/**
 * Brings back to a person what waits with others for him. The words that were kept are forgotten: they
 * may tell of both, and from now on each hears of his own only.
 */
export function* bringHome(context: Context, ownerId: string, now: Date): Body<void> {
  const strangers = function* (): Body<readonly { id: number; leader_id: number }[]> {
    const owner = yield* first(q.findPerson, { id: ownerId });
    const away = yield* all(q.listAway, { owner_id: ownerId });
    const mine = new Set(
      owner?.account_id == null
        ? []
        : (yield* all(q.listAccount, { account_id: owner.account_id })).map(({ id }) => id),
    );
    return away.filter(({ person_id }) => !mine.has(person_id));
  };
  for (const { leader_id } of yield* strangers()) yield* takeApart(leader_id, now);
  for (const { id } of yield* strangers()) {
    const row = yield* first(q.findMoving, { id });
    if (row === null) continue;
    const told = { kind: row.kind, audience: row.audience as Audience };
    const route = yield* first(q.findRoute, { ...routing(context, told), person_id: ownerId });
    const personId = route?.route_id ?? ownerId;
    const isHeld = (route?.route_id ?? null) === null;
    const dueAt = row.due_at ?? now.toISOString();
    const { copies, moves } = row;
    const to = { personId, state: isHeld ? 'held' : 'due', due_at: isHeld ? null : dueAt };
    yield* move(context, row, { ...to, cause: 'home', copies, moves });
  }
}

/** What one message told is told by several again: its words are gone. */
export function* takeApart(leaderId: number, now: Date): Body<void> {
  const due = { state: 'due', due_at: now.toISOString(), cause: 'home', died_at: null };
  yield* all(q.rewordOutbox, { id: leaderId, content: null });
  yield* all(q.settleBundled, { ...due, bundle_id: leaderId });
}

type Moving = {
  readonly id: number;
  readonly key: string;
  readonly person_id: string;
  readonly owner_id: string | null;
  readonly said: Uint8Array | null;
};
type To = {
  readonly personId: string;
  readonly state: string;
  readonly due_at: string | null;
  readonly cause: string;
  readonly copies: number;
  readonly moves: number;
};

/** With all that its words tell; sealed anew for who hears it now. The key stays: it names whose it is. */
function* move(
  context: Context,
  row: Moving & { readonly content: Uint8Array | null },
  { personId, ...to }: To,
): Body<void> {
  yield* readKey(context, row.person_id);
  yield* readKey(context, personId);
  const content = sealAnew(context, { ...row, personId, place: contentPlace(row.id) }, row.content);
  yield* all(q.moveOutbox, { id: row.id, ...to, ...heardBy(context, row, personId), content });
  for (const bundled of yield* all(q.listMovingBundled, { bundle_id: row.id }))
    yield* all(q.moveBundled, { id: bundled.id, ...heardBy(context, bundled, personId) });
}

function heardBy(context: Context, row: Moving, personId: string) {
  const owner = row.owner_id ?? row.person_id;
  return {
    person_id: personId,
    owner_id: owner === personId ? null : owner,
    said: sealAnew(context, { ...row, personId, place: row.key }, row.said),
  };
}

function sealAnew(
  { vault }: Context,
  { person_id, personId, place }: { person_id: string; personId: string; place: string },
  sealed: Uint8Array | null,
): Uint8Array | null {
  if (sealed === null) return null;
  return vault.sealFor(personId, place, vault.openFor(person_id, place, sealed));
}
