// Messages that hold no order and no question, so that they are answered in kind and start nothing.

import { plainText } from './plain-text.ts';
import { findCounts } from './quantity.ts';

/** Insults are short; a letter with one bad word in it is about something. */
const INSULT_MAX = 80;
/** Whole words only: "다시 발송해 주세요" and "씨 발라 드시나요" hurt nobody. */
const INSULTS =
  /(?<![가-힣])(?:씨발|시발|씨팔|씨빨)(?!점|라)|[ㅅㅆ]ㅂ|개(?:새끼|색기|세끼|새키|시키)|(?<![가-힣])병신|ㅂㅅ|지랄|ㅈㄹ|좆|존나|ㅈㄴ|미친 ?(?:놈|년|새끼)|닥쳐|꺼져라|fuck|asshole|bitch|bastard/u;
/** Signs, numbers and the sounds people laugh and cry with. */
const SAYS_NOTHING = /^[^\p{L}]*(?:[ㄱ-ㅎㅏ-ㅣ]+[^\p{L}]*)*$/u;

/** `insult`: words that only hurt. `noise`: nothing that could be read at all. */
export function readNonsense(text: string): 'insult' | 'noise' | null {
  const plain = plainText(text).trim();
  if (plain.length <= INSULT_MAX && INSULTS.test(plain)) return 'insult';
  return SAYS_NOTHING.test(plain) ? 'noise' : null;
}

/** A count that nobody can mean: none, or more than an order may hold. */
export function saysAbsurdCount(text: string, maxBoxes: number): boolean {
  const plain = plainText(text);
  if (/\d{5,} ?(?:박스|상자|개|box)/.test(plain)) return true;
  return findCounts(plain).some(({ boxes }) => boxes !== null && (boxes < 1 || boxes > maxBoxes));
}
