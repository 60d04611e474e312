// Erases those who asked for it and whose last order has ended since, and forgets links long over.
import type { Job } from './schedule.ts';

const BATCH_MAX = 1000;
/** For so long whoever opens an old link is told that its time is over, and not that it is wrong. */
const ENDED_LINKS_MS = 30 * 24 * 3_600_000;

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
    const links = await store.dropEndedLinks(new Date(now.getTime() - ENDED_LINKS_MS));
    return { erased, links };
  },
};
