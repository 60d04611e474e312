// Text that any platform can carry: no control characters (they hide words, and move the cursor of
// a terminal), no half surrogates, and lengths in the characters people count.

/** Keeps line ends and tabs; U+FFFD is what an earlier broken decoding left behind. */
export function clean(text: string): string {
  return text.replace(LINE_ENDS, '\n').replace(NOT_TEXT, '');
}

/** False for what shows as nothing: blanks, zero-width characters, Hangul fillers. */
export function isVisible(text: string): boolean {
  return SEEN.test(text);
}

/** Whether `text` has at most `max` code points; long texts are not counted to their end. */
export function fits(text: string, max: number): boolean {
  if (text.length <= max) return true;
  if (text.length > 2 * max) return false;
  let count = 0;
  for (const _ of text) count += 1;
  return count <= max;
}

/** At most `max` code points; what was cut off is marked by `…`. */
export function cut(text: string, max: number): string {
  if (fits(text, max)) return text;
  const kept = Array.from(text.slice(0, 2 * max)).slice(0, max - 1);
  return `${kept.join('').trimEnd()}…`;
}

const LINE_ENDS = /\r\n?/g;
const NOT_TEXT = /[[\p{Cc}\p{Cs}\uFFFD]--[\n\t]]/gv;
const SEEN = /[^\s\p{Default_Ignorable_Code_Point}]/u;
