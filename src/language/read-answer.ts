// What a seller says about the questions of buyers: which he answers, with what, and which he lets be.

export type AnswerSaid =
  /** The question's number and the words for its buyer; null where he said none. */
  | { readonly kind: 'answer'; readonly no: number | null; readonly text: string | null }
  | { readonly kind: 'close'; readonly no: number | null };

const NO = String.raw`(\d{1,6})\s*번?(?:\s*(?:문의|질문))?`;
/** A number that is not part of a word: "답장 3일 걸려요" names no question. */
const ENDED = String.raw`(?=$|[\s:,.])`;
const ANSWER = new RegExp(String.raw`^답장(?:\s*${NO}${ENDED})?(?:$|[\s:,.]+([\s\S]*)$)`, 'u');
const ANSWER_BEHIND = new RegExp(String.raw`^${NO}\s*답장(?:$|[\s:,.]+([\s\S]*)$)`, 'u');
const CLOSING = '(?:종결|답\\s*안\\s*함|답\\s*안\\s*해요|답하지\\s*않기|(?:문의|질문)\\s*닫기)';
const CLOSE = new RegExp(String.raw`^${CLOSING}(?:\s*${NO})?\s*[.!]?$`, 'u');
const CLOSE_BEHIND = new RegExp(String.raw`^${NO}\s*${CLOSING}\s*[.!]?$`, 'u');
const STOP =
  /^(?:그만(?:둘게요?|두기|할게요?|둬요?)?|취소(?:할게요?|요)?|답장\s*(?:취소|그만)|stop|cancel)[.!~\s]*$/iu;

/** The answer is as it was written. Null when it is about no question. */
export function readAnswer(text: string): AnswerSaid | null {
  const said = text.normalize('NFC').trim();
  const close = CLOSE.exec(said) ?? CLOSE_BEHIND.exec(said);
  if (close !== null) return { kind: 'close', no: numberOf(close[1]) };
  const answer = ANSWER.exec(said) ?? ANSWER_BEHIND.exec(said);
  if (answer === null) return null;
  const words = answer[2]?.trim() ?? '';
  return { kind: 'answer', no: numberOf(answer[1]), text: words === '' ? null : words };
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}

/** He does not answer after all. "아니요" is no stop: it may be the answer itself. */
export function stopsAnswering(text: string): boolean {
  return STOP.test(text.trim());
}
