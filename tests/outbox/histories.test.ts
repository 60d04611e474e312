// Short forms of the generated histories; `npm run prove -- outbox` runs the long ones.
import fc from 'fast-check';
import { test } from 'vitest';
import { calmHistory, wildHistory } from '../support/histories.ts';

const RUNS = 50;

test('where every outcome is known, each notice that is done was told exactly once', async () => {
  await fc.assert(calmHistory, { numRuns: RUNS });
});

test('whatever happens, words are told twice at most, and to the letter', async () => {
  await fc.assert(wildHistory, { numRuns: RUNS });
});
