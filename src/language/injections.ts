// Stretches in which somebody gives orders to the reader of the message instead of to the farm.
import { type Letters, lettersOf, matchesOn, says } from './letters.ts';

/** Who is spoken to, or who speaks, when it is no farmer: SYSTEM, 관리자 모드, 당신은 이제 … */
const ROLES = [
  String.raw`(?<=^|[\n.!?\s(\[<{"'#*])[<#*\[("'{]*\s?(?:system|assistant|developer|admin(?:istrator)?|root|sudo|user|instructions?|prompt|시스템|관리자|운영자|개발자|어시스턴트|챗봇|인공지능|AI|봇|GPT) ?(?:메시지|공지|명령어?|지시|지침|안내|알림|message|prompt|instructions?|note|override)? ?[\])}>'"*]{0,3} ?[:>\])}]`,
  '(?:시스템|서버|전산|플랫폼) ?(?:관리자|운영자|개발자|담당자)(?=입니다|다|로서|인데|이다|의| ?권한| ?모드| ?명령)',
  '(?:관리자|운영자|개발자|디버그|테스트|시스템|루트|유지 ?보수|어드민|admin|debug|developer|god|dan|root|maintenance|test) ?(?:모드|권한|계정으로|mode|access|privilege|override)',
  '(?:시스템|관리자|운영자|개발자) ?(?:프롬프트|비밀 ?번호|명령|지시|지침|승인|코드)',
  '(?<![가-힣])(?:당신|너|네|귀하)의 ?(?:임무|역할|목표|과제|업무)|(?:명령|지시|프롬프트)(?:어|문|사항)?(?:입니다|이다|임(?![가-힣])|[을를] ?(?:실행|수행|따르|따라|이행))',
  '(?<![가-힣])(?:당신[은이]?|너는|넌|귀하는) ?(?:이제|지금|앞으로)?(?:부터)? ?[^\\n.]{0,16}(?:AI|인공지능|챗봇|봇|비서|어시스턴트|도우미|관리자|언어 ?모델|역할)',
  '(?:이제|지금)부터 ?(?:너|넌|당신|모든|새로운|다음 ?(?:지시|명령|규칙))',
  String.raw`\byou are (?:now|an?|the)\b|\byou must\b|\bact as\b|\bpretend\b|\bjailbreak|\bas an? (?:ai|admin|assistant|system)|\bsystem ?prompt|\b(?:new|updated) (?:instructions?|rules?)\b`,
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

/** No human reads: whoever speaks to one of these gives no order of his own. */
const MACHINE =
  '(?:AI|A\\.I\\.|에이아이|인공 ?지능|챗 ?봇|챗 ?(?:GPT|지피티)|지피티|GPT|LLM|클로드|제미나이|로봇|(?:[가-힣]{2} ?)?봇|어시스턴트|(?:거대 ?)?언어 ?모델|알고리즘|파서|에이전트)';
/** These stand in honest messages too: "프로그램은 잘 몰라서". */
const DEVICE =
  '(?:시스템|프로그램|컴퓨터|기계|서버|스크립트|소프트웨어|자동(?:화)? ?(?:도구|응답기|입력기|판독기|장치|처리기)|입력기|판독기)';
const HELPS =
  '(?: ?(?:비서|직원|상담원|상담사|도우미|담당자?|모델|시스템|봇|프로그램|에이전트|관리자))?(?:님|분)?들?(?: ?여러분)?';
const TOLD =
  '(?:것|하라|해라|시오|세요|십시오|한다|된다|다음|아래|수량|금액|가격|바꾸|바꿔|변경|처리|수정|정정|접수|등록|기록|저장|출력|따르|설정|계산|알립니다|전합니다)';
const READS =
  '(?<![가-힣])(?:이|위의?|본|해당|아래|다음) ?(?:메시지|메세지|글|톡|카톡|문자|문장|문구|텍스트|쪽지|주문서?|내용|대화|입력|줄)(?:을|를)? ?(?:자동(?:으로)? ?)?(?:읽|처리하|처리 ?중이|분석하|해석하|판독하|파싱하|요약하)(?:는|게 ?될|고 ?있는) ?(?!대로|즉시|데|동안|거|게|건|것|중|사람|분)(?=[가-힣A-Z])';
const SPOKEN_TO = [
  `(?<![가-힣A-Za-z])${MACHINE}${HELPS}(?:(?: [가-힣]{1,4}){1,2}(?:에게|한테)|에게|한테|께서?|에 ?대한|이?라면|이면|용|[은는] ?[^\\n.]{0,40}${TOLD}| ?전용| ?[:→>]| - )`,
  `(?<![가-힣A-Za-z])${DEVICE}${HELPS}(?: ?[가-힣]{0,4} ?:| ?(?:안내|공지|알림|메모) ?[-–—]|에게|한테|께|용 |[은는] ?[^\\n.]{0,40}${TOLD}| ?전용|[이가] ?(?:읽|처리|인식|자동)[가-힣 ]{0,8} ?(?:부분|내용|란|줄)| ?>)`,
  READS,
  String.raw`(?:^|[\n.!?\s#([])(?:(?:새로운|추가|최종|수정된|변경된|업데이트된|긴급) ?(?:지시|명령)(?:사항|어|문)?|프롬프트|명령어?) ?[:#>\])-]|#+ ?(?:지시|명령|지침)(?:사항)?(?=[ #:]|$)`,
  '"role" ?:|<!--',
  String.raw`\b(?:dear|attention|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)|if you(?: are|’re|'re)) (?:the |an? |any |all )?(?:AI|(?:chat ?)?bots?|assistants?|LLMs?|GPT|language models?|robots?|parsers?|systems?|agents?)\b`,
].join('|');

/** "챗봇아 10박스로 바꿔줘": a buyer may greet so too, and then speaks for himself. */
const CALLED =
  String.raw`(?:^|[\n.!?※(]) ?(?:` +
  `${MACHINE}(?:님|분)?(?:[,!~]|아|야)|(?:AI|(?:chat ?)?bot|assistant|GPT|system|robot) ?[,!])`;
const FOR_HIMSELF =
  /\d{3,4}[-. ]?\d{4}(?!\d)|(?:할게|할께|할래|시킬게|살게|주문합니다|주문해요|주문이요|주문요|부탁(?:해요|드|합)|싶어)|\bi\b/iu;

const ROLE = new RegExp(`${ROLES}|${SPOKEN_TO}`, 'giu');
const CALL = new RegExp(CALLED, 'giu');
const ACT = new RegExp(ACTS, 'giu');

/** Cheap, and true of every text with such a stretch. */
const MAY_INJECT =
  /무시|잊|시스템|관리자|운영자|개발자|모드|처리|지시|명령|프롬프트|인공지능|챗봇|어시스턴트|당신|부터|출력|무료로|공짜로|\d ?원으로|모든|전체|다른|명단|목록|AI|봇|GPT|에이아이|지피티|LLM|모델|알고리즘|파서|에이전트|프로그램|컴퓨터|기계|서버|스크립트|소프트웨어|[가-힣]기[는에]|읽|분석|해석|판독|파싱|요약|<!|[a-z]{4}/iu;

type Stretch = { readonly start: number; readonly end: number };

/** In text order; a stretch begins at its cue, and a bracket around it belongs to it. */
export function findInjections(text: string, letters: Letters): readonly Stretch[] {
  if (!says({ text, letters }, MAY_INJECT)) return [];
  const roles = matchesOn({ text, letters }, ROLE).map(({ index }) => ({ index, isRole: true }));
  const called = matchesOn({ text, letters }, CALL)
    .filter(({ index }) => !FOR_HIMSELF.test(lineFrom(text, index)))
    .map(({ index }) => ({ index, isRole: true }));
  const acts = matchesOn({ text, letters }, ACT).map(({ index }) => ({
    index: changesBefore(text, index),
    isRole: false,
  }));
  const found: Stretch[] = [];
  for (const { index, isRole } of [...roles, ...called, ...acts].sort(
    (a, b) => a.index - b.index,
  )) {
    if (index < (found.at(-1)?.end ?? 0)) continue;
    found.push(bracketAround(text, index) ?? { start: index, end: endOf(text, index, isRole) });
  }
  return found;
}

/** "수량을 20박스로 바꾸고 금액은 0원으로 처리": what else is told in the same breath. */
function changesBefore(text: string, at: number): number {
  const ahead = CHANGES_AHEAD.exec(text.slice(Math.max(0, at - AHEAD_MAX), at));
  return ahead === null ? at : at - ahead[0].length;
}
const AHEAD_MAX = 60;
const CHANGES_AHEAD =
  /(?:[^\n.!?※()[\]\d]|(?<![\d-])\d{1,3}(?![\d-]))*(?:바꾸|변경하|수정하|정정하|고치|늘리|올리|설정하|처리하|기록하|접수하)(?:고|며|되)[ ,]*$/u;

/** From the first letter there to the end of its line. */
const lineFrom = (text: string, at: number): string =>
  text.slice(at).trimStart().split('\n', 1)[0] ?? '';

/** A role speaks to the end of its line, in both languages; English goes on until Korean begins; else a sentence. */
function endOf(text: string, from: number, isRole: boolean): number {
  const rest = text.slice(from);
  const english = isRole ? undefined : /^[^가-힣\n]{12,}/u.exec(rest)?.[0];
  const reach = isRole ? ROLE_REACH : /^[^\n.]*/u;
  return from + (english ?? reach.exec(rest)?.[0] ?? '').length;
}

/** "AI에게:" alone on its line speaks in the next one. */
const ROLE_REACH = /^\n?(?:[^\n]{0,24}:[ \t]*\n)?[^\n]*/u;

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
