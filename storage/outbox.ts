// The outbox as bodies for every engine: claimed, sent, settled, and what is done about the dead.
import { randomBytes } from 'node:crypto';
import { type Audience, EVERY_STORE } from '../src/orders/change.ts';
import type {
  Held,
  Letter,
  LetterInFull,
  Mending,
  OutboxEnd,
  OutboxRow,
  OutboxState,
  Owed,
  QueueFigures,
  SenderKey,
  Settled,
  Store,
} from '../src/orders/store.ts';
import { type Context, keysOf } from './operations.ts';
import { findPersonOf, personalPlace, readKey } from './people.ts';
import { bringHome, isClosedBy, sendElsewhere, takeApart } from './routes.ts';
import { all, type Body, first, q, together } from './statement.ts';

/** Dead letters told of in one alarm; the next alarm tells of the rest. */
const ALARM_MAX = 500;
const NEWEST = Number.MAX_SAFE_INTEGER;

type NoticeRow = {
  readonly id: number;
  readonly store_id: string;
  readonly key: string;
  readonly kind: string;
  readonly order_id: string | null;
  readonly data: string;
  readonly said: Uint8Array | null;
  readonly created_at: string;
  readonly owner_id: string | null;
};

/** Reads a notice of a person whose key is in the vault. */
export function openOwed({ vault }: Context, personId: string, row: NoticeRow): Owed {
  return {
    id: row.id,
    storeId: row.store_id,
    kind: row.kind,
    orderId: row.order_id,
    data: JSON.parse(row.data) as Owed['data'],
    said: row.said && (vault.openFor(personId, row.key, row.said) as string),
    createdAt: row.created_at,
  };
}

/** The same with the words that were kept, and what else they tell. */
export function* openHeld(
  context: Context,
  personId: string,
  row: NoticeRow & { readonly content: Uint8Array | null },
): Body<Held> {
  const owed = openOwed(context, personId, row);
  if (row.content === null) return { ...owed, content: null, bundled: [] };
  const bundled = yield* all(q.listBundled, { bundle_id: row.id });
  return {
    ...owed,
    content: context.vault.openFor(personId, contentPlace(row.id), row.content),
    bundled: bundled.map((one) => openOwed(context, personId, one)),
  };
}

export function contentPlace(id: number): string {
  return `outbox/${id}`;
}

export function* claimOutbox(
  context: Context,
  claim: Parameters<Store['claimOutbox']>[0],
): Body<OutboxRow[]> {
  const now = claim.now.toISOString();
  const ready = yield* all(q.listReady, { now, limit: claim.limit });
  if (ready.length === 0) return [];
  const told = [...new Map(ready.map((person) => [person.id, person])).values()];
  const people = JSON.stringify(told.map(({ id }) => id));
  const rows = yield* all(q.claimOutbox, {
    now,
    lease_until: new Date(claim.now.getTime() + claim.leaseMs).toISOString(),
    people,
  });
  const hours = yield* together(
    ...told.map(({ id }) =>
      rows.some((row) => row.person_id === id && row.audience !== 'buyer') ? quietHours(id) : null,
    ),
  );
  const persons = new Map(
    told.map((person, at) => {
      const quiet = hours[at] ?? new Map<string, OutboxRow['quietHours']>();
      return [person.id, { ...person, ...openSender(context, person), quiet }];
    }),
  );
  const claimed: OutboxRow[] = [];
  for (const row of [...rows].sort((a, b) => a.id - b.id)) {
    const person = persons.get(row.person_id);
    if (person === undefined || person.sender === null) {
      // Nobody is there any more to be told.
      yield* all(q.dropOutbox, { id: row.id });
      continue;
    }
    if (yield* isElsewhere(context, row, { ...person, now: claim.now })) continue;
    const audience = row.audience as Audience;
    claimed.push({
      ...(yield* openHeld(context, row.person_id, row)),
      personId: row.person_id,
      sender: person.sender,
      phone: person.phone,
      key: row.key,
      audience,
      quietHours: audience === 'buyer' ? null : (person.quiet.get(row.store_id) ?? null),
      attempts: row.attempts,
      claims: row.claims,
      copies: row.copies,
      edits: row.edits,
      cause: row.cause,
    });
  }
  return claimed;
}

type Claimed = NoticeRow & {
  readonly person_id: string;
  readonly claims: number;
  readonly content: Uint8Array | null;
};

/** Looks once more whether a row may be told where it is: he may have blocked us, or be linked no more. */
function* isElsewhere(
  context: Context,
  row: Claimed,
  { now, account_id, blocked_at }: Told & { readonly now: Date },
): Body<boolean> {
  const { id, claims, content } = row;
  const owners = [row, ...(content === null ? [] : yield* all(q.listBundled, { bundle_id: id }))];
  for (const { owner_id } of owners) {
    const owner = owner_id === null ? null : yield* first(q.findPerson, { id: owner_id });
    if (owner === null || (account_id !== null && owner.account_id === account_id)) continue;
    yield* takeApart(id, now);
    yield* bringHome(context, owner.id, now);
  }
  const moved = yield* first(q.findClaimed, { id, claims });
  if (moved === null) return true;
  if (blocked_at === null) return false;
  if (yield* sendElsewhere(context, id, now)) return true;
  const held = { state: 'held', due_at: null, cause: 'blocked', died_at: null };
  yield* all(q.settleOutbox, { ...held, id, claims, content, now: now.toISOString() });
  return true;
}

type Told = {
  readonly id: string;
  readonly wrapped_key: Uint8Array;
  readonly sealed: Uint8Array;
  readonly erased_at: string | null;
  readonly account_id: string | null;
  readonly blocked_at: string | null;
};

type Reached = { readonly sender: SenderKey | null; readonly phone: string | null };

/** Null when he was erased; else his key is in the vault. */
function openSender({ vault }: Context, person: Told): Reached {
  if (person.erased_at !== null) return { sender: null, phone: null };
  vault.unwrapKey(person.id, person.wrapped_key);
  const opened = vault.openFor(person.id, personalPlace(person.id), person.sealed);
  return opened as Reached;
}

/** The hours a person set, by store. */
function* quietHours(personId: string): Body<Map<string, OutboxRow['quietHours']>> {
  const hours = new Map<string, OutboxRow['quietHours']>();
  const roles = yield* all(q.listRolesOf, { person_id: personId });
  for (const { store_id, quiet_from: from, quiet_to: to } of roles)
    if (from !== null && to !== null && !hours.has(store_id)) hours.set(store_id, { from, to });
  return hours;
}

export function* wasToldEarlier(orderId: string, since: Date): Body<boolean> {
  const told = yield* all(q.listToldSince, {
    ...keysOf('moved', orderId),
    since: since.toISOString(),
  });
  return told.some(({ data }) => (JSON.parse(data) as Owed['data']).isEarlier === true);
}

export function* startSending(
  context: Context,
  sending: Parameters<Store['startSending']>[0],
): Body<boolean> {
  const { row, bundled, content, copies, now, leaseMs } = sending;
  for (const { id, claims } of [row, ...bundled])
    if ((yield* first(q.findClaimed, { id, claims })) === null) return false;
  yield* readKey(context, row.personId);
  yield* all(q.startSending, {
    id: row.id,
    content: context.vault.sealFor(row.personId, contentPlace(row.id), content),
    copies,
    lease_until: new Date(now.getTime() + leaseMs).toISOString(),
  });
  for (const { id } of bundled)
    yield* all(q.bundleRow, {
      id,
      bundle_id: row.id,
      cause: `told with ${row.id}`,
      now: now.toISOString(),
    });
  return true;
}

export function* settleOutbox(
  context: Context,
  { row, end, now }: { readonly row: OutboxRow; readonly end: OutboxEnd; readonly now: Date },
): Body<Settled> {
  const at = now.toISOString();
  yield* readKey(context, row.personId);
  const { state, content } = end;
  const ended = {
    state,
    due_at: end.state === 'due' ? end.dueAt : null,
    cause: 'cause' in end ? end.cause : null,
    died_at: state === 'dead' ? at : null,
  };
  const sealed =
    content === null ? null : context.vault.sealFor(row.personId, contentPlace(row.id), content);
  const { id, claims } = row;
  const mine = yield* first(q.settleOutbox, { ...ended, id, claims, content: sealed, now: at });
  if (mine === null) return 'taken';
  const freed = content === null ? yield* all(q.listBundled, { bundle_id: id }) : [];
  if (content === null) yield* all(q.settleBundled, { ...ended, bundle_id: id });
  if ((end.state !== 'dead' && end.state !== 'held') || end.stays === true) return 'settled';
  if (state === 'dead' && isClosedBy(end.cause))
    yield* all(q.blockPerson, { id: row.personId, now: at });
  for (const one of freed) yield* sendElsewhere(context, one.id, now);
  return (yield* sendElsewhere(context, id, now)) ? 'moved' : 'settled';
}

export function* findNotice(
  context: Context,
  { id, sender }: Parameters<Store['findNotice']>[0],
): Body<unknown> {
  const person = yield* findPersonOf(context, sender);
  if (person === null) return null;
  const row = yield* first(q.findSent, { id, person_id: person.id });
  if (row === null || row.content === null || row.state === 'dropped') return null;
  return context.vault.openFor(person.id, contentPlace(id), row.content);
}

/** Read by its person: whatever a worker or an operator thinks of it, it has arrived. */
export function* confirmNotice(
  context: Context,
  { id, sender, now }: Parameters<Store['confirmNotice']>[0],
): Body<boolean> {
  const person = yield* findPersonOf(context, sender);
  if (person === null) return false;
  const mine = { id, person_id: person.id };
  const row = yield* first(q.findSent, mine);
  if (row === null || row.content === null || row.state === 'dropped') return false;
  yield* all(q.confirmNotice, { ...mine, now: now.toISOString() });
  return true;
}

export function* putOffOutbox(
  rows: readonly OutboxRow[],
  { until, isQuiet }: { readonly until: Date; readonly isQuiet: boolean },
): Body<void> {
  const off = { due_at: until.toISOString(), put_off: isQuiet ? 1 : 0 };
  for (const { id, claims } of rows) yield* all(q.putOffOutbox, { ...off, id, claims });
}

type LetterRow = {
  readonly id: number;
  readonly store_id: string;
  readonly audience: string;
  readonly kind: string;
  readonly state: string;
  readonly cause: string | null;
  readonly attempts: number;
  readonly claims: number;
  readonly created_at: string;
  readonly first_at: string | null;
  readonly last_at: string | null;
  readonly due_at: string | null;
  readonly died_at: string | null;
  readonly platform: string;
};

function toLetter(row: LetterRow): Letter {
  return {
    id: row.id,
    storeId: row.store_id,
    kind: row.kind,
    audience: row.audience as Audience,
    platform: row.platform,
    state: row.state as OutboxState,
    cause: row.cause,
    attempts: row.attempts,
    claims: row.claims,
    createdAt: row.created_at,
    firstAt: row.first_at,
    lastAt: row.last_at,
    dueAt: row.due_at,
    diedAt: row.died_at,
  };
}

export function* listOutbox(filter: Parameters<Store['listOutbox']>[0]): Body<Letter[]> {
  const { state = '', storeId = '', limit } = filter;
  const rows =
    state === 'dead'
      ? yield* all(q.listDead, { store_id: storeId, limit })
      : yield* all(q.listOutbox, { before: NEWEST, state, store_id: storeId, limit });
  return rows.map(toLetter);
}

export function* findLetter(context: Context, id: number): Body<LetterInFull | null> {
  const row = yield* first(q.findLetter, { id });
  if (row === null) return null;
  const { person_id: personId, why } = row;
  const isKept = why !== null && row.erased_at === null;
  if (isKept) yield* readKey(context, personId);
  return {
    ...toLetter(row),
    data: JSON.parse(row.data) as Owed['data'],
    // The reason may name the person, so it is sealed with his key and goes with him.
    why: isKept ? (context.vault.openFor(personId, whyPlace(id), why) as string) : null,
  };
}

function whyPlace(id: number): string {
  return `outbox/${id}/why`;
}

export function* mendLetter(
  context: Context,
  { id, now, mending }: Parameters<Store['mendLetter']>[0],
): Body<Letter | null> {
  const letter = yield* first(q.findLetter, { id });
  if (letter === null || letter.state !== 'dead') return null;
  const at = now.toISOString();
  if (mending.how === 'drop') {
    yield* readKey(context, letter.person_id);
    const why = context.vault.sealFor(letter.person_id, whyPlace(id), mending.why);
    if ((yield* first(q.dropDead, { id, why, now: at })) === null) return null;
  } else {
    const retried = yield* first(q.retryDead, {
      id,
      cause: mending.how === 'retry' ? 'retried' : 'edited',
      // Words that were not read before go out under a key of their own.
      edits: mending.how === 'retry' ? letter.edits : letter.edits + 1,
      data: mending.how === 'redo' ? JSON.stringify(mending.data) : letter.data,
      now: at,
    });
    // Of two who mend it at once one does.
    if (retried === null) return null;
    yield* reword(context, { id, personId: letter.person_id, mending, at });
    // Whoever sends it again knows better than his platform did.
    yield* all(q.unblockPerson, { id: letter.person_id });
  }
  const mended = yield* first(q.findLetter, { id });
  return mended && toLetter(mended);
}

function* reword(
  context: Context,
  change: { id: number; personId: string; mending: Mending; at: string },
): Body<void> {
  const { id, personId, mending, at } = change;
  if (mending.how === 'redo') {
    yield* all(q.rewordOutbox, { id, content: null });
    const again = { state: 'due', due_at: at, cause: 'edited', died_at: null };
    yield* all(q.settleBundled, { ...again, bundle_id: id });
  }
  if (mending.how !== 'reword') return;
  yield* readKey(context, personId);
  const content = context.vault.sealFor(personId, contentPlace(id), mending.content);
  yield* all(q.rewordOutbox, { id, content });
}

export function* raiseAlarm({ holdFor }: Context, now: Date): Body<number> {
  const at = now.toISOString();
  const dead = yield* all(q.listUnalarmed, { limit: ALARM_MAX });
  if (dead.length === 0) return 0;
  const admins = yield* all(q.listPeopleWithRole, { store_id: EVERY_STORE, role: 'admin' });
  if (admins.length === 0) return 0;
  const held = holdFor({ kind: 'dead_letters', audience: 'admin' });
  const mark = randomBytes(9).toString('base64url');
  for (const { id, platform } of admins)
    yield* all(q.insertOutbox, {
      store_id: EVERY_STORE,
      person_id: id,
      key: ['dead_letters', EVERY_STORE, mark, id].join(':'),
      kind: 'dead_letters',
      order_id: null,
      data: JSON.stringify({ letters: dead.map((letter) => String(letter.id)) }),
      state: held.has(platform) ? 'held' : 'due',
      due_at: held.has(platform) ? null : at,
      created_at: at,
      said: null,
      audience: 'admin',
      cause: null,
      owner_id: null,
    });
  for (const { id } of dead) yield* all(q.markAlarmed, { id, now: at });
  return dead.length;
}

export function* queueFigures(now: Date): Body<QueueFigures> {
  const due = yield* first(q.countDue, { now: now.toISOString() });
  const dead = yield* first(q.countDead, {});
  const waiting = yield* first(q.countUndelivered, {});
  const held = yield* first(q.oldestHeld, {});
  const ageMs = (since: string | null | undefined) =>
    since ? Math.max(0, now.getTime() - Date.parse(since)) : 0;
  return {
    due: due?.rows ?? 0,
    held: (waiting?.rows ?? 0) - (dead?.rows ?? 0),
    dead: dead?.rows ?? 0,
    oldestDueAgeMs: ageMs(due?.oldest),
    oldestHeldAgeMs: ageMs(held?.created_at),
    oldestDeadAgeMs: ageMs(dead?.oldest),
  };
}

export function* setQuietHours(quiet: Parameters<Store['setQuietHours']>[0]): Body<void> {
  const { personId, storeId, hours } = quiet;
  const values = { quiet_from: hours?.from ?? null, quiet_to: hours?.to ?? null };
  yield* all(q.setQuietHours, { ...values, person_id: personId, store_id: storeId });
}
