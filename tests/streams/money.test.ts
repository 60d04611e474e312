import { expect, test } from 'vitest';
import { ENGINE } from '../support/engine.ts';
import { newMoneyFigures, runMoneyStream } from '../support/money-streams.ts';

const STREAMS = ENGINE === 'SQLite' ? 1_000 : 60;
const LIMIT_MS = 120_000;

test(
  'whatever comes in, is told twice, answered, undone or paid back, the books are the bank’s',
  async () => {
    const figures = newMoneyFigures();
    for (let seed = 1; seed <= STREAMS; seed++) await runMoneyStream(seed, figures);
    for (const act of ['exact', 'under', 'over', 'answer', 'undo', 'cancel', 'refund', 'hand'])
      expect(figures.done.get(act) ?? 0, act).toBeGreaterThan(STREAMS / 10);
  },
  LIMIT_MS,
);
