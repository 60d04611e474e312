// What is said about a list of recipients changes it or leads to a question; it is never dropped.
import { describe, expect, it } from 'vitest';
import { readOrder } from '../../src/language/read-order.ts';

const LIST = [
  '김영희 010-0111-2222 서울 노원구 동일로 1729 2박스',
  '박철수 010-0333-4444 충남 홍성군 홍북읍 충남대로 21 1박스',
  '홍인철 010-1237-3650 경기 시흥시 은행로 179 3박스',
].join('\n');

/** "2,1,3", or what is asked and of whom. */
const boxes = (...said: readonly string[]): string => {
  const products = [{ id: 'p1', name: '샤인머스캣 3kg' }];
  const context = { today: '2026-09-25', products, maxBoxes: 50 };
  const reading = readOrder(
    said.map((text) => ({ text })),
    context,
  );
  if (reading.kind === 'none') return 'none';
  if (reading.kind === 'ask')
    return reading.questions.map(({ field, recipient }) => `${field} ${recipient}`).join(', ');
  return reading.draft.recipients
    .map(({ items }) => items.map((item) => item.boxes).join('+'))
    .join(',');
};

const EVERYBODY = 'boxes 0, boxes 1, boxes 2';

describe('an instruction about a list', () => {
  it.each([
    ['마지막 줄만 4로 고쳐주세요', '2,1,4'],
    ['맨 밑에 분은 5박스로 변경이요', '2,1,5'],
    ['두 번째 집은 2박스로 바꿔주세요', '2,2,3'],
    ['첫 줄 3박스로 수정 부탁', '3,1,3'],
    ['2번 줄 4개로 바꿔주세요', '2,4,3'],
    ['끝에 집 하나 더 추가요', '2,1,4'],
    ['아 홍인철은 1박스로 정정합니다', '2,1,1'],
    ['철수네는 1박스 말고 2박스요', '2,2,3'],
    ['박철수님은 빼주세요', '2,3'],
    ['홍인철 거 빼고 보내주세요', '2,1'],
    ['마지막 분은 제외해주세요', '2,1'],
    ['세번째는 취소할게요', '2,1'],
    ['영희 빼고 나머지만 보내주세요', '1,3'],
  ])('is followed below it and in a message of its own: %s', (text, expected) => {
    expect(boxes(`${LIST}\n${text}`)).toBe(expected);
    expect(boxes(LIST, text)).toBe(expected);
  });

  it.each([
    ['맨 위는 말고 아래 두 집만요', EVERYBODY],
    ['1번이랑 3번 수량 바꿔주세요', EVERYBODY],
    ['김영희님만 보내주세요', EVERYBODY],
    ['다 합쳐서 김영희한테 보내주세요', EVERYBODY],
    ['위에 두 분만 먼저 보내주세요', EVERYBODY],
    ['홍인철은 한 박스 줄여주세요', 'boxes 2'],
    ['마지막 줄 지워주세요', 'boxes 2'],
    ['박철수 대신 박영수로 보내주세요', 'name 1'],
    ['맨 아래 사람 주소가 바뀌었어요', 'address 2'],
    ['박철수 번호 바뀌었어요', 'phone 1'],
  ])('is asked about where it is not understood: %s', (text, expected) => {
    expect(boxes(`${LIST}\n${text}`)).toBe(expected);
    expect(boxes(LIST, text)).toBe(expected);
  });

  it.each([
    '잘 부탁드립니다',
    '문앞 말고 경비실에 맡겨주세요',
    '가격표 빼고 보내주세요',
    '무른 건 빼고 좋은 걸로만 보내주세요',
    '작년에 주소 잘못 적어서 고생했어요 이번엔 맞게 적었어요',
    '금요일 말고 토요일 도착이면 좋겠어요',
    '비닐 말고 종이로 포장해주세요',
    '꼭지만 떼서 보내주세요',
    '총 6박스요',
  ])('is none where the wish is about something else: %s', (text) => {
    expect(boxes(`${LIST}\n${text}`)).toBe('2,1,3');
    expect(boxes(LIST, text)).toBe('2,1,3');
  });
});
