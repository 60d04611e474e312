import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findOrderCodes } from '../../src/language/codes.ts';

test.each([
  ['P7-042', ['P7-042']],
  ['p7042', ['P7-042']],
  ['P7 042', ['P7-042']],
  ['p7 - 042요', ['P7-042']],
  ['Ｐ７－０４２', ['P7-042']],
  ['주문번호는 a3-901이에요, 그리고 B1 234', ['A3-901', 'B1-234']],
  ['P7-042 P7042', ['P7-042']],
  ['P7-0421', []],
  ['XP7-042', []],
  ['A3 101호', []],
  ['P7-042-1234', []],
  ['010-1234-5678', []],
  ['', []],
])('%j holds %j', (text, codes) => {
  expect(findOrderCodes(text)).toEqual(codes);
});

test('every code comes back in one spelling, however it was written', () => {
  const letter = fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZ');
  const gap = fc.constantFrom('', '-', ' ', ' - ');
  fc.assert(
    fc.property(letter, fc.nat(9), fc.nat(999), gap, (first, digit, number, between) => {
      const rest = String(number).padStart(3, '0');
      const spelled = `입금 ${first.toLowerCase()}${digit}${between}${rest} 확인`;
      expect(findOrderCodes(spelled)).toEqual([`${first}${digit}-${rest}`]);
    }),
  );
});
