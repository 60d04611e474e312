// Buyers are answered in the language they write: every answer is made in both, side by side, and the
// router says one of them. What only staff read is Korean.
import type { Language } from '../../language/spoken.ts';
import type { Parcel } from '../../orders/order.ts';
import type { Choice, Reply } from '../bot.ts';
import * as englishWords from '../english-words.ts';
import * as koreanWords from '../words.ts';
import { CARRIER_NAMES, ENGLISH_CARRIER_NAMES, ENGLISH_STATE_WORDS, STATE_WORDS } from './names.ts';
import { BUTTONS, ENGLISH_BUTTONS, startChoices } from './parts.ts';

type Words = Pick<typeof koreanWords, keyof typeof englishWords>;

export type Tongue = {
  /** One of two sentences that say the same. */
  readonly either: (korean: string, english: string) => string;
  readonly words: Words;
  readonly labels: Readonly<Record<keyof typeof BUTTONS, string>>;
  readonly states: Readonly<Record<Parcel['state'], string>>;
  readonly carriers: Readonly<Record<string, string>>;
  readonly start: readonly Choice[];
};

export const KOREAN: Tongue = {
  either: (korean) => korean,
  words: koreanWords,
  labels: BUTTONS,
  states: STATE_WORDS,
  carriers: CARRIER_NAMES,
  start: startChoices(BUTTONS),
};

export const ENGLISH: Tongue = {
  either: (_, english) => english,
  words: englishWords,
  labels: ENGLISH_BUTTONS,
  states: ENGLISH_STATE_WORDS,
  carriers: ENGLISH_CARRIER_NAMES,
  start: startChoices(ENGLISH_BUTTONS),
};

export function inBoth(make: (tongue: Tongue) => Reply): Reply {
  return { ...make(KOREAN), english: make(ENGLISH) };
}

/** What is said of it to somebody who writes this language. */
export function spoken({ english, ...korean }: Reply, language: Language): Reply {
  return language === 'en' ? (english ?? korean) : korean;
}
