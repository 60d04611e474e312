// The words that stand in front of a value: 성함, 연락처, 받는분 … and the columns of a sheet.

export const FIELDS = [
  'recipient',
  'name',
  'phone',
  'address',
  'postcode',
  'product',
  'count',
  'order',
  'sender',
  'senderPhone',
  'depositor',
  'memo',
  'date',
  'noise',
] as const;
export type Field = (typeof FIELDS)[number];

const RECIPIENTS =
  '받는분 받는사람 받는이 받는님 받으시는분 받으시는사람 받으실분 받을분 받을사람 받아보실분 수령인 수령자 수령하실분 수취인 수취자 수신인 수신자 인수자 인수인 배송받는분 배송받으실분'.split(
    ' ',
  );
const SENDERS =
  '보내는분 보내는사람 보내는이 보내시는분 보내시는사람 보내실분 보낼사람 보낸분 보낸사람 보낸이 발송인 발송자 발신인 발신자 송하인 주문자 주문인 주문하신분 주문하는분 주문하는사람 주문하시는분 구매자 구매인 신청자 신청인 의뢰인'.split(
    ' ',
  );
const NAMES = '성함 성명 이름'.split(' ');
const PHONES =
  '전화번호 전화 연락처 연락번호 휴대폰번호 휴대폰 휴대전화번호 휴대전화 핸드폰번호 핸드폰 폰번호 폰 손전화 번호 모바일'.split(
    ' ',
  );
const ADDRESSES = '주소 배송지주소 배송주소 배송지 도로명주소 지번주소 배달주소'.split(' ');

/** Adding a label or a courier column is one word here. */
const WORDS: Readonly<Record<Field, readonly string[]>> = {
  recipient: [
    ...RECIPIENTS,
    ...RECIPIENTS.flatMap((party) => [`${party}명`, ...NAMES.map((word) => party + word)]),
    'recipient',
    'receiver',
    'consignee',
  ],
  name: [...NAMES, '고객명', '고객성명', '명의', 'full name', 'name'],
  phone: [
    ...PHONES,
    ...RECIPIENTS.flatMap((party) => PHONES.map((word) => party + word)),
    '전번',
    '연락가능번호',
    'h.p',
    'hp',
    'tel',
    'telephone',
    'phone number',
    'phone no',
    'phone',
    'mobile',
    'cell',
    'contact',
  ],
  address: [
    ...ADDRESSES,
    ...RECIPIENTS.flatMap((party) => ADDRESSES.map((word) => party + word)),
    '받는곳',
    '받는주소',
    '받으실곳',
    '받을곳',
    '받을주소',
    '보내실곳',
    '보낼곳',
    '보내실주소',
    '배달지',
    '도착지',
    '배송처',
    '수령지',
    '수취지',
    'shipping address',
    'delivery address',
    'address',
    'addr',
    'ship to',
  ],
  postcode: ['우편번호', '우편', 'zip code', 'zipcode', 'zip', 'postcode', 'postal code'],
  product: [
    '상품명',
    '상품',
    '품목명',
    '품목',
    '품명',
    '제품명',
    '제품',
    '품종',
    '종류',
    '주문상품',
    '주문품목',
    '구매상품',
    '옵션',
    '내품명',
    'product',
    'item',
  ],
  count: [
    '수량',
    '주문수량',
    '구매수량',
    '신청수량',
    '박스수량',
    '박스수',
    '박스갯수',
    '상자수',
    '상자수량',
    '내품수량',
    '주문량',
    '주문갯수',
    '개수',
    '갯수',
    '박스',
    '상자',
    'quantity',
    'qty',
    'boxes',
  ],
  order: ['주문', '주문내역', '주문내용', '주문사항', '신청내용', '구매내역', 'order'],
  sender: [
    ...SENDERS,
    ...SENDERS.flatMap((party) => [`${party}명`, ...NAMES.map((word) => party + word)]),
    'sender',
    'ordered by',
  ],
  senderPhone: SENDERS.flatMap((party) => PHONES.map((word) => party + word)),
  depositor: [
    '입금자',
    '입금자명',
    '입금자성함',
    '입금자이름',
    '입금자성명',
    '입금인',
    '입금인명',
    '입금하는분',
    '입금하신분',
    '입금하시는분',
    '입금하는사람',
    '입금하실분',
    '입금명',
    '입금명의',
    '입금이름',
    '송금인',
    '송금자',
    '송금자명',
    '이체자명',
    '입금',
    'depositor',
    'payer',
  ],
  memo: [
    '배송메모',
    '배송메세지',
    '배송메시지',
    '배송멘트',
    '배달메모',
    '배달메세지',
    '배달메시지',
    '택배메모',
    '메모',
    '메세지',
    '메시지',
    '요청사항',
    '요청',
    '배송요청',
    '배송요청사항',
    '배송시요청사항',
    '배송시요청',
    '배송시유의사항',
    '배송참고사항',
    '배달요청사항',
    '택배요청사항',
    '기사님요청사항',
    '기사님께',
    '기사님전달사항',
    '전달사항',
    '특이사항',
    '유의사항',
    '참고사항',
    '남기실말씀',
    '남기실말',
    '남길말',
    '하실말씀',
    '비고',
    '기타',
    '기타사항',
    '공동현관비밀번호',
    '공동현관비번',
    'delivery note',
    'notes',
    'note',
    'memo',
    'request',
    'message',
  ],
  date: [
    '희망배송일',
    '희망배송일자',
    '희망배송날짜',
    '희망도착일',
    '희망수령일',
    '희망발송일',
    '희망출고일',
    '희망일',
    '희망일자',
    '희망날짜',
    '배송희망일',
    '배송희망일자',
    '배송희망날짜',
    '도착희망일',
    '도착희망날짜',
    '수령희망일',
    '발송희망일',
    '출고희망일',
    '배송요청일',
    '도착요청일',
    '배송일',
    '배송일자',
    '배송날짜',
    '도착일',
    '도착날짜',
    '수령일',
    '발송일',
    '출고일',
    '받을날짜',
    '받는날짜',
    '받으실날짜',
    '받고싶은날',
    '받고싶은날짜',
    '날짜',
    'delivery date',
    'arrival date',
    'date',
  ],
  noise: [
    ...SENDERS.flatMap((party) => ADDRESSES.map((word) => party + word)),
    '현금영수증',
    '현금영수증번호',
    '사업자번호',
    '사업자등록번호',
    '닉네임',
    '아이디',
    '총입금액',
    '입금액',
    '입금금액',
    '입금은행',
    '입금계좌',
    '입금일',
    '입금일자',
    '입금날짜',
    '입금예정일',
    '금액',
    '총금액',
    '총액',
    '합계금액',
    '결제금액',
    '결제방법',
    '결제',
    '상품금액',
    '가격',
    '단가',
    '배송비',
    '택배비',
    '운임',
    '운임구분',
    '계좌',
    '계좌번호',
    '은행',
    '예금주',
    '주문번호',
    '주문일',
    '주문일자',
    '주문날짜',
    '송장번호',
    '운송장번호',
    '운송장',
    '생년월일',
    '이메일',
    'email',
    'e-mail',
    'price',
    'amount',
    'no',
    '순번',
    '번',
  ],
};

const FIELD_OF = new Map<string, Field>(
  FIELDS.flatMap((field) => WORDS[field].map((word) => [word.replaceAll(' ', ''), field] as const)),
);

/** Common words that are a label only with a colon or alone on the left of their line. */
const WEAK = new Set(
  '주문 입금 박스 상자 상품 제품 종류 번호 폰 요청 기타 메모 비고 결제 은행 금액 가격 번 no item order date request message contact price cell boxes 명의 옵션 날짜 우편 배송비 택배비 계좌 송장번호 운송장 운송장번호 도착일 배송일 메시지 메세지 이메일 닉네임 아이디 예금주'.split(
    ' ',
  ),
);

/** Every beginning of a label word, so that a look-up stops at the first letter that leads nowhere. */
const BEGINNINGS = new Set(
  [...FIELD_OF.keys()].flatMap((word) => [...word].map((_, at) => word.slice(0, at + 1))),
);

export type FoundLabel = {
  readonly field: Field;
  readonly start: number;
  /** Where its value begins. */
  readonly end: number;
  /** Has a colon or the like, so whatever follows is its value. */
  readonly strong: boolean;
  readonly lineStart: boolean;
};

/** Where a label may stand: at the start of a line behind its bullet, or at the start of a word. */
const PLACE =
  /(?<=^|\n)[^\p{L}\p{N}\n]{0,6}(?:\d{1,2} ?[.)] ?)?[^\p{L}\p{N}\n]{0,4}(?=\p{L})|(?<=[\t,/|;.([<【({~!? ])(?=\p{L})/gu;
const COUNTER = / ?\d{1,2}(?=[ :.)])/y;
const REMARK = / ?\([^)\d\n]{0,12}\)/y;
const COLON = / ?[\])】>}]? ?(?:[:=;]|-?>|→|⇒)|[\])】>}]/y;
const PARTICLE = /(?:에는|[은는에])(?=[ ,:])|(?:이|가|을|를)(?= )| is(?= )/y;
const LOOSE = /(?= ?\t| ?[-/|]|[ ,]|\n|$)/y;
const JOINED = / ?[/,·&+] ?/y;
const SEPARATOR = / ?[-/|\t]/y;
/** Fields that are numbered where several recipients are listed: 받는분1, 주소 2. */
const COUNTED: ReadonlySet<Field> = new Set(['recipient', 'name', 'address']);
const NUMBER_AHEAD = / {0,2}(?:[+(\d*]|공일공|\n|$)/y;
const PARTS_MAX = 4;

const COMPOSITE_ORDER: readonly Field[] = ['address', 'recipient', 'name', 'phone', 'order'];

export function findLabels(text: string): FoundLabel[] {
  const found: FoundLabel[] = [];
  let behind = 0;
  for (const match of text.matchAll(PLACE)) {
    const start = match.index + match[0].length;
    if (start < behind) continue;
    const lineStart = match.index === 0 || text[match.index - 1] === '\n';
    const label = labelAt(text, start, lineStart);
    if (label === null) continue;
    found.push(label);
    behind = label.end;
  }
  return found;
}

function labelAt(text: string, start: number, lineStart: boolean): FoundLabel | null {
  const words: string[] = [];
  let end = start;
  for (let from = start; words.length < PARTS_MAX; ) {
    const word = longestWord(text, from);
    if (word === null) break;
    words.push(word.word);
    end = word.end;
    from = end + (matchAt(JOINED, text, end) ?? '').length;
    if (from === end) break;
  }
  const first = words[0];
  if (first === undefined) return null;
  const fields = words.flatMap((word) => FIELD_OF.get(word) ?? []);
  const field = COMPOSITE_ORDER.find((candidate) => fields.includes(candidate)) ?? fields[0];
  if (field === undefined) return null;
  if (COUNTED.has(field)) end += (matchAt(COUNTER, text, end) ?? '').length;
  end += (matchAt(REMARK, text, end) ?? '').length;
  const colon = matchAt(COLON, text, end);
  if (colon !== null) return { field, start, end: end + colon.length, strong: true, lineStart };
  const particle = matchAt(PARTICLE, text, end);
  if (particle !== null) {
    return { field, start, end: end + particle.length, strong: false, lineStart };
  }
  if (matchAt(LOOSE, text, end) === null) return null;
  // "이름/이영희", "성함-지하은", "이름\t김": the separator stands for the colon.
  const separator = matchAt(SEPARATOR, text, end);
  if (separator !== null && lineStart) {
    return { field, start, end: end + separator.length, strong: true, lineStart };
  }
  const weak = WEAK.has(first) && !(lineStart && field === 'depositor');
  if (weak && (!lineStart || field === 'order')) return null;
  // "전화 주세요" is a wish; "전화 010…" and a line with 전화 alone are labels.
  if (field === 'phone' && matchAt(NUMBER_AHEAD, text, end) === null) return null;
  return { field: field, start, end, strong: false, lineStart };
}

/** The longest label word here; spaces inside it do not count: "주 소", "받는 분". */
function longestWord(text: string, start: number): { word: string; end: number } | null {
  let letters = '';
  let best: { word: string; end: number } | null = null;
  for (let at = start; at < text.length; at += 1) {
    const letter = (text[at] ?? '').toLowerCase();
    if (letter === ' ') continue;
    letters += letter;
    if (!BEGINNINGS.has(letters)) break;
    const whole = !/[a-z]/u.test(letter) || !/[a-z]/iu.test(text[at + 1] ?? '');
    if (whole && FIELD_OF.has(letters)) best = { word: letters, end: at + 1 };
  }
  return best;
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** The field a whole cell names, for the header of a sheet; null when it is no header. */
export function fieldOfHeader(cell: string): Field | null {
  const word = cell
    .toLowerCase()
    .replace(/\([^)]*\)/gu, '')
    .replace(/[\s*:"']+/gu, '');
  const direct = FIELD_OF.get(word);
  if (direct !== undefined) return direct;
  const parts = word.split(/[/·&+]/u).flatMap((part) => FIELD_OF.get(part) ?? []);
  return COMPOSITE_ORDER.find((field) => parts.includes(field)) ?? parts[0] ?? null;
}
