// Whom a line is about when that does not show in its data: one more person, nobody, or whose flat.
import type { Line } from './lines.ts';
import { isPlaceName } from './names.ts';
import {
  type Block,
  conflictsWith,
  type Fact,
  fill,
  filled,
  isCalled,
  isName,
  type Notes,
} from './notes.ts';
import { open, type Writer } from './writer.ts';

/** "박철수도 3상자", "딸도 한 상자": one more recipient, of whom nothing else is known yet. */
export function addsSomebody(writer: Writer, line: Line): boolean {
  const { notes, message } = writer;
  const [who, what] = line.facts;
  if (message.first) return false;
  if (line.facts.length === 1 && who?.kind === 'boxes') return addsMyself(writer, who);
  if (line.facts.length !== 2 || what?.kind !== 'boxes') return false;
  if (who?.kind !== 'name' && who?.kind !== 'home') return false;
  const also = ALSO.test(message.text.slice(who.end, what.start));
  const linked =
    LINKED.test(message.text.slice(0, who.start)) && (writer.current?.counts.length ?? 0) > 0;
  if (!also && !linked) return false;
  const key = who.kind === 'name' ? who.text : who.word;
  if (notes.blocks.length === 0 || notes.blocks.some((block) => isCalled(block, key))) return false;
  const [only, more] = notes.blocks;
  // "2박스요" was meant for the only one there was.
  if (
    only !== undefined &&
    more === undefined &&
    only.counts.length === 0 &&
    filled(only) > 1 &&
    isPlain(notes)
  )
    only.counts = notes.shared.splice(0);
  const block = open(writer);
  fill(block, who);
  block.counts.push(what.fact);
  return true;
}

const isPlain = ({ shared }: Notes): boolean => shared.every(({ each, total }) => !each && !total);

/** "시댁은 지난번 주소로": one more recipient, whose data is asked for. */
export function addsKnownPlace(writer: Writer, { facts, text }: Line): boolean {
  const [home, more] = facts;
  if (home?.kind !== 'home' || more !== undefined || !SENT_BEFORE.test(text)) return false;
  if (writer.notes.blocks.some((block) => isCalled(block, home.word))) return false;
  fill(open(writer), home);
  return true;
}

const SENT_BEFORE = /(?:지난 ?번|저번|전에|작년|예전)[^\n.]{0,12}주소/u;

/** "저도 3상자" behind somebody else's complete data. */
function addsMyself(writer: Writer, { fact, start }: Extract<Fact, { kind: 'boxes' }>): boolean {
  const { current, message } = writer;
  if (current === null || filled(current) < 3 || current.counts.length === 0) return false;
  if (!/(?:^|[\s,.])(?:저|나|우리|저희)도 ?$/u.test(message.text.slice(0, start))) return false;
  open(writer).counts.push(fact);
  return true;
}

/** "그리고 최지우 3상자" */
const LINKED = /(?:^|[\s,.])(?:그리고|그리구|또|추가로)[\s,.]*$/u;
const ALSO = /^(?:님|씨)?(?:네|집|댁)?(?:한테|에게|께|꺼|것)?도 ?$/u;

/** Where we asked for another thing, a word by itself that might be a name renames nobody. */
export function isAside({ message, corrects, current }: Writer, { facts }: Line): boolean {
  const { asked } = message;
  const [only, another] = facts;
  if (asked === null || asked.field === 'name' || corrects || another !== undefined) return false;
  return (
    only?.kind === 'name' && !only.labelled && current !== null && conflictsWith(current, only)
  );
}

/** "받는 사람 김영수로" beside one recipient gives him another name. */
export function renames({ notes, message }: Writer, { facts }: Line): boolean {
  const [block, other] = notes.blocks;
  const [fact, more] = facts;
  if (message.first || other !== undefined || more !== undefined) return false;
  if (block === undefined || block.name === null || fact?.kind !== 'name' || !fact.labelled)
    return false;
  if (!INSTEAD.test(message.text.slice(fact.end))) return false;
  fill(block, fact);
  return true;
}

const INSTEAD =
  /^(?:님|씨)?(?:으로|로)(?: ?(?:해 ?주|바꿔|변경|수정|할게|할께|부탁|보내)[가-힣 ]*)?[\s.,!~]*$/u;

/** In answer to the address a shop's name is part of the place, and no further recipient. */
export function withoutShop(line: Line, { current }: Writer): Line {
  const named = current?.name ?? null;
  const isShop = (fact: Fact): boolean =>
    isName(fact) && !fact.labelled && fact.text !== named && isPlaceName(fact.text);
  return named === null ? line : { ...line, facts: line.facts.filter((fact) => !isShop(fact)) };
}

/** Whose flat it is: the one with the wrong one, the one asked about, or the one spoken of. */
export function unitsBlock(
  { notes, message, current, opened }: Writer,
  { instead }: UnitFact,
): Block | null {
  const { blocks } = notes;
  if (instead !== null) {
    const tight = (block: Block): string => (block.address ?? '').replaceAll(' ', '');
    const fitting = blocks.filter((block) => tight(block).includes(instead));
    const [only, another] = fitting;
    if (another === undefined && (only !== undefined || blocks.length > 1)) return only ?? null;
  }
  if (current === null || blocks.length === 1 || opened.has(current)) return current;
  return message.asked === null || message.asked.recipient === null ? null : current;
}

type UnitFact = Extract<Fact, { kind: 'unit' }>;
