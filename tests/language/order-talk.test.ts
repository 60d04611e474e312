// Faults that people found by talking to the shop, one rule each.
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

/** A Friday. */
const CONTEXT: OrderContext = {
  today: '2026-11-20',
  products: [{ id: 'peach', name: '복숭아 4kg' }],
  maxBoxes: 50,
};
const KIM = '김영희 010-0111-2222 서울 노원구 동일로 1729 103동 1204호';
const PARK = '박철수 010-0333-4444 부산 동래구 안락로 22';
const HOUSE = '김영희 010-0111-2222 서울 노원구 동일로 1729 2박스';
const NAMELESS = '010-0111-2222 서울 노원구 동일로 1729 2박스';
const BOTH = `${KIM} 2박스\n${PARK} 1박스`;

type Turn = string | { readonly text: string; readonly asked: Question };
const answer = (text: string, field: AskField, recipient: number | null = 0): Turn => ({
  text,
  asked: { field, recipient },
});
const read = (turns: readonly Turn[], context = CONTEXT): OrderReading =>
  readOrder(
    turns.map((turn): Said => (typeof turn === 'string' ? { text: turn } : turn)),
    context,
  );

function draftOf(turns: readonly Turn[], context = CONTEXT): OrderDraft {
  const reading = read(turns, context);
  if (reading.kind === 'none') throw new Error('expected an order or a question, got none');
  return reading.draft;
}

/** Who gets how many boxes: "김영희 2, 박철수 1"; a question mark where it is open. */
const parcels = (turns: readonly Turn[]): string =>
  draftOf(turns)
    .recipients.map(({ name, items }) => `${name ?? '?'} ${items[0]?.boxes ?? '?'}`)
    .join(', ');
const address = (turns: readonly Turn[]): string | null | undefined =>
  draftOf(turns).recipients[0]?.address;
const wanted = (turns: readonly Turn[], context = CONTEXT): string | null =>
  draftOf(turns, context).wanted?.date ?? null;

describe('a yes is no count', () => {
  it.each([
    '네',
    '예',
    '응',
    '네네',
    '네.',
    '네?',
    '네 감사합니다',
    '세',
    '이요',
    '한',
    '2개월 뒤에 받을 수 있나요',
    '2kg짜리인가요',
    '한박스가 몇키로예요?',
  ])('%s leaves the boxes open', (text) => {
    expect(read([KIM, answer(text, 'boxes')])).toMatchObject({
      kind: 'ask',
      questions: [{ field: 'boxes', recipient: 0 }],
    });
  });

  it.each([
    ['네 상자', 4],
    ['네상자요', 4],
    ['넷', 4],
    ['네 3', 3],
    ['둘이요', 2],
    ['2박스요 언제 와요?', 2],
  ] as const)('%s is one', (text, boxes) => {
    expect(parcels([KIM, answer(text, 'boxes')])).toBe(`김영희 ${boxes}`);
  });
});

describe('a second person', () => {
  const LEE = '이순자 010-9876-5432 세상자';

  it('opens a block of her own while the address of the first is asked', () => {
    const turns = [
      LEE,
      answer('딸도 한상자 보내주세요 김미경 010-5555-6666', 'address'),
      answer('우리집은 강원도 춘천시 퇴계로 123 102동 505호', 'address'),
    ];
    expect(read(turns)).toMatchObject({
      questions: [{ field: 'address', recipient: 1 }],
      draft: {
        recipients: [
          { name: '이순자', phone: '01098765432', address: '강원도 춘천시 퇴계로 123 102동 505호' },
          { name: '김미경', phone: '01055556666', address: null },
        ],
      },
    });
    expect(parcels(turns)).toBe('이순자 3, 김미경 1');
  });

  it.each([
    ['address', LEE, '김미경 010-5555-6666 2상자', '이순자 3, 김미경 2'],
    ['phone', '김영희 서울 노원구 동일로 1729 2박스', `${PARK} 1박스`, '김영희 2, 박철수 1'],
    ['boxes', KIM, `${PARK} 1박스`, '김영희 ?, 박철수 1'],
  ] as const)('is never merged into the one whose %s is asked', (field, first, second, said) => {
    expect(parcels([first, answer(second, field)])).toBe(said);
  });

  it('may stand behind the address that was asked; a shop there is part of the place', () => {
    expect(parcels([LEE, answer('부산 동래구 안락로 22 박철수', 'address')])).toBe(
      '이순자 3, 박철수 ?',
    );
    const shop = [LEE, answer('주소는 부산 동래구 안락로 22 한빛마트', 'address')];
    expect(parcels(shop)).toBe('이순자 3');
    expect(address(shop)).toBe('부산 동래구 안락로 22 한빛마트');
  });

  it('may be named with what is his', () => {
    expect(parcels([BOTH, '박철수꺼는 2박스로 바꿔주세요'])).toBe('김영희 2, 박철수 2');
  });

  it('may be the same one again', () => {
    expect(parcels([LEE, answer('이순자 강원도 춘천시 퇴계로 123', 'address')])).toBe('이순자 3');
  });

  it.each([
    ['박철수도 3상자', '김영희 2, 박철수 3'],
    ['이영희도 1상자요', '김영희 2, 이영희 1'],
    ['딸도 한상자 보내주세요', '김영희 2, ? 1'],
    ['저도 3상자', '김영희 2, ? 3'],
  ])('%s adds one', (text, said) => {
    expect(parcels([`${KIM} 2박스`, text])).toBe(said);
  });
});

describe('an ordinary word', () => {
  it.each(['고마워', '환불', '도움말', '모름', '사진', '상담원', '문의'])(
    '%s never becomes the recipient',
    (text) => {
      expect(parcels([KIM, answer(text, 'boxes'), answer('2상자', 'boxes')])).toBe('김영희 2');
      expect(parcels([NAMELESS, answer(text, 'name')])).toBe('? 2');
      expect(parcels(['김철수 010-0111-2222 2박스', answer(text, 'address')])).toBe('김철수 2');
    },
  );

  it.each([
    '복숭아가 상했어요',
    '강남구',
    '싫어요',
    '나중에요',
    '2상자',
    '언제 와요',
    '저요',
    '서울',
    '고구마',
    '배고파요',
    '박 대리',
    '김사장님',
  ])('nor %s in answer to the name', (text) => {
    expect(parcels([NAMELESS, answer(text, 'name')])).toBe('? 2');
  });

  it('nor an address', () => {
    const turns = [NAMELESS, answer('서울 강남구 테헤란로 152 1501호', 'name')];
    expect(draftOf(turns).recipients[0]).toMatchObject({
      name: null,
      address: '서울 노원구 동일로 1729',
    });
  });

  it.each([
    ['김영희님', '김영희'],
    ['김철', '김철'],
    ['남궁민수', '남궁민수'],
    ['박 철수', '박철수'],
    ['우리 엄마 김영희', '김영희'],
    ['홍길동 대리', '홍길동'],
    ['John Smith', 'John Smith'],
    ['(주)대한상사', '(주)대한상사'],
    ['㈜대한상사입니다', '(주)대한상사'],
    ['한빛유치원', '한빛유치원'],
  ])('but %s is a name', (text, name) => {
    expect(draftOf([NAMELESS, answer(text, 'name')]).recipients[0]?.name).toBe(name);
  });

  it('renames nobody without a word of correction', () => {
    const first = '김철수 서울 노원구 동일로 1729 2박스';
    expect(parcels([first, answer('박철수', 'phone')])).toBe('김철수 2');
    expect(parcels([`${KIM} 2박스`, '김영희가 아니라 박철수예요'])).toBe('박철수 2');
  });
});

describe('what is taken back', () => {
  it.each([
    ['박철수는 취소해주세요', '김영희 2'],
    ['박철수는 취소하고 김영희만 보내주세요', '김영희 2'],
    ['박철수건 빼주세요', '김영희 2'],
    ['두번째는 취소해주세요', '김영희 2'],
    ['박철수 1박스는 취소해주세요', '김영희 2'],
    ['이도현은 취소해주세요', '김영희 2, 박철수 1'],
    ['이두리건 빼주세요', '김영희 2, 박철수 1'],
    ['하나는 취소해주세요', '김영희 2, 박철수 1'],
    ['한 상자는 취소할게요', '김영희 2, 박철수 1'],
    ['입금자는 취소', '김영희 2, 박철수 1'],
    ['취소하지 마세요', '김영희 2, 박철수 1'],
    ['취소하면 환불되나요?', '김영희 2, 박철수 1'],
    ['늦으면 취소할게요', '김영희 2, 박철수 1'],
  ])('%s → %s', (text, said) => {
    expect(parcels([BOTH, text])).toBe(said);
  });

  it.each([
    '취소',
    '전부 취소',
    '둘 다 취소해주세요',
    '박철수랑 김영희 취소해주세요',
    '사정이 생겨서 취소할게요',
    '그러면 취소할게요',
  ])('%s is the whole order', (text) => {
    expect(read([BOTH, text]).kind).toBe('none');
  });

  it('is one count for another', () => {
    expect(parcels([`${KIM} 2박스`, '취소하고 3박스로 해주세요'])).toBe('김영희 3');
    expect(read([`${KIM} 2박스`, '주문 취소하고 다음에 2박스 시킬게요']).kind).toBe('none');
  });

  it('is some of the boxes of the only recipient', () => {
    expect(parcels([`${KIM} 5박스`, '한 상자는 취소해주세요'])).toBe('김영희 4');
    expect(read([`${KIM} 2박스`, '김영희는 취소해주세요']).kind).toBe('none');
  });
});

describe('the wished day', () => {
  const SATURDAY = { ...CONTEXT, today: '2026-11-21' };

  it('may be the day before another', () => {
    const wish = '11월 28일 생일이라 전날 꼭 도착해야 해요';
    expect(wanted([`${KIM} 2박스 ${wish}`])).toBe('2026-11-27');
    expect(wanted([`${KIM} 2박스`, wish])).toBe('2026-11-27');
  });

  it('is a coming one: a weekday by itself is never today', () => {
    expect(wanted([`${KIM} 2박스 토요일에 받고 싶어요`], SATURDAY)).toBe('2026-11-28');
    expect(wanted([`${KIM} 2박스 토요일에 받고 싶어요`])).toBe('2026-11-21');
    expect(wanted([`${KIM} 2박스 이번주 월요일에 받고 싶어요`], SATURDAY)).toBe(null);
  });

  it.each([
    ['그럼 11월 27일이요', '2026-11-27'],
    ['27일이요', '2026-11-27'],
    ['다음주 화욜로 해주세요', '2026-11-24'],
    ['아무때나 괜찮아요', null],
    ['날짜는 상관없어요', null],
    ['내일 입금할게요', '2026-11-26'],
  ])('%s in a later message → %s', (text, date) => {
    expect(wanted([`${KIM} 2박스 11월 26일에 받고 싶어요`, text])).toBe(date);
  });

  it('keeps its kind when only the day is new', () => {
    const turns = [`${KIM} 2박스 11월 26일에 발송해주세요`, '27일이요'];
    expect(draftOf(turns).wanted).toEqual({ date: '2026-11-27', kind: 'dispatch' });
  });
});

describe('a first fragment', () => {
  it.each(['두상자만', '두상자요', '복숭아 세상자', '2박스', '강남 2상자'])(
    '%s begins an order',
    (text) => {
      expect(read([text]).kind).toBe('ask');
    },
  );

  it.each([
    '2박스 얼마예요?',
    '한상자 받았어요',
    '두상자 잘 받았습니다',
    '20상자 있나요',
    '3',
    '한상자만 더',
  ])('%s does not', (text) => {
    expect(read([text]).kind).toBe('none');
  });
});

describe('after the draft is complete', () => {
  it.each([
    ['101호', '서울 노원구 동일로 1729 101호'],
    ['빌라 2층이에요', '서울 노원구 동일로 1729 빌라 2층'],
  ])('%s is added to the only address', (text, whole) => {
    expect(address([HOUSE, text])).toBe(whole);
  });

  it('one flat takes the place of another only when that one is named', () => {
    expect(address([`${KIM} 2박스`, '1204호가 아니고 1205호예요'])).toBe(
      '서울 노원구 동일로 1729 103동 1205호',
    );
    expect(read([`${KIM} 2박스`, '505호가 아니고 506호예요']).kind).toBe('ask');
    expect(read([`${KIM} 2박스`, '1205호예요']).kind).toBe('ask');
  });

  it.each([
    ['서울 강남구 2상자 김영희 010-0111-2222', '서울 강남구 테헤란로 152'],
    ['강남 2상자', '강남구 테헤란로 152'],
  ])('a road goes on with the district of %s', (first, whole) => {
    expect(address([first, '테헤란로 152'])).toBe(whole);
    expect(address([first, answer('테헤란로 152', 'address')])).toBe(whole);
  });

  it.each([
    [`${KIM} 2박스`, '하나만 더요', '김영희 3'],
    [`${KIM} 2박스`, '2상자 더', '김영희 4'],
    [BOTH, '박철수 하나만 더요', '김영희 2, 박철수 2'],
    [`${KIM} 2박스`, '하나만 더 여쭤볼게요', '김영희 2'],
  ])('%s, %s → %s', (first, text, said) => {
    expect(parcels([first, text])).toBe(said);
  });

  it.each(['아 잠깐 한박스가 몇키로예요?', '3상자면 얼마예요?', '바나나도 있나요?'])(
    '%s is a question and changes nothing',
    (text) => {
      expect(read([`${KIM} 2박스`, text])).toEqual(read([`${KIM} 2박스`]));
    },
  );

  it.each(['김민수가 보내는 걸로', '제 이름은 김민수', '제 이름은 김민수예요'])(
    '%s names the sender',
    (text) => {
      expect(draftOf([`${KIM} 2박스`, text])).toMatchObject({
        sender: '김민수',
        recipients: [{ name: '김영희' }],
      });
    },
  );

  it('the price may be hidden', () => {
    expect(draftOf([`${KIM} 2박스`, '가격 안보이게']).memo).toBe('가격 안보이게');
  });
});

describe('a question', () => {
  it('beside complete data holds the count that is meant', () => {
    const text = `2박스 얼마예요? ${KIM}로 보내주세요`;
    expect(parcels([text])).toBe('김영희 2');
    expect(read(['2박스 살 수 있나요']).kind).toBe('ask');
  });
});

describe('a very long conversation', () => {
  it('is read to its end, from its beginning', () => {
    const corrections = Array.from({ length: 300 }, (_, index) => `아니 ${(index % 9) + 1}상자요`);
    expect(parcels([`${KIM} 2박스`, ...corrections, '아니 7상자요'])).toBe('김영희 7');
  });

  it('costs no more than its bound', () => {
    const long = Array.from({ length: 60 }, () => '복숭아가 정말 맛있어서 '.repeat(300));
    const turns = [`${KIM} 2박스`, ...long, '아니 3상자요'];
    // The processor's time, not the clock's: others may be at work on the same machine.
    const begin = process.cpuUsage();
    expect(parcels(turns)).toBe('김영희 3');
    expect(process.cpuUsage(begin).user / 1000).toBeLessThan(150);
  });
});
