// What a platform's buttons have no room for stands on their person's page, where only the newest are kept.
import { z } from 'zod';
import type { Store } from '../orders/store.ts';
import type { ButtonNotes } from './bot.ts';

const LOOKED_AT_MAX = 100;
const KEY = 'button:';
const noteSchema = z.object({ value: z.string() });

export function buttonNotesIn(
  store: Pick<Store, 'renewPageEntries' | 'findPageEntries'>,
): ButtonNotes {
  return {
    async keep(sender, notes, at) {
      const entries = notes.map(({ key, value }) => ({ key: `${KEY}${key}`, entry: { value } }));
      // What is shown anew is not among the oldest.
      await store.renewPageEntries(sender, entries, at);
    },
    async find(sender, key) {
      const kept = await store.findPageEntries(sender, { after: 0, limit: LOOKED_AT_MAX });
      const found = kept.find((one) => one.key === `${KEY}${key}`);
      return noteSchema.safeParse(found?.entry).data?.value ?? null;
    },
  };
}
