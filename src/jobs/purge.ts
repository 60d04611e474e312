// Erases those who asked for it and whose last order has ended since.
import type { Job } from './schedule.ts';

const BATCH_MAX = 1000;

export const purge: Job = {
  name: 'purge',
  scope: 'all',
  slotOf: (_shop, now) => now.toISOString().slice(0, 13),
  async run({ store, now }) {
    let erased = 0;
    for (const personId of await store.findToForget(BATCH_MAX)) {
      const forgotten = await store.forgetPerson(personId, now);
      if (forgotten?.isErased) erased += 1;
    }
    return { erased };
  },
};
