// Names of people and shops: what may be one, and how it reads without title and particle.

import { COPULA } from './endings.ts';
import { soundsLikeName } from './given-names.ts';
import { hasLetter, lettersOf } from './letters.ts';

const SURNAMES = new Set([
  ...'계김이박최정강조윤장임한오서신권황안송전홍유류고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국은편용예경봉사부가복태목형피두감음빈동온호범좌팽승간상시갈단견당화창라나초평묵돈어탕곡뇌엽필근담범섭옹총풍환반빙맥순탄궉낭',
]);
export const DOUBLE_SURNAMES = [
  '남궁',
  '선우',
  '황보',
  '제갈',
  '사공',
  '서문',
  '독고',
  '동방',
  '망절',
  '어금',
];

/** Whatever is cut off behind, a name begins like a surname. */
const NAME_BEGINS = lettersOf(
  [...SURNAMES, ...DOUBLE_SURNAMES].map((word) => word.charAt(0)).join(''),
);

/** Ordinary words that begin with a surname's letter. Not complete: a name must also stand well. */
const NO_NAME = new Set(
  (
    '사람 사람인데 이따 이따가 아까 조만간 주문 주문이요 주문해요 주문요 주문합니다 주세요 주소 주소는 주소요 주말 주문자 주문서 주문건 안녕 안녕하세요 안녕하십니까 안내 감사 감사해요 감사합니다 감사요 고맙습니다 고마워요 고객 고객님 ' +
    '수고 수고하세요 수고하십니다 부탁 부탁요 부탁해요 부탁드려요 부탁드립니다 배송 배송지 배달 배달지 전화 전화는 전화번호 번호 번호는 연락 연락처 연락처는 이름 이름은 성함 성함은 성명 우편 우편번호 ' +
    '문의 문앞 문앞에 문자 현관 현관앞 경비실 경비실에 관리실 옆집 오늘 오전 오후 내일 모레 어제 이번 이번주 지금 방금 조금 금방 금요일 목요일 화요일 수요일 월요일 토요일 일요일 다음 다음주 ' +
    '사장님 사모님 선생님 기사님 농부님 어머니 아버지 엄마 아빠 이모 고모 언니 오빠 동생 누나 형님 장모 장모님 장인 시댁 시어머니 친정 친정엄마 처가 본가 회사 회사로 우리집 저희 저희집 제가 저는 저도 ' +
    '복숭아 사과 감자 포도 옥수수 고구마 배추 천도 백도 황도 신선도 귤 감귤 자두 딸기 블루베리 ' +
    '상자 상자요 상자만 박스 박스요 박스만 하나 하나요 두개 두박스 세박스 한박스 두상자 세상자 한상자 모두 전부 전체 합계 합이 총 각각 각자 추가 추가로 정도 ' +
    '입금 입금자 입금완료 송금 완료 완료요 완료했어요 확인 확인요 가능 가능한 가능할까요 예약 예약합니다 예약이요 신청 신청합니다 구매 구매합니다 선물 선물용 가정용 선물이에요 포장 ' +
    '서울 서울시 부산 대구 인천 광주 대전 울산 세종 경기 경기도 강원 강원도 충북 충남 전북 전남 경북 경남 제주 제주도 ' +
    '동일 위와 상동 본인 없음 없어요 미정 여기 거기 저기 이쪽 이거 그거 저거 이것 그것 여기로 이리로 지난번 지난번과 지난번처럼 작년 작년에 올해 요즘 정말 진짜 너무 아주 매우 많이 조금만 혹시 만약 그럼 그리고 그런데 그래서 아니 아니요 아뇨 ' +
    '이고 이고요 이구요 이요 이에요 입니다 인데 인데요 있어요 있나요 있습니다 없습니다 해주세요 보내주세요 보낼게요 할게요 해요 합니다 됩니다 되나요 돼요 될까요 맞죠 맞나요 맞아요 부쳐주세요 부쳐주이소 ' +
    '시킬게요 시킨 사고 사서 사면 사려고 사려고요 살게요 먹고 먹을 받는 받는분 받을 보내는 보내는분 받고 도착 도착은 도착하면 발송 발송은 수량 수량은 희망 희망해요 희망합니다 상품 상품명 품목 ' +
    '변경 변경해주세요 변경요 수정 수정해주세요 수정요 정정 취소 취소해주세요 취소요 오타 오타요 죄송 죄송해요 죄송한데 죄송합니다 앗 아참 참고 ' +
    '공동 공동현관 비번 비밀번호 부재 부재시 부재중 방문 소량 대량 용량 가격 계좌 계좌번호 원합니다 원해요 유의 지번 지하 지상 상세주소 동호수 호수 층수 단지 아파트 빌라 빌딩 상가 주택 ' +
    '두집 세집 두군데 세군데 두곳 세곳 두명 세명 이집 저집 첫번째 두번째 세번째 네번째 한집 한곳 한분 두분 세분 네분 아래 아래로 위에 밑에 이상 이상입니다 이하 이용 이전 이후 ' +
    '고생 고생하세요 고르게 하시고 하세요 하고 하고요 한개 한번 한번더 구입 구입합니다 구합니다 기타 기본 기사 나머지 남편 노인 도로명 도움 마음 마을 명단 민원 반갑습니다 반품 백화점 변동 선택 선불 착불 성인 소포 송장 송장번호 ' +
    '신속 신선 신선한 안전 안전하게 양해 여러 여보세요 연속 오셔서 오시면 오시기 온라인 용도 우선 우체국 원래 원산지 유명한 육박스 은행 인원 인사 임시 자세한 장바구니 전달 전달드려요 전달해주세요 정확히 제품 제발 조심 조심히 조심해서 좋은 좋은걸로 지방 지역 진심 차량 차후 채소 최고 최대한 최상급 추석 추석에 추석때 추석선물 추천 태풍 표시 하루 하자 학교 한국 할인 함께 해결 현재 현금 현금영수증 형편 홍보 화이팅 황금 맛있는 맛있게 아이스박스 스티로폼 ' +
    '공란 빈칸 공백 익명 명의 명의로 명의자 반반 반반씩 반건시 반건조 반가워 반가워요 반가운 반찬 반찬가게 반나절 반드시 반대 반대로 반송함 반지하 순서 순서대로 순식간 순대 순두부 순한 순하게 강아지 고양이 하하 하하하 배고파 배불러 이모님 주인 주인장 노란거 연말 양말 반말 거짓말 안됨 안돼 이게뭐 왜이래 고마웠어 ' +
    '담근 절인 환불 도움말 모름 모름요 몰라 상담 상담원 상담사 사진 교환 반송 조회 배송비 신고 유료 고마운 고마워서 정보 정산 조건 주차 지도 진행 차이 탈퇴 공지 단가 동의 마감 방법 변심 보류 사용 사유 상세 서류 설명 성공 소개 소식 시작 안심 연결 영수증 예정 오류 옵션 용건 운송장 위치 유통 이벤트 인증 입력 장소 재고 전송 절차 접수 정답 제외 조정 종료 중단 중지 증빙 차단 채팅 처음 최신 출고 쿠폰 통화 파손 편지 포기 표기 하이 한우 해당 해지 행사 혜택 호출 화면 확정 회원 휴가 강남 강북 강서 강동 강원 서초 송파 용산 마포 성북 하나만 하나더 이메일 공유 연장 추가요 두고 ' +
    '어떻게 어디로 어떤 손자 손녀 손주 손번쩍 남동생 여동생 조카 지인 지인분 친구 선배 후배 교수님 과장님 부장님 대리님 팀장님 원장님 소장님 국산 도매 소매 전국 중복 동봉 상태 상품권 시간 시키신 반박스 이틀 사흘 나흘 사이즈 제철 국내산 유기농 무농약 당일 당도 가게 가족 강추 고정 공휴일 구정 설날 명절 연휴 여름 가을 겨울 봄 대학생 유학생 고등학생 외국인 주부 단골 단골손님 신혼부부 공무원 군인 교사 영문 영어 한글 국문 외국어 견적 돈은 돈이 돈을'
  ).split(/\s+/u),
);

/** Ends of names of shops and offices: address or recipient, depending on what else is said. */
const PLACES = (
  '치과 철물점 철물 어린이집 유치원 학원 의원 병원 한의원 약국 제과점 제과 과일가게 반찬가게 쌀집 주점 식당 카페 커피 마트 ' +
  '상회 상사 공방 미용실 헤어 교회 성당 사찰 세탁소 정육점 떡집 빵집 베이커리 꽃집 부동산 사무소 사무실 공업사 카센터 정비 ' +
  '전자 건설 산업 기업 컴퍼니 주식회사 농원 농장 수산 유통 물산 슈퍼 편의점 펜션 모텔 호텔 도서관 학교 초등학교 중학교 ' +
  '고등학교 대학교 연구소 복지관 경로당 주민센터 면사무소 우체국 은행 신협 농협 디자인 스튜디오 문구 서점 안경 가구 조명 인쇄 ' +
  '법무사 세무사 노무사 법률사무소 요양원 체육관 피아노 태권도 동물병원 목장 과수원 방앗간 반점 갈비 분식 치킨 횟집 국밥 칼국수 ' +
  '카페테리아 렌탈 기계 정밀 테크 물류 택배 운수 화원 사진관 미술관 박물관 협회 재단 조합 공사 공단 호프 노래방 pc방 당구장 ' +
  '목욕탕 찜질방 이발소 네일 필라테스 요가 헬스장 헬스 짐 골프 스포츠 내과 외과 소아과 피부과 산부인과 의학과 의료원 보건소 ' +
  '국수집 국숫집 고기집 고깃집 만두집 밥집 찻집 술집 해장국 순댓국 순대국 감자탕 곰탕 설렁탕 족발 뷔페 푸드 식품'
).split(' ');
const PLACE = new RegExp(`(?:${PLACES.join('|')})$`, 'iu');
/** By their last letters: most words end in another one. */
const PLACES_BY_END = new Map<number, readonly string[]>();
for (const place of PLACES) {
  const last = place.charCodeAt(place.length - 1);
  PLACES_BY_END.set(last, [...(PLACES_BY_END.get(last) ?? []), place]);
}

export function endsAsPlace(word: string): boolean {
  const places = PLACES_BY_END.get(word.charCodeAt(word.length - 1));
  if (places === undefined) return false;
  const small = word.toLowerCase();
  return places.some((place) => small.endsWith(place));
}

/** What a sentence hangs on a name. */
const NAME_ENDING =
  /(?:(?:고객)?님(?:께|이|은|한테|에게|으로|이요|입니다|이고|이구요|이세요)?(?:서)?|씨(?:께|한테|에게|로)?|귀하|올림|드림|앞으로요?|앞|이라고(?:요|합니다|해요)?|라고(?:요|합니다|해요)?|으로요?|이름으로|이고요?|이구요|이며|이에요|이예요|예요|에요|이요|입니다(?:만)?|임|인데요?|네(?:집|댁)?(?:이?고요|이?구요|이?에요|예요|입니다|요|로)?|이랑|하고|한테|에게|께|꺼(?:는|도)?|앞이요|의)$/u;
const SHORT_ENDING = /(?:로요?|고요?|구요|요|랑|은|는|이|가|과|와|도)$/u;
const VERB_LIKE =
  /(?:니다|세요|어요|아요|해요|네요|군요|까요|나요|죠|게요|래요|데요|거든|려고|려구|라고|면서|지만|니까|는데|은데|시고|주고|하고|어서|아서|해서|눠서|춰서|줘서|꿔서|둬서|으면|하면|되면|에서|까지|부터|보다|처럼|하게|스럽게|적으로|들이|들은|들을|겠습|습니|구요|고요|대요|거예요|거에요)$/u;

export const looksLikeVerb = (word: string): boolean => VERB_LIKE.test(word);

/** A Korean person's name by its looks, ending and title cut off; null when it is none. */
export function personName(word: string, fits = isPersonName): string | null {
  if (!hasLetter(NAME_BEGINS, word.charCodeAt(0))) return null;
  if (fits(word)) return word;
  // 조주임 is somebody called by his work, or a whole name; 조주 is nobody.
  if (NO_NAME.has(word) || CALLED.has(word.slice(1))) return null;
  // 예요 hangs on a vowel: 최송이예요 is 최송이; 김민준이예요, of four letters, only misspells 이에요.
  const vowelled = BEHIND_VOWEL.exec(word)?.[1];
  if (vowelled !== undefined && fits(vowelled)) return vowelled;
  let candidate = word;
  for (const ending of [POLITE, TITLE_ENDING, NAME_ENDING, SHORT_ENDING]) {
    const cut = candidate.replace(ending, '');
    if (cut === candidate || cut.length < 2) continue;
    candidate = cut;
    // Two letters are left of many a verb; they need a title behind them.
    const enough = candidate.length > 2 || TITLED.test(word.slice(candidate.length));
    if (enough && fits(candidate)) return candidate;
  }
  return null;
}

const BEHIND_VOWEL = /^(..이)(?:예요|예유|예용|예여|옙니다|여요)$/u;
const POLITE = new RegExp(`(?:${COPULA})$`, 'u');
const TITLE_ENDING = /(?:고객|선생|교수|사장|부장|과장|대리|원장|여사)?(?:님|씨)$/u;
const TITLED = /님|씨|귀하|입니다|이고|이구|이에요|이예요|예요|앞으로/u;

export function isPersonName(word: string): boolean {
  if (!hasLetter(NAME_BEGINS, word.charCodeAt(0))) return false;
  if (!/^[가-힣]{2,5}$/u.test(word) || NO_NAME.has(word) || isDepartment(word)) return false;
  const double = DOUBLE_SURNAMES.some((surname) => word.startsWith(surname));
  // 남궁민로 is 남궁민 and a particle.
  if (double && word.length >= 3 && word.length <= 4)
    return !VERB_LIKE.test(word) && !/(?:[님씨]|^.{3}로)$/u.test(word);
  if (CALLED.has(word.slice(1)) || CALLED.has(word)) return false;
  if (word.length > 4 || !SURNAMES.has(word[0] ?? '')) return false;
  if (word.length === 4) return false;
  if (VERB_LIKE.test(word) || NO_NAME_TAIL.test(word)) return false;
  if (!/[은는이가을를도로만와과요에의랑건]$/u.test(word) || !mayHang(word)) return true;
  if (NO_NAME.has(word.slice(0, -1))) return false;
  return !NOUNS.has(word.slice(0, 2));
}

/**
 * Whether the last letter can be a particle of what stands before it: 이하은 is no 이하 with one, for behind a
 * vowel it would be 는.
 */
function mayHang(word: string): boolean {
  const particle = word.at(-1) ?? '';
  const isVowel = (word.charCodeAt(word.length - 2) - 0xac00) % 28 === 0;
  return isVowel ? !BEHIND_CONSONANT.has(particle) : !BEHIND_VOWEL_ONLY.has(particle);
}

const BEHIND_CONSONANT: ReadonlySet<string> = new Set('은이을과');
const BEHIND_VOWEL_ONLY: ReadonlySet<string> = new Set('는가를와랑');

/** What people are called by their work, their church or their village. */
const WORK =
  '고객|사장|사모|대표|이사|상무|전무|부장|차장|과장|대리|주임|사원|팀장|실장|본부장|센터장|지점장|국장|계장|소장|점장|주무관|매니저|원장|선생|교수|강사|조교|간호사|약사|여사|기사|회장|총무|간사|반장|이장|통장|집사|권사|장로|목사|전도사|신부|수녀|스님|어르신|할머니|할아버지|사무장|구역장|회원|성도|교우|동문|학생|형제|자매|위원';
/** Behind a name only: 육대령 and 민원사 are names themselves. */
const RANKS =
  '병장|상병|일병|이병|훈련병|하사|중사|상사|원사|준위|소위|중위|대위|소령|중령|대령|순경|경장|경사|경위|경감|소방교|소방장|소방위';
export const TITLES = `${WORK}|${RANKS}`;
/** 김사장, 박대리: a surname and what its bearer is, but no name. */
const CALLED: ReadonlySet<string> = new Set(WORK.split('|'));
export const isCalledByWork = (word: string): boolean =>
  CALLED.has(word) || (isSurname(word[0] ?? '') && CALLED.has(word.slice(1)));

const DEPARTMENT =
  /^[가-힣a-z]{1,8}(?:팀|부서|본부|센터|파트|그룹|지점|영업소|사업소|사무국|위원회)$|^(?:총무|행정|관리|기획|인사|경리|재무|회계|영업|생산|품질|구매|자재|물류|홍보|마케팅|디자인|개발|연구|전산|교무|비서|원무|간호|민원|시설|안전|사업|경영|지원|경영지원|고객지원|운영|업무|급식|영양)(?:실|부|과|처|국)$/iu;
/** Where in a house the parcel goes, and nobody's name: 총무팀, 행정실. */
export const isDepartment = (word: string): boolean =>
  DEPARTMENT_LAST.has(word.slice(-1)) && DEPARTMENT.test(word);
const DEPARTMENT_LAST: ReadonlySet<string> = new Set('팀서부터트룹점소국회실과처');

/** Where in a school or an office: it stands behind the floor and belongs to the address. */
export const ROOM =
  /^(?:제?\d{0,2}(?:행정|교무|교장|원장|소장|관리|열람|회의|강의|연구|상담|민원|총무|사무|학과|보건|급식|숙직|당직|경비|진료|자료|문서|기획|세미나|작업|휴게|탕비)실|안내데스크|데스크|프런트|로비|(?:총무|기획|민원|관리|영업|인사|재무|사업|행정|홍보|지원|개발|운영|생산)(?:과|부|팀))(?=$|이?에요$|예요$|입니다$|으?로$|이고요?$|이며$|이요$)/u;

/** Ends that no given name has: 시댁에, 전화를, 두개씩. */
const NO_NAME_TAIL = /(?:..들|에|를|께|씩|읍|댁|집|할|될|한테|으|던|님|씨|팀)$/u;

/** With a particle behind them these are no names: 주문은, 전화로. */
const NOUNS = new Set(
  '서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주 주문 배송 전화 번호 연락 성함 이름 주소 선물 입금 문자 포장 상자 박스 사과 감자 포도 수량 상품 도착 발송 예약 확인 오늘 내일 모레 오전 오후 가격 계좌 현관 경비 추석 변경 수정 취소 회사 친정 시댁 본가 황도 백도 천도 송장 제품'.split(
    ' ',
  ),
);

export const isSurname = (letter: string): boolean => SURNAMES.has(letter);

/** (주)미래소프트, 한빛 주식회사 */
export const COMPANY =
  /(?:\((?:주|유|재|사)\)|주식회사 ?|유한회사 ?)[가-힣A-Za-z0-9]{2,15}|[가-힣A-Za-z0-9]{2,15}\((?:주|유)\)/gu;

const COMPANY_HEAD =
  /^[\s"':=\-~*]*((?:\((?:주|유|재|사)\)|주식회사|유한회사|(?:농업회사|영농조합|사단|재단)법인) ?[가-힣A-Za-z0-9]{2,15}|[가-힣A-Za-z0-9]{2,15} ?\((?:주|유)\))(?=$|[\s,/|.!~])/u;

/** The firm a value begins with: "(주)대한상사입니다". */
export function companyIn(value: string): string | null {
  const company = COMPANY_HEAD.exec(value)?.[1];
  return company?.replace(/(?:입니다|이에요|예요|이요|이고|이며|으로|로)$/u, '') ?? null;
}

export const isPlaceName = (word: string): boolean =>
  word.length >= 3 && endsAsPlace(word) && !NO_NAME.has(word);

/** 공방, 어린이집: what sort of place it is, and no name by itself. */
export const isKindOfPlace = (word: string): boolean => PLACE.exec(word)?.[0] === word;

const RELATION =
  /^(?:우리|저희|제|저|나|저의|내|그|남편|아내|와이프|신랑|집사람|엄마|아빠|어머니|아버지|어머님|아버님|아들|딸|막내|큰딸|작은딸|큰아들|작은아들|동생|남동생|여동생|언니|누나|오빠|오라버니|오라버님|시어머니|시어머님|시아버지|시아버님|장인어른|외할아버지|숙모|고모부|이모부|작은아버지|큰아버지|친정엄마|형|형님|누님|이모|고모|삼촌|할머니|할아버지|며느리|사위|장모|장인|처남|처제|형부|매형|시누이|사돈|조카|손자|손녀|친구|지인|선배|후배|은사|제자|거래처|동료|직장동료|회사|상호|본인|단골|이웃|과장|부장|대리|사장|이사|대표|팀장|실장|원장|선생|교수|기사|상무|전무|차장|주임|사원|소장|국장|점장|시누|올케|큰애|작은애|첫째|둘째|셋째|큰형님|외삼촌|외할머니|큰이모|사촌)(?:님|분|인|이신|의|네|께|은|는)?(?:께서)?$/u;
/** 엄마폰 is no more a name than 엄마. */
export const isRelation = (word: string): boolean =>
  RELATION.test(word) ||
  (/(?:폰|번호|전화)$/u.test(word) && RELATION.test(word.replace(OWN_PHONE, '')));
const OWN_PHONE = /(?:핸드|휴대)?(?:폰|전화)?(?:번호)?$/u;
const NO_VALUE =
  /^(?:없음|없어요|없습니다|미정|무|x|none|n\/a|-+|추후|나중|아직|모름|미입력|공란|빈칸|[.*?]+)(?:$|[ .,!]|으?로(?=$|[ .,!]))/iu;

/** The name in a labelled value, or else in the bracket behind it: "제 이름(차은결)으로". */
export function nameInValue(value: string, strong: boolean): string | null {
  const bracket = /\(([가-힣]{2,4})\)/u.exec(value)?.[1];
  return nameInHead(value, strong) ?? (bracket && isPersonName(bracket) ? bracket : null);
}

/** The name in a labelled value: "진종필 이름으로 들어갈거예요" → 진종필. Null when there is none. */
function nameInHead(value: string, strong: boolean): string | null {
  const company = companyIn(value);
  if (company !== null) return company;
  const head = value
    .replace(INSTEAD_OF, '')
    .replace(/^[\s"'“‘:=\-~*[\](]+/u, '')
    .replace(/^(?:is|to|for|mr|mrs|ms)\.? /iu, '')
    .split(/[,/|()\t;\n"'”’[\]]|\.(?:\s|$)| {3,}/u, 1)[0]
    ?.trim();
  if (!head || NO_VALUE.test(head) || ADDRESS_HEAD.test(head)) return null;
  const house = head.search(ADDRESS_BEHIND);
  if (house > 0) return nameInHead(head.slice(0, house), strong);
  const latin = /^[A-Za-z][A-Za-z.'’-]*(?: [A-Za-z][A-Za-z.'’-]*){0,3}/u.exec(head)?.[0];
  if (latin !== undefined) return latin.length >= 2 ? latin.replace(/[.]$/u, '') : null;
  const words = head.split(/ +/u).slice(0, WORDS_OF_VALUE_MAX);
  if (words.every(isDepartment)) return null;
  const joined = spacedName(words);
  if (joined !== null) return joined;
  const person = bestPerson(words);
  const whole = words.slice(0, 4).join(' ').replace(TITLE, '').trim();
  if (person !== null && !(strong && isPlaceName(words.join('')))) return person;
  if (!strong) return isPlaceName(words[0] ?? '') ? withOffice(words) : null;
  const titled = besideTitle(words);
  if (titled !== null) return titled;
  const fits = /^[가-힣A-Za-z0-9&.·㈜() -]{2,20}$/u.test(whole) && /[가-힣A-Za-z]{2}/u.test(whole);
  if (
    !fits ||
    words.some((word) => VERB_LIKE.test(word)) ||
    /[고구]요$/u.test(whole) ||
    words.length > 4
  )
    return null;
  return whole.replace(/(?:입니다|이에요|예요|이요)$/u, '');
}

/** "경영지원실 낙하영 차장": the one word that is neither an office nor what somebody is called. */
function besideTitle(words: readonly string[]): string | null {
  const titles = words.filter((word) => CALLED.has(word.replace(/님$/u, '')));
  const [only, another] = words.filter((word) => !titles.includes(word) && !isDepartment(word));
  if (titles.length === 0 || only === undefined || another !== undefined) return null;
  return /^[가-힣]{2,4}$/u.test(only) && !isOrdinary(only) && !isRelation(only) ? only : null;
}

/** "두예진 아니고 두재학", "복길동 → 복기동": the name that does not count any more. */
const INSTEAD_OF =
  /^[\s"'“‘:=\-~*[\](]*[가-힣]{2,5}(?:님|씨)?(?:이|가)? ?(?:아니고요?|아니구요?|아니라|말고|에서|[-=~]{0,2}>|[→⇒➡▶])[\s,]*(?=[가-힣]{2})/u;
/** "해담유통 총무팀으로": the office within the firm. */
function withOffice([firm = '', office = '']: readonly string[]): string {
  const head = /^[가-힣]{1,6}(?:팀|부|과|점|지사)(?=$|으로|로|입니다|이에요|예요)/u.exec(
    office,
  )?.[0];
  return head === undefined ? firm : `${firm} ${head}`;
}

/** "수령인: 서울 금천구 …": where a field for a name begins with a province nobody is named. */
const ADDRESS_HEAD =
  /^(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충[북남청]|전[북남라]|경[북남상]|제주)[가-힣]{0,6} [가-힣]{1,5}[시군구읍면동]/u;
/** "받는분 피터팬제과 전남 여수시 …": the name ends where the address begins. */
const ADDRESS_BEHIND = new RegExp(
  `(?<= )(?:${ADDRESS_HEAD.source.slice(1)}|[가-힣]{1,4}[시군] [가-힣\\d]{1,8}(?:[구읍면동]|로|길)[ \\d])`,
  'u',
);
const WORDS_OF_VALUE_MAX = 7;

export const TITLE_ALONE = new RegExp(`^(?:(?:${TITLES})님?|님|씨)$`, 'u');

/** "김 영희", "남궁 민수" */
function spacedName([first = '', second = '', third = '']: readonly string[]): string | null {
  const surname = first.length === 1 ? isSurname(first) : DOUBLE_SURNAMES.includes(first);
  // "곡 마리아 수녀님": behind a title also a given name of three letters.
  if (isSurname(first) && /^[가-힣]{3}$/u.test(second) && TITLE_ALONE.test(third))
    return `${first} ${second}`;
  const given = /^[가-힣]{1,2}(?=$|[^가-힣]|[님씨]|으로|입니다|이고|예요|이에요)/u.exec(
    second,
  )?.[0];
  return surname && given !== undefined && !NO_NAME.has(given) ? first + given : null;
}

/** The name behind what its bearer is called: "우리 아들 최재호", "제자 명소희로". */
function bestPerson(words: readonly string[]): string | null {
  let short: string | null = null;
  for (const [index, word] of words.entries()) {
    if (RELATION.test(word) || isDepartment(word)) continue;
    const person = personName(word) ?? shortPerson(word);
    // "구역장 계미란입니다": the word that ends what is said is the name.
    if (person === word && endsSaid(words[index + 1])) continue;
    if (person !== null && person.length > 2) return person;
    short ??= person;
    if (person === null && VERB_LIKE.test(word) && !/바꿔|바꾸|변경|수정|정정/u.test(word)) break;
  }
  return short;
}

const endsSaid = (word = ''): boolean => {
  const name = personName(word);
  return name !== null && name.length > 2 && name !== word && soundsLikeName(name);
};

/** "강별이고요": where a name is sure to stand two letters are enough. */
function shortPerson(word: string): string | null {
  const bare = word.replace(POLITE, '');
  if (bare.length !== 2 || bare === word || RELATION.test(bare) || isOrdinary(word)) return null;
  if (CALLED.has(word.slice(1))) return null;
  return isPersonName(bare) && soundsLikeName(bare) ? bare : null;
}

const TITLE = /(?:고객님|님|씨|귀하)$/u;

const LATIN_NAME =
  /^[A-Z][a-z'’.-]+(?: (?:[A-Z]['’]|Ma?c)?[A-Z][a-z'’.-]*){1,3}$|^[A-Z]{2,}(?: [A-Z]{2,}){1,2}$/u;
const LATIN_NO_NAME =
  /\b(?:hi|hello|dear|please|thanks?|you|order|box(?:es)?|recipient|phone|address|name|apt|korea|seoul|busan|the|for|and|to|my|is|mobile|peach(?:es)?|apples?|grapes?|corn|potato(?:es)?|tel|deliver|delivery|ship|send|would|like|can|city|mr|mrs|ms|farmer|leave|door|at|sir|good|morning|afternoon|evening|regards|best|sincerely|memo|note|qty)\b/iu;

export const isLatinName = (text: string): boolean =>
  LATIN_NAME.test(text) && !LATIN_NO_NAME.test(text);

/** "상동", "위와 동일": the same person as above. */
export const SAME_AS =
  /^(?:(?:상동|동일인?|본인)(?=$|[^가-힣]|[합해함입이하요으])|〃|위와 ?(?:동일|같|똑같)|위 ?동일|받는 ?(?:분|사람|이)(?:과|와|이랑|하고)? ?(?:동일|같)|수령인(?:과|이랑)? ?(?:동일|같)|수취인(?:과|이랑)? ?(?:동일|같)|(?:주문자|주문하는 ?분|주문인|예약자|신청자|보내는 ?(?:분|사람|이)|발송인|구매자)(?: ?본인)?(?:와|과|랑|이랑|하고)? ?(?:동일|같|$)|same)/iu;

const LEADS = new Set(
  '아니라 저두 나두 저희두 우리두 그럼 대신 재구매 재주문 추가주문 선주문 일단 우선 아무튼 이번 이번엔 이번에 이번에도 추가 주문 수량 택배 선물 전부 모두 합계 따로 먼저 다시 그냥 혹시 오늘 내일 올해 각각 각자 총합 도합 합쳐서 최소 최대 대략 약간 딱 꼭 역시 똑같이 그리고 또한 제발 신청 예약 발송 배송 부탁 구매 과일 선물용 가정용 이것 저것 요거 이거 그거 저거 저는 나는 저도 나도 여기 거기'.split(
    ' ',
  ),
);
const HUNG_ON = /[요는은이가을를로에서고면게만도다데랑와과의씩중네아야지한할된인께시테터럼집댁]$/u;

/** Ends like a word with its particle. */
export const hangsOn = (word: string): boolean => HUNG_ON.test(word);

/** A word that is no name, whatever its sound. */
export const isOrdinary = (word: string): boolean => LEADS.has(word) || NO_NAME.has(word);

/** A word that may well stand before a count without being what is counted. */
export const ordinaryWord = (word: string): boolean =>
  LEADS.has(word) ||
  CALLED.has(word) ||
  NO_NAME.has(word) ||
  HUNG_ON.test(word) ||
  /[님씨]$/u.test(word) ||
  VERB_LIKE.test(word) ||
  isPersonName(word) ||
  isPlaceName(word);
