// `sanji parse --explain`: which stretch of a message was taken for what, and what came of it.
import { type Glimpse, readOrder } from '../src/language/read-order.ts';
import type { Source } from '../src/language/reading.ts';
import { answer, type Line } from './parse.ts';

type Piece = { readonly kind: string; readonly start: number; readonly end: number };

/** One message in the form the reader saw it, its tokens, and the words nobody understood. */
type Seen = { readonly text: string; readonly tokens: readonly Piece[]; readonly unread: string };

export type Explained = {
  readonly id: unknown;
  readonly answer: Readonly<Record<string, unknown>>;
  readonly messages: readonly Seen[];
  readonly sources: readonly Source[];
};

export function explain({ id, said, context }: Line): Explained {
  const messages: Seen[] = said.map(() => ({ text: '', tokens: [], unread: '' }));
  const reading = readOrder(said, context, (glimpse) => {
    messages[glimpse.message] = seen(glimpse);
  });
  const sources = reading.kind === 'none' ? [] : reading.sources;
  return { id, answer: answer(reading), messages, sources };
}

function seen({ text, tokens, taken }: Glimpse): Seen {
  const unread = blank(text, taken).replace(/\s+/gu, ' ').trim();
  const pieces = tokens.filter(({ start, end }) => end > start);
  return { text, tokens: pieces.map(({ kind, start, end }) => ({ kind, start, end })), unread };
}

function blank(text: string, taken: Uint8Array): string {
  let rest = '';
  for (let at = 0; at < text.length; at += 1) rest += taken[at] === 1 ? ' ' : text[at];
  return rest;
}

/** For a person: the tokens of each message, then each value with the places it comes from. */
export function explanation({ id, answer: said, messages, sources }: Explained): string[] {
  const asked = Array.isArray(said.ask) ? ` ${said.ask.join(', ')}` : '';
  const lines = [`${id === undefined ? '' : `${id}: `}${said.kind}${asked}`];
  for (const [index, { text, tokens, unread }] of messages.entries()) {
    lines.push(`message ${index + 1}`);
    for (const { kind, start, end } of tokens)
      lines.push(row([place(start, end), kind, quoted(text.slice(start, end))]));
    if (unread !== '') lines.push(row(['', 'not read', quoted(unread)]));
  }
  if (sources.length > 0) lines.push('values');
  for (const { field, recipient, value, spans, certainty } of sources) {
    const whose = recipient === null ? 'order' : `recipient ${recipient + 1}`;
    const from = spans.map(({ message, start, end }) => `${message + 1}:${place(start, end)}`);
    lines.push(row([whose, field, from.join(' + '), certainty, quoted(value)]));
  }
  return lines;
}

const WIDTHS = [12, 12, 14, 5];
const row = (cells: readonly string[]): string =>
  `  ${cells.map((cell, at) => cell.padEnd(WIDTHS[at] ?? 0)).join('  ')}`.trimEnd();
const place = (start: number, end: number): string => `${start}–${end}`;
const quoted = (text: string): string => JSON.stringify(text);
