import { describe, expect, it } from 'vitest';
import { findAddresses } from '../../src/language/address.ts';
import { findPostcodes } from '../../src/language/postcode.ts';

const addressesIn = (text: string) => findAddresses(text, () => false);

describe('addresses', () => {
  it.each([
    [
      '서울 노원구 동일로 1729 한솔마을 103동 1204호 2박스',
      '서울 노원구 동일로 1729 한솔마을 103동 1204호',
    ],
    ['경기 용인시 수지구 신봉2로14번길 49', '경기 용인시 수지구 신봉2로14번길 49'],
    ['부산 사하구 낙동대로 550번길 37 7동 1105호', '부산 사하구 낙동대로 550번길 37 7동 1105호'],
    ['전북 전주시 완산구 효자동3가 523', '전북 전주시 완산구 효자동3가 523'],
    ['경남 하동군 악양면 평사리 산 48-3', '경남 하동군 악양면 평사리 산 48-3'],
    ['세종시 달빛1로 60 1층', '세종시 달빛1로 60 1층'],
    ['노원구 동일로 1729, 103-1204', '노원구 동일로 1729, 103-1204'],
    ['부산 사상구 가야대로 12 (주례동), 지하 1층', '부산 사상구 가야대로 12 (주례동), 지하 1층'],
    ['경기의정부시 가능로152번길 14', '경기의정부시 가능로152번길 14'],
    ['경기도성남시분당구정자일로95 1402호', '경기도성남시분당구정자일로95 1402호'],
    ['경남 진주시 평거로 259\n501호', '경남 진주시 평거로 259 501호'],
    [
      '대구 달성군 서재로12길 11-11\ne편한세상 117동 704호',
      '대구 달성군 서재로12길 11-11 e편한세상 117동 704호',
    ],
    ['110 Sejong-daero, Jung-gu, Seoul', '110 Sejong-daero, Jung-gu, Seoul'],
    ['주소는 광주 북구 첨단과기로 280입니다', '광주 북구 첨단과기로 280'],
    ['서울 강남구 테헤란로 431 9층이요', '서울 강남구 테헤란로 431 9층'],
  ])('%s', (text, address) => {
    expect(addressesIn(text)).toMatchObject([{ text: address, complete: true }]);
  });

  it.each([
    '인천광역시 연수구 연수동',
    '전북 익산시',
    '경기 수원시 영통구 동수원로 2박스',
    '충남 논산시 연무읍',
  ])('%s has no number, so no parcel would find it', (text) => {
    expect(addressesIn(text)).toMatchObject([{ complete: false }]);
  });

  it.each([
    '회사로 2박스',
    '그대로 3개 보내주세요',
    '홍로 2요',
    '다시 5박스',
    '부재시 문앞',
    '서울로 보내주세요',
  ])('%s is no address', (text) => {
    expect(addressesIn(text)).toEqual([]);
  });

  it('does not take the count, the name or the shop behind it', () => {
    expect(addressesIn('경남 양산시 금오13길 71 4박스')[0]?.text).toBe('경남 양산시 금오13길 71');
    expect(addressesIn('강원 원주시 원문로 22 B동 301호 박민준 앞')[0]?.text).toBe(
      '강원 원주시 원문로 22 B동 301호',
    );
    const text = '경남 양산시 양주3길 40-13 미소치과';
    const [address] = addressesIn(text);
    expect(address?.text).toBe('경남 양산시 양주3길 40-13');
    expect(text.slice(address?.place?.start, address?.place?.end)).toBe('미소치과');
  });

  it.each(['(우)33203 충남', '[33203]', '우)33203', '33203 충남 천안시', '우편번호 33203'])(
    '%s',
    (text) => {
      expect(findPostcodes(text).map(({ digits }) => digits)).toEqual(['33203']);
    },
  );
});

it.each([
  '수원 영통구 광교로 100',
  '창원 마산합포구 3·15대로 220 203호',
  '여수 학동서3길 15-8',
  '경북 안동 옹천길 27',
  '전남 보성 벌교읍 채동선로 12',
])('a town said without 시 or 군 belongs to its address: %s', (text) => {
  expect(findAddresses(`${text} 김영희`, () => false)[0]?.text).toBe(text);
});
