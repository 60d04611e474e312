// A day list as the paper says it, revision by revision: what was true then, whatever became of the
// parcels since.
import { hash } from 'node:crypto';
import type { Package, ParcelState } from './order.ts';

/** A row as the paper says it: what was true with its revision, whatever became of the parcel since. */
export type PaperRow = {
  readonly row: number;
  /** The code people say aloud. */
  readonly order: string;
  readonly parcel: string;
  readonly struck: boolean;
  readonly recipient: string;
  readonly phone: string;
  readonly postcode: string | null;
  readonly address: string;
  readonly items: readonly {
    readonly product: string;
    readonly name: string;
    readonly boxes: number;
  }[];
  readonly boxes: number;
  readonly packages: number;
  readonly memo: string | null;
  readonly sender: { readonly name: string | null; readonly phone: string | null } | null;
  readonly addedRevision: number;
  readonly struckRevision: number | null;
  readonly alteredRevision: number | null;
};

export type Paper = {
  readonly store: string;
  readonly storeName: string;
  readonly date: string;
  /** 0: a draft. */
  readonly revision: number;
  /** When the revision was made; of a draft now. */
  readonly at: string;
  readonly capBoxes: number;
  /** Of the rows that are not struck. */
  readonly totalBoxes: number;
  /** See `hashOf`. */
  readonly hash: string;
  readonly rows: readonly PaperRow[];
};

/** Which paper of a date is asked for: one of both, or the list as it is. */
export type PaperOf = {
  readonly revision?: number;
  /** An instant in UTC. Before the list was frozen it is the draft of that moment. */
  readonly asOf?: string;
};

/** Where the parcels of a list stand, by their ids: what a paper does not say. */
export type Standings = ReadonlyMap<
  string,
  { readonly state: ParcelState; readonly packages: readonly Package[] }
>;

/** The rows of a revision by their numbers: of each its newest version up to then. */
export function paperAt<V extends { readonly row: number; readonly revision: number }>(
  versions: readonly V[],
  revision: number,
): V[] {
  const newest = new Map<number, V>();
  for (const version of versions) {
    const known = newest.get(version.row)?.revision ?? 0;
    if (version.revision <= revision && version.revision > known) newest.set(version.row, version);
  }
  return [...newest.values()].sort((a, b) => a.row - b.row);
}

/**
 * SHA-256 in hex over the canonical JSON of what a revision says: its keys in the order below, its texts
 * in NFC. Two papers with one hash say the same of the same day.
 */
export function hashOf(paper: Pick<Paper, 'date' | 'revision' | 'rows'>): string {
  const { date, revision, rows } = paper;
  return hash('sha256', JSON.stringify({ date, revision, rows: rows.map(canonical) }), 'hex');
}

export function totalOf(rows: readonly Pick<PaperRow, 'struck' | 'boxes'>[]): number {
  return rows.reduce((sum, { struck, boxes }) => sum + (struck ? 0 : boxes), 0);
}

/** The same row with its keys in this order, whoever made it. */
function canonical(one: PaperRow): PaperRow {
  const { sender } = one;
  return {
    row: one.row,
    order: one.order,
    parcel: one.parcel,
    struck: one.struck,
    recipient: nfc(one.recipient),
    phone: nfc(one.phone),
    postcode: nfcOr(one.postcode),
    address: nfc(one.address),
    items: one.items.map(({ product, name, boxes }) => ({ product, name: nfc(name), boxes })),
    boxes: one.boxes,
    packages: one.packages,
    memo: nfcOr(one.memo),
    sender: sender && { name: nfcOr(sender.name), phone: nfcOr(sender.phone) },
    addedRevision: one.addedRevision,
    struckRevision: one.struckRevision,
    alteredRevision: one.alteredRevision,
  };
}

function nfcOr(text: string | null): string | null {
  return text === null ? null : nfc(text);
}

function nfc(text: string): string {
  return text.normalize('NFC');
}
