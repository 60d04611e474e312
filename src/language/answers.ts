// Short answers to our own questions, and the words that open a staff invite.

import { normalise } from './normalise.ts';
import { findPhones } from './phone.ts';

const ANSWER_MAX = 60;

const YES_WORD =
  '(?:네+|넵+|넹|넴|예|옙|응+|어+|웅|엉|ㅇ+|ㅇㅋ+|오케이|오키|ok(?:ay)?|yes|yep|yeah|sure|그래요?|그럼요|그렇습니다|맞아요?|맞습니다|맞아용|좋아요?|좋습니다|확정|당연하죠|물론이죠)';
/** What may stand before the verb: 그거 전부 취소해주세요. */
const WHAT =
  '(?:주문|예약|그거|이거|그것|그렇게|그대로|이대로|전부|전체|모두|다|바로|지금|그냥|주문은|주문을|맞게|꼭|좀)';
const ACT =
  '(?:취소|확정|진행|변경|수정|처리|확인|삭제|주문|발송|마감|시작|포장|환불|신청|그렇게|그대로|부탁)';
const ENDING =
  '(?:해 ?(?:주세요|주셔요|주십시오|줘요?|주이소|요|줄래요|도 돼요|도 됩니다|도 괜찮아요)|할게요?|할께요?|할래요?|하겠습니다|하겠어요|합니다|하세요|하고 ?싶어요|하려고요|하려구요|드려요|드립니다|드릴게요|이요|요|합시다|하자|해)';
const KIND =
  '(?:감사합니다|감사해요|고마워요?|고맙습니다|부탁드려요|부탁드립니다|알겠습니다|알겠어요|수고하세요|please)';

const ENGLISH_ACT =
  '(?:(?:please |do )?(?:cancel|confirm|change|place|order|erase|delete|go ahead)(?: (?:it|that|them|the order|my order))?(?: please)?)';

/** Closed on both sides, so that a yes with a condition or a change in it is none. */
const YES = closed(
  `(?:${YES_WORD}|(?:그렇게|그대로|이대로|진행) ?${ENDING})`,
  `(?:${YES_WORD}|(?:${WHAT} ?){0,3}(?:${ACT} ?${ENDING}?|${ENDING})|${ENGLISH_ACT}|${KIND})`,
);

const NOT_TO_BE = [
  '(?:취소|삭제|변경|주문|그렇게|그건?|진행)?(?:는|은|를|을)? ?하지 ?(?:마(?:세요|요|라)?|말아 ?(?:주세요|줘요?|요)|말고요?)',
  '(?:취소|삭제|변경|주문|진행|확정)?(?:는|은|를|을)? ?(?:안|아직 안) ?(?:할게요?|할께요?|할래요?|해요?|하겠습니다|합니다)',
  '그냥 ?(?:둘게요?|두세요|놔두세요|둬 ?주세요|둬요?)|(?:그대로 ?)?유지(?:할게요|해 ?주세요)',
].join('|');
const NO_WORD =
  '(?:아니(?:요|야|오|에요|예요|여|용)?|아뇨|아녀|아냐|노노?|ㄴㄴ+|no+|nope|no thanks?|싫어요?|싫습니다|괜찮아요?|괜찮습니다|됐어요?|됐습니다|됐네요|되었습니다|그만(?:할게요?|할래요?|둘게요?|두기|둘래요?)?|필요 ?없어요?|필요 ?없습니다|다음에 ?할게요?|나중에 ?할게요?)';

/** "네, 취소하지 마세요" is a no; "네 괜찮아요" could be either and is neither. */
const NO = closed(
  String.raw`(?:(?:(?:네|넵|예|응)[\s,.]+)?(?:${NOT_TO_BE})|${NO_WORD})`,
  `(?:${NO_WORD}|${NOT_TO_BE}|그냥|${KIND})`,
);

function closed(first: string, further: string): RegExp {
  const gap = String.raw`[\s,.!~^;ㅎㅋㅠㅜ♡]`;
  return new RegExp(`^${gap}*${first}(?:${gap}*${further}){0,3}${gap}*$`, 'iu');
}

/** A yes, alone or with its verb ("네 취소해주세요"); which act is meant is the question's. */
export function isYes(text: string): boolean {
  return text.length <= ANSWER_MAX && YES.test(normalise(text).trim());
}

/** A plain no ("아니요", "됐어요", "취소하지 마세요") and nothing else: "아니 3상자요" is none. */
export function isNo(text: string): boolean {
  return text.length <= ANSWER_MAX && NO.test(normalise(text).trim());
}

const WHY = new RegExp(
  String.raw`^[\s,.!~]*(?:(?:아니|근데|그런데|네|헐|아|어)[\s,.!~]+)?(?:${[
    '(?:왜|어째서)(?:요|죠|지요?|용)?',
    '왜 ?(?:그래요?|그러세요|그런가요|그런 ?거(?:예요|죠|에요))',
    '왜 ?(?:또 ?|자꾸 ?)?(?:바뀌|바뀐|바꼈|변경|옮기|옮긴|밀리|밀린|밀려|미뤄|미루|늦어|연기)[가-힣 ]{0,8}',
    '(?:무슨 ?)?(?:이유|까닭)(?:가|는|이|은)?(?: ?(?:뭐|뭔|무엇|왜|있)[가-힣]{0,5}|(?:예요|에요|인가요|죠|요))?',
    'why(?: is that| not)?',
  ].join('|')})[\s?!.~ㅠㅜ]*$`,
  'iu',
);

/** A bare "왜?", "왜 바뀌었어요?", "이유가 뭐예요?": about what was just said. */
export function isWhy(text: string): boolean {
  return text.length <= ANSWER_MAX && WHY.test(normalise(text).trim());
}

const PHONE_TALK =
  /제|저의?|내|본인|주문자|구매자|전화 ?번호|휴대폰|핸드폰|폰|연락처|번호|전화|여기|이쪽|이걸|이거|이 ?번호|입니다|이에요|예요|에요|이고요|이요|으로|로|요|는|은|네|넵|예|아|연락 ?(?:주세요|주시면 ?됩니다|부탁드려요|부탁드립니다|바랍니다)|해 ?주세요|부탁(?:드려요|드립니다|해요)|감사(?:합니다|해요)|고맙습니다|고마워요|수고하세요|my|phone|number|is|thanks?|thank you|please/giu;

/** Beside his number he may say who he is; a bare name would be the next recipient's. */
const SELF_TALK =
  /(?:저는|나는|난|내는|지는|제 ?이름은|내 ?이름은) ?[가-힣]{2,4}?(?:입니다|이?에요|예요|이?고요?|인데요?|이?구요?|이?여|이?유)?(?![가-힣])|(?:my name is|i am|i[’']m|this is) \p{L}+(?: \p{L}+){0,2}/giu;
const DIALECT_TALK = /나는|내는|지는|난|이?[고구](?=\s)|이?여|이?유|이?라예|입니더/gu;

/** The buyer's own number in answer to our question; null when the text says anything else beside. */
export function readOwnPhone(text: string): string | null {
  if (text.length > ANSWER_MAX) return null;
  const said = normalise(text);
  const [only, another] = findPhones(said);
  if (only === undefined || another !== undefined || only.digits === null) return null;
  const rest = `${said.slice(0, only.start)} ${said.slice(only.end)}`
    .replace(SELF_TALK, ' ')
    .replace(DIALECT_TALK, '')
    .replace(PHONE_TALK, '');
  return /[\p{L}\p{N}]/u.test(rest.replace(/[ㅎㅋㅠㅜ]/gu, '')) ? null : only.digits;
}

const INVITE = /^등록\s*[:：]?\s*([A-Za-z0-9][A-Za-z0-9\s-]{6,14})$/u;

/** The staff code in `등록 K7QX-2M9T`, as it was written; null when this is no such message. */
export function readInvite(text: string): string | null {
  if (text.length > ANSWER_MAX) return null;
  return INVITE.exec(text.trim().normalize('NFKC'))?.[1] ?? null;
}

/** The carrier whose name an answer says, of the names given by id; null when none or several fit. */
export function readCarrier(text: string, names: Readonly<Record<string, string>>): string | null {
  const said = text.replace(/택배|\s/gu, '').toLowerCase();
  if (said.length < 2 || said.length > ANSWER_MAX) return null;
  const fitting = Object.entries(names).filter(([, name]) => name.toLowerCase().includes(said));
  return fitting.length === 1 ? (fitting[0]?.[0] ?? null) : null;
}

const RECEIVED_ENGLISH =
  /^(?:yes[,.! ]*)?(?:i (?:have )?(?:got|received) (?:it|them|the box(?:es)?|everything)|(?:it|they|the box(?:es)?|everything)(?: has| have|['’]s)? arrived|received(?: it| them)?|got it)[,.! ]*(?:(?:thanks|thank you)(?: (?:so|very) much)?)?[.! ]*$/iu;
const RECEIVED =
  /^(?:네+|예|넵|응)?[,.!~\s]*(?:방금|오늘|어제|아까|지금|이미)?\s*(?:잘|다|모두|전부|무사히|안전하게|\s)*(?:받았(?:어요|습니다|네요|어|음)|수령(?:했어요|했습니다|완료)|도착(?:했어요|했습니다|했네요|완료)|왔(?:어요|습니다|네요))[.!~^ㅎㅋ\s]*(?:(?:정말|너무|항상)?\s*(?:감사|고마|고맙|잘\s*먹|맛있)\S*(?:\s*(?:먹을게요|먹겠습니다|드립니다|합니다|해요))?)?[.!~^ㅎㅋ\s]*$/u;

/** "잘 받았어요, 고마워요": the parcel arrived, and nothing else is said. */
export function isReceived(text: string): boolean {
  const said = text.trim().normalize('NFKC');
  return said.length <= ANSWER_MAX && (RECEIVED.test(said) || RECEIVED_ENGLISH.test(said));
}

const DAY_OFF =
  /^(?:그\s*날은?|저희)?\s*(?:휴무|쉼|쉬는\s*날|쉬어|쉽니다|쉴게|쉬겠습니다|쉴래)(?:요|예요|이에요|입니다|일이에요)?[.!~^\s]*$/u;

/** "쉬어요": a day off, without a word of which day. */
export function isDayOff(text: string): boolean {
  return text.length <= ANSWER_MAX && DAY_OFF.test(text.trim().normalize('NFKC'));
}

const EXCEPT = /빼고|제외|말고|외에|남기고|except|but not/iu;
const PLAIN_CANCEL =
  /^(?:저기요?|죄송(?:한데|하지만|해요)?|아|앗|저|그냥|혹시|방금|이번|제|지난)?\s*(?:전체|전부|모두|다)?\s*(?:주문|예약)?(?:한\s*거|을|를|은|는)?\s*(?:전체|전부|모두|다)?\s*(?:취소|캔슬|cancel)(?:요|할게요|할래요|하고\s*싶어요|하려고요|해\s*주세요|해주실\s*수\s*있나요|부탁(?:드려요|드립니다|해요)?|합니다|해요|해|할께요|가능한가요|되나요|please)?[.!?~^\s]*$/iu;
const ONE_MORE =
  /^(?:네+|예|응|넵)?[,.!\s]*(?:하나|한\s*번|똑같이|같은\s*거)?\s*더(?:요|\s*주문(?:할게요|해\s*주세요|이요)|\s*(?:주세요|할게요))?[.!~\s]*$/u;
const SKIP =
  /^(?:같아요|같습니다|동일(?:해요|합니다)?|받는\s*(?:분|사람)(?:과|이랑)?\s*같(?:아요|습니다)|건너\s*뛸게요|건너\s*뛰기|패스|skip|없어요|나중에요?)[.!~\s]*$/iu;

/** "… 빼고", "… 말고": the words name what is *not* meant. */
export function isException(text: string): boolean {
  return EXCEPT.test(text);
}

const CODE_SAID = /[A-Za-z]\s?\d[-\s]?\d{3}(?:번|은|는|을|를)?/gu;

/** A cancel of the whole order, with or without its code, and nothing narrower. */
export function isPlainCancel(text: string): boolean {
  const words = text.replace(CODE_SAID, ' ').trim();
  return text.length <= ANSWER_MAX && PLAIN_CANCEL.test(words);
}

/** "하나 더요": a yes to the same order again, not a count. */
export function isOneMore(text: string): boolean {
  return text.length <= ANSWER_MAX && ONE_MORE.test(text.trim());
}

/** The question is passed over. */
export function isSkip(text: string): boolean {
  return text.length <= ANSWER_MAX && SKIP.test(text.trim());
}
