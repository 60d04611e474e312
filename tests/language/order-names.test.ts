// Names are told by their place and by what stands around them; no list has to know them.
import { describe, expect, it } from 'vitest';
import { readOrder } from '../../src/language/read-order.ts';
import type { OrderReading } from '../../src/language/reading.ts';

const context = {
  today: '2026-10-14',
  products: [{ id: 'p1', name: '사과 5kg' }],
  maxBoxes: 50,
};
const read = (...said: readonly string[]): OrderReading =>
  readOrder(
    said.map((text) => ({ text })),
    context,
  );
const names = (reading: OrderReading): readonly (string | null)[] =>
  reading.kind === 'none' ? [] : reading.draft.recipients.map(({ name }) => name);
const senderOf = (reading: OrderReading): string | null =>
  reading.kind === 'none' ? null : reading.draft.sender;

const PHONE = '010-0417-2290';
const PLACE = '전남 목포시 영산로 331 2층';

describe('a word that nobody knows, where the recipient has no name', () => {
  it.each([
    [`사과 한 박스 부탁드립니다. 비단결. ${PHONE}. ${PLACE}.`, '비단결'],
    [`${PLACE} 사과 3상자요 궁연희 ${PHONE}`, '궁연희'],
    [`사과 3박스 / 지구슬 / ${PHONE} / ${PLACE}`, '지구슬'],
    [`사과 3박스\n${PLACE}\n판서윤\n${PHONE}`, '판서윤'],
    [`사과 하나요 팜티흐엉 ${PHONE} ${PLACE}`, '팜티흐엉'],
  ])('%j is for %s', (text, name) => {
    expect(names(read(text))).toEqual([name]);
  });

  it('may come as a message of its own', () => {
    expect(names(read('사과 두 박스요', PLACE, '호르샘', PHONE))).toEqual(['호르샘']);
  });

  it.each([
    [`사과 한 상자 보내주세요 ${PHONE} ${PLACE} 한국말 조금 서툴러요`],
    [`은사님께 사과 한 상자 보내주세요 ${PHONE} ${PLACE}`],
    [`사과 한 박스요 ${PHONE} 전남 목포시 영산로 331 교육관`],
    [`사과 한 박스요, ${PHONE}, ${PLACE}, 안심번호`],
  ])('%j names nobody', (text) => {
    expect(names(read(text))).toEqual([null]);
  });

  it('is asked for where two words could be it', () => {
    expect(names(read(`사과 한 박스 / 비단결 / ${PHONE} / 달무리 / ${PLACE}`))).toEqual([null]);
  });
});

describe('who says who he is', () => {
  it.each([
    [`204호 사는 마로니예요 사과 하나 부탁해요 ${PLACE} ${PHONE}`, '마로니'],
    [`저는 추가은이고 ${PHONE}, ${PLACE} 사과 2박스요`, '추가은'],
    [`저는 몽골에서 온 바트히식입니다 사과 2박스 ${PHONE} ${PLACE}`, '바트히식'],
    [`사과 2박스 / 점장 비룡 / ${PLACE} / ${PHONE}`, '비룡'],
    [`사과 2박스 / 새길유치원 원장 맑은샘 / ${PHONE} / ${PLACE}`, '맑은샘'],
    [`사과 2박스\n수령: 경영지원실 낙하영 차장\n연락처: ${PHONE}\n주소: ${PLACE}`, '낙하영'],
    [`이름 속완나 사과 2박스 주세요 주소 ${PLACE} 전화 ${PHONE}`, '속완나'],
  ])('%j receives it himself', (text, name) => {
    expect(names(read(text))).toEqual([name]);
  });

  it.each([
    `저는 대학생이에요 사과 1박스 ${PHONE} ${PLACE}`,
    `저는 괜찮아요 사과 1박스 ${PHONE} ${PLACE}`,
  ])('%j says no name', (text) => {
    expect(names(read(text))).toEqual([null]);
  });

  it('is the sender of those named in later messages', () => {
    const reading = read(
      '안녕하세요 우슬기입니다',
      '사과 2박스요',
      '친구 이름은 초가을이고',
      PHONE,
      PLACE,
    );
    expect(names(reading)).toEqual(['초가을']);
    expect(senderOf(reading)).toBe('우슬기');
  });

  it.each([
    [`수원 사는 온새롬이라고 합니다. 언니 성함은 온새봄, ${PHONE}, ${PLACE} 사과 2박스`],
    [`구매팀 과장 온새롬입니다. 사과 두 상자\n받는 분: 온새봄 ${PHONE}\n주소: ${PLACE}`],
    [`사과 2박스 이모: 온새봄 ${PHONE} / ${PLACE} / 저: 온새롬 010-0500-2938`],
    [`사과 2박스 고모님은 온새봄 ${PHONE} ${PLACE}이고 저는 조카 온새롬이에요`],
  ])('%j is the sender where somebody else receives', (text) => {
    const reading = read(text);
    expect(names(reading)).toEqual(['온새봄']);
    expect(senderOf(reading)).toBe('온새롬');
  });
});

describe('who pays', () => {
  const ORDER = `사과 2박스 김하늘 ${PHONE} ${PLACE}`;
  const depositorOf = (...said: readonly string[]): string | null => {
    const reading = read(...said);
    return reading.kind === 'none' ? null : reading.draft.depositor;
  };

  it.each([
    ['입금할 사람은 비단결이고 문자는 필요 없어요', '비단결'],
    ['입금예정자 : 한빛정공', '한빛정공'],
    ['입금자명도 은혜교회입니다.', '은혜교회'],
    ['이체 명의는 주식회사 들꽃', '주식회사 들꽃'],
    ['입금자는 구역장 계미란입니다', '계미란'],
    ['송금은 남편 제갈솔찬으로 합니다', '제갈솔찬'],
    ['이체는 제가 황보라미로 한꺼번에 할게요', '황보라미'],
    ["돈은 '하랑맘' 이름으로 갈 거예요", '하랑맘'],
    ['송금은 영문 YOOJIN NA 이름으로 입금될 거예요', 'YOOJIN NA'],
    ['I will transfer the money as LUCIA FERRARI.', 'LUCIA FERRARI'],
    ['I will send money with name TRAN VAN HUNG', 'TRAN VAN HUNG'],
  ])('%s: %s', (sentence, name) => {
    expect(depositorOf(`${ORDER}\n${sentence}`)).toBe(name);
  });

  it.each([
    '돈은 카드로 결제할게요',
    '입금은 오후에 할게요',
    '농협으로 입금할게요',
    '주소도 맞아요',
    'I will pay with my bank account',
  ])('is not said with "%s"', (sentence) => {
    expect(depositorOf(`${ORDER}\n${sentence}`)).toBeNull();
  });

  it('may be the writer himself, who then receives it', () => {
    const said = `사과 2박스, 입금자는 저 뇌정아요. 보내실 곳은 ${PLACE}, ${PHONE}`;
    expect(names(read(said))).toEqual(['뇌정아']);
    expect(depositorOf(said)).toBe('뇌정아');
  });
});

describe('a number sent in two messages', () => {
  it.each([[['010', '1290-0071']], [['010-1290', '0071']], [['010-', '12900071']]])(
    '%j is one number',
    (parts) => {
      const reading = read('사과 2박스요', '김하늘', PLACE, ...parts);
      expect(reading.kind).toBe('order');
      const [only] = reading.kind === 'order' ? reading.draft.recipients : [];
      expect(only?.phone).toBe('01012900071');
    },
  );

  it('is none where another answer follows', () => {
    const reading = read('사과 2박스요', '김하늘', PLACE, '010', '빨리 보내주세요');
    expect(reading.kind === 'ask' && reading.questions.map(({ field }) => field)).toEqual([
      'phone',
    ]);
  });
});
