// The words of bank notices around the forms, as patterns.
import { MOVES, NOTICE_BANKS, WAYS } from './notice-forms.ts';

const ACCOUNT = '[\\d*][\\d*-]{4,}[\\d*]|\\*\\d{3,4}';
const FIGURES = '[-+]?\\d[\\d,]*(?:\\.\\d+)?';
const MONEY_MOVES = Object.keys(MOVES).join('|');
/** What a name never holds: a value of a form that was not understood must not be taken for one. */
const NO_NAME = `잔액|(?:^|\\s)(?:${MONEY_MOVES})\\s|\\d:\\d{2}|\\d/\\d|[\\d*]{2}-[\\d*]`;
/** What the values of a form look like. */
export const VALUES: Readonly<Record<string, string>> = {
  date: '(?<date>(?:\\d{4}[./-])?\\d{1,2}[./-]\\d{1,2})',
  time: '(?<time>\\d{1,2}:\\d{2}(?::\\d{2})?)',
  account: `(?<account>${ACCOUNT})`,
  tail: '(?<tail>\\d{3,4})',
  name: `(?<name>(?:(?!${NO_NAME})[^\\n→]){1,40}?)`,
  amount: `(?<amount>${FIGURES})`,
  // Glued to the figures: 원 is a family name as well.
  money: `(?<amount>${FIGURES})원?`,
  won: '\\d[\\d,]*',
  balance: `(?<balance>${FIGURES}|\\*+)`,
  left: `(?<balance>${FIGURES}|\\*+)원?`,
  holder: '[^\\s\\d()]{2,10}',
  passbook: '[^\\n()]{1,20}?',
  // A name and the way after it are two words: nothing else tells them apart.
  way: `(?<=\\s)(?<way>(?:${WAYS.join('|')}) ?)?`,
  move: `(?<move>${MONEY_MOVES})`,
  title: `(?:${MONEY_MOVES})`,
};

export const BANK_NAMES = Object.values(NOTICE_BANKS)
  .flat()
  .toSorted((a, b) => b.length - a.length)
  .join('|');
/** Where the next notice begins: a bank's name before a date, a move or a name, or a form without a head. */
const HEAD = [
  `\\[(?:${BANK_NAMES})\\]`,
  `(?:${BANK_NAMES})[,\\s]*(?:\\d{1,2}[./:]|\\d{4}[./-]|${MONEY_MOVES}|알림|\\S{2,10}님|\\S{2,6}\\(\\d)`,
  `\\d{4}[./-]\\d{1,2}[./-]\\d{1,2}\\s+\\d{1,2}:\\d{2}\\s+(?:${MONEY_MOVES})`,
  `(?:${MONEY_MOVES})\\s*[\\d,]+원\\s+\\S{2,10}님\\s+\\d{1,2}/`,
  `\\S{2,10}님이\\s*[\\d,]+원을`,
].join('|');
/** A form ends with its line or where another notice begins. */
export const END = `(?=[ \\t]*(?:\\n|$)|\\s+(?:${HEAD}))`;

/** Stands around notices and is none: the carrier's mark, who forwarded it and when. */
export const NOISE =
  /\[(?:Web|국제|국외)\s?발신\]|\((?:광고)\)|^(?:FW|Fwd|전달)\s*:|^\d{4}-\d{4}\s*$/gim;
export const FORWARDED = /^\[[^\]\n]{1,20}\]\s*\[(?:오전|오후)\s*\d{1,2}:\d{2}\]\s*/gm;

/** What only banks write. */
export const LIKE_NOTICE = /web발신|입출금|잔액|계좌.{0,20}입금(?!\s*(?:했|할|해|하|드|부|확인))/i;
/** One of these stands in each text of a bank: its name in full or in brackets, a time, a balance, an arrow. */
export const BANK_SIGN =
  /\[|은행|뱅크|뱅킹|페이|금고|우체국|농협|수협|신협|KB|NH|IBK|MG|SC|\d:\d{2}|\d\/\d|잔액|→|님이|님에게/u;
/** How people end a sentence, and no name does. */
export const SPOKEN =
  /(?:[어아해에예세네대래]요|니다|[나까군가]요|했어|됐어|왔어|주세|부탁|확인|아직|할게|[?？!]|ㅠ|ㅋ)[.!?~ㅠㅋ\s]*$/u;
