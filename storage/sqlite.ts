// The SQLite engine: one file, one writer, commands grouped into commits, fair over stores.
import Sqlite, { type Database, type Statement as Prepared } from 'better-sqlite3';
import { DomainError } from '../src/orders/errors.ts';
import type { Check, OnProgress, SenderKey, Store } from '../src/orders/store.ts';
import { backUp, datedTarget, forgetOldCopies } from './backup.ts';
import { BodyStore, type InContext, type Queue } from './body-store.ts';
import compiled from './compiled/sqlite.json' with { type: 'json' };
import { COPYING, UNFINISHED } from './copy.ts';
import type { Vault } from './crypto.ts';
import { checkRule, RULES } from './doctor.ts';
import { releaseLeaseBody, renewLeaseBody, takeLeaseBody } from './lease.ts';
import { migrateSqlite } from './migrate.ts';
import type { Context } from './operations.ts';
import { Queues } from './queues.ts';
import { checkFile, rowsOfFile } from './reader.ts';
import { forgetChangedShops } from './shops.ts';
import {
  type Body,
  type Compiled,
  first,
  type Question,
  q,
  type Statement,
  type Values,
} from './statement.ts';

const COMPILED: Readonly<Record<string, Compiled>> = compiled;
const BATCH_MAX = 256;
/** So that no flood makes a living server look dead. */
const LEASE: Queue = { name: '/lease', isFree: false };
/** Another process holds the lock for 20 ms at most; the server never waits inside the driver. */
const BUSY_FIRST_WAIT_MS = 1;
/** Short and uneven: beside a process that writes without a pause, long waits never met the gap. */
const BUSY_WAIT_MS_MAX = 4;
const BUSY_GIVE_UP_MS = 2000;
/** How soon what another process wrote wakes the outbox. */
const LOOK_AT_OTHERS_MS = 200;
const JOURNAL_BYTES_MAX = 64 * 1024 * 1024;

type Job = {
  readonly body: InContext<unknown>;
  readonly done: (value: unknown) => void;
  readonly failed: (error: unknown) => void;
};

type Ready = { readonly prepared: Prepared; readonly names: readonly string[] };

/** Opens a file (or ':memory:') and checks that it belongs to this data key. */
export function openSqlite(path: string, context: Context): SqliteStore {
  const db = openPlain(path);
  checkKey(db, context.vault);
  db.pragma('busy_timeout = 0');
  return new SqliteStore(db, context);
}

/** Opens and migrates a file, without looking at its key; waits inside the driver. */
export function openPlain(path: string): Database {
  const db = new Sqlite(path);
  // While opening nobody is being served yet, so waiting inside the driver is fine.
  db.pragma('busy_timeout = 5000');
  db.pragma('journal_mode = WAL');
  // On every open: the driver falls back to NORMAL when the file is in WAL mode already.
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  // What is deleted or shortened is overwritten where its page is written anyway.
  db.pragma('secure_delete = FAST');
  db.pragma(`journal_size_limit = ${JOURNAL_BYTES_MAX}`);
  migrateSqlite(db);
  return db;
}

/** The fingerprint of the key a database belongs to, or null when nobody opened it yet. */
export function fingerprintIn(db: Database): string | null {
  const row = db.prepare('SELECT value FROM install WHERE name = ?').pluck().get('data_key');
  return row === undefined ? null : String(row);
}

function checkKey(db: Database, vault: Vault): void {
  if (db.prepare('SELECT 1 FROM install WHERE name = ?').get(COPYING) !== undefined) {
    db.close();
    throw new Error(UNFINISHED);
  }
  const known = fingerprintIn(db);
  if (known === null)
    db.prepare('INSERT INTO install VALUES (?, ?)').run('data_key', vault.fingerprint);
  else if (known !== vault.fingerprint) {
    db.close();
    throw new Error('SANJI_DATA_KEY is not the key this database was made with');
  }
}

export class SqliteStore extends BodyStore {
  readonly #db: Database;
  readonly #context: Context;
  readonly #txn: Readonly<
    Record<'begin' | 'commit' | 'rollback' | 'savepoint' | 'release' | 'undo' | 'version', Prepared>
  >;
  readonly #ready = new Map<Statement<never, unknown>, Ready>();
  readonly #queues = new Queues<Job>();
  #isScheduled = false;
  #isClosed = false;
  #isServer = false;
  readonly #seats = new Set<string>();
  #dataVersion = 0;
  #others: NodeJS.Timeout | null = null;
  #idle: (() => void)[] = [];
  /** Commits and commands so far, for the benchmark. */
  readonly counts = { commits: 0, commands: 0 };

  constructor(db: Database, context: Context) {
    super();
    this.#db = db;
    this.#txn = {
      begin: db.prepare('BEGIN IMMEDIATE'),
      commit: db.prepare('COMMIT'),
      rollback: db.prepare('ROLLBACK'),
      savepoint: db.prepare('SAVEPOINT command'),
      release: db.prepare('RELEASE command'),
      undo: db.prepare('ROLLBACK TO command'),
      version: db.prepare('PRAGMA data_version').pluck(),
    };
    this.#context = context;
  }

  /** The level of durability in force: 2 is FULL. */
  get synchronous(): number {
    return Number(this.#db.pragma('synchronous', { simple: true }));
  }

  acquireLease: Store['acquireLease'] = async (now) => {
    const holder = await this.write(LEASE, () => takeLeaseBody(now));
    this.#isServer = true;
    return {
      renew: (at) => this.write(LEASE, () => renewLeaseBody(holder, at)),
      release: () => this.write(LEASE, () => releaseLeaseBody(holder)),
    };
  };

  /** The one server of a file has every seat; within it each is taken once. */
  takeSeat: Store['takeSeat'] = async (name) => {
    if (this.#seats.has(name)) return null;
    this.#seats.add(name);
    const { promise: lost, resolve } = Promise.withResolvers<void>();
    const leave = async () => {
      this.#seats.delete(name);
      resolve();
    };
    return { lost, leave };
  };

  protected async checkRules(told?: OnProgress): Promise<Check[]> {
    if (!this.#db.memory) return checkFile(this.#db.name, told);
    const faultsOf = (sql: string) => this.#db.prepare(sql).pluck().all().map(String);
    return RULES.map((rule) => checkRule(rule, faultsOf));
  }

  backup: Store['backup'] = async (file, now, told) => {
    if (file === null && this.#db.memory) return null;
    const target = file ?? (await datedTarget(this.#db.name, now));
    const bytes = await backUp(this.#db, {
      target,
      told,
      isServer: this.#isServer,
      isBusy: () => this.#queues.size > 0,
    });
    if (file === null) await forgetOldCopies(target);
    return { file: target, bytes, keyFingerprint: this.#context.vault.fingerprint };
  };

  isReachable: Store['isReachable'] = async () => true;

  sign: Store['sign'] = (purpose, text) => this.#context.vault.hash(`sign/${purpose}`, text);

  override onOutbox(wake: () => void): void {
    super.onOutbox(wake);
    if (this.#db.memory || this.#others !== null) return;
    this.#others = setInterval(this.#lookAtOthers(), LOOK_AT_OTHERS_MS).unref();
  }

  /** Null when the file cannot be read just now; the next look will tell. */
  #versionNow(): number | null {
    try {
      return Number(this.#txn.version.get());
    } catch (error) {
      if (error instanceof Sqlite.SqliteError) return null;
      throw error;
    }
  }

  /** Looks whether another process wrote since it last looked: what that one owes is due now, and open pages may show something else. */
  #lookAtOthers(): () => void {
    let seen = Number(this.#txn.version.get());
    return () => {
      const version = this.#versionNow();
      if (version === null || version === seen) return;
      seen = version;
      this.wake();
      this.wakePage(null);
    };
  }

  /** Waits for what is under way, then closes the file. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#others !== null) clearInterval(this.#others);
    if (this.#queues.size > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    this.#db.close();
  }

  protected async read<T>(body: InContext<T>): Promise<T> {
    return this.#drive(body(this.#context));
  }

  protected override readLong<P extends Values, R>(
    query: Statement<P, R>,
    values: P,
  ): Promise<readonly R[]> {
    if (this.#db.memory) return super.readLong(query, values);
    return rowsOfFile(this.#db.name, query, values);
  }

  protected async readShops<T>(body: InContext<T>): Promise<T> {
    this.#forgetIfChanged();
    return this.#drive(body(this.#context));
  }

  protected write<T>({ name }: Queue, body: InContext<T>): Promise<T> {
    if (this.#isClosed) return Promise.reject(new Error('the store is closed'));
    return new Promise<T>((resolve, reject) => {
      const done = resolve as (value: unknown) => void;
      this.#queues.push(name, { body, done, failed: reject });
      this.#schedule();
    });
  }

  protected writeShops(queue: Queue, body: InContext<void>): Promise<void> {
    return this.write(queue, body);
  }

  /** No other process has pages of this file open, so nobody else is told of them. */
  protected pageOf({ user }: SenderKey): string {
    return user;
  }

  /** The log still holds the pages as they were; once it is folded in, it is cut to nothing. */
  protected async afterErasing(): Promise<void> {
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.#flush(Date.now()));
  }

  /** Commits what came in during this turn of the event loop: one transaction, a savepoint each. */
  #flush(since: number, waitMs = BUSY_FIRST_WAIT_MS): void {
    try {
      this.#txn.begin.run();
    } catch (error) {
      this.#retryWhenBusy(error, since, waitMs);
      return;
    }
    const batch = this.#queues.take(BATCH_MAX);
    let ends: (() => void)[];
    try {
      this.#forgetIfChanged();
      ends = batch.map((job) => this.#runInSavepoint(job));
      this.#txn.commit.run();
      this.counts.commits++;
      this.counts.commands += batch.length;
    } catch (error) {
      if (this.#db.inTransaction) this.#txn.rollback.run();
      // A store may have been read as this transaction would have left it.
      this.#context.shops.clear();
      for (const job of batch) job.failed(error);
      this.#next();
      return;
    }
    // Acknowledged only now: what is answered is on disk.
    for (const acknowledge of ends) acknowledge();
    this.#next();
  }

  #next(): void {
    this.#isScheduled = false;
    if (this.#queues.size > 0) {
      this.#schedule();
      return;
    }
    for (const resolve of this.#idle) resolve();
    this.#idle = [];
  }

  #retryWhenBusy(error: unknown, since: number, waitMs: number): void {
    const isBusy = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
    if (isBusy && Date.now() - since < BUSY_GIVE_UP_MS) {
      const unevenMs = waitMs * (0.5 + Math.random());
      setTimeout(() => this.#flush(since, Math.min(waitMs * 2, BUSY_WAIT_MS_MAX)), unevenMs);
      return;
    }
    const refusal = isBusy ? new DomainError('busy', 'the database is locked') : error;
    for (const job of this.#queues.take(BATCH_MAX)) job.failed(refusal);
    this.#next();
  }

  #runInSavepoint(job: Job): () => void {
    this.#txn.savepoint.run();
    try {
      const value = this.#drive(job.body(this.#context));
      this.#txn.release.run();
      return () => job.done(value);
    } catch (error) {
      // A full disk ends the whole transaction, and with it everybody's work in it.
      if (!this.#db.inTransaction) throw error;
      this.#txn.undo.run();
      this.#txn.release.run();
      return () => job.failed(error);
    }
  }

  #drive<T>(body: Body<T>): T {
    let step = body.next([]);
    while (step.done !== true) step = body.next(step.value.map((asked) => this.#run(asked)));
    return step.value;
  }

  #run([query, values]: Question): readonly unknown[] {
    const { prepared, names } = this.#prepare(query);
    const bound = names.map((name) => (values as Values)[name] ?? null);
    if (prepared.reader) return prepared.all(...bound);
    prepared.run(...bound);
    return [];
  }

  #prepare(query: Statement<never, unknown>): Ready {
    const known = this.#ready.get(query);
    if (known !== undefined) return known;
    const statement = COMPILED[query.name];
    if (statement === undefined) throw new Error(`statement ${query.name} was not compiled`);
    const ready = { prepared: this.#db.prepare(statement.sql), names: statement.names };
    this.#ready.set(query, ready);
    return ready;
  }

  /** Forgets stores read before another process changed one. */
  #forgetIfChanged(): void {
    const version = Number(this.#txn.version.get());
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    this.#drive(forgetChangedShops(this.#context));
    // What this process would seal nobody could read any more.
    const key = this.#drive(first(q.findInstall, { name: 'data_key' }))?.value;
    if (key !== undefined && key !== this.#context.vault.fingerprint)
      throw new Error('SANJI_DATA_KEY was changed while this program ran: start it again');
  }
}
