// Several answers that wait for the same chat as one.
import type { Choice, Reply } from '../src/chat/bot.ts';
import { TEXT_MAX } from './telegram-render.ts';

const BETWEEN_CHARS = 2;

/** How many of the first ones one message holds; at least one, however long it is. */
export function countFitting(replies: readonly Reply[]): number {
  let room = TEXT_MAX;
  let count = 0;
  for (const reply of distinct(replies)) {
    room -= reply.texts.reduce((sum, { length }) => sum + length + BETWEEN_CHARS, 0);
    if (room < 0 && count > 0) return replies.indexOf(reply);
    count += 1;
  }
  return replies.length;
}

/** In order, an answer that was given twice once. What the newest offers stands first. */
export function asOne(replies: readonly Reply[]): Reply {
  const own = distinct(replies);
  const [only, another] = own;
  if (only !== undefined && another === undefined) return only;
  const choices: Choice[] = [];
  for (const reply of own.toReversed())
    for (const choice of reply.choices)
      if (choices.every(({ label }) => label !== choice.label)) choices.push(choice);
  const documents = own.flatMap((reply) => reply.documents ?? []);
  return { texts: own.flatMap(({ texts }) => texts), choices, documents };
}

/** Who presses three times gets the same answer three times, and wants to read it once. */
function distinct(replies: readonly Reply[]): Reply[] {
  const known = new Set<string>();
  return replies.filter((reply) => {
    const { texts, choices } = reply;
    const words = JSON.stringify([texts, choices]);
    if (known.has(words)) return false;
    known.add(words);
    return true;
  });
}
