// Words of the work as they are mistyped: 발숑, 포쟝, 슈확, 완뇨, 보넸어요.

import type { FarmerWord } from './farmer-words.ts';

/** Only words that a farmer says every day, and two letters or more: shorter ones are other words. */
const WORDS: readonly (readonly [string, FarmerWord])[] = [
  ['수확', 'harvest'],
  ['포장', 'pack'],
  ['발송', 'ship'],
  ['출고', 'ship'],
  ['출하', 'ship'],
  ['보냈', 'sent'],
  ['보냄', 'sent'],
  ['부쳤', 'sent'],
  ['나갔', 'sent'],
  ['송장', 'waybill'],
  ['운송장', 'waybill'],
  ['취소', 'cancel'],
  ['완료', 'end'],
  ['목록', 'list'],
  ['되돌려', 'undo'],
];

const FIRST = 0xac00;
const LAST = 0xd7a3;
const VOWELS = 21;
const FINALS = 28;
/** ㄲ as ㄱ, ㄸ as ㄷ, ㅃ as ㅂ, ㅆ as ㅅ, ㅉ as ㅈ, and ㄴ as ㄹ. */
const INITIALS: Readonly<Record<number, number>> = { 1: 0, 4: 3, 8: 7, 10: 9, 13: 12, 2: 5 };
/** ㅑ as ㅏ, ㅒ and ㅔ and ㅖ as ㅐ, ㅕ as ㅓ, ㅛ as ㅗ, ㅠ as ㅜ, ㅘ as ㅏ, ㅙ and ㅞ as ㅚ. */
const VOWEL: Readonly<Record<number, number>> = {
  ...{ 2: 0, 3: 1, 5: 1, 7: 1, 6: 4, 12: 8, 17: 13, 9: 0, 10: 11, 15: 11 },
};
/** ㅅ, ㄷ, ㅈ and ㅌ as ㅆ. */
const FINAL: Readonly<Record<number, number>> = { 19: 20, 7: 20, 22: 20, 25: 20 };

const FOLDED = new Map(WORDS.map(([word, meant]) => [folded(word), { word, meant }]));
const LENGTHS = [3, 2];

/** The word that a slip of the finger made of `text` at `at`; null when there is none. */
export function slipAt(text: string, at: number): { word: FarmerWord; text: string } | null {
  for (const length of LENGTHS) {
    const said = text.slice(at, at + length);
    if (said.length < length) continue;
    const found = FOLDED.get(folded(said));
    if (found !== undefined && found.word !== said && found.word.length === length)
      return { word: found.meant, text: said };
  }
  return isDone(text, at) ? nearStep(text.slice(at, at + STEP_LENGTH)) : null;
}

/** "발성완료", "포정 끝": beside a word of being done, one letter off is enough. */
function nearStep(said: string): { word: FarmerWord; text: string } | null {
  const near = STEPS.filter(([word]) => word !== said && letterSlips(word, said) === 1);
  const [only, another] = near;
  return only === undefined || another !== undefined ? null : { word: only[1], text: said };
}
const STEP_LENGTH = 2;
const STEPS = WORDS.filter(
  ([word, meant]) => word.length === STEP_LENGTH && /^(?:harvest|pack|ship)$/.test(meant),
);

const isDone = (text: string, at: number): boolean =>
  /^ ?(?:완료|완뇨|끝|완(?![가-힣])|했|햇|함(?![가-힣]))/u.test(
    text.slice(at + STEP_LENGTH, at + STEP_LENGTH + 4),
  );

/** How many letters of the alphabet differ. */
function letterSlips(one: string, other: string): number {
  const [a, b] = [one.normalize('NFD'), other.normalize('NFD')];
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return [...a].filter((letter, i) => letter !== b[i]).length;
}

function folded(word: string): string {
  let folds = '';
  for (let i = 0; i < word.length; i += 1) {
    const code = word.charCodeAt(i);
    if (code < FIRST || code > LAST) return word;
    const syllable = code - FIRST;
    const initial = Math.floor(syllable / (VOWELS * FINALS));
    const vowel = Math.floor(syllable / FINALS) % VOWELS;
    const final = syllable % FINALS;
    folds += `${INITIALS[initial] ?? initial}.${VOWEL[vowel] ?? vowel}.${FINAL[final] ?? final} `;
  }
  return folds;
}
