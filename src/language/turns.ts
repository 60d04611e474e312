// What the endings make of a word: done or still to come, denied, asked.

export const TURNS = ['done', 'will', 'not', 'asked'] as const;
export type Turn = (typeof TURNS)[number];

/** How far behind a word its verb may stand, and how far before it a negation. */
const TAIL_MAX = 14;
const HEAD_MAX = 4;
/** A sign, or a closing 요 before a blank. */
const SENTENCE_END = /[.!?\n,;/]|(?<=[요유죠]) /;
const ENGLISH_DONE = /^(?:sent|paid|transferred|wired)$/;

const NOT_BEFORE = /(?:^|[^가-힣]|[은는이가도를을만게])(?:안|못|않) ?$/;
const NOT_BEHIND =
  /^[가-힣]?지(?:는|도|를|가|만)? ?(?:않|안|아느|못|마|말)|^[가-힣]{0,3}?(?:안|못) ?(?:[되돼됐했하할해햇왔오와온나갔가들받보뜨떠]|움직|넣)|^[가-힣]{0,2} (?:너무 |많이 |영 |왜 |통 |아직 )?(?:안|못) ?[가-힣]|^[가-힣]{0,2} ?(?:이|가|은|는|도)? ?없/;

/** Of the word from `start` whose last syllable, maybe with its ending, stands at `last`. */
export function turnsOf(text: string, start: number, last: number): Set<Turn> {
  const turns = new Set<Turn>();
  const tail = text.slice(last, last + TAIL_MAX);
  const word = text.slice(start, last);
  const cut = tail.slice(1).search(SENTENCE_END);
  const clause = cut < 0 ? tail : tail.slice(0, cut + 1);
  const done = doneAt(word + clause);
  const ahead = aheadAt(word + clause);
  const isPast = ENGLISH_DONE.test(text.slice(start, last + 1));
  if (isPast || (done >= 0 && (ahead < 0 || done < ahead))) turns.add('done');
  if (ahead >= 0 && (done < 0 || ahead < done)) turns.add('will');
  const before = NOT_BEFORE.test(text.slice(Math.max(0, start - HEAD_MAX), start));
  if (before || NOT_BEHIND.test(clause.slice(1))) turns.add('not');
  if (asks(clause) || tail[clause.length] === '?') turns.add('asked');
  return turns;
}

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const CODAS = 28;
/** ㅆ, ㄹ and ㄴ as they close a syllable. */
const PAST_CODA = 20;
const FUTURE_CODA = 8;
const NOUN_CODA = 4;
/** 햇 for 했 and the like: half of the last letter is missing. */
const SLIPS = '햇왓됏됫냇넛럿졋쳣셧엇앗';
/** These close with ㅆ and tell of no past. */
const NO_PAST = '있겠';
const DONE_WORD =
  /완료|완(?:$|[^가-힣]|요)|(?:(?<!포)함|부침|보냄|넣음|쏨|드림|끝|끄읏|마침|ㅇㅋ)(?:$|[^가-힣])|\b(?:done|sent|complete|made)\b/;
const AHEAD_BEHIND_L = '게께거꺼건껀수까끼낍라래랍랑려지예테텐';
const AHEAD_WORD = /(?:하께|하까|보까|려고|려구|려는|려면|라꼬|겠|예정|면|믄)/;

const codaOf = (letter: string): number => {
  const code = letter.charCodeAt(0);
  return code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE ? (code - FIRST_SYLLABLE) % CODAS : 0;
};

/** A class of all syllables closed like that, for a pattern. */
const closedBy = (coda: number): string => {
  const count = (LAST_SYLLABLE - FIRST_SYLLABLE + 1) / CODAS;
  const codes = Array.from({ length: count }, (_, at) => FIRST_SYLLABLE + at * CODAS + coda);
  return `[${String.fromCharCode(...codes)}]`;
};

const END = '(?![가-힣])';
/** Endings of a question, of all regions: 있나요, 올까, 단가요, 되는지, 되능교, 했노, 있슈, 되남유, 있당가. */
const ASKING = new RegExp(
  [
    '\\?',
    `(?<!자|\\s|^|(?:^|[\\s,])하)나[요여염유용]|(?<=(?:못|안|야|게|뭐|[은는를을에]|문|매|송|관|고|택배) 하)나[요여]|(?<=[았었했됐왔갔셨있없되시오가])나${END}`,
    `까(?:[요여예염유용]|${END})`,
    `${closedBy(NOUN_CODA)}가(?:[요여유예용]|${END})`,
    `(?<![천단먼반편간])${closedBy(NOUN_CODA)}지(?:[요여유예도를는]|${END})|(?:능|${closedBy(NOUN_CODA)})교`,
    `[${SLIPS}하되오가있없]노${END}|${closedBy(PAST_CODA)}노${END}`,
    `[있하되]슈${END}`,
    `남[유요]|감유|당가|[래대]유${END}|[려래]유${END}|우꽈|수까|니꺼|을라나|니까(?!지)`,
    `(?<!주)(?:으셨|하셨|셨)어[요유여]${END}`,
    `[죠쥬]${END}|[가-힣]지[요여]${END}`,
    '(?:배송|발송|택배|배달|판매|주문)[도은을]? ?(?:하|받으)세요',
    '궁금|여쭤|여쭙|문의|가르쳐|알려|갈켜|갈쳐|가능$',
    '(?:^|[\\s,.])(?:언제|은제|얼마|을마|을매|월매|어디|어데|워디|몇|며칠|무슨|어느|어떤|어떻게|우째|우예|어찌|뭐가|뭐|뭘|뭔|누가|왜|누구)',
    '[이]?[예에]요 [가-힣 ]{1,12}[예에]요',
    '[있가-힣]어요 (?:없|안 )[가-힣]{0,2}[어아]요',
    '^(?:is|will|are|do|does|did|can|could|may|have|has|when|where|what|which|how|who|any|whats|hows)\\b',
  ].join('|'),
);

/** Whether a question is asked in it, with or without its mark. */
export const asks = (text: string): boolean => ASKING.test(text);

/** Where something is told as past; -1 if nothing is. */
export function doneAt(clause: string): number {
  for (let at = 0; at < clause.length; at += 1) {
    const letter = clause[at] ?? '';
    const past = codaOf(letter) === PAST_CODA && !NO_PAST.includes(letter);
    if (past || SLIPS.includes(letter)) return at;
  }
  return clause.search(DONE_WORD);
}

/** Where something is told as still to come: 할게, 보낼 거예요, 하려고. */
function aheadAt(clause: string): number {
  const word = clause.search(AHEAD_WORD);
  for (let at = 0; at < clause.length; at += 1) {
    if (codaOf(clause[at] ?? '') !== FUTURE_CODA) continue;
    const next = clause.slice(at + 1).trimStart()[0] ?? '';
    if (AHEAD_BEHIND_L.includes(next) && next !== '') return word < 0 ? at : Math.min(at, word);
  }
  return word;
}
