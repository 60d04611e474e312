import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOrder } from '../../src/language/read-order.ts';
import type { KnownRecipient, ReadRecipient } from '../../src/language/reading.ts';
import { type Recalling, recall } from '../../src/language/recall.ts';
import { liesIn, townOf } from '../../src/language/towns.ts';
import { readWhich } from '../../src/language/which.ts';

const known = (
  id: string,
  called: string | null,
  [name = '', phone = '', address = '']: readonly string[],
): KnownRecipient => ({ id, name, phone, postcode: null, address, called });

const MUM = known('m', '엄마', ['김영희', '01022223333', '부산 해운대구 우동1로 20 101동 202호']);
const PARK = known('p', null, ['박철수', '01012345678', '서울 노원구 동일로 1729 103동 1204호']);
const SISTER = known('s', '언니', ['김지은', '01044445555', '부산광역시 사하구 낙동대로 12']);
const LATIN = known('l', null, ['John Miller', '01066667777', '서울 강남구 테헤란로 1 101호']);
const FULL = '김민수 010-7777-8888 경기 수원시 영통구 광교로 100 1박스';

const RECALLING: Recalling = {
  context: { today: '2026-07-20', products: [{ id: 'p1', name: '복숭아 4kg' }], maxBoxes: 50 },
  known: [MUM, PARK, SISTER, LATIN],
  last: [{ recipient: PARK, items: [{ product: 'p1', boxes: 2 }] }],
  drafted: [],
  asked: null,
  chosen: [],
};

/** Name and boxes of each recipient as the reader then has it. */
function read(text: string, recalling: Recalling = RECALLING): string | undefined {
  const recalled = recall(text, recalling);
  if (recalled === null || recalled.kind !== 'said') return recalled?.kind;
  const reading = readOrder(recalled.parts, recalling.context);
  if (reading.kind === 'none') return 'no order';
  const boxes = ({ items }: ReadRecipient) => items.map((item) => item.boxes).join('+');
  return reading.draft.recipients.map((one) => `${one.name} ${boxes(one)}`).join(', ');
}

describe('who is named, with what is said of him', () => {
  test.each([
    ['엄마집 2상자', '김영희 2'],
    ['이번에도 엄마집 2박스요', '김영희 2'],
    ['어머니댁 2박스 보내주세요', '김영희 2'],
    ['엄마 김영희님께 2상자', '김영희 2'],
    ['지난번 박철수님한테 3박스', '박철수 3'],
    ['저는 박철수인데요 엄마집 2상자 보내주세요', '김영희 2'],
    ['철수네 2상자', '박철수 2'],
    ['저번에 보낸 데로 하나 더요', '박철수 1'],
    ['전에 시킨 주소로 2박스 보내주세요', '박철수 2'],
    ['부산 언니네로 2상자', '김지은 2'],
    ['해운대로 두 상자 보내주세요', '김영희 2'],
    ['언니집 1 엄마집 2', '김지은 1, 김영희 2'],
    ['엄마집이랑 언니집 2박스씩', '김영희 2, 김지은 2'],
    ['2상자는 엄마집, 1상자는 언니네로 보내주세요', '김영희 2, 김지은 1'],
    [`엄마집 2, 그리고 ${FULL}`, '김영희 2, 김민수 1'],
    [`${FULL} 엄마집 2상자`, '김민수 1, 김영희 2'],
    [`엄마집 2박스\n${FULL}`, '김영희 2, 김민수 1'],
    ['지난번이랑 똑같이', '박철수 2'],
    ['저번처럼 보내주세요', '박철수 2'],
    ['늘 보내던 대로', '박철수 2'],
    ['항상 시키던 대로 3상자요', '박철수 3'],
    ['same as last time please', '박철수 2'],
    ['same address, 3 boxes', '박철수 3'],
    ['3 boxes to John Miller please', 'John Miller 3'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

test.each([
  ['asks', '엄마집 언제 와요?'],
  ['complains', '엄마집에 보낸 2상자 다 상해서 왔어요'],
  ['cancels', '엄마집 2상자 취소할게요'],
  ['greets', '저는 박철수예요'],
  ['says a word that is somebody’s given name', '철수 만나고 싶어요'],
  [
    'brings new data under the old word',
    '엄마집: 이순자 010-9222-3333 부산 해운대구 우동1로 55 2상자',
  ],
  [
    'brings data that may be the named one’s',
    '엄마집 2박스, 010-9999-8888, 부산 해운대구 우동1로 99',
  ],
  ['brings everything', FULL],
])('nobody is recalled where the buyer %s', (_, text) => {
  expect(recall(text, RECALLING)).toBeNull();
});

test('several that fit are asked about', () => {
  expect(recall('부산으로 2상자', RECALLING)).toEqual({
    kind: 'which',
    word: '부산으로',
    fitting: [MUM, SISTER],
  });
  const chosen = [{ word: '부산으로', id: 's' }];
  expect(read('부산으로 2상자', { ...RECALLING, chosen })).toBe('김지은 2');
});

test('the same again without an earlier order is said, and not guessed', () => {
  expect(recall('지난번이랑 똑같이', { ...RECALLING, known: [], last: [] })).toEqual({
    kind: 'nothing',
  });
});

test('a recipient of the draft is the draft’s to read', () => {
  const drafted: readonly ReadRecipient[] = [{ ...MUM, items: [], memo: null, called: '엄마' }];
  expect(recall('엄마집은 3상자요', { ...RECALLING, drafted })).toBeNull();
});

test('what is no longer on sale is asked about, and never replaced', () => {
  const last = [{ recipient: PARK, items: [{ product: 'gone', boxes: 2 }] }];
  const recalled = recall('지난번이랑 똑같이', { ...RECALLING, last });
  const parts = recalled?.kind === 'said' ? recalled.parts : [];
  expect(readOrder(parts, RECALLING.context)).toMatchObject({
    kind: 'ask',
    questions: [{ field: 'product', recipient: 0 }],
  });
});

test('a message of strangers alone recalls nobody, whatever it says', () => {
  const words = [
    '엄마집',
    '2상자',
    '김민수님께',
    '부산으로',
    '지난번',
    '똑같이',
    ',',
    '보내주세요',
    '시댁',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 8 }), (said) => {
      const recalled = recall(said.join(' '), { ...RECALLING, known: [], last: [] });
      if (recalled?.kind !== 'said') return recalled?.kind !== 'which';
      return recalled.parts.every(({ of }) => (of?.recipient ?? null) === null);
    }),
  );
});

describe('which of several', () => {
  test.each([
    ['2번', SISTER],
    ['두번째요', SISTER],
    ['1', MUM],
    ['해운대요', MUM],
    ['사하구로', SISTER],
    ['김지은이요', SISTER],
    ['5555', SISTER],
    ['부산', null],
    ['3번', null],
    ['아니요', null],
    ['대전이요', null],
  ])('%s', (answer, expected) => {
    expect(readWhich(answer, [MUM, SISTER])).toBe(expected);
  });
});

test.each([
  ['부산광역시 사하구 낙동대로 12', '부산광역시 사하구'],
  ['경기 수원시 영통구 광교로 100', '경기 수원시 영통구'],
  ['세종 한누리대로 1', '세종'],
  ['동일로 1729', ''],
])('the town of %s', (address, town) => {
  expect(townOf(address)).toBe(town);
});

test.each([
  ['경상남도 창원시 의창구 1', '경남', true],
  ['경기 수원시 영통구 광교로 100', '수원', true],
  ['서울 동구릉로 1', '동', false],
  ['대전 서구 부산로 1', '부산', false],
])('%s lies in %s: %s', (address, word, expected) => {
  expect(liesIn(address, word)).toBe(expected);
});
