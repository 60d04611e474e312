// The form in which the readers of short messages see a text.

import { normalise, TEXT_LENGTH_MAX } from './normalise.ts';

const ALREADY_PLAIN = /^[\t\n\x20-\x40\x5b-\x7e가-힣ㄱ-ㅎㅏ-ㅣ]*$/;
const CIRCLED = /[①-⑳]/g;
const QUOTES = /[“”„«»『』「」]/g;

/** Normalised, in lower case; a circled number is a number here and not the start of a list. */
export function plainText(text: string): string {
  if (text.length <= TEXT_LENGTH_MAX && ALREADY_PLAIN.test(text)) return text;
  const numbered = text.replace(CIRCLED, (mark) => `${mark.charCodeAt(0) - 0x245f} `);
  return normalise(numbered).replace(QUOTES, '"').toLowerCase().slice(0, TEXT_LENGTH_MAX);
}
