import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/language/normalise.ts';
import { findPhones } from '../../src/language/phone.ts';

const digitsIn = (text: string): (string | null)[] =>
  findPhones(normalise(text)).map(({ digits }) => digits);

describe('telephone numbers', () => {
  it.each([
    ['010-1234-5678', '01012345678'],
    ['01012345678', '01012345678'],
    ['010 1234 5678', '01012345678'],
    ['010.1234.5678', '01012345678'],
    ['010/1234/5678', '01012345678'],
    ['010~1234~5678', '01012345678'],
    ['010–1234–5678', '01012345678'],
    ['010 1234-5678', '01012345678'],
    ['０１０－１２３４－５６７８', '01012345678'],
    ['+82 10-1234-5678', '01012345678'],
    ['+82-10-1234-5678', '01012345678'],
    ['(010)1234-5678', '01012345678'],
    ['10-1234-5678', '01012345678'],
    ['공일공 일이삼사 오육칠팔', '01012345678'],
    ['02-123-4567', '021234567'],
    ['02)1234-5678', '0212345678'],
    ['031-123-4567', '0311234567'],
    ['0507-1234-5678', '050712345678'],
    ['070-1234-5678', '07012345678'],
    ['011-234-5678', '0112345678'],
  ])('%s', (text, digits) => {
    expect(digitsIn(text)).toEqual([digits]);
  });

  it.each(['010-152-605', '010-1234-567', '010-1234-56789', '010-****-1234', '010-1234'])(
    '%s cannot be dialled',
    (text) => {
      expect(digitsIn(text)).toEqual([null]);
    },
  );

  it.each([
    '농협 293-8766-5534-04',
    '계좌 044-5679-2568-76',
    '송장 801800877360',
    '27,000원',
    '104동 1604호',
    '33203',
    '12-3',
  ])('%s holds no telephone number', (text) => {
    expect(digitsIn(text)).toEqual([]);
  });

  it('leaves the house or box number behind it alone', () => {
    const text = '010 1234 5678 3박스';
    expect(findPhones(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      '010 1234 5678',
    ]);
  });
});
