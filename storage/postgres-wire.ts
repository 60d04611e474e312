// What processes on one database tell each other: that words may be owed, and whose key was destroyed.
// Whatever is missed is found by looking: the outbox is polled, and keys are read again after a break.
import { Link } from './postgres-link.ts';

const CHANNEL = 'sanji';
const OWED = 'owed';
const FORGOTTEN = 'forgotten ';
/** Many commits of a moment are told of once. */
const GATHER_MS = 20;
const AGAIN_AFTER_MS = 500;

export type Hearing = {
  readonly owed: () => void;
  readonly forgotten: (personId: string) => void;
  /** The line was cut: anything may have been said meanwhile. */
  readonly missed: () => void;
};

export class Wire {
  readonly #url: string;
  readonly #hearing: Hearing;
  #link: Promise<Link> | null = null;
  #isListening = false;
  #isClosed = false;
  #telling: NodeJS.Timeout | null = null;
  #again: NodeJS.Timeout | null = null;

  constructor(url: string, hearing: Hearing) {
    this.#url = url;
    this.#hearing = hearing;
  }

  /** Hears others from now on, and again after each break of the line. */
  listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    this.#connect().catch(() => this.#comeBack());
  }

  tellOwed(): void {
    if (this.#telling !== null || this.#isClosed) return;
    this.#telling = setTimeout(() => {
      this.#telling = null;
      this.#tell(OWED).catch(() => undefined);
    }, GATHER_MS);
  }

  async tellForgotten(personId: string): Promise<void> {
    await this.#tell(`${FORGOTTEN}${personId}`).catch(() => undefined);
  }

  async close(): Promise<void> {
    if (this.#telling !== null) {
      clearTimeout(this.#telling);
      this.#telling = null;
      await this.#tell(OWED).catch(() => undefined);
    }
    this.#isClosed = true;
    if (this.#again !== null) clearTimeout(this.#again);
    await this.#link?.then((link) => link.close()).catch(() => undefined);
  }

  async #tell(payload: string): Promise<void> {
    const link = await this.#connect();
    await link.ask({ name: 'tell', sql: 'SELECT pg_notify($1, $2)', values: [CHANNEL, payload] });
  }

  #connect(): Promise<Link> {
    if (this.#isClosed) return Promise.reject(new Error('the store is closed'));
    this.#link ??= this.#open().catch((error: unknown) => {
      this.#link = null;
      throw error;
    });
    return this.#link;
  }

  async #open(): Promise<Link> {
    const link = await Link.open(this.#url, () => {
      this.#link = null;
      if (this.#isListening) this.#comeBack();
    });
    await link.listen(CHANNEL, (payload, isOwn) => {
      if (!isOwn) this.#hear(payload);
    });
    return link;
  }

  #hear(payload: string): void {
    if (payload === OWED) this.#hearing.owed();
    else if (payload.startsWith(FORGOTTEN))
      this.#hearing.forgotten(payload.slice(FORGOTTEN.length));
  }

  #comeBack(): void {
    if (this.#isClosed || this.#again !== null) return;
    this.#again = setTimeout(() => {
      this.#again = null;
      this.#connect().then(
        () => this.#hearing.missed(),
        () => this.#comeBack(),
      );
    }, AGAIN_AFTER_MS).unref();
  }
}
