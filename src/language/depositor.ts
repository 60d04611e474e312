// The name the money came under, wherever in the message it is said.

import { findAmounts } from './amounts.ts';
import { soundsLikeName } from './given-names.ts';
import { matchesOf } from './matches.ts';
import { isPersonName, isPlaceName, isRelation, personName } from './names.ts';

const NAME = `[가-힣]{2,12}|[a-z]{2,15}(?: [a-z]{2,15}){0,2}`;
const QUOTED = /['"‘’“”<[]([^'"‘’“”<>[\]\n]{2,20})['"‘’“”>\]]/g;
const BRACKETED = /\(([가-힣]{2,8})\)/g;
/** What makes the words in quotes, or a firm, the one who paid. */
const IS_PAYER = /입금|송금|이체|보냈|부쳤|넣었|이름|명의|예금주|paid|sent|transfer/;
const COMPANY =
  /(?:농업회사법인 |영농조합법인 )?[가-힣a-z0-9]{2,12} 주식회사(?! ?[가-힣]{2,12}(?:$|[^가-힣]|명의|이름))|(?:주식회사 ?|유한회사 ?|\((?:주|유)\) ?)[가-힣a-z0-9]{2,12}?(?=$|[^가-힣a-z0-9]|이름|명의|으로|로 |입니다|이에요|예요|에서)|[가-힣a-z0-9]{2,12}(?:\((?:주|유)\)| 주식회사(?! ?[가-힣a-z]))/;
const LABELLED = new RegExp(
  `(?:입금자|예금주|송금인|보낸 ?(?:사람|이|분)|입금 ?이름|(?<!제 )이름|name)(?:명|이름| 이름| 성함)?(?:은|는|이| is)? ?[:=/]? ?(${NAME})`,
);
const UNDER = new RegExp(`(${NAME}) ?(?:(?:의|님|씨) ?)?(?:이름|명의|성함)(?:으?로|임|이)`);
const LATIN_UNDER =
  /(?:under|from|sender|name is|by|name:?)(?: the)?(?: my \w{3,8})?(?: name)?(?: of)? ([a-z]{2,15}(?: [a-z]{2,15}){0,2})/;
const WORD = /[가-힣]{2,8}/g;
const PAYING = /입금|송금|이체|결제|보냈|보내|부쳤|부쳣|넣었|쐈|돈/;

/** Words with a surname's letter in front that stand where a payer could. */
const NO_PAYER = new Set(
  (
    '국민 신한 우리 하나 기업 농협 수협 신협 우체국 새마을 카카오 카카오뱅크 토스 케이뱅크 계좌 통장 무통장 전액 ' +
    '선금 현금 인터넷 모바일 문자 이제 이미 전부 모두 다시 사장 선생 남편 아내 와이프 엄마 아빠 아들 딸 제이름 ' +
    '본인 이름 주문 복숭아 전화 인증 나머지 배송비 택배비 금액 오늘 어제 아까 방금 지금 조금전 하여 이상 송금 이체 ' +
    '은행 기타 원금 잔금 공동 동생 언니 오빠 누나 친구 회사 어제밤 지난주 지난번 표시 전송 연락 감자 이메일 문의 ' +
    '이라 이고 이며 인데 여보 자기 아부지 엄니 어무이 마누라 집사람 입금 결제 계좌이체 추가 추가금 조만간 배값 감사 고구마 고추 마늘 두박스 세박스 네박스 한박스 두상자 세상자 한상자 ' +
    '사과 사과값 배송 물건 물건값 오전 오후 새벽 아침 저녁 점심 주소 성함 명의 연락처 처리 확인 완료 수고'
  ).split(' '),
);
const BANK = /은행$|농협$|신협$|우체국$|수협$|택배$/;
const LATIN_NO_NAME =
  /^(?:i|we|have|just|already|the|money|paid|my|won|krw|sent|done|transfer|transferred|payment|please|thanks?|thx|ok|and|for|to|from|it|is|name)$/;

/** The name, only where the message says one. */
export function paidDepositor(text: string): string | null {
  return firm(text) ?? quoted(text) ?? labelled(text) ?? latin(text) ?? standing(text);
}

function firm(text: string): string | null {
  return COMPANY.exec(text)?.[0].trim() ?? null;
}

function quoted(text: string): string | null {
  if (!IS_PAYER.test(text)) return null;
  for (const [, word = ''] of matchesOf(text, BRACKETED)) {
    const name = nameOf(word, true);
    if (name !== null) return name;
  }
  for (const [, words = ''] of matchesOf(text, QUOTED)) {
    const name = words.trim();
    if (
      /^(?:[가-힣]{2,12}|[a-z][a-z ]{1,18}|[가-힣a-z0-9 ]{2,15})$/.test(name) &&
      !/^\d+$/.test(name)
    )
      return name;
  }
  return null;
}

function labelled(text: string): string | null {
  for (const pattern of [UNDER, LABELLED]) {
    const said = pattern.exec(text)?.[1]?.trim();
    const name = said ? nameOf(said, true) : null;
    if (name) return name;
    if (said && pattern === UNDER && isGroup(said)) return said;
  }
  return null;
}

/** "하람식품 명의로": what is too long for a person is a firm or a club. */
const isGroup = (word: string): boolean =>
  /^[가-힣]{4,12}$/.test(word) && !isRelation(word) && !NO_PAYER.has(word) && !VERB.test(word);
const VERB = /(?:니다|어요|아요|했어|는데|해서|하고|내미)$/;

function latin(text: string): string | null {
  const words = LATIN_UNDER.exec(text)?.[1]?.split(' ') ?? [];
  const end = words.findIndex((word) => LATIN_NO_NAME.test(word));
  const name = (end < 0 ? words : words.slice(0, end)).join(' ');
  return name.length > 1 ? name : null;
}

/** A name that stands somewhere by itself; the one nearest before the verb counts most. */
function standing(text: string): string | null {
  const paying = text.search(PAYING);
  if (paying < 0) return null;
  const sums = findAmounts(text);
  let before: string | null = null;
  let behind: string | null = null;
  for (const { 0: word, index } of matchesOf(text, WORD)) {
    if (sums.some(({ start, end }) => index < end && index + word.length > start)) continue;
    const name = nameOf(word, (index === 0 || word.endsWith('에서')) && index < paying);
    if (name === null) continue;
    if (index < paying) before = name;
    else behind ??= name;
  }
  return before ?? behind;
}

const ENDING =
  /(?:이?라고(?:요|해요|합니다)?|[이]?구요|[이]?고요|에서|으로|이름|명의|이고|이구요|이요|예요|이에요|이예요|에요|입니다|입니당|인데(?:요|예)?|께서|님이?|씨|요)$/;

/** Two letters are a name only where it is plain that one is meant. */
function nameOf(word: string, plainly: boolean): string | null {
  if (/^[a-z ]+$/.test(word)) {
    const fits = plainly && !word.split(' ').some((part) => LATIN_NO_NAME.test(part));
    return fits ? word : null;
  }
  const bare = word.replace(ENDING, '');
  const roCut = bare === word && bare.length >= 4 ? bare.replace(/로$/, '') : bare;
  const stem = roCut.replace(/(?:이|가|로|께서)$/, '');
  if (NO_PAYER.has(stem) || isRelation(stem) || isRelation(roCut)) return null;
  for (const candidate of [roCut, stem]) {
    if (NO_PAYER.has(candidate) || (candidate.length < 3 && !plainly)) continue;
    if (plainly && candidate.length > 2 && isPlaceName(candidate) && !BANK.test(candidate))
      return candidate;
    if (isPersonName(candidate) && (plainly || soundsLikeName(candidate))) return candidate;
  }
  const name = personName(roCut);
  const sure = name !== null && name.length >= 3 && soundsLikeName(name);
  return sure && !NO_PAYER.has(name) ? name : null;
}
