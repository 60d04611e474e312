// Finds the words of a table in a text by their sound, each with what is done with it there.

import { type Sounds, type Stem, soundsOf, stemsOf } from './sounds.ts';
import { type Turn, turnsOf } from './turns.ts';

export type Found<Concept extends string> = {
  readonly concept: Concept;
  /** In the text as it was given. */
  readonly start: number;
  readonly end: number;
  readonly turns: ReadonlySet<Turn>;
};

type Entry<Concept> = Stem & { readonly concept: Concept };

/** The words of all concepts by their first two letters. */
export type Lexicon<Concept> = ReadonlyMap<string, readonly Entry<Concept>[]>;

const KEY = 2;
const WORD_LETTER = /[a-z0-9가-힣]/;

/** Words under `nothing` only look like others: shorter ones that begin in them are not found. */
const NOTHING = 'nothing';

export function makeLexicon<Concept extends string>(
  table: Readonly<Record<Concept, string>>,
): Lexicon<Concept> {
  const lexicon = new Map<string, Entry<Concept>[]>();
  const concepts = Object.keys(table) as Concept[];
  for (const concept of concepts) {
    for (const word of table[concept].trim().split(/\s+/)) {
      for (const stem of stemsOf(word)) {
        const key = stem.letters.slice(0, KEY);
        lexicon.set(key, [...(lexicon.get(key) ?? []), { ...stem, concept }]);
      }
    }
  }
  return lexicon;
}

/** In text order; of one concept at one place only the longest word. */
export function findSigns<Concept extends string>(
  text: string,
  lexicon: Lexicon<Concept>,
): Found<Concept>[] {
  const sounds = soundsOf(text);
  const found: Found<Concept>[] = [];
  let hidden = 0;
  for (let at = 0; at < sounds.letters.length; at += 1) {
    const start = sounds.places[at] ?? 0;
    if (at > 0 && sounds.places[at - 1] === start) continue;
    const here = longestHere(sounds, at, text, lexicon);
    const nothing = here.get(NOTHING as Concept) ?? 0;
    for (const [concept, end] of here) {
      if (concept === NOTHING || at < hidden || end < nothing) continue;
      const last = sounds.places[end - 1] ?? start;
      found.push({ concept, start, end: last + 1, turns: turnsOf(text, start, last) });
    }
    hidden = Math.max(hidden, nothing);
  }
  return found;
}

function longestHere<Concept extends string>(
  { letters, places }: Sounds,
  at: number,
  text: string,
  lexicon: Lexicon<Concept>,
): Map<Concept, number> {
  const here = new Map<Concept, number>();
  const entries = lexicon.get(letters.slice(at, at + KEY)) ?? [];
  for (const entry of [...(lexicon.get(letters[at] ?? '') ?? []), ...entries]) {
    if (!letters.startsWith(entry.letters, at)) continue;
    const end = at + entry.letters.length;
    if (end <= (here.get(entry.concept) ?? 0)) continue;
    const start = places[at] ?? 0;
    const next = places[end] ?? text.length;
    if (entry.begins && WORD_LETTER.test(text[start - 1] ?? '')) continue;
    if (entry.ends && (next === places[end - 1] || WORD_LETTER.test(text[next] ?? ''))) continue;
    if (entry.whole && next === places[end - 1]) continue;
    here.set(entry.concept, end);
  }
  return here;
}
