// What a sentence does: asks for parcels, tells the courier something, takes an order back.

/** "연락 부탁드려요" asks for a call, and for no parcel. */
const NO_CONTACT =
  '(?<!(?:연락|전화|통화|답|답변|답장|회신|문자|톡)(?:을|를|도|만)? ?(?:좀 |좀|한 ?번 ?|꼭 ?|빨리 ?)?)';

/** A wish, request or statement that makes the sentence an order. */
const ORDER_VERBS = [
  '주문(?!자|번호|서|내역|했|하셨|한 |하려다|안|취소|은 언제)', // 주문합니다, 주문이요
  '시킬게|시키고 싶|시키려|시켜요|시켜 ?주',
  '보내 ?(?:주(?!신|셔서|셨|던)|줘(?!서)|드려(?!서)|드릴|볼게|달|다오)',
  '보낼게|보내려|보내는거|보내는 거|보내고 싶|보냅니다',
  '(?<!(?:값|돈|대금|금액|원)(?:을|를|은|는|만)? ?)(?:부쳐(?! ?(?:주신|주셔서|주셨))|부치)',
  `${NO_CONTACT}부탁(?!드렸|했|하셨)`,
  '예약(?!되|가능|돼|했|하셨)',
  '신청(?!자|했)',
  '구매(?!자|했)|구입(?!했)|살게|사고 싶|사려고|살래|살 ?수 있',
  '(?:박스|상자|개|팩|하나|둘|만|씩|요|더) ?(?:주세요|주셔요|줘요|주실|주이소|주십시오|줘)',
  '할게요|할께요|하겠습니다|하고 ?싶|하려고|하려구|할래요|할게',
  '추가요(?!금)|추가해|추가할|추가합|추가로',
  '손번쩍|저요',
  '가능할까요|될까요',
  '요청드|요청합|요청해',
  '필요(?:해요|합니다|한데요?)',
  '챙겨|넣어 ?주|배송해|택배해|택배로',
  "order|please|i(?:’|')?d like|would like|want|send|get |need",
].join('|');
export const ORDERS = new RegExp(ORDER_VERBS, 'iu');

/** A question that asks for the boxes all the same: "3박스 보내주실 수 있나요?" */
export const REQUESTS = new RegExp(
  `(?:주문|구매|예약|신청)(?:할게|할께|해 ?주|하고 ?싶|하겠|합니다|이요|요(?:$|[ .!~])| ?가능)|보내 ?(?:주(?!신|셔서|셨|던)|줘(?!서))|${NO_CONTACT}부탁(?!드렸|했|하셨)|(?:바꿔|바꿀|변경|수정|추가(?! ?(?:되|됩|돼|들|요금|금액|비용|배송|운임|로 ?내)))|주실 ?수|(?<!(?:알려|가르쳐|갈켜|확인|확인해|봐|답|답변|연락|전화|문자|회신|말씀해|말해|조회해|환불해|교환해|보상해|처리해|해결해|무시해|취소해|기다려|이해해|끊어|발행해)(?:을|를)? ?(?:좀 ?)?)주세요|(?:살|시킬|구할|구매할|구입할|주문할) ?수 ?있|(?:can|could|may) (?:i|we|you) `,
  'iu',
);

/** Wants what was sent before; nothing of it stands in the text. */
export const SAME_AGAIN =
  /(?:똑같이|그대로|같은 ?(?:걸|거|것|주소|곳)|지난 ?번|저번|작년|전에 ?(?:보내|시킨|주문)|same as)/iu;

/** The order is taken back, or never was one. */
export const WITHDRAWN = new RegExp(
  [
    '(?:주문|이거|그거|방금|전부|다|모두|그냥|예약|전체|신청)[^\\n]{0,12}취소',
    '취소(?:해|할|합|하|부탁|요|좀|시켜|바랍|$)',
    '다음에 ?(?:할게|할께|하겠|시킬|주문|살게|사겠|이용)',
    '담에 ?(?:할게|할께|시킬|주문|살게)',
    '나중에 ?(?:할게|할께|하겠|시킬|주문|살게)',
    '주문 ?(?:안 ?(?:해|할|하)|하지 ?않|못 ?하|철회|없던)',
    '(?:안|못) ?(?:살게|시킬게|할게요|할께요|살래|사요)',
    '없(?:던|었던) ?(?:일|걸|것)',
    '하려다가? ?(?:그냥|말|안|못|다음)',
    '(?:이번|올해|저는?|저희는?|그냥|일단)[가-힣]{0,3} ?(?:패스|건너[뛰뛸]|쉴[게께]|쉬겠)',
    '(?:관둘|그만둘|그만 ?할|말게요|말께요|안하려)',
    '취소[.!~]*$',
    '(?:잘못|실수로) ?(?:보냈|올렸|눌렀|보낸|적었|왔)[^\\n]{0,40}(?:무시|지워|삭제|잊어|못 ?본)',
    '무시(?:하(?:세요|셔|십)|해 ?(?:주세요|주시|주십|주셔|줘|요|도 ?(?:되|돼)))|못 ?본 ?(?:걸|것|척)(?:으로|로)?',
    '다른 ?[가-힣]{0,3}(?:농장|가게|집|분|데|곳|방)(?:에|으로|로|께|한테) ?(?:보낼|보내려|할|시킬|갈)[^\\n]{0,24}(?:잘못|착각|여기|실수|보냈|였|이었|건데)',
    '(?:마음|생각)(?:이|을)? ?(?:바뀌|바꿨|변했|달라)',
    'cancel|never ?mind|forget it',
  ].join('|'),
  'iu',
);

/** Said about boxes that were ordered or received before. */
export const ABOUT_THE_PAST =
  /(?:시킨|주문한|주문했|시켰|샀는데|받았|받은|왔는데|왔어요|도착했|먹었|맛있었|맛있게 먹|먹어 ?봤|구매했|구매한)/u;

export const ASKS_OR_COMPLAINS =
  /(?:언제 ?(?:와|오|도착|보내|발송|배송|출발|받)|어디(?:쯤|까지)?|안 ?(?:와요|왔|오네|옵|와서)|조회|송장|운송장|얼마|가격|몇 ?(?:개|과|키로|kg|알)|있나요\?|무른|무르|물러|상했|상해|상한|썩|터졌|터져|깨졌|깨져|깨진|부서|찌그러|눌려 ?(?:서|있|왔)|눌렸|짓눌|뭉개|짓물|터진|줄줄|멍들|멍이|파손|누락|덜 ?왔|곰팡|맛이 ?없|환불|교환|반품|잘못 ?(?:왔|온|배송)|확인 ?(?:되|됐|부탁|해 ?주|좀)|전화 ?좀|아니에요|when|where|how much|refund|status|track(?:ing)?(?![a-z]))/iu;

/** Wants to know something, so its counts and products are no order: "한 박스가 몇 키로예요?" */
export const ASKS_ABOUT =
  /얼마|몇 ?(?:키로|킬로|kg|그램|g(?![a-z])|개|과|알|송이|입|시|일|박스 ?(?:까지|있|남)|상자 ?(?:까지|있|남))|들었(?:나|어요 ?\?)|들어 ?(?:있|가)|(?:있|없|맞|파|하시|오|가|되셨|됐|왔)나요|(?:있|없|남았|달아|커|맞아)(?:어요|요)? ?\?|있을까요|인가요|한가요|무슨|어떤 ?(?:거|게|것|종류|품종|맛)|어떻게|언제 ?(?:와|오|도착|보내|발송|받)|받을 ?수 ?있|how (?:much|many|big|long)|when |which /iu;

/** Wants to know whether one may order at all: "아직 주문 가능한가요?" */
export const WONDERS =
  /(?:주문|예약|구매|구입|신청)(?:이|은|도)? ?(?:(?:가능|되)(?:한가요|할까요|한지|하나요|합니까|나요|는지)|(?:가능해요|돼요|될까요|받으시나요|받으세요) ?\?|할 ?수 ?있(?:나요|을까요|어요 ?\?))/u;

/** Said when the words before were wrong: the newest word counts. */
export const CORRECTS =
  /(?:^|[\s,.])(?:아니 ?(?:요|아|고|라|다)?(?=$|[\s,.~!])|아뇨|아니요)|잘못|바꿔|바꾸|바꿀|바꿨|변경|수정|정정|고쳐|바뀌었|바뀌어|바뀐|바꼈|말고|아니고|아니라|틀렸|틀린|오타|올릴게|올려 ?주|늘릴게|늘려 ?주|줄일게|줄여 ?주|내릴게|다시 ?(?:적|보내|알려|쓸)|instead|correct|change|wrong/iu;

/** One recipient is taken out of the order. */
export const DROPS = /(?:빼 ?주|뺄게|빼고|빼 ?줘|제외|취소)/u;

export const UNIT_UNKNOWN =
  /호수[는은만도]? ?(?:위|아래|밑|각자|각각)에? ?(?:적|쓴|써|있)|몇 ?(?:동|호)[^\n]{0,12}(?:확인|모르|나중|알려|물어|추후)|(?:동 ?호수|동 ?호|호수|상세 ?주소|나머지 ?주소|자세한 ?주소|정확한 ?주소|번지|층수|주소)(?:는|은|를|을|가|이)? ?(?:나중|추후|따로|다시|이따|곧|내일|아직|모르|모름|확인|알아보|물어보|미정|알려 ?드릴)|(?:동 ?[/,·] ?호수?|동이?랑 ?호수?|동 ?호수|호수|호실|층수|상세 ?주소|몇 ?동 ?몇 ?호|몇 ?호)(?:인지)?[는은를을가이도만]? (?:[^\n.!?\d]{0,30}?)(?:나중|추후|이따|아직|모르|모름|미정|정해지|배정|추첨|봐야|물어|(?:알려|말씀|보내|연락|전달) ?드[릴리]|(?<!다시 )드릴[게께])/gu;

/** Any of these makes a clause an instruction for the courier. */
const MEMO_WORDS = [
  '문 ?앞|집 ?앞|대문|현관|정문|후문|입구',
  '경비실|경비 ?아저씨|관리실|관리 ?사무소|안내 ?데스크|데스크|프런트|로비',
  '옆집|앞집|윗집|아랫집|이웃|옆 ?가게|1층 ?(?:가게|식당|카페|편의점)',
  '비번|비밀 ?번호|출입 ?(?:번호|코드)|호출',
  '벨|초인종|노크|인터폰',
  '부재 ?(?:시|중)|안 ?계시|집에 ?(?:없|아무도)|사람 ?없',
  '놔 ?(?:주|두)|내려 ?(?:주|놔|놓)|놓아|놓고|놓아두|두고 ?가|두시|둬 ?주|두세요|두면|맡겨|맡기|걸어 ?주',
  '택배 ?함|무인 ?(?:택배|보관)|보관함|소화전|계단|창고|마당|우편함|실외기|신발장|보일러실|비닐하우스|평상|마루',
  '(?:배송|하차|상차|도착|오시기|방문|가시기|배달|오기) ?(?:하시기 ?)?(?:전|직전)에? ?(?:꼭 ?|미리 ?)?(?:전화|연락|문자|톡)',
  '(?:도착|배송|배달) ?(?:하면|하시면|후|시|되면) ?(?:꼭 ?)?(?:전화|연락|문자|톡)',
  '도착 ?(?:알림|문자)',
  '(?:전화|연락|문자) ?(?:꼭 ?|한 ?통 ?|한번 ?|먼저 ?|미리 ?)?(?:주세요|주시|부탁|바랍|남겨|하지 ?마)',
  'leave|front door|at the door|doorbell|call (?:me )?before|text me|(?:door|gate|entrance|lobby) ?(?:code|password|passcode|pin)|guard',
  '(?:오전|오후|저녁|아침|주말) ?(?:중|시간대?)?(?:에|으로|에만)? ?(?:배송|배달|방문) ?(?:부탁|바랍|요망|희망|해 ?주)',
  '(?:이후|이전|사이|전|후|쯤)(?:에|로|엔)?(?= ?(?:와 ?주|오시|배송해|배달해|갖다|(?:배송|배달|방문) ?(?:부탁|바랍|요망|희망|원해|가능)))',
].join('|');
export const MEMO = new RegExp(MEMO_WORDS, 'iu');
/** Wishes to the farm with the same words in them. */
const NO_MEMO =
  /(?:입금|송금|이체|예약|계좌|송장|가격|얼마|확인되|발송되면|출발하면|발송하면|보내시면|잘못|제 번호|저한테|맛있|싱싱|달달|전화 좀|주문 ?가능)/u;
const MEMO_LEAD =
  /^[\s,.:;~!^\-/()[\]\p{Extended_Pictographic}]*(?:(?:아|참|앗|아참|그리고|그리구|또|혹시|네|넵|배송은|배송시|택배는|택배기사님|기사님|메모는?|요청사항은?)[\s,.~!]+){0,3}/u;
const MEMO_STOP =
  /(?:주세요|주셔요|주시면|주십시오|주시고|주이소|주심|줘요|세요|바랍니다|바래요|부탁드립니다|부탁드려요|부탁해요|부탁합니다|부탁|됩니다|돼요|되요|입니다|이에요|예요|please)(?: ?(?:됩니다|돼요|되요|감사하겠습니다|좋겠어요|좋겠습니다|요))?/giu;

const MEMO_BY_ITSELF =
  /문 ?앞|집 ?앞|현관|비번|비밀 ?번호|경비실|관리실|관리 ?사무소|부재|택배 ?함|보관함|소화전|옆집(?=[에으]|로)|[#*]|놔|두고|맡겨|맡기|놓|door|gate|leave/iu;

/** The instruction for the courier in a clause that no other reader has claimed; else null. */
export function memoIn(clause: string): { readonly start: number; readonly end: number } | null {
  const keyword = MEMO.exec(clause);
  if (keyword === null || NO_MEMO.test(clause)) return null;
  const lead = MEMO_LEAD.exec(clause)?.[0].length ?? 0;
  let end = clause.length;
  MEMO_STOP.lastIndex = keyword.index + keyword[0].length;
  let last: number | null = null;
  for (let stop = MEMO_STOP.exec(clause); stop !== null; stop = MEMO_STOP.exec(clause)) {
    last = stop.index + stop[0].length;
  }
  if (last !== null) end = last;
  const text = clause.slice(lead, end).replace(/[\s~!^.,/|ㅎㅋㅠㅜ♡)]+$/u, '');
  // A place alone ("마루", "창고") is no instruction; a door and its code are.
  if (text.length < 2 || (last === null && !MEMO_BY_ITSELF.test(clause))) return null;
  // "옆집 아줌마가" begins a story.
  if (last === null && /[가-힣](?:이|가|도|랑|네)$/u.test(text)) return null;
  return { start: lead, end: lead + text.length };
}

const WISHES =
  /도착|받|수령|배송|발송|납품|보내|출고|출하|출발|희망|와야|왔으면|까지[는만은]? ?(?:꼭 ?)?(?:부탁)|까지[는만은]?[^\n.!?]{0,10}?(?:오[면게]|(?<![가-힣])(?:들어)?[가오]면 ?(?:됩|돼|되|좋|충분)|올 ?수|와 ?주|와도)|부쳐|배달|맞춰|맞추|주세요|주시면|필요|arriv|deliver|ship|send|receive/iu;
const PAYS = /입금|송금|이체|결제|주문|샀|시켰|시킨|받았|생일|제사|추수|수확|연락|전화|문의/u;
/** "돈은 8/5에": when it will be paid. */
const MONEY_AHEAD = /(?<![가-힣])(?:돈|대금|금액|입금|송금|결제|이체)(?:은|는|을|를)? ?$/u;
const DISPATCHES = /발송|출고|출하|보내|부쳐|출발|ship|send/iu;

/** English says the wish before the day: "please deliver it on July 26". */
const EARLIER_WISH = /(?:deliver|arriv|ship|send|receive)[a-z]*(?: [a-z]+){0,2} $/iu;

/** Whether a named day is when the parcel should come or leave; null when it is about something else. */
export function wishedKind(before: string, after: string): 'arrive' | 'dispatch' | null {
  const behind = after.split(/[\n.!?]/u, 1)[0]?.slice(0, 24) ?? '';
  const wish = WISHES.exec(behind);
  const pay = PAYS.exec(behind);
  if (MONEY_AHEAD.test(before)) return null;
  if (EARLIER_WISH.test(before)) return DISPATCHES.test(before) ? 'dispatch' : 'arrive';
  if (wish && !(pay && pay.index < wish.index)) {
    return DISPATCHES.test(wish[0]) ? 'dispatch' : 'arrive';
  }
  if (pay) return null;
  const ahead =
    /(?:도착|수령|배송|받을|배달|받는)(?!(?:이|을|를)? ?(?:해야|하면|해서|하고|돼야|되면|되고))[^\n.,]{0,8}$/u.test(
      before,
    );
  if (ahead) return 'arrive';
  return /(?:발송|출고|출하)[^\n.,]{0,8}$/u.test(before) ? 'dispatch' : null;
}

/** Who the buyer calls a place by: 저희집, 엄마네. Adding one is one word. */
const HOMES =
  '저희집|저희 집|우리집|우리 집|제집|제꺼|제것|제거|내꺼|내것|본인|저희|우리|친정집|친정엄마|친정|시댁|시집|시어머니|시어머님|시아버지|시아버님|시부모님|큰댁|작은댁|외가|외할머니|외할아버지|외삼촌|오라버니|오라버님|장인어른|본가|처가집|처갓집|처가|엄마집|엄마네|엄마|아빠집|아빠네|아빠|부모님댁|부모님|어머니댁|어머님댁|어머니|어머님|아버지|아버님|장모님댁|장모님|장인|할머니댁|할머니네|할머니|할아버지|언니네|언니집|언니|오빠네|오빠|누나네|누나|형네|형님네|형님|형|동생네|동생집|동생|이모네|이모집|이모|고모네|고모|삼촌네|삼촌|큰집|작은집|큰아버지|큰엄마|작은아버지|작은엄마|숙모|고모부|이모부|친구네|친구집|친구|회사|사무실|가게|아들네|아들집|아들|딸네|딸집|딸|사돈댁|사돈|처제|처남|처형|형부|매형|매제|시누이|시누|올케|동서|며느리|사위|조카|손자|손녀|선생님';
export const HOME = new RegExp(
  `(?<![가-힣])(${HOMES})(?=(?:님)?(?:네|집|댁)?(?:$|[^가-힣])|(?:님)?(?:네|집|댁)?(?:에는|에|은|는|만|이랑|랑|하고|으로|로|(?:께|한테|에게)(?:는|도)?|꺼|것|거|도요?|이?요|이에요|예요)(?:$|[^가-힣]))`,
  'gu',
);

const ORDINALS = ['첫', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉', '열'];
const PLACES = '분|집|곳|사람|주소|받는 ?분|줄|행|칸|것|거|건';
/** 두 번째 분, 첫 줄, 마지막 집, 맨 위; never 마지막으로. */
export const ORDINAL = new RegExp(
  `(첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열|[1-9]) ?(?:번 ?째|번째)(?: ?(?:${PLACES}))?|(?<![가-힣])(?:(첫|마지막|끝|맨 ?(?:위|앞|끝|뒤|아래|밑))(?:번째|에|의)? ?(?:${PLACES})|(마지막|맨 ?(?:위|끝|아래|밑))(?=[은만]))(?![가-힣]{2}(?<!한테|에게|에는|으로))`,
  'gu',
);
const LAST = /^(?:마지막|끝|맨 ?(?:끝|뒤|아래|밑))/u;
/** Index from 0, and -1 for the last one. */
export function ordinalIndex(word: string): number {
  if (LAST.test(word)) return -1;
  if (/^(?:첫|맨)/u.test(word)) return 0;
  return /^\d/u.test(word)
    ? Number(word[0]) - 1
    : ORDINALS.findIndex((one) => word.startsWith(one));
}
