// A few digits of a number that are set right: "끝자리 4417 아니고 4471이요".
import { type Lettered, says } from './letters.ts';
import type { Block, Notes } from './notes.ts';
import type { Span } from './origin.ts';
import { findPhones } from './phone.ts';
import { CORRECTS } from './phrases.ts';

const SOME_DIGITS = /(?<!\d)\d{3,4}(?!\d)/u;
const SWAP =
  /(?<![\d-])(\d{3,4})(?:번|로)? ?(?:이|가|은|는)? ?(?:아니고요?|아니구요?|아니라|말고|인데|에서|→|->|=>)[\s,]*(?:[가-힣]{0,5} )?(\d{3,4})(?![\d-]|-\d| ?(?:동|호|층|박스|상자|개|원))/u;
const PART =
  /(?<part>끝|뒷|뒤|마지막|가운데|중간|앞) ?(?:번호|자리|네 ?자리|4 ?자리|쪽|부분)?[^\d\n]{0,12}(?<digits>\d{4})(?![\d-]|-\d| ?(?:동|호|층|박스|상자|개|원))/u;

type Slip = Lettered & { readonly message: number };

/** Answers whether the message was about such digits; two numbers that fit leave all as it is. */
export function takePhoneSlip({ blocks }: Notes, slip: Slip): boolean {
  const { text, message } = slip;
  if (blocks.length === 0 || !says(slip, SOME_DIGITS) || !says(slip, CORRECTS)) return false;
  if (findPhones(text).length > 0) return false;
  const dialled = blocks.filter(({ phone }) => phone !== null);
  const swap = SWAP.exec(text);
  const part = swap === null ? PART.exec(text) : null;
  const [, wrong = '', swapped = ''] = swap ?? [];
  const right = swap === null ? (part?.groups?.digits ?? '') : swapped;
  const groupOf = ({ phone }: Block): number => {
    const groups = groupsOf(phone ?? '');
    if (swap !== null) return groups.lastIndexOf(wrong);
    return /끝|뒷|뒤|마지막/u.test(part?.groups?.part ?? '') ? 2 : 1;
  };
  const fitting = dialled.filter((block) => (swap === null ? part !== null : groupOf(block) > 0));
  const [only, another] = fitting;
  if (only === undefined || another !== undefined) return false;
  const found = swap ?? part;
  const at = (found?.index ?? 0) + (found?.[0].lastIndexOf(right) ?? 0);
  return putGroup(only, groupOf(only), {
    right,
    span: { message, start: at, end: at + right.length },
  });
}

type Right = { readonly right: string; readonly span: Span };

function putGroup(block: Block, group: number, { right, span }: Right): boolean {
  const groups = groupsOf(block.phone ?? '');
  const [area = '', , last = ''] = groups;
  const mark = block.from.phone;
  const old = mark?.spans.at(-1);
  if (groups[group]?.length !== right.length) return false;
  block.phone = groups.map((digits, index) => (index === group ? right : digits)).join('');
  if (mark === undefined || old === undefined) return true;
  const head = { ...old, end: group === 1 ? old.start + area.length : old.end - last.length };
  const tail = group === 1 ? [{ ...old, start: old.end - last.length }] : [];
  block.from.phone = { ...mark, spans: [head, span, ...tail] };
  return true;
}

/** 010, 1522 and 4417. */
function groupsOf(phone: string): string[] {
  const area = /^(?:02|050\d|01\d|0\d\d)/u.exec(phone)?.[0] ?? '';
  return [area, phone.slice(area.length, -4), phone.slice(-4)];
}
