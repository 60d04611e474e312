// A farmer's text before it is cut into words: what is said in many ways is said in one.

import { withDurations, withMonths } from './farmer-durations.ts';
import { withPlainPast } from './farmer-verbs.ts';
import { plainText } from './plain-text.ts';
import { withRowsInDigits } from './spoken-rows.ts';
import { findDates } from './when.ts';

type Pass = readonly [RegExp, string];

/** "8/1-8/5" is written with a wave, so that its dash is none of a waybill. */
const DATE_SPAN = /(?<=\d\/\d{1,2}) ?- ?(?=\d{1,2}\/\d)/g;
/** "3. 123456789012" in a numbered list is row 3. */
const NUMBERED = /(^|\n)[ \t]*(\d{1,4}) ?[.)] ?(?=(?:운?송장(?:번호)? ?:? ?)?\d[\d -]{9,})/g;
/** "- 3번 보냄": the dash of a list; "전부 발송 -3번" leaves it out. */
const BULLET = /(^|\n)[ \t]*[-•*·▶●○■] ?(?=\d{1,4} ?번(?![지호]))/g;
const MINUS = /(?<=(?:전부|다|모두|전체|싹|전량)[^\n]{0,12}?) ?-(\d{1,4}(?: ?[,·] ?\d{1,4})*) ?번/g;

/** "아니 14번까지": the number takes the place of the one said before. */
const TAKES_BACK = /^\s*(?:아니(?:요|야|다)?|아 ?참|아)[\s,.]+(?=[^\n]{1,8}까지)/;
/** What is called out before anything is said. */
const CALLED_OUT =
  /(^|\n)[ \t]*(?:(?:아니|아이고|아이구|어이쿠|에구|어머|참|아참|근데|아|어|앗|음|저기|있잖아|이보게|글쎄)[\s,.~!]+)+(?=[^\n]{4})/g;
/** "늦어서 미안합니다", "번거롭게 해서 죄송해요": manners. */
const MANNERS =
  /(?:(?:늦|지체|번거|귀찮|자꾸|바쁘신|밤늦)[가-힣]{0,4}(?: ?(?:해서|연락드려서|보내서|말해서))?,? ?)(?:정말 ?|참 ?|너무 ?)?(?:미안|죄송)[가-힣]{0,8}/g;

/** "어제 포장해 둔 거라 바로 보냈고": done on another day, and no day of a list. */
const DONE_BEFORE =
  /(?<![가-힣])(?:어제|그저께|그제|미리|아까|새벽에) ?(?:포장|수확|작업|싸|따) ?(?:해 ?)?(?:둔|놓은|논|놨던|뒀던|한|했던|된) ?(?:거|것|건)(?:라서?|를|은|는|이라서?|을|ㄹ)?(?= )/g;

/** "점심 먹고 나서", "저녁 묵고": when, and no other business. */
const AFTER_MEALS =
  /(?<![가-힣])(?:아침|점심|저녁|새참|밥) ?(?:먹고|묵고|먹은 ?뒤|먹기 ?전|전|후)(?:에|엔)?(?: ?나서)?(?= [^\n]{0,60}[었았했렸갔냈됐쌌땄났끝])/g;

/** "3번서 9번꺼정", "5번이영 6번": said so in some valleys. */
const FROM_HERE = /(?<=\d ?번) ?서(?= ?\d)/g;
const AND_HERE = /(?<=\d ?번) ?(?:이영|영|허고|하구|이캉|캉|이라[ ,]|카고)(?= ?\d)/g;
/** "1-12 중 5,7 빼고": 중 is said of the rows in front, and nothing goes on. */
const AMONG =
  /(?<=\d ?번? ?)중(?:에서?)? ?(?=[\d번,.이랑하고과와 ]{1,60}(?:은|는|만)? ?(?:빼|뺀|제외|말고|못|안 |아직|남))/g;

const LEFT_OUT = '(?:빼고|빼놓고|뺀|말고|제외하고|제외|외에|냅두고|놔두고|남기고)';
/** "그거 말고는 다", "딴 집은": whatever was not named. */
const BUT_THOSE = new RegExp(
  `(?<![가-힣])(?:그것?들?|그거들?|고거|요거|걔네?들?|거기|그 ?(?:집|분|사람|번호|줄)(?:들|네)?) ?${LEFT_OUT}(?:는|은|ㄴ)?(?: ?나머지(?:는|은)?)?`,
  'g',
);
const OTHER_HOUSES =
  /(?<![가-힣])(?:딴|다른|남은) ?(?:집|분|사람|손님|번호|줄|곳|데)(?:들|네)?(?:꺼|거|것)?(?=$|[^가-힣]|[은는도만])/g;
/** "못 보낸 건 3번 7번", "남은 집은 11 13": what stands last is what stays behind. */
const LEFT_LAST =
  /(?:[\s,.]|^)(?:남은|빠진|못 ?보낸|안 ?보낸|못 ?싼|못 ?딴|안 ?싼|못 ?한|안 ?한) ?(?:집|거|것|건|게|분|사람|데|곳|번호)(?:들|네)?(?:은|는|이|만)? ?:? ?((?:\d{1,4} ?번?(?:이랑|하고|과|와)?[ ,.]{0,3}){1,40})(?:이?(?:에요|예요|요|다|야|네요|고)|입니다|뿐[가-힣]{0,4})?[ .!]*(?=$|\n)/g;

/** "맨 위부터 순서대로": from the first row on. */
const FROM_TOP =
  /(?<![가-힣])(?:맨 ?(?:위|앞|처음)|처음|위|앞|첫 ?(?:줄|번호?|집|번째))(?:에서)?부터(?= ?(?:차례|순서|쭉|죽|\d))/g;

/** "밭에서 따 왔어", "명단에서 3번": where, and from no row on. */
const AT_A_PLACE = /(?<=[가-힣])(?<![번째일욜주]|여기)에서(?=[ ,])/g;

/** "23일하고 24일": two days. */
const DAY_AND_DAY = /(?<=\d ?일) ?(?:하고|이랑|랑|과|와) ?(?=\d{1,2} ?일)/g;

/** "다 쌌어요 아 그리고 내일 40": another matter begins. */
const AND_ALSO =
  /(?<=[요다네죠끝함음임료]) ?[.,~!]* (?:(?:아 ?참|아차|아|참)[ ,.]*)?(?:그리고|글고|그라고|그라고예|또한)[ ,]+/g;
/** "내일 모레 글피", "내일 모레 둘 다 45씩": two days, where 내일모레 is one. */
const TOMORROW_AND_NEXT =
  /(?<![가-힣])(내일|낼)(?: ?(모레|모래)(?= ?글피|[^\n]{0,14}(?:씩|둘 ?다|양일|각각|이틀|[^가-힣]다 ))| (모레|모래)(?= ?\d))/g;

/** "인자 담기만 하면 됩니더": what is still to come, and no report. */
const ONLY_LEFT_TO_DO =
  /(?:(?<![가-힣])(?:인자|이제|인제|그럼) )?[가-힣]{1,4}만 ?하면 ?(?:되|됩|돼|된|끝이)[가-힣]{0,4}[ .!~]*(?=$|\n)/g;
/** "발송처리 안 했네요 그날 나갔습니다": only the entry was forgotten. */
const NOT_ENTERED =
  /(?:발송|출고|배송|포장|수확)? ?(?:처리|체크|입력|등록|보고|표시)(?:를|을)? ?(?:안 ?했|못 ?했|깜빡|깜박|빼먹|까먹|잊어|잊었)[가-힣]*,?(?= [^\n]{0,20}(?:나갔|나감|보냈|보냄|부쳤|실었|발송|쌌|포장|땄|수확))/g;
/** "취소해 달라고 전화 왔고요": the wish itself. */
const WISH_REPORTED =
  /취소 ?(?:해 ?(?:달라고|달라|주라고|달래)|한다고|하신다고|하겠다고|하고 ?싶다고|원한다고) ?(?:전화|연락|문자|톡|카톡|말)?[이가을를]? ?(?:왔|옴|하시|하네|했|합|해|받았|부탁)[가-힣]*/g;
/** "취소한대요 입원하셨다고 환불해 드리세요": what stands behind the wish is why. */
const WHY_CANCELLED =
  /(?<=취소 ?(?:한대|하신대|해 ?달래|해 ?달라네|하겠대|한다네|해주세|해 ?줘|하래)[요유다]?)(?! ?(?:\n|$))[ ,.]+(?![^\n]*(?:\d|취소|나머지|포장|발송|수확|쌌|보냈|내일|모레|송장))[^\n]{1,40}/g;
/** "40에서 30으로 줄여": the number that it comes to. */
const FROM_TO =
  /(?<![\d/])\d{1,4} ?(?:상자|박스|개)?에서 ?(\d{1,4}) ?(?:상자|박스|개)?(?:으로|로)(?= ?(?:줄|늘|낮|올|내려|내리|바꿔|바꾸|변경|조정|맞춰|수정|해))/g;
/** "… 줄여주세요 조합에 낼 거 있어서": a reason behind the command. */
const REASON_LAST =
  /(?<=(?:주세요|줘요|해요|할게요|할께요|합니다|주이소|쉬어요|쉽니다|쉴게요)) (?![^\n]*(?:\d ?번|포장|발송|수확|송장))[^\d\n.]{2,40}?(?:있어서|없어서|[아어해와워려]서|라서|이라|니까|거든요?|느라|때문에요?|명 ?(?:빠졌|없|모자라)[가-힣]{0,4})[요유]?[ .!]*(?=$|\n)/g;
/** "두 집은 내일 보낼라요" behind a sentence that is over. */
const SOME_LATER =
  /(?<=[요다소]) (?=(?:한|두|세|네|다섯|\d{1,3}) ?(?:집|곳|군데)[은는]? ?(?:내일|낼|다음|이따|나중))/g;
/** "박스당 세 줄 … 한 명 빠졌어": hands are short, and no row. */
const SHORT_OF_HANDS =
  /(?:사람|일꾼|일손|인부|식구|직원|아지매|아주머니)[이가은는도]? ?(?:한|두|세|네|\d{1,2}) ?(?:명|사람|분)[이가도]? ?(?:빠졌|없|모자라|부족|안 ?[와왔]|못 ?[와왔]|아프|아파)[가-힣]{0,4}/g;

const PASSES: readonly Pass[] = [
  [ONLY_LEFT_TO_DO, ''],
  [NOT_ENTERED, ' '],
  [WISH_REPORTED, '취소해주세요. '],
  [WHY_CANCELLED, ''],
  [FROM_TO, '$1상자로'],
  [SHORT_OF_HANDS, ' '],
  [REASON_LAST, ''],
  [SOME_LATER, '. '],
  [AND_ALSO, '. '],
  [TOMORROW_AND_NEXT, '$1, $2$3'],
  [DATE_SPAN, '~'],
  [NUMBERED, '$1$2번 '],
  [BULLET, '$1'],
  [MINUS, ' $1번 빼고'],
  [TAKES_BACK, ''],
  [CALLED_OUT, '$1'],
  [MANNERS, ' '],
  [AFTER_MEALS, ' '],
  [DONE_BEFORE, ' '],
  [BUT_THOSE, '나머지는'],
  [LEFT_LAST, '. $1 빼고'],
  [OTHER_HOUSES, '나머지'],
  [FROM_TOP, '1번부터'],
  [AT_A_PLACE, '에'],
  [DAY_AND_DAY, ' '],
];
const PASSES_IN_DIGITS: readonly Pass[] = [
  [FROM_HERE, '에서'],
  [AND_HERE, '이랑'],
  [AMONG, ' 가운데 '],
];

export function farmerText(text: string, today: string): string {
  const plain = through(PASSES, plainText(text));
  const digits = withRowsInDigits(withPlainPast(plain));
  const inDigits = withRowsBehind(through(PASSES_IN_DIGITS, digits));
  return withDurations(withoutReasons(withMonths(inDigits), today), today);
}

/** "7번 뒤로는", "7번 다음부터": the rows from the next one on. */
const BEHIND =
  /(\d{1,4}) ?번 ?(?:(?:뒤|밑|아래)(?:으?로|부터)|다음부터|이후(?:로|부터)?)(?=는|은| |$)/g;
const withRowsBehind = (text: string): string =>
  text.replace(BEHIND, (_, row: string) => `${Number(row) + 1}번부터`);

const through = (passes: readonly Pass[], text: string): string =>
  passes.reduce((said, [pattern, put]) => said.replace(pattern, put), text);

/** Rows and steps of the work: there a reason may tell which row stays behind. */
const OF_ROWS = /\d ?번|\d{9}|수확|포장|발송|출고|출하|송장|취소|목록|명단/u;
const OF_A_DAY = /\d|상자|박스|쉬|쉼|쉽|쉴|휴|놀|닫|막|못|안 ?[하합해]/u;
/** "비 온다니", "손님이 오셔서", "추석 앞이라": why, with what it says it of. */
const REASON =
  /(?<![\d가-힣])(?:[가-힣]+ ){0,4}[가-힣]*(?:[아어여러려해워와봐돼려져]서|라서|이라|으니|니까|니께|는데|은데|인데|때문에|땜에|탓에|길래|느라|다니|다고|다캐서|다카네예?|다카이|다카던데|다네요?|[가-힣]초라|[가-힣]{2}사라)(?=[ ,])/gu;
/** These are said of the day itself, and not why. */
const OF_THE_DAY =
  /쉬|쉰|휴무|휴가|놀|닫|막|못 ?하|안 ?하|접|받|마감|멈|싶|[할을될갈]까|모르|글쎄|으면|만약/u;
/** A count, or a sentence that is over: the reason begins behind it. */
const BEFORE_IT =
  /(?:상자|박스|[\d한두세네섯덟곱홉열무른흔] ?개)|(?:[요자까줘라만]|니다|[었았했겠]다)$/u;

/** A day's number needs no reason: "모레 비 예보 있어서 10상자만". */
function withoutReasons(text: string, today: string): string {
  if (OF_ROWS.test(text) || !OF_A_DAY.test(text)) return text;
  const days = findDates(text, today);
  if (days.length === 0) return text;
  return text.replace(REASON, (said, at: number) => {
    // What stands before a day in it is another matter than what stands behind.
    const last = days.findLast(({ start, end }) => end > at && start < at + said.length);
    const from = last === undefined ? 0 : behindWord(text, last.end) - at;
    const kept = said.slice(0, Math.max(from, 0));
    const words = said.slice(kept.length).split(' ');
    const begin = words.slice(0, -1).findLastIndex((word) => BEFORE_IT.test(word)) + 1;
    const reason = words.slice(begin).join(' ');
    if (OF_THE_DAY.test(reason) || reason.trim() === '') return said;
    return `${kept}${words.slice(0, begin).join(' ')} `;
  });
}

/** Where the word ends that a day stands at the beginning of: "내일은". */
function behindWord(text: string, at: number): number {
  let end = at;
  while (/[가-힣]/.test(text[end] ?? '')) end += 1;
  return end;
}
