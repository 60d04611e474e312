// A form that asks in whole questions, with the answers behind them: "- 누가 받나요? 용혜린이요".

import type { Field } from './label-words.ts';
import type { FoundLabel } from './labels.ts';
import { matchesOf } from './matches.ts';

/** What a question is about, by the words in it; the first fitting row counts. */
const TOPICS: readonly (readonly [Field, RegExp])[] = [
  ['noise', /얼마(?!나)|가격|금액|계좌/u],
  ['depositor', /입금|송금|이체|돈/u],
  ['memo', /요청|메모|남기|남길|전할|기사님|하실 ?말|바라는/u],
  ['date', /언제|날짜|며칠|몇 ?일/u],
  ['phone', /번호|연락|전화|폰/u],
  ['address', /어디|주소|장소|곳/u],
  [
    'sender',
    /(?:누가|누구|어느 ?분|성함|이름)[^?]*(?:보내|주문)|(?:보내|주문하)[^?]*(?:누구|성함|이름|분)/u,
  ],
  ['recipient', /누가|누구|어느 ?분|어떤 ?분|받(?:는|으|을)|성함|이름/u],
  [
    'order',
    /몇 ?(?:박스|상자|개|팩|세트|box)|얼마나|수량|무엇|뭐|뭘|무슨|어떤|상품|제품|품종|종류/iu,
  ],
];

const QUESTION =
  /(?<=^|\n)[^\p{L}\p{N}\n]{0,6}(?:(?:\d{1,2} ?[.)]|[가-하][.)]|(?:Q|문)\d{0,2} ?[.:)]) ?)?(?<asked>[^\n?:]{2,24})(?<mark>\?+| ?:)(?:\s*(?:A\d{0,2}|답변?|ㄴ) ?[.:)] ?| *)(?=[^\s?])/giu;
/** With a colon only a word that asks makes it a question: "누구에게 : 허단비". */
const ASKS = /누구|누가|어디|어느|몇|무엇|무얼|뭘|얼마나|언제/u;
/** Fewer are questions that somebody really asks. */
const QUESTIONS_MIN = 2;

export function findQuestions(text: string): FoundLabel[] {
  if (!text.includes('?') && !ASKS.test(text)) return [];
  const found: FoundLabel[] = [];
  for (const { 0: whole, index, groups } of matchesOf(text, QUESTION)) {
    const asked = groups?.asked ?? '';
    const field = TOPICS.find(([, words]) => words.test(asked))?.[0];
    if (field === undefined || (!groups?.mark?.includes('?') && !ASKS.test(asked))) continue;
    const start = index + whole.indexOf(asked);
    const end = index + whole.length;
    found.push({ field, start, end, strong: true, lineStart: true, told: false });
  }
  const fields = new Set(found.map(({ field }) => field).filter((field) => field !== 'noise'));
  return fields.size < QUESTIONS_MIN ? [] : found;
}
