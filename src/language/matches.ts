/**
 * All matches of a global pattern in order. `String.matchAll` makes a copy of the pattern first, which
 * costs more than most searches in a message, and nearly all of them find nothing.
 */
export function matchesOf(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  let match = pattern.exec(text);
  if (match === null) return NOTHING;
  if (!pattern.global) throw new TypeError(`expected a global pattern, got ${pattern}`);
  const matches: RegExpExecArray[] = [];
  for (; match !== null; match = pattern.exec(text)) {
    matches.push(match);
    if (match[0] === '') pattern.lastIndex += pattern.unicode ? width(text, match.index) : 1;
  }
  return matches;
}

const NOTHING: readonly RegExpExecArray[] = [];

/** Behind an empty match the search goes on with the next letter, and never within one. */
const width = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
