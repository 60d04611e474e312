// Who pays and who sends, said in a sentence: "진종필 이름으로 입금", "돈은 아들 목진규가 넣을 거예요".

import { isLongName, soundsLikeName } from './given-names.ts';
import { matchesOn, says } from './letters.ts';
import { isLatinName, isOrdinary, isRelation, looksLikeVerb, personName } from './names.ts';
import { isFree, type Page, put } from './page.ts';

const KIN =
  '남편|아내|와이프|신랑|집사람|엄마|아빠|어머니|아버지|어머님|아버님|시어머[니님]|시아버[지님]|장모님|장인어른|처남|처제|형부|매형|매제|시누이|올케|이모부|고모부|손자|손녀|조카|형님|할머니|할아버지|[큰작막]?(?:은|내)?아들|[큰작막]?(?:은|내)?딸|막내|동생|언니|누나|오빠|형|이모|고모|삼촌|친구|며느리|사위|직원|대표|사장';
/** "울 남편 ", "저희 엄마 ", "회사 직원 " in front of a name. */
const KIN_WORD = `(?:(?:우리|울|저희|제|내|저의) ?)?(?:(?:${KIN})(?:님|인)?(?: ?(?:이름|성함|명의)(?:인|은)? | |(?=[가-힣]{3})))?`;
/** "제가 한꺼번에 " between the name and what is done, or in front of it. */
const MEANWHILE =
  '(?:(?:제가|저희가|한꺼번에|한 ?번에|같이|바로|지금|방금|오늘(?: 중)?|내일|모레|이따|나중에|곧|먼저|미리|모두|다) ?){0,3}';
const MONEY_WORD = '입금|송금|이체|결제|대금|돈';

/** The frames of a name under which something is done: quoted, in brackets, in Latin letters, or a word. */
const BY_NAME = new RegExp(
  [
    `(?:['"‘“「](?<quoted>[가-힣A-Za-z0-9()&. ]{2,15})['"’”」]`,
    String.raw`|(?:이름|명의|성함|통장|계좌) ?\((?<bracket>[가-힣A-Za-z ]{2,15})\)`,
    '|(?<![A-Za-z])(?<latin>[A-Za-z]{2,20}(?: [A-Za-z]{2,20}){0,3})',
    `|(?<![가-힣])${KIN_WORD}(?<plain>[가-힣]{2,10}?))`,
    ' ?(?<named>이름|명의|성함|이란 이름)?(?:으로|로|에서|이라고|라고)(?:요|만|는)? ?(?:해서 ?)?',
    MEANWHILE,
    '(?<act>입금|송금|이체|결제|돈|찍[히혀힐]|떴|뜰|뜨|표시|나[오올온가갈갑감간]|들어|넣|보[냈낼냅낸]|보내|부[쳤칠치쳐]|발송|했|할[게께 ]|하겠|합니|하려|됩|될|갈|갑|감|가[요 ]|빠[져질]|처리|적|쓸|써)',
  ].join(''),
  'gu',
);
/** Cheap, and true of every text with a match of it that says who pays or sends. */
const DONE_BY_NAME = new RegExp(
  `(?:로|에서|라고)(?:[^\\n.]{0,24})(?:${MONEY_WORD}|찍|[떴뜰뜨]|표시|나|보|부|넣|들어|발송|했|할|하|합|됩|될|갈|갑|감|가|빠|처리|적|쓸|써)`,
  'u',
);
const BANK_SHOWS = /^(?:입금|송금|이체|결제|돈|찍|떴|뜰|뜨|표시)/u;
const MONEY = /입금|송금|이체|돈|대금|계좌|통장|은행|결제|\d ?원/u;
const ON_PARCEL = /송장|택배|상자에|박스에|스티커|보내는 ?(?:분|사람|이)/u;
/** "돈은 진종필로 보냅니다", "이체는 제가 황보람으로 한꺼번에 할게요", "입금은 12/3에 어금희로" */
const MONEY_AHEAD = new RegExp(
  `(?:${MONEY_WORD})[은을는이도]? ?(?:[^\\n가-힣]{1,8}(?:에|일에|까지)? )?${MEANWHILE}(?:영문 ?)?$`,
  'u',
);
const AROUND = 40;

/** "허덕 입금했습니다" at the start of a sentence; behind an address it may be the recipient. */
const PAID_BY =
  /(?<=^|[\n.!~] *)(?<name>[가-힣]{2,4})(?:이|가)? ?입금(?: ?(?:했|완료|하겠|할게|할께|합니다|함|됐)|$|(?=\n))/gu;

/** "돈은 아들 목진규가 넣을 거예요", "입금은 12/3에 어금희 통장에서 나갑니다" */
const PAYS_FOR = new RegExp(
  `(?<![가-힣])(?:${MONEY_WORD})(?:은|는|도) ?(?:[^\\n가-힣]{0,8}(?:에|일에|까지)? |${MEANWHILE}){0,2}${KIN_WORD}(?<name>[가-힣]{2,5}?)(?:님|씨)?(?:이가|이|가|께서| ?(?:통장|계좌)(?:에서|으로|로)) ?${MEANWHILE}(?:하|할|했|합|해|넣|보[내낼냈냄]|들어|드[릴려]|입금|송금|부[치칠쳐]|낼|냅|내|나[가갈갑감]|찍|빠[져질]|갈|갑|감)`,
  'gu',
);

/** "I will transfer the money as LUCIA FERRARI", "payment from Tran Van Hung" */
const PAID_AS =
  /\b(?:[Tt]ransfer(?:red)?|[Dd]eposit(?:ed)?|[Pp]ay(?:ing|ment)?|[Pp]aid|[Rr]emit(?:ted)?|[Ww]ired?|[Mm]oney)\b[^\n.]{0,30}?\b(?:as|under|from|by|with|in|is)\b(?: (?:the|my|account|bank|name|of))*:? (?<name>[A-Z][A-Za-z'’-]+(?: [A-Z][A-Za-z'’-]*){0,3})/gu;

/** Read before the labels, because name is one. */
export function readPaidAs(page: Page): void {
  for (const { 0: whole, index, groups } of matchesOn(page, PAID_AS)) {
    const { name = '' } = groups ?? {};
    if (NO_PAYER.test(name)) continue;
    putPayer(page, name, index + whole.length - name.length);
  }
}

/** "진종필 이름으로 입금할게요" names the depositor, "… 이름으로 보내주세요" the sender. */
export function readDeposits(page: Page): void {
  for (const { index, groups } of matchesOn(page, PAID_BY)) {
    const { name = '' } = groups ?? {};
    const person = personName(name) ?? personName(name, isLongName);
    if (person !== null && soundsLikeName(person)) putPayer(page, person, index);
  }
  for (const { 0: whole, index, groups } of matchesOn(page, PAYS_FOR)) {
    const { name = '' } = groups ?? {};
    if (personName(name) === name) putPayer(page, name, index + whole.lastIndexOf(name));
  }
  for (const match of says(page, DONE_BY_NAME) ? matchesOn(page, BY_NAME) : [])
    readByName(page, match);
}

/** A month or a bank, where a name would stand in English. */
const NO_PAYER =
  /^(?:the|my|your|bank|cash|card|toss|kakao|kb|nh|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/iu;

function putPayer(page: Page, text: string, start: number): void {
  const end = start + text.length;
  if (isFree(page, start, end)) put(page, { kind: 'depositor', text, sameAs: null, start, end });
}

function readByName(page: Page, match: RegExpExecArray): void {
  const { quoted, bracket, latin, plain = '', named, act = '' } = match.groups ?? {};
  const told = quoted ?? bracket;
  const name = told ?? latin ?? plain;
  const start = match.index + match[0].indexOf(name);
  const before = page.text.slice(Math.max(0, match.index - AROUND), match.index);
  const ahead = MONEY_AHEAD.test(before);
  const isNamed = named !== undefined || told !== undefined;
  const payer =
    told ?? (latin === undefined ? wordOf(plain, isNamed) : latinOf(latin, isNamed || ahead));
  if (payer === null || !isFree(page, start, start + name.length)) return;
  const end = start + payer.length;
  const lead = page.text.slice(Math.max(0, match.index - AROUND), start);
  const onParcel = ON_PARCEL.test(before) && !MONEY.test(lead);
  const money = MONEY.test(lead) || /^[^\n]{0,12}(?:입금|송금|돈)/u.test(page.text.slice(end));
  const asked = /^보내 ?(?:주|줘|드|는)|^발송/u.test(
    page.text.slice(match.index + match[0].length - act.length),
  );
  const pays =
    !onParcel &&
    (BANK_SHOWS.test(act) ||
      (ahead && !asked) ||
      (isNamed && (!asked || told !== undefined) && (money || /보냈|넣|들어/u.test(act))));
  // "엄마 이름(조복남)으로 보내주세요": one's mother receives, where nothing is said of who sends.
  const received =
    !pays &&
    asked &&
    told !== undefined &&
    OF_KIN.test(lead) &&
    !/보내는|주문자|발신/u.test(page.text);
  if (pays) put(page, { kind: 'depositor', text: payer, sameAs: null, start, end });
  else if (received) put(page, { ...AS_RECIPIENT, text: payer, start, end });
  else if (isNamed && /보내|발송|찍|표시|나/u.test(act))
    put(page, { kind: 'sender', text: payer, start, end });
}

/** Whoever is said to be a name may be a club or a nickname; else only a person is one. */
function wordOf(word: string, isNamed: boolean): string | null {
  const person = personName(word) ?? personName(word, isLongName);
  if (person !== null || !isNamed) return person;
  const nobody = isOrdinary(word) || isRelation(word) || looksLikeVerb(word);
  return nobody || OWN.test(word) ? null : word;
}
/** 제 이름으로, 본인 명의로, 다른 이름으로 */
const OWN = /^(?:제|저|저희|우리|내|본인|자기|다른|같은|이|그|어떤|받는|주문자|입금자)/u;

const latinOf = (words: string, sure: boolean): string | null =>
  isLatinName(words) || (sure && /^[A-Z]/u.test(words)) ? words : null;

const OF_KIN = new RegExp(`(?<![가-힣])(?:${KIN})(?:님|의)? ?(?:이름|성함|명의) ?\\($`, 'u');

const SENDS =
  /(?<![가-힣])(?<name>[가-힣]{2,4})(?:이|가) ?보내는 ?(?:걸|것|거|것처럼)(?:으로|로)?/gu;

/** "김민수가 보내는 걸로": the sender's name on the parcel. */
export function readSenders(page: Page): void {
  for (const match of matchesOn(page, SENDS)) {
    const person = personName(match.groups?.name ?? '');
    const end = match.index + match[0].length;
    if (person === null || !isFree(page, match.index, end)) continue;
    put(page, { kind: 'sender', text: person, start: match.index, end });
  }
}

/** "주문은 목승자 이름으로": he orders for himself, unless somebody else receives. */
const ORDERED_AS =
  /주문(?:은|자는|자|인은)? ?(?<name>[가-힣]{2,4}?)(?:님|씨)? ?(?:이름|명의)(?:으?로|이고|예요|입니다)/gu;

export function readOrderers(page: Page): void {
  for (const match of matchesOn(page, ORDERED_AS)) {
    const { name = '' } = match.groups ?? {};
    const start = match.index + match[0].indexOf(name);
    const end = start + name.length;
    if (personName(name) !== name || !isFree(page, start, end)) continue;
    const received = page.labels.some(({ field }) => field === 'recipient' || field === 'name');
    if (received) put(page, { kind: 'sender', text: name, start, end });
    else put(page, { ...AS_RECIPIENT, text: name, start, end });
  }
}

const AS_RECIPIENT = { kind: 'name', weight: 5, labelled: true, introduced: false } as const;
