// Tells the admins of what could not be delivered. Delivery does so itself when a row dies in its hand;
// this finds what it could not tell, as while there was no admin.
import type { Job } from './schedule.ts';

export const deadLetterAlarm: Job = {
  name: 'dead-letter-alarm',
  scope: 'all',
  slotOf: (_shop, now) => now.toISOString().slice(0, 16),
  async run({ store, now }) {
    return { told: await store.raiseAlarm(now) };
  },
};
