// The marks of a form filled in by hand: blanks left empty, boxes ticked, and words struck out.

import { says } from './letters.ts';
import { matchesOf } from './matches.ts';
import { claim, isFree, type Page } from './page.ts';

/** Cheap, and true of every text with such a mark. */
const MAY_BE_MARKED =
  /[([{] *_* *[)\]}]|[☐□▢☑✅✔✓❎]|_{2,}|[xX×✕✖❌❎] ?\)|[❌❎✖✕]|[○◯][^\n]*[●◉]|[●◉][^\n]*[○◯]/u;

const EMPTY = '[([{][ _]*[)\\]}]|[☐□▢]|_{2,}';
const TICKED = '[([{] ?[vVoOㅇ○●◯✓✔√☑✅*] ?[)\\]}]|[☑✅✔✓]';
const CROSSED = '[([{] ?[xX×✕✖❌❎] ?[)\\]}]|[❎]';
const COUNTED = '[([{_] ?\\d{1,3} ?[)\\]}_]';
const MARK = new RegExp(
  `(?<empty>${EMPTY})|(?<ticked>${TICKED})|(?<crossed>${CROSSED})|${COUNTED}`,
  'gu',
);
const CIRCLED = /(?<empty>[○◯])|(?<ticked>[●◉])|(?<crossed>[❎])/gu;
const UNIT_BEHIND = /^ ?(?:박스|상자|개|팩|box|세트|망|포)/iu;
const OPTION_MAX = 24;

/** "복길동(X) → 복기동", "(대과X)": a word taken back where it stands, with the arrow behind it. */
const STRUCK =
  /(?:[^\s:：→>/,([{]{1,14} ?(?:[([{] ?[xX×✕✖❌❎] ?[)\]}]|[❌❎✖✕](?! ?\d))|[([{][가-힣a-z\d ]{1,14} ?[xX×✕✖❌❎] ?[)\]}])(?: *(?:[-=~]{0,2}>|[→⇒➡▶]))?/giu;

/** Claims what a form offers and the buyer did not choose. */
export function readTicks(page: Page): void {
  if (!says(page, MAY_BE_MARKED)) return;
  const chooses = CHOSEN.test(page.text);
  let start = 0;
  for (const line of page.text.split('\n')) {
    if (chooses || !BULLET.test(line)) readLine(page, line, start);
    start += line.length + 1;
  }
  for (const { 0: struck, index } of matchesOf(page.text, STRUCK)) {
    if (isFree(page, index, index + struck.length)) claim(page, index, index + struck.length);
  }
}

/** "□ 성명: …" in a form where nothing is ticked: the square is a bullet. */
const BULLET = new RegExp(`^\\s*[☐□▢](?!.*(?:${EMPTY}))`, 'u');
const CHOSEN = new RegExp(`${TICKED}|${CROSSED}|[●◉]`, 'u');

/** "□ 성명: 김영희, □ 주소: …": a square in front of a label offers nothing. */
const isBullet = (mark: string, behind: string): boolean =>
  /^[☐□▢]$/u.test(mark) && /^ ?[가-힣]{2}[가-힣 ]{0,8} ?(?:[:=]|- )/u.test(behind);

type Mark = { readonly start: number; readonly end: number; readonly empty: boolean };

function readLine(page: Page, line: string, from: number): void {
  // "5kg ○ 10kg ●": circles are marks where a filled one stands beside an empty one.
  const circles = /[○◯]/u.test(line) && /[●◉]/u.test(line);
  const found = [...line.matchAll(circles ? CIRCLED : MARK)].filter(
    ({ 0: text, index }) => !isBullet(text, line.slice(index + text.length)),
  );
  const ticks = found.some(({ groups }) => groups?.ticked !== undefined);
  const blank = found.some(({ groups }) => groups?.empty !== undefined);
  if (!blank && !(ticks && found.length > 1)) return;
  const marks = found.map(
    ({ 0: text, index, groups }): Mark => ({
      start: index,
      end: index + text.length,
      empty: groups?.empty !== undefined || (ticks && groups?.crossed !== undefined),
    }),
  );
  // "( )5kg (v)10kg" marks what follows, "5kg( ) 10kg(v)" what stands in front.
  const head = line.slice(0, marks[0]?.start).replace(/^.*:/u, '');
  const leads = !/[\p{L}\p{N}]/u.test(head);
  for (const [index, mark] of marks.entries()) {
    const behind = UNIT_BEHIND.exec(line.slice(mark.end))?.[0].length ?? 0;
    const start = leads ? mark.start : (marks[index - 1]?.end ?? 0);
    const end = leads ? (marks[index + 1]?.start ?? line.length) : mark.end + behind;
    if (end - start > OPTION_MAX + mark.end - mark.start) continue;
    if (mark.empty) claim(page, from + start, from + end);
    else if (TICK_ALONE.test(line.slice(mark.start, mark.end)))
      claim(page, from + mark.start, from + mark.end);
  }
}

const TICK_ALONE = new RegExp(`^(?:${TICKED}|[●◉])$`, 'u');
