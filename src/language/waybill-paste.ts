// Waybills as they are pasted from a sheet, a courier's message or its app, with whatever tells
// whose each number is. What a farmer says in his own words is read elsewhere.

import { namesByPlace } from './paste-columns.ts';
import { type Facts, factsOf, hasWhom, isTelling, nameIn } from './paste-lines.ts';
import { type Columns, cellsOf, factsOfCells, nameColumnOf, titlesOf } from './paste-tables.ts';
import { COURIER_TALK, RECIPIENT_LABEL } from './paste-words.ts';
import type { BadLine, WaybillEntry } from './reading.ts';
import { findWaybills } from './waybill-numbers.ts';

export type Paste = {
  readonly entries: readonly WaybillEntry[];
  readonly bad: readonly BadLine[];
  /** The lines that are no part of it. */
  readonly rest: string;
};

const SAID_CHARS_MAX = 40;
/** A longer line is no row of a sheet. */
const LINE_CHARS_MAX = 600;
/** "받는분: …" is a line of a courier's form. */
const LABELLED = new RegExp(`${RECIPIENT_LABEL} ?[:=]`, 'u');
/** The farmer's own words among a courier's lines. */
const COMMAND =
  /\d ?번 ?(?!호|지)[^\d\n]{0,12}(?:수확|포장|발송|출고|보냈|취소)|(?:수확|포장|발송) ?\d{1,3} ?[-~번]/u;

/** Null where the text is no paste: nothing in it tells more of a waybill than a farmer would say. */
export function readPaste(text: string): Paste | null {
  if (findWaybills(text).every(({ kind }) => kind === 'phone')) return null;
  const lines = text.split('\n').map((line) => line.replace(/^ +| +$/gu, ''));
  const isCourier = COURIER_TALK.test(text) || LABELLED.test(text);
  const facts = withNamesByPlace(withoutOtherNames(factsOfLines(lines)), lines);
  const told = facts.filter((one): one is Facts => one !== null && one !== TITLES);
  const isPaste =
    facts.includes(TITLES) ||
    isNumberedList(lines) ||
    lines.some(isSheetRow) ||
    told.some(({ numbers, whom }) => isPasted(numbers.length > 0, whom));
  if (!isPaste && !(isCourier && told.some(({ whom }) => hasWhom(whom)))) return null;
  const rest = lines.filter((line, at) => {
    const one = facts[at] ?? null;
    const isPart = one !== null && (one === TITLES || one.numbers.length > 0 || hasWhom(one.whom));
    return isCourier ? COMMAND.test(line) && !(one !== null && one.numbers.length > 0) : !isPart;
  });
  return { ...toEntries(lines, facts), rest: rest.join('\n') };
}

/** Where one name is labelled as the recipient's, a name without a label is somebody else's. */
function withoutOtherNames(facts: readonly (Facts | null)[]): (Facts | null)[] {
  if (!facts.some((one) => one?.isLabelled)) return [...facts];
  return facts.map((one) => {
    if (one === null || one === TITLES || one.isLabelled) return one;
    const { name: _, ...whom } = one.whom;
    return { ...one, whom };
  });
}

/** Numbers in front, and names that no table knows: read by their place alone. */
function isNumberedList(lines: readonly string[]): boolean {
  const names = namesByPlace(lines);
  if (names === null) return false;
  return [...names].some(
    ([at, name]) => ORDINAL.test(lines[at] ?? '') || (name !== null && nameIn(name) === null),
  );
}
const ORDINAL = /^[([]?\d{1,4}[.)\]:]? ?[^\d\s.)\]:-]/u;

function withNamesByPlace(
  facts: readonly (Facts | null)[],
  lines: readonly string[],
): (Facts | null)[] {
  const names = facts.includes(TITLES) ? null : namesByPlace(lines);
  if (names === null) return [...facts];
  return facts.map((one, at) => {
    const name = names.get(at) ?? null;
    if (one === null || name === null || hasWhom(one.whom)) return one;
    return { ...one, whom: { ...one.whom, name } };
  });
}

/** Three cells or more with a tab or a stroke between them. */
function isSheetRow(line: string): boolean {
  if (!/[\t|]/.test(line) || findWaybills(line).length === 0) return false;
  return (cellsOf(line)?.filter((cell) => cell !== '').length ?? 0) > 2;
}

/** A telephone number or an address beside a waybill is nothing that anybody says. */
const isPasted = (hasNumber: boolean, { phone, address }: Facts['whom']): boolean =>
  hasNumber && (phone !== undefined || address !== undefined);

const TITLES: Facts = {
  numbers: [],
  row: null,
  isRowLoose: true,
  whom: {},
  isLabelled: false,
  carrier: null,
};

function factsOfLines(lines: readonly string[]): (Facts | null)[] {
  const cells = lines.map((line) => (line.length > LINE_CHARS_MAX ? null : cellsOf(line)));
  const withNumber = cells.filter((row) => row?.some((cell) => findWaybills(cell).length > 0));
  const nameColumn = nameColumnOf(withNumber.flatMap((row) => (row === null ? [] : [row])));
  let columns: Columns | null = null;
  return lines.map((line, at) => {
    if (line.trim() === '' || line.length > LINE_CHARS_MAX) return null;
    const titles = titlesOf(line);
    if (titles !== null) {
      columns = cells[at] === null ? null : titles;
      return TITLES;
    }
    const row = cells[at] ?? null;
    return row === null || findWaybills(line).length === 0
      ? factsOf(line)
      : factsOfCells(row, columns, nameColumn);
  });
}

/** What is being gathered: a line alone, or the lines of one message of the courier's. */
type Gathered = {
  isLabelled: boolean;
  numbers: Facts['numbers'];
  row: number | null;
  isRowLoose: boolean;
  whom: Facts['whom'];
  carrier: string | null;
  said: string;
};

const nothing = (): Gathered => ({
  numbers: [],
  row: null,
  isRowLoose: true,
  whom: {},
  isLabelled: false,
  carrier: null,
  said: '',
});

function toEntries(
  lines: readonly string[],
  facts: readonly (Facts | null)[],
): { entries: WaybillEntry[]; bad: BadLine[] } {
  const records: Gathered[] = [];
  let open = nothing();
  let above: string | null = null;
  const close = (): void => {
    if (open.numbers.length > 0) records.push(open);
    open = nothing();
  };
  const numbersFirst = isNumbersFirst(facts);
  for (const [at, one] of facts.entries()) {
    const line = lines[at] ?? '';
    if (one === null || /^\[web ?발신\]/u.test(line)) close();
    if (one === null || one === TITLES) continue;
    if (one.numbers.length > 0 && isTelling(one)) {
      close();
      records.push({ ...one, carrier: one.carrier ?? above, said: line });
    } else if (one.numbers.length > 0) {
      if (numbersFirst && hasWhom(open.whom)) close();
      open = { ...open, numbers: [...open.numbers, ...one.numbers], said: open.said || line };
      open.carrier = one.carrier ?? open.carrier ?? above;
    } else if (isTelling(one)) {
      if (!numbersFirst && open.numbers.length > 0) close();
      open = withMore(open, one, line);
    } else if (one.carrier !== null) {
      above = one.carrier;
      open.carrier ??= one.carrier;
    }
  }
  close();
  return entriesOf(records);
}

/** Whether the number stands above what tells whose it is, where both have lines of their own. */
function isNumbersFirst(facts: readonly (Facts | null)[]): boolean {
  const alone = facts.filter((one): one is Facts => one !== null && one !== TITLES);
  const number = alone.findIndex((one) => one.numbers.length > 0 && !isTelling(one));
  const whose = alone.findIndex((one) => one.numbers.length === 0 && isTelling(one));
  return number >= 0 && (whose < 0 || number < whose);
}

function withMore(open: Gathered, more: Facts, line: string): Gathered {
  return {
    ...open,
    row: open.row ?? more.row,
    isRowLoose: open.row === null ? more.isRowLoose : open.isRowLoose,
    whom: more.isLabelled ? { ...open.whom, ...more.whom } : { ...more.whom, ...open.whom },
    carrier: open.carrier ?? more.carrier,
    said: open.said || line,
  };
}

function entriesOf(records: readonly Gathered[]): { entries: WaybillEntry[]; bad: BadLine[] } {
  const entries: WaybillEntry[] = [];
  const bad: BadLine[] = [];
  for (const record of records) {
    const said = record.said.replace(/\s+/gu, ' ').slice(0, SAID_CHARS_MAX);
    const odd = record.numbers.find(({ kind }) => kind !== 'waybill');
    if (odd !== undefined) {
      const why = odd.kind === 'exponent' ? 'exponent' : 'digits';
      bad.push({ said, why, ...(why === 'digits' ? { digits: odd.digits.length } : {}) });
    } else if (!isTelling(record)) bad.push({ said, why: 'whose' });
    else entries.push(entryOf(record));
  }
  return { entries, bad };
}

function entryOf({ numbers, row, isRowLoose, whom, carrier }: Gathered): WaybillEntry {
  const waybills = [...new Set(numbers.map(({ digits }) => digits))];
  const isKnown = hasWhom(whom);
  return {
    row,
    ...(isKnown ? { whom } : {}),
    ...(isKnown && row !== null && isRowLoose ? { isRowLoose: true as const } : {}),
    waybills,
    carrier,
  };
}
