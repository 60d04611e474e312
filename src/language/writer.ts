// The state while one message is written into the notes: which recipient is being spoken of.

import type { Clause } from './clauses.ts';
import { type Lettered, says } from './letters.ts';
import { type Block, emptyBlock, type Notes } from './notes.ts';
import type { RowDay } from './own-days.ts';
import type { Token } from './page.ts';
import { CORRECTS } from './phrases.ts';
import type { Question } from './reading.ts';

export type Message = Lettered & {
  /** Which message of the conversation it is, from 0. */
  readonly index: number;
  readonly taken: Uint8Array;
  readonly tokens: readonly Token[];
  readonly clauses: readonly Clause[];
  /** The question of ours that this message answers. */
  readonly asked: Question | null;
  readonly first: boolean;
};

export type Writer = {
  readonly notes: Notes;
  readonly message: Message;
  /** The message sets something right that was said before it. */
  readonly corrects: boolean;
  /** Product words of earlier messages hold until the new ones are known to be for all. */
  readonly before: number;
  current: Block | null;
  /** Blocks that this message opened. */
  readonly opened: Set<Block>;
  /** Blocks known before it. */
  readonly earlier: readonly Block[];
  /** The message lists recipients of whom none is known yet: each of its rows is one. */
  readonly rows: boolean;
  /** Days said in the rows of recipients. */
  readonly days: RowDay[];
};

export function openWriter(notes: Notes, message: Message): Writer {
  const asked = message.asked?.recipient ?? null;
  const current = (asked === null ? undefined : notes.blocks[asked]) ?? notes.blocks.at(-1) ?? null;
  const corrects = !message.first && says(message, CORRECTS);
  const earlier = [...notes.blocks];
  const before = earlier.length;
  const known = new Set(earlier.flatMap(({ name, phone }) => [name ?? '', phone ?? '']));
  const rows = !message.tokens.some(
    (token) =>
      (token.kind === 'name' && known.has(token.text)) ||
      (token.kind === 'phone' && known.has(token.digits ?? '?')),
  );
  const opened = new Set<Block>();
  return { notes, message, corrects, before, current, opened, earlier, rows, days: [] };
}

/** More rows than a text of that length can hold with their data. */
const BLOCKS_MAX = 1_000;

/** Begins the next recipient. */
export function open(writer: Writer): Block {
  const { blocks } = writer.notes;
  const block = emptyBlock();
  if (blocks.length >= BLOCKS_MAX) return block;
  writer.notes.blocks.push(block);
  writer.opened.add(block);
  writer.current = block;
  return block;
}
