// What a page of the web chat needs of the house: its first words, what stands on it, and who comes by
// a link.
import type { Store } from '../orders/store.ts';
import type { Entered, Sender, Spoken, Transcript } from './bot.ts';
import * as replies from './replies/index.ts';

const ENTRIES_SHOWN = 100;

export function transcriptIn(store: Store): Transcript {
  return {
    add: (sender, entries, at) =>
      store.addPageEntries(
        sender,
        entries.map(({ key, ...entry }) => ({ key, entry })),
        at,
      ),
    async read(sender, after) {
      const kept = await store.findPageEntries(sender, { after, limit: ENTRIES_SHOWN });
      // What stands there is what `add` was given.
      return kept.map(({ id, at, entry }) => ({ id, at: new Date(at), ...(entry as Spoken) }));
    },
    watch: (sender, wake) => store.watchPage(sender, wake),
  };
}

/** Makes a person staff by a one-time link and says so on the page that it opens. */
export async function enterByLink(
  store: Store,
  { token, sender, at }: { token: string; sender: Sender; at: Date },
): Promise<Entered> {
  const entered = await store.enterByLink({ token, sender, now: at });
  if ('refused' in entered) return entered.refused;
  const shop = await store.findShop(entered.storeId);
  const welcome = { key: 'joined', reply: replies.joined(shop, entered.roles) };
  await transcriptIn(store).add(sender, [welcome], at);
  return 'in';
}
