// What processes on one database tell each other: that words may be owed, what page of the web chat has more
// on it, and whose key was destroyed. Whatever is missed is found by looking: the outbox and open pages are
// polled, and all of it is looked at again after a break.
import { Link } from './postgres-link.ts';

const CHANNEL = 'sanji';
const OWED = 'owed';
const FORGOTTEN = 'forgotten ';
const PAGE = 'page ';
/** Many commits of a moment are told of once. */
const GATHER_MS = 20;
const AGAIN_AFTER_MS = 500;
const TELL = 'SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload';

export type Hearing = {
  readonly owed: () => void;
  readonly forgotten: (personId: string) => void;
  readonly page: (page: string) => void;
  /** The line was cut: anything may have been said meanwhile. */
  readonly missed: () => void;
};

export class Wire {
  readonly #url: string;
  readonly #hearing: Hearing;
  #link: Promise<Link> | null = null;
  #isListening = false;
  #isClosed = false;
  /** To be told, each once, in a moment. */
  readonly #untold = new Set<string>();
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
    this.#tellSoon(OWED);
  }

  tellPage(page: string): void {
    this.#tellSoon(`${PAGE}${page}`);
  }

  async tellForgotten(personId: string): Promise<void> {
    await this.#tell([`${FORGOTTEN}${personId}`]);
  }

  async close(): Promise<void> {
    if (this.#telling !== null) clearTimeout(this.#telling);
    this.#telling = null;
    await this.#tellGathered();
    this.#isClosed = true;
    if (this.#again !== null) clearTimeout(this.#again);
    await this.#link?.then((link) => link.close()).catch(() => undefined);
  }

  #tellSoon(payload: string): void {
    if (this.#isClosed) return;
    this.#untold.add(payload);
    this.#telling ??= setTimeout(() => {
      this.#telling = null;
      void this.#tellGathered();
    }, GATHER_MS);
  }

  async #tellGathered(): Promise<void> {
    const payloads = [...this.#untold];
    this.#untold.clear();
    if (payloads.length > 0) await this.#tell(payloads);
  }

  /** Who hears nothing, because the line is down, looks for himself. */
  async #tell(payloads: readonly string[]): Promise<void> {
    try {
      const link = await this.#connect();
      const values = [CHANNEL, payloads];
      await link.ask({ name: 'tell', sql: TELL, values });
    } catch {
      // The next poll finds what was to be told.
    }
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
    else if (payload.startsWith(PAGE)) this.#hearing.page(payload.slice(PAGE.length));
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
