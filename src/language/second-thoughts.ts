// A message whose last lines set right what its first lines ordered is read as the two messages it is.

import { takeMessage } from './blocks.ts';
import { says } from './letters.ts';
import type { Notes } from './notes.ts';
import type { Token } from './page.ts';
import { CORRECTS } from './phrases.ts';
import { slipAt, takeSlips } from './slips.ts';
import type { Message } from './writer.ts';

const DATA: ReadonlySet<Token['kind']> = new Set(['phone', 'address', 'name', 'home', 'ordinal']);
/** "모자랄 것 같아서 2박스 더 추가요" */
const ADDS =
  /더 ?추가|추가로|(?<![가-힣])더 ?(?:보내|주문|주세요|부탁|할게|할께)|많고|적어서|모자라|(?:sorry|,) ?not (?:one|two|three|\d)/iu;
const CORRECTS_HERE = new RegExp(`${CORRECTS.source}|${ADDS.source}`, 'iu');

/** Adds what a message says to the notes; what it says at last comes last. */
export function takeInParts(notes: Notes, message: Message): void {
  const { text, tokens } = message;
  const cut = secondThoughts(message) ?? (message.first ? ownSlip(message) : null);
  if (cut === null) {
    takeSlipped(notes, message);
    return;
  }
  const before = tokens.filter(({ start }) => start < cut);
  const after = tokens.filter(({ start }) => start >= cut);
  takeMessage(notes, { ...message, text: text.slice(0, cut), tokens: before });
  // Blanks in front keep every token where it stands in the text.
  const rest = ' '.repeat(cut) + text.slice(cut);
  takeSlipped(notes, { ...message, text: rest, tokens: after, asked: null, first: false });
}

/** What puts right a part of a value says nothing else. */
function takeSlipped(notes: Notes, message: Message): void {
  const done = takeSlips(notes, message);
  if (done.length === 0) {
    takeMessage(notes, message);
    return;
  }
  const tokens = message.tokens.filter(
    (token) => !done.some(({ start, end }) => token.start >= start && token.start < end),
  );
  if (!tokens.some(({ kind }) => TELLS.has(kind))) return;
  const text = done.reduce(
    (rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end),
    message.text,
  );
  takeMessage(notes, { ...message, text, tokens });
}

const TELLS: ReadonlySet<Token['kind']> = new Set([
  'phone',
  'address',
  'count',
  'wanted',
  'notday',
  'memo',
  'depositor',
  'sender',
  'mention',
]);

/** "… 27 … 아 27이 아니라 72예요" behind the data of the same message. */
function ownSlip({ text, letters, tokens }: Message): number | null {
  const at = slipAt(text, letters);
  const data = tokens.filter(({ kind }) => kind === 'phone' || kind === 'address');
  if (at === null || data.length < 2) return null;
  const line = text.lastIndexOf('\n', at) + 1;
  return [line, at].find((from) => data.every(({ start }) => start < from)) ?? null;
}

/** The line or the sentence is over. */
const NEXT = /\n|[.!?~ㅎㅋㅠㅜ] /u;

/** Where the second message begins; null where there is only one. */
function secondThoughts(message: Message): number | null {
  const { text, tokens } = message;
  if (!says(message, CORRECTS_HERE)) return null;
  const kinds = new Set(tokens.map(({ kind }) => kind));
  if (!kinds.has('phone') || !kinds.has('address')) return null;
  const data = tokens.findLast(({ kind, end, start }) => DATA.has(kind) && end > start);
  const counted = tokens.findIndex(({ kind }) => kind === 'count');
  const from = Math.max(data?.end ?? 0, tokens[counted]?.end ?? text.length);
  const next = NEXT.exec(text.slice(from));
  if (next === null) return null;
  const start = from + next.index + next[0].length - 1;
  const again = tokens.some((token) => token.kind === 'count' && token.start > start);
  return again && CORRECTS_HERE.test(text.slice(start)) ? start : null;
}
