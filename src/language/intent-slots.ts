// The details a buyer's short message gives: who paid how much, the new address, the new count.

import { findAddresses } from './address.ts';
import { findAmounts } from './amounts.ts';
import { isPersonName, personName } from './names.ts';
import { findPhones } from './phone.ts';
import { findCounts, readNumber } from './quantity.ts';

const BARE_SUM = /(?<![\d-])(\d{4,8}) ?(?=입금|송금|보냈|이체|부쳤|넣었)/;

export function paidAmount(text: string): number | null {
  const [amount] = findAmounts(text);
  if (amount) return amount.krw;
  const bare = BARE_SUM.exec(text)?.[1];
  return bare ? Number(bare) : null;
}

const UNDER_NAME =
  /([가-힣a-z]{2,20}(?: [a-z]{2,15})?) ?(?:(?:의|님|씨) ?)?(?:이름|명의|성함)(?:으?로|임|이)/;
const LABELLED =
  /(?:입금자|예금주|보낸 ?(?:사람|이|분))(?:명|이름| 이름)?(?:은|는|이)? ?[:=]? ?([가-힣]{2,8}|[a-z]{2,15}(?: [a-z]{2,15})?)/;
const PAYING = /입금|송금|이체|결제|보냈|부쳤|넣었|쐈/;
const WORD = /[가-힣a-z]+/g;

/** Words with a surname's letter in front that stand where a payer could. */
const NO_PAYER = new Set(
  (
    '국민 신한 우리 하나 기업 농협 수협 신협 우체국 새마을 카카오 카카오뱅크 토스 케이뱅크 계좌 통장 무통장 전액 ' +
    '선금 현금 인터넷 모바일 문자 이제 이미 전부 모두 다시 사장 선생 남편 아내 와이프 엄마 아빠 아들 딸 제이름 ' +
    '본인 이름 주문 복숭아 전화 인증 나머지 배송비 택배비 금액 오늘 어제 아까 방금 지금 조금전 하여 이상 송금 이체 ' +
    '은행 기타 원금 잔금 공동 동생 언니 오빠 누나 친구 회사'
  ).split(' '),
);

/** The name the money came under, only where the message says one. */
export function paidDepositor(text: string): string | null {
  for (const pattern of [UNDER_NAME, LABELLED]) {
    const said = pattern.exec(text)?.[1]?.trim();
    const name = said ? nameOf(said, true) : null;
    if (name) return name;
  }
  const paying = text.search(PAYING);
  if (paying < 0) return null;
  const before = text.slice(0, paying);
  const sums = findAmounts(text);
  let name: string | null = null;
  for (const { 0: word, index } of before.matchAll(WORD)) {
    if (sums.some(({ start, end }) => index < end && index + word.length > start)) continue;
    name = nameOf(word, index === 0) ?? name;
  }
  return name;
}

/** Two letters are a name only where it is plain that one is meant. */
function nameOf(word: string, plainly: boolean): string | null {
  if (/^[a-z ]+$/.test(word)) return plainly && LATIN_NAME.test(word) ? word : null;
  const bare = word.replace(/(?:으로|이고|이요|입니다|인데요?|님이?|씨)$/, '');
  const roCut = bare === word && bare.length >= 4 ? bare.replace(/로$/, '') : bare;
  const stem = roCut.replace(/(?:이|가|로|께서)$/, '');
  if (NO_PAYER.has(stem)) return null;
  for (const candidate of [roCut, stem]) {
    if (NO_PAYER.has(candidate) || (candidate.length < 3 && !plainly)) continue;
    if (isPersonName(candidate)) return candidate;
  }
  const name = personName(roCut);
  return name && name.length >= 3 && !NO_PAYER.has(name) ? name : null;
}

const LATIN_NAME =
  /^(?!(?:i|we|have|just|already|the|money|paid|my)\b)[a-z]{2,20}(?: [a-z]{2,15})?$/;

/** "두레길 42로", "1204호로". */
const GLUED_PARTICLE = /(?<=\d|\d[호층])(?:으로|로|에|요)$/;

export function changedAddress(text: string): string | null {
  if (!/\d/.test(text)) return null;
  const phones = findPhones(text);
  const taken = (at: number): boolean => phones.some(({ start, end }) => at >= start && at < end);
  const addresses = findAddresses(text, taken);
  // "… 말고 …", "…에서 …로": the newer one stands last.
  const newest = addresses.findLast(({ complete }) => complete) ?? addresses.at(-1);
  return newest?.text.replace(GLUED_PARTICLE, '') ?? null;
}

const ANSWER_MAX = 60;
const GOAL =
  /(?<![\d.-])(\d{1,3}|(?<![가-힣])[가-힣]{1,3}?) ?(?:박스|상자|개|팩|box)?(?:으로|로)(?![가-힣])/;

export function changedBoxes(text: string): number | null {
  const goal = GOAL.exec(text)?.[1];
  const boxes = goal ? readNumber(goal) : null;
  if (boxes !== null) return boxes;
  const last = findCounts(text).findLast((count) => count.boxes !== null && !count.rate);
  return last && !last.more ? last.boxes : null;
}

/** The answer to "how many boxes?": a count, or a bare number. */
export function answeredBoxes(text: string): number | null {
  const said = text.slice(0, ANSWER_MAX);
  return readNumber(said.replace(/(?:개|요|이요|으로|로)+[.!]?$/u, '')) ?? changedBoxes(said);
}
