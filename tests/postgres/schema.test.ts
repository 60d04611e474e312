// Both engines keep the same things, and every statement is one that PostgreSQL understands.
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import compiled from '../../storage/compiled/postgres.json' with { type: 'json' };
import { migrateSqlite } from '../../storage/migrate.ts';
import { MERGED } from '../../storage/postgres-merge.ts';
import { newDatabase, on } from '../support/postgres.ts';

/** The lease of the one server on a file, and the work of a change of its key. */
const OF_FILES = ['lease', 'rekeyed'];
/** A file keeps its version in its head, and its commits never lose their answer. */
const OF_SERVERS = ['schema_versions', 'commits'];

test('both engines have the same tables with the same columns', async () => {
  const db = new Sqlite(':memory:');
  migrateSqlite(db);
  const ofFile = db
    .prepare(
      `SELECT t.name || '.' || c.name || CASE WHEN c."notnull" OR c.pk THEN '' ELSE '?' END
       FROM pragma_table_list t, pragma_table_info(t.name) c
       WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY 1`,
    )
    .pluck()
    .all()
    .map(String)
    .filter((column) => !OF_FILES.includes(column.split('.')[0] ?? ''));
  const ofServer = await on(await newDatabase(), async (client) => {
    const { rows } = await client.query<{ column: string }>(
      `SELECT table_name || '.' || column_name ||
         CASE WHEN is_nullable = 'YES' THEN '?' ELSE '' END AS column
       FROM information_schema.columns WHERE table_schema = 'public'`,
    );
    return rows.map(({ column }) => column);
  });
  const kept = ofServer.filter((column) => !OF_SERVERS.includes(column.split('.')[0] ?? ''));
  expect(kept.toSorted()).toEqual(ofFile.toSorted());
});

test('every statement is understood by the server', async () => {
  await on(await newDatabase(), async (client) => {
    for (const [name, { sql }] of Object.entries(compiled)) {
      if (/"(lease|rekeyed)"/.test(sql)) continue;
      await client.query(`PREPARE check_${name} AS ${sql}`).catch((error: unknown) => {
        throw new Error(`${name}: ${sql}`, { cause: error });
      });
    }
    for (const [name, sql] of MERGED) await client.query(`PREPARE check_merged_${name} AS ${sql}`);
  });
});

test('text is compared byte by byte, whatever the language of the server', async () => {
  await on(await newDatabase(), async (client) => {
    const { rows } = await client.query(
      `SELECT table_name || '.' || column_name AS column FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type = 'text' AND table_name <> 'schema_versions'
         AND collation_name IS DISTINCT FROM 'C'`,
    );
    expect(rows).toEqual([]);
  });
});
