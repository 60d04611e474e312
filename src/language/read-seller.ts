// What the seller may say: a word, or a word and an order code.

import { findAmounts } from './amounts.ts';
import { findOrderCodes } from './codes.ts';
import { plainText } from './plain-text.ts';

export type SellerReading =
  | { readonly kind: TopicOfOrder; readonly code: string }
  | { readonly kind: Exclude<SellerTopic, TopicOfOrder> }
  /** `입금 김영희 75,000원`: money that the seller saw himself. */
  | { readonly kind: 'deposit'; readonly name: string; readonly amountKrw: number }
  /** Several orders at once: one of them could be meant wrongly. */
  | { readonly kind: 'several-codes'; readonly codes: readonly string[] }
  | { readonly kind: 'other' };

/** Topics that are about one order. */
const OF_ORDER = [
  'confirm-payment',
  'show-order',
  'refunds-of',
  'refund-done',
  'refund-failed',
  'receipt-done',
] as const;
type TopicOfOrder = (typeof OF_ORDER)[number];

type SellerTopic =
  | TopicOfOrder
  | 'deposits'
  | 'unpaid'
  | 'resume'
  | 'pause'
  | 'refunds'
  | 'claims'
  | 'receipts'
  | 'questions'
  | 'today';

const PAYS = /^입금|입금(?:확인|완료)?$/;
// Longer than this is a letter, not a command.
const COMMAND_MAX = 120;

/**
 * The first row that fits counts; text is compared without blanks. `unless` keeps a topic from
 * swallowing a sentence that only mentions it. Examples are checked by the tests.
 */
export const SELLER_TOPICS: readonly {
  readonly topic: SellerTopic;
  readonly code?: 'one';
  readonly says: RegExp;
  readonly unless?: RegExp;
  readonly examples: readonly string[];
}[] = [
  {
    topic: 'deposits',
    says: /(?:미확인|확인안된|안맞는|맞지않는|모르는|못찾은|주인없는)(?:입금|돈)|^입금(?:내역|목록)|^통장(?:내역)?$/,
    examples: ['미확인 입금', '안 맞는 입금 있어?', '입금 내역'],
  },
  {
    topic: 'receipt-done',
    code: 'one',
    says: /(?:영수증|계산서|증빙).*(?:발급|발행|완료|했어|했습니다|끊었|보냈|드렸)|(?:발급|발행|완료).*(?:영수증|계산서|증빙)/,
    unless: /[?]|나요|까요|해주|주세요|못|안했/,
    examples: ['영수증 P7-042 발급했어요', 'P7-042 계산서 발행 완료', '현금영수증 완료 P7-042'],
  },
  {
    topic: 'refund-failed',
    code: 'one',
    says: /환불.*(?:못(?:보냈|했|함)|(?:안됐|안돼|안됨)|실패|반려|틀려|틀렸)|(?:못(?:보냈|했)|실패).*환불/,
    unless: /[?]|나요|까요/,
    examples: ['환불 P7-042 못 보냈어요', 'P7-042 환불 실패', '환불 P7-042 안 됐어요'],
  },
  {
    topic: 'refund-done',
    code: 'one',
    says: /환불.*(?:보냈|보냄|완료|했어|했습니다|했음|마쳤|끝냈|입금|송금|이체)|(?:보냈|완료|송금|이체).*환불/,
    unless: /[?]|나요|까요|해주|할게|주세요|안했|안보냈|아직/,
    examples: ['환불 P7-042 보냈어요', '환불 완료 P7-042', 'P7-042 환불했어요'],
  },
  {
    topic: 'refunds-of',
    code: 'one',
    says: /환불|refund/,
    unless: /취소/,
    examples: ['환불 P7-042', 'P7-042 환불 계좌', 'P7-042 환불됐나요?'],
  },
  {
    topic: 'confirm-payment',
    code: 'one',
    says: /입금|돈|송금|이체|paid/,
    unless: /안|못|미입금|취소|\?|나요|까요|없/,
    examples: ['입금 P7-042', 'p7042 입금 확인', 'P7 042 돈 들어왔어요'],
  },
  {
    topic: 'show-order',
    code: 'one',
    says: /^주문|주문$|조회|보여|확인|상태|order|^[a-z]\d-?\d{3}[?.!]?$/,
    unless: /취소|환불|변경|바꿔/,
    examples: ['주문 P7-042', 'P7-042', 'P7-042 보여줘'],
  },
  {
    topic: 'unpaid',
    says: /미입금|입금(?:을|이)?(?:안|못)|안들어온|안낸|unpaid/,
    examples: ['미입금', '입금 안 된 주문', '미입금 목록 보여줘'],
  },
  {
    topic: 'resume',
    says: /(?:주문|접수|판매)?(?:을|를)?다시(?:받|열|시작)|재개|(?:주문|접수|판매)(?:을|를)?(?:열|오픈|시작|풀)|마감(?:을|를)?(?:풀|취소|해제)|^resume/,
    examples: ['주문 다시 받기', '다시 받기', '접수 열어줘', '판매 재개'],
  },
  {
    topic: 'pause',
    says: /(?:주문|접수|판매)(?:을|를|은|는)?(?:그만|잠깐|잠시|좀)?(?:받기|받는거)?(?:멈|중단|중지|막|닫|그만|마감|스톱|정지|안받)|그만받|^마감|^멈춤|품절|^pause/,
    unless: /\?|나요|까요/,
    examples: ['주문 멈춤', '주문 잠깐 멈춰줘', '오늘은 그만 받을게요', '판매 중지'],
  },
  {
    topic: 'refunds',
    says: /환불|refund/,
    // The button of a buyer, who may be the seller himself.
    unless: /^(?:환불계좌|refundaccount)$/,
    examples: ['환불', '환불 목록', '환불할 거 있어?'],
  },
  {
    topic: 'claims',
    says: /클레임|클래임|파손|불만|반송|claim/,
    examples: ['클레임', '클레임 목록', '반송 들어온 거'],
  },
  {
    topic: 'receipts',
    says: /영수증|계산서|증빙|receipt/,
    examples: ['영수증', '현금영수증 요청', '계산서'],
  },
  {
    topic: 'questions',
    says: /문의|질문|question/,
    examples: ['문의', '문의 온 거', '답 안 한 질문'],
  },
  {
    topic: 'today',
    says: /^(?:오늘|요약|현황)$|오늘(?:은|의)?(?:요약|현황|상황|주문|정리|어때|어떻|매출|할일|보여)|^요약|현황|^today/,
    examples: ['오늘', '오늘 요약', '오늘 어때?', '현황'],
  },
];

/** Never throws; a text with several codes is `other`, because one of them could be meant wrongly. */
export function readSeller(text: string): SellerReading {
  const plain = plainText(text);
  if (plain.length > COMMAND_MAX) return { kind: 'other' };
  const words = plain.replace(/\s+/g, '');
  const deposit = readDeposit(plain);
  if (deposit !== null) return { kind: 'deposit', ...deposit };
  const codes = findOrderCodes(plain);
  const [code] = codes;
  if (codes.length > 1)
    return PAYS.test(words) ? { kind: 'several-codes', codes } : { kind: 'other' };
  for (const { topic, code: wanted, says, unless } of SELLER_TOPICS) {
    if ((wanted === 'one') !== (code !== undefined)) continue;
    if (!says.test(words) || unless?.test(words)) continue;
    return isOfOrder(topic) ? { kind: topic, code: code ?? '' } : { kind: topic };
  }
  return { kind: 'other' };
}

function isOfOrder(topic: SellerTopic): topic is TopicOfOrder {
  return OF_ORDER.some((one) => one === topic);
}

const SAYS_DEPOSIT = /^입금\s+(?=\S)/;
const DEPOSITOR_CHARS_MAX = 20;
/** Talk about money is no depositor: who has not paid, how many they are. */
const NO_DEPOSITOR = /^(?:안|못|아직|덜|더|두|세)\s|\d\s*(?:명|분|건)|(?:하신|되신|없는|않은)\s/;

/** The name as it stands on the transfer and the sum behind it; anything else is no deposit. */
function readDeposit(plain: string): { readonly name: string; readonly amountKrw: number } | null {
  if (!SAYS_DEPOSIT.test(plain)) return null;
  const said = plain.replace(SAYS_DEPOSIT, '').trim();
  const amounts = findAmounts(said);
  const [amount] = amounts;
  if (amount === undefined || amounts.length > 1) return null;
  const name = said.slice(0, amount.start).trim();
  const isWhole = said.slice(amount.end).trim() === '';
  if (!isWhole || name === '' || name.length > DEPOSITOR_CHARS_MAX) return null;
  if (NO_DEPOSITOR.test(name)) return null;
  return { name, amountKrw: amount.krw };
}
