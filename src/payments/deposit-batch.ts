// The deposits that are decided together, in the order of the bank, and what they have filled so far.
import { type ReadName, readName } from './depositor-name.ts';
import type { AskReason, Deposit } from './deposits.ts';
import type { OrderIndex, Payable } from './order-index.ts';

export type Seen = {
  readonly deposit: Deposit;
  readonly name: ReadName;
  readonly atMs: number;
};

export type Verdict =
  | { readonly kind: 'match'; readonly orders: readonly Payable[] }
  | {
      readonly kind: 'ask';
      readonly reason: AskReason;
      /** Orders that are offered though neither the name nor the amount alone says so. */
      readonly also: readonly Payable[];
    };

export type Batch = {
  readonly index: OrderIndex;
  /** As compared. */
  readonly ownNames: ReadonlySet<string>;
  /** By time, then by place in the list: the first of two equal ones is the first here. */
  readonly seen: readonly Seen[];
  /** The deposit at this place of the list that was given. */
  readonly at: (place: number) => Seen;
  readonly take: (seen: Seen, verdict: Verdict) => void;
  readonly verdictOf: (seen: Seen) => Verdict;
  readonly isFilled: (order: Payable) => boolean;
  /** Whether this row was sent back by one that is not earlier. */
  readonly isSentBack: (seen: Seen) => boolean;
  /** The deposits of the same name as compared and the same amount, this one included, in order. */
  readonly equalTo: (seen: Seen) => readonly Seen[];
};

const UNDECIDED: Verdict = { kind: 'ask', reason: 'unknown', also: [] };

export function openBatch(
  index: OrderIndex,
  deposits: readonly Deposit[],
  ownNames: readonly string[],
): Batch {
  const listed = deposits.map(
    (deposit): Seen => ({
      deposit,
      name: readName(deposit.name),
      atMs: Date.parse(deposit.at),
    }),
  );
  const bySum = Map.groupBy(listed, ({ name, deposit }) => sumKey(name, deposit.amountKrw));
  const seen = listed.toSorted((a, b) => a.atMs - b.atMs);
  const equals = Map.groupBy(seen, ({ name, deposit }) => sumKey(name, deposit.amountKrw));
  const verdicts = new Map<Seen, Verdict>();
  const filled = new Set<Payable>();
  return {
    index,
    ownNames: new Set(ownNames.map((name) => readName(name).compared).filter((one) => one !== '')),
    seen,
    at(place) {
      const found = listed[place];
      if (found === undefined) throw new RangeError(`no deposit at place ${place}`);
      return found;
    },
    take(one, verdict) {
      verdicts.set(one, verdict);
      if (verdict.kind === 'match') for (const order of verdict.orders) filled.add(order);
    },
    verdictOf: (one) => verdicts.get(one) ?? UNDECIDED,
    isFilled: (order) => filled.has(order),
    isSentBack: (one) =>
      (bySum.get(sumKey(one.name, -one.deposit.amountKrw)) ?? []).some(
        ({ atMs }) => atMs >= one.atMs,
      ),
    equalTo: (one) => equals.get(sumKey(one.name, one.deposit.amountKrw)) ?? [one],
  };
}

function sumKey({ compared }: ReadName, amountKrw: number): string {
  return `${amountKrw} ${compared}`;
}
