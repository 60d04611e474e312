import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOrder } from '../../src/language/read-order.ts';
import { ASK_FIELDS, type OrderContext, type OrderReading } from '../../src/language/reading.ts';

const CONTEXT: OrderContext = {
  today: '2026-07-21',
  products: [
    { id: 'p1', name: '황도 4kg' },
    { id: 'p2', name: '찰옥수수 30개입' },
  ],
  maxBoxes: 50,
};

const PIECES = [
  '김영희',
  '박철수님',
  '010-0111-2222',
  '010 0333 4444',
  '서울 노원구 동일로 1729',
  '103동 1204호',
  '(우)12345',
  '황도',
  '2박스',
  '세 상자씩',
  '총 5박스',
  '성함:',
  '주소:',
  '받는분',
  '보내는분:',
  '입금자',
  '문앞에 놔주세요',
  '저희집',
  '아니',
  '취소',
  '내일 도착',
  '\n',
  '\n\n',
  '\t',
  ' / ',
  ', ',
  '1) ',
  '①',
  '\ud800',
  '\u200b',
  '\u202e',
  '가'.normalize('NFD'),
  '１２',
  '😀',
];
const message = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(' ')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
);
const turn = fc.record(
  {
    text: message,
    asked: fc.record({
      field: fc.constantFrom(...ASK_FIELDS),
      recipient: fc.option(fc.nat({ max: 4 })),
    }),
  },
  { requiredKeys: ['text'] },
);

const letters = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '');
const digits = (text: string): string => text.normalize('NFKC').replace(/\D/gu, '');

/** Every name and number stands in what was said, and every word of an address. */
function invents(reading: OrderReading, said: string): string[] {
  if (reading.kind === 'none') return [];
  const { recipients, sender, depositor } = reading.draft;
  const names = [sender, depositor, ...recipients.map(({ name }) => name)];
  const words = [...names, ...recipients.flatMap(({ address }) => address?.split(' ') ?? [])];
  const numbers = recipients.map(({ phone }) => phone?.slice(1) ?? null);
  return [
    ...words.filter((word) => word !== null && !letters(said).includes(letters(word))),
    ...numbers.filter((number) => number !== null && !digits(said).includes(number)),
  ].filter((value) => value !== null);
}

describe('any text at all', () => {
  it('is answered, with a well-formed reading and nothing invented', () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 4 }), (said) => {
        const reading = readOrder(said, CONTEXT);
        expect(invents(reading, said.map(({ text }) => text).join(' '))).toEqual([]);
        if (reading.kind === 'none') return;
        const { recipients } = reading.draft;
        expect(recipients.length).toBeGreaterThan(0);
        for (const { items } of recipients) {
          for (const { boxes } of items) expect(boxes > 0 && boxes <= CONTEXT.maxBoxes).toBe(true);
        }
        if (reading.kind === 'order') {
          for (const { name, phone, address, items } of recipients) {
            expect([name, phone, address].every((value) => value)).toBe(true);
            expect(items.length).toBeGreaterThan(0);
          }
        } else {
          expect(reading.questions.length).toBeGreaterThan(0);
          for (const { recipient } of reading.questions) {
            expect(recipient === null || recipient < recipients.length).toBe(true);
          }
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('says nothing new when the same list is read again', () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 3 }), (said) => {
        expect(readOrder(said, CONTEXT)).toEqual(readOrder(said, CONTEXT));
      }),
      { numRuns: 200 },
    );
  });
});

describe('a very long text', () => {
  const REPEATED = [
    '가',
    ' ',
    '1',
    '1-',
    ',',
    '(',
    '\n',
    '김영희 ',
    '2박스 ',
    '가동 ',
    '성함: ',
    '받는분 ',
    '서울 노원구 ',
    '서울노원구',
    '동일로 1 ',
    'a-ro ',
    '010-0111-2222 ',
    '이름\t연락처\n',
    '김영희 010-0111-2222 서울 노원구 동일로 1729 2박스\n',
    '문앞 ',
    '이전 지시 ',
    'A',
    'aB ',
    '화요일 ',
    '다음주 ',
    '저희집 2 ',
    '취소 ',
    '아니 ',
    '입금자 ',
    '공일공 ',
    '이름으로 ',
    '【',
    '→',
    'Q. ',
    '(X)',
    '100원 ',
    '황도추가 ',
    '박철수님① ',
    '받는분 103동 1204호서울 노원구 동일로 1729저희집 2 ',
    '010-0111-2222 같은 주소로 ',
    '010 0333 4444 해뜨는민박 ',
    '3층황도주소:교회\n',
    '황도순서대로 3, 1, 2',
  ];
  const GROWTH_MAX = 15;
  /** The long text is warm later than the short one, later still beside other tests. */
  const ROUNDS_MAX = 30;
  const MIXTURES = 60;

  const cpuMs = (text: string): number => {
    const times = [1, 2, 3].map(() => {
      const from = process.cpuUsage();
      readOrder([{ text }], CONTEXT);
      const { user, system } = process.cpuUsage(from);
      return (user + system) / 1_000;
    });
    return Math.min(...times);
  };

  /**
   * What ten times the text costs; a quadratic reader would need a hundred times. A busy machine makes
   * one run dearer now and then, so of both lengths the cheapest run of all rounds counts. One
   * millisecond of the short run is taken as the least that can be measured.
   */
  const growthOf = (piece: string): number => {
    const short = piece.repeat(Math.ceil(2_000 / piece.length));
    const long = piece.repeat(Math.ceil(20_000 / piece.length));
    let shortMs = Number.POSITIVE_INFINITY;
    let longMs = Number.POSITIVE_INFINITY;
    let growth = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS_MAX && growth > GROWTH_MAX; round += 1) {
      shortMs = Math.min(shortMs, cpuMs(short));
      longMs = Math.min(longMs, cpuMs(long));
      growth = longMs / Math.max(shortMs, 1);
    }
    return growth;
  };

  it.each(REPEATED)('of %j costs no more than its length asks for', (piece) => {
    expect(growthOf(piece)).toBeLessThanOrEqual(GROWTH_MAX);
  });

  it('of several of them one behind the other costs no more either', () => {
    const mixtures = fc.sample(
      fc.array(fc.constantFrom(...REPEATED, ...PIECES), { minLength: 2, maxLength: 4 }),
      { numRuns: MIXTURES, seed: 7 },
    );
    const costly = mixtures
      .map((parts) => parts.join(''))
      .filter((piece) => growthOf(piece) > GROWTH_MAX);
    expect(costly).toEqual([]);
  });
});
