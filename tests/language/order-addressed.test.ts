// Whose a fact is, which day is meant, and data that comes in pieces: one rule each.
import { describe, expect, it } from 'vitest';
import { readOrder } from '../../src/language/read-order.ts';
import type {
  AskField,
  OrderContext,
  OrderDraft,
  OrderReading,
  Question,
  Said,
} from '../../src/language/reading.ts';

/** A Monday. */
const CONTEXT: OrderContext = {
  today: '2026-07-20',
  products: [{ id: 'peach', name: '복숭아 4kg' }],
  maxBoxes: 50,
};
const P = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호';
const L = '이영희 010-2222-3333 경기 수원시 영통구 광교로 100';
const C = '최지우 010-4444-5555 서울 노원구 동일로 99';
const BOTH = `${L} 1상자\n${P} 2상자`;
const NO_PHONES =
  '이영희 경기 수원시 영통구 광교로 100 1상자\n박철수 서울 노원구 동일로 1729 2상자';
const NO_ADDRESSES = '이영희 010-2222-3333 1상자\n박철수 010-1234-5678 2상자';

type Turn = string | { readonly text: string; readonly asked: Question };
const answer = (text: string, field: AskField, recipient: number | null = 0): Turn => ({
  text,
  asked: { field, recipient },
});
const read = (turns: readonly Turn[]): OrderReading =>
  readOrder(
    turns.map((turn): Said => (typeof turn === 'string' ? { text: turn } : turn)),
    CONTEXT,
  );

function draftOf(turns: readonly Turn[]): OrderDraft {
  const reading = read(turns);
  if (reading.kind === 'none') throw new Error('expected an order or a question, got none');
  return reading.draft;
}

type Recipient = OrderDraft['recipients'][number];
const each = (turns: readonly Turn[], show: (recipient: Recipient) => unknown): string =>
  draftOf(turns)
    .recipients.map((recipient) => `${recipient.name ?? '?'} ${show(recipient) ?? '?'}`)
    .join(', ');
const parcels = (turns: readonly Turn[]): string => each(turns, ({ items }) => items[0]?.boxes);
const phones = (turns: readonly Turn[]): string => each(turns, ({ phone }) => phone?.slice(-4));
const addresses = (turns: readonly Turn[]): string => each(turns, ({ address }) => address);
const days = (turns: readonly Turn[]): string => each(turns, ({ wanted }) => wanted?.date);
const wanted = (turns: readonly Turn[]): string | null => draftOf(turns).wanted?.date ?? null;

describe('an answer that names another recipient', () => {
  it.each([
    '철수는 010-1234-5678',
    '철수 010-1234-5678',
    '철수가 010-1234-5678이에요',
    '철수 번호 010-1234-5678',
    '박철수는 010-1234-5678',
    '박철수네 번호는 010-1234-5678',
    '박철수 번호: 010-1234-5678',
    '010-1234-5678 철수',
    '철수\n010-1234-5678',
  ])('%s is his number, not hers who was asked for', (text) => {
    expect(phones([NO_PHONES, answer(text, 'phone')])).toBe('이영희 ?, 박철수 5678');
  });

  it('both may be named in one message or in two', () => {
    const two = [
      answer('철수는 010-1234-5678', 'phone'),
      answer('영희는 010-2222-3333', 'phone', 1),
    ];
    expect(phones([NO_PHONES, ...two])).toBe('이영희 3333, 박철수 5678');
    const one = answer('철수는 010-1234-5678이고 영희는 010-2222-3333', 'phone');
    expect(phones([NO_PHONES, one])).toBe('이영희 3333, 박철수 5678');
  });

  it.each(['철수는 서울 노원구 동일로 1729', '박철수 주소: 서울 노원구 동일로 1729'])(
    '%s is his address',
    (text) => {
      expect(addresses([NO_ADDRESSES, answer(text, 'address')])).toBe(
        '이영희 ?, 박철수 서울 노원구 동일로 1729',
      );
    },
  );

  it.each(['민수 번호 010-1234-5678', '민수는 010-1234-5678', '민수씨 010-1234-5678'])(
    '%s fits nobody and leaves the field open',
    (text) => {
      expect(phones([NO_PHONES, answer(text, 'phone')])).toBe('이영희 ?, 박철수 ?');
    },
  );

  it('a given name that fits several leaves it open too', () => {
    const first = NO_PHONES.replace('이영희', '김철수');
    expect(phones([first, answer('철수는 010-1234-5678', 'phone')])).toBe('김철수 ?, 박철수 ?');
  });

  it.each([
    '010-2222-3333',
    '번호는 010-2222-3333',
    '네 010-2222-3333이요',
    '제 번호는 010-2222-3333',
  ])('%s names nobody and is hers', (text) => {
    expect(phones([NO_PHONES, answer(text, 'phone')])).toBe('이영희 3333, 박철수 ?');
  });
});

describe('a count', () => {
  const OPEN = `${L}\n${P}`;

  it.each([
    ['한 상자씩', '이영희 1, 박철수 1'],
    ['1상자씩이요', '이영희 1, 박철수 1'],
    ['각각 2개', '이영희 2, 박철수 2'],
    ['두 분 다 1상자로', '이영희 1, 박철수 1'],
    ['전부 2상자로', '이영희 2, 박철수 2'],
    ['이영희랑 박철수는 2개씩', '이영희 2, 박철수 2'],
    ['영희는 두개', '이영희 2, 박철수 ?'],
    ['철수는 두개', '이영희 ?, 박철수 2'],
    ['두개요', '이영희 2, 박철수 ?'],
    ['민수는 두개', '이영희 ?, 박철수 ?'],
  ])('%s in answer to the boxes of the first → %s', (text, said) => {
    expect(parcels([OPEN, answer(text, 'boxes')])).toBe(said);
  });

  it.each([
    ['각각 3개로 바꿔주세요', '이영희 3, 박철수 3'],
    ['두 분 다 3상자로', '이영희 3, 박철수 3'],
    ['전부 3상자로', '이영희 3, 박철수 3'],
    ['영희는 두개', '이영희 2, 박철수 2'],
    ['철수 하나만 더요', '이영희 1, 박철수 3'],
  ])('%s after the list → %s', (text, said) => {
    expect(parcels([BOTH, text])).toBe(said);
  });

  it.each([
    ['그리고 최지우 3상자', '박철수 2, 최지우 3'],
    ['최지우한테도 1상자 보내주세요', '박철수 2, 최지우 1'],
    ['최지우 3상자', '박철수 2, 최지우 3'],
    ['민수도 1상자', '박철수 2, ? 1'],
  ])('%s with a new name is a new recipient', (text, said) => {
    expect(parcels([`${P} 2상자`, text])).toBe(said);
    expect(read([`${P} 2상자`, text])).toMatchObject({
      kind: 'ask',
      draft: { recipients: [{ phone: '01012345678' }, { phone: null, address: null }] },
    });
  });
});

describe('a day that will not do', () => {
  it.each([
    '24일 빼고',
    '7/24 빼고',
    '24일은 피해서',
    '24일은 안돼요',
    '24일 말고요',
    '23일이나 24일은 안돼요',
  ])('%s is no wish, and ends one', (text) => {
    expect(wanted([`${P} 2상자`, text])).toBe(null);
    expect(wanted([`${P} 2상자 ${text} 보내주세요`])).toBe(null);
    expect(wanted([`${P} 2상자 24일 도착 희망`, text])).toBe(null);
    expect(wanted([`${P} 2상자 28일 도착 희망`, text])).toBe('2026-07-28');
  });

  it('may stand in front of one that will', () => {
    expect(wanted([`${P} 2상자`, '23일 말고 25일 도착'])).toBe('2026-07-25');
  });
});

describe('a day for one recipient', () => {
  it('stands in his row', () => {
    const list = `${P} 2상자 7/28 도착\n${C} 1상자 7/30 도착`;
    expect(days([list])).toBe('박철수 2026-07-28, 최지우 2026-07-30');
    expect(wanted([list])).toBe(null);
    expect(days([`${P} 2상자 7/28 도착\n${C} 1상자`])).toBe('박철수 2026-07-28, 최지우 ?');
  });

  it('stands behind his name', () => {
    const turns = [BOTH, '이영희는 7/29 도착', '철수는 30일 도착'];
    expect(days(turns)).toBe('이영희 2026-07-29, 박철수 2026-07-30');
    expect(wanted(turns)).toBe(null);
    expect(days([...turns, '30일은 안돼요'])).toBe('이영희 2026-07-29, 박철수 ?');
  });

  it.each([`${BOTH}\n7/28 도착`, `${BOTH} 7/28 도착`])('%s is for all', (text) => {
    expect(wanted([text])).toBe('2026-07-28');
    expect(days([text])).toBe('이영희 ?, 박철수 ?');
  });
});

describe('data in pieces', () => {
  const asked = (text: string): Turn => answer(text, 'address');

  it('an address alone begins an order that the rest completes', () => {
    const first = '서울 마포구 월드컵로 12길 5 301호';
    expect(read([first]).kind).toBe('ask');
    expect(
      read([first, '두상자', answer('김민수', 'name'), answer('01023456789', 'phone')]),
    ).toMatchObject({
      kind: 'order',
      draft: { recipients: [{ name: '김민수', phone: '01023456789', address: first }] },
    });
    expect(read(['저희 집은 서울 마포구 월드컵로 12길 5 301호인데 어디쯤 왔나요?']).kind).toBe(
      'none',
    );
  });

  it.each(['이름은 김민수', '김민수'])('%s alone gives way to somebody complete', (text) => {
    const name = answer(text, 'name');
    expect(parcels(['복숭아 좀 보내줘', name, `${P} 2상자`])).toBe('박철수 2');
    expect(parcels(['복숭아 좀 보내줘', name, P.replace('박철수', '김민수'), '2상자'])).toBe(
      '김민수 2',
    );
  });

  it('but not once he has boxes of his own', () => {
    expect(parcels(['김민수 2상자 보내주세요', `${P} 2상자`])).toBe('김민수 2, 박철수 2');
  });

  it.each([
    [['서울 마포구 월드컵로', '12길 5', '301호'], '서울 마포구 월드컵로 12길 5 301호'],
    [
      ['서울이요', '노원구요', '동일로 1729', '103동 1204호'],
      '서울 노원구 동일로 1729 103동 1204호',
    ],
    [['서울 마포구', '월드컵로 12길', '5 301호'], '서울 마포구 월드컵로 12길 5 301호'],
    [['서울이요', '부산 동래구', '안락로 22'], '부산 동래구 안락로 22'],
    [['서울이요', '서울 노원구 동일로 1729'], '서울 노원구 동일로 1729'],
    [['경기도', '수원시 영통구', '네', '광교로 100이요'], '경기도 수원시 영통구 광교로 100'],
  ])('%j are joined while the address is asked', (texts, whole) => {
    expect(addresses(['두 상자', ...texts.map(asked)])).toBe(`? ${whole}`);
  });

  it('one piece alone is no address, and no word is a piece', () => {
    expect(addresses(['두 상자', asked('서울이요')])).toBe('? ?');
    expect(
      addresses(['두 상자', asked('서울이요'), asked('고마워요'), asked('노원구 동일로 1729')]),
    ).toBe('? 서울 노원구 동일로 1729');
  });
});

describe('one thing set right', () => {
  const ONE = `${P} 2상자`;

  it.each([
    ['주소는 104동 1204호예요', '박철수 서울 노원구 동일로 1729 104동 1204호'],
    ['호수는 1205호예요', '박철수 서울 노원구 동일로 1729 103동 1205호'],
    ['주소 바꿔주세요 서울 강남구 테헤란로 10 5층', '박철수 서울 강남구 테헤란로 10 5층'],
    ['박철수 주소 서울 강남구 테헤란로 10 5층', '박철수 서울 강남구 테헤란로 10 5층'],
    ['받는 사람 김영수로', '김영수 서울 노원구 동일로 1729 103동 1204호'],
    ['받는 사람 김영수로 바꿔주세요', '김영수 서울 노원구 동일로 1729 103동 1204호'],
  ])('%s', (text, said) => {
    expect(addresses([ONE, text])).toBe(said);
    expect(read([ONE, text]).kind).toBe('order');
  });

  it('is his whose name is said', () => {
    expect(addresses([BOTH, '박철수 주소 서울 강남구 테헤란로 10 5층'])).toBe(
      '이영희 경기 수원시 영통구 광교로 100, 박철수 서울 강남구 테헤란로 10 5층',
    );
  });
});
