import { describe, expect, it } from 'vitest';
import { readOrder } from '../../src/language/read-order.ts';

const read = (text: string) =>
  readOrder([{ text }], {
    today: '2026-09-14',
    products: [{ id: 'p1', name: '사과 5kg' }],
    maxBoxes: 50,
  });
const addressOf = (text: string): string | null => {
  const reading = read(text);
  return reading.kind === 'none' ? null : (reading.draft.recipients[0]?.address ?? null);
};

describe('an address', () => {
  it.each([
    [
      '사과 2박스 받는분 김영희 010-0111-2222 경북 안동시 경동로 684 솔향기펜션 관리동',
      '경북 안동시 경동로 684 솔향기펜션 관리동',
    ],
    [
      '사과 2박스. 충남 태안군 안면읍 해안로 12-3 갈매기횟집, 김영희, 010-0111-2222',
      '충남 태안군 안면읍 해안로 12-3 갈매기횟집',
    ],
    [
      '서울 중구 다산로 13, 빨간벽돌집, 김영희, 010-0111-2222, 2박스',
      '서울 중구 다산로 13, 빨간벽돌집',
    ],
    [
      '배송지는 서울 중구 다산로 13 3층 노무법인 가람이고 받는 분은 김영희 010-0111-2222 2박스요',
      '서울 중구 다산로 13 3층 노무법인 가람',
    ],
    [
      '강원 인제군 인제읍 인제로 55 12연대 본부중대 / 김영희 / 010-0111-2222 / 2박스',
      '강원 인제군 인제읍 인제로 55 12연대 본부중대',
    ],
    [
      '받는분 김영희 010-0111-2222 전북 완주군 봉동읍 완주로 462 봉동중 행정실로 2박스 보내주세요',
      '전북 완주군 봉동읍 완주로 462 봉동중 행정실',
    ],
    [
      '김영희 010-0111-2222\n경남 남해군 미조면 송정리 산12-1 바다향기\n2박스',
      '경남 남해군 미조면 송정리 산12-1 바다향기',
    ],
    [
      '받는 사람: 김영희 010-0111-2222\n대전 유성구 어은로 57 KT 연구동 B\n사과 2박스',
      '대전 유성구 어은로 57 KT 연구동 B',
    ],
  ])('has the name of its place: %s', (text, address) => {
    expect(addressOf(text)).toBe(address);
  });

  it.each([
    '사과 2박스 김영희 010-0111-2222 서울 중구 다산로 13 빨리 보내주세요',
    '사과 2박스 김영희 010-0111-2222 서울 중구 다산로 13 여기로 부탁해요',
    '김영희 010-0111-2222 서울 중구 다산로 13 에 사는 언니예요 사과 2박스요',
    '사과 2박스 김영희 010-0111-2222 서울 중구 다산로 13 착불',
    '사과 2박스 김영희 010-0111-2222 서울 중구 다산로 13 그럼 수고하세요',
    '사과 2박스 받는분 김영희 010-0111-2222 서울 중구 다산로 13 입금은 내일 할게요',
    '사과 2박스 김영희 010-0111-2222 서울 중구 다산로 13 추석 전에 받고 싶어요',
  ])('has nothing of the sentence around it: %s', (text) => {
    expect(addressOf(text)).toBe('서울 중구 다산로 13');
  });

  it.each([
    ['주산지길 163 주산지 입구 사과나무집이에요', '주산지길 163 주산지 입구 사과나무집', null],
    ['매곡로 35 세진공업 1공장 정문 경비실', '매곡로 35 세진공업 1공장 정문 경비실', null],
    ['매곡로 35 한솔빌라 302호 정문 경비실', '매곡로 35 한솔빌라 302호', '정문 경비실'],
    [
      '매곡로 35 한솔빌라 정문 경비실에 맡겨주세요',
      '매곡로 35 한솔빌라',
      '정문 경비실에 맡겨주세요',
    ],
    [
      '매곡로 35 한솔빌라 302호 (벨 고장, 노크해주세요)',
      '매곡로 35 한솔빌라 302호',
      '벨 고장, 노크해주세요',
    ],
  ])('is told from an instruction for the courier: %s', (text, address, memo) => {
    const reading = read(`사과 2박스 김영희 010-0111-2222 울산 북구 ${text}`);
    const recipients = [{ address: `울산 북구 ${address}` }];
    expect(reading).toMatchObject({ kind: 'order', draft: { recipients, memo } });
  });

  it('has the shop in it once somebody else is named there', () => {
    const reading = readOrder(
      [
        { text: '사과 2박스 서울 중구 다산로 13 2층 참조은약국' },
        { text: '받는 사람은 육정환 010-0111-2222' },
      ],
      { today: '2026-09-14', products: [{ id: 'p1', name: '사과 5kg' }], maxBoxes: 50 },
    );
    const address = '서울 중구 다산로 13 2층 참조은약국';
    expect(reading).toMatchObject({
      kind: 'order',
      draft: { recipients: [{ name: '육정환', address }] },
    });
  });

  it('stops before whoever is named behind his rank', () => {
    const text = '사과 2박스 강원 화천군 사내면 사창로 88 본부포대 일병 남도윤, 010-0111-2222';
    const recipient = { name: '남도윤', address: '강원 화천군 사내면 사창로 88 본부포대' };
    expect(read(text)).toMatchObject({ kind: 'order', draft: { recipients: [recipient] } });
  });

  it('leaves the only name to the recipient', () => {
    const reading = read('사과 2박스 서울 중구 다산로 13 솔향기펜션 010-0111-2222');
    expect(reading).toMatchObject({
      draft: { recipients: [{ name: '솔향기펜션', address: '서울 중구 다산로 13' }] },
    });
  });
});
