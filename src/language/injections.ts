// Stretches in which somebody gives orders to the reader of the message instead of to the farm.
import { type Letters, lettersOf, matchesOn, says } from './letters.ts';

/** Who is spoken to, or who speaks, when it is no farmer: SYSTEM, 관리자 모드, 당신은 이제 … */
const ROLES = [
  String.raw`(?<=^|[\n.!?\s(\[<{"'#*])[<#*\[("'{]*\s?(?:system|assistant|developer|admin(?:istrator)?|root|sudo|user|instructions?|prompt|시스템|관리자|운영자|개발자|어시스턴트|챗봇|인공지능|AI|봇|GPT) ?(?:메시지|공지|명령어?|지시|지침|안내|알림|message|prompt|instructions?|note|override)? ?[\])}>'"*]{0,3} ?[:>\])}]`,
  '(?:시스템|서버|전산|플랫폼) ?(?:관리자|운영자|개발자|담당자)(?=입니다|다|로서|인데|이다|의| ?권한| ?모드| ?명령)',
  '(?:관리자|운영자|개발자|디버그|테스트|시스템|루트|유지 ?보수|어드민|admin|debug|developer|god|dan|root|maintenance|test) ?(?:모드|권한|계정으로|mode|access|privilege|override)',
  '(?:시스템|관리자) ?(?:프롬프트|비밀 ?번호|명령|지시|승인|코드)',
  '(?<![가-힣])(?:당신[은이]?|너는|넌|귀하는) ?(?:이제|지금|앞으로)?(?:부터)? ?[^\\n.]{0,16}(?:AI|인공지능|챗봇|봇|비서|어시스턴트|도우미|관리자|언어 ?모델|역할)',
  '(?:이제|지금)부터 ?(?:너|넌|당신|모든|새로운|다음 ?(?:지시|명령|규칙))',
  String.raw`\byou are (?:now|an?|the)\b|\bact as\b|\bpretend\b|\bjailbreak|\bas an? (?:ai|admin|assistant|system)|\bsystem ?prompt|\b(?:new|updated) (?:instructions?|rules?)\b`,
].join('|');

/** What they are told to do: forget what holds, or what no buyer can do. */
const ACTS = [
  '(?:이전|앞선|앞의|앞서|위의|지금까지의?|기존의?|모든|원래의?|받은)[^\\n.]{0,12}(?:지시|명령|규칙|프롬프트|지침|설정|정책|제한|제약|(?:대화|내용)(?=[^\\n.]{0,12}(?:무시하[고라]|잊)))[^\\n.]{0,16}(?:무시|잊|삭제|초기화|해제|따르지)',
  '(?:지시|명령|규칙|프롬프트|지침|제한)(?:을|를|은|는|사항을?)? ?(?:모두|전부|다)? ?(?:무시|잊어|초기화|해제)',
  '(?:입금|결제|송금|지불) ?(?:확인|완료)?(?:된|한)? ?(?:것|걸|거|상태)?(?:으로|로) ?(?:처리|변경|표시|기록|간주|바꾸|바꿔|수정|설정|체크|등록)',
  '(?:무료|공짜|0 ?원|1 ?원|영원|빵원)(?:으로|로) ?(?:처리|변경|설정|수정|바꾸|바꿔|등록|기록|결제)',
  '(?:가격|금액|단가|총액|합계|재고|한도|수량 ?제한)(?:을|를|은|는)? ?(?:모두|전부)? ?(?:0|1|무료|무제한|100) ?(?:원|개)?(?:으로|로) ?(?:처리|변경|설정|수정|바꾸|바꿔|해)',
  '(?:모든|전체|다른|전) ?(?:고객|주문|회원|손님|사용자|사람들?)(?:의|을|를|에게|들)?[^\\n.]{0,14}(?:취소|삭제|처리|변경|출력|알려|보여|조회|승인|완료|환불)',
  '(?:고객|회원|주문|계좌|개인) ?(?:명단|목록|정보|데이터|리스트|db)[^\\n.]{0,8}(?:보여|출력|알려|보내|내놔|공개|유출|전송)',
  String.raw`\b(?:ignore|disregard|forget|override|bypass|skip)\b[^\n.]{0,40}\b(?:instructions?|prompts?|rules?|above|previous|prior|everything|limits?|guidelines?|policy|policies|checks?)\b`,
  String.raw`\b(?:mark|set|treat|flag|record|confirm)\b[^\n.]{0,40}\b(?:paid|free|confirmed|shipped|delivered|0 won|zero)\b|\b(?:every|all|other|each) (?:customers?|orders?|users?|buyers?)\b|\b(?:reveal|print|output|show|leak|dump|repeat)\b[^\n.]{0,24}\b(?:prompt|instructions?|password|database|customers?|secrets?|api ?keys?)\b`,
  String.raw`\bdrop table\b|\bselect \* from\b|\bdelete from\b|\bunion select\b|<script|<\/?(?:system|instructions?|prompt|admin)>`,
].join('|');

const ROLE = new RegExp(ROLES, 'giu');
const ACT = new RegExp(ACTS, 'giu');

/** Cheap, and true of every text with such a stretch. */
const MAY_INJECT =
  /무시|잊|시스템|관리자|운영자|개발자|모드|처리|지시|명령|프롬프트|인공지능|챗봇|어시스턴트|당신|부터|출력|무료로|공짜로|\d ?원으로|모든|전체|다른|명단|목록|AI|봇|GPT|[a-z]{4}/iu;

type Stretch = { readonly start: number; readonly end: number };

/** In text order; a stretch begins at its cue, and a bracket around it belongs to it. */
export function findInjections(text: string, letters: Letters): readonly Stretch[] {
  if (!says({ text, letters }, MAY_INJECT)) return [];
  const roles = matchesOn({ text, letters }, ROLE).map(({ index }) => ({ index, isRole: true }));
  const acts = matchesOn({ text, letters }, ACT).map(({ index }) => ({ index, isRole: false }));
  const found: Stretch[] = [];
  for (const { index, isRole } of [...roles, ...acts].sort((a, b) => a.index - b.index)) {
    if (index < (found.at(-1)?.end ?? 0)) continue;
    found.push(bracketAround(text, index) ?? { start: index, end: endOf(text, index, isRole) });
  }
  return found;
}

/** A role speaks to the end of its line, in both languages; English goes on until Korean begins; else a sentence. */
function endOf(text: string, from: number, isRole: boolean): number {
  const rest = text.slice(from);
  const english = isRole ? undefined : /^[^가-힣\n]{12,}/u.exec(rest)?.[0];
  const reach = isRole ? /^[^\n]*/u : /^[^\n.]*/u;
  return from + (english ?? reach.exec(rest)?.[0] ?? '').length;
}

const BRACKETS = { '(': ')', '[': ']', '{': '}', '<': '>' } as const;
const BRACKET_MAX = 300;

function bracketAround(text: string, at: number): Stretch | null {
  const from = Math.max(0, at - BRACKET_MAX);
  const before = text.slice(from, at + 1);
  for (const [opening, closing] of Object.entries(BRACKETS)) {
    const start = before.lastIndexOf(opening);
    if (start < 0 || before.slice(start).includes(closing)) continue;
    const end = text.slice(at, at + BRACKET_MAX).indexOf(closing);
    // "[시스템] 50박스로 …": the bracket is the speaker's name, and what he says stands behind it.
    if (end < 0 || end < 10) continue;
    return { start: from + start, end: at + end + 1 };
  }
  return null;
}

/** The text with blanks in their place. */
export function withoutInjection(text: string, letters = lettersOf(text)): string {
  let plain = text;
  for (const { start, end } of findInjections(text, letters))
    plain =
      plain.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + plain.slice(end);
  return plain;
}
