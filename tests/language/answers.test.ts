import { describe, expect, it } from 'vitest';
import { isNo, isReceived, isYes, readOwnPhone } from '../../src/language/answers.ts';
import { readNewAddress } from '../../src/language/new-address.ts';
import { isThanks } from '../../src/language/read-intent.ts';

describe('an answer', () => {
  it.each([
    '네',
    '네, 취소해요',
    '네 취소해주세요',
    '네 취소할게요',
    '응 취소해줘',
    '네 그렇게 해주세요',
    '네 확정',
    'ㅇㅋ',
    '그래요',
    '넵!!',
    '좋아요 진행해주세요',
    'yes, cancel it',
    'Yes please, cancel my order',
  ])('%s is a yes', (text) => {
    expect([isYes(text), isNo(text)]).toEqual([true, false]);
  });

  it.each([
    '아니',
    '아니요',
    '아니야',
    '아뇨',
    '아니 됐어요',
    '괜찮아요',
    '됐어요',
    '그만',
    '취소하지 마',
    '취소하지 마세요',
    '안 할게요',
    'no',
    '네 취소하지 마세요',
  ])('%s is a no', (text) => {
    expect([isYes(text), isNo(text)]).toEqual([false, true]);
  });

  it.each([
    '아니 3상자요',
    '네 3상자요',
    '네 그런데 얼마예요',
    '네 근데 취소 말고 변경이요',
    '취소',
    '예약이요',
    '네 괜찮아요',
    '그래서요',
    '',
  ])('%j is neither', (text) => {
    expect([isYes(text), isNo(text)]).toEqual([false, false]);
  });
});

describe('the own number', () => {
  it.each([
    '010-7777-8888',
    '제 번호는 010-7777-8888이에요',
    '010-7777-8888 입니다 감사합니다',
    '네 01077778888이요',
    '나는 010-7777-8888이여',
    '저는 김말순이고요 010-7777-8888이에요',
    '나는 박순례고 번호는 010-7777-8888이여',
    'My name is Tom Baker, 010-7777-8888',
    'I’m Tom, 010-7777-8888',
  ])('is read in %s', (text) => {
    expect(readOwnPhone(text)).toBe('01077778888');
  });

  it.each([
    '현금영수증 010-7777-8888',
    '김민수 010-7777-8888',
    '저는 김말순 서울 강남구 테헤란로 1 010-7777-8888',
    '010-7777-8888 2상자 주세요',
    '010-7777-888',
    '010-7777-8888 010-1111-2222',
    '건너뛰기',
  ])('is none in %s', (text) => {
    expect(readOwnPhone(text)).toBe(null);
  });
});

describe('a new address', () => {
  const CITY_HALL = '서울 중구 세종대로 110';

  it.each([
    [`${CITY_HALL}, 301호로 해주세요`, `${CITY_HALL}, 301호`],
    [`배송지 ${CITY_HALL} 1502호로 바꿔주세요`, `${CITY_HALL} 1502호`],
    [`${CITY_HALL} 5층으로 변경해주세요`, `${CITY_HALL} 5층`],
    [`${CITY_HALL} 7층이요`, `${CITY_HALL} 7층`],
    [`${CITY_HALL} 1204호요`, `${CITY_HALL} 1204호`],
    [CITY_HALL, CITY_HALL],
  ])('is read in %s', (text, address) => {
    expect(readNewAddress(text)).toEqual({ address, postcode: null, name: null, phone: null });
  });

  it('may come with its recipient', () => {
    expect(readNewAddress(`04524 ${CITY_HALL} 김영희 010-1234-5678`)).toEqual({
      address: CITY_HALL,
      postcode: '04524',
      name: '김영희',
      phone: '01012345678',
    });
  });

  it.each([
    `${CITY_HALL} 2상자`,
    `김영희 010-1234-5678 ${CITY_HALL} 3박스 주문할게요`,
    '1204호요',
    '부산으로 보내주세요',
    '네',
  ])('is none in %s', (text) => {
    expect(readNewAddress(text)).toBe(null);
  });
});

describe('thanks', () => {
  it.each(['고마워요', '잘 받았어요', '안녕히계세요', '감사합니다~', '수고하세요'])(
    '%s',
    (text) => {
      expect(isThanks(text)).toBe(true);
    },
  );

  it.each([
    '안녕하세요',
    '메뉴',
    '고마운데 취소해주세요',
    '잘 받았는데 3개가 상했어요',
    '감사합니다 언제 와요?',
  ])('but not %s', (text) => {
    expect(isThanks(text)).toBe(false);
  });
});

describe('a parcel that arrived', () => {
  it.each([
    '받았어요',
    '잘 받았습니다',
    '네, 잘 받았어요~',
    '오늘 잘 받았습니다! 감사합니다',
    '다 왔어요',
    '잘 도착했습니다 맛있게 먹을게요',
    '무사히 받았어요 정말 감사해요 ^^',
    'I got it, thanks',
    'It arrived.',
    'received!',
  ])('%s', (text) => {
    expect(isReceived(text)).toBe(true);
  });

  it.each([
    '안 받았어요',
    '아직 못 받았어요',
    '받았는데 두 알이 상했어요',
    '언제 왔어요?',
    '잘 왔나요?',
    '받았어요?',
    '상한 걸 받았어요',
    '2상자만 받았어요',
    '잘 받았어요 그런데 맛이 없어요',
    '감사합니다',
  ])('but not %s', (text) => {
    expect(isReceived(text)).toBe(false);
  });
});
