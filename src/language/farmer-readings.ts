// What a farmer's message was found to say so far, in the order said.

import type { BadLine, FarmerReading, ListDate, RowSaid, WaybillEntry } from './reading.ts';
import { withoutNumbers } from './rows.ts';

type Waybills = Extract<FarmerReading, { kind: 'waybills' }>;
/** Rows that stay behind, and the step that they did not reach; null where none was named. */
export type Held = {
  readonly rows: readonly RowSaid[];
  readonly step: Step | null;
  /** "1~14번 중에 6번만": of these the rest is spoken. */
  readonly among: readonly number[];
};
type Step = Extract<FarmerReading, { kind: 'advance' }>['to'];
type Advance = Extract<FarmerReading, { kind: 'advance' }>;
const STEPS: readonly Step[] = ['harvested', 'packed', 'shipped', 'delivered'];

type Gathered = { readonly entries: WaybillEntry[]; readonly bad: BadLine[] };

const withoutLeft = ({ left: _, ...advance }: Advance): Advance => advance;

export class Readings {
  readonly #all: FarmerReading[] = [];
  /** Waybills of one list are one command, wherever they stand in the message. */
  readonly #waybills = new Map<ListDate, Gathered>();

  readonly #held: Held[] = [];

  readonly #ownerless: BadLine[] = [];

  /** Numbers of which nothing tells whose they are: beside others they hold up the whole paste. */
  leaveOwnerless(waybills: readonly string[]): void {
    this.#ownerless.push(...waybills.map((said): BadLine => ({ said, why: 'whose' })));
  }

  hold(held: Held): void {
    this.#held.push(held);
  }

  get hasWaybills(): boolean {
    return this.#waybills.size > 0;
  }

  get count(): number {
    return this.#all.length;
  }

  push(reading: FarmerReading): void {
    if (reading.kind === 'waybills') this.#pushWaybills(reading);
    else if (!(reading.kind === 'other' && this.#all.at(-1)?.kind === 'other'))
      this.#all.push(reading);
  }

  #pushWaybills(reading: Waybills): void {
    const known = this.#waybills.get(reading.list);
    const { entries, bad } = known ?? { entries: [], bad: [] };
    entries.push(...reading.entries);
    bad.push(...(reading.bad ?? []));
    if (known !== undefined) return;
    this.#waybills.set(reading.list, { entries, bad });
    this.#all.push(reading);
  }

  /** Numbers alone behind a row's: of its other packages. False when no row stands before them. */
  addToLast(list: ListDate, waybills: readonly string[]): boolean {
    const entries = this.#waybills.get(list)?.entries ?? [];
    const last = entries.at(-1);
    if (last === undefined || this.#all.at(-1)?.kind !== 'waybills') return false;
    entries[entries.length - 1] = { ...last, waybills: [...last.waybills, ...waybills] };
    return true;
  }

  /** "포장 끝. 4, 9번 빼고": what is left out of the step said right before; false when none was. */
  leaveOut(left: readonly RowSaid[]): boolean {
    const last = this.#all.at(-1);
    if (last?.kind !== 'advance') return false;
    this.#all.pop();
    const numbers = left.filter((row) => typeof row === 'number');
    if (last.rows !== 'all' && numbers.length === left.length) {
      const rows = withoutNumbers(last.rows, numbers);
      this.#all.push({ ...last, rows });
    } else this.#all.push({ ...last, left: [...(last.left ?? []), ...left] });
    return true;
  }

  /** The day of the list asked for, which is then no question but the heading of what follows. */
  takeListDate(): string | null {
    const at = this.#all.findIndex((one) => one.kind === 'list' && one.date !== null);
    const [heading] = at < 0 ? [] : this.#all.splice(at, 1);
    return heading?.kind === 'list' ? heading.date : null;
  }

  /** Words beside a paste that say nothing by themselves. */
  dropHeadings(): void {
    const kept = this.#all.filter(({ kind }) => kind !== 'other' && kind !== 'list');
    this.#all.splice(0, this.#all.length, ...kept);
  }

  /** "…, 한진으로 보냈음" below the numbers: whose carrier they are that have none. */
  nameCarrier(carrier: string): void {
    for (const { entries } of this.#waybills.values())
      for (const [at, entry] of entries.entries())
        entries[at] = { ...entry, carrier: entry.carrier ?? carrier };
  }

  /** Every row that a report named. */
  rowsNamed(): RowSaid[] {
    const held = this.#held.flatMap(({ rows }) => rows);
    const named = this.#all.flatMap((reading): readonly RowSaid[] => {
      if (reading.kind === 'cancel-row') return [reading.row];
      if (reading.kind === 'advance') return reading.rows === 'all' ? [] : reading.rows;
      if (reading.kind !== 'waybills') return [];
      const { entries = [] } = this.#waybills.get(reading.list) ?? {};
      return entries.flatMap(({ row }) => (row === null ? [] : [row]));
    });
    return [...named, ...held];
  }

  /** A step without the rows that did not reach it, or that are to be cancelled. */
  #withoutHeld(advance: Advance): FarmerReading {
    const cancelled = this.#all.flatMap((one) => (one.kind === 'cancel-row' ? [one.row] : []));
    const held = this.#held.flatMap(({ rows, step }) =>
      step === null || STEPS.indexOf(step) <= STEPS.indexOf(advance.to) ? rows : [],
    );
    const known = advance.left ?? [];
    if (advance.rows === 'all') {
      const among = this.#held.flatMap((one) => one.among);
      const left = [...new Set([...known, ...held, ...cancelled])];
      const numbers = left.filter((row) => typeof row === 'number');
      if (among.length > 0 && numbers.length === left.length)
        return { ...withoutLeft(advance), rows: withoutNumbers(among, numbers) };
      return left.length === 0 ? advance : { ...advance, left };
    }
    const numbers = held.filter((row) => typeof row === 'number');
    const rows = withoutNumbers(advance.rows, numbers);
    if (rows.length === 0) return { kind: 'other' };
    const left = [...known, ...held.filter((row) => typeof row !== 'number')];
    return { ...advance, rows, ...(left.length === 0 ? {} : { left }) };
  }

  all(): FarmerReading[] {
    const [first] = this.#waybills.values();
    if (first !== undefined && first.entries.length > 0)
      first.bad.push(...this.#ownerless.splice(0));
    return this.#all.map((reading) => {
      if (reading.kind === 'advance') return this.#withoutHeld(reading);
      if (reading.kind !== 'waybills') return reading;
      const { entries = [], bad = [] } = this.#waybills.get(reading.list) ?? {};
      return { kind: 'waybills', entries, ...(bad.length > 0 ? { bad } : {}), list: reading.list };
    });
  }
}
