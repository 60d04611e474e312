// Whether what was said is an order at all: who wants something, who only asks or tells.

import type { Clause, Stance } from './clauses.ts';
import { type Lettered, says } from './letters.ts';
import type { Notes } from './notes.ts';
import type { Token } from './page.ts';
import { ABOUT_THE_PAST, ASKS_OR_COMPLAINS, ORDERS, SAME_AGAIN, WONDERS } from './phrases.ts';

export type Evidence = {
  asked: boolean;
  naming: boolean;
  /** Says a product and a count and not a word more. */
  begins: boolean;
  /** Says a whole address and not a word more. */
  lives: boolean;
  labels: number;
  /** What was said, for the questions that only an incomplete order raises. */
  readonly texts: Lettered[];
  readonly clauses: Clause[];
};

export const noEvidence = (): Evidence => ({
  asked: false,
  naming: false,
  begins: false,
  lives: false,
  labels: 0,
  texts: [],
  clauses: [],
});

type Telling = Lettered & {
  readonly taken: Uint8Array;
  readonly tokens: readonly Token[];
  readonly clauses: readonly Clause[];
  readonly asked: boolean;
};

export function weigh(evidence: Evidence, telling: Telling): void {
  const { text, letters, taken, tokens, clauses, asked } = telling;
  evidence.texts.push({ text, letters });
  evidence.clauses.push(...clauses);
  evidence.asked ||= asked;
  evidence.naming ||= tokens.some(({ kind }) => kind === 'mention');
  evidence.labels += tokens.filter(
    (token) => (token.kind === 'name' || token.kind === 'address') && token.labelled,
  ).length;
  evidence.begins ||= isFragment(text, taken, tokens);
  evidence.lives ||= isAddressAlone(text, taken, tokens);
}

/** "두 상자요", "복숭아 세 상자": nothing beside a usable count but politeness. */
function isFragment(text: string, taken: Uint8Array, tokens: readonly Token[]): boolean {
  const counts = tokens.filter((token) => token.kind === 'count');
  const usable = counts.length > 0 && counts.every(({ boxes, more }) => boxes !== null && !more);
  if (!usable || tokens.some(({ kind }) => !FRAGMENT_KINDS.has(kind))) return false;
  return saysNoMore(text, taken);
}

/** "서울 마포구 월드컵로 12길 5 301호": the order may begin with where it goes. */
function isAddressAlone(text: string, taken: Uint8Array, tokens: readonly Token[]): boolean {
  const [address, more] = tokens.filter(({ kind }) => kind !== 'postcode' && kind !== 'break');
  if (address?.kind !== 'address' || more !== undefined || address.text === null) return false;
  return saysNoMore(text, taken);
}

function saysNoMore(text: string, taken: Uint8Array): boolean {
  let rest = '';
  for (let at = 0; at < text.length; at += 1) rest += taken[at] === 1 ? ' ' : text[at];
  return !/[\p{L}\p{N}?]/u.test(rest.replace(POLITE, ' '));
}

const FRAGMENT_KINDS: ReadonlySet<Token['kind']> = new Set(['count', 'mention', 'break']);
const POLITE =
  /(?<![가-힣])(?:안녕하세요|안녕하십니까|저|저도|저는|네|그럼|일단|우선)(?![가-힣])|이요|요|만|이에요|예요|입니다|로|으로|정도|[ㅎㅋㅠㅜ]/gu;

/** A courier, a bank or a shop's machine speaks; a buyer forwards it or it strayed here. */
const NOTICE =
  /고객님(?:의|께서?|이)? ?[^\n]{0,16}(?:상품|택배|주문|물품|소포)|\[(?:web ?발신|국제 ?발신|[가-힣A-Z]{1,8}(?:택배|통운|로지스|로직스|우체국|은행|카드|페이|광고))\]|배달 ?예정|배송 ?완료 ?되었|배송이? ?(?:시작|완료)되었|\(광고\)|수신 ?거부|무료 ?거부|수거 ?(?:물량|예정|요청|하러)|집하|기사입니다/iu;

/** What a firm offers: two of these make no buyer's message. */
const OFFERS: readonly RegExp[] = [
  /\d ?원 ?부터/u,
  /(?:제작|제조|생산|판매|납품|전문|도매) ?(?:업체|전문|공장|상사)|전문 ?[가-힣]{2,8}입니다/u,
  /이상 ?(?:구매 ?시? ?|주문 ?시? ?)?무료 ?배송/u,
  /(?:문의|상담)(?: ?전화)? ?:? ?0\d/u,
];
const OFFERS_MIN = 2;

/** Sent to many, and by law marked as such. */
const ADVERT = /[([]광고[)\]]|무료 ?(?:수신 ?)?거부|수신 ?거부/u;

export function isOrder({ blocks, shared, pending }: Notes, evidence: Evidence): boolean {
  const address = blocks.some((block) => block.address !== null || block.addressBad);
  const phone = blocks.some((block) => block.phone !== null || block.phoneBad);
  const name = blocks.some((block) => block.name !== null);
  const count =
    shared.length + pending.length > 0 || blocks.some(({ counts }) => counts.length > 0);
  const said = (pattern: RegExp): boolean => evidence.texts.some((text) => says(text, pattern));
  if (evidence.asked) return true;
  if (OFFERS.filter(said).length >= OFFERS_MIN && !(name && count)) return false;
  if (address && phone && count) return true;
  const means = (...stances: readonly Stance[]): boolean =>
    evidence.clauses.some(({ stance }) => stances.includes(stance()));
  if (said(ADVERT)) return false;
  const wants = means('wants');
  if (!wants && (means('maybe') || said(NOTICE))) return false;
  if (count && said(TO_SAME) && !said(ASKS_OR_COMPLAINS)) return true;
  if (!wants && means('asks') && !(address && phone) && evidence.labels < 2) return false;
  // "검토 중인데 견적서 먼저 보내주세요": nobody's data, and not a count that is meant.
  if (means('maybe') && !count && !address && !phone) return false;
  const past = said(ABOUT_THE_PAST);
  const talk = said(ASKS_OR_COMPLAINS);
  if (past && talk && !(wants && count)) return false;
  if (talk && !wants && !phone) return false;
  if (address && (phone || name || count)) return true;
  if (evidence.labels >= 2) return true;
  if (wants && count) return true;
  if (talk) return false;
  if (count && (phone || name)) return true;
  if (wants && said(AGAIN)) return true;
  if (past) return false;
  if (address && evidence.lives) return true;
  const ordering = said(ORDERS);
  if (count && (ordering || evidence.begins)) return true;
  if (ordering && said(SAME_AGAIN)) return true;
  if (name && phone) return true;
  return evidence.texts.some(
    (text) =>
      says(text, ORDERS) && !says(text, WONDERS) && (evidence.naming || says(text, PLAIN_ORDER)),
  );
}

/** "저번에 시켰던 대로 보내주세요": what is told of then is wished for now. */
const AGAIN =
  /(?:똑같이|그대로|같은 ?(?:걸|거|것)(?:으로|로)|[던신은한낸킨] ?(?:대로|데로)|처럼)(?:[\s,~]|또|다시|한 ?번|더|올해도?|이번에도?|똑같이|그대로|좀|만)*(?:보내 ?(?:주|줘)|부탁|주문|해 ?주|부쳐|시킬|신청|예약)/u;

/** "거기로 똑같이 3박스요": where is asked for, whatever else is asked. */
const TO_SAME =
  /(?:거기|그 ?주소|같은 ?(?:주소|곳|데)|지난번 ?주소|(?:보내 ?(?:주신|주셨던|준)|받았던|받은) ?(?:데|곳|주소))(?:로|에|으로)/u;
const PLAIN_ORDER = /주문|예약|order/iu;
