// The labelled batches of deposits: what must be booked, asked and left alone.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type Decision,
  type Deposit,
  matchDeposits,
  type PayableOrder,
} from '../../src/payments/deposits.ts';

const FILE = new URL('../fixtures/deposits/deposits.jsonl', import.meta.url);

type Expected =
  | { readonly match: readonly string[] }
  | { readonly ask: readonly string[]; readonly tie?: boolean }
  | { readonly none: true };
type Line = {
  readonly id: string;
  readonly tags: readonly string[];
  readonly context: {
    readonly orders: readonly PayableOrder[];
    readonly ownNames?: readonly string[];
  };
  readonly deposits: readonly Deposit[];
  readonly expected: Readonly<Record<string, Expected>>;
  readonly alt?: Readonly<Record<string, readonly Expected[]>>;
};

const lines = readFileSync(FILE, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Line);

function isRight(decision: Decision | undefined, expected: Expected): boolean {
  if ('none' in expected) return decision?.kind === 'none';
  if ('match' in expected) {
    const codes = decision?.kind === 'match' ? decision.codes : [];
    return codes.toSorted().join() === expected.match.toSorted().join();
  }
  if (decision?.kind !== 'ask') return false;
  const [first] = decision.codes;
  const isFirstRight =
    expected.ask.length === 0 ||
    (expected.tie ? expected.ask.includes(first ?? '') : first === expected.ask[0]);
  return isFirstRight && expected.ask.every((code) => decision.codes.includes(code));
}

describe('the labelled batches', () => {
  test('are read at all', () => {
    expect(lines.length).toBe(60);
  });

  test.each(lines.map((line) => ({ name: `${line.id} ${line.tags.join(' ')}`, line })))(
    '$name',
    ({ line }) => {
      const { orders, ownNames } = line.context;
      const decisions = matchDeposits(orders, line.deposits, { ownNames });
      for (const { id } of line.deposits) {
        const expected = line.expected[id];
        if (expected === undefined) throw new Error(`${line.id} says nothing of ${id}`);
        const options = [expected, ...(line.alt?.[id] ?? [])];
        const decision = decisions.get(id);
        expect(
          options.some((one) => isRight(decision, one)),
          JSON.stringify({ decision, expected }),
        ).toBe(true);
        if (decision?.kind === 'ask') expect(decision.codes.length).toBeLessThanOrEqual(5);
      }
    },
  );
});
