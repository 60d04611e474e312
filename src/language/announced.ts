// "하나 더요" between two recipients says that another one follows, and nothing of the boxes of the first.

const MORE =
  /(?<=^|\n)[ \t]*(?:(?:아|참|그리고|그리구|또|추가로|여기)[ ,]*)*(?:하나|한 ?건|(?<where>(?:한|두|세|[1-3]) ?(?:군데|곳|집|분|명)))(?:만)? ?더(?:요| ?있(?:어요|습니다|는데요|음)| ?추가(?:요|할게요|합니다|해 ?주세요|드려요)?| ?보(?:낼게요|내 ?주세요)| ?부탁(?:드려요|드립니다|드릴게요|해요)| ?주문(?:할게요|합니다|이요)| ?할게요)?[ \t.!~^:ㅎㅋ]*(?=\n|$)/u;
const PHONE = /0\d{1,2}[-. )]{0,2}\d{3,4}[-. ]?\d{4}(?!\d)/u;
const COUNT =
  /\d ?(?:박스|상자|개|팩|box)|[한두세네] ?(?:박스|상자|개|팩)|[→xX×:] ?\d{1,2}[ \t]*$/mu;
const FOLLOWS_MAX = 200;

/** The text with blanks in its place; `next` is what the buyer wrote after it. */
export function withoutAnnounced(text: string, next: string): string {
  const match = MORE.exec(text);
  if (match === null) return text;
  const end = match.index + match[0].length;
  const rest = text.slice(end).trimStart() === '' ? next : text.slice(end);
  const follows = rest.slice(0, FOLLOWS_MAX);
  const another = PHONE.test(follows) && (match.groups?.where !== undefined || COUNT.test(follows));
  if (!another) return text;
  return text.slice(0, match.index) + ' '.repeat(match[0].length) + text.slice(end);
}
