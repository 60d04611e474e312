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

const CONTEXT: OrderContext = {
  today: '2026-07-21',
  products: [{ id: 'peach', name: '황도 4kg' }],
  maxBoxes: 50,
};
const TWO: OrderContext = {
  ...CONTEXT,
  products: [
    { id: 'white', name: '백도 4kg' },
    { id: 'yellow', name: '황도 4kg' },
  ],
};
const KIM = '김영희 010-0111-2222 서울 노원구 동일로 1729 103동 1204호';
const PARK = '박철수 010-0333-4444 부산 동래구 안락로 22';

type Turn = string | { readonly text: string; readonly asked: Question };
const answer = (text: string, field: AskField, recipient: number | null = 0): Turn => ({
  text,
  asked: { field, recipient },
});

function read(turns: readonly Turn[], context = CONTEXT): OrderReading {
  const said = turns.map((turn): Said => (typeof turn === 'string' ? { text: turn } : turn));
  return readOrder(said, context);
}

function draft(turns: readonly Turn[], context = CONTEXT): OrderDraft {
  const reading = read(turns, context);
  if (reading.kind !== 'order') throw new Error(`no order: ${JSON.stringify(reading)}`);
  return reading.draft;
}

const boxes = (turns: readonly Turn[], context = CONTEXT): number[] =>
  draft(turns, context).recipients.map(({ items }) =>
    items.reduce((sum, item) => sum + item.boxes, 0),
  );

describe('an order over several messages', () => {
  it('is put together in any order', () => {
    const order = draft(['서울 노원구 동일로 1729', '2박스요', '010-0111-2222', '김영희']);
    expect(order.recipients).toMatchObject([
      { name: '김영희', phone: '01001112222', items: [{ product: 'peach', boxes: 2 }] },
    ]);
  });

  it.each(['네', '감사합니다', '맛있게 보내주세요', '넵!', 'ㅎㅎ', '잘 부탁드려요~', '수고하세요'])(
    'is not broken by %s',
    (chatter) => {
      expect(boxes([`${KIM} 2박스`, chatter])).toEqual([2]);
      expect(boxes([`${KIM}`, chatter, '2박스요'])).toEqual([2]);
    },
  );

  it('merges the same recipient said again', () => {
    expect(boxes([`${KIM} 2박스`, `${KIM} 2박스`])).toEqual([2]);
  });

  it('adds a further recipient', () => {
    expect(boxes([`${KIM} 2박스`, `${PARK} 1박스`])).toEqual([2, 1]);
  });

  it('is nothing once it is taken back, until new data come', () => {
    expect(read([`${KIM} 2박스`, '취소할게요']).kind).toBe('none');
    expect(boxes([`${KIM} 2박스`, '취소할게요', `${PARK} 1박스 주문할게요`])).toEqual([1]);
  });
});

describe('the last word counts', () => {
  it.each<[string, number]>([
    ['아니 3상자요', 3],
    ['아 3상자로 바꿔주세요', 3],
    ['죄송해요 다섯 박스로 변경할게요', 5],
    ['4박스요', 4],
    ['한 박스 더요', 3],
    ['2박스 말고 6박스', 6],
  ])('%s', (correction, count) => {
    expect(boxes([`${KIM} 2박스`, correction])).toEqual([count]);
  });

  it('for the address, the number and the name', () => {
    const order = draft([
      `${KIM} 2박스`,
      '주소는 광주 북구 첨단과기로 280으로 바꿔주세요',
      '번호 잘못 적었네요 010-0111-3333',
      '받는 사람 이름을 김영미로 수정해주세요',
    ]);
    expect(order.recipients).toMatchObject([
      { name: '김영미', phone: '01001113333', address: '광주 북구 첨단과기로 280' },
    ]);
  });

  it('for one of several recipients', () => {
    const both = `${KIM} 2박스\n${PARK} 1박스`;
    expect(boxes([both, '두번째 분은 4박스요'])).toEqual([2, 4]);
    expect(boxes([both, '김영희 5박스로 해주세요'])).toEqual([5, 1]);
    expect(boxes([both, '박철수님은 빼주세요'])).toEqual([2]);
  });
});

describe('an answer to our question', () => {
  it.each(['3', '3박스', '세 박스요', '세개', '3이요', '네 3박스요', '셋'])(
    '%s is a count',
    (text) => {
      expect(boxes([KIM, answer(text, 'boxes')])).toEqual([3]);
    },
  );

  it('is for the recipient asked about', () => {
    expect(boxes([`${KIM}\n${PARK}`, answer('3', 'boxes', 1), answer('2', 'boxes', 0)])).toEqual([
      2, 3,
    ]);
  });

  it('is for all when all were asked about', () => {
    expect(boxes([`${KIM}\n${PARK}`, answer('2', 'boxes', null)])).toEqual([2, 2]);
  });

  it.each(['김영희', '김영희요', '김영희입니다', '이름은 김영희예요', '영희네과일가게 김영희'])(
    '%s is a name',
    (text) => {
      const order = draft(['010-0111-2222 서울 노원구 동일로 1729 2박스', answer(text, 'name')]);
      expect(order.recipients[0]?.name).toContain('김영희');
    },
  );

  it('is a number or an address', () => {
    const order = draft([
      '김영희 2박스 주문할게요',
      answer('01001112222', 'phone'),
      answer('서울 노원구 동일로 1729', 'address'),
    ]);
    expect(order.recipients).toMatchObject([
      { phone: '01001112222', address: '서울 노원구 동일로 1729' },
    ]);
  });

  it.each(['황도', '황도요', '황도로 할게요', '노란거 말고 황도요'])('%s is a product', (text) => {
    const order = draft([`${KIM} 2박스`, answer(text, 'product')], TWO);
    expect(order.recipients[0]?.items).toEqual([{ product: 'yellow', boxes: 2 }]);
  });

  it('may be a fuller message', () => {
    expect(boxes([KIM, answer(`3박스요 그리고 ${PARK} 1박스도 보내주세요`, 'boxes')])).toEqual([
      3, 1,
    ]);
  });

  it('leaves the question open when it says nothing', () => {
    const reading = read([KIM, answer('잠시만요', 'boxes')]);
    expect(reading).toMatchObject({ kind: 'ask', questions: [{ field: 'boxes', recipient: 0 }] });
  });
});

describe('questions', () => {
  it('name what is missing and for whom, with the draft so far', () => {
    expect(read([`${KIM} 2박스\n박철수 부산 동래구 안락로 22 1박스`])).toMatchObject({
      kind: 'ask',
      questions: [{ field: 'phone', recipient: 1 }],
      draft: { recipients: [{ name: '김영희' }, { name: '박철수', phone: null }] },
    });
  });
});
