// Copies a whole shop from one engine to the other: table by table in the order of their references, page by
// page by their keys. Cut short it goes on where it was; at the end both sides are counted and compared.
import type { OnProgress } from '../src/orders/store.ts';

/** Rows of one transaction: enough that commits cost little, few enough to hold in memory. */
const PAGE = 1000;
/** In `install` of a target from its first row to the last comparison: no program opens it meanwhile. */
export const COPYING = 'copying';

export const UNFINISHED =
  'DATABASE_URL: this database is an unfinished copy; run the same sanji engine copy again';

export type Cell = string | number | null | Uint8Array;
export type CopiedRow = Readonly<Record<string, Cell>>;

export type CopiedTable = {
  readonly name: string;
  /** The primary key, by which pages go on. */
  readonly key: readonly string[];
  /** A column that refers to rows of its own table, which may come later: written at the end. */
  readonly later?: string;
};

/** In an order in which nothing refers to what is not there yet. */
export const COPIED_TABLES: readonly CopiedTable[] = [
  { name: 'stores', key: ['id'] },
  { name: 'counters', key: ['store_id', 'name'] },
  { name: 'products', key: ['store_id', 'id'] },
  { name: 'holidays', key: ['date'] },
  { name: 'people', key: ['id'] },
  { name: 'roles', key: ['store_id', 'person_id', 'role'] },
  { name: 'invites', key: ['code_hash'] },
  { name: 'wrong_tries', key: ['subject', 'at'] },
  { name: 'conversations', key: ['person_id'] },
  { name: 'requests', key: ['key'] },
  { name: 'orders', key: ['store_id', 'id'] },
  { name: 'parcels', key: ['store_id', 'id'] },
  { name: 'waybills', key: ['store_id', 'waybill', 'parcel_id'] },
  { name: 'days', key: ['store_id', 'date'] },
  { name: 'list_rows', key: ['store_id', 'date', 'row'] },
  { name: 'list_revisions', key: ['store_id', 'date', 'revision'] },
  { name: 'list_versions', key: ['store_id', 'date', 'row', 'revision'] },
  { name: 'ledger', key: ['id'] },
  { name: 'refunds', key: ['store_id', 'id'] },
  { name: 'deposits', key: ['store_id', 'id'] },
  { name: 'deposit_acts', key: ['id'] },
  { name: 'receipts', key: ['store_id', 'id'] },
  { name: 'questions', key: ['store_id', 'no'] },
  { name: 'open_changes', key: ['store_id', 'order_id'] },
  { name: 'events', key: ['id'] },
  { name: 'outbox', key: ['id'], later: 'bundle_id' },
  { name: 'cron_runs', key: ['job', 'store_id', 'slot'] },
  { name: 'page_entries', key: ['id'] },
  { name: 'links', key: ['token_hash'] },
  { name: 'asked_days', key: ['store_id'] },
  { name: 'daily_status_off', key: ['person_id'] },
];

/** Count, and per column the sum of its numbers or the length of its texts and bytes. */
export type Sums = Readonly<Record<string, string>>;

/** One end of a copy. */
export type Side = {
  /** Names it to people, without a password. */
  readonly name: string;
  readonly fingerprint: () => Promise<string | null>;
  /** Behind `after`, in the order of the key. */
  readonly page: (
    table: CopiedTable,
    after: CopiedRow | null,
    limit: number,
  ) => Promise<CopiedRow[]>;
  readonly sums: (table: CopiedTable) => Promise<Sums>;
  /** The highest number ever given to a row, also of rows that are gone; null without numbers. */
  readonly lastNumber: (table: CopiedTable) => Promise<number | null>;
  /** The last row by key, or null. */
  readonly last: (table: CopiedTable) => Promise<CopiedRow | null>;
  readonly isEmpty: () => Promise<boolean>;
  readonly mark: () => Promise<string | null>;
  /** Begins a copy of this source: what a new database has by itself goes. */
  readonly begin: (source: string) => Promise<void>;
  /** As one transaction. */
  readonly write: (table: CopiedTable, rows: readonly CopiedRow[]) => Promise<void>;
  readonly setLater: (table: CopiedTable, rows: readonly CopiedRow[]) => Promise<void>;
  readonly setNumber: (table: CopiedTable, last: number) => Promise<void>;
  readonly end: () => Promise<void>;
  /** Says that the copy goes on, to whoever would start a server. */
  readonly beat: () => void | Promise<void>;
  readonly close: () => Promise<void>;
};

export type Copied = {
  readonly from: string;
  readonly to: string;
  readonly tables: Readonly<Record<string, number>>;
  readonly rows: number;
};

export class CopyRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CopyRefused';
  }
}

export async function copyAll(from: Side, to: Side, told?: OnProgress): Promise<Copied> {
  await prepare(from, to);
  const wanted = new Map<string, Sums>();
  for (const table of COPIED_TABLES) wanted.set(table.name, await from.sums(table));
  const total = [...wanted.values()].reduce((sum, { count }) => sum + Number(count), 0);
  let done = 0;
  for (const table of COPIED_TABLES) {
    const before = await to.sums(table);
    done += Number(before.count);
    await copyTable(table, { from, to }, (rows) => {
      done += rows;
      told?.(done, total);
    });
  }
  for (const table of COPIED_TABLES) await finishTable(table, { from, to });
  const faults = [];
  for (const table of COPIED_TABLES)
    faults.push(...differences(table.name, wanted.get(table.name) ?? {}, await to.sums(table)));
  if (faults.length > 0)
    throw new CopyRefused(
      `the copy differs, so it stays unopened: ${faults.slice(0, 5).join('; ')}`,
    );
  await to.end();
  const tables = [...wanted].map(([name, { count }]) => [name, Number(count)] as const);
  return { from: from.name, to: to.name, tables: Object.fromEntries(tables), rows: total };
}

async function prepare(from: Side, to: Side): Promise<void> {
  if ((await from.mark()) !== null)
    throw new CopyRefused(`${from.name} is itself an unfinished copy`);
  const key = await from.fingerprint();
  if (key === null) throw new CopyRefused(`${from.name} holds no shop`);
  const source = `${from.name} ${key}`;
  const mark = await to.mark();
  if (mark === source) return;
  if (mark !== null) throw new CopyRefused(`${to.name} is an unfinished copy of another database`);
  if (!(await to.isEmpty())) throw new CopyRefused(`${to.name} holds a shop already`);
  await to.begin(source);
}

type Sides = { readonly from: Side; readonly to: Side };

async function copyTable(
  table: CopiedTable,
  { from, to }: Sides,
  told: (rows: number) => void,
): Promise<void> {
  let after = await to.last(table);
  for (;;) {
    const rows = await from.page(table, after, PAGE);
    if (rows.length === 0) return;
    const { later } = table;
    await to.write(
      table,
      later === undefined ? rows : rows.map((row) => ({ ...row, [later]: null })),
    );
    await Promise.all([from.beat(), to.beat()]);
    told(rows.length);
    after = rows.at(-1) ?? null;
  }
}

/** What could only be written once all rows were there, and the next number to be given. */
async function finishTable(table: CopiedTable, { from, to }: Sides): Promise<void> {
  const { later } = table;
  let after: CopiedRow | null = null;
  while (later !== undefined) {
    const rows: CopiedRow[] = await from.page(table, after, PAGE);
    if (rows.length === 0) break;
    await to.setLater(
      table,
      rows.filter((row) => row[later] !== null),
    );
    after = rows.at(-1) ?? null;
  }
  const last = await from.lastNumber(table);
  if (last !== null) await to.setNumber(table, last);
}

function differences(table: string, wanted: Sums, found: Sums): string[] {
  return Object.keys(wanted)
    .filter((column) => wanted[column] !== found[column])
    .map((column) => `${table}.${column} ${wanted[column]} → ${found[column]}`);
}
