// The words by which somebody links his other messengers, ends that, and says where he wants to hear of us.

import { plainText } from './plain-text.ts';

export type LinkingReading =
  /** Wants a code for another messenger. */
  | { readonly kind: 'make' }
  /** Brings one, as it was written. */
  | { readonly kind: 'use'; readonly code: string }
  | { readonly kind: 'end' }
  /** `here`: where he writes. */
  | { readonly kind: 'prefer'; readonly where: 'here' | 'kakao' | 'telegram' | 'discord' | 'web' };

const WISH_MAX = 40;

const MESSENGER =
  '(?:카카오 ?톡|카톡|카카오|텔레그램|텔레|디스코드|디코|웹 ?채팅|메신저|다른 ?(?:톡|메신저|앱|대화방|채팅|계정|곳)|톡|계정|telegram|discord|kakao(?:talk)?)';
const WITH = '(?:하고도?|이랑도?|랑도?|과의|와의|과도?|와도?|에도?|으로도?|로도?|의|을|를|도)?';
const PLEASE =
  '(?: ?(?:하기|하고 ?싶어요?|할게요?|할래요?|할 ?수 ?있(?:어요?|나요)|하려면요?|해 ?(?:주세요|줘요?|줄래요)|돼요|되나요|부탁(?:드려요|해요|드립니다)|요|은요?|는요?|번호))?';

const MAKE = whole(`(?:${MESSENGER} ?${WITH} ?(?:연결|연동)${PLEASE})`);
const MAKE_ENGLISH = whole(
  '(?:please )?link (?:(?:my |another |an? )?(?:other )?(?:accounts?|apps?|chats?|messengers?|telegram|discord|kakao(?:talk)?))(?: please)?',
);
const PARTED = [
  `(?:해제|해지|끊기|풀기|취소|그만)${PLEASE}`,
  '(?:끊어|풀어) ?(?:주세요|줘요?|주실래요|요)?',
  '끊(?:을게요?|을래요?|고 ?싶어요?)',
].join('|');
const END = whole(`(?:${MESSENGER} ?${WITH} ?)?(?:연결|연동)(?:을|를)? ?(?:${PARTED})`);
const END_ENGLISH = whole(
  '(?:please )?unlink(?: (?:my )?(?:other )?(?:account|app|chat|messenger|telegram|discord|kakao(?:talk)?))?',
);
const CODE =
  /^(?:연결|연동|링크|연결 ?번호|연결 ?코드|link)\s*[:：]?\s*([A-Za-z0-9]{4}\s*[-–—]?\s*[A-Za-z0-9]{4})$/u;

/** The words for each place, as they follow "알림은". */
const PLACES = [
  ['here', '여기|이 ?톡|이 ?방|이 ?쪽|이 ?채팅|이 ?대화방'],
  ['kakao', '카카오 ?톡|카톡|카카오'],
  ['telegram', '텔레그램|텔레'],
  ['discord', '디스코드|디코'],
  ['web', '웹 ?채팅|웹'],
] as const;
const TO =
  '(?:으로|로|에서|에)?(?:만)?(?: ?(?:받을게요?|받을래요?|받고 ?싶어요?|받기|보내 ?(?:주세요|줘요?)|해 ?(?:주세요|줘요?)|부탁해요|주세요|줘요?|와요?))?';
const PREFERS = PLACES.map(
  ([where, words]) =>
    [where, whole(`알림(?:은|을|도|이)? ?(?:앞으로 )?(?:${words})${TO}`)] as const,
);
const PREFERS_ENGLISH =
  /^(?:please )?send (?:my )?(?:notices|notifications|messages) (?:to (kakao|telegram|discord|web)|(here))[.!]*$/iu;

/** Null when it is about nothing of this. */
export function readLinking(text: string): LinkingReading | null {
  const said = text.normalize('NFKC').trim();
  if (said.length > WISH_MAX) return null;
  const plain = plainText(said).trim();
  if (MAKE.test(plain) || MAKE_ENGLISH.test(plain)) return { kind: 'make' };
  if (END.test(plain) || END_ENGLISH.test(plain)) return { kind: 'end' };
  const code = CODE.exec(said)?.[1];
  if (code !== undefined) return { kind: 'use', code };
  const place = PREFERS.find(([, words]) => words.test(plain))?.[0] ?? englishPlace(plain);
  return place === null ? null : { kind: 'prefer', where: place };
}

/** The words around a code, which alone say in which language it was sent. */
export function aroundCode(text: string): string {
  const said = text.normalize('NFKC').trim();
  const code = CODE.exec(said)?.[1];
  return code === undefined ? text : said.replace(code, '');
}

type Where = Extract<LinkingReading, { kind: 'prefer' }>['where'];

function englishPlace(plain: string): Where | null {
  const [, named, here] = PREFERS_ENGLISH.exec(plain) ?? [];
  if (here !== undefined) return 'here';
  return PLACES.find(([where]) => where === named?.toLowerCase())?.[0] ?? null;
}

function whole(pattern: string): RegExp {
  return new RegExp(`^${pattern}[\\s.!?~^]*$`, 'iu');
}
