import { expect, test } from 'vitest';
import { keepSeat } from '../../src/jobs/seat.ts';
import type { Seat } from '../../src/orders/store.ts';
import { openMemoryStore } from '../support/sqlite.ts';

const log = () => undefined;

/** Somebody who says when he sits and when he has risen. */
function sitter(store: Parameters<typeof keepSeat>[0]['store'], name: string, done: string[]) {
  const sat = Promise.withResolvers<void>();
  const kept = keepSeat({
    store,
    name: 'telegram',
    againAfterMs: 1,
    log,
    async sit() {
      done.push(`${name} sits`);
      sat.resolve();
    },
    async rise() {
      done.push(`${name} rises`);
    },
  });
  return { ...kept, sat: sat.promise };
}

test('one sits, and the next only when he has risen', async () => {
  const store = await openMemoryStore();
  const done: string[] = [];
  const first = sitter(store, 'first', done);
  await first.sat;
  const second = sitter(store, 'second', done);
  await first.stop();
  await second.sat;
  await second.stop();
  expect(done).toEqual(['first sits', 'first rises', 'second sits', 'second rises']);
  await store.close();
});

test('whoever loses the seat rises, and sits again when he gets it back', async () => {
  const lost = Promise.withResolvers<void>();
  const seats: (Seat | Error | null)[] = [
    new Error('no database'),
    { lost: lost.promise, leave: async () => undefined },
    null,
    { lost: new Promise(() => undefined), leave: async () => undefined },
  ];
  const done: string[] = [];
  const again = Promise.withResolvers<void>();
  const kept = keepSeat({
    store: {
      async takeSeat() {
        const seat = seats.shift() ?? null;
        if (seat instanceof Error) throw seat;
        return seat;
      },
    },
    name: 'discord',
    againAfterMs: 1,
    log,
    async sit() {
      done.push('sits');
      if (done.length === 1) lost.resolve();
      else again.resolve();
    },
    async rise() {
      done.push('rises');
    },
  });
  await again.promise;
  await kept.stop();
  expect(done).toEqual(['sits', 'rises', 'sits', 'rises']);
});
