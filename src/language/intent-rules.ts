// Which signs make which intent: the first rule that fits counts. Examples are checked by the tests.

import type { BuyerSaid } from './read-intent.ts';
import type { BuyerIntent } from './reading.ts';

type Rule = {
  readonly intent: BuyerIntent;
  readonly when: (said: BuyerSaid) => boolean;
  readonly examples: readonly string[];
};

/** A greeting is short; a long text that also thanks is about something else. */
const GREETING_MAX = 80;

export const INTENT_RULES: readonly Rule[] = [
  {
    intent: 'change_address',
    when: (said) =>
      said.has('addressWrong') || (said.has('addressWord') && said.has('change') && !isForm(said)),
    examples: ['주소 변경', '배송지 바꿔도 되나요?', '주소를 잘못 적었어요', 'change my address'],
  },
  {
    intent: 'order',
    when: (said) => said.data() >= 2 && !said.has('own', 'notYet', 'cancels') && !complains(said),
    examples: ['3박스요 010-1234-5678', '성함: 이영희\n연락처: 010-1234-5678\n수량: 2'],
  },
  {
    intent: 'change_boxes',
    when: (said) => !said.has('cancels') && changesBoxes(said) && !said.has('price'),
    examples: ['세 박스로 바꿔주세요', '수량 변경할게요', '아니 4상자요', '2박스 말고 3박스요'],
  },
  {
    intent: 'ask_status',
    when: (said) => said.has('wasCancelled'),
    examples: ['취소 됐나요?', '환불은 언제 들어와요?'],
  },
  { intent: 'complain', when: complains, examples: ['절반이 썩었어요', '상자가 찢어져서 왔네요'] },
  {
    intent: 'cancel',
    when: (said) => said.has('cancels') && !said.has('keeps'),
    examples: ['취소', '주문 취소할게요', '안 살래요', 'cancel please'],
  },
  {
    intent: 'ask_why',
    when: (said) => said.has('whyDay') && !said.has('notYet') && !CAME_LATE.test(said.text),
    examples: [
      '왜 내일이에요?',
      '왜 이렇게 늦어요?',
      '왜 목요일이에요',
      '더 빨리 안돼요?',
      'why so late',
    ],
  },
  {
    intent: 'ask_status',
    when: (said) => said.has('payCheck') && (!said.has('payDone') || asksBack(said)),
    examples: ['입금 확인됐나요', '입금확인 부탁드려요', '돈 들어왔나요?'],
  },
  {
    intent: 'paid',
    when: (said) => said.has('payDone') && said.has('payWord', 'payDone') && !said.has('payNot'),
    examples: ['입금했어요', '송금 완료', '3만5천원 보냈습니다', 'I paid'],
  },
  {
    intent: 'ask_account',
    when: (said) => said.has('account') && !said.has('payDone'),
    examples: ['계좌번호 주세요', '어디로 입금하나요', '카드 결제 되나요'],
  },
  {
    intent: 'ask_status',
    when: (said) => said.has('status', 'notYet') || (said.has('own') && said.has('asks')),
    examples: ['주문조회', '제 택배 어디쯤이에요', '아직 안 왔어요', 'where is my order'],
  },
  {
    intent: 'ask_ship_date',
    when: (said) => said.has('shipDay'),
    examples: ['언제 와요?', '발송일 알려주세요', '며칠 걸려요?', 'when do you ship'],
  },
  {
    intent: 'ask_price',
    when: (said) =>
      said.has('price') && !(said.data() > 0 && !said.has('asks') && said.has('buys')),
    examples: ['얼마예요', '택배비 있나요', 'how much'],
  },
  {
    intent: 'ask_stock',
    when: (said) => said.has('stock') || (said.has('has') && !said.has('product')),
    examples: ['아직 살 수 있어요?', '품절인가요', '복숭아 있나요'],
  },
  {
    intent: 'order',
    when: (said) =>
      (said.has('buys') && !said.has('pastOrder')) ||
      (said.hasCount() && !said.has('asks')) ||
      (said.namesProduct() && /(?:하나|둘|셋|넷|다섯|\d) ?(?:이?요|만)?[.!~]*$/u.test(said.text)),
    examples: ['주문할게요', '황도 두 상자요', '저도 하나 보내주세요', '2 boxes please'],
  },
  {
    intent: 'ask_product',
    when: (said) =>
      (said.has('product') && (said.has('asks') || !said.has('greets'))) ||
      (said.namesProduct() && said.has('asks')),
    examples: ['당도 높아요?', '냉장보관하나요', '몇 개 들었어요?'],
  },
  {
    intent: 'greet',
    when: (said) => said.has('greets') && said.text.length <= GREETING_MAX,
    examples: ['안녕하세요', '감사합니다', '메뉴', 'hello'],
  },
  {
    intent: 'order',
    when: (said) => said.data() === 1 && !said.has('asks') && !/누구|광고/.test(said.text),
    examples: ['서울 노원구 동일로 1729'],
  },
];

/** Late on its way or on arrival: no question about the date we gave. */
const CAME_LATE = /왔|받았|도착했|연락|답장|입금|확인/;

const isForm = (said: BuyerSaid): boolean => /수량 ?:|성함 ?:|받는 ?분 ?:/.test(said.text);

function complains(said: BuyerSaid): boolean {
  if (!said.has('bad')) return false;
  return !said.has('asks') || said.has('arrived');
}

function changesBoxes(said: BuyerSaid): boolean {
  if (said.has('countWord') && said.has('change', 'fewerMore')) return true;
  if (!said.hasCount()) return false;
  return said.has('change', 'corrects', 'fewerMore') && !said.has('own');
}

/** "보냈는데 확인됐나요" asks; "보냈어요 확인해주세요" tells. */
const asksBack = (said: BuyerSaid): boolean =>
  /나요|까요|되셨|는지|\?|안 ?됐|는교|됐나/.test(said.text);
