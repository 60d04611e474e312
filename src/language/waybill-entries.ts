// Which waybill belongs to which row: "3번 1234…", "3번 5번 1234…", "1234… 3번", pasted columns.

import type { FarmerToken } from './farmer-tokens.ts';
import { CARRIER_NAMES } from './farmer-words.ts';
import { expandRows, type RowSpan } from './rows.ts';

export type WaybillEntry = {
  readonly row: number;
  readonly waybills: readonly string[];
  readonly carrier: string | null;
};

type Cell =
  | { readonly span: RowSpan }
  | { readonly waybill: string }
  | { readonly carrier: string };

type Group = { spans: RowSpan[]; waybills: string[]; carrier: string | null };

export function carrierOf(token: FarmerToken | undefined): string | null {
  if (token?.kind !== 'word' || token.word !== 'cargo') return null;
  return CARRIER_NAMES.find(([said]) => token.text.startsWith(said))?.[1] ?? null;
}

/**
 * `carrier` is the one named on a line above. Null when a waybill has no row, a row no waybill, or
 * several rows share several waybills in a way that can be read twice.
 */
export function waybillEntries(
  tokens: readonly FarmerToken[],
  carrier: string | null,
): WaybillEntry[] | null {
  const cells = toCells(tokens);
  if (cells === null) return null;
  const named = cells.filter((cell) => 'carrier' in cell);
  const only = named.length === 1 ? (named[0]?.carrier ?? null) : null;
  const entries: WaybillEntry[] = [];
  for (const group of toGroups(cells)) {
    const rows = expandRows(group.spans);
    const { waybills } = group;
    if (!rows || rows.length === 0 || waybills.length === 0) return null;
    const together = rows.length === 1 || waybills.length === 1;
    if (!together && rows.length !== waybills.length) return null;
    // One carrier in the line is everybody's; of several each stands beside its own waybill.
    const by = only ?? group.carrier ?? carrier;
    for (const [i, row] of rows.entries())
      entries.push({ row, waybills: together ? waybills : waybills.slice(i, i + 1), carrier: by });
  }
  return entries.length > 0 ? merged(entries) : null;
}

/**
 * Bare digits are a row only as the first cell or alone between waybills: elsewhere may stand an
 * address. Null where digits right behind a waybill may be the rest of it.
 */
function toCells(tokens: readonly FarmerToken[]): Cell[] | null {
  const numbered = tokens.some((token) => token.kind === 'rows');
  const cells: Cell[] = [];
  for (const [i, token] of tokens.entries()) {
    const carrier = carrierOf(token);
    if (carrier) cells.push({ carrier });
    else if (token.kind === 'waybill') cells.push({ waybill: token.digits });
    else if (token.kind === 'rows') cells.push({ span: token });
    else if (token.kind === 'number' && numbered && tokens[i - 1]?.kind === 'waybill') return null;
    else if (token.kind === 'number' && !numbered && isRowCell(tokens[i - 1], tokens[i + 1]))
      cells.push({ span: { from: token.value, to: token.value } });
  }
  return cells;
}

function isRowCell(before: FarmerToken | undefined, after: FarmerToken | undefined): boolean {
  if (before === undefined) return true;
  const edge = after === undefined || after.kind === 'sign' || after.kind === 'waybill';
  return edge && (before.kind === 'waybill' || before.kind === 'sign');
}

/** Rows and then their waybills, again and again, or the other way round throughout. */
function toGroups(cells: readonly Cell[]): Group[] {
  const firstRow = cells.findIndex((cell) => 'span' in cell);
  const firstWaybill = cells.findIndex((cell) => 'waybill' in cell);
  if (firstRow < firstWaybill) return rowsFirst(cells);
  const backwards = rowsFirst(cells.toReversed()).reverse();
  return backwards.map(({ spans, waybills, carrier }) => {
    return { spans: spans.toReversed(), waybills: waybills.toReversed(), carrier };
  });
}

function rowsFirst(cells: readonly Cell[]): Group[] {
  const groups: Group[] = [];
  const carrierBehind =
    cells.findIndex((cell) => 'carrier' in cell) > cells.findIndex((cell) => 'waybill' in cell);
  let group: Group = { spans: [], waybills: [], carrier: null };
  let ahead: string | null = null;
  for (const cell of cells) {
    if ('span' in cell) {
      if (group.waybills.length > 0) group = { spans: [], waybills: [], carrier: null };
      if (group.spans.length === 0) groups.push(group);
      group.spans.push(cell.span);
      group.carrier ??= ahead;
      ahead = null;
    } else if ('waybill' in cell) {
      if (group.spans.length === 0) return [];
      if (!group.waybills.includes(cell.waybill)) group.waybills.push(cell.waybill);
    } else if (group.spans.length > 0 && (carrierBehind || group.waybills.length === 0))
      group.carrier = cell.carrier;
    else ahead = cell.carrier;
  }
  if (ahead) group.carrier ??= ahead;
  return groups;
}

/** A row said twice holds the waybills of both. */
function merged(entries: readonly WaybillEntry[]): WaybillEntry[] {
  const byRow = new Map<number, WaybillEntry>();
  for (const entry of entries) {
    const known = byRow.get(entry.row);
    if (!known) byRow.set(entry.row, entry);
    else {
      const waybills = [...new Set([...known.waybills, ...entry.waybills])];
      byRow.set(entry.row, { ...known, waybills, carrier: known.carrier ?? entry.carrier });
    }
  }
  return [...byRow.values()];
}
