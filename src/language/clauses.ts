// How each clause of a message is meant: does it want parcels, tell a story, ask, or only hold data?
import { type Lettered, lettersOf, matchesOn, mayHold, says } from './letters.ts';
import { ASKS_ABOUT, CORRECTS, ORDERS, REQUESTS } from './phrases.ts';

/**
 * `wants` asks for parcels, `told` speaks of what was or of others, `pays` of money sent, `asks` wants
 * to know, `maybe` has not decided; `plain` has no predicate that says any of it.
 */
export type Stance = 'wants' | 'told' | 'pays' | 'asks' | 'maybe' | 'plain';

export type Clause = {
  readonly start: number;
  readonly end: number;
  /** Found out when first asked for: most clauses are data, and nobody asks. */
  readonly stance: () => Stance;
};

/** Every syllable that ends in ㅆ is of the past tense (갔, 했, 시켰), but for 있다 and 겠. */
const PAST_SYLLABLES = Array.from({ length: 399 }, (_, index) =>
  String.fromCharCode(0xac00 + index * 28 + 20),
)
  .filter((letter) => letter !== '있' && letter !== '겠')
  .join('');
const PAST_CODES = new Set([...PAST_SYLLABLES].map((letter) => letter.charCodeAt(0)));
const isPast = (letter: number): boolean => PAST_CODES.has(letter);

/** 갈, 먹을, 받을: what one is going to do. */
const FUTURE_SYLLABLES = Array.from({ length: 399 }, (_, index) =>
  String.fromCharCode(0xac00 + index * 28 + 8),
).join('');
const WILL = new RegExp(
  `(?:게|께|래)(?<=[${FUTURE_SYLLABLES}].)(?:요|용|여)?(?![가-힣])|겠습니다|겠어요`,
  'u',
);
/** What one is going to do is no order: "내일 연락드릴게요". */
const WILL_ELSE =
  /입금|송금|이체|결제|연락|전화|알려|말씀|문의|여쭤|확인|들를|들르|방문|찾아|나중|다음|담에|기다리|생각|번창|드릴[게께]|드리겠|먹겠습|알겠|모르겠/u;

/**
 * Where one clause ends and the next begins, with the signs and sounds that hang on the end. A class of
 * many syllables is looked at last and backwards: the engine calls a function for each letter it tries.
 */
const BORDER = new RegExp(
  [
    String.raw`\n|[.!?~]+(?=\s|$)|[()[\]【】]`,
    String.raw`(?:요(?<=[어아해워와여려져켜쳐셔에예데서고구네군게께래죠까나지세든대]요)|니다|잖아요?|죠|랍니다|답니다|어(?<=[${PAST_SYLLABLES}]어))(?=[\s,.!?~^ㅎㅋㅠㅜ)]|$|\p{Extended_Pictographic})[.!?~^]*`,
    String.raw`(?:는데|은데|인데|던데|지만|더니|니까|거든|아서|어서|해서|라서|려다가?|[고다](?<=[${PAST_SYLLABLES}].))(?=[\s,.])`,
    String.raw`(?:ㅎ|ㅋ|ㅠ|ㅜ)+(?=\s)`,
  ].join('|'),
  'gu',
);

/** Without an ending of the past: what others say, what used to be. */
const HEARSAY =
  /려다가?(?=[\s,.]|$)|[다라자](?:는데|길래|던데)|더라(?:고|구)?요?|던데|[다라]면서요|(?:[ㄴ-ㅎ가-힣]다|라)(?:네요|더군)|답니다|(?<!바)랍니다|[가-힣]대요|는 ?편이|(?:시킨|주문한|받은|먹은|(?<![가-힣])산|보내 ?주신|갖다 ?준|가져온|(?<![가-힣])간|(?<![가-힣])온) ?(?:게|건|것|거|적|지)(?![가-힣]*(?:로|랑|처럼))/gu;
/** Said of a time before now, and not to have the same again. */
const PAST_TIME =
  /(?<![가-힣])(?:재?작년|지난 ?(?:번|달|주|해|봄|여름|가을|겨울|추석|설|명절|시즌)|저번(?: ?[주달])?|접때|예전|옛날|엊그제|그때|그 ?전)(?:엔|에는|에|은|는|까지는?|만 ?해도)(?! ?(?:처럼|같|똑)|[^\n.]{0,14}주소(?:로|대로| ?그대로|지로))/u;
/** What somebody does day by day. */
const HABIT =
  /(?<![가-힣])(?:하루|일주일|한 ?달|1년|일년)에 |(?<![가-힣])(?:매(?:일|년|달|번|주)|해마다|보통|항상|평소)(?![가-힣])/u;
/** The terms of a sale: "5박스부터 무료배송", "3박스 이상 구매시". */
const TERMS =
  /\d ?(?:박스|상자|개|만 ?원|kg) ?(?:부터|이상)[^\n]{0,12}(?:무료|할인|배송비|증정|구매|주문 ?시|서비스)|(?:박스|상자)당|무료 ?배송(?:입|이|해|됩)/u;

/** Money or goods asked back. */
const CLAIMS = /환불|돌려 ?(?:주|받)|반품|보상|변상|배상/u;

/** Pictures are sent to the farm, and no parcels for it. */
const SHOWS =
  /(?:사진|영상|캡[처쳐])(?:은|는|을|도)? ?(?:[가-힣]{1,4} )?(?:보낼|보내드릴|보내 ?봅|올릴|올려 ?드릴)/u;

const UNDECIDED =
  /(?:생각|검토|고려|논의|협의) ?중|고민|망설|(?:상의|의논|얘기)해? ?(?:보고|하고|해서)|(?<![가-힣])(?:다음 ?(?:달|번|시즌)|담 ?(?:달|번)|내년|나중|조만간)(?:에|쯤|이나)?(?! ?\d)(?![^\n]{0,24}(?:받|도착|배송|보내))[^\n]{0,24}(?:(?<!정)[살킬할올을][게께]|하겠|살래)|(?:할|살|시킬|주문할)까(?: ?말까| ?(?:생각|고민|싶|하는|해|합|하다))|(?:나오|열리|풀리|시작(?:되|하)|내리|떨어지|싸지|좋아지|마음에 ?들|맛있으|괜찮으)면[^\n]{0,16}(?:[할살킬올]게|[할살킬]께|할 ?게|하겠|살래|볼게|생각)|견적(?! ?없이)|(?:결재|승인|품의|예산|확정|결정)(?:이|가|은|을)? ?(?:나면|나오면|되면|되는 ?대로|떨어지면|받으면|받고|나는 ?대로|후에?)[^\n]{0,16}(?:[할살킬올]게|[할살킬드]릴게|하겠|드리겠)/u;

/** These may be of the past, and still say what is wanted: "3박스로 하기로 했어요". */
const DECIDED =
  /(?:(?:하|보내|사|시키|주문하)기로|결정을?|(?<![가-힣])정|달라고?|(?:시키|보내|주문하|사)라고) ?(?:했|하셨|하시|하네|하는|합니|해[요서]|그래|하더|하던)/u;

const PAYS =
  /입금|송금|이체|결제|계좌|(?<![가-힣])돈|대금|값|원(?:을|은)? ?(?:방금|지금|오늘|아까)? ?(?:보냈|부쳤|넣었|쐈)/u;

const WANTS = new RegExp(`${ORDERS.source}|${REQUESTS.source}|${CORRECTS.source}`, 'giu');
/** 하나요 by itself is a count: "한라봉 하나요". */
const ENDS_ASKING =
  /(?:\?|까요|(?<!(?<![가-힣])하)나요|(?:배송|발송|택배|판매|주문|예약|포장|가능) 하나요|[는은던한인된]가요|[는은을]지(?:도|가|를)?요?|(?:알려|가르쳐|갈켜|확인해?|조회해?|답변?) ?(?:좀 ?)?(?:주|줘)[가-힣]*|[죠]요?\?|습니까|ㅂ니까|[했됐왔갔]나)[\s~!^ㅎㅋㅠㅜ?]*$/u;

/** Clauses in text order; together they cover the text. */
export function cutClauses(text: string, letters = lettersOf(text)): readonly Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  const close = (end: number): void => {
    if (end <= start) return;
    const part = text.slice(start, end);
    let known: Stance | null = null;
    const stance = (): Stance => {
      known ??= stanceOf({ text: part, letters });
      return known;
    };
    clauses.push({ start, end, stance });
    start = end;
  };
  for (const match of matchesOn({ text, letters }, BORDER)) close(match.index + match[0].length);
  close(text.length + 1);
  return clauses;
}

function stanceOf(clause: Lettered): Stance {
  if (!/[가-힣a-z]{2}/iu.test(clause.text)) return 'plain';
  if (says(clause, UNDECIDED)) return 'maybe';
  if (says(clause, TERMS)) return 'told';
  if (says(clause, CLAIMS) && !says(clause, ORDERS)) return 'told';
  if (says(clause, SHOWS)) return 'plain';
  const wants = lastOf(WANTS, clause);
  const past = Math.max(lastPast(clause.text), lastOf(HEARSAY, clause));
  if (says(clause, DECIDED)) return 'wants';
  if (past > wants) return says(clause, PAYS) ? 'pays' : 'told';
  if (says(clause, ENDS_ASKING) && !says(clause, REQUESTS)) return 'asks';
  if (wants < 0 && says(clause, ASKS_ABOUT)) return 'asks';
  if (wants >= 0 || (says(clause, WILL) && !says(clause, WILL_ELSE))) return 'wants';
  return says(clause, PAST_TIME) || says(clause, HABIT) ? 'told' : 'plain';
}

/** Where the last syllable of the past stands that is no wish: "했으면 좋겠어요". */
function lastPast(clause: string): number {
  for (let at = clause.length - 1; at >= 0; at -= 1) {
    WISHED.lastIndex = at + 1;
    if (isPast(clause.charCodeAt(at)) && !WISHED.test(clause)) return at;
  }
  return -1;
}

const WISHED = /으면|음 ?(?:좋|해)/uy;

/** Where the last fitting stretch begins; -1 where there is none. */
function lastOf(pattern: RegExp, { text, letters }: Lettered): number {
  if (!mayHold(letters, pattern)) return -1;
  let last = -1;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text))
    last = match.index;
  return last;
}

/** Of stretches that cover a text in order, the one that holds a position. */
export function stretchAt<T extends { readonly end: number }>(
  stretches: readonly T[],
  at: number,
): T | undefined {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.end ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return stretches[low];
}
