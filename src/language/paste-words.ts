// The words of couriers' sheets, messages and apps: what a column or a labelled line holds.

export type Column = 'row' | 'ordinal' | 'name' | 'phone' | 'address' | 'waybill' | 'carrier';

/** In the order in which they are tried; `null` is a column that says nothing of the recipient. */
const COLUMNS: readonly (readonly [RegExp, Column | null])[] = [
  [/^(?:보내|발송인|발송자|발신|송하인|의뢰|주문자|구매자|판매|sender)/, null],
  [
    /^(?:주문|예약|접수|상품|품목|품명|수량|내품|박스|상자|메모|비고|배송메|상태|금액|운임|우편)/,
    null,
  ],
  [/^(?:날짜|일자|일시|집화|배달|배송일|출고일|발송일)/, null],
  [/(?:운?송장|등기)(?:번호|입력|등록|no\.?)?\d?$/, 'waybill'],
  [/(?:전화|연락처|휴대폰|핸드폰|휴대전화|hp|phone|tel)(?:번호)?\d?$/, 'phone'],
  [/(?:주소|배송지|수령지|address)\d?$/, 'address'],
  [/^(?:행|행번호|줄|줄번호|목록번호)$/, 'row'],
  [/^(?:no\.?|번호|순번|순서|연번|#|nr)$/, 'ordinal'],
  [/^(?:택배|택배사|택배회사|배송사|운송사|배송업체|carrier)$/, 'carrier'],
  [/^(?:받는|받으|수령|수취|수하|고객|성명|성함|이름|name|recipient)/, 'name'],
];

/** What a title holds; undefined when it is none. */
export function columnOf(title: string): Column | null | undefined {
  const bare = title.replace(/[\s:()[\]*]/g, '').toLowerCase();
  if (bare === '' || /\d{3}/.test(bare)) return undefined;
  return COLUMNS.find(([pattern]) => pattern.test(bare))?.[1];
}

export const RECIPIENT_LABEL =
  '(?:받는 ?분|받는 ?사람|받으시는 ?분|받으실 ?분|수취인|수령인|수령자|수하인|고객명|성명|성함|이름)';
/** "받는분: 박*수", "수취인 김영희님". */
export const LABELLED_NAME = new RegExp(
  `${RECIPIENT_LABEL}(?: ?(?:명|이름|성함|성명))? ?[:=]? ?(?!연락처|전화|휴대|핸드폰|주소|우편)([가-힣a-z*○●〇][가-힣a-z*○●〇]{1,14})`,
  'u',
);
/** Who sends, up to the next field. */
export const SENDER =
  /(?:보내는 ?분|보내시는 ?분|보내는 ?사람|발송인|발송자|송하인|의뢰인) ?[:=]? ?[^,/|]{0,40}?(?=받는|받으|수취|수령|수하|[,/|]|$)/gu;
export const LABELLED_ADDRESS = /(?:주소|배송지|수령지) ?[:=]? ?(.{4,120})$/u;
/** Only couriers talk so: their other lines are no farmer's words. */
export const COURIER_TALK =
  /\[web ?발신\]|\[[^\]\n]{0,12}(?:택배|통운|우체국|로젠|한진|롯데|cj)[^\]\n]{0,12}\]|고객님|보내신|보내는 ?분|배송 ?조회|https?:/u;
/** A province, a city or a road with its number: an address begins here. */
export const ADDRESS_START =
  /(?<![가-힣])(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충[남북]|충청|전[남북]|전라|경[남북]|경상|제주)(?:특별자치[시도]|특별시|광역시|[남북]?도|시)? [가-힣]{1,5}[시군구읍면](?![가-힣])|(?<![가-힣])[가-힣]{1,4}[시군구] [가-힣\d]{2,8}(?:[읍면동리로길구])(?![가-힣])|(?<![가-힣])(?!(?:대한통운|우체국|한진|롯데|로젠)(?:택배)?으?로)[가-힣\d]{2,8}(?:로|길) ?\d/u;
