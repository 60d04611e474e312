// How carriers title the columns of the file that brings the numbers back, without spaces.

export const ROLES = [
  'waybill',
  'recipient',
  'phone',
  'address',
  'carrier',
  'status',
  'own',
] as const;
export type Role = (typeof ROLES)[number];

/** Of the sender, of the farm, or of another way of the package: none of ours, whatever else it says. */
const OF_OTHERS =
  /보내|보낸|송하인|송화인|발송|발신|주문자|주문인|구매자|지정\)|출고지|집[하화]지?(?:점|사원|영업)|대리점|배송사원|기사|원운송장|원송장|반품(?:운송장|송장)|담당자|인수자/;

const TITLES: readonly (readonly [role: Role, title: RegExp])[] = [
  ['waybill', /^(?:택배)?(?:운송장|송장|등기|우편물)(?:번호|no)?\d?(?:\(.*\))?$/i],
  ['carrier', /^(?:택배사|배송사|운송사|택배회사|배송업체|운송업체)(?:명)?$/],
  ['status', /상태$|^(?:예약|접수|집[하화]|배송|택배)(?:구분|유형|종류)$/],
  ['phone', /전화|휴대|핸드폰|연락처|이동통신|모바일|(?:^|분)HP$/i],
  ['address', /주소|배송지/],
  [
    'recipient',
    /^(?:받는|받으시는|받으실|수하인|수화인|수화주|수취인|수취고객|수령인|수령자|수신인)(?:분|사람|고객|이)?(?:성명|성함|이름|명)?(?:\(.*\))?$|^(?:고객|성|이)(?:명|름)$/,
  ],
  // Our own mark is looked for in every cell: these only tell a file that has nothing else.
  ['own', /^(?:고객|쇼핑몰|상품)?주문번호$|^출고번호$|^고객(?:관리|사용)번호$|^비고$|^메모\d?$/],
];

/** What a column is for; null for one that says nothing we need. */
export function roleOf(title: string): Role | null {
  if (OF_OTHERS.test(title)) return null;
  return TITLES.find(([, pattern]) => pattern.test(title))?.[0] ?? null;
}

/** The second part of an address. */
export const DETAIL = /상세|주소2/;

/** Such a line stands in the file of a package that does not go to its recipient. */
export const NOT_SENT = /취소|반품|회수|반송/;

/** A line below the table that adds it up. */
export const TOTAL = /^(?:총?\s*합\s*계|[소총누]계|계)(?:[\s:(]|$)|^총\s*\d+\s*건/;
