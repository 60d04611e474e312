// Facts for recipients known already: "저희집 5 엄마집 1", "두번째 분은 2박스", "김영희 3박스".
import type { CountFact } from './items.ts';
import type { Line } from './lines.ts';
import { type Block, type Fact, fill, mergeCount, type Notes } from './notes.ts';
import { DROPS } from './phrases.ts';

/** Takes the line if it speaks of known recipients; answers the last one spoken of, else null. */
export function takeReferences(
  notes: Notes,
  line: Line,
  corrects: boolean,
): Block | typeof NOBODY | null {
  const { facts, text } = line;
  if (facts.some(({ kind }) => kind === 'phone' || kind === 'address')) {
    return corrects ? correct(notes, facts) : null;
  }
  if (takePending(notes, facts)) return notes.blocks.at(-1) ?? NOBODY;
  let target: Block | null = null;
  let used: Block | null = null;
  const touched = new Set<Block>();
  const counted = facts.some(({ kind }) => kind === 'boxes');
  for (const fact of facts) {
    const known = referred(notes, fact);
    if (known !== null) {
      target = known;
      if (!counted && notes.blocks.length > 1 && DROPS.test(text)) {
        notes.blocks = notes.blocks.filter((other) => other !== known);
        used = known;
      }
    } else if (fact.kind === 'boxes' && target !== null && !fact.fact.each && !fact.fact.total) {
      if (!touched.has(target) && !fact.fact.more) target.counts = [];
      touched.add(target);
      if (fact.fact.more) target.counts = mergeCount(target.counts, fact.fact);
      else target.counts.push(fact.fact);
      used = target;
    }
  }
  return used;
}

/** Stands for "taken, and no recipient is current". */
export const NOBODY: unique symbol = Symbol('nobody');

/** "저희집 2 엄마집 1" in front of the rows: kept until the places are known. */
function takePending(notes: Notes, facts: readonly Fact[]): boolean {
  const pairs: { key: string; fact: CountFact }[] = [];
  for (const [index, fact] of facts.entries()) {
    if (fact.kind !== 'home' && fact.kind !== 'name') continue;
    const next = facts[index + 1];
    const single = next?.kind === 'boxes' && facts[index + 2]?.kind !== 'boxes';
    if (!single || referred(notes, fact) !== null) return false;
    pairs.push({
      key: fact.kind === 'home' ? fact.word : fact.text,
      fact: { ...next.fact, each: false },
    });
  }
  const enough =
    pairs.length > 1 ||
    (pairs.length === 1 && facts[0]?.kind === 'home' && notes.blocks.length !== 1);
  if (!enough || pairs.length * 2 !== facts.length) return false;
  notes.pending.push(...pairs);
  return true;
}

/** "두번째 분 주소는 …로 바꿔주세요" */
function correct(notes: Notes, facts: readonly Fact[]): Block | null {
  const target = facts.map((fact) => referred(notes, fact)).find((block) => block !== null) ?? null;
  if (target === null) return null;
  for (const fact of facts) {
    if (fact.kind === 'phone' || fact.kind === 'address') fill(target, fact);
    else if (fact.kind === 'boxes') target.counts = [fact.fact];
  }
  return target;
}

/** The one recipient a name, a place word or an ordinal stands for. */
function referred({ blocks }: Notes, fact: Fact): Block | null {
  if (fact.kind === 'ordinal') return blocks.at(fact.index) ?? null;
  const fitting = blocks.filter((block) =>
    fact.kind === 'home'
      ? block.homes.includes(fact.word)
      : fact.kind === 'name' && block.name === fact.text,
  );
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}
