// What an admin may say about messages that could not be delivered.
import { plainText } from './plain-text.ts';

export type LetterAct = 'retry' | 'reword' | 'discard';
export type AdminReading =
  /** `isLoose`: others say the same of anything. */
  | { readonly kind: 'letters'; readonly isLoose: boolean }
  /** `rest` is what follows the number: the new words, or the reason. */
  | { readonly kind: LetterAct; readonly id: number | null; readonly rest: string };

const ACTS: Readonly<Record<string, LetterAct>> = {
  재시도: 'retry',
  고쳐서: 'reword',
  버림: 'discard',
};

/** Compared without blanks. */
const LOOSE = /^(?:실패|dlq)[?.!]*$/u;
const LETTERS =
  /^(?:(?:안간|못간|못보낸|안보내진|실패한?|전하지못한|죽은)(?:알림|메시지|문자)(?:들|목록)*)(?:보여줘요?|보여주세요|알려줘요?|알려주세요|있어요?|있나요)?[?.!]*$/u;
/** With a number anything may follow; without one nothing does. */
const NUMBERED =
  /^(?:(\d{1,12})\s*번?\s*)?(재시도|고쳐서|버림)\s*(?:(\d{1,12})\s*번?)?(?![\p{L}\d])\s*/u;

/** Null when this is no word of an admin's. */
export function readAdmin(text: string): AdminReading | null {
  const words = plainText(text).replace(/\s+/g, '');
  const isLoose = LOOSE.test(words);
  if (isLoose || LETTERS.test(words)) return { kind: 'letters', isLoose };
  const said = text.trim().normalize('NFC');
  const [head, before, word = '', after] = NUMBERED.exec(said) ?? [];
  const kind = ACTS[word];
  if (head === undefined || kind === undefined) return null;
  const rest = said.slice(head.length).trim();
  const number = before ?? after;
  if (number === undefined && rest !== '') return null;
  // Two numbers could be two letters, or a number that the words begin with.
  if (before !== undefined && after !== undefined) return null;
  return { kind, id: number === undefined ? null : Number(number), rest };
}
