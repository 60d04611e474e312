// The carriers a store sends with: one row each, with all that differs between them. A number alone names
// its carrier only where no other has numbers of that length (12 digits may be of three).

export type Carrier = {
  /** As the tracking service (Delivery Tracker) knows it. */
  readonly id: string;
  readonly name: string;
  readonly english: string;
  /** How people begin its name, in small letters and without spaces. */
  readonly said: readonly string[];
  /** How many digits its numbers have, the usual count last. */
  readonly digits: readonly number[];
  /** Of its numbers with 12 digits: the last one follows from those before it. */
  readonly check: CheckDigit | null;
  /** Its public page for one number, which stands at #. */
  readonly page: string;
  /** The file in which it takes packages in, column by column. */
  readonly upload: readonly UploadColumn[];
  /** Titles that stand in no other carrier's files, as `bareTitle` says them. */
  readonly knownBy: readonly string[];
};

export type UploadColumn = readonly [title: string, holds: Holds];

/** What stands in a column of an upload file; `nothing` is left to the carrier's own defaults. */
export type Holds =
  | 'recipient'
  | 'phone'
  | 'postcode'
  | 'address'
  /** The address up to the house number, and what comes behind it. */
  | 'street'
  | 'detail'
  | 'contents'
  | 'memo'
  /** Our own mark of the package; without such a column it stands behind the contents. */
  | 'mark'
  | 'sender'
  | 'senderPhone'
  | 'senderAddress'
  | 'one'
  | 'produce'
  | 'no'
  | 'nothing';

type CheckDigit = {
  readonly isRight: (digits: string) => boolean;
  /** False: told of by others only, so a number that fails it may still be right. */
  readonly isSure: boolean;
};

const CHECKED_DIGITS = 12;

const REST_OF_SEVEN = (from: number) => (digits: string) =>
  Number(digits.slice(from, -1)) % 7 === Number(digits.at(-1));

/**
 * Lengths and the check of Lotte are those the tracking service goes by; Korea Post's and Logen's are
 * customary. The columns are those of the carriers' own forms as sellers' programs write them: CJ's of its
 * booking program (whoever uses it may arrange them anew), Korea Post's of parcels booked ahead, Lotte's
 * B type with a named sender, Logen's A type. Hanjin's, and that it keeps a 출고번호, are customary.
 */
export const CARRIERS = [
  {
    id: 'kr.cjlogistics',
    name: 'CJ대한통운',
    english: 'CJ Logistics',
    said: ['cj', '씨제이', '대한통운'],
    digits: [10, 12],
    check: { isRight: REST_OF_SEVEN(2), isSure: false },
    page: 'https://trace.cjlogistics.com/next/tracking.html?wblNo=#',
    upload: [
      ['예약구분', 'nothing'],
      ['집하예정일', 'nothing'],
      ['보내는분성명', 'sender'],
      ['보내는분전화번호', 'senderPhone'],
      ['보내는분기타연락처', 'nothing'],
      ['보내는분우편번호', 'nothing'],
      ['보내는분주소(전체, 분할)', 'senderAddress'],
      ['받는분성명', 'recipient'],
      ['받는분전화번호', 'phone'],
      ['받는분기타연락처', 'nothing'],
      ['받는분우편번호', 'postcode'],
      ['받는분주소(전체, 분할)', 'address'],
      ['운송장번호', 'nothing'],
      ['고객주문번호', 'mark'],
      ['품목명', 'contents'],
      ['박스수량', 'one'],
      ['박스타입', 'nothing'],
      ['기본운임', 'nothing'],
      ['배송메세지1', 'memo'],
      ['배송메세지2', 'nothing'],
      ['운임구분', 'nothing'],
    ],
    knownBy: [
      '받는분기타연락처',
      '받는분주소(전체,분할)',
      '집하예정일',
      '집화예정일자',
      '고객주문번호',
    ],
  },
  {
    id: 'kr.epost',
    name: '우체국택배',
    english: 'Korea Post',
    said: ['우체국'],
    digits: [13],
    check: null,
    page: 'https://service.epost.go.kr/trace.RetrieveDomRigiTraceList.comm?sid1=#&displayHeader=N',
    upload: [
      ['받는 분', 'recipient'],
      ['우편번호', 'postcode'],
      ['주소(시도+시군구+도로명+건물번호)', 'street'],
      ['상세주소(동, 호수, 洞명칭, 아파트, 건물명 등)', 'detail'],
      ['일반전화(02-1234-5678)', 'nothing'],
      ['휴대전화(010-1234-5678)', 'phone'],
      ['중량(kg)', 'nothing'],
      ['부피(cm)=가로+세로+높이', 'nothing'],
      ['내용품코드', 'produce'],
      ['내용물', 'contents'],
      ['배달방식', 'nothing'],
      ['배송시요청사항', 'memo'],
      ['분할접수 여부(Y/N)', 'no'],
      ['분할접수 첫번째 중량(kg)', 'nothing'],
      ['분할접수 첫번째 부피(cm)', 'nothing'],
      ['분할접수 두번째 중량(kg)', 'nothing'],
      ['분할접수 두번째 부피(cm)', 'nothing'],
    ],
    knownBy: ['등기번호', '우편물번호', '내용품코드', '분할접수여부(Y/N)'],
  },
  {
    id: 'kr.hanjin',
    name: '한진택배',
    english: 'Hanjin',
    said: ['한진'],
    digits: [10, 14, 12],
    check: { isRight: REST_OF_SEVEN(0), isSure: false },
    page: 'https://www.hanjin.com/kor/CMS/DeliveryMgr/WaybillResult.do?mCode=MN038&schLang=KR&wblnumText2=#',
    upload: [
      ['받으시는 분', 'recipient'],
      ['받으시는 분 전화', 'phone'],
      ['받는분담당자', 'nothing'],
      ['받는분핸드폰', 'nothing'],
      ['받는분우편번호', 'postcode'],
      ['받는분총주소', 'address'],
      ['보내시는 분', 'sender'],
      ['보내시는 분 전화', 'senderPhone'],
      ['보내는분담당자', 'nothing'],
      ['보내는분담당자HP', 'nothing'],
      ['보내는분우편번호', 'nothing'],
      ['보내는분총주소', 'senderAddress'],
      ['수량', 'one'],
      ['품목명', 'contents'],
      ['운임Type', 'nothing'],
      ['지불조건', 'nothing'],
      ['출고번호', 'mark'],
      ['특기사항', 'memo'],
    ],
    knownBy: ['받는분총주소', '받으시는분전화', '운임Type', '지불조건'],
  },
  {
    id: 'kr.lotte',
    name: '롯데택배',
    english: 'Lotte',
    said: ['롯데'],
    digits: [12],
    check: { isRight: REST_OF_SEVEN(0), isSure: true },
    page: 'https://www.lotteglogis.com/home/reservation/tracking/linkView?InvNo=#',
    upload: [
      ['주문번호', 'mark'],
      ['보내는사람(지정)', 'sender'],
      ['전화번호1(지정)', 'senderPhone'],
      ['전화번호2(지정)', 'nothing'],
      ['우편번호(지정)', 'nothing'],
      ['주소(지정)', 'senderAddress'],
      ['받는사람', 'recipient'],
      ['전화번호1', 'phone'],
      ['전화번호2', 'nothing'],
      ['우편번호', 'postcode'],
      ['주소', 'address'],
      ['상품명1', 'contents'],
      ['상품상세1', 'nothing'],
      ['수량(A타입)', 'one'],
      ['배송메시지', 'memo'],
      ['운임구분', 'nothing'],
      ['운임', 'nothing'],
      ['운송장번호', 'nothing'],
    ],
    knownBy: ['보내는사람(지정)', '전화번호1(지정)', '수량(A타입)'],
  },
  {
    id: 'kr.logen',
    name: '로젠택배',
    english: 'Logen',
    said: ['로젠'],
    digits: [11],
    check: null,
    page: 'https://www.ilogen.com/web/personal/trace/#',
    upload: [
      ['수하인명', 'recipient'],
      ['우편번호', 'postcode'],
      ['수하인주소', 'address'],
      ['수하인전화번호', 'nothing'],
      ['수하인핸드폰번호', 'phone'],
      ['택배수량', 'one'],
      ['택배운임', 'nothing'],
      ['운임구분', 'nothing'],
      ['품목명', 'contents'],
      ['', 'nothing'],
      ['배송메세지', 'memo'],
    ],
    knownBy: ['수하인핸드폰번호', '택배수량', '택배운임', '운송장번호(로젠택배)'],
  },
] as const satisfies readonly Carrier[];

/** A title without what differs from file to file: spaces, line breaks, marks of what must be filled in. */
export function bareTitle(title: string): string {
  return title
    .normalize('NFKC')
    .replace(/[\s*:]/g, '')
    .replace(/\.$/, '');
}

export type CarrierId = (typeof CARRIERS)[number]['id'];

const BY_ID: ReadonlyMap<string, Carrier> = new Map(CARRIERS.map((one) => [one.id, one]));

export function carrierOf(id: string): Carrier | null {
  return BY_ID.get(id) ?? null;
}

/** The only carrier whose numbers have so many digits, or null. */
export function carrierByDigits(digits: number): CarrierId | null {
  const [only, another] = CARRIERS.filter((one: Carrier) => one.digits.includes(digits));
  return another === undefined ? (only?.id ?? null) : null;
}

/** The carrier that is named, by its id or however people write it; null for any other. */
export function carrierNamed(text: string): CarrierId | null {
  const said = text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
  const meant = CARRIERS.find(
    (one) => one.id === said || one.said.some((start) => said.startsWith(start)),
  );
  return meant?.id ?? null;
}

/** Where somebody can look up where his package is; null for a carrier we do not know. */
export function trackingPage(carrier: string, waybill: string): string | null {
  return carrierOf(carrier)?.page.replace('#', waybill) ?? null;
}

export type NumberFault = 'digits' | 'check_digit' | 'check_digit_unsure';

/** What speaks against a number of this carrier; `check_digit_unsure` is only worth a warning. */
export function numberFault({ digits, check }: Carrier, waybill: string): NumberFault | null {
  if (!digits.includes(waybill.length)) return 'digits';
  if (check === null || waybill.length !== CHECKED_DIGITS || check.isRight(waybill)) return null;
  return check.isSure ? 'check_digit' : 'check_digit_unsure';
}
