// A few digits of a number that are set right: "끝자리 4417 아니고 4471이요".
import type { Block, Notes } from './notes.ts';
import { findPhones } from './phone.ts';
import { CORRECTS } from './phrases.ts';

const SWAP =
  /(?<![\d-])(\d{3,4})(?:번|로)? ?(?:이|가|은|는)? ?(?:아니고요?|아니구요?|아니라|말고|인데|에서|→|->|=>)[\s,]*(?:[가-힣]{0,5} )?(\d{3,4})(?![\d-]|-\d| ?(?:동|호|층|박스|상자|개|원))/u;
const PART =
  /(?<part>끝|뒷|뒤|마지막|가운데|중간|앞) ?(?:번호|자리|네 ?자리|4 ?자리|쪽|부분)?[^\d\n]{0,12}(?<digits>\d{4})(?![\d-]|-\d| ?(?:동|호|층|박스|상자|개|원))/u;

/** Answers whether the message was about such digits; two numbers that fit leave all as it is. */
export function takePhoneSlip({ blocks }: Notes, text: string): boolean {
  if (!/(?<!\d)\d{3,4}(?!\d)/u.test(text) || !CORRECTS.test(text)) return false;
  if (findPhones(text).length > 0) return false;
  const dialled = blocks.filter(({ phone }) => phone !== null);
  const swap = SWAP.exec(text);
  if (swap !== null) {
    const [, wrong = '', right = ''] = swap;
    const fitting = dialled.filter(({ phone }) => groupsOf(phone ?? '').includes(wrong));
    const [only, another] = fitting;
    if (only === undefined || another !== undefined || wrong.length !== right.length) return false;
    only.phone = groupsOf(only.phone ?? '')
      .map((group) => (group === wrong ? right : group))
      .join('');
    return true;
  }
  const { part = '', digits = '' } = PART.exec(text)?.groups ?? {};
  const [only, another] = dialled;
  if (digits === '' || only === undefined || another !== undefined) return false;
  return putPart(only, part, digits);
}

function putPart(block: Block, part: string, digits: string): boolean {
  const groups = groupsOf(block.phone ?? '');
  const at = /끝|뒷|뒤|마지막/u.test(part) ? 2 : 1;
  if (groups[at]?.length !== digits.length) return false;
  block.phone = groups.map((group, index) => (index === at ? digits : group)).join('');
  return true;
}

/** 010, 1522 and 4417. */
function groupsOf(phone: string): string[] {
  const area = /^(?:02|050\d|01\d|0\d\d)/u.exec(phone)?.[0] ?? '';
  return [area, phone.slice(area.length, -4), phone.slice(-4)];
}
