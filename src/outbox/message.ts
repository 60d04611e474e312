// Which of a person's due rows become his next message, and its words.
import type { Form, Reply } from '../chat/bot.ts';
import { languageIn } from '../chat/conversation.ts';
import { formFor } from '../chat/forms.ts';
import type { Telling } from '../chat/notice-data.ts';
import { spoken } from '../chat/replies/index.ts';
import { asOne, tell, type WordsFor } from '../chat/telling.ts';
import type { OutboxRow } from '../orders/store.ts';
import type { Engine } from '../payments/store.ts';

/** For several together: no more than a phone shows. */
const BUNDLE_CHARS = 1000;

export type NextMessage = {
  /** Carries the words; `bundled` are told by them too. Null when nothing is left to say. */
  readonly row: OutboxRow | null;
  readonly bundled: readonly OutboxRow[];
  readonly words: Reply | null;
  readonly untrue: readonly OutboxRow[];
  readonly rest: readonly OutboxRow[];
};

/**
 * Rows of one store that are due together are one message. One whose words were kept from an earlier
 * attempt stands alone, for they are said again to the letter.
 */
export async function nextMessage(
  rows: readonly OutboxRow[],
  asked: {
    readonly store: Engine;
    readonly wordsFor: WordsFor;
    readonly pagesUrl: string | null;
    readonly textChars: number;
    readonly isOneScreen: boolean;
    readonly forms: ReadonlySet<Form> | undefined;
    readonly now: Date;
  },
): Promise<NextMessage> {
  const [head] = rows;
  if (head === undefined) return { row: null, bundled: [], words: null, untrue: [], rest: [] };
  const isFellow = (row: OutboxRow) => row.storeId === head.storeId && row.content === null;
  const fellows = head.content === null ? rows.filter(isFellow) : [head];
  const { store, wordsFor, pagesUrl, textChars: roomChars, now } = asked;
  const { personId } = head;
  const telling: Telling = {
    ...{ roomChars, isWhole: !asked.isOneScreen },
    ...{ pagesUrl, personId, now },
  };
  const told = await tell(fellows, { store, wordsFor, ...telling, togetherChars: BUNDLE_CHARS });
  const parts = await inHisLanguage(
    told.flatMap(({ words }) => words ?? []),
    head,
    store,
  );
  const isSaid = ({ words, within }: (typeof told)[number]) =>
    words !== null || told.some((one) => one.notice === within && one.words !== null);
  const [row = null, ...bundled] = told.filter(isSaid).map(({ notice }) => notice);
  const taken = new Set(told.map(({ notice }) => notice));
  const words = parts.length === 0 ? null : inOneBubble(parts);
  const speaking = told.filter((one) => one.words !== null).map(({ notice }) => notice);
  return {
    row,
    bundled,
    words: words && (await withForm(words, speaking, asked)),
    untrue: told.filter((one) => !isSaid(one)).map(({ notice }) => notice),
    rest: rows.filter((one) => !taken.has(one)),
  };
}

/** Words kept from an earlier attempt keep the form they had. */
async function withForm(
  words: Reply,
  notices: readonly OutboxRow[],
  { store, forms }: { readonly store: Engine; readonly forms: ReadonlySet<Form> | undefined },
): Promise<Reply> {
  if (forms === undefined || forms.size === 0) return words;
  if (notices.some(({ content }) => content !== null)) return words;
  const form = await formFor(store, notices);
  return form === null || !forms.has(form.name) ? words : { ...words, form };
}

/** What staff read is Korean alone: then nobody needs to know in which language he wrote last. */
async function inHisLanguage(
  parts: readonly Reply[],
  { sender }: OutboxRow,
  store: Engine,
): Promise<readonly Reply[]> {
  if (parts.every(({ english }) => english === undefined)) return parts;
  const { conversation } = await store.findTurn(sender, null);
  return parts.map((words) => spoken(words, languageIn(conversation)));
}

/**
 * One bubble: a platform that sends each by itself could fail between two. Only a list that is longer than
 * one comes in several, alone.
 */
function inOneBubble(parts: readonly Reply[]): Reply {
  const [only, another] = parts;
  if (only !== undefined && another === undefined) return only;
  const { texts, ...others } = asOne(parts);
  return { ...others, texts: [texts.join('\n\n')] };
}
