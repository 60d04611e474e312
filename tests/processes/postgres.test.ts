import { expect, test } from 'vitest';
import { tryTwoProcesses } from '../support/two-processes.ts';

const LIMIT_MS = 240_000;

test(
  'two processes on one server lose and double nothing, though one is killed again and again and the server once',
  async () => {
    const { heard, faults } = await tryTwoProcesses({ seconds: 12, killEverySeconds: 3 });
    expect(faults).toEqual([]);
    expect(heard.kills).toBeGreaterThanOrEqual(3);
    expect(heard.orders.size).toBeGreaterThan(50);
    expect(heard.told.length).toBeGreaterThan(20);
    expect(heard.ran.length).toBeGreaterThan(10);
  },
  LIMIT_MS,
);
