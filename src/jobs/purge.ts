// Erases those who asked for it and whose last order has ended since, and forgets links and questions long
// over.
import type { Job } from './schedule.ts';

const BATCH_MAX = 1000;
/** For so long whoever opens an old link is told that its time is over, and not that it is wrong. */
const ENDED_LINKS_MS = 30 * 24 * 3_600_000;
/** What was answered may be asked about for a while; what nobody answered in a season nobody will. */
const ENDED_QUESTIONS_MS = 30 * 24 * 3_600_000;
const ASKED_QUESTIONS_MS = 90 * 24 * 3_600_000;

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
    const questions = await store.dropOldQuestions({
      ended: new Date(now.getTime() - ENDED_QUESTIONS_MS),
      asked: new Date(now.getTime() - ASKED_QUESTIONS_MS),
    });
    return { erased, links, questions };
  },
};
