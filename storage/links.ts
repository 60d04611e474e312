// Links that let somebody in: made, used up once, taken back. Only a keyed hash of the token is kept.
import { randomBytes } from 'node:crypto';
import type { Role } from '../src/orders/change.ts';
import type {
  EnteredByLink,
  FollowedBoardLink,
  FollowedLink,
  FollowedSession,
  NewLink,
  OpenLink,
  SenderKey,
} from '../src/orders/store.ts';
import type { Context } from './operations.ts';
import { meetPerson } from './people.ts';
import { tellOfJoining } from './staff.ts';
import { all, type Body, first, q } from './statement.ts';

const HOUR_MS = 3_600_000;
/** Refused links are counted under a subject of their own: a stranger's token belongs to nobody. */
const REFUSED = 'link';

type ChatLinkData = { readonly roles: readonly Role[] };
type PrintLinkData = { readonly date: string };
type SessionData = { readonly keyId: string };
type BoardLinkData = { readonly personId: string };

export function* createLinkBody({ vault }: Context, link: NewLink): Body<string> {
  const id = `lnk_${randomBytes(6).toString('hex')}`;
  yield* all(q.insertLink, {
    token_hash: vault.hash('link', link.token),
    id,
    kind: link.kind,
    store_id: link.storeId,
    data: JSON.stringify(link.data),
    created_at: link.now.toISOString(),
    expires_at: link.expiresAt.toISOString(),
  });
  return id;
}

/** Looks first and meets then, so that a guessed token makes nobody known. */
export function* enterByLinkBody(
  context: Context,
  { token, sender, now }: { token: string; sender: SenderKey; now: Date },
): Body<EnteredByLink> {
  const at = now.toISOString();
  const token_hash = context.vault.hash('link', token);
  const link = yield* first(q.findLink, { token_hash });
  if (link === null || link.kind !== 'chat') return { refused: yield* refuse('forged', now) };
  if (link.used_at !== null) return { refused: yield* refuse('used', now) };
  if (isOver(link, at)) return { refused: yield* refuse('expired', now) };
  const person = yield* meetPerson(context, sender, now);
  const used = yield* first(q.useLink, { token_hash, kind: 'chat', person_id: person.id, now: at });
  if (used === null) return { refused: yield* refuse('used', now) };
  const { roles } = JSON.parse(used.data) as ChatLinkData;
  for (const role of roles)
    yield* all(q.grantRole, {
      store_id: used.store_id,
      person_id: person.id,
      role,
      granted_at: at,
    });
  const { id: personId } = person;
  const { platform } = sender;
  yield* tellOfJoining(context, { storeId: used.store_id, roles, personId, platform, now });
  return { storeId: used.store_id, roles };
}

/** Looked at only: a page that is opened again and again writes nothing. */
export function* followPrintLink(
  { vault }: Context,
  { token, now }: { token: string; now: Date },
): Body<FollowedLink> {
  const link = yield* first(q.findLink, { token_hash: vault.hash('link', token) });
  if (link === null || link.kind !== 'print') return { refused: 'forged' };
  if (isOver(link, now.toISOString())) return { refused: 'expired' };
  const { date } = JSON.parse(link.data) as PrintLinkData;
  return { storeId: link.store_id, date };
}

/** Ends with the role of whom it was made for. */
export function* followBoardLink(
  { vault }: Context,
  { token, now }: { token: string; now: Date },
): Body<FollowedBoardLink> {
  const link = yield* first(q.findLink, { token_hash: vault.hash('link', token) });
  if (link === null || link.kind !== 'board') return { refused: 'forged' };
  if (isOver(link, now.toISOString())) return { refused: 'expired' };
  const { personId } = JSON.parse(link.data) as BoardLinkData;
  const roles = yield* all(q.listRolesOf, { person_id: personId });
  const isFarmer = roles.some(
    ({ store_id, role }) => store_id === link.store_id && role === 'farmer',
  );
  return isFarmer ? { storeId: link.store_id, personId } : { refused: 'expired' };
}

export function* followSession(
  { vault }: Context,
  { token, now }: { token: string; now: Date },
): Body<FollowedSession> {
  const link = yield* first(q.findLink, { token_hash: vault.hash('link', token) });
  if (link === null || link.kind !== 'ops') return { refused: 'forged' };
  if (isOver(link, now.toISOString())) return { refused: 'expired' };
  const { keyId } = JSON.parse(link.data) as SessionData;
  return { id: link.id, keyId };
}

function isOver(link: { revoked_at: string | null; expires_at: string }, at: string): boolean {
  return link.revoked_at !== null || link.expires_at <= at;
}

/** Counted by the hour: a flood of guesses writes into one row. */
export function* refuse<T extends string>(refused: T, now: Date): Body<T> {
  const hour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  yield* all(q.addWrongTry, { subject: REFUSED, at: hour.toISOString() });
  return refused;
}

/** How many were refused in the hours that began after `since`. */
export function* countRefusedLinks(since: Date): Body<number> {
  const counted = yield* first(q.countWrongTries, { subject: REFUSED, since: since.toISOString() });
  return Number(counted?.tries ?? 0);
}

export function* listOpenLinks(now: Date, limit: number): Body<OpenLink[]> {
  const rows = yield* all(q.listOpenLinks, { now: now.toISOString(), limit });
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as OpenLink['kind'],
    storeId: row.store_id,
    data: JSON.parse(row.data) as OpenLink['data'],
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
  }));
}
