// One connection to PostgreSQL. Statements whose rows nobody waits for are gathered and sent together with
// the next one that answers, so that a command costs as many round trips as it has questions.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Value } from './statement.ts';

/** Longer than any statement may take: a server that is silent for so long is gone. */
const SILENT_MS_MAX = 20_000;
const CONNECT_MS_MAX = 3000;
const SETTINGS = [
  // What is answered is on disk, whatever the server's default is.
  'synchronous_commit=on',
  'statement_timeout=10s',
  // A queue that another process holds for longer is left for later.
  'lock_timeout=2s',
  // A process that stopped in the middle of a transaction holds up nobody for longer.
  'idle_in_transaction_session_timeout=15s',
  'client_min_messages=warning',
  'TimeZone=UTC',
];

export type Row = Readonly<Record<string, unknown>>;
/** Of several statements. */
export type Rows = readonly (readonly Row[])[];
/** A statement by the name under which it is prepared ('' for once), with its values in order. */
export type Asked = {
  readonly name: string;
  readonly sql: string;
  readonly values: readonly Bound[];
  /** Hears the rows before whoever waits for the flight; what it throws is thrown there. */
  readonly hear?: (rows: readonly Row[]) => void;
};
export type Bound = Value | readonly Value[];

type Column = { readonly name: string; readonly parse: (text: string) => unknown };
/** What a connection knows of a statement; columns are null until they were described. */
type Known = { columns: readonly Column[] | null };
type Fields = {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
};

/** How far the gathering of a connection had come, to be gone back to. */
export type Mark = { readonly flushes: number; readonly length: number };

export class Link {
  /** Tells this connection from every other there ever was. */
  readonly name = randomBytes(12).toString('base64url');
  #number = 0;
  readonly #client: pg.Client;
  readonly #known = new Map<string, Known>();
  #gathered: Asked[] = [];
  #flushes = 0;
  #under: Promise<unknown> = Promise.resolve();
  #isBroken = false;
  #isHeard = false;

  static async open(url: string, onLost: () => void = () => undefined): Promise<Link> {
    const link = new Link(url, onLost);
    await link.#client.connect();
    return link;
  }

  private constructor(url: string, onLost: () => void) {
    this.#client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MS_MAX,
      keepAlive: true,
      application_name: 'sanji',
      options: SETTINGS.map((setting) => `-c ${setting}`).join(' '),
    });
    this.#client.on('error', () => {
      if (this.#isBroken) return;
      this.#isBroken = true;
      onLost();
    });
  }

  /** Counts its transactions. */
  nextNumber(): number {
    this.#number += 1;
    return this.#number;
  }

  /** Lost, or in a state nobody knows: nothing more can be asked of it. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  get mark(): Mark {
    return { flushes: this.#flushes, length: this.#gathered.length };
  }

  /** Forgets what was gathered since the mark; answers whether something was sent meanwhile. */
  backTo(mark: Mark): boolean {
    const isSent = this.#flushes !== mark.flushes;
    this.#gathered.length = isSent ? 0 : mark.length;
    return isSent;
  }

  /** Gathers a statement; if it fails, the next question does. */
  post(asked: Asked): void {
    this.#gathered.push(asked);
  }

  /** Sends what was gathered and this; its rows. */
  async ask(asked: Asked): Promise<readonly Row[]> {
    this.#gathered.push(asked);
    return this.settle();
  }

  /** Sends what was gathered and several groups in one go; the rows of each statement of each group. */
  async askAll(groups: readonly (readonly Asked[])[]): Promise<readonly Rows[]> {
    let from = this.#gathered.length;
    for (const group of groups) this.#gathered.push(...group);
    const rows = await this.#flush();
    return groups.map(({ length }) => {
      from += length;
      return rows.slice(from - length, from);
    });
  }

  /** Sends what was gathered; the rows of the last. Of several, those behind one that fails never run. */
  async settle(): Promise<readonly Row[]> {
    return (await this.#flush()).at(-1) ?? [];
  }

  /** The rows of each statement that was gathered. */
  #flush(): Promise<Rows> {
    const sent = this.#gathered;
    if (sent.length === 0) return Promise.resolve([]);
    this.#gathered = [];
    this.#flushes += 1;
    const before = this.#under;
    const answered = before.then(() => this.#send(sent));
    this.#under = answered.catch(() => undefined);
    return answered;
  }

  /** Runs SQL of several statements, without values or rows. */
  async script(sql: string): Promise<void> {
    await this.#client.query(sql);
  }

  listen(
    channel: string,
    hear: (payload: string, isOwn: boolean) => void,
  ): Promise<readonly Row[]> {
    this.#client.on('notification', ({ payload = '', processId }) =>
      hear(payload, processId === this.#processId),
    );
    return this.ask({ name: 'listen', sql: `LISTEN ${channel}`, values: [] });
  }

  get #processId(): number | null {
    // Not in the types of pg, which sets it from the server's first words.
    return (this.#client as { readonly processID?: number }).processID ?? null;
  }

  async close(): Promise<void> {
    this.#isBroken = true;
    await this.#client.end().catch(() => undefined);
  }

  #send(sent: readonly Asked[]): Promise<Rows> {
    return new Promise((resolve, reject) => {
      const silence = setTimeout(() => {
        this.#isBroken = true;
        void this.#client.end().catch(() => undefined);
        reject(new Error(`the database did not answer within ${SILENT_MS_MAX} ms`));
      }, SILENT_MS_MAX);
      const done = (error: unknown, rows: Rows) => {
        clearTimeout(silence);
        if (error !== null) return reject(error);
        try {
          for (const [at, { hear }] of sent.entries()) hear?.(rows[at] ?? []);
          resolve(rows);
        } catch (refusal) {
          reject(refusal);
        }
      };
      this.#client.query(new Flight({ sent, known: this.#known, done, hear: this.#hearOnce }));
    });
  }

  /** Which statements the server has parsed is told on the connection alone. */
  readonly #hearOnce = (connection: pg.Connection, parsed: string[]): void => {
    this.#parsing = parsed;
    if (this.#isHeard) return;
    this.#isHeard = true;
    connection.on('parseComplete', () => {
      const name = this.#parsing.shift();
      if (name !== undefined && name !== '') this.#known.set(name, { columns: null });
    });
  };
  #parsing: string[] = [];
}

type FlightOptions = {
  readonly sent: readonly Asked[];
  readonly known: ReadonlyMap<string, Known>;
  readonly done: (error: unknown, rows: Rows) => void;
  /** Called with the names that this flight has parsed, in their order. */
  readonly hear: (connection: pg.Connection, parsed: string[]) => void;
};

/** Several statements on the wire with one end: what pg calls a submittable. */
class Flight implements pg.Submittable {
  readonly #options: FlightOptions;
  #at = 0;
  #rows: Row[] = [];
  readonly #answers: Row[][] = [];
  /** Of the statement whose answer is coming in. */
  #columns: readonly Column[] | null = null;

  constructor(options: FlightOptions) {
    this.#options = options;
  }

  submit(connection: pg.Connection): void {
    const { sent, known, hear } = this.#options;
    const parsed: string[] = [];
    hear(connection, parsed);
    connection.stream.cork();
    for (const { name, sql, values } of sent) {
      if (!known.has(name) && (name === '' || !parsed.includes(name))) {
        connection.parse({ name, text: sql, types: [] }, true);
        parsed.push(name);
      }
      connection.bind({ statement: name, values: values.map(wireValue) }, true);
      // What was described once needs no second description.
      if (known.get(name)?.columns == null) connection.describe({ type: 'P', name: '' }, true);
      connection.execute({}, true);
    }
    connection.sync();
    connection.stream.uncork();
  }

  handleRowDescription({ fields }: Fields): void {
    this.#columns = fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID) }));
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.#columns ??= this.#known()?.columns ?? [];
    const row: Record<string, unknown> = {};
    for (const [index, { name, parse }] of this.#columns.entries()) {
      const text = fields[index] ?? null;
      row[name] = text === null ? null : parse(text);
    }
    this.#rows.push(row);
  }

  handleCommandComplete(): void {
    const known = this.#known();
    if (known !== undefined) known.columns ??= this.#columns ?? [];
    this.#columns = null;
    this.#answers.push(this.#rows);
    this.#rows = [];
    this.#at += 1;
  }

  handleError(error: unknown): void {
    this.#options.done(error, []);
  }

  handleReadyForQuery(): void {
    this.#options.done(null, this.#answers);
  }

  #known(): Known | undefined {
    const asked = this.#options.sent[this.#at];
    return asked && this.#options.known.get(asked.name);
  }
}

/** As the wire has it: bytes as they are, all else as text. */
function wireValue(value: Bound): Buffer | string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return `{${value.map(elementOf).join(',')}}`;
}

function elementOf(value: Value): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return quoted(value);
  return quoted(
    `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`,
  );
}

/** A text within an array, whatever it holds. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

const OIDS = { bool: 16, bytea: 17, int8: 20, int2: 21, int4: 23, numeric: 1700 } as const;
const NUMBERS: ReadonlySet<number> = new Set([OIDS.int8, OIDS.int2, OIDS.int4, OIDS.numeric]);

/** Whole won and ids are far below 2^53; a truth is 1 or 0, as SQLite says it. */
function parserOf(oid: number): Column['parse'] {
  if (NUMBERS.has(oid)) return Number;
  if (oid === OIDS.bytea) return (text) => Buffer.from(text.slice(2), 'hex');
  if (oid === OIDS.bool) return (text) => (text === 't' ? 1 : 0);
  return (text) => text;
}
