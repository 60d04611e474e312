// The buyer who says who he is while others receive: his name and number are the sender's.
import { BESIDE_PHONE } from './find-names.ts';
import { soundsLikeName } from './given-names.ts';
import { KIN } from './introductions.ts';
import { companyIn, isDepartment, isPlaceName, TITLES } from './names.ts';
import { type Block, isPrimary, type Notes } from './notes.ts';
import { markOf } from './origin.ts';
import type { Token } from './page.ts';

type Name = Extract<Token, { kind: 'name' }>;
type Phone = Extract<Token, { kind: 'phone' }>;

/** In front of his name: "저는 ", "수원 사는 ", "구매팀 과장 ", "안녕하세요 ". */
const SAID_BEFORE = new RegExp(
  `(?:^|[\\s,./(])(?:(?:제|저의|내) ?(?:이름|성함)(?:은|이)? ?|(?:저는|전|주문자는|저|나는?|내는|지는) ?:? ?(?:(?:${KIN}) )?|(?:사는|온|${TITLES}) |(?:안녕하세요|안녕하십니까|수고하십니다|반갑습니다)[.,!~^]* ?)$`,
  'u',
);
/** Behind it: "라고 합니다", " 대리입니다". */
const SAID_BEHIND = new RegExp(`^(?:이?라고 ?(?:합니다|해요)| ?(?:${TITLES}))`, 'u');
const LOOK = 20;

/** The tokens without his; where nobody else receives he is a recipient like any other. */
export function takeOwnName(notes: Notes, text: string, tokens: readonly Token[]): Token[] {
  const own = tokens.find((token): token is Name => isOwn(token, text));
  if (own === undefined) return [...tokens];
  const data = tokens.some(({ kind }) => kind === 'phone' || kind === 'address');
  const sends = data ? isBesideOthers(tokens, own, text) : isBesideKnown(notes, own);
  if (!sends) return [...tokens];
  const phone = data ? ownPhone(tokens, own, text) : undefined;
  if (phone !== undefined && notes.senderPhone === null) {
    notes.senderPhone = phone.digits;
    notes.from.senderPhone = markOf(phone);
  }
  if (notes.sender === null || !data) {
    notes.sender = own.text;
    notes.from.sender = markOf(own);
  }
  return tokens.filter((token) => token !== phone && !isSameName(token, own));
}

function isOwn(token: Token, text: string): boolean {
  if (token.kind !== 'name' || !isPrimary(token) || !PERSON.test(token.text)) return false;
  if (isPlaceName(token.text)) return false;
  const before = text.slice(Math.max(0, token.start - LOOK), token.start);
  if (!token.introduced) return OWN_NAME.test(before);
  const word = before.trimEnd().split(/\s/u).at(-1) ?? '';
  const works = isDepartment(word) || isPlaceName(word) || companyIn(word) !== null;
  // "저번달에 샀던 고윤슬이에요 … 보내는 사람은 제 이름으로"
  if (OWN_SENDER.test(text)) return true;
  return (
    works || SAID_BEFORE.test(before) || SAID_BEHIND.test(text.slice(token.end, token.end + 8))
  );
}
const OWN_SENDER =
  /보내는 ?(?:사람|분|이)(?:은|는|을)? ?(?:이름은? ?)?(?:제 ?이름|저(?=로|예요|입니다|에요)|제(?=걸로|거로))/u;
const PERSON = /^[가-힣]{3,7}$/u;
const OWN_NAME =
  /(?:^|[\s,./(])(?:(?:제|저의|내) ?(?:이름|성함)(?:은|이)? ?|(?:저는|전|주문자는|저|나는|내는|지는|나(?=[ :]*:)|본인(?=[ :]*:)) ?:? ?)$/u;

const isSameName = (token: Token, own: Name): boolean =>
  token.kind === 'name' && token.text === own.text;

/** "제 이름은 김민수예요" beside recipients known before. */
function isBesideKnown({ blocks }: Notes, own: Name): boolean {
  if (!blocks.some(({ name, phone, address }) => name && (phone || address))) return false;
  return !blocks.some(({ name }) => name === own.text);
}

/** Others have their data, and there is no house left for him. */
function isBesideOthers(tokens: readonly Token[], own: Name, text: string): boolean {
  const others = othersOf(tokens, own, text);
  const addresses = tokens.filter(({ kind }) => kind === 'address').length;
  if (others.length === 0 || addresses === 0 || addresses > others.length) return false;
  return !dataOf(tokens, own).some(({ kind }) => kind === 'address');
}

/** A number beside his name, where the others have one each. */
function ownPhone(tokens: readonly Token[], own: Name, text: string): Phone | undefined {
  const phones = tokens.filter(({ kind }) => kind === 'phone').length;
  if (phones <= othersOf(tokens, own, text).length) return undefined;
  return dataOf(tokens, own).find((token): token is Phone => token.kind === 'phone');
}

const othersOf = (tokens: readonly Token[], own: Name, text: string): Name[] =>
  tokens.filter(
    (token): token is Name =>
      token.kind === 'name' &&
      !isSameName(token, own) &&
      (token.labelled ||
        token.weight >= BESIDE_PHONE ||
        leadsData(tokens, token) ||
        SENT_TO.test(text.slice(token.end, token.end + LOOK))),
  );

/** Behind whom it goes to, wherever his data stand: "이민호한테 두 상자", "최은정이네 집으로". */
const SENT_TO =
  /^(?:님|씨)?(?:(?:한테|에게|께)(?! ?(?:소개|추천|듣|들었|얘기|받))|이?네 ?(?:집|댁)?(?:으로|에 )|앞으로)/u;

const DATA_BEHIND = 8;

const leadsData = (tokens: readonly Token[], { end }: Name): boolean =>
  tokens.some(
    ({ kind, start }) =>
      (kind === 'phone' || kind === 'address') && start >= end && start - end <= DATA_BEHIND,
  );

/** What stands between his name and the next one, on its line. */
function dataOf(tokens: readonly Token[], own: Name): readonly Token[] {
  const behind = tokens.slice(tokens.indexOf(own) + 1);
  const next = behind.findIndex(({ kind }) => kind === 'name' || kind === 'break');
  return next < 0 ? behind : behind.slice(0, next);
}

/** "우슬기입니다" in an earlier message: who orders for those named since. */
export function takeWriter(notes: Notes, introduced: readonly Block[]): void {
  const [only, another] = introduced;
  if (only === undefined || another !== undefined || notes.sender !== null) return;
  if (only.name === null || !PERSON.test(only.name) || !soundsLikeName(only.name)) return;
  notes.sender = only.name;
  if (only.from.name !== undefined) notes.from.sender = only.from.name;
}
