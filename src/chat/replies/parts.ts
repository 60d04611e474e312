// The pieces every answer is made of: bubbles, buttons, somebody's own words.
import type { Choice, Press, Reply } from '../bot.ts';

/** Labels are the same on every platform; pressing one says the same words. */
export const BUTTONS = {
  order: '주문하기',
  status: '주문조회',
  info: '가격·안내',
  stores: '상점',
  menu: '메뉴',
  cancelOrder: '주문 취소',
  confirm: '주문 확정',
  edit: '수정',
  drop: '그만두기',
  kakaoPaySend: '카카오페이 송금',
  copyAccount: '계좌 복사',
  paid: '입금했어요',
  skip: '건너뛰기',
  track: '배송조회',
  changeAddress: '주소 변경',
  cancelYes: '네, 취소해요',
  changeYes: '네, 바꿔요',
  storeInfo: '판매자 정보·환불 안내',
  no: '아니요',
  refundAccount: '환불 계좌',
  wait: '기다릴게요',
  cancelParcel: '이 상자 취소',
  statusOff: '그만 받기',
  statusOn: '소식 다시 받기',
  received: '받았어요',
  notYet: '아직이에요',
  trouble: '문제가 있어요',
  list: '목록',
  live: '실시간으로 보기',
  print: '인쇄하기',
  board: '보드',
  harvest: '수확',
  pack: '포장',
  ship: '발송',
  today: '오늘',
  unpaid: '미입금',
  week: '이번 주',
  undo: '되돌려',
  onlyRest: '나머지만 적기',
  refunds: '환불',
  refundSent: '보냈어요',
  refundNotSent: '못 보냈어요',
  moreRefunds: '환불 더 보기',
  receipts: '영수증',
  receiptDone: '발급했어요',
  moreReceipts: '영수증 더 보기',
  ownNumber: '주문한 번호로',
  claims: '클레임',
  questions: '문의',
  answer: '답장',
  noAnswer: '답 안 함',
  stop: '그만',
  sendAnswer: '손님께 보내기',
  dontSend: '보내지 않기',
  deposits: '미확인 입금',
  thatsIt: '맞아요',
  notThat: '아니에요',
  revive: '주문 되살리기',
  giveBack: '환불하기',
  notOurs: '주문과 상관없어요',
  cameOnce: '한 번 들어왔어요',
  otherOrder: '다른 주문',
  waitForRest: '나머지 기다리기',
  cancelAndRefund: '취소하고 환불',
  removeStaff: '내보내기',
  forgetYes: '네, 지워 주세요',
  yes: '네',
  next: '다음',
  letters: '실패 알림',
  retry: '재시도',
  reword: '고쳐서',
  discard: '버림',
  linkOther: '다른 톡 연결',
  linkYes: '네, 연결해요',
  unlink: '연결 해제',
  unlinkYes: '네, 끊어요',
} as const;

/** What a buyer may press; the buttons of staff stay as they are. */
export const ENGLISH_BUTTONS: Readonly<Record<keyof typeof BUTTONS, string>> = {
  ...BUTTONS,
  order: 'Place an order',
  status: 'My orders',
  info: 'Prices & info',
  stores: 'Stores',
  menu: 'Menu',
  cancelOrder: 'Cancel order',
  confirm: 'Confirm order',
  edit: 'Edit',
  drop: 'Discard',
  kakaoPaySend: 'KakaoPay',
  copyAccount: 'Copy account',
  paid: 'I have paid',
  live: 'Live order page',
  skip: 'Skip',
  track: 'Track parcel',
  changeAddress: 'Change address',
  cancelYes: 'Yes, cancel',
  changeYes: 'Yes, change',
  storeInfo: 'Seller info',
  no: 'No',
  refundAccount: 'Refund account',
  ownNumber: 'My own number',
  wait: 'I will wait',
  cancelParcel: 'Cancel box',
  cancelAndRefund: 'Cancel & refund',
  statusOff: 'No more news',
  statusOn: 'Send me news',
  received: 'It arrived',
  notYet: 'Not yet',
  trouble: 'Report problem',
  forgetYes: 'Yes, erase it',
  yes: 'Yes',
  next: 'Next',
  linkOther: 'Link another app',
  linkYes: 'Yes, link them',
  unlink: 'Unlink',
  unlinkYes: 'Yes, unlink',
};

/** Typed or pressed, in either language; blanks and capitals do not matter. */
export function isLabel(text: string, ...keys: readonly (keyof typeof BUTTONS)[]): boolean {
  const said = plainLabel(text);
  return keys.some((key) => labelsOf(key).includes(said));
}

export function labelsOf(key: keyof typeof BUTTONS): readonly string[] {
  return [BUTTONS[key], ENGLISH_BUTTONS[key]].map(plainLabel);
}

export const plainLabel = (text: string): string => text.replace(/\s/g, '').toLowerCase();

export function startChoices(labels: Readonly<Record<keyof typeof BUTTONS, string>>): Choice[] {
  return [labels.order, labels.status, labels.info].map(choice);
}

export const START_CHOICES = startChoices(BUTTONS);

export const CHOICES_MAX = 10;

export const LIST_PAGE_SPARE_CHARS = 120;

export function choice(label: string): Choice {
  return { label, say: label };
}

export function pressable(label: string, press: Press): Choice {
  return { label, say: label, press };
}

export function say(text: string, choices: readonly Choice[] = []): Reply {
  return { texts: [text], choices };
}

/** Makes one reply of several, in each language they have. */
export function combine(
  parts: readonly Reply[],
  make: (parts: readonly Reply[]) => Pick<Reply, 'texts' | 'choices'>,
): Reply {
  const { texts, choices } = make(parts);
  if (parts.every(({ english }) => english === undefined)) return { texts, choices };
  return { texts, choices, english: make(parts.map((part) => part.english ?? part)) };
}

/** Bubbles of several replies, one after another, with the choices of all. */
export function together(replies: readonly Reply[]): Reply {
  return combine(replies, (parts) => ({
    texts: parts.flatMap(({ texts }) => texts),
    choices: parts.flatMap(({ choices }) => choices),
  }));
}

/** Of the longer language. */
export function lengthOf({ texts, english }: Reply): number {
  const own = texts.join('').length;
  return english === undefined ? own : Math.max(own, english.texts.join('').length);
}

/** The words of `line` below those of the last bubble. */
export function withLine(reply: Reply, line: Reply): Reply {
  return combine([reply, line], ([said, below]) => {
    const { texts = [], choices = [] } = said ?? {};
    const last = [...texts.slice(-1), ...(below?.texts ?? [])].join('\n');
    return { texts: [...texts.slice(0, -1), last], choices };
  });
}

const QUOTE_CHARS_MAX = 300;

/** Somebody's own words, no longer than a message can carry. */
export function shortly(said: string): string {
  const characters = [...said];
  return characters.length > QUOTE_CHARS_MAX
    ? `${characters.slice(0, QUOTE_CHARS_MAX).join('')}…`
    : said;
}
