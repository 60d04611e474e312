// The SQLite engine: one file, one writer, commands grouped into commits, fair over stores.
import Sqlite, { type Database, type Statement as Prepared } from 'better-sqlite3';
import { DomainError } from '../src/orders/errors.ts';
import type { Command, Store, Submitted, Turn } from '../src/orders/store.ts';
import { backUp, datedTarget, forgetOldCopies } from './backup.ts';
import compiled from './compiled/sqlite.json' with { type: 'json' };
import type { Vault } from './crypto.ts';
import { checkRule, RULES } from './doctor.ts';
import * as events from './events.ts';
import * as find from './finders.ts';
import { FIRST_PAGE, forgetOrdersBody, forgetPersonBody, type Page } from './forgetting.ts';
import { releaseLeaseBody, renewLeaseBody, takeLeaseBody } from './lease.ts';
import { countRefusedLinks, createLinkBody, enterByLinkBody, listOpenLinks } from './links.ts';
import { migrateSqlite } from './migrate.ts';
import {
  type Context,
  endTurnBody,
  findAnswer,
  keepAnswerBody,
  readOpenChange,
  rememberAnswerBody,
  setRefundAccountBody,
  submitBody,
} from './operations.ts';
import * as outbox from './outbox.ts';
import { addPageEntriesBody, findPageEntries } from './pages.ts';
import { findPersonOf, meetPerson, strangerOf, turnOf } from './people.ts';
import { checkFile } from './reader.ts';
import { toDays } from './rows.ts';
import * as shops from './shops.ts';
import { findStaffBody, joinBody, removeRolesBody } from './staff.ts';
import {
  all,
  type Body,
  type Compiled,
  first,
  q,
  type Statement,
  type Step,
  type Values,
} from './statement.ts';

const COMPILED: Readonly<Record<string, Compiled>> = compiled;
const BATCH_MAX = 256;
/** Runs of a job remembered per store, for `cron ls` and for not running a slot twice. */
const RUNS_KEPT = 400;
const QUEUE_PER_STORE_MAX = 1000;
/** A queue of its own, so that no flood keeps messages from going out; no store has this id. */
const OUTBOX_QUEUE = '/outbox';
/** So that a flood of guessed links delays nobody's orders. */
const LINK_QUEUE = '/links';
/** So that no flood makes a living server look dead. */
const LEASE_QUEUE = '/lease';
const FORGET_QUEUE = '/forget';
/** Another process holds the lock for 20 ms at most; the server never waits inside the driver. */
const BUSY_FIRST_WAIT_MS = 1;
/** Short and uneven: beside a process that writes without a pause, long waits never met the gap. */
const BUSY_WAIT_MS_MAX = 4;
const BUSY_GIVE_UP_MS = 2000;
/** How soon what another process wrote wakes the outbox. */
const LOOK_AT_OTHERS_MS = 200;
const JOURNAL_BYTES_MAX = 64 * 1024 * 1024;

type Job = {
  readonly body: () => Body<unknown>;
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
  const known = fingerprintIn(db);
  if (known === null)
    db.prepare('INSERT INTO install VALUES (?, ?)').run('data_key', vault.fingerprint);
  else if (known !== vault.fingerprint) {
    db.close();
    throw new Error('SANJI_DATA_KEY is not the key this database was made with');
  }
}

export class SqliteStore implements Store {
  readonly #db: Database;
  readonly #context: Context;
  readonly #txn: Readonly<
    Record<'begin' | 'commit' | 'rollback' | 'savepoint' | 'release' | 'undo' | 'version', Prepared>
  >;
  readonly #ready = new Map<Statement<never, unknown>, Ready>();
  /** Waiting jobs per store; a Map keeps the stores in their round-robin order. */
  readonly #queues = new Map<string, Job[]>();
  readonly #wakes: (() => void)[] = [];
  #isScheduled = false;
  #isClosed = false;
  #isServer = false;
  #dataVersion = 0;
  #others: NodeJS.Timeout | null = null;
  #idle: (() => void)[] = [];
  /** Commits and commands so far, for the benchmark. */
  readonly counts = { commits: 0, commands: 0 };

  constructor(db: Database, context: Context) {
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

  submit<T>(command: Command<T>): Promise<Submitted<T>> {
    return this.#writeAndWake(command.storeId, () => submitBody(this.#context, command));
  }

  endTurn: Store['endTurn'] = (ending) =>
    this.#write(ending.storeId, () => endTurnBody(this.#context, ending));

  rememberAnswer: Store['rememberAnswer'] = (key, answer) =>
    this.#write('', () => rememberAnswerBody(this.#context, key, answer));

  keepAnswer: Store['keepAnswer'] = (request, answer, now) =>
    this.#write('', () => keepAnswerBody(this.#context, { request, answer, now }));

  async findAnswer(request: { key: string; body?: string }): Promise<unknown> {
    const stored = this.#read(() => findAnswer(this.#context, request));
    return stored?.answer ?? null;
  }

  findTurn: Store['findTurn'] = async (sender, requestKey) => {
    const known = this.#read(() => findPersonOf(this.#context, sender));
    const { person, newKey } =
      known === null ? strangerOf(this.#context, sender) : { person: known, newKey: null };
    const turn = this.#read(() => turnOf(this.#context, person, requestKey));
    return { ...turn, newKey, isNew: newKey !== null } satisfies Turn;
  };

  meet: Store['meet'] = (sender, now) =>
    // In a queue of its bot's own: a crowd at one bot delays neither others nor the outbox.
    this.#write(`meet ${sender.bot}`, () => meetPerson(this.#context, sender, now));

  findShop: Store['findShop'] = async (id) =>
    this.#readShops(() => shops.readShop(this.#context, id));

  listShops: Store['listShops'] = async ({ states }) =>
    this.#readShops(() => shops.listShops(this.#context, states));

  findDays: Store['findDays'] = async (storeId, from) => {
    const rows = this.#read(() => all(q.listDaysFrom, { store_id: storeId, date: from }));
    return toDays(rows);
  };

  findOrder: Store['findOrder'] = async (storeId, id) =>
    this.#read(() => find.findOrder(this.#context, storeId, id));

  findOrders: Store['findOrders'] = async (filter) =>
    this.#read(() => find.findOrders(this.#context, filter));

  findSentTo: Store['findSentTo'] = async (of) =>
    this.#read(() => find.findSentTo(this.#context, of));

  findTotals: Store['findTotals'] = async (storeId, { today }) =>
    this.#readShops(() => find.findTotals(this.#context, storeId, today));

  findDayEnd: Store['findDayEnd'] = async (storeId, date) =>
    this.#read(() => find.findDayEnd(storeId, date));

  findRefunds: Store['findRefunds'] = async (storeId, orderId) =>
    this.#read(() => find.findRefunds(storeId, orderId));

  findOpenChange: Store['findOpenChange'] = async (storeId, id) =>
    this.#read(() => readOpenChange(this.#context, { storeId, id }));

  findStoreOf: Store['findStoreOf'] = async (id) => this.#read(() => find.findStoreOf(id));

  countEvents: Store['countEvents'] = async (after) => this.#read(() => find.countEvents(after));

  findHistory: Store['findHistory'] = async (storeId, orderId) =>
    this.#read(() => find.findHistory(storeId, orderId));

  findEvents: Store['findEvents'] = async (of) => this.#read(() => events.findEvents(of));

  findLastEventBefore: Store['findLastEventBefore'] = async (at) =>
    this.#read(() => events.findLastEventBefore(at));

  findDayList: Store['findDayList'] = async (storeId, date) =>
    this.#readShops(() => find.findDayList(this.#context, storeId, date));

  findNewestList: Store['findNewestList'] = async (storeId) => {
    const row = this.#read(() => first(q.findNewestList, { store_id: storeId }));
    return row === null ? null : { date: row.date, frozenAt: row.frozen_at ?? '' };
  };

  findAskedDay: Store['findAskedDay'] = async (storeId) =>
    this.#read(() => first(q.findAskedDay, { store_id: storeId }));

  putShop: Store['putShop'] = (shop) => {
    const createdAt = new Date().toISOString();
    return this.#write(shop.id, () => shops.putShop(this.#context, { ...shop, createdAt }));
  };

  putProduct: Store['putProduct'] = (storeId, product) =>
    this.#write(storeId, () => shops.putProduct(this.#context, storeId, product));

  putHoliday: Store['putHoliday'] = (date, name) =>
    this.#write('', () => shops.putHoliday(this.#context, date, name));

  listHolidays: Store['listHolidays'] = async () => this.#read(() => all(q.listHolidays, {}));

  createInvite: Store['createInvite'] = async ({ codeHash, storeId, roles, expiresAt }) => {
    await this.#write(storeId, () =>
      all(q.insertInvite, {
        code_hash: this.#context.vault.hash('invite', codeHash),
        store_id: storeId,
        roles: roles.join(','),
        expires_at: expiresAt,
      }),
    );
  };

  findOpenRefunds: Store['findOpenRefunds'] = async (storeId, limit) =>
    this.#read(() => find.findOpenRefunds(this.#context, storeId, limit));

  findComplaints: Store['findComplaints'] = async (storeId, of) =>
    this.#read(() => find.findComplaints(storeId, of));

  findStaff: Store['findStaff'] = async (storeId) => this.#read(() => findStaffBody(storeId));

  removeRoles: Store['removeRoles'] = (of) =>
    this.#writeAndWake(of.storeId, () => removeRolesBody(this.#context, of));

  useInvite: Store['useInvite'] = (use) =>
    this.#write('', () =>
      joinBody(this.#context, {
        ...use,
        codeHash: this.#context.vault.hash('invite', use.codeHash),
      }),
    );

  createLink: Store['createLink'] = (link) =>
    this.#write(link.storeId, () => createLinkBody(this.#context, link));

  enterByLink: Store['enterByLink'] = (entry) =>
    this.#write(LINK_QUEUE, () => enterByLinkBody(this.#context, entry));

  revokeLink: Store['revokeLink'] = async (id, now) => {
    const values = { id, now: now.toISOString() };
    return (await this.#write(LINK_QUEUE, () => first(q.revokeLink, values))) !== null;
  };

  listOpenLinks: Store['listOpenLinks'] = async (now, limit) =>
    this.#read(() => listOpenLinks(now, limit));

  countRefusedLinks: Store['countRefusedLinks'] = async (since) =>
    this.#read(() => countRefusedLinks(since));

  addPageEntries: Store['addPageEntries'] = (sender, entries, now) =>
    // In a queue of this person's own: a busy page delays neither others nor the outbox.
    this.#write(`page ${sender.user}`, () =>
      addPageEntriesBody(this.#context, { sender, entries, now }),
    );

  findPageEntries: Store['findPageEntries'] = async (sender, of) =>
    this.#read(() => findPageEntries(this.#context, sender, of));

  setRefundAccount: Store['setRefundAccount'] = (refund) =>
    this.#write(refund.storeId, () => setRefundAccountBody(this.#context, refund));

  forgetPerson: Store['forgetPerson'] = async (personId, now) => {
    let page: Page | null = FIRST_PAGE;
    while (page !== null) {
      const from: Page = page;
      page = await this.#write(FORGET_QUEUE, () => forgetOrdersBody(personId, from));
    }
    const asked = { personId, now };
    const forgotten = await this.#write(FORGET_QUEUE, () => forgetPersonBody(this.#context, asked));
    // The log still holds the pages as they were; once it is folded in, it is cut to nothing.
    if (forgotten?.isErased) this.#db.pragma('wal_checkpoint(TRUNCATE)');
    return forgotten;
  };

  findToForget: Store['findToForget'] = async (limit) =>
    this.#read(() => all(q.listToForget, { limit })).map(({ id }) => id);

  findExpired: Store['findExpired'] = async (now, limit) =>
    this.#read(() => all(q.listExpired, { now: now.toISOString(), limit })).map((row) => ({
      storeId: row.store_id,
      orderId: row.id,
    }));

  findToRemind: Store['findToRemind'] = async (now, limit) =>
    this.#read(() => all(q.listToRemind, { now: now.toISOString(), limit })).map((row) => ({
      storeId: row.store_id,
      orderId: row.id,
    }));

  findUnasked: Store['findUnasked'] = async (storeId, { shippedBefore, limit }) => {
    const of = { store_id: storeId, before: shippedBefore.toISOString(), limit };
    return this.#read(() => all(q.listUnasked, of)).map((row) => ({
      storeId,
      orderId: row.order_id,
    }));
  };

  findUntoldBuyers: Store['findUntoldBuyers'] = async (storeId) =>
    this.#read(() => all(q.listUntoldBuyers, { store_id: storeId })).map((row) => row.buyer_id);

  claimOutbox: Store['claimOutbox'] = (claim) =>
    this.#write(OUTBOX_QUEUE, () => outbox.claimOutbox(this.#context, claim));

  startSending: Store['startSending'] = (sending) =>
    this.#write(OUTBOX_QUEUE, () => outbox.startSending(this.#context, sending));

  settleOutbox: Store['settleOutbox'] = (row, end, now) =>
    this.#write(OUTBOX_QUEUE, () => outbox.settleOutbox(this.#context, { row, end, now }));

  putOffOutbox: Store['putOffOutbox'] = (rows, off) =>
    this.#write(OUTBOX_QUEUE, () => outbox.putOffOutbox(rows, off));

  listOutbox: Store['listOutbox'] = async (filter) => this.#read(() => outbox.listOutbox(filter));

  findLetter: Store['findLetter'] = async (id) =>
    this.#read(() => outbox.findLetter(this.#context, id));

  mendLetter: Store['mendLetter'] = async (mend) => {
    const letter = await this.#write(OUTBOX_QUEUE, () => outbox.mendLetter(this.#context, mend));
    this.#wake();
    return letter;
  };

  raiseAlarm: Store['raiseAlarm'] = async (now) => {
    const told = await this.#write(OUTBOX_QUEUE, () => outbox.raiseAlarm(this.#context, now));
    if (told > 0) this.#wake();
    return told;
  };

  queueFigures: Store['queueFigures'] = async (now) => this.#read(() => outbox.queueFigures(now));

  setQuietHours: Store['setQuietHours'] = (quiet) =>
    this.#write(quiet.storeId, () => outbox.setQuietHours(quiet));

  claimSlot: Store['claimSlot'] = async (slot, { now, leaseMs }) => {
    const lease_until = new Date(now.getTime() + leaseMs).toISOString();
    const values = { job: slot.job, store_id: slot.storeId, slot: slot.slot, lease_until };
    return this.#write(slot.storeId, function* () {
      if ((yield* first(q.insertSlot, values)) !== null) return true;
      return (yield* first(q.takeOverSlot, { ...values, now: now.toISOString() })) !== null;
    });
  };

  finishSlot: Store['finishSlot'] = async (slot, result, now) => {
    const of = { job: slot.job, store_id: slot.storeId };
    await this.#write(slot.storeId, function* () {
      yield* all(q.finishSlot, {
        ...of,
        slot: slot.slot,
        finished_at: now.toISOString(),
        result: JSON.stringify(result ?? null),
      });
      yield* all(q.forgetSlots, { ...of, kept: RUNS_KEPT });
    });
  };

  findLastSlot: Store['findLastSlot'] = async (job, storeId) =>
    this.#read(() => first(q.findLastSlot, { job, store_id: storeId }))?.slot ?? null;

  acquireLease: Store['acquireLease'] = async (now) => {
    const holder = await this.#write(LEASE_QUEUE, () => takeLeaseBody(now));
    this.#isServer = true;
    return {
      renew: (at) => this.#write(LEASE_QUEUE, () => renewLeaseBody(holder, at)),
      release: () => this.#write(LEASE_QUEUE, () => releaseLeaseBody(holder)),
    };
  };

  doctor: Store['doctor'] = async (told) => {
    if (!this.#db.memory) return checkFile(this.#db.name, told);
    const faultsOf = (sql: string) => this.#db.prepare(sql).pluck().all().map(String);
    return RULES.map((rule) => checkRule(rule, faultsOf));
  };

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

  onOutbox: Store['onOutbox'] = (wake) => {
    this.#wakes.push(wake);
    if (this.#db.memory || this.#others !== null) return;
    this.#others = setInterval(this.#lookAtOthers(), LOOK_AT_OTHERS_MS).unref();
  };

  #wake(): void {
    for (const wake of this.#wakes) wake();
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

  /** Looks whether another process wrote since it last looked; what that one owes is due now. */
  #lookAtOthers(): () => void {
    let seen = Number(this.#txn.version.get());
    return () => {
      const version = this.#versionNow();
      if (version === null || version === seen) return;
      seen = version;
      this.#wake();
    };
  }

  /** Waits for what is under way, then closes the file. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#others !== null) clearInterval(this.#others);
    if (this.#queues.size > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    this.#db.close();
  }

  #read<T>(body: () => Body<T>): T {
    return this.#drive(body());
  }

  /** For bodies that know stores from memory: looks first whether another process changed them. */
  #readShops<T>(body: () => Body<T>): T {
    this.#forgetIfChanged();
    return this.#drive(body());
  }

  #write<T>(storeId: string, body: () => Body<T>): Promise<T> {
    if (this.#isClosed) return Promise.reject(new Error('the store is closed'));
    const queue = this.#queues.get(storeId) ?? [];
    if (queue.length >= QUEUE_PER_STORE_MAX)
      return Promise.reject(new DomainError('busy', `store ${storeId} is flooded`));
    return new Promise<T>((resolve, reject) => {
      queue.push({ body, done: resolve as (value: unknown) => void, failed: reject });
      this.#queues.set(storeId, queue);
      this.#schedule();
    });
  }

  /** For what may owe somebody words. */
  async #writeAndWake<T>(storeId: string, body: () => Body<T>): Promise<T> {
    const value = await this.#write(storeId, body);
    for (const wake of this.#wakes) wake();
    return value;
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
    const batch = this.#takeFairly();
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
    for (const job of this.#takeFairly()) job.failed(refusal);
    this.#next();
  }

  /** One job of each store in turn, so that a flooded store delays no other. */
  #takeFairly(): Job[] {
    const batch: Job[] = [];
    while (batch.length < BATCH_MAX && this.#queues.size > 0) {
      for (const [storeId, queue] of this.#queues) {
        if (batch.length >= BATCH_MAX) break;
        const job = queue.shift();
        if (job !== undefined) batch.push(job);
        // Re-inserted at the end: the next batch starts with the store after this one.
        this.#queues.delete(storeId);
        if (queue.length > 0) this.#queues.set(storeId, queue);
      }
    }
    return batch;
  }

  #runInSavepoint(job: Job): () => void {
    this.#txn.savepoint.run();
    try {
      const value = this.#drive(job.body());
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
    while (step.done !== true) step = body.next(this.#run(step.value));
    return step.value;
  }

  #run([query, values]: Step): readonly unknown[] {
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
    this.#drive(shops.forgetChangedShops(this.#context));
    // What this process would seal nobody could read any more.
    const key = this.#drive(first(q.findInstall, { name: 'data_key' }))?.value;
    if (key !== undefined && key !== this.#context.vault.fingerprint)
      throw new Error('SANJI_DATA_KEY was changed while this program ran: start it again');
  }
}
