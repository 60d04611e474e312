// Words that stand beside a name on a bank row, and rows that are no customer's money.

export const COMPANY_FORMS = /\((?:주|유)\)|주식회사|유한회사|농업회사법인|영농조합법인/g;

/** Written behind a name; one is dropped. The longer stand before the shorter. */
export const TRAILING_WORDS = [
  '고객님',
  '고객',
  '귀하',
  '입금',
  '송금',
  '이체',
  '주문',
  '대금',
  '님',
  '씨',
] as const;

/** Whose money it may be without being his name: always a question. */
export const KIN_WORDS = [
  '할머니',
  '할아버지',
  '어머니',
  '어머님',
  '아버지',
  '아버님',
  '와이프',
  '엄마',
  '아빠',
  '언니',
  '오빠',
  '누나',
  '동생',
  '남편',
  '아내',
  '아들',
  '네집',
  '이네',
  '댁',
  '맘',
  '부',
  '모',
  '처',
  '딸',
  '형',
  '네',
] as const;

const ISSUERS =
  '(?:kb)?국민|kb|신한|비씨|bc|삼성|현대|롯데|하나|우리|(?:nh)?농협|nh|씨티|수협|광주|전북|제주|(?:ibk)?기업|ibk|외환|카카오|토스|새마을|우체국|신협';
const MARKETS =
  '네이버페이|네이버파이낸셜|네이버|스마트스토어|카카오페이|카카오|토스페이먼츠|토스페이|쿠팡|11번가|번가|십일번가|지마켓|g마켓|옥션|배달의민족|배민|우아한형제들|요기요|페이코|제로페이|나이스페이먼츠|나이스페이|kg이니시스|케이지이니시스|이니시스|위메프|티몬|당근페이|당근';

/** A whole compared name that is no person's; 이자영 and 정산하 are people. */
export const INTEREST =
  /^(?:(?:예금|결산|보통예금|저축예금|자유예금|입출금통장|통장|요구불|파킹통장|세이프박스|플러스박스|정기예금|적금)?이자|이자(?:입금|지급|세금|소득)|예금결산)$/;
export const CARD_SETTLEMENT = new RegExp(
  `^(?:(?:${ISSUERS}){1,2}카드(?:사|매출|정산|매입)?|.{0,8}카드사?매출)$`,
);
export const MARKET_SETTLEMENT = new RegExp(
  `^(?:${MARKETS})(?:판매)?정산(?:금|대금)?$|^(?:네이버파이낸셜|쿠팡페이|우아한형제들|토스페이먼츠|나이스페이먼츠|kg이니시스|케이지이니시스)$`,
);
export const MONEY_BACK =
  /^.{0,10}(?:캐시백|캐쉬백|환급금|직불금|보조금|지원금|장려금|농민수당)$|^(?:국세|지방세|세금)환급$/;
/** The whole remark of the bank. */
export const RETURNED_MEMO = /^\p{Script=Hangul}{0,6}(?:환불|반환|취소)(?:금|대금|입금)?$/u;
