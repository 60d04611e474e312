import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as addressWords from '../../src/language/address-words.ts';
import { lettersOf, mayHold, neededBy } from '../../src/language/letters.ts';
import * as names from '../../src/language/names.ts';
import * as phrases from '../../src/language/phrases.ts';
import * as postcode from '../../src/language/postcode.ts';
import * as when from '../../src/language/when.ts';
import { readCorpus } from '../support/corpus.ts';

const MODULES = [addressWords, names, phrases, postcode, when];
const PATTERNS = MODULES.flatMap((module) => Object.values<unknown>(module)).filter(
  (value) => value instanceof RegExp,
);

const isFound = ({ source, flags }: RegExp, text: string): boolean =>
  new RegExp(source, flags.replace(/[gy]/gu, '')).test(text);

describe('the letters that a pattern needs', () => {
  it.each([
    [/입금/u, [['입', '금']]],
    [/(?:이름|명의)으로/u, [['름명', '으', '로']]],
    [/\d ?(?:박스|상자)/u, [['박상', '0123456789']]],
    [/예(?=시)|샘플?/u, [['예'], ['샘']]],
    [/가{0,2}나{2,}다*/u, [['나']]],
    [/[^가]나/u, [['나']]],
    [/[나-라][\t/]/u, [['\t/']]],
    [/더|\s/u, [[]]],
    [/(?:\p{L}|더)추/u, [['추']]],
    [/box/iu, [['xX', 'bB', 'oO']]],
    [/(?<!동)(?<one>하나)(?![가-힣])\b/u, [['하', '나']]],
    [/(추)가\1/u, [['추', '가']]],
    [/\(주\)/u, [['(', ')', '주']]],
  ])('of %s are found in its source', (pattern, expected) => {
    const sorted = (ways: readonly (readonly string[])[]): string[][] =>
      ways.map((sets) => sets.map((set) => [...set].sort().join('')).sort());
    expect(sorted(neededBy(pattern))).toEqual(sorted(expected));
  });
});

describe('a pattern passed over for want of its letters', () => {
  const texts = ['orders', 'orders-own', 'intents'].flatMap((name) =>
    readCorpus(`../fixtures/messages/${name}.jsonl`).flatMap(
      ({ text, messages }) => messages ?? [text ?? ''],
    ),
  );

  it('has no match in any labelled message', () => {
    expect(PATTERNS.length).toBeGreaterThan(15);
    let spared = 0;
    for (const text of texts) {
      const letters = lettersOf(text);
      for (const pattern of PATTERNS) {
        if (mayHold(letters, pattern)) continue;
        spared += 1;
        if (isFound(pattern, text)) throw new Error(`${pattern} is found in ${text}`);
      }
    }
    expect(spared).toBeGreaterThan(texts.length * 5);
  });

  it('has none in any text, nor in a part of it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.string({ unit: 'binary' }),
        fc.nat(),
        (text, more, cut) => {
          const whole = `${text}${more}`;
          const letters = lettersOf(whole);
          const part = whole.slice(cut % whole.length);
          for (const pattern of PATTERNS)
            if (!mayHold(letters, pattern)) expect(isFound(pattern, part)).toBe(false);
        },
      ),
    );
  });
});
