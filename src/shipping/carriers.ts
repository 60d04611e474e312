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
};

type CheckDigit = {
  readonly isRight: (digits: string) => boolean;
  /** False: told of by others only, so a number that fails it may still be right. */
  readonly isSure: boolean;
};

const CHECKED_DIGITS = 12;

const REST_OF_SEVEN = (from: number) => (digits: string) =>
  Number(digits.slice(from, -1)) % 7 === Number(digits.at(-1));

/** Lengths and the check of Lotte are those the tracking service goes by; Korea Post's and Logen's are customary. */
export const CARRIERS = [
  {
    id: 'kr.cjlogistics',
    name: 'CJ대한통운',
    english: 'CJ Logistics',
    said: ['cj', '씨제이', '대한통운'],
    digits: [10, 12],
    check: { isRight: REST_OF_SEVEN(2), isSure: false },
    page: 'https://trace.cjlogistics.com/next/tracking.html?wblNo=#',
  },
  {
    id: 'kr.epost',
    name: '우체국택배',
    english: 'Korea Post',
    said: ['우체국'],
    digits: [13],
    check: null,
    page: 'https://service.epost.go.kr/trace.RetrieveDomRigiTraceList.comm?sid1=#&displayHeader=N',
  },
  {
    id: 'kr.hanjin',
    name: '한진택배',
    english: 'Hanjin',
    said: ['한진'],
    digits: [10, 14, 12],
    check: { isRight: REST_OF_SEVEN(0), isSure: false },
    page: 'https://www.hanjin.com/kor/CMS/DeliveryMgr/WaybillResult.do?mCode=MN038&schLang=KR&wblnumText2=#',
  },
  {
    id: 'kr.lotte',
    name: '롯데택배',
    english: 'Lotte',
    said: ['롯데'],
    digits: [12],
    check: { isRight: REST_OF_SEVEN(0), isSure: true },
    page: 'https://www.lotteglogis.com/home/reservation/tracking/linkView?InvNo=#',
  },
  {
    id: 'kr.logen',
    name: '로젠택배',
    english: 'Logen',
    said: ['로젠'],
    digits: [11],
    check: null,
    page: 'https://www.ilogen.com/web/personal/trace/#',
  },
] as const satisfies readonly Carrier[];

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
