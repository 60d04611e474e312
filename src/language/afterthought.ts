// What is said about a list once it stands: "마지막 줄만 4로 고쳐주세요", "철수는 빼주세요". It is read as a
// message of its own, and where nothing came of it the recipient meant is asked anew.

import { handlesOf } from './handles.ts';
import { type Lettered, says } from './letters.ts';
import type { Block, Notes } from './notes.ts';
import type { Token } from './page.ts';
import { ORDINAL, ordinalIndex } from './phrases.ts';

const EDITS =
  /고쳐|고치|바꿔|바꾸|바뀌|바뀐|바꼈|수정|변경|정정|빼(?= ?[주줘고서]|요)|뺄|제외|취소|지워|지우|삭제|말고|대신|늘려|줄여|합쳐|몰아|만 ?(?:먼저 ?|우선 ?)?(?:보내|부탁|부쳐|해 ?주|할게|할께|주문|진행|주세요|요(?![가-힣])|이요)/u;
/** Some of the recipients, by their place in the list. */
const IN_LIST =
  /마지막|나머지|맨 ?[위앞끝뒤아밑]|(?<![가-힣])(?:첫|끝|윗|아랫|위|아래|밑)(?:에|의|쪽)? ?(?:줄|분|집|곳|사람|행|칸|거|것|건|[한두세네] ?(?:분|집|곳|명|사람))|[1-9첫두세네] ?번 ?째|(?<!\d)\d{1,2} ?번(?![지길호])/u;
const COUNTED =
  /(?<![\d-])\d{1,3} ?(?:박스|상자|개|로(?![가-힣\d]))|(?:한|두|세|네|다섯) ?(?:박스|상자)/u;

const PHONE = /\d{3,4}[-. )]?\d{4}(?!\d)/gu;
const SENTENCE = /[^\n.!?~]+/gu;
const SENTENCE_MAX = 120;
const SENTENCES_MAX = 20;
const PHONES_MIN = 2;

const sentencesOf = (text: string): readonly RegExpExecArray[] =>
  text.matchAll(SENTENCE).take(SENTENCES_MAX).toArray();

/** Where the list ends and an instruction about it begins; null where there is none. */
export function afterthoughtAt({ text, letters }: Lettered): number | null {
  if (!says({ text, letters }, EDITS)) return null;
  const phones = [...text.matchAll(PHONE)];
  const last = phones.at(-1);
  if (last === undefined || phones.length < PHONES_MIN) return null;
  const from = last.index + last[0].length;
  const list = text.slice(0, from);
  for (const { 0: sentence, index } of sentencesOf(text.slice(from))) {
    // The rest of the last row is no sentence about it.
    if (index === 0) continue;
    if (sentence.length > SENTENCE_MAX) return null;
    if (!EDITS.test(sentence)) continue;
    const about = IN_LIST.test(sentence) || COUNTED.test(sentence) || namesOneOf(list, sentence);
    if (about) return from + index;
  }
  return null;
}

/** A word of the list, but for what hangs on it: 홍인철은, 철수네. */
const namesOneOf = (list: string, sentence: string): boolean =>
  [...sentence.matchAll(/[가-힣]{2,}/gu)].some(
    ({ 0: word }) =>
      list.includes(word.slice(0, 3)) ||
      new RegExp(`[가-힣]${word.slice(0, 2)}(?![가-힣])`, 'u').test(list),
  );

/** What is known of the recipients, to see whether a message has changed anything. */
export const stateOf = ({ blocks, shared, pending, features }: Notes): string =>
  blocks.length < 2 ? '' : JSON.stringify([blocks.map(valuesOf), shared, pending, features]);

const valuesOf = ({ name, phone, address, memo, wanted, counts, features }: Block): unknown => [
  name,
  phone,
  address,
  memo,
  wanted,
  counts,
  features,
];

type Told = { readonly text: string; readonly tokens: readonly Token[] };

/** An instruction about some of several recipients that changed nothing is asked for. */
export function doubtUnread(notes: Notes, { text, tokens }: Told, before: string): void {
  if (before === '' || !EDITS.test(text) || stateOf(notes) !== before) return;
  const spare = withoutWishes(text, tokens);
  for (const { 0: sentence } of sentencesOf(spare.trim())) {
    if (sentence.length > SENTENCE_MAX || !EDITS.test(sentence)) continue;
    const meant = blocksIn(sentence, notes.blocks);
    if (meant.length === 0 && !IN_LIST.test(sentence) && !COUNTED.test(sentence)) continue;
    const [only, another] = meant;
    // "김영희님만 보내주세요" is as much about the others.
    if (only !== undefined && another === undefined && !OF_ALL.test(sentence)) {
      forget(only, sentence);
      continue;
    }
    for (const block of notes.blocks) forget(block, '');
    notes.shared = [];
  }
}

/** 2번, (2)는 */
const LIST_NUMBER = /(?<!\d)(\d{1,2})(?: ?번(?![지길호])|\)번?(?=[은는만도] ))/gu;

const OF_ALL =
  /만 ?(?:먼저 ?|우선 ?)?(?:보내|부탁|부쳐|해 ?주|할게|할께|주문|진행|주세요|요(?![가-힣])|이요)|합쳐|몰아|나머지/u;

/** Instructions to the courier and days are understood already. */
function withoutWishes(text: string, tokens: readonly Token[]): string {
  let rest = text;
  for (const { kind, start, end } of tokens)
    if (kind === 'memo' || kind === 'wanted' || kind === 'notday' || kind === 'depositor')
      rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  return rest;
}

/** Whom it names: by his turn, his number in the list, his name or what his row is called. */
export function blocksIn(sentence: string, blocks: readonly Block[]): Block[] {
  const turns = [...sentence.matchAll(ORDINAL)].map((match) => ordinalIndex(match[0]));
  const numbers = [...sentence.matchAll(LIST_NUMBER)].map(([, digits]) => Number(digits) - 1);
  const byTurn = [...turns, ...numbers].map((turn) => blocks.at(turn));
  // 옥세진씨네 is not 탁세진, though he is called 세진 too.
  const whole = blocks.filter(({ name }) => name !== null && sentence.includes(name));
  return blocks.filter(
    (block) =>
      byTurn.includes(block) ||
      whole.includes(block) ||
      handlesOf([block]).some(
        ({ word }) =>
          word.length > 1 &&
          sentence.includes(word) &&
          !whole.some(({ name }) => name?.includes(word)),
      ),
  );
}

/** What the sentence is about: his address, his number, his name, or else his boxes. */
function forget(block: Block, sentence: string): void {
  if (/주소|배송지/u.test(sentence)) block.address = null;
  else if (/번호|연락처|전화/u.test(sentence)) block.phone = null;
  else if (/이름|성함|대신/u.test(sentence)) block.name = null;
  else block.counts = [];
}
