// What an admin may say and press: messages that could not be delivered are tried again, reworded, or
// dropped. It needs no store to be chosen.
import { isNo } from '../language/answers.ts';
import { type AdminReading, type LetterAct, readAdmin } from '../language/read-admin.ts';
import { EVERY_STORE } from '../orders/change.ts';
import type { Mending } from '../orders/store.ts';
import { ask, type Coming, type Step, stay } from './desk.ts';
import * as replies from './replies/index.ts';
import { rolesAt } from './roles.ts';

const LETTERS_READ_MAX = 100;
/** No longer than a phone shows. */
const WORDS_CHARS_MAX = 1000;

type Act = (asking: Coming, id: number, rest: string) => Promise<Step> | Step;

const ACTS: Readonly<Record<LetterAct, Act>> = {
  retry: (asking, id) =>
    mend(asking, id, { mending: { how: 'retry' }, done: replies.letterRetried }),
  reword: async (asking, id, words) => {
    if (words !== '') return reword(asking, id, words);
    return askAbout(asking, id, 'letter-words');
  },
  discard: async (asking, id, why) => {
    if (why !== '') return discard(asking, id, why);
    return askAbout(asking, id, 'letter-reason');
  },
};

/** A Map, because what was pressed comes from outside. */
const PRESSES: ReadonlyMap<string, LetterAct> = new Map(
  Object.entries({
    'letter-retry': 'retry',
    'letter-reword': 'reword',
    'letter-discard': 'discard',
  } as const),
);

/** Null when it is none of an admin's words, presses and answers. */
export async function answerAdmin(asking: Coming, text: string): Promise<Step | null> {
  const { message, turn, talk } = asking;
  const isAdmin = rolesAt(turn, EVERY_STORE).has('admin');
  const { press } = message;
  const pressed = press && PRESSES.get(press.act);
  if (press !== undefined && pressed === undefined) return null;
  const said = press === undefined ? readAdmin(text) : null;
  if (pressed === undefined && said === null)
    return isAdmin && press === undefined ? answerQuestion(asking, text) : null;
  if (!isAdmin) return isLoose(said) ? null : stay(asking, replies.needsRole(['admin']));
  const free = { ...asking, talk: { ...talk, open: null } };
  if (press !== undefined && pressed !== undefined)
    return ACTS[pressed](free, Number(press.ref), '');
  if (said === null || said.kind === 'letters') return showLetters(free);
  return said.id === null ? actOnOnly(free, said.kind) : ACTS[said.kind](free, said.id, said.rest);
}

function isLoose(said: AdminReading | null): boolean {
  return said?.kind === 'letters' && said.isLoose;
}

async function showLetters(asking: Coming): Promise<Step> {
  const letters = await deadLetters(asking);
  const hasMore = letters.length === LETTERS_READ_MAX;
  return stay(asking, replies.deadLetterList(letters, { now: asking.now, hasMore }));
}

function deadLetters({ desk }: Coming) {
  return desk.store.listOutbox({ state: 'dead', limit: LETTERS_READ_MAX });
}

/** A word without a number means the only one there is; of several the list says the numbers. */
async function actOnOnly(asking: Coming, act: LetterAct): Promise<Step> {
  const [only, another] = await deadLetters(asking);
  if (only === undefined || another !== undefined) return showLetters(asking);
  return ACTS[act](asking, only.id, '');
}

async function askAbout(
  asking: Coming,
  id: number,
  kind: 'letter-words' | 'letter-reason',
): Promise<Step> {
  const letter = await findDead(asking, id);
  if (letter === null) return stay(asking, replies.letterIsGone(id));
  const words = kind === 'letter-words' ? replies.askLetterWords : replies.askLetterReason;
  return ask(asking, { kind, letterId: id }, () => words(id));
}

async function findDead({ desk }: Coming, id: number) {
  const letter = Number.isSafeInteger(id) ? await desk.store.findLetter(id) : null;
  return letter?.state === 'dead' ? letter : null;
}

/** Whatever is said next is the new words, or the reason. */
async function answerQuestion(asking: Coming, text: string): Promise<Step | null> {
  const { open } = asking.talk;
  if (open?.kind !== 'letter-words' && open?.kind !== 'letter-reason') return null;
  if (asking.message.attachment !== undefined) return stay(asking, replies.attachment());
  if (text.length > WORDS_CHARS_MAX) return stay(asking, replies.tooLong(WORDS_CHARS_MAX));
  const free = { ...asking, talk: { ...asking.talk, open: null } };
  if (isNo(text) || text === replies.BUTTONS.drop) return stay(free, replies.letterLeft());
  return open.kind === 'letter-words'
    ? reword(free, open.letterId, text)
    : discard(free, open.letterId, text);
}

async function reword(asking: Coming, id: number, words: string): Promise<Step> {
  const letter = await findDead(asking, id);
  if (letter === null) return stay(asking, replies.letterIsGone(id));
  const content = replies.byHand(words, letter.audience);
  const mending = { how: 'reword', content } as const;
  return mend(asking, id, { mending, done: replies.letterReworded });
}

function discard(asking: Coming, id: number, why: string): Promise<Step> {
  return mend(asking, id, { mending: { how: 'drop', why }, done: replies.letterDiscarded });
}

/** A letter that somebody else has seen to, or that never was, gets a kind answer. */
async function mend(
  asking: Coming,
  id: number,
  { mending, done }: { mending: Mending; done: (id: number) => Step['reply'] },
): Promise<Step> {
  const { desk, now } = asking;
  const letter = Number.isSafeInteger(id)
    ? await desk.store.mendLetter({ id, now, mending })
    : null;
  return stay(asking, letter === null ? replies.letterIsGone(id) : done(id));
}
