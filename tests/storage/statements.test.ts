import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { compileAll } from '../../storage/compile.ts';
import postgres from '../../storage/compiled/postgres.json' with { type: 'json' };
import compiled from '../../storage/compiled/sqlite.json' with { type: 'json' };
import { migrateSqlite } from '../../storage/migrate.ts';

/** Tables that stay small, and lists that were given: a walk over all of them is what is asked for. */
const SMALL = /^SCAN (stores|holidays|json_each)/;
/** All products belong to the listing of all stores. */
const WALKS_PRODUCTS = new Set(['listAllProducts']);
/** Long reads, for which nobody waits: all of one store is what is asked for, by its key. */
const WALKS_STORE = new Set(['listSettled']);

test('the compiled statements are those of queries.ts; after a change run npm run compile-sql', () => {
  expect(compiled).toEqual(compileAll('sqlite'));
  expect(postgres).toEqual(compileAll('postgres'));
});

describe('every statement finds its rows by an index and never walks over a whole store', () => {
  const db = new Sqlite(':memory:');
  migrateSqlite(db);
  for (const [name, { sql, names }] of Object.entries(compiled))
    test(name, () => {
      const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...names.map(() => 'x'));
      const steps = plan.map((row) => (row as { detail: string }).detail);
      // An insert shows the look-ups of deferred foreign keys, of which there are none.
      const isRead = !sql.startsWith('insert');
      const isMeant = (step: string) =>
        SMALL.test(step) ||
        (WALKS_PRODUCTS.has(name) && /^SCAN products/.test(step)) ||
        (WALKS_STORE.has(name) && /^SCAN moved/.test(step));
      const walks = steps.filter((step) => isRead && /^SCAN /.test(step) && !isMeant(step));
      expect(walks).toEqual([]);
      // The key's first column alone is the whole store, where a table grows with its orders.
      const store =
        /^SEARCH (orders|parcels|events|ledger|outbox|list_rows) USING \S+ ?\S* ?\S* \(store_id=\?\)/;
      // Partial indexes hold few rows of a store: those that wait for something.
      const few = /parcels_waiting|parcels_unasked|parcels_untold|orders_awaiting|orders_to_refund/;
      const wide = steps.filter((step) => store.test(step) && !few.test(step));
      if (!WALKS_STORE.has(name)) expect(wide).toEqual([]);
    });
});
