// Which waybill belongs to which row: "3번 1234…", "3번 5번 1234…", "1234… 3번", "박철수님 1234…".

import type { FarmerToken } from './farmer-tokens.ts';
import { CARRIER_NAMES } from './farmer-words.ts';
import type { BadLine, Pointed, RowSaid, WaybillEntry } from './reading.ts';
import { expandRows, type RowSpan } from './rows.ts';

type Odd = Extract<FarmerToken, { kind: 'odd' }>;

type Cell =
  | { readonly span: RowSpan }
  | { readonly pointed: Pointed }
  /** "김정숙 8511": the end of a telephone number, as it tells namesakes apart. */
  | { readonly phone: number }
  | { readonly waybill: string }
  | { readonly odd: Odd }
  | { readonly carrier: string };

type Group = {
  spans: RowSpan[];
  pointed: Pointed[];
  phones: number[];
  waybills: string[];
  odd: Odd[];
  carrier: string | null;
};

export type Entries = {
  readonly entries: readonly WaybillEntry[];
  readonly bad: readonly BadLine[];
};

const NOTHING: Entries = { entries: [], bad: [] };

export function carrierOf(token: FarmerToken | undefined): string | null {
  if (token?.kind !== 'word' || token.word !== 'cargo') return null;
  return CARRIER_NAMES.find(([said]) => token.text.startsWith(said))?.[1] ?? null;
}

/**
 * `carrier` is the one named on a line above. Nothing where a waybill has no row, a row no waybill,
 * or several rows share several waybills in a way that can be read twice.
 */
export function waybillEntries(tokens: readonly FarmerToken[], carrier: string | null): Entries {
  const cells = toCells(tokens);
  if (cells === null) return NOTHING;
  const named = cells.filter((cell) => 'carrier' in cell);
  const only = named.length === 1 ? (named[0]?.carrier ?? null) : null;
  const entries: WaybillEntry[] = [];
  const bad: BadLine[] = [];
  for (const group of toGroups(cells)) {
    const own = rowsOf(group);
    const { waybills, odd } = group;
    if (own === null || own.length === 0 || waybills.length + odd.length === 0) return NOTHING;
    if (odd.length > 0) {
      bad.push(...odd.map((one) => badLine(own, one)));
      continue;
    }
    if (overlaps(group.spans, own.length)) {
      bad.push({ said: group.spans.map(saySpan).join(' '), why: 'overlap' });
      continue;
    }
    const together = own.length === 1 || waybills.length === 1;
    if (!together && own.length !== waybills.length) return NOTHING;
    const shared = own.length > 1 && together ? { isShared: true as const } : {};
    // One carrier in the line is everybody's; of several each stands beside its own waybill.
    const by = only ?? group.carrier ?? carrier;
    for (const [i, whose] of own.entries()) {
      const numbers = together ? waybills : waybills.slice(i, i + 1);
      entries.push({ ...whose, waybills: numbers, carrier: by, ...shared });
    }
  }
  return { entries: merged(entries), bad };
}

const PHONE_END = 4;
const endOf = (phone: number): string => String(phone).padStart(PHONE_END, '0');

const isName = (token: FarmerToken | undefined): boolean =>
  token?.kind === 'pointed' && token.pointed.kind === 'recipient';

type Whose = Pick<WaybillEntry, 'row' | 'whom'>;

/** "3번 박철수" is one row said twice; as many names as numbers go in pairs. */
function rowsOf({ spans, pointed, phones }: Group): Whose[] | null {
  const rows = expandRows(spans);
  if (rows === null) return null;
  const [one, other] = pointed;
  const [phone] = phones;
  if (rows.length === 0 && phone !== undefined && one?.kind === 'recipient') {
    if (other !== undefined) return null;
    return [{ row: null, whom: { name: one.name, phone: endOf(phone) } }];
  }
  if (rows.length === 0) return pointed.map((row) => ({ row }));
  const names = pointed.flatMap((one) => (one.kind === 'recipient' ? [one.name] : []));
  if (names.length < pointed.length) return null;
  if (names.length === 0) return rows.map((row) => ({ row }));
  if (names.length !== rows.length) return null;
  return rows.map((row, i) => ({ row, whom: { name: names[i] ?? '' } }));
}

const overlaps = (spans: readonly RowSpan[], rows: number): boolean =>
  spans.length > 1 && spans.reduce((sum, { from, to }) => sum + to - from + 1, 0) > rows;

const saySpan = ({ from, to }: RowSpan): string => (from === to ? `${from}번` : `${from}-${to}번`);

function badLine(rows: readonly Whose[], { text, why }: Odd): BadLine {
  const whose = rows.map(({ row }) => sayRow(row)).join(' ');
  const digits = text.replace(/\D/g, '').length;
  return { said: `${whose} ${text}`.trim(), why, ...(why === 'digits' ? { digits } : {}) };
}

function sayRow(row: RowSaid | null): string {
  if (typeof row === 'number') return `${row}번`;
  return row?.kind === 'recipient' ? row.name : '';
}

/**
 * Bare digits are a row only as the first cell or alone between waybills: elsewhere may stand an
 * address. Null where digits right behind a waybill may be the rest of it.
 */
function toCells(tokens: readonly FarmerToken[]): Cell[] | null {
  const numbered = tokens.some((token) => token.kind === 'rows' || token.kind === 'pointed');
  const cells: Cell[] = [];
  for (const [i, token] of tokens.entries()) {
    const carrier = carrierOf(token);
    if (carrier) cells.push({ carrier });
    else if (token.kind === 'waybill') cells.push({ waybill: token.digits });
    else if (token.kind === 'odd') cells.push({ odd: token });
    else if (token.kind === 'rows') cells.push({ span: token });
    else if (token.kind === 'pointed') cells.push({ pointed: token.pointed });
    else if (token.kind === 'number' && numbered && isShortWaybill(token.value))
      cells.push({ odd: { kind: 'odd', text: String(token.value), why: 'digits' } });
    else if (token.kind === 'number' && isName(tokens[i - 1])) cells.push({ phone: token.value });
    else if (token.kind === 'number' && numbered && isWaybill(tokens[i - 1])) return null;
    else if (token.kind === 'number' && !numbered && isRowCell(tokens[i - 1], tokens[i + 1]))
      cells.push({ span: { from: token.value, to: token.value } });
  }
  const isTold = cells.some((cell) => 'span' in cell || 'pointed' in cell);
  return isTold ? cells : withStrangers(tokens, cells);
}

/** More digits than a row or the end of a telephone number has, and too few for a waybill. */
export const isShortWaybill = (value: number): boolean => value >= SHORT_MIN;
const SHORT_MIN = 10_000;

/** "해뜨는민박 1234…": where nobody is named otherwise, the one word nobody knows may be a name. */
function withStrangers(tokens: readonly FarmerToken[], cells: readonly Cell[]): Cell[] {
  const [stranger, another] = tokens.filter((token) => token.kind === 'unknown');
  if (stranger === undefined || another !== undefined) return [...cells];
  return [{ pointed: { kind: 'recipient', name: stranger.text, isSure: false } }, ...cells];
}

const isWaybill = (token: FarmerToken | undefined): boolean =>
  token?.kind === 'waybill' || token?.kind === 'odd';

function isRowCell(before: FarmerToken | undefined, after: FarmerToken | undefined): boolean {
  if (before === undefined) return true;
  const edge = after === undefined || after.kind === 'sign' || isWaybill(after);
  return edge && (isWaybill(before) || before.kind === 'sign');
}

const isWhose = (cell: Cell): boolean => 'span' in cell || 'pointed' in cell;
const isNumber = (cell: Cell): boolean => 'waybill' in cell || 'odd' in cell;

/** Rows and then their waybills, again and again, or the other way round throughout. */
function toGroups(cells: readonly Cell[]): Group[] {
  const firstRow = cells.findIndex(isWhose);
  const firstWaybill = cells.findIndex(isNumber);
  if (firstRow < firstWaybill) return rowsFirst(cells);
  const backwards = rowsFirst(cells.toReversed()).reverse();
  return backwards.map((group) => ({
    ...group,
    spans: group.spans.toReversed(),
    pointed: group.pointed.toReversed(),
    waybills: group.waybills.toReversed(),
  }));
}

const emptyGroup = (): Group => ({
  spans: [],
  pointed: [],
  phones: [],
  waybills: [],
  odd: [],
  carrier: null,
});

function rowsFirst(cells: readonly Cell[]): Group[] {
  const groups: Group[] = [];
  const carrierBehind =
    cells.findIndex((cell) => 'carrier' in cell) > cells.findIndex((cell) => 'waybill' in cell);
  let group = emptyGroup();
  let ahead: string | null = null;
  for (const cell of cells) {
    const isEmpty = group.spans.length + group.pointed.length === 0;
    if ('carrier' in cell) {
      const hasNumbers = group.waybills.length + group.odd.length > 0;
      if (!isEmpty && (carrierBehind || !hasNumbers)) group.carrier = cell.carrier;
      else ahead = cell.carrier;
    } else if (isWhose(cell)) {
      const isNew = isEmpty || group.waybills.length + group.odd.length > 0;
      if (isNew) {
        group = emptyGroup();
        groups.push(group);
      }
      if ('span' in cell) group.spans.push(cell.span);
      if ('pointed' in cell) group.pointed.push(cell.pointed);
      group.carrier ??= ahead;
      ahead = null;
    } else if ('phone' in cell) group.phones.push(cell.phone);
    else if (isEmpty) return [];
    else if ('odd' in cell) group.odd.push(cell.odd);
    else if ('waybill' in cell && !group.waybills.includes(cell.waybill))
      group.waybills.push(cell.waybill);
  }
  if (ahead) group.carrier ??= ahead;
  return groups;
}

/** A row said twice by its number holds the waybills of both. */
export function merged(entries: readonly WaybillEntry[]): WaybillEntry[] {
  const byRow = new Map<RowSaid | WaybillEntry, WaybillEntry>();
  for (const entry of entries) {
    const key = typeof entry.row === 'number' ? entry.row : entry;
    const known = byRow.get(key);
    if (!known) byRow.set(key, entry);
    else {
      const waybills = [...new Set([...known.waybills, ...entry.waybills])];
      byRow.set(key, { ...known, waybills, carrier: known.carrier ?? entry.carrier });
    }
  }
  return [...byRow.values()];
}
