// Chance that can be thrown again: the same seed gives the same throws.
import { randomOf } from './random.ts';

export type Dice = {
  readonly between: (from: number, to: number) => number;
  readonly chance: (share: number) => boolean;
  readonly pick: <T>(values: readonly T[]) => T;
  /** One of the values, each as often as its weight says. */
  readonly weighted: <T>(rows: readonly (readonly [number, T])[]) => T;
};

export function diceOf(seed: number): Dice {
  // Seeds that follow one another must not throw alike.
  const { next, whole, chance } = randomOf(Math.imul(seed + 1, 0x9e3779b1));
  const pick = <T>(values: readonly T[]): T => {
    const value = values[whole(0, values.length - 1)];
    if (value === undefined) throw new Error('expected values to pick from, found none');
    return value;
  };
  const weighted = <T>(rows: readonly (readonly [number, T])[]): T => {
    let left = next() * rows.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of rows) {
      left -= weight;
      if (left < 0) return value;
    }
    return pick(rows)[1];
  };
  return { between: whole, chance, pick, weighted };
}
