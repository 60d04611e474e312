// Where in the messages a value was said, and how sure its reader is of it.
import { soundsLikeName } from './given-names.ts';
import { isPlaceName } from './names.ts';
import type { Spotted, Token } from './page.ts';

/** A stretch of one message, in the form `normalise` gives it. */
export type Span = { readonly message: number; readonly start: number; readonly end: number };

/**
 * `said`: named by the writer ("성함: …") or of a form that means nothing else (a telephone number).
 * `fits`: its form and its place fit. `guess`: it may be something else, so a person should look.
 */
export type Certainty = 'said' | 'fits' | 'guess';

export type Mark = { readonly spans: readonly Span[]; readonly certainty: Certainty };

const DOUBT: Readonly<Record<Certainty, number>> = { said: 0, fits: 1, guess: 2 };

export function spanOf(token: Token): Span {
  const repeats = token.kind === 'address' || token.kind === 'phone' ? token.said : undefined;
  const { start, end } = repeats ?? token;
  return { message: token.message, start, end };
}

export const markOf = (token: Token): Mark => ({
  spans: token.kind === 'phone' && token.head ? [token.head, spanOf(token)] : [spanOf(token)],
  certainty: certaintyOf(token),
});

/** No value is put together from more places; a text that repeats itself may offer thousands. */
const SPANS_MAX = 16;

/** A value put together from several places is as sure as the least sure of them. */
export function joinMarks(first: Mark | undefined, second: Mark): Mark {
  if (first === undefined) return second;
  const { certainty } = DOUBT[first.certainty] > DOUBT[second.certainty] ? first : second;
  return { spans: [...first.spans, ...second.spans].slice(-SPANS_MAX), certainty };
}

export const guessed = ({ spans }: Mark): Mark => ({ spans, certainty: 'guess' });

function certaintyOf(token: Spotted): Certainty {
  switch (token.kind) {
    case 'name':
      if (token.labelled || token.introduced) return 'said';
      return soundsRight(token.text) ? 'fits' : 'guess';
    case 'address':
    case 'memo':
    case 'count':
      return token.labelled ? 'said' : 'fits';
    case 'phone':
    case 'postcode':
      return 'said';
    default:
      return 'fits';
  }
}

/** A firm and a foreigner sound like nothing else; of a Korean name each syllable is asked. */
const soundsRight = (name: string): boolean =>
  !/^[가-힣]+$/u.test(name) || soundsLikeName(name) || isPlaceName(name);
