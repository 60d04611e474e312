// Cuts the tokens of a message into lines, and a line that lists several recipients into theirs.
import { BESIDE_PHONE } from './find-names.ts';
import type { CountFact } from './items.ts';
import { type Fact, isName, isPrimary } from './notes.ts';
import type { Token } from './page.ts';

export type Line = {
  readonly facts: readonly Fact[];
  /** Stands behind an empty line, or is the first one. */
  readonly blank: boolean;
  /** Begins with a list mark or with 받는분. */
  readonly mark: boolean;
  readonly text: string;
  /** Within the row of one recipient, and whether it begins there. */
  readonly row: 'opens' | 'inside' | null;
};

export function cutLines(
  text: string,
  tokens: readonly Token[],
  counts: readonly CountFact[],
): Line[] {
  const countAt = new Map(counts.map((fact) => [fact.start, fact]));
  const lines: Line[] = [];
  let facts: Fact[] = [];
  let primary = false;
  let blank = true;
  let mark = false;
  let start = 0;
  let row: Line['row'] = null;
  const close = (end: number): void => {
    if (facts.length > 0) {
      for (const segment of cutSegments(tidyNames(facts))) {
        lines.push({ facts: segment, blank, mark, text: text.slice(start, end), row });
        if (row === 'opens') row = 'inside';
      }
      blank = false;
      mark = false;
    }
    facts = [];
    primary = false;
    start = end;
  };
  for (const token of tokens) {
    if (token.kind === 'break') {
      close(token.start);
      blank ||= token.blank;
    } else if (token.kind === 'row') {
      close(token.start);
      row = token.opens ? 'opens' : null;
    } else if (token.kind === 'mark') {
      close(token.start);
      mark = true;
    } else if (token.kind === 'party') {
      if (primary) close(token.start);
      mark = true;
    } else if (token.kind === 'count') {
      const fact = countAt.get(token.start);
      if (fact) facts.push({ kind: 'boxes', fact, start: token.start, end: token.end });
    } else if (token.kind !== 'mention') {
      facts.push(token);
      primary ||= isPrimary(token);
    }
  }
  close(text.length);
  return withHeadings(lines);
}

const HEADING_MAX = 16;

/** "시어머니댁도요" on a line of its own says whose data the next line begins. */
function withHeadings(lines: readonly Line[]): Line[] {
  const joined: Line[] = [];
  let heading: Line | null = null;
  for (const line of lines) {
    const isHeading =
      line.row === null &&
      line.facts.every(({ kind }) => kind === 'home') &&
      line.text.trim().length <= HEADING_MAX;
    if (heading !== null && line.facts.some(isPrimary) && line.row === null) {
      const facts = [...heading.facts, ...line.facts];
      joined.push({ ...line, facts, blank: heading.blank || line.blank, mark: true });
      heading = null;
      continue;
    }
    if (heading !== null) joined.push(heading);
    heading = isHeading ? line : null;
    if (!isHeading) joined.push(line);
  }
  if (heading !== null) joined.push(heading);
  return joined;
}

const countOf = (facts: readonly Fact[], kind: Fact['kind']): number =>
  facts.filter((fact) => fact.kind === kind).length;

/** Beside a phone stands the recipient's name; words that stand worse on the same line do not count. */
function tidyNames(facts: readonly Fact[]): readonly Fact[] {
  const names = facts.filter(isName);
  const phones = countOf(facts, 'phone');
  const addresses = countOf(facts, 'address');
  const best = Math.max(0, ...names.map(({ weight }) => weight));
  if (names.length < 2 || phones + addresses === 0) return facts;
  if (phones > 1 || addresses > 1) {
    const sure = names.filter(({ weight }) => weight >= BESIDE_PHONE).length;
    const enough = sure >= Math.max(phones, addresses);
    return facts.filter((fact) => !isName(fact) || !enough || fact.weight >= BESIDE_PHONE);
  }
  const chosen = names.find(({ weight }) => weight === best);
  return facts.filter((fact) => !isName(fact) || fact === chosen);
}

/** "2박스는 김… 010… 서울…, 3박스는 이… 010… 부산…": one segment per recipient. */
function cutSegments(facts: readonly Fact[]): (readonly Fact[])[] {
  if (countOf(facts, 'phone') < 2 && countOf(facts, 'address') < 2) return [facts];
  const segments: Fact[][] = [];
  let current: Fact[] = [];
  for (const [index, fact] of facts.entries()) {
    const again = isPrimary(fact) && current.some(({ kind }) => kind === fact.kind);
    if (again && isSpare(facts, index, current)) continue;
    if (again) {
      segments.push(current);
      current = [];
    }
    current.push(fact);
  }
  segments.push(current);
  if (segments.length === 1) return segments;
  // "… / … / 1박스씩" is for all of them.
  const each = (fact: Fact): boolean => fact.kind === 'boxes' && fact.fact.each;
  const rows = segments.map((segment) => segment.filter((fact) => !each(fact)));
  return [...leadCounts(rows), ...facts.filter(each).map((fact) => [fact])];
}

/** A second number behind the first: no name follows before the next number, and no second address. */
function isSpare(facts: readonly Fact[], index: number, current: readonly Fact[]): boolean {
  if (facts[index]?.kind !== 'phone') return false;
  for (let at = index + 1; at < facts.length; at += 1) {
    const kind = facts[at]?.kind;
    if (kind === 'phone') return true;
    if (kind === 'name' || (kind === 'address' && !isUnhoused(current))) return false;
  }
  return true;
}

/** Somebody is named, and his address is still to come. */
const isUnhoused = (facts: readonly Fact[]): boolean =>
  facts.some(isName) && !facts.some(({ kind }) => kind === 'address');

/** Where counts, flats and 우리집, 엄마집 stand in front of their recipient they move to him. */
function leadCounts(segments: Fact[][]): (readonly Fact[])[] {
  const first = segments[0] ?? [];
  const leading = first.findIndex(isPrimary);
  const flat = first.findIndex(({ kind }) => kind === 'unit');
  const flatsLead = flat >= 0 && flat < first.findIndex(({ kind }) => kind === 'phone');
  const trailing = segments.at(-1)?.at(-1)?.kind === 'boxes';
  const countsLead = leading > 0 && first.slice(0, leading).some(({ kind }) => kind === 'boxes');
  for (const [index, segment] of segments.entries()) {
    const next = segments[index + 1];
    for (let last = segment.at(-1); next && last; last = segment.at(-1)) {
      const moves =
        last.kind === 'home' ||
        (last.kind === 'unit' && flatsLead) ||
        (last.kind === 'boxes' && countsLead && !trailing);
      if (!moves) break;
      segment.pop();
      next.unshift(last);
    }
  }
  // "사과 5박스인데요 2박스는 …": what stands in front of the first one's count is the sum.
  const counts = first.slice(0, leading).filter(({ kind }) => kind === 'boxes');
  const sum = counts.length > 1 || trailing ? counts[0] : undefined;
  if (sum?.kind !== 'boxes' || !countsLead) return segments;
  const total: Fact = { ...sum, fact: { ...sum.fact, total: true } };
  return [[total], first.filter((fact) => fact !== sum), ...segments.slice(1)];
}
