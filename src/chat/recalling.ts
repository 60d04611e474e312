// Recipients of the buyer's earlier orders, named instead of retyped. They come from his own orders at
// this store alone: whoever else got boxes there, or of whom else, is unknown here.

import type { KnownRecipient, OrderReading, Said } from '../language/reading.ts';
import { type Chosen, type LastOrder, OWN_PLACE, type Recall, recall } from '../language/recall.ts';
import { readWhich } from '../language/which.ts';
import type { SentTo } from '../orders/store.ts';
import type { OpenQuestion } from './conversation.ts';
import { type Asking, ask, closed, contextOf, type Handled, type Step, stay } from './desk.ts';
import * as replies from './replies/index.ts';

/** Orders looked back on; who got none of their boxes is typed again. */
const ORDERS_READ_MAX = 30;
const FITTING_SHOWN_MAX = 5;

type WhichQuestion = Extract<OpenQuestion, { kind: 'which' }>;

/** The message as the draft keeps it, or what must be said first. */
export async function readSaid(
  asking: Asking,
  drafted: OrderReading | null,
  chosen: readonly Chosen[],
): Promise<readonly Said[] | Step> {
  const question = asking.talk.draft?.question ?? null;
  const plain: Said =
    question === null ? { text: asking.text } : { text: asking.text, asked: question };
  const recalled = await recallIn(asking, drafted, chosen);
  if (recalled === null) return [plain];
  if (recalled.kind === 'said') return recalled.parts;
  if (recalled.kind === 'nothing') return stay(asking, replies.noEarlierOrder());
  return askWhich(asking, { ...recalled, chosen });
}

async function recallIn(
  asking: Asking,
  drafted: OrderReading | null,
  chosen: readonly Chosen[],
): Promise<Recall | null> {
  const { known, last } = remembered(await sentTo(asking), asking.turn.person.phone);
  return recall(asking.text, {
    context: contextOf(asking),
    known,
    last,
    chosen,
    drafted: drafted === null || drafted.kind === 'none' ? [] : drafted.draft.recipients,
    asked: asking.talk.draft?.question ?? null,
  });
}

async function sentTo({ desk, turn, shop }: Asking): Promise<readonly SentTo[]> {
  if (turn.isNew) return [];
  const of = { buyerId: turn.person.id, storeId: shop.id, limit: ORDERS_READ_MAX };
  return desk.store.findSentTo(of);
}

/** Each recipient once, the newest first; the last order is the newest that was not taken back. */
function remembered(
  parcels: readonly SentTo[],
  ownPhone: string | null,
): { readonly known: readonly KnownRecipient[]; readonly last: LastOrder } {
  const known = new Map<string, KnownRecipient>();
  for (const { parcelId, personal } of parcels) {
    const key = keyOf(personal);
    const one = known.get(key);
    // The newest word for him counts, and one that was said long ago while no newer one was.
    const called = one?.called ?? personal.called ?? null;
    known.set(key, { ...(one ?? knownFrom(parcelId, personal)), called });
  }
  for (const [key, one] of known)
    if (one.called === null && one.phone === ownPhone)
      known.set(key, { ...one, called: OWN_PLACE });
  const kept = parcels.filter(
    ({ state, orderState }) => state !== 'cancelled' && orderState !== 'expired',
  );
  const newest = (kept[0] ?? parcels[0])?.orderId;
  const last = (kept.length > 0 ? kept : parcels).filter(({ orderId }) => orderId === newest);
  return {
    known: [...known.values()],
    last: last.flatMap(({ personal, items }) => {
      const recipient = known.get(keyOf(personal));
      return recipient === undefined ? [] : [{ recipient, items }];
    }),
  };
}

const keyOf = ({ recipient, phone, address }: SentTo['personal']): string =>
  JSON.stringify([recipient, phone, address]);

function knownFrom(id: string, personal: SentTo['personal']): KnownRecipient {
  const { recipient: name, phone, postcode, address, called = null } = personal;
  return { id, name, phone, postcode, address, called };
}

function askWhich(
  asking: Asking,
  {
    word,
    fitting,
    chosen,
  }: Extract<Recall, { kind: 'which' }> & { readonly chosen: readonly Chosen[] },
): Step {
  const shown = fitting.slice(0, FITTING_SHOWN_MAX);
  const ids = shown.map(({ id }) => id);
  return ask(asking, { kind: 'which', text: asking.text, word, chosen, fitting: ids }, (id) =>
    replies.whichRecipient({ word, fitting: shown, question: id }),
  );
}

/** The words that answer our question; null when they say something else. */
export async function answerWhich(
  asking: Asking,
  open: WhichQuestion,
  goOn: (asking: Asking, chosen: readonly Chosen[]) => Promise<Handled>,
): Promise<Handled> {
  const fitting = await stillFitting(asking, open);
  const meant = readWhich(asking.text, fitting);
  return meant === null
    ? null
    : goOn(saidBefore(asking, open), [...open.chosen, { word: open.word, id: meant.id }]);
}

/** `ref` names the question and the parcel: a press on an older question does nothing. */
export async function chooseRecipient(
  asking: Asking,
  ref: string,
  goOn: (asking: Asking, chosen: readonly Chosen[]) => Promise<Handled>,
): Promise<Handled> {
  const { open } = asking.talk;
  const [question, parcelId] = ref.split('.');
  if (open?.kind !== 'which' || open.id !== question) return stay(asking, replies.questionIsOver());
  const meant = (await stillFitting(asking, open)).find(({ id }) => id === parcelId);
  if (meant === undefined) return stay(closed(asking), replies.questionIsOver());
  return goOn(saidBefore(asking, open), [...open.chosen, { word: open.word, id: meant.id }]);
}

/** Read anew: who was erased since is no choice any more. */
async function stillFitting(
  asking: Asking,
  open: WhichQuestion,
): Promise<readonly KnownRecipient[]> {
  const { known } = remembered(await sentTo(asking), asking.turn.person.phone);
  return open.fitting.flatMap((id) => known.filter((one) => one.id === id));
}

function saidBefore(asking: Asking, { text }: WhichQuestion): Asking {
  return { ...closed(asking), text };
}
