// "연락처는 두 분 다 제 번호 010-… 로": one number for all recipients, said once.

import type { Notes } from './notes.ts';
import { markOf } from './origin.ts';
import type { Token } from './page.ts';

type Phone = Extract<Token, { kind: 'phone' }>;

const ALL =
  '(?:[둘셋넷] ?(?:다|모두)|(?:두|세|네|양) ?(?:분|집|곳|군데|사람|쪽) ?(?:다|모두)?|모두|전부|전체|다 ?같이|다들|각각|양쪽(?: ?다)?)';
const NUMBER = '(?:연락처|(?:핸드폰|휴대폰|전화)? ?번호|전화|핸드폰|휴대폰)';
const AHEAD = new RegExp(
  `${NUMBER}(?:는|은|를)?[^\\n.!?\\d]{0,8}${ALL}[^\\n.!?\\d]{0,24}$|${ALL}[^\\n.!?\\d]{0,8}${NUMBER}(?:는|은|를)?[^\\n.!?\\d]{0,24}$`,
  'u',
);
const LOOK = 60;

/** The only number of a message that is said to be for all; else none. */
export function phoneForAll(text: string, tokens: readonly Token[]): Phone | null {
  const phones = tokens.filter((token): token is Phone => token.kind === 'phone');
  const [only, another] = phones;
  if (only === undefined || another !== undefined || only.digits === null) return null;
  return AHEAD.test(text.slice(Math.max(0, only.start - LOOK), only.start)) ? only : null;
}

/** Gives it to everybody who has none of his own. */
export function sharePhone(notes: Notes, phone: Phone): void {
  for (const block of notes.blocks) {
    if (block.phone !== null) continue;
    block.phone = phone.digits;
    block.phoneBad = false;
    block.from.phone = markOf(phone);
  }
}
