// The PostgreSQL engine: any number of processes on one database. Commands are grouped into commits as on
// SQLite; what may not happen at the same time waits for a lock that is named after its queue.
import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '../src/orders/errors.ts';
import type { Check, OnProgress, Seat, SenderKey, Store } from '../src/orders/store.ts';
import { BodyStore, type InContext, type Queue } from './body-store.ts';
import { checkRule, RULES } from './doctor.ts';
import { findEvents } from './events.ts';
import { countEvents } from './finders.ts';
import type { Context } from './operations.ts';
import { senderHash } from './people.ts';
import {
  BEGIN,
  COMMIT,
  commit,
  type End,
  type How,
  type Job,
  PASS_HISTORY,
  SHOPS_VERSION,
} from './postgres-commit.ts';
import { drive } from './postgres-drive.ts';
import { failureOf } from './postgres-failures.ts';
import type { Asked, Link } from './postgres-link.ts';
import { LinkPool } from './postgres-pool.ts';
import { takePostgresSeat } from './postgres-seat.ts';
import { Wire } from './postgres-wire.ts';
import { Queues } from './queues.ts';
import { ShopMemory } from './shops.ts';

/** With the one that listens, eight: more make a store that many want slower, not faster. */
const WRITERS_MAX = 4;
const READERS_MAX = 3;
const BATCH_MAX = 128;
const FIRST_WAIT_MS = 5;
const WAIT_MS_MAX = 250;
/** A server that was restarted is back by then; whoever waits longer is told that we are busy. */
const GIVE_UP_MS = 4000;
/** How long we are not ready after a write that failed for want of a server or of room. */
const TROUBLE_MS = 5000;
const CHECK_MS_MAX = 2000;

const BEGIN_READING: Asked = {
  name: 'begin_reading',
  sql: 'BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY',
  values: [],
};
const VERSION: Asked = { name: 'version', sql: `SELECT ${SHOPS_VERSION} AS version`, values: [] };
const FITNESS: Asked = {
  name: 'fitness',
  sql: `SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS reads_only,
    (SELECT value FROM install WHERE name = 'data_key') AS key`,
  values: [],
};

export class PostgresStore extends BodyStore {
  readonly #url: string;
  readonly #context: Context;
  readonly #writers: LinkPool;
  readonly #readers: LinkPool;
  readonly #wire: Wire;
  readonly #isPlain: boolean;
  readonly #queues = new Queues<Job>();
  /** Jobs that change stores or erase somebody, each in a transaction of its own. */
  readonly #alone: Job[] = [];
  /** Queues whose jobs are in a transaction now: what comes in meanwhile waits for its end. */
  readonly #held = new Set<string>();
  readonly #running = new Set<Promise<void>>();
  readonly #seats = new Set<Seat>();
  /** Stores as one version of them was read. */
  #shops = { version: -1, memory: new ShopMemory() };
  #isScheduled = false;
  #isClosed = false;
  #troubledUntil = Number.NEGATIVE_INFINITY;
  /** Commits and commands so far, for the benchmark. */
  readonly counts = { commits: 0, commands: 0 };

  /** `isPlain`: each command commits by itself, statement by statement, for the benchmark. */
  constructor(url: string, context: Context, { isPlain = false } = {}) {
    super();
    this.#url = url;
    this.#context = context;
    this.#isPlain = isPlain;
    this.#writers = new LinkPool(url, WRITERS_MAX);
    this.#readers = new LinkPool(url, READERS_MAX);
    this.#wire = new Wire(url, {
      owed: () => super.wake(),
      page: (page) => super.wakePage(page),
      forgotten: (personId) => context.vault.forgetKey(personId),
      missed: () => {
        context.vault.forgetKeys();
        super.wake();
        super.wakePage(null);
      },
    });
  }

  override onOutbox(wake: () => void): void {
    super.onOutbox(wake);
    this.#wire.listen();
  }

  protected override wake(): void {
    super.wake();
    this.#wire.tellOwed();
  }

  protected pageOf(sender: SenderKey): string {
    return senderHash(this.#context.vault, sender);
  }

  protected override watchKey(page: string, wake: () => void): () => void {
    this.#wire.listen();
    return super.watchKey(page, wake);
  }

  protected override wakePage(page: string | null): void {
    super.wakePage(page);
    if (page !== null) this.#wire.tellPage(page);
  }

  sign: Store['sign'] = (purpose, text) => this.#context.vault.hash(`sign/${purpose}`, text);

  protected write<T>(queue: Queue, body: InContext<T>): Promise<T> {
    return this.#enqueue(queue, body, queue.isAlone === true);
  }

  protected writeShops(queue: Queue, body: InContext<void>): Promise<void> {
    return this.#enqueue(queue, body, true);
  }

  protected read<T>(body: InContext<T>): Promise<T> {
    return this.#reading((link) => {
      link.post(BEGIN_READING);
      return drive(body(this.#context), link);
    });
  }

  protected readShops<T>(body: InContext<T>): Promise<T> {
    return this.#reading(async (link) => {
      link.post(BEGIN_READING);
      const [row] = await link.ask(VERSION);
      return drive(body(this.#contextAt(Number(row?.version))), link);
    });
  }

  override countEvents: Store['countEvents'] = (after) =>
    this.#readHistory(() => countEvents(after));

  override findEvents: Store['findEvents'] = (of) => this.#readHistory(() => findEvents(of));

  protected async afterErasing(personId: string): Promise<void> {
    await this.#wire.tellForgotten(personId);
  }

  /** Any number of servers may run: what must happen once is guarded where it happens. */
  acquireLease: Store['acquireLease'] = async () => ({
    renew: async () => true,
    release: async () => undefined,
  });

  takeSeat: Store['takeSeat'] = async (name) => {
    const seat = await takePostgresSeat(this.#url, name);
    if (seat === null) return null;
    this.#seats.add(seat);
    void seat.lost.then(() => this.#seats.delete(seat));
    return seat;
  };

  isReachable: Store['isReachable'] = async () => {
    if (performance.now() < this.#troubledUntil) return false;
    const asked = this.#onReader(async (link) => {
      const [row] = await link.ask(FITNESS);
      return row?.reads_only === 0 && row.key === this.#context.vault.fingerprint;
    });
    const late = pause(CHECK_MS_MAX, false, { ref: false });
    return Promise.race([late, asked.catch(() => false)]);
  };

  protected checkRules(told?: OnProgress): Promise<Check[]> {
    return this.#reading(async (link) => {
      link.post(BEGIN_READING);
      const checks: Check[] = [];
      const rules = RULES.filter(({ postgres }) => postgres !== null);
      for (const { name, sql, postgres } of rules) {
        const rows = await link.ask({ name: '', sql: postgres ?? sql, values: [] });
        const faults = rows.map(({ fault }) => String(fault));
        checks.push(checkRule({ name, sql }, () => faults));
        told?.(checks.length, rules.length);
      }
      return checks;
    });
  }

  /** A server is copied by its own means; `docs/deploy.md` says how. */
  backup: Store['backup'] = async (file) => {
    if (file === null) return null;
    throw new Error('PostgreSQL is copied with its own tools, such as pg_dump; see docs/deploy.md');
  };

  /** Waits for what came in before, then closes the connections. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (;;) {
      this.#start();
      if (this.#running.size === 0) break;
      await Promise.race(this.#running);
    }
    await Promise.all([...this.#seats].map((seat) => seat.leave()));
    await this.#wire.close();
    await Promise.all([this.#writers.close(), this.#readers.close()]);
  }

  #enqueue<T>(queue: Queue, body: InContext<T>, isAlone: boolean): Promise<T> {
    if (this.#isClosed) return Promise.reject(new Error('the store is closed'));
    return new Promise<T>((resolve, reject) => {
      const done = resolve as (value: unknown) => void;
      const job = { queue, body, done, failed: reject, isAlone };
      if (isAlone) this.#alone.push(job);
      else this.#queues.push(queue.name, job);
      if (this.#isScheduled) return;
      this.#isScheduled = true;
      setImmediate(() => this.#start());
    });
  }

  /** One transaction for each connection, as long as something waits that may begin. */
  #start(): void {
    this.#isScheduled = false;
    while (this.#running.size < WRITERS_MAX) {
      const batch = this.#next();
      if (batch.length === 0) return;
      const names = new Set(batch.map(({ queue }) => queue.name));
      for (const name of names) this.#held.add(name);
      const run = this.#run(batch).finally(() => {
        for (const name of names) this.#held.delete(name);
        this.#running.delete(run);
        this.#start();
      });
      this.#running.add(run);
    }
  }

  #next(): readonly Job[] {
    const isHeld = (name: string) => this.#held.has(name);
    const at = this.#alone.findIndex(({ queue }) => !isHeld(queue.name));
    return at >= 0
      ? this.#alone.splice(at, 1)
      : this.#queues.take(this.#isPlain ? 1 : BATCH_MAX, isHeld);
  }

  async #run(batch: readonly Job[]): Promise<void> {
    const until = performance.now() + GIVE_UP_MS;
    const ways: readonly How[] = this.#isPlain ? ['plain'] : ['together', 'in turn'];
    for (const how of batch.length > 1 ? ways : ways.slice(-1))
      try {
        for (const end of await this.#commit(batch, how, until)) end();
        return;
      } catch (error) {
        if (batch.length > 1 && failureOf(error) !== 'away' && !(error instanceof DomainError))
          continue;
        for (const job of batch) job.failed(error);
        return;
      }
    // A statement of one takes all down with it: each by itself shows whose it was.
    for (const job of batch)
      try {
        for (const end of await this.#commit([job], 'in turn', until)) end();
      } catch (error) {
        job.failed(error);
      }
  }

  async #commit(batch: readonly Job[], how: How, until: number): Promise<readonly End[]> {
    const contextAt = (version: number, isAlone: boolean) => this.#contextAt(version, isAlone);
    const ends = await this.#persistently(until, batch.length > 1, () =>
      commit(batch, {
        writers: this.#writers,
        lastVersion: this.#shops.version,
        contextAt,
        how,
      }),
    );
    this.counts.commits += 1;
    this.counts.commands += batch.length;
    return ends;
  }

  #contextAt(version: number, isAlone = false): Context {
    if (version > this.#shops.version) this.#shops = { version, memory: new ShopMemory() };
    // Whoever changes a store, or sees an older version of one, remembers it for himself only.
    const isShared = !isAlone && version === this.#shops.version;
    return { ...this.#context, shops: isShared ? this.#shops.memory : new ShopMemory() };
  }

  /** Reads without a hole: no id of the history is given while we read, and none is under way. */
  #readHistory<T>(body: InContext<T>): Promise<T> {
    return this.#reading((link) => {
      link.post(BEGIN);
      link.post(PASS_HISTORY);
      return drive(body(this.#context), link);
    });
  }

  #reading<T>(work: (link: Link) => Promise<T>): Promise<T> {
    const until = performance.now() + GIVE_UP_MS;
    return this.#persistently(until, false, () =>
      this.#onReader(async (link) => {
        const value = await work(link);
        link.post(COMMIT);
        return value;
      }),
    );
  }

  async #onReader<T>(work: (link: Link) => Promise<T>): Promise<T> {
    const link = await this.#readers.take();
    try {
      const value = await work(link);
      // Nobody waits for the end of a reading but the next one on this connection.
      link.settle().then(
        () => this.#readers.giveBack(link),
        () => this.#dismiss(link),
      );
      return value;
    } catch (error) {
      this.#dismiss(link);
      throw error;
    }
  }

  #dismiss(link: Link): void {
    void link.close();
    this.#readers.giveBack(link);
  }

  /** Tries again what failed for no fault of its own, for as long as somebody may wait for it. */
  async #persistently<T>(until: number, isMany: boolean, work: () => Promise<T>): Promise<T> {
    let waitMs = FIRST_WAIT_MS;
    let wasTaken = false;
    for (;;)
      try {
        return await work();
      } catch (error) {
        const failure = failureOf(error);
        if (failure === 'away') this.#troubledUntil = performance.now() + TROUBLE_MS;
        // A key that another process wrote at this moment is found by the second try.
        const isOwn = failure === 'own' || (failure === 'taken' && wasTaken);
        if (isOwn || (isMany && failure !== 'away')) throw error;
        wasTaken = failure === 'taken';
        if (performance.now() >= until)
          throw new DomainError('busy', 'the database does not answer');
        await pause(waitMs * (0.5 + Math.random()));
        waitMs = Math.min(waitMs * 2, WAIT_MS_MAX);
      }
  }
}
