// An instruction that begins with whom it is for is his alone: "B는 오후 6시 이후, 엄마집은 경비실에".
import { handlesOf } from './handles.ts';
import { matchesOf } from './matches.ts';
import type { Block, Notes } from './notes.ts';
import { joinMarks, spanOf } from './origin.ts';
import type { Token } from './page.ts';
import { ORDINAL, ordinalIndex } from './phrases.ts';

type Memo = Extract<Token, { kind: 'memo' }>;

/** How far in front of the instruction its recipient may be named. */
const AHEAD = 16;
const TOPIC =
  /(?<![가-힣A-Za-z])(?<word>[A-Z]|[가-힣]{1,8}?)(?:님|씨)?(?: ?(?:네|집|댁|쪽|분|건))?(?:(?:에는|한테는|께는|은|는|만)|(?=:))[ :]{1,2}/gu;

/** Moves such instructions from the order's to their recipient's. */
export function takeOwnMemos(notes: Notes, text: string, tokens: readonly Token[]): void {
  if (notes.blocks.length < 2) return;
  for (const token of tokens)
    if (token.kind === 'memo' && !token.labelled) take(notes, text, token);
}

function take(notes: Notes, text: string, memo: Memo): void {
  const line = text.lastIndexOf('\n', memo.start - 1) + 1;
  const ahead = text.slice(Math.max(line, memo.start - AHEAD), memo.start);
  const from = memo.start - (/[^.!?]*$/u.exec(ahead)?.[0].length ?? 0);
  const said = text.slice(from, memo.end);
  const parts = ownersIn(said, notes.blocks);
  const [first] = parts;
  if (first === undefined || !notes.memos.includes(memo.text)) return;
  const shared = tidy(text.slice(memo.start, Math.max(memo.start, from + first.start)));
  notes.memos = notes.memos.flatMap((one) =>
    one !== memo.text ? [one] : shared.length > 2 ? [shared] : [],
  );
  for (const [index, { block, end }] of parts.entries()) {
    const part = said.slice(end, parts[index + 1]?.start);
    const own = tidy(part);
    if (own === '') continue;
    const start = from + end + part.indexOf(own);
    const mark = {
      spans: [{ ...spanOf(memo), start, end: start + own.length }],
      certainty: 'fits',
    } as const;
    block.from.memo = joinMarks(block.memo === null ? undefined : block.from.memo, mark);
    block.memo = block.memo === null ? own : `${block.memo} ${own}`;
  }
}

/** "2번은", "2번 분은" */
const NUMBERED = /(?<![\d-])([1-9])번(?: ?(?:분|집|댁|줄))?(?=(?:에는|은|는|만) |: ?)/gu;

type Owner = { readonly block: Block; readonly start: number; readonly end: number };

function ownersIn(said: string, blocks: readonly Block[]): readonly Owner[] {
  const owners: Owner[] = [];
  for (const { 0: whole, index, groups } of matchesOf(said, TOPIC)) {
    const word = groups?.word ?? '';
    const called = blocks.filter((block) => handlesOf([block]).some((one) => one.word === word));
    const [block, another] = called;
    if (block === undefined || another !== undefined) continue;
    owners.push({ block, start: index, end: index + whole.length });
  }
  const turns = [
    ...matchesOf(said, ORDINAL).map((match) => [match, ordinalIndex(match[0])] as const),
    ...matchesOf(said, NUMBERED).map((match) => [match, Number(match[1]) - 1] as const),
  ];
  for (const [{ 0: whole, index }, turn] of turns) {
    const block = blocks.at(turn);
    const hung = /^(?:에는|은|는|만)? ?/u.exec(said.slice(index + whole.length))?.[0] ?? '';
    if (block !== undefined)
      owners.push({ block, start: index, end: index + whole.length + hung.length });
  }
  return owners.sort((a, b) => a.start - b.start);
}

const tidy = (text: string): string =>
  text.replace(/^[\s,.:;※*()[\]\-·•]+|[\s,.:;※*([\-·•]+$/gu, '');
