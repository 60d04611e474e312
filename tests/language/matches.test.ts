import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesOf } from '../../src/language/matches.ts';

const PATTERNS = [
  /가+/gu,
  /(?=\d)/gu,
  /x*/gu,
  /x*/g,
  /(?<key>[가나]) ?(\d)?/gu,
  /(?<=\n|^)\s*/gu,
  /./gsu,
];
const text = fc.string({ unit: fc.constantFrom('가', '나', '1', ' ', 'x', '\n', '😀', '\ud83d') });

describe('matchesOf', () => {
  it('finds what matchAll finds', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...PATTERNS), (said, pattern) => {
        const found = matchesOf(said, pattern);
        expect(found).toEqual([...said.matchAll(pattern)]);
        expect(found.map(({ index }) => index)).toEqual(
          [...said.matchAll(pattern)].map(({ index }) => index),
        );
      }),
    );
  });

  it('refuses a pattern that would find the same place for ever', () => {
    expect(() => matchesOf('가', /가/u)).toThrow('expected a global pattern, got /가/u');
  });
});
