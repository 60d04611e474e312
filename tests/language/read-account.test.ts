// Accounts as people write them, and what is no account.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAccount } from '../../src/language/read-account.ts';

const WHOLE: readonly (readonly [said: string, account: string])[] = [
  ['농협 302-1234-5678-91 김영희', '농협 3021234567891 김영희'],
  ['농협302-1234-5678-91김영희', '농협 3021234567891 김영희'],
  ['nh농협 302 1234 5678 91 예금주 김영희', '농협 3021234567891 김영희'],
  ['3021234567891 농협 김영희', '농협 3021234567891 김영희'],
  ['김영희 농협 302-1234-5678-91', '농협 3021234567891 김영희'],
  ['김영희 앞으로 단위농협 3021234567891', '농협 3021234567891 김영희'],
  ['농협,3021234567891,김영희', '농협 3021234567891 김영희'],
  ['국민 123456-01-234567 / 이도윤', '국민은행 12345601234567 이도윤'],
  ['kb국민은행 12345601234567 홍길동입니다', '국민은행 12345601234567 홍길동'],
  ['은행: 국민은행\n계좌번호: 123456-01-234567\n예금주: 김영희', '국민은행 12345601234567 김영희'],
  ['카뱅 3333-01-1234567 김영희요', '카카오뱅크 3333011234567 김영희'],
  ['카카오 3333011234567 김영희', '카카오뱅크 3333011234567 김영희'],
  ['토스 1000-1234-5678 김영희', '토스뱅크 100012345678 김영희'],
  ['토스뱅크 100012345678 최지우', '토스뱅크 100012345678 최지우'],
  ['새마을금고 9002-1234-5678-9 김영희', '새마을금고 9002123456789 김영희'],
  ['새마을 9002123456789 박철수입니다', '새마을금고 9002123456789 박철수'],
  ['우체국 012345-02-123456 김영희님', '우체국 01234502123456 김영희'],
  ['신한 110-123-456789 김영희예요', '신한은행 110123456789 김영희'],
  ['IBK기업은행 123-123456-01-011 이영희', '기업은행 12312345601011 이영희'],
  ['기업 010-1234-5678 이영희', '기업은행 01012345678 이영희'],
  ['하나은행 123-910123-45607 이영희', '하나은행 12391012345607 이영희'],
  ['우리 1002-123-456789 이영희', '우리은행 1002123456789 이영희'],
  ['SC제일 123-20-123456 홍길동', 'SC제일은행 12320123456 홍길동'],
  ['케뱅 100-123-456789 남궁민수', '케이뱅크 100123456789 남궁민수'],
  ['대구은행 508-12-345678-9 최지우', 'iM뱅크(대구은행) 508123456789 최지우'],
  ['키움증권 1234567890 김영희', '키움증권 1234567890 김영희'],
  ['농협 302-1234-5678-91 (주)햇살', '농협 3021234567891 (주)햇살'],
  ['농협 302-1234-5678-91 햇살농원', '농협 3021234567891 햇살농원'],
  ['농협 3021234567891 KIM YOUNGHEE', '농협 3021234567891 KIM YOUNGHEE'],
  ['Shinhan 110-123-456789 Jane Doe', '신한은행 110123456789 Jane Doe'],
  [
    'Kookmin bank 123456-01-234567, account holder John Smith',
    '국민은행 12345601234567 John Smith',
  ],
  [
    '제 계좌는 농협 302-1234-5678-91이고 예금주는 김영희예요 감사합니다',
    '농협 3021234567891 김영희',
  ],
  [
    '저번에 말씀드린 국민은행 123456-01-234567 김영희로 부탁드려요',
    '국민은행 12345601234567 김영희',
  ],
  ['농협 302-1234-5678-91 010-1111-2222 김영희', '농협 3021234567891 김영희'],
];

test.each(WHOLE)('%s', (said, expected) => {
  const { bank, account, holder, fault } = readAccount(said);
  expect({ said: [bank, account, holder].join(' '), fault }).toEqual({
    said: expected,
    fault: null,
  });
});

const PARTS: readonly (readonly [string, Partial<ReturnType<typeof readAccount>>])[] = [
  ['농협', { bank: '농협', account: null, holder: null, isAlone: true }],
  ['302-1234-5678-91', { bank: null, account: '3021234567891', isAlone: true }],
  ['국민 123456-01-234567', { bank: '국민은행', account: '12345601234567', holder: null }],
  ['김영희요', { bank: null, account: null, holder: '김영희', isAlone: true }],
  ['없는은행 302-1234-5678-91 김영희', { bank: null, account: '3021234567891', holder: '김영희' }],
];

test.each(PARTS)('%s is a part of an account', (said, expected) => {
  expect(readAccount(said)).toMatchObject({ ...expected, fault: null });
});

test.each([
  '농협 3021234567891 asdf',
  '농협 3021234567891 asdf qwer',
  '농협 3021234567891 ok thanks',
  "농협 302-1234-5678-91 ');-- DROP TABLE orders",
  '농협 3021234567891 이걸로 보내주세요',
])('%s names no holder', (said) => {
  expect(readAccount(said)).toMatchObject({
    bank: '농협',
    account: '3021234567891',
    holder: null,
  });
});

test.each([
  ['농협 010-1234-5678 김영희', { kind: 'phone' }],
  ['농협 0000000000000 김영희', { kind: 'unlikely' }],
  // Six digits and seven: a resident's number, which nobody may keep.
  ['농협 900101-1234567 김영희', { kind: 'unlikely' }],
  ['농협 1234567 김영희', { kind: 'length', bank: null, digits: 7, wanted: [10, 14] }],
  ['카뱅 3333-01-123456 김영희', { kind: 'length', bank: '카카오뱅크', digits: 12 }],
  [`농협 ${'9'.repeat(40)} 김영희`, { kind: 'length', digits: 40 }],
])('%s is no account number', (said, fault) => {
  expect(readAccount(said)).toMatchObject({ account: null, holder: '김영희', fault });
});

test.each([
  '박철수 010-1234-5678 서울 노원구 동일로 1729 2상자',
  '부산 해운대구 우동1로 20 박철수 010-1234-5678 2상자',
  '하나만 더 주세요',
  '우리집으로 보내주세요',
  '주문조회',
  '계좌는 비밀이에요',
])('%s holds no account', (said) => {
  expect(readAccount(said)).toMatchObject({ account: null, isAlone: false });
});

test('anything at all is read without an error', () => {
  const part = fc.constantFrom(
    '농협',
    '김영희',
    '302-1234-5678-91',
    ' ',
    '\n',
    '010',
    '은행',
    'KB',
  );
  const text = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (said) => {
      const { account } = readAccount(said);
      if (account !== null) expect(account).toMatch(/^\d{10,14}$/);
    }),
    { numRuns: 2_000 },
  );
});
