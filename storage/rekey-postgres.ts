// A new data key on PostgreSQL: one transaction, before which everybody who writes has ended and after which
// whoever still has the old key is refused. Cut short it leaves everything as it was.
import type { OnProgress } from '../src/orders/store.ts';
import { PASS_HISTORY } from './postgres-commit.ts';
import { type Asked, Link } from './postgres-link.ts';
import {
  ENDED,
  type Keys,
  KINDS,
  OPEN_INVITES,
  OPEN_LINKS,
  type Rekeyed,
  type RekeyedRow,
} from './rekey.ts';

/** Rows that are in memory at once. */
const SLICE = 1000;
/** A large shop takes longer than any command may. */
const PATIENCE = `BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0`;
const WORK = `CREATE TEMP TABLE rekeyed (kind text COLLATE "C", id text COLLATE "C", sealed bytea NOT NULL,
  PRIMARY KEY (kind, id)) ON COMMIT DROP`;
const INSERT =
  'INSERT INTO rekeyed SELECT $1, id, sealed FROM unnest($2::text[], $3::bytea[]) AS r (id, sealed)';
const FINGERPRINT = `SELECT value FROM install WHERE name = 'data_key' FOR UPDATE`;

type Ask = (sql: string, values?: Asked['values']) => Promise<readonly unknown[]>;

/** `mustFit` throws when the database belongs to neither key. */
export async function rekeyPostgres(
  url: string,
  { from, to, mustFit, told }: Keys & { mustFit: (current: string) => void; told?: OnProgress },
): Promise<Rekeyed> {
  const link = await Link.open(url);
  const ask: Ask = (sql, values = []) => link.ask({ name: '', sql, values });
  try {
    await link.script(PATIENCE);
    // Everybody who writes shares this lock until his commit.
    await link.ask(PASS_HISTORY);
    const [row] = (await ask(FINGERPRINT)) as { value: string }[];
    const fingerprint = to.fingerprint;
    // Cut short between the change and this program's last words: it is done.
    if (row?.value === fingerprint) return { fingerprint, rows: 0, invitesEnded: 0, linksEnded: 0 };
    mustFit(row?.value ?? '');
    await link.script(WORK);
    let total = 0;
    for (const { rows, rowsThere = rows } of KINDS) total += await countOf(ask, rowsThere);
    let done = 0;
    for (const kind of KINDS)
      for await (const count of renew(ask, { ...kind, from, to })) {
        done += count;
        told?.(done, total);
      }
    const ended = {
      invitesEnded: await countOf(ask, `SELECT 1 FROM ${OPEN_INVITES}`),
      linksEnded: await countOf(ask, `SELECT 1 FROM ${OPEN_LINKS}`),
    };
    for (const { apply, applyThere = apply } of KINDS) await link.script(applyThere);
    for (const sql of ENDED) await link.script(sql);
    await ask(`UPDATE install SET value = $1 WHERE name = 'data_key'`, [fingerprint]);
    await link.script('COMMIT');
    return { fingerprint, rows: done, ...ended };
  } finally {
    await link.close();
  }
}

async function* renew(
  ask: Ask,
  { kind, rows, rowsThere = rows, renew: renewed, ...keys }: (typeof KINDS)[number] & Keys,
) {
  const sql = `SELECT * FROM (${rowsThere}) s WHERE id > $1 COLLATE "C" ORDER BY id COLLATE "C" LIMIT ${SLICE}`;
  for (let last = ''; ; ) {
    const page = (await ask(sql, [last])) as readonly RekeyedRow[];
    if (page.length === 0) return;
    await ask(INSERT, [kind, page.map(({ id }) => id), page.map((row) => renewed(keys, row))]);
    last = page.at(-1)?.id ?? last;
    yield page.length;
  }
}

async function countOf(ask: Ask, rows: string): Promise<number> {
  const [row] = (await ask(`SELECT count(*) AS count FROM (${rows}) s`)) as { count: number }[];
  return row?.count ?? 0;
}
