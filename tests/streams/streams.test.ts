import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENGINE } from '../support/engine.ts';
import { newFigures, runStream, streamArbitrary } from '../support/streams.ts';

/** A server answers each step over the wire, and its streams go the same ways. */
const STREAMS = ENGINE === 'SQLite' ? 1_000 : 100;
const LIMIT_MS = 300_000;

test(
  'generated streams of commands keep the books, step by step',
  async () => {
    const figures = newFigures();
    // A failure prints its seed and the shortest stream that shows it.
    await fc.assert(
      fc.asyncProperty(streamArbitrary, (steps) => runStream(steps, figures)),
      { numRuns: STREAMS },
    );
    // The streams must have gone where the rules are: each kind done, each refusal met.
    for (const kind of [
      'place',
      'pay',
      'cancel',
      'change',
      'cap',
      'cut',
      'freeze',
      'report',
      'refund',
      'policy',
      'deposit',
    ] as const)
      expect(figures.done.get(kind) ?? 0, kind).toBeGreaterThan(STREAMS / 25);
    // What is rare is looked for where there are many.
    if (ENGINE !== 'SQLite') return;
    expect(figures.renumbered).toBeGreaterThan(STREAMS / 25);
    for (const kind of ['settle', 'undo', 'takeback', 'expire', 'wait'] as const)
      expect(figures.done.get(kind) ?? 0, kind).toBeGreaterThan(STREAMS / 100);
    expect(figures.done.get('revive') ?? 0).toBeGreaterThan(0);
    for (const code of ['no_date', 'not_payable', 'not_cancellable', 'amount_mismatch'])
      expect(figures.refused.get(code) ?? 0, code).toBeGreaterThan(0);
  },
  LIMIT_MS,
);
