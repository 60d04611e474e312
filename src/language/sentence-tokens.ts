// What whole sentences say: who pays, when it should come, what the courier should do.
import { personName } from './names.ts';
import { claim, isFree, type Page, put } from './page.ts';
import { memoIn, wishedKind } from './phrases.ts';
import { findDates } from './when.ts';

const KIN_WORD =
  '(?:(?:남편|아내|와이프|신랑|엄마|아빠|어머니|아버지|아들|딸|동생|언니|누나|오빠|형|친구|며느리|사위) ?)?';
const BY_NAME = new RegExp(
  `(?<![가-힣])${KIN_WORD}(?<name>[가-힣]{2,4}) ?(?:이름|명의|이란 이름)?(?:으로|로) ?(?<act>입금|송금|이체|돈|보냈|넣|들어|보내 ?(?:주|드|는)|발송)`,
  'gu',
);

/** "진종필 이름으로 입금할게요" names the depositor, "… 이름으로 보내주세요" the sender. */
export function readDeposits(page: Page): void {
  if (!/로 ?(?:입금|송금|이체|돈|보[내냈]|넣|들어|발송)/u.test(page.text)) return;
  for (const match of page.text.matchAll(BY_NAME)) {
    const { name = '', act = '' } = match.groups ?? {};
    const start = match.index + match[0].indexOf(name);
    const person = personName(name);
    if (person === null || !isFree(page, start, start + name.length)) continue;
    const end = start + person.length;
    const named = /이름|명의/u.test(match[0]);
    const pays = /입금|송금|이체|돈/u.test(act) || (named && /보냈|넣|들어/u.test(act));
    if (pays) put(page, { kind: 'depositor', text: person, sameAs: null, start, end });
    else if (named && /보내|발송/u.test(act))
      put(page, { kind: 'sender', text: person, start, end });
  }
}

export function readDays(page: Page): void {
  const dates = findDates(page.text, page.today);
  for (const [index, { date, start, end }] of dates.entries()) {
    if (!isFree(page, start, end)) continue;
    const labelled = page.labels.find(
      ({ field, from, to }) => field === 'date' && start >= from && end <= to,
    );
    const before = page.text.slice(Math.max(0, start - 16), start);
    const after = page.text.slice(end, dates[index + 1]?.start ?? end + 40);
    const wish = labelled ? 'arrive' : wishedKind(before, after);
    if (wish === null || date < page.today) claim(page, start, end);
    else put(page, { kind: 'wanted', date, wish, start, end });
  }
}

const CLAUSE = /[^\n.!?]+(?:[.!?](?=\S)[^\n.!?]*)*/gu;

export function readMemos(page: Page): void {
  for (const match of page.text.matchAll(CLAUSE)) {
    for (const part of freeParts(page, match.index, match.index + match[0].length)) {
      const memo = memoIn(page.text.slice(part.start, part.end));
      if (memo === null) continue;
      const start = part.start + memo.start;
      const end = part.start + memo.end;
      const text = page.text.slice(start, end).trim();
      put(page, { kind: 'memo', text, labelled: false, start, end });
    }
  }
}

/** The stretches of a clause that nobody has claimed. */
function freeParts(page: Page, from: number, to: number): { start: number; end: number }[] {
  const parts: { start: number; end: number }[] = [];
  let start = from;
  for (let at = from; at <= to; at += 1) {
    if (at < to && page.taken[at] !== 1) continue;
    if (at - start >= 3) parts.push({ start, end: at });
    start = at + 1;
  }
  return parts;
}
