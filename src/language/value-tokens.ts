// The values behind labels: names, telephone numbers, memos.

import { answeredName } from './answered-name.ts';
import { isLongName, soundsLikeName } from './given-names.ts';
import { matchesOf } from './matches.ts';
import {
  isOrdinary,
  isPersonName,
  isRelation,
  isSurname,
  looksLikeVerb,
  nameInValue,
  personName,
  SAME_AS,
  TITLES,
} from './names.ts';
import { claim, freeEnd, isFree, type LabelledValue, type Page, put } from './page.ts';
import { findPhones } from './phone.ts';
import { memoIn } from './phrases.ts';
import { mayBeForeign, mayName, mayStandAlone } from './vacant-names.ts';

export function readMemoValues(page: Page): void {
  for (const { field, from, to, strong, lineStart } of page.labels) {
    if (field === 'noise' && strong) claim(page, from, to);
    if (field !== 'memo' || !(strong || lineStart)) continue;
    const end = freeEnd(page, from, to);
    const text = tidy(withoutWaivers(page.text.slice(from, end)));
    if (text.length >= 2 && !NO_MEMO_VALUE.test(text) && !isForTheFarm(text)) {
      put(page, { kind: 'memo', text, labelled: true, start: from, end });
    }
    claim(page, from, to);
  }
}

const NO_MEMO_VALUE = /^(?:없음|없어요|없습니다|x|none|no|-+|n\/a)$/iu;

/** "기타: 예약상품인 것 확인했습니다", "비고: 맛있는 걸로요": said to the farm, and nothing for the courier. */
const isForTheFarm = (text: string): boolean => FOR_THE_FARM.test(text) && memoIn(text) === null;
const FOR_THE_FARM =
  /(?:확인|숙지|동의|이해|입금|송금)(?:했|하였|합니다|해요|완료)|읽었|보았|봤습니다|(?:감사|고맙)[^\n]{0,8}$|(?:맛있|달|싱싱|신선|큰|예쁜|이쁜|좋은)[^\n]{0,8}(?:걸로|것으로|것로|거로|부탁)|번창|대박/u;

/** "포장은 괜찮아요, 부재시 …": what the farm need not do is none of the courier's, first or last in the field. */
function withoutWaivers(value: string): string {
  const parts = value.split(/(?<=[가-힣] ?[,.!~]) |(?<=(?:[아어해]요|니다)) /u);
  const waives = (part: string): boolean => WAIVES.test(part) && memoIn(part) === null;
  const from = parts.findIndex((part) => !waives(part));
  const to = parts.findLastIndex((part) => !waives(part));
  if (from < 0 || (from === 0 && to === parts.length - 1)) return value;
  const start = parts.slice(0, from).join(' ').length;
  return value
    .slice(start, start + parts.slice(from, to + 1).join(' ').length + 1)
    .replace(/[\s,]+$/u, '');
}
const WAIVES = /(?:괜찮|상관 ?없|필요 ?없|(?:해도|돼도|있어도|작아도) ?(?:돼|되|됩))[^\n]{0,5}$/u;

const tidy = (text: string): string =>
  text.replace(/\s+/gu, ' ').replace(/^[\s:=>"“-]+|[\s~"”]+$/gu, '');

/** "구매자 두예진 / 수령자 연락처 010-…": from here on it is the recipient's again. */
function endSenders({ text, labels, tokens }: Page): void {
  for (const [index, { field, start, lineStart }] of labels.entries()) {
    if (field !== 'phone' && field !== 'address') continue;
    if (!RECEIVES.test(text.slice(start, start + 4))) continue;
    const before = labels[index - 1]?.field;
    if (lineStart || before === 'sender' || before === 'senderPhone')
      if (labels.some((label) => label.field === 'senderPhone' && label.start < start))
        tokens.push({ kind: 'party', party: 'recipient', section: false, start, end: start });
  }
}
const RECEIVES = /^(?:받|수령|수취|수신|수하|수화|인수)/u;

export function readPhones(page: Page): void {
  endSenders(page);
  const phones = findPhones(page.text);
  for (const { start, end, digits } of phones) {
    if (!isFree(page, start, end)) continue;
    const own =
      phones.length > 1 && OWN_NUMBER.test(page.text.slice(Math.max(0, start - 20), start));
    const sender =
      own ||
      page.labels.some(
        (label) => label.field === 'senderPhone' && start >= label.from && end <= label.to,
      );
    put(page, { kind: 'phone', digits, sender, start, end });
    // "2236번" as it is spoken.
    if (/^번(?![가-힣])/u.test(page.text.slice(end, end + 2))) claim(page, end, end + 1);
  }
  for (const { field, from, to, strong } of page.labels) {
    if ((field !== 'phone' && field !== 'senderPhone') || !strong || !isFree(page, from, to))
      continue;
    // Digits or stars where a number should stand, and none was readable.
    if (!/[\d*]/u.test(page.text.slice(from, to))) continue;
    if (page.asked === 'phone' && from === 0 && !/\d{3}/u.test(page.text.slice(0, to))) continue;
    put(page, {
      kind: 'phone',
      digits: null,
      sender: field === 'senderPhone',
      start: from,
      end: to,
    });
  }
}

/** "제 번호는 010-…": beside another number it is the writer's. */
const OWN_NUMBER =
  /(?:^|[\s,.(])(?:제|내|저의|저희|본인|제가 쓰는) ?(?:휴대폰|핸드폰|폰)? ?(?:번호|연락처|전화(?:번호)?|폰|핸드폰|휴대폰)[은는이가]? ?:? ?\(?$/u;

export function readNameValues(page: Page): void {
  for (const said of page.labels) {
    const label = paysHere(page, said) ? { ...said, field: 'depositor' as const } : said;
    const { field, start, from, to, strong, lineStart } = label;
    if (field !== 'recipient' && field !== 'name' && field !== 'sender' && field !== 'depositor')
      continue;
    const end = freeEnd(page, from, to);
    const value = page.text.slice(from, end);
    if (PLACES_COUNTED.test(value)) continue;
    const quoted =
      field === 'depositor' || field === 'sender' ? QUOTED.exec(value)?.[1] : undefined;
    const name = asksName(page, label)
      ? answeredName(value)
      : (quoted ??
        firmThatPays(field, value) ??
        groupThatSends(field, value) ??
        particleName(field === 'sender' ? value.replace(FOR_ALL, ' ') : value) ??
        (label.told ? wordSaid(value) : null) ??
        firmThatSends(field, value) ??
        foreignPair(value) ??
        nameInValue(value, strong || (lineStart && !label.told && mayBeBare(field, value))) ??
        nameByItself(value, strong) ??
        wordAlone(label, value) ??
        payerAlone(label, value));
    if (field === 'recipient' || (field === 'sender' && !label.cell)) {
      const section = page.text.slice(from, to).trim() === '' || value.includes('\n');
      page.tokens.push({ kind: 'party', party: field, section, start, end: start });
    }
    const same = SAME_AS.test(value.trim());
    if (field === 'recipient' && same) {
      put(page, { kind: 'selfsame', start: from, end });
    } else if (field === 'depositor' && same) {
      put(page, { kind: 'depositor', text: null, sameAs: sameAs(value), start: from, end });
    } else if (name !== null) {
      putName(page, label, name, value);
      claimContact(page, from, to);
    }
  }
}

/** "보내는 곳 두 곳이에요": how many there are, and nobody's name. */
const PLACES_COUNTED =
  /^[ :]*(?:모두 |전부 |총 ?)?(?:[두세네]|다섯|여섯|\d{1,2}) ?(?:곳|군데|집|분|명)(?:입니다|이?에요|예요|이요|요|이고|인데)?[ ~!.^]*(?:\n|$)/u;

/** "입금자는 저 뇌정아예요": he says who he is, and may receive it himself. */
const OWN_LEAD = /^ ?:? ?(?:저|저는|제가|본인) /u;

/** "송균으로 했어요", "장지로 적어주세요": what stands in front of the particle. */
function particleName(value: string): string | null {
  const name = (BY_PERSON.exec(value) ?? CALLED.exec(value))?.groups?.name;
  return name !== undefined && isPersonName(name) && soundsLikeName(name) ? name : null;
}
/** "최동민이가 해줄 거예요": 이 hangs on a given name, and is none of its letters. */
const BY_PERSON =
  /^ ?(?:(?:우리|저희|제|울|막내|큰|작은) ?){0,2}(?:(?:아들|딸|사위|며느리|손자|손녀|남편|아내|동생|언니|오빠|누나|형|친구|조카) ?)?(?<name>[가-힣]{3})이(?:가|이름|한테|네)/u;
const CALLED =
  /^ ?(?<name>[가-힣]{2,3}?)(?:으로|로) ?(?:했|할|하겠|해 ?[주놨놓]|적어|써 ?주|보냈|보낼|들어|입금|넣)/u;

/** "입금할 사람은 비단결이고 …": the first word, where what is said of the field ends with it. */
function wordSaid(value: string): string | null {
  const { word = '', name = '' } = WORD_SAID.exec(value)?.groups ?? {};
  const person = personName(word);
  if (person !== null) return person.length > 2 && !isRelation(person) ? person : null;
  return name.length > 1 && mayName(name) && !NOBODY_NAMED.test(name) ? name : null;
}
const WORD_SAID =
  /^ ?(?:(?:저|제가|영문|저희) )?(?<word>(?<name>[가-힣]{2,7}?)(?:이(?:고|구|며)요?|입니다|이에요|예요|이요))(?![가-힣])/u;

/** The word right behind the label, where it stands by itself: "이름 응우옌티란 주소 …". */
function wordAlone({ field, told }: LabelledValue, value: string): string | null {
  if (told || field === 'depositor') return null;
  const word = /^ ?([가-힣]{2,7})(?=$|[ ,/])/u.exec(value)?.[1] ?? '';
  return mayStandAlone(word) ? word : null;
}

/** "마이클 브라운": the whole value, though its first word could be a name of ours. */
function foreignPair(value: string): string | null {
  const { first = '', last = '' } = FOREIGN_PAIR.exec(value)?.groups ?? {};
  if (first === '' || soundsLikeName(first) || isPersonName(first + last)) return null;
  // "원감 채은솔": what she does, and then her name.
  if (isPersonName(last) && soundsLikeName(last)) return null;
  return mayBeForeign(first) && mayBeForeign(last) ? `${first} ${last}` : null;
}
const FOREIGN_PAIR = /^[ :]*(?<first>[가-힣]{2,6}) (?<last>[가-힣]{2,6})\s*$/u;

/** "입금자 봉하윤맘": the whole value, whatever it says of the payer. */
function payerAlone({ field, told, from, start }: LabelledValue, value: string): string | null {
  const word = value.trim();
  if (field !== 'depositor' || told || from - start < 3 || !/^[가-힣A-Za-z0-9]{3,10}$/u.test(word))
    return null;
  return mayStandAlone(word) && !NOBODY_NAMED.test(word) && memoIn(word) === null ? word : null;
}

/** A name of four letters, or the whole value of a field though it ends like a verb: 조지만. */
function nameByItself(value: string, strong: boolean): string | null {
  const whole = value.trim();
  if (strong && /^[가-힣]{3}$/u.test(whole) && isSurname(whole[0] ?? '') && soundsLikeName(whole))
    return isOrdinary(whole) ? null : whole;
  for (const [word] of matchesOf(value.slice(0, LONG_NAME_MAX), /[가-힣]+/gu)) {
    const name = personName(word, isLongName);
    if (name !== null) return name;
  }
  return null;
}
const LONG_NAME_MAX = 16;
/** "입금은 법무법인한결로 들어갑니다" */
const firmThatPays = (field: LabelledValue['field'], value: string): string | null => {
  if (field !== 'depositor') return null;
  const paying = FIRM_PAYS.exec(value)?.[1];
  if (paying !== undefined) return paying;
  const firm = FIRM_SAID.exec(value)?.[1] ?? null;
  if (firm === null || NOBODY_NAMED.test(firm) || looksLikeVerb(firm)) return null;
  return isOrdinary(firm) || isRelation(firm) ? null : firm;
};
/** "입금자는 피아노숲입니다": the whole word before the end of the sentence. */
const FIRM_SAID =
  /^[ :]*((?:\([주유재사]\) ?)?[가-힣A-Za-z0-9]{4,12}?)(?:입니다|이에요|예요|(?:으로|(?<!으)로) ?(?:할게|할께|하겠|합니다|해 ?주))/u;
const NOBODY_NAMED = /동일|본인|상동|같은|미정|아직|나중|비밀|없음/u;

/** "보내는 사람은 한밭중 21회로 적어주세요": a class or a club with its number. */
const groupThatSends = (field: LabelledValue['field'], value: string): string | null =>
  field === 'sender' ? (GROUP_SENDS.exec(value)?.[1] ?? null) : null;
const GROUP_SENDS =
  /^[ :]*(?=[^\n\d]{0,10}\d{1,4} ?(?:회|기|반|학년|동|팀|조|호|사단|중대))([가-힣0-9][가-힣0-9 ]{2,14}?)(?:으로|(?<!으)로) ?(?:적|표기|표시|기재|써|쓰|넣|부탁|해 ?주|할게|할께)/u;
const FIRM_PAYS =
  /^[ :]*((?:\([주유재사]\) ?)?[가-힣A-Za-z0-9]{4,14}?)(?:으로|(?<!으)로) ?(?:들어|나[가갈갑]|갑니다|입금|송금|이체|보[내냈냅낼]|넣|할게|할께|합니다|했)/u;

/** "보내는 분은 모두 차정민으로": said of all parcels. */
const FOR_ALL = /^ ?(?:[둘셋넷] ?다|모두|전부|다|[두세네] ?(?:집|곳|군데) ?(?:다|모두)?) /u;

/** "보내는곳은 다올회계법인으로 표기 부탁드려요" */
const firmThatSends = (field: LabelledValue['field'], value: string): string | null => {
  if (field !== 'sender') return null;
  const firm = FIRM_SENDS.exec(value.replace(FOR_ALL, ' '))?.[1] ?? null;
  return firm === null || isOrdinary(firm) || looksLikeVerb(firm) ? null : firm;
};
const FIRM_SENDS =
  /^[ :]*([가-힣A-Za-z0-9&]{5,14}?)(?:으로|(?<!으)로) ?(?:표기|표시|적어|써|기재|넣어|찍어|해 ?[주드]|부탁)/u;

/** "입금 매현철" is a name, "입금 완료" is none. */
const mayBeBare = (field: LabelledValue['field'], value: string): boolean =>
  field !== 'depositor' || (BARE_NAME.test(value) && isUnknownName(value.trim()));

const BARE_NAME = /^ *[가-힣]{3,4} *$/u;
const isUnknownName = (word: string): boolean =>
  !isOrdinary(word) && !looksLikeVerb(word) && soundsLikeName(word);

const QUOTED = /['"‘“「]([가-힣A-Za-z0-9()&. ]{2,15})['"’”」]/u;

/** "68,000원 보냈어요 보낸사람 이름은 '최봄이'로 떴을거예요": what the bank shows is who paid. */
function paysHere({ text }: Page, { field, start, from, to }: LabelledValue): boolean {
  if (field !== 'sender') return false;
  if (!SHOWN.test(text.slice(from, to))) return false;
  return PAID.test(text.slice(text.lastIndexOf('\n', start - 1) + 1, start));
}

const SHOWN = /(?:으로|로|이라고|라고) ?(?:찍|떴|뜰|뜨|나[오올온]|표시|보일)/u;
const PAID = /입금|송금|이체|돈|계좌|통장|은행|\d ?원/u;

const sameAs = (value: string): 'sender' | 'recipient' =>
  /^\s*(?:주문|보내|발송|구매|예약|신청)/u.test(value) ? 'sender' : 'recipient';

/** "받는 분: 송정새마을금고 (부장 왕보라)": who answers for the place in front of the bracket. */
function claimContact(page: Page, from: number, to: number): void {
  const { text } = page;
  const found = CONTACT.exec(text.slice(from, to));
  if (found === null) return;
  const start = from + found.index;
  const words = (found[1] ?? '').split(' ');
  if (!words.some((word) => personName(word) !== null) || !words.some(isTitle)) return;
  if (isFree(page, start, start + found[0].length)) claim(page, start, start + found[0].length);
}
const CONTACT = /\(([가-힣]{2,6}(?: [가-힣]{2,6}){1,2})\)/u;
const TITLE_WORD = new RegExp(`^(?:${TITLES}|담당자?|책임자?)님?$`, 'u');
const isTitle = (word: string): boolean => TITLE_WORD.test(word);

const asksName = (page: Page, { start, from }: LabelledValue): boolean =>
  page.asked === 'name' && start === 0 && from === 0;

function putName(page: Page, { field, from }: LabelledValue, name: string, value: string): void {
  const whole = value.indexOf(name);
  const offset = whole < 0 ? Math.max(0, value.indexOf(name[0] ?? '')) : whole;
  const start = from + offset;
  const end =
    start + (value.startsWith(name, offset) ? name.length : nameLength(value, offset, name));
  const own = OWN_LEAD.test(value);
  if (field === 'depositor')
    put(page, { kind: 'depositor', text: name, sameAs: null, own, start, end });
  else if (field === 'sender') put(page, { kind: 'sender', text: name, start, end });
  else
    put(page, {
      kind: 'name',
      text: name,
      weight: 5,
      labelled: true,
      introduced: false,
      start,
      end,
    });
}

/** Length in the text of a name written with a space inside. */
function nameLength(value: string, offset: number, name: string): number {
  let letters = 0;
  let at = offset;
  while (at < value.length && letters < name.length) {
    if (value[at] !== ' ') letters += 1;
    at += 1;
  }
  return at - offset;
}
