// What a farmer's clause may mean: the first rule that fits counts. `read` answers null when the
// clause is about something else, and an `other` when it is about this but cannot be taken.

import { readAskedDays, readBackwards } from './farmer-asked.ts';
import { closes, readCaps, readClosedDays, readLess, readMore } from './farmer-days.ts';
import { readAdvance, readCut, readPutOff } from './farmer-reports.ts';
import { OTHER, type Said } from './farmer-said.ts';
import { readWeekly } from './farmer-weeks.ts';
import type { FarmerReading, RowSaid } from './reading.ts';
import { expandRows, ROWS_MAX, without } from './rows.ts';
import { isShortWaybill, waybillEntries } from './waybill-entries.ts';
import { addDays } from './when.ts';

const PRICE_KRW = { min: 1_000, max: 10_000_000 };
/** A bare figure beside 가격 is a sum of won from here on. */
const CANCELS_MAX = 20;
const UNKNOWN_WORDS_MAX = 3;
const REASON_WORDS_MAX = 8;

type Rule = {
  readonly name: string;
  readonly examples: readonly string[];
  readonly read: (said: Said) => readonly FarmerReading[] | null;
};

export const FARMER_RULES: readonly Rule[] = [
  { name: 'undo', examples: ['되돌려', '방금 거 취소', '잘못 눌렀어'], read: readUndo },
  { name: 'board', examples: ['보드', '보드 열어줘', '보드 링크 보내줘'], read: readBoard },
  { name: 'list', examples: ['목록', '내일 목록', '오늘 주문 몇 개야?'], read: readList },
  {
    name: 'weekly',
    examples: ['매주 수요일 쉼', '평일은 40상자', '토요일도 보내요', '일요일 20상자씩'],
    read: readWeekly,
  },
  {
    name: 'back-on-sale',
    examples: ['황도 다시 판매', '품절 풀어줘', '백도 판매 재개'],
    read: readBackOnSale,
  },
  { name: 'sold-out', examples: ['황도 품절', '품절', '황도 4kg 매진'], read: readSoldOut },
  { name: 'resume', examples: ['다시 받아줘', '접수 열어줘', '마감 풀어줘'], read: readResume },
  { name: 'pause', examples: ['주문 멈춤', '오늘은 그만 받자', '접수 마감'], read: readPause },
  {
    name: 'put-off',
    examples: ['20번부터는 내일로 넘겨', '7번 뒤로는 내일로 미뤄'],
    read: readPutOff,
  },
  {
    name: 'doubtful',
    examples: ['마흔 상자쯤?', '내일 40상자 할까요?'],
    read: readDoubtful,
  },
  {
    name: 'backwards',
    examples: ['8/5~8/1 30상자', '8/5부터 8/1까지 휴무'],
    read: readBackwards,
  },
  { name: 'more', examples: ['오늘 5상자 더', '내일 10상자 늘려줘'], read: readMore },
  { name: 'less', examples: ['오늘 10상자 줄여줘', '내일 5상자 덜'], read: readLess },
  { name: 'rest', examples: ['나머지는 내일'], read: readRest },
  {
    name: 'waybills',
    examples: ['3번 송장 123456789012', '3번 5번 1234-5678-9012', 'CJ 3번 123456789012'],
    read: readWaybills,
  },
  { name: 'price', examples: ['가격 3만5천', '한박스 4만원으로'], read: readPrice },
  { name: 'cancel', examples: ['7번 취소', '7번 빼줘'], read: readCancel },
  { name: 'paid', examples: ['2번 돈 들어왔어', '3번 5번 입금 확인'], read: readPaid },
  { name: 'cut', examples: ['12번까지', '오늘은 12번까지만 보낼게'], read: readCut },
  {
    name: 'close',
    examples: ['8/1 휴무', '내일 비와서 쉼', '8/1~8/5 쉽니다'],
    read: readClosedDays,
  },
  { name: 'cap', examples: ['40', '내일 20', '7/25 15박스', '내일 마흔 상자'], read: readCaps },
  { name: 'advance', examples: ['수확', '포장 1-12', '전부 발송'], read: readAdvance },
];

/** "내일 40상자 정도" gives a number to go by; a report or a sum must be sure. */
function readDoubtful(said: Said): readonly FarmerReading[] | null {
  if (said.isDoubtful && !asksToCancel(said)) return readAskedDays(said) ?? OTHER;
  if (said.has('except') && said.left.length + said.leftPointed.length === 0) return OTHER;
  if (said.has('wrong') && said.count('waybill') === 0 && !asksToCancel(said)) return OTHER;
  if (!said.has('hedge')) return null;
  const counts = said.has('until') || said.count('boxes') > 0 || said.dates.length > 0;
  return counts && !said.has('harvest', 'pack', 'sent', 'delivered', 'paid', 'came') ? null : OTHER;
}

function readUndo(said: Said): readonly FarmerReading[] | null {
  const isOfRows = said.count('rows') > 0 && !said.has('wrong', 'ship', 'pack', 'harvest', 'sent');
  if (!said.has('undo') || isOfRows) return null;
  // "16일은 원래대로": a day as it always is.
  return said.has('not') || said.dates.length > 0 ? OTHER : [{ kind: 'undo' }];
}

function readBoard(said: Said): readonly FarmerReading[] | null {
  if (!said.has('board') || !nothingCounted(said) || said.has('not', 'cancel')) return null;
  return [{ kind: 'board' }];
}

function readList(said: Said): readonly FarmerReading[] | null {
  if (said.spans.length + said.count('boxes') + said.count('money') + said.count('waybill') > 0)
    return null;
  if (said.has('harvest', 'pack', 'cancel', 'until', 'off', 'elsewhere')) return null;
  // "명단 다시 보자" looks once more.
  if (said.has('resume') && !(said.has('list') && said.has('show', 'sending'))) return null;
  const asked =
    said.has('list') ||
    (said.has('order') && said.has('ask', 'show') && !said.has('can', 'pause')) ||
    (said.has('sending', 'ship', 'boxes') && said.has('ask') && !said.has('doubt', 'price')) ||
    (said.has('sending') && said.has('show')) ||
    (said.has('came') && said.has('ask', 'show'));
  if (!asked || (said.has('paid') && !said.has('list', 'order')) || said.has('pause')) return null;
  return [{ kind: 'list', date: said.dates[0] ?? null }];
}

/** After a cut the rest goes to the next open day by itself: saying so adds nothing. */
function readRest(said: Said): readonly FarmerReading[] | null {
  if (!said.has('rest') || said.left.length + said.leftPointed.length > 0) return null;
  if (said.has('harvest', 'pack', 'ship', 'sent') && said.earlier.length > 0) return null;
  // "나머지 박철수 1234…" goes on with the waybills.
  if (said.count('waybill') > 0) return null;
  const [date = addDays(said.today, 1)] = said.dates;
  const plain = nothingCounted(said) && !said.has('cancel', 'not', 'more', 'elsewhere');
  return plain && date === addDays(said.today, 1) ? [] : OTHER;
}

const nothingCounted = (said: Said): boolean =>
  said.spans.length + said.count('boxes') + said.count('waybill') + said.count('money') === 0 &&
  !said.has('harvest', 'pack', 'ship', 'sent', 'paid', 'until');

function readResume(said: Said): readonly FarmerReading[] | null {
  if (!nothingCounted(said) || said.has('doubt', 'ask', 'not', 'elsewhere')) return null;
  const again = said.has('resume') && (said.has('order', 'can', 'pause') || onlyKnown(said));
  const later = said.dates.some((date) => date > said.today);
  if (again && later) return OTHER;
  const takes = said.has('order') && said.has('can') && !said.has('pause', 'only');
  return again || takes ? [{ kind: 'resume' }] : null;
}

function readPause(said: Said): readonly FarmerReading[] | null {
  if (!nothingCounted(said) || said.has('doubt', 'ask', 'off', 'elsewhere')) return null;
  if (closes(said)) return null;
  const stops = said.has('pause') && (said.has('order') || said.tokens.some(stopsOrders));
  // "그만" and "그만두기" are said of a question or a conversation as well.
  if (!stops && !(said.has('order') && said.has('end'))) return said.has('pause') ? OTHER : null;
  // "내일 주문 마감" is a plan, and the shop would stop a day early.
  const later = said.dates.some((date) => date > said.today);
  return later || said.has('not') ? OTHER : [{ kind: 'pause' }];
}

/** 마감, 받지 마, 그만 받자: about orders even without the word. */
const stopsOrders = (token: Said['tokens'][number]): boolean =>
  token.kind === 'word' &&
  ((token.word === 'pause' && /마감|받|닫|막|잠/.test(token.text)) ||
    (token.word === 'can' && token.text.startsWith('받')));

const PRODUCT_WORDS_MAX = 2;
/** 도 is not among them: it ends 황도 and 백도. */
const PRODUCT_PARTICLE = /(?<=[가-힣]{2})(?:은|는|이|가|만|을|를)$/;

/** The words nobody else knows, and a weight: "황도 4kg". Null when it is a whole sentence. */
function productSaid(said: Said): string | null {
  const words = said.tokens.flatMap((token) => {
    if (token.kind === 'digits') return [token.text];
    if (token.kind === 'unknown' || token.kind === 'product')
      return [token.text.replace(PRODUCT_PARTICLE, '')];
    return [];
  });
  return words.length > PRODUCT_WORDS_MAX || words.includes('') ? null : words.join(' ');
}

function readSoldOut(said: Said): readonly FarmerReading[] | null {
  if (!said.has('soldOut')) return null;
  const product = productSaid(said);
  const later = said.dates.some((date) => date > said.today);
  if (product === null || later || !nothingCounted(said)) return OTHER;
  // "황도는 품절 백도는 판매" says two things.
  if (said.has('doubt', 'ask', 'not', 'off', 'elsewhere', 'order')) return OTHER;
  return [{ kind: 'sold-out', product }];
}

function readBackOnSale(said: Said): readonly FarmerReading[] | null {
  if (!said.has('resume')) return null;
  const product = productSaid(said);
  const sells = said.tokens.some(
    (token) => token.kind === 'word' && token.word === 'order' && /판매|팔/.test(token.text),
  );
  if (!said.has('soldOut') && !(sells && product !== '')) return null;
  const later = said.dates.some((date) => date > said.today);
  if (product === null || later || !nothingCounted(said)) return OTHER;
  if (said.has('doubt', 'ask', 'not', 'off', 'elsewhere')) return OTHER;
  return [{ kind: 'back-on-sale', product }];
}

const onlyKnown = (said: Said): boolean => said.count('unknown') === 0;

function readWaybills(said: Said): readonly FarmerReading[] | null {
  const odd = said.count('odd') > 0 && (said.has('waybill') || said.count('waybill') > 0);
  const isOfRows = said.count('rows') + said.pointed.length > 0;
  const isShort = said.has('waybill', 'cargo') && said.numbers.some(isShortWaybill);
  const isAbout = odd || (isOfRows && (said.count('odd') > 0 || isShort));
  if (said.count('waybill') === 0 && !isAbout) return null;
  const isLeftOut = said.left.length + said.leftPointed.length > 0;
  if (said.has('cancel', 'not', 'elsewhere') || isLeftOut) return OTHER;
  const { entries, bad } = waybillEntries(said.tokens, said.carrier);
  if (entries.length + bad.length === 0) return OTHER;
  return [{ kind: 'waybills', entries, ...(bad.length > 0 ? { bad } : {}), list: said.list }];
}

function readPrice(said: Said): readonly FarmerReading[] | null {
  const bare = said.has('price') ? said.numbers.filter((sum) => sum >= PRICE_KRW.min) : [];
  const sums = said.tokens.flatMap((token) => (token.kind === 'money' ? [token.krw] : []));
  const [priceKrw] = sums.length > 0 ? sums : bare;
  if (priceKrw === undefined) return null;
  const oneBox = said.tokens.some((token) => token.kind === 'boxes' && token.value === 1);
  const otherCount = said.tokens.some((token) => token.kind === 'boxes' && token.value !== 1);
  // "8번 8만원 들어왔음" tells of a payment.
  if (said.count('rows') > 0 && said.has('paid', 'came')) return null;
  const asksIt = said.tokens.some(
    (token) => token.kind === 'word' && token.word === 'can' && token.text.startsWith('받'),
  );
  const about = said.has('price', 'to', 'change', 'from') || oneBox || asksIt;
  if (!about) return said.tokens.some(perhapsBoxes) ? null : OTHER;
  const relative = said.has('more') && !said.has('to');
  const from = said.dates.find((date) => date > said.today) ?? null;
  const blocked = relative || otherCount || said.count('rows') > 0 || sums.length + bare.length > 1;
  if (blocked || said.has('paid', 'sent', 'not', 'elsewhere', 'cancel')) return OTHER;
  if (priceKrw < PRICE_KRW.min || priceKrw > PRICE_KRW.max) return OTHER;
  return [{ kind: 'price', priceKrw, from }];
}

const perhapsBoxes = (token: Said['tokens'][number]): boolean =>
  token.kind === 'money' && token.perhapsOnly !== null;

/** "환불해달라고 전화 왔어 취소해줘": a reason, in whatever words, and then the wish. It is asked anyway. */
function asksToCancel(said: Said): boolean {
  const at = said.tokens.findLastIndex(isCancel);
  const behind = said.tokens.slice(at + 1);
  const isEnd = behind.every((token) => token.kind === 'word' && WISH_ENDS.includes(token.word));
  const isWish = said.tokens
    .slice(at)
    .some((token) => token.kind === 'word' && WISH.test(token.text));
  return at > 0 && isEnd && isWish && !isNegated(said.tokens, at - 1);
}
const isCancel = (token: Said['tokens'][number]): boolean =>
  token.kind === 'word' && token.word === 'cancel';
const WISH = /^(?:해|주|줘|라|세요|부탁)|[주줘라]$/;
const WISH_ENDS: readonly string[] = ['filler', 'ending'];

function readCancel(said: Said): readonly FarmerReading[] | null {
  if (!said.has('cancel')) return null;
  if (said.left.length + said.leftPointed.length > 0) return OTHER;
  const rows = rowsCancelled(said);
  const steps =
    said.has('harvest', 'pack', 'ship', 'sent', 'paid') ||
    said.has('waybill', 'until', 'all') ||
    (!asksToCancel(said) && said.tokens.some((_, at) => isNegated(said.tokens, at)));
  const unclear = steps || said.count('boxes') + said.count('digits') + said.count('money') > 0;
  if (rows === null || rows.length === 0 || rows.length > CANCELS_MAX || unclear) return OTHER;
  if (said.strange.length > (asksToCancel(said) ? REASON_WORDS_MAX : UNKNOWN_WORDS_MAX))
    return OTHER;
  return rows.map((row) => ({ kind: 'cancel-row', row, list: said.list }));
}

/** "취소 안 해요", "안 취소": the word itself, and not the reason behind it ("안 받으신대요"). */
function isNegated(tokens: Said['tokens'], at: number): boolean {
  const token = tokens[at];
  if (token?.kind !== 'word' || (token.word !== 'not' && token.word !== 'off')) return false;
  const cancel = tokens.findIndex((one) => one.kind === 'word' && one.word === 'cancel');
  const between = tokens.slice(cancel + 1, at);
  const isReason = between.some((one) => one.kind === 'unknown' || isSpoken(one));
  return at < cancel || !isReason;
}

const isSpoken = (token: Said['tokens'][number]): boolean =>
  token.kind === 'word' && /^(?:손님|고객|요)$/.test(token.text);

/** By number, or by a name that is surely one: "7번 취소", "박철수님 취소". */
function rowsCancelled(said: Said): RowSaid[] | null {
  const numbers = expandRows(said.spans);
  if (numbers === null || numbers.length > 0) return numbers;
  const sure = said.pointed.filter((one) => one.kind !== 'recipient' || one.isSure);
  return sure.every(({ kind }) => kind !== 'from') ? sure : null;
}

function readPaid(said: Said): readonly FarmerReading[] | null {
  if (!said.has('paid', 'came')) return null;
  // "2번 배달 완료, 손님이 전화 줬어요"
  if (said.has('delivered') && !said.has('paid')) return null;
  const [first] = said.spans;
  const upTo = said.has('until') && said.spans.length === 1 && first?.from === first?.to;
  const rows = expandRows(upTo && first ? [{ from: 1, to: first.to }] : said.spans);
  const wrong = said.has(
    'not',
    'none',
    'plan',
    'cancel',
    'elsewhere',
    'more',
    'harvest',
    'pack',
    'ship',
  );
  if (!rows || rows.length === 0 || wrong) return OTHER;
  // "입금 35,000" is a sum of a bank's.
  if (rows.some((row) => row > ROWS_MAX)) return OTHER;
  const paid = without(rows, said.left);
  if (paid === null) return OTHER;
  return said.count('unknown') > UNKNOWN_WORDS_MAX ? OTHER : [{ kind: 'mark-paid', rows: paid }];
}
