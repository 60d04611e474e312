// How several notices of one person become one message: in order, true when they are told, within the
// room there is. Held notices and those that are sent go the same way.
import type { Held, Owed } from '../orders/store.ts';
import type { Engine } from '../payments/store.ts';
import type { Reply } from './bot.ts';
import type { Telling } from './notice-data.ts';
import { together } from './replies/index.ts';

export type WordsFor = (store: Engine, notice: Owed, telling: Telling) => Promise<Reply | null>;

/** `words` is null when another one (`within`) says it too, or when nothing true is left to say. */
export type Told<N> = {
  readonly notice: N;
  readonly words: Reply | null;
  readonly within: N | null;
};

export type TellingTogether = Telling & {
  readonly store: Engine;
  readonly wordsFor: WordsFor;
  /** `roomChars` is for each alone, this for all of them together. */
  readonly togetherChars: number;
};

/** As many notices as fit, oldest first; at least one that has words, however long it is. */
export async function tell<N extends Held>(
  notices: readonly N[],
  telling: TellingTogether,
): Promise<Told<N>[]> {
  const told: Told<N>[] = [];
  let room = telling.togetherChars;
  for (const { notice, merged, within } of gather(notices)) {
    const words = within === null ? await trueWords(merged, telling) : null;
    const length = words?.texts.join('').length ?? 0;
    const isAlone = told.every((one) => one.words === null);
    if (!isAlone && length > room) break;
    room -= length;
    told.push({ notice, words, within });
  }
  // What a later one would have said waits with it.
  return told.filter(({ within }) => within === null || told.some((one) => one.notice === within));
}

/** Words that may have been read are said as they are, as long as something in them is true. */
async function trueWords(notice: Held, telling: TellingTogether): Promise<Reply | null> {
  const { store, wordsFor } = telling;
  if (notice.content === null) return wordsFor(store, notice, telling);
  // Made only to see whether there are any: no link is made for them.
  const unseen = { ...telling, pagesUrl: null };
  for (const owed of [notice, ...notice.bundled])
    if ((await wordsFor(store, owed, unseen)) !== null) return notice.content as Reply;
  return null;
}

/** A notice with what others add to it; `within` is the one that says what this one would. */
type Gathered<N> = { readonly notice: N; readonly merged: Held; readonly within: N | null };

/** Notices of one group are told by one of them, with data made of all. */
type Merge = {
  readonly groupOf: (notice: Held) => string | undefined;
  readonly teller: 'first' | 'last';
  readonly data: (own: readonly Held[]) => Held['data'];
};

const ofStore = ({ kind, storeId }: Held) => `${kind} ${storeId}`;
/** From the date told before the first of them to the date that holds now. */
const DATES: Merge = {
  groupOf: ({ orderId, data }) => `dates ${orderId}${data.toStaff === true ? ' for staff' : ''}`,
  teller: 'first',
  data: (own) => ({ was: oncePerParcel(own.flatMap(({ data }) => listOf(data.was))) }),
};
const WAYBILLS: Merge = {
  groupOf: ({ orderId }) => `waybills ${orderId}`,
  teller: 'first',
  data: (own) => ({
    parcels: everyOf(own, 'parcels'),
    was: oncePerParcel(own.flatMap(({ data }) => listOf(data.was))),
  }),
};
const NOTHING_MORE = () => ({});

const MERGES: ReadonlyMap<string, Merge> = new Map<string, Merge>(
  Object.entries({
    // A payment tells the date that holds now, so the moves after it have nothing to add.
    paid: DATES,
    moved: DATES,
    no_date: DATES,
    // Numbers that changed before anybody read them are told as they are, with their shipping.
    shipped: WAYBILLS,
    waybill_changed: WAYBILLS,
    // A step that was taken back as well is told by itself.
    taken_back: {
      ...DATES,
      groupOf: (notice) => (notice.data.told === null ? DATES.groupOf(notice) : undefined),
    },
    // From the first revision to the last.
    list_delta: {
      groupOf: ({ kind, storeId, data }) => `${kind} ${storeId} ${String(data.date)}`,
      teller: 'first',
      data: (own) => ({
        from: own[0]?.data.revision,
        revision: Math.max(...own.map(({ data }) => Number(data.revision))),
      }),
    },
    // What several reports did to the rows of one list.
    report: {
      groupOf: ({ kind, storeId, data }) => `${kind} ${storeId} ${String(data.date)}`,
      teller: 'first',
      data: (own) => ({ rows: own.flatMap(rowsReached) }),
    },
    // A message that closes three days may move the same parcel twice.
    moved_summary: {
      groupOf: ofStore,
      teller: 'first',
      data: (own) => ({
        dates: everyOf(own, 'dates').sort(),
        moved: everyOf(own, 'moved'),
        undatedOrders: everyOf(own, 'undatedOrders'),
      }),
    },
    day_set: {
      groupOf: ofStore,
      teller: 'first',
      data: (own) => ({ dates: everyOf(own, 'dates').sort() }),
    },
    // The news of several evenings; of a question only the newest is worth hearing.
    daily_status: {
      groupOf: ofStore,
      teller: 'last',
      data: (own) => ({ orders: everyOf(own, 'orders'), parcels: everyOf(own, 'parcels') }),
    },
    // The account that holds now, for all that is to be sent to it.
    refund_due: {
      groupOf: ({ kind, orderId }) => `${kind} ${orderId}`,
      teller: 'last',
      data: (own) => ({
        refunds: everyOf(own, 'refunds'),
        isCorrected: own[0]?.data.isCorrected ?? false,
      }),
    },
    receipt_asked: {
      groupOf: ({ kind, data }) => `${kind} ${String(data.receipt)}`,
      teller: 'last',
      data: (own) => ({ isCorrected: own[0]?.data.isCorrected ?? false }),
    },
    question_asked: {
      groupOf: ofStore,
      teller: 'first',
      data: (own) => ({ questions: everyOf(own, 'questions') }),
    },
    dead_letters: {
      groupOf: ofStore,
      teller: 'first',
      data: (own) => ({ letters: everyOf(own, 'letters') }),
    },
    daily_summary: { groupOf: ofStore, teller: 'last', data: NOTHING_MORE },
    evening_question: { groupOf: ofStore, teller: 'last', data: NOTHING_MORE },
  } satisfies Record<string, Merge>),
);

/** Whether several notices of a kind may become one. */
export function isMerged(kind: string): boolean {
  return MERGES.has(kind);
}

/** What would be said twice is said once. Words that were kept stay as they are. */
function gather<N extends Held>(notices: readonly N[]): Gathered<N>[] {
  const groupOf = (notice: N) => {
    const merge = notice.content === null ? MERGES.get(notice.kind) : undefined;
    return merge?.groupOf(notice);
  };
  const groups = Map.groupBy(notices, groupOf);
  return notices.map((notice) => {
    const merge = MERGES.get(notice.kind);
    const group = groupOf(notice);
    const own = group === undefined ? [] : (groups.get(group) ?? []);
    if (merge === undefined || own.length < 2) return { notice, merged: notice, within: null };
    const teller = (merge.teller === 'first' ? own[0] : own.at(-1)) ?? notice;
    if (teller !== notice) return { notice, merged: notice, within: teller };
    return {
      notice,
      merged: { ...notice, data: { ...notice.data, ...merge.data(own) } },
      within: null,
    };
  });
}

/** Of several `par_…=date` of a parcel the first: what was told last. */
function oncePerParcel(was: readonly string[]): string[] {
  const byParcel = new Map<string | undefined, string>();
  for (const entry of was)
    if (!byParcel.has(entry.split('=')[0])) byParcel.set(entry.split('=')[0], entry);
  return [...byParcel.values()];
}

/** `3=packed`; the state for all rows of one report stands beside them. */
export function rowsReached({ data }: Pick<Held, 'data'>): string[] {
  return listOf(data.rows).map((row) => (row.includes('=') ? row : `${row}=${String(data.state)}`));
}

function everyOf(own: readonly Held[], key: string): string[] {
  return [...new Set(own.flatMap(({ data }) => listOf(data[key])))];
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Several replies as one. The choices of `first` come before; a label of theirs stands once. */
export function asOne(parts: readonly Reply[], first: Reply | undefined = parts[0]): Reply {
  const { texts } = together(parts);
  const choices = [...(first?.choices ?? [])];
  for (const part of parts)
    for (const choice of part === first ? [] : part.choices)
      if (choices.every(({ label }) => label !== choice.label)) choices.push(choice);
  const documents = parts.flatMap((part) => part.documents ?? []);
  return { texts, choices, ...(documents.length > 0 && { documents }) };
}
