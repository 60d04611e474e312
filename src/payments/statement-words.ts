// How banks title the columns of a statement, without spaces and units; a bank is a row of the table below.

/** What a column is for: its title as any bank writes it. The first fitting column counts. */
export const TITLES = {
  dateTime: /^(?:거래|처리|이체|입출금)?(?:일시|일자[/및]?시간)$/,
  date: /^(?:거래|처리|이체|입출금)?(?:일자|일|날짜|년월일)$/,
  time: /^(?:거래|처리)?(?:시간|시각)$/,
  deposit: /^(?:입금|맡기신|받으신|받은|들어온|예입|입금하신)(?:금액|액)?$/,
  withdrawal: /^(?:출금|지급|찾으신|보내신|보낸|나간|인출|출금하신)(?:금액|액)?$/,
  /** One column for both: with a sign, or beside a column that says which. */
  amount: /^(?:거래|입출금|이체)?금액$/,
  balance: /^(?:거래후|통장|현재)?(?:잔액|잔고)$|^남은금액$/,
} as const;

/** Stands behind a title of amounts. */
export const UNIT = /\((?:원|krw|₩)\)|\[원\]/gi;

/** Beside an amount without a sign. The first of these that stands in the header counts. */
export const DIRECTION_TITLES = [
  '입출금구분',
  '입지구분',
  '구분',
  '거래구분',
  '거래유형',
  '거래종류',
];
export const WENT_OUT = /출금|지급|인출|찾으신/;
export const TAKEN_BACK = /취소/;

export type StatementForm = {
  readonly bank: string;
  /** Titles that only this bank's statement has together. */
  readonly knownBy: readonly string[];
  /** Where the sender's text stands; where it is empty the next column counts. */
  readonly name: readonly string[];
  /** Those columns hold at times how the money came instead: the next column counts then too. */
  readonly isMixed?: boolean;
  /** The bank's remark (적요). */
  readonly memo: readonly string[];
};

export const STATEMENT_FORMS: readonly StatementForm[] = [
  {
    bank: 'kb',
    knownBy: ['보낸분/받는분', '거래점'],
    name: ['보낸분/받는분', '적요'],
    memo: ['적요'],
  },
  {
    bank: 'kb-business',
    knownBy: ['보낸분/받는분', '내통장표시'],
    name: ['보낸분/받는분', '적요'],
    memo: ['적요'],
  },
  { bank: 'woori', knownBy: ['기재내용', '지급'], name: ['기재내용', '적요'], memo: ['적요'] },
  { bank: 'nh', knownBy: ['거래기록사항'], name: ['거래기록사항', '거래내용'], memo: ['거래내용'] },
  {
    bank: 'tossbank',
    knownBy: ['적요', '거래유형', '거래기관', '거래금액'],
    name: ['적요', '거래유형'],
    memo: ['거래유형'],
  },
  {
    bank: 'kakaobank',
    knownBy: ['거래금액', '거래구분', '내용'],
    name: ['내용', '거래구분'],
    memo: ['거래구분'],
  },
  {
    bank: 'ibk',
    knownBy: ['거래내용', '상대계좌예금주명'],
    name: ['거래내용', '상대계좌예금주명', '거래구분'],
    memo: ['거래구분'],
  },
  // The text that was typed is the remark; who sent it may be a payment company.
  {
    bank: 'hana',
    knownBy: ['의뢰인/수취인', '적요', '거래후잔액'],
    name: ['적요', '의뢰인/수취인'],
    isMixed: true,
    memo: ['구분'],
  },
  {
    bank: 'kbank',
    knownBy: ['거래구분', '상대예금주명'],
    name: ['적요내용', '상대예금주명', '거래구분'],
    memo: ['거래구분'],
  },
  { bank: 'sc', knownBy: ['들어온금액', '내용'], name: ['내용', '적요'], memo: ['적요'] },
  { bank: 'im', knownBy: ['찾으신금액', '비고'], name: ['비고', '거래종류'], memo: ['거래종류'] },
  { bank: 'post', knownBy: ['찾으신금액', '적요'], name: ['기록사항', '적요'], memo: ['적요'] },
  { bank: 'jeonbuk', knownBy: ['적요', '취급은행(지점)'], name: ['적요'], memo: ['적요'] },
  // The passbook's text is 내용; 적요 is the way the money came.
  { bank: 'shinhan', knownBy: ['적요', '내용'], name: ['내용', '적요'], memo: ['적요'] },
  {
    bank: 'mg',
    knownBy: ['거래내용', '기록사항'],
    name: ['기록사항', '거래내용'],
    memo: ['거래내용'],
  },
];

/** Any other bank: the likeliest title first. */
export const OTHER_FORM: StatementForm = {
  bank: 'other',
  knownBy: [],
  isMixed: true,
  name: [
    '입금자명',
    '입금자',
    '보낸분/받는분',
    '받는분/보낸분',
    '보낸분',
    '보내는분',
    '의뢰인/수취인',
    '의뢰인',
    '의뢰인명',
    '기재내용',
    '통장기재내용',
    '거래기록사항',
    '기록사항',
    '통장표시내용',
    '거래상대',
    '거래상대방',
    '상대방',
    '거래처',
    '내용',
    '거래내용',
    '적요내용',
    '적요',
    '비고',
    '상대계좌예금주명',
    '상대계좌예금주',
    '상대예금주명',
    '예금주명',
    '거래구분',
    '거래종류',
    '메모',
  ],
  memo: ['적요', '거래종류', '거래구분', '구분'],
};

/** Ways money comes, which some banks write where others write the sender. */
export const CHANNEL =
  /^(?:타행|당행)?(?:이체|대체|인터넷|인터넷뱅킹|모바일|모바일뱅킹|스마트|스마트뱅킹|스마트폰|전자금융|전자금융이체|폰뱅킹|텔레뱅킹|오픈뱅킹|오픈|펌뱅킹|창구|ATM|CD|CD이체|PC|IB|FB|CMS|E뱅킹|대체입금|이체입금|입금|입금이체|일반입금|현금|무통장|무통장입금|타행환|타행이체|당행이체)(?:입금|이체)?$/i;

/** Rows that sum up others stand without a date. */
export const TOTAL =
  /^(?:총?합계|[소총누]계|계|합산)(?:금액|\(.*\))?:?$|^(?:전월|전일|차월)?이월|^총?\d+건|건수/;
