// A new data key. What the old one sealed is sealed anew beside it, slice by slice, and takes effect as
// one transaction at the end: whenever this is cut short, the database opens with exactly one of both.
import type { Database } from 'better-sqlite3';
import type { OnProgress, SenderKey } from '../src/orders/store.ts';
import type { Vault } from './crypto.ts';
import { depositPlace } from './deposits.ts';
import { beat, keepServersOut, letServersIn } from './exclusive.ts';
import { ledgerPlace, refundPlace } from './operations.ts';
import { personalPlace, senderHash } from './people.ts';

/** A slice holds the lock for some milliseconds. */
const SLICE = 300;

export type RekeyedRow = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly was: Uint8Array;
};
type Row = RekeyedRow;
export type Keys = { readonly from: Vault; readonly to: Vault };

/** What hangs on the data key: where it is, and how it is made anew. */
type Kind = {
  readonly kind: string;
  /** Rows as `id` and `was`, with whatever `renew` needs; `id` is unique and ordered. */
  readonly rows: string;
  /** Where PostgreSQL says them otherwise. */
  readonly rowsThere?: string;
  readonly renew: (keys: Keys, row: Row) => Uint8Array;
  /** Puts what was renewed in its place; rows that changed since were renewed again before. */
  readonly apply: string;
  readonly applyThere?: string;
};

const sealedAnew = (table: string, id: string) =>
  `UPDATE ${table} SET sealed = r.sealed FROM rekeyed r WHERE r.kind = '${table}' AND r.id = ${id}`;

export const KINDS: readonly Kind[] = [
  {
    kind: 'people',
    rows: `SELECT id, wrapped_key AS was FROM people WHERE length(wrapped_key) > 0`,
    renew: ({ from, to }, { id, was }) => from.sealAnew(to, `key/${id}`, was),
    apply: `UPDATE people SET wrapped_key = r.sealed FROM rekeyed r
            WHERE r.kind = 'people' AND r.id = people.id`,
  },
  {
    kind: 'senders',
    rows: `SELECT id, CAST(sender_hash AS BLOB) AS was, wrapped_key, sealed FROM people
           WHERE length(wrapped_key) > 0`,
    rowsThere: `SELECT id, convert_to(sender_hash, 'UTF8') AS was, wrapped_key, sealed FROM people
           WHERE length(wrapped_key) > 0`,
    renew: ({ from, to }, { id, wrapped_key, sealed }) => {
      from.unwrapKey(id, wrapped_key as Uint8Array);
      const person = from.openFor(id, personalPlace(id), sealed as Uint8Array);
      return Buffer.from(senderHash(to, (person as { sender: SenderKey }).sender));
    },
    apply: `UPDATE people SET sender_hash = CAST(r.sealed AS TEXT) FROM rekeyed r
            WHERE r.kind = 'senders' AND r.id = people.id`,
    applyThere: `UPDATE people SET sender_hash = convert_from(r.sealed, 'UTF8') FROM rekeyed r
            WHERE r.kind = 'senders' AND r.id = people.id`,
  },
  {
    kind: 'requests',
    rows: `SELECT key AS id, sealed AS was FROM requests WHERE sealed_for IS NULL`,
    renew: ({ from, to }, { id, was }) => from.sealAnew(to, id, was),
    apply: sealedAnew('requests', 'requests.key'),
  },
  {
    kind: 'ledger',
    rows: `SELECT printf('%015d', id) AS id, sealed AS was, store_id, order_id, booked_at FROM ledger
           WHERE sealed IS NOT NULL`,
    rowsThere: `SELECT lpad(id::text, 15, '0') AS id, sealed AS was, store_id, order_id, booked_at
           FROM ledger WHERE sealed IS NOT NULL`,
    renew: ({ from, to }, { was, store_id, order_id, booked_at }) =>
      from.sealAnew(to, ledgerPlace(String(store_id), String(order_id), String(booked_at)), was),
    apply: sealedAnew('ledger', "printf('%015d', ledger.id)"),
    applyThere: sealedAnew('ledger', "lpad(ledger.id::text, 15, '0')"),
  },
  {
    kind: 'deposits',
    rows: `SELECT store_id || '/' || id AS id, sealed AS was, store_id, id AS deposit_id FROM deposits`,
    renew: ({ from, to }, { was, store_id, deposit_id }) =>
      from.sealAnew(to, depositPlace(String(store_id), String(deposit_id)), was),
    apply: sealedAnew('deposits', "deposits.store_id || '/' || deposits.id"),
  },
  {
    kind: 'refunds',
    rows: `SELECT store_id || '/' || id AS id, sealed AS was, order_id FROM refunds
           WHERE sealed IS NOT NULL AND sealed_for IS NULL`,
    renew: ({ from, to }, { was, order_id }) =>
      from.sealAnew(to, refundPlace(String(order_id)), was),
    apply: sealedAnew('refunds', "refunds.store_id || '/' || refunds.id"),
  },
];

/** What can only be looked up by a keyed hash of something we do not know, and so is over. */
export const OPEN_INVITES = 'invites WHERE used_at IS NULL';
export const OPEN_LINKS = 'links WHERE used_at IS NULL AND revoked_at IS NULL';
export const ENDED = [
  `DELETE FROM ${OPEN_INVITES}`,
  `DELETE FROM ${OPEN_LINKS}`,
  // An old key of a request still finds its answer, whatever body it comes with.
  `UPDATE requests SET body_hash = NULL WHERE body_hash IS NOT NULL`,
];

export type Rekeyed = {
  readonly fingerprint: string;
  readonly rows: number;
  /** Codes by which nobody had joined yet, and links nobody had followed: to be made anew. */
  readonly invitesEnded: number;
  readonly linksEnded: number;
};

/**
 * Changes the data key of an open database; goes on where it was cut short when the new key is the
 * same. Throws LeaseTaken while a server runs.
 */
export async function rekey(
  db: Database,
  { from, to, now, told }: Keys & { readonly now: () => Date; readonly told?: OnProgress },
): Promise<Rekeyed> {
  db.pragma('secure_delete = ON');
  keepServersOut(db, now());
  try {
    beginAnew(db, to.fingerprint);
    const total = KINDS.reduce((sum, { rows }) => sum + countOf(db, rows), 0);
    let done = 0;
    for (const kind of KINDS)
      for (const count of slicesOf(db, { kind, from, to })) {
        beat(db, now());
        done += count;
        told?.(done, total);
        // Somebody else's turn: a signal, the bar, another process.
        await new Promise((resolve) => setImmediate(resolve));
      }
    const ended = {
      invitesEnded: countOf(db, `SELECT code_hash FROM ${OPEN_INVITES}`),
      linksEnded: countOf(db, `SELECT id FROM ${OPEN_LINKS}`),
    };
    db.transaction(() => takeEffect(db, { from, to })).immediate();
    db.pragma('wal_checkpoint(TRUNCATE)');
    return { fingerprint: to.fingerprint, rows: done, ...ended };
  } finally {
    letServersIn(db);
  }
}

/** What was sealed for another new key is of no use. */
function beginAnew(db: Database, fingerprint: string): void {
  const put = 'INSERT OR REPLACE INTO install VALUES (?, ?)';
  db.transaction(() => {
    const begun = db.prepare("SELECT value FROM install WHERE name = 'next_data_key'").pluck();
    if (begun.get() === fingerprint) return;
    db.exec('DELETE FROM rekeyed');
    db.prepare(put).run('next_data_key', fingerprint);
  }).immediate();
}

/** Renews the rows of one kind in the order of their ids; each step is a transaction of its own. */
function* slicesOf(db: Database, { kind, from, to }: Keys & { readonly kind: Kind }) {
  const next = db.prepare(`SELECT * FROM (${kind.rows}) WHERE id > ? ORDER BY id LIMIT ${SLICE}`);
  const slice = db.transaction((rows: readonly Row[]) => {
    for (const row of rows) renewOne(db, { kind, row, from, to });
  });
  // Rows that were renewed before it was cut short.
  let last = String(
    db
      .prepare('SELECT coalesce(max(id), ?) FROM rekeyed WHERE kind = ?')
      .pluck()
      .get('', kind.kind),
  );
  const already = db.prepare('SELECT count(*) FROM rekeyed WHERE kind = ?').pluck().get(kind.kind);
  yield Number(already);
  for (;;) {
    const rows = next.all(last) as Row[];
    if (rows.length === 0) return;
    slice.immediate(rows);
    last = rows.at(-1)?.id ?? last;
    yield rows.length;
  }
}

function renewOne(db: Database, { kind, row, ...keys }: Keys & { kind: Kind; row: Row }): void {
  db.prepare('INSERT OR REPLACE INTO rekeyed VALUES (?, ?, ?, ?)').run(
    kind.kind,
    row.id,
    row.was,
    kind.renew(keys, row),
  );
}

/** Renews what commands have written meanwhile, and exchanges all at once. */
function takeEffect(db: Database, keys: Keys): void {
  for (const kind of KINDS) {
    const late = `SELECT s.* FROM (${kind.rows}) s LEFT JOIN rekeyed r
                  ON r.kind = '${kind.kind}' AND r.id = s.id WHERE r.id IS NULL OR r.was <> s.was`;
    for (const row of db.prepare(late).all() as Row[]) renewOne(db, { kind, row, ...keys });
  }
  for (const { apply } of KINDS) db.exec(apply);
  for (const sql of ENDED) db.exec(sql);
  db.exec("DELETE FROM rekeyed; DELETE FROM install WHERE name = 'next_data_key'");
  db.prepare("UPDATE install SET value = ? WHERE name = 'data_key'").run(keys.to.fingerprint);
}

function countOf(db: Database, rows: string): number {
  return Number(db.prepare(`SELECT count(*) FROM (${rows})`).pluck().get());
}
