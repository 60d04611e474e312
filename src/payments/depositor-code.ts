// The name a buyer is asked to write on the transfer (김영희042), and what is left of it at the bank.
import { readName } from './depositor-name.ts';

/** Banks keep seven to ten characters; seven letters and three digits come through the widest. */
const HANGUL_LETTERS_MAX = 7;

/**
 * Name and last three digits of the order's code, without what banks drop or readers mistake: spaces, signs,
 * digits beside the number. A name without letters leaves the code alone (`P7042`).
 */
export function depositorCode(name: string, code: string): string {
  const said = name.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
  const letters = said.replace(/^\p{N}+|\p{N}+$/gu, '');
  if (readName(name).compared === '' || letters === '') return code.replace(/[^A-Za-z\d]/g, '');
  const isHangul = /^\p{Script=Hangul}+$/u.test(letters);
  return `${isHangul ? letters.slice(0, HANGUL_LETTERS_MAX) : letters}${code.slice(-3)}`;
}

export type ReadDepositorCode = {
  /** As compared with the depositor of an order: perhaps cut, perhaps empty. */
  readonly name: string;
  /** The last three digits of the code; null where the bank cut them off. */
  readonly number: string | null;
  /** The whole code where somebody wrote it, as `P7042`. */
  readonly code: string | null;
};

/** What a bank row says of a name made by `depositorCode`, however it was typed and cut. */
export function readDepositorCode(text: string): ReadDepositorCode {
  const { compared, numbers, codes } = readName(text);
  const [code = null] = codes;
  const number = code?.slice(-3) ?? numbers.find(({ length }) => length === 3) ?? null;
  return { name: compared, number, code };
}
