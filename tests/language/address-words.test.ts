import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHAPES } from '../../src/language/address-words.ts';

const LETTERS = [
  ...'제산지하상반옥탑층본별신관가나동일로대길번호라인단차실시군구읍면리강남',
  ...'0123459-,~.·abAB',
];
const GROUPS = [
  '서울',
  '특별시',
  '경기',
  '전북',
  '제주도',
  '103',
  '12',
  '동',
  '호',
  '층',
  '길',
  '번지',
  '이공삼',
];
const word = fc.oneof(
  fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 8 }),
  fc
    .array(fc.constantFrom(...GROUPS, ...LETTERS), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('')),
);

describe('the shapes of an address', () => {
  it('name every letter in which their words end, since other words are not tried', () => {
    fc.assert(
      fc.property(word, (said) => {
        for (const { ends, shape } of SHAPES)
          if (shape.test(said)) expect(ends).toContain(said.at(-1));
      }),
      { numRuns: 20_000 },
    );
  });
});
