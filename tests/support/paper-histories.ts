// Generated histories of two dates: orders, payments, changes, cancellations, cuts, caps, reports and what is
// taken back. What `show` said after each step is kept, to be held against what is read of that moment later.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Who } from '../../src/orders/change.ts';
import { DomainError } from '../../src/orders/errors.ts';
import { deltaOf } from '../../src/orders/list-delta.ts';
import * as ordering from '../../src/orders/ordering.ts';
import { hashOf, type Paper, type PaperOf, type PaperRow } from '../../src/orders/paper.ts';
import type { Command, Store } from '../../src/orders/store.ts';
import type { ActTrace } from '../../src/orders/undoing.ts';
import { type Farm, MONDAY_NOON, openFarm, TUESDAY, WEDNESDAY } from './shop.ts';

const DATES = [TUESDAY, WEDNESDAY] as const;
const MINUTE_MS = 60_000;
const CAPS = [0, 6, 9, 12, 15, 18] as const;
/** So that there is something to freeze. */
const FIRST_ORDERS = [2, 4, 1, 3, 2] as const;

const KINDS = [
  ...['order', 'order', 'order', 'freeze', 'freeze', 'cancel', 'address', 'boxes', 'boxes'],
  ...['difference', 'cut', 'cap', 'cap', 'report', 'undo', 'undo', 'undo', 'takeBack'],
] as const;
export type PaperStep = { readonly kind: string; readonly n: number; readonly boxes: number };

export const paperSteps: fc.Arbitrary<readonly PaperStep[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...KINDS),
    n: fc.nat(99),
    boxes: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 12, maxLength: 40, size: 'max' },
);

/** What was shown of a date at a moment. */
type Shown = {
  readonly at: string;
  readonly paper: Paper;
  readonly states: ReadonlyMap<string, string>;
};

export class PaperWorld {
  readonly #store: Store;
  readonly #farm: Farm;
  readonly #orders: string[] = [];
  readonly #deposits: { readonly orderId: string; readonly id: string }[] = [];
  /** Parcels with the moment of their last new address. */
  readonly #readdressed = new Map<string, string>();
  readonly #shown: Shown[] = [];
  #extra: { readonly orderId: string; readonly amountKrw: number } | null = null;
  #trace: ActTrace | null = null;
  #minute = 0;

  private constructor(store: Store, farm: Farm) {
    this.#store = store;
    this.#farm = farm;
  }

  static async open(store: Store): Promise<PaperWorld> {
    return new PaperWorld(store, await openFarm(store, { policy: { dailyCapBoxes: 12 } }));
  }

  async play(steps: readonly PaperStep[]): Promise<void> {
    const first = FIRST_ORDERS.map((boxes, n) => ({ kind: 'order', n, boxes }));
    for (const step of [...first, ...steps]) {
      this.#minute += 1;
      await this.#take(step).catch((error: unknown) => {
        if (!(error instanceof DomainError)) throw error;
      });
      for (const date of DATES) this.#shown.push(await this.#show(date));
    }
  }

  get #now(): Date {
    return new Date(MONDAY_NOON.getTime() + this.#minute * MINUTE_MS);
  }

  async #read(date: string, of: PaperOf = {}): Promise<Paper> {
    const paper = await this.#store.findPaper('peach', date, { ...of, now: this.#now });
    if (paper === null) throw new Error(`${date} has no ${JSON.stringify(of)}`);
    return paper;
  }

  async #show(date: string): Promise<Shown> {
    const paper = await this.#read(date);
    const at = this.#now.toISOString();
    return { at, paper, states: await this.#statesOf(paper) };
  }

  async #statesOf({ rows }: Paper, asOf?: string): Promise<ReadonlyMap<string, string>> {
    const parcelIds = rows.map(({ parcel }) => parcel);
    const standings = await this.#store.findStandings('peach', { parcelIds, asOf });
    return new Map([...standings].map(([id, { state }]) => [id, state]));
  }

  async #take({ kind, n, boxes }: PaperStep): Promise<void> {
    const orderId = this.#orders[n % Math.max(1, this.#orders.length)] ?? 'ord_none';
    const date = DATES[n % 2] ?? TUESDAY;
    if (kind === 'order') return this.#order(n, boxes);
    if (kind === 'address' || kind === 'boxes') return this.#change(orderId, { kind, n, boxes });
    if (kind === 'difference') return this.#payExtra();
    if (kind === 'takeBack') return this.#takeBack(n);
    if (kind === 'report') return this.#report(date, n);
    if (kind === 'freeze') return this.#do('farmer', (asked) => ordering.freezeList(asked, date));
    if (kind === 'cut' || kind === 'cap') {
      const asked = this.#farm.asked('farmer', this.#now);
      const capBoxes = CAPS[n % CAPS.length] ?? 12;
      const { answer } = await this.#store.submit(
        kind === 'cut'
          ? ordering.cut(asked, { date, row: n % 6 })
          : ordering.setCap(asked, { date, capBoxes }),
      );
      this.#trace = answer.trace;
      return;
    }
    if (kind === 'undo') {
      const trace = this.#trace;
      this.#trace = null;
      if (trace === null) return;
      return this.#do('farmer', (asked) => ordering.undo(asked, trace));
    }
    const parcelIds = n % 3 === 0 ? [`par_${orderId.slice(4)}-1`] : null;
    const request = { parcelIds, reason: null, account: null };
    return this.#do('buyer', (asked) => ordering.cancel(asked, orderId, request));
  }

  async #do<T>(who: Who, command: (asked: ordering.Asked) => Command<T>): Promise<void> {
    await this.#store.submit(command(this.#farm.asked(who, this.#now)));
  }

  /** Paid at once; the bank may have had the money before that of others that is booked already. */
  async #order(n: number, boxes: number): Promise<void> {
    const orderId = `ord_${this.#orders.length + 1}`;
    const parcels = n % 3 === 0 ? [{ boxes }, { boxes: 1 }] : [{ boxes }];
    const { answer } = await this.#farm.place(orderId, ...parcels);
    this.#orders.push(orderId);
    await this.#deposit(orderId, answer.order.totalKrw, n % 5);
  }

  async #deposit(orderId: string, amountKrw: number, minutesAgo: number): Promise<void> {
    const id = `dep_${this.#deposits.length + 1}`;
    const at = new Date(this.#now.getTime() - minutesAgo * MINUTE_MS).toISOString();
    const request = { depositId: id, amountKrw, isRevived: false, depositor: null, at };
    await this.#do('system', (asked) => ordering.takeDeposit(asked, orderId, request));
    this.#deposits.push({ orderId, id });
  }

  async #change(orderId: string, { kind, n, boxes }: PaperStep): Promise<void> {
    const [parcel] = (await this.#store.findOrder('peach', orderId))?.parcels ?? [];
    if (parcel === undefined) return;
    const { recipient, phone, postcode, memo } = parcel;
    const address = `부산 해운대구 우동 ${n}`;
    const one =
      kind === 'address'
        ? { personal: { recipient, phone, postcode, memo, address }, items: null }
        : { personal: null, items: [{ product: 'peach-4kg', boxes }] };
    const changing = { parcels: [{ parcelId: parcel.id, ...one }] };
    const asked = this.#farm.asked('seller', this.#now);
    const { answer } = await this.#store.submit(ordering.change(asked, orderId, changing));
    if (kind === 'address') this.#readdressed.set(parcel.id, this.#now.toISOString());
    if (answer.difference !== null)
      this.#extra = { orderId, amountKrw: answer.difference.amountKrw };
  }

  async #payExtra(): Promise<void> {
    const extra = this.#extra;
    this.#extra = null;
    if (extra !== null) await this.#deposit(extra.orderId, extra.amountKrw, 0);
  }

  async #takeBack(n: number): Promise<void> {
    const index = n % Math.max(1, this.#deposits.length);
    const deposit = this.#deposits[index];
    if (deposit === undefined) return;
    const { orderId, id } = deposit;
    await this.#do('seller', (asked) => ordering.takeBackDeposit(asked, orderId, id));
    // Most often it comes in once more.
    const order = await this.#store.findOrder('peach', orderId);
    if (n % 4 === 0 || order?.state !== 'awaiting_payment') return;
    this.#minute += 1;
    await this.#deposit(orderId, order.totalKrw - order.paidKrw, n % 3);
  }

  async #report(date: string, n: number): Promise<void> {
    const to = n % 2 === 0 ? 'harvested' : 'shipped';
    const rows = [{ row: 1 + (n % 4), waybills: [], carrier: null }];
    const asked = this.#farm.asked('farmer', this.#now);
    const { answer } = await this.#store.submit(ordering.report(asked, { date, rows, to }));
    this.#trace = answer.trace;
  }

  /** All that may be held against what was shown while the history ran. */
  async check(): Promise<{ readonly revisions: number; readonly drafts: number }> {
    for (const shown of this.#shown) await this.#checkMoment(shown);
    let revisions = 0;
    for (const date of DATES) revisions += await this.#checkRevisions(date);
    // Money comes here without the bank's books.
    const faults = (await this.#store.doctor()).filter(
      ({ ok, name }) => !ok && !/deposit/.test(name),
    );
    expect(faults).toEqual([]);
    const drafts = this.#shown.filter(({ paper }) => paper.revision === 0 && paper.rows.length > 0);
    return { revisions, drafts: drafts.length };
  }

  async #checkMoment({ at, paper, states }: Shown): Promise<void> {
    const then = await this.#read(paper.date, { asOf: at });
    const { capBoxes: _, at: __, ...wanted } = paper;
    expect(then).toMatchObject(paper.revision === 0 ? this.#knownOf(wanted, at) : wanted);
    expect(then.rows).toHaveLength(paper.rows.length);
    expect(await this.#statesOf(paper, at)).toEqual(states);
    if (paper.revision === 0) return;
    const kept = await this.#read(paper.date, { revision: paper.revision });
    expect(kept).toEqual(then);
    expect(kept.hash).toBe(hashOf(kept));
  }

  /** The history does not know what an address was before. */
  #knownOf({ hash, ...draft }: Omit<Paper, 'capBoxes' | 'at'>, at: string) {
    const isChanged = ({ parcel }: PaperRow) => (this.#readdressed.get(parcel) ?? '') > at;
    const rows = draft.rows.map((row) => {
      const { address, ...known } = row;
      return isChanged(row) ? known : row;
    });
    return { ...draft, rows, ...(draft.rows.some(isChanged) ? {} : { hash }) };
  }

  /** r1 and the deltas are the list of each revision, and the newest is what stands. */
  async #checkRevisions(date: string): Promise<number> {
    const { day, rows: live } = await this.#store.findDayList('peach', date);
    if (day.revision === 0) return 0;
    const papers: Paper[] = [];
    for (let revision = 1; revision <= day.revision; revision++)
      papers.push(await this.#read(date, { revision }));
    for (const [from, before] of papers.entries())
      for (const after of papers.slice(from + 1))
        expect(laidOver(before, after)).toEqual(after.rows);
    const newest = papers.at(-1)?.rows ?? [];
    expect(newest.map(told)).toEqual(
      live.map(({ order, parcelId, ...row }) => {
        const parcel = order.parcels.find(({ id }) => id === parcelId);
        if (parcel === undefined) throw new Error('a row without its parcel');
        const { recipient, address, boxes, packages } = parcel;
        const said = { recipient, address, boxes, packages: packages.length };
        return { ...row, order: order.code, parcel: parcelId, ...(row.struck ? {} : said) };
      }),
    );
    return papers.length;
  }
}

/** An old paper with the delta up to a newer one; what came and left between was on neither. */
function laidOver(before: Paper, after: Paper): readonly PaperRow[] {
  const { added, struck, altered } = deltaOf(after.rows, {
    from: before.revision + 1,
    to: after.revision,
  });
  const rows = new Map(before.rows.map((row) => [row.row, row]));
  for (const row of [...added, ...struck, ...altered]) rows.set(row.row, row);
  for (const row of after.rows)
    if (row.addedRevision > before.revision && row.struck) rows.set(row.row, row);
  return [...rows.values()].sort((a, b) => a.row - b.row);
}

function told(row: PaperRow) {
  const { order, parcel, recipient, address, boxes, packages, struck } = row;
  const { addedRevision, struckRevision, alteredRevision } = row;
  const said = { recipient, address, boxes, packages };
  const revisions = { addedRevision, struckRevision, alteredRevision };
  return { row: row.row, struck, ...revisions, order, parcel, ...(struck ? {} : said) };
}
