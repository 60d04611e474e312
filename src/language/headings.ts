// Product words on a line of their own: they name what stands in the line or the rows below.

import type { CountFact } from './items.ts';
import { type Span, spanOf } from './origin.ts';
import type { Token } from './page.ts';

type Mention = Extract<Token, { kind: 'mention' }>;
type Count = Extract<Token, { kind: 'count' }>;

/** Where the words of a mention stand. */
export const wordsOf = (mention: Mention): Span => ({ ...spanOf(mention), ...mention.head });

type Said = { readonly text: string; readonly tokens: readonly Token[] };

const DATA: ReadonlySet<Token['kind']> = new Set(['name', 'phone', 'address', 'home', 'ordinal']);

/** "사과" and below it "2박스", each alone on its line: taken out of the words for all. */
export function lineAbove(text: string, header: Mention[], count: Count): Mention[] {
  const last = header.at(-1);
  if (last === undefined || count.each || count.total) return [];
  if (!text.slice(last.end, count.start).includes('\n')) return [];
  const from = text.lastIndexOf('\n', last.start - 1) + 1;
  const mentions = header.filter(({ start }) => start >= from);
  const below = /^[^\n]*/u.exec(text.slice(count.end, count.end + ALONE_MAX + 1))?.[0] ?? '';
  const alone =
    /^[^\p{L}\p{N}\n]*\n[^\p{L}\p{N}\n]*$/u.test(text.slice(last.end, count.start)) &&
    /^(?:이?요|입니다|씩)?[^\p{L}\p{N}]*$/u.test(below);
  if (!alone || !isHeading(text, from, mentions)) return [];
  return header.splice(header.length - mentions.length);
}

const ALONE_MAX = 12;

/** Nothing but product words and signs: "<캠벨 5kg>", "■ 거봉", "[사과 보내실 곳]". */
const HEADING_REST =
  /^[^\p{L}\p{N}\n]*(?:(?:주문|보내실 ?곳|보낼 ?곳|받으실 ?분|받는 ?분|배송지|명단)[^\p{L}\p{N}\n]*)?$/u;

/**
 * Product words that head the rows below them name what those hold: at least two headings, the
 * first in front of everybody, and every one with counts of no other product below it. Answers the
 * product words that are left for all.
 */
export function shareHeadings(
  { text, tokens }: Said,
  header: Mention[],
  counts: CountFact[],
): Mention[] {
  const headings = headingsIn({ text, tokens }, header);
  if (headings.length === 0) return header;
  const under = headings.map(([line], index) => {
    const to = headings[index + 1]?.[0] ?? Number.POSITIVE_INFINITY;
    return counts.filter(({ start }) => start >= line && start < to);
  });
  const placed = under.reduce((sum, { length }) => sum + length, 0);
  if (placed < counts.length || under.some((own) => own.length === 0)) return header;
  if (counts.some(({ features, each, total }) => features.length > 0 || each || total))
    return header;
  for (const [index, [, mentions]] of headings.entries())
    for (const count of under[index] ?? [])
      counts[counts.indexOf(count)] = {
        ...count,
        features: mentions.map(({ feature }) => feature),
        namedAt: mentions.map(wordsOf),
      };
  return [];
}

type Heading = readonly [line: number, mentions: Mention[]];

/** At least two, the first in front of everybody, and no product word but theirs. */
function headingsIn({ text, tokens }: Said, header: readonly Mention[]): Heading[] {
  const byLine = new Map<number, Mention[]>();
  let line = 0;
  let seen = 0;
  for (const mention of header) {
    // What is told of stands behind the rest, so the search may have to begin anew.
    const from = mention.start < seen ? 0 : seen;
    const end = text.slice(from, mention.start).lastIndexOf('\n');
    if (end >= 0 || from === 0) line = from + end + 1;
    seen = mention.start;
    const known = byLine.get(line);
    if (known === undefined) byLine.set(line, [mention]);
    else known.push(mention);
  }
  const headings = [...byLine].filter(([line, mentions]) => isHeading(text, line, mentions));
  const [first] = headings;
  const data = tokens.find(({ kind }) => DATA.has(kind));
  const whole = headings.length > 1 && headings.length === byLine.size;
  if (!whole || first === undefined || data === undefined || data.start < first[0]) return [];
  return headings;
}

/** A product, and from where to where it holds for the recipients named there. */
export type Section = {
  readonly start: number;
  readonly end: number;
  readonly features: readonly string[];
  readonly namedAt: readonly Span[];
};

/** Where one count is said for all, the headings tell what each recipient's boxes hold. */
export function sectionsOf(
  { text, tokens }: Said,
  header: readonly Mention[],
  counts: readonly CountFact[],
): Section[] {
  const shared = counts.length > 0 && counts.every(({ each }) => each);
  if (!shared || counts.some(({ features }) => features.length > 0)) return [];
  const headings = headingsIn({ text, tokens }, header);
  const sections = headings.map(([start, mentions], index) => ({
    start,
    end: headings[index + 1]?.[0] ?? text.length,
    features: mentions.map(({ feature }) => feature),
    namedAt: mentions.map(wordsOf),
  }));
  const held = ({ start, end }: Section): boolean =>
    tokens.some((token) => token.kind === 'phone' && token.start > start && token.start < end);
  return sections.every(held) ? sections : [];
}

function isHeading(text: string, line: number, mentions: readonly Mention[]): boolean {
  const end = text.indexOf('\n', line);
  let rest = '';
  let at = line;
  for (const mention of mentions) {
    rest += text.slice(at, mention.start);
    at = mention.end;
  }
  return HEADING_REST.test(rest + text.slice(at, end < 0 ? text.length : end));
}
