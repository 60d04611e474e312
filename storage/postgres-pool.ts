// A few connections that are taken, used by one at a time, and given back.
import { Link } from './postgres-link.ts';

/** Nobody waits longer for a free connection than for the database itself. */
export class LinkPool {
  readonly #url: string;
  readonly #max: number;
  readonly #idle: Link[] = [];
  readonly #waiting: ((link: Link | null) => void)[] = [];
  #count = 0;
  #isClosed = false;

  constructor(url: string, max: number) {
    this.#url = url;
    this.#max = max;
  }

  get hasFree(): boolean {
    return this.#idle.length > 0 || this.#count < this.#max;
  }

  async take(): Promise<Link> {
    for (;;) {
      if (this.#isClosed) throw new Error('the store is closed');
      const link = this.#idle.pop();
      if (link?.isBroken === false) return link;
      if (link !== undefined) {
        this.#count -= 1;
        continue;
      }
      if (this.#count < this.#max) return this.#open();
      const given = await new Promise<Link | null>((resolve) => this.#waiting.push(resolve));
      if (given !== null) return given;
    }
  }

  giveBack(link: Link): void {
    const next = this.#waiting.shift();
    if (link.isBroken || this.#isClosed) {
      this.#count -= 1;
      void link.close();
      next?.(null);
      return;
    }
    if (next === undefined) this.#idle.push(link);
    else next(link);
  }

  /** What is in use is closed when it is given back. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const wake of this.#waiting.splice(0)) wake(null);
    const idle = this.#idle.splice(0);
    this.#count -= idle.length;
    await Promise.all(idle.map((link) => link.close()));
  }

  async #open(): Promise<Link> {
    this.#count += 1;
    try {
      return await Link.open(this.#url);
    } catch (error) {
      this.#count -= 1;
      this.#waiting.shift()?.(null);
      throw error;
    }
  }
}
