// Which package a line of a carrier's file is about. Our own mark says it, if the recipient agrees; else the
// name with the telephone number or the address, where they leave exactly one parcel. Whatever may be read
// in two ways is left open: a number on a stranger's parcel is worse than a question.
import type { Destination } from '../orders/whose-parcel.ts';
import { type Carrier, carrierNamed, carrierOf } from './carriers.ts';
import { markOf, type PackageMark } from './marks.ts';
import { createLookUp, type LookUp, mayBe, type Recipient } from './recipients.ts';
import { faultOf, type LineFault, type WaybillLine } from './waybill-line.ts';

/** A parcel that stands, or stood, on one of the lists. */
export type ListedParcel = Destination & {
  readonly date: string;
  readonly row: number;
  readonly code: string;
  readonly parcelNo: number;
  readonly parcelId: string;
  readonly orderId: string;
  /** It is cancelled or was struck from the list. */
  readonly isGone: boolean;
  /** The number on each of its packages, by their numbers from 1. */
  readonly waybills: readonly (string | null)[];
};

export type OpenReason =
  | LineFault
  /** The same number stands on lines for different people. */
  | 'twice'
  /** Another parcel has this number. */
  | 'used'
  | 'nobody'
  | 'several'
  /** A name alone, or what is hidden of the rest, is no sign. */
  | 'too_little'
  | 'several_marks'
  | 'unknown_mark'
  | 'mark_of_another'
  | 'gone'
  /** Its packages have other numbers. */
  | 'has_number'
  /** More numbers than packages. */
  | 'too_many'
  /** It was given something else while the file was read. */
  | 'changed';

export type OpenLine = {
  readonly line: number;
  readonly reason: OpenReason;
  readonly candidates: readonly ListedParcel[];
};

export type Given = {
  readonly line: number;
  readonly parcel: ListedParcel;
  /** The package, from 1. */
  readonly no: number;
  readonly waybill: string;
  readonly carrier: string;
};

export type Matched = {
  readonly given: readonly Given[];
  /** Lines whose numbers are on their parcel already. */
  readonly known: readonly number[];
  readonly open: readonly OpenLine[];
  /** Lines whose number fails a check of which nobody is sure. */
  readonly unsure: readonly number[];
};

export type Matching = {
  readonly parcels: readonly ListedParcel[];
  /** Of the whole file; null where each line names its own. */
  readonly carrier: Carrier | null;
  /** What somebody said of a line: it is this parcel's. */
  readonly settled: ReadonlyMap<number, Pick<PackageMark, 'code' | 'parcelNo'>>;
};

export function matchWaybills(lines: readonly WaybillLine[], matching: Matching): Matched {
  const books = booksOf(matching);
  const { distinct, twice } = withoutRepeats(lines);
  const read = distinct.map((line) => readLine(line, books));
  const claims = read.flatMap((one) => ('claim' in one ? [one.claim] : []));
  const { given, tooMany } = fillPackages(claims);
  const open = [
    ...twice.map((line): OpenLine => ({ line, reason: 'twice', candidates: [] })),
    ...read.flatMap((one) => ('open' in one ? [one.open] : [])),
    ...tooMany,
  ];
  return {
    given: given.toSorted((a, b) => a.line - b.line),
    known: read.flatMap((one) => ('known' in one ? [one.known] : [])),
    open: open.toSorted((a, b) => a.line - b.line),
    unsure: given
      .filter(({ carrier, waybill }) => {
        const row = carrierOf(carrier);
        return row !== null && faultOf(row, waybill) === 'check_digit_unsure';
      })
      .map(({ line }) => line),
  };
}

type Books = Matching & {
  readonly lookUp: LookUp<ListedParcel>;
  readonly byMark: ReadonlyMap<string, ListedParcel>;
  readonly byWaybill: ReadonlyMap<string, ListedParcel>;
};

const markKey = ({ code, parcelNo }: Pick<PackageMark, 'code' | 'parcelNo'>) =>
  `${code}/${parcelNo}`;

function booksOf(matching: Matching): Books {
  const { parcels } = matching;
  return {
    ...matching,
    lookUp: createLookUp(parcels),
    byMark: new Map(parcels.map((parcel) => [markKey(parcel), parcel])),
    byWaybill: new Map(
      parcels.flatMap((parcel) =>
        parcel.waybills.flatMap((waybill) =>
          waybill === null ? [] : [[waybill, parcel] as const],
        ),
      ),
    ),
  };
}

/** Some files have a line for each kind of goods in a package: equal lines are one. */
function withoutRepeats(lines: readonly WaybillLine[]) {
  const first = new Map<string, string>();
  const fought = new Set<string>();
  const identity = ({ recipient, phones, address, marks, waybills }: WaybillLine) =>
    JSON.stringify([recipient, phones, address, marks.map(markOf), waybills]);
  for (const line of lines)
    for (const waybill of line.waybills) {
      const before = first.get(waybill);
      if (before === undefined) first.set(waybill, identity(line));
      else if (before !== identity(line)) fought.add(waybill);
    }
  const seen = new Set<string>();
  const distinct: WaybillLine[] = [];
  const twice: number[] = [];
  for (const line of lines) {
    const key = identity(line);
    if (line.waybills.some((waybill) => fought.has(waybill))) twice.push(line.line);
    else if (line.waybills.length === 0 || !seen.has(key)) distinct.push(line);
    seen.add(key);
  }
  return { distinct, twice };
}

/** A line that is one parcel's; `no` where its mark names the package. */
type Claim = {
  readonly line: number;
  readonly parcel: ListedParcel;
  readonly no: number | null;
  readonly waybills: readonly string[];
  readonly carrier: string;
};

type Read = { readonly claim: Claim } | { readonly open: OpenLine } | { readonly known: number };

function readLine(line: WaybillLine, books: Books): Read {
  const left = (reason: OpenReason, candidates: readonly ListedParcel[] = []): Read => ({
    open: { line: line.line, reason, candidates },
  });
  if (line.fault !== null) return left(line.fault);
  const named = line.carrier === null ? null : carrierNamed(line.carrier);
  const carrier = line.carrier === null ? books.carrier : named && carrierOf(named);
  if (!carrier) return left('no_carrier');
  const fault = line.waybills.map((waybill) => faultOf(carrier, waybill)).find((one) => one);
  if (fault && fault !== 'check_digit_unsure') return left(fault);

  const holders = new Set(line.waybills.map((waybill) => books.byWaybill.get(waybill) ?? null));
  const [holder = null] = [...holders].filter((one) => one !== null);
  const seen = { name: line.recipient, phones: line.phones, address: line.address };
  if (holder !== null) {
    const isItsOwn = holders.size === 1 && agrees(holder, seen, line.marks);
    return isItsOwn ? { known: line.line } : left('used', [holder]);
  }
  const whose = parcelOf(line, seen, books);
  if ('reason' in whose) return left(whose.reason, whose.candidates);
  const { parcel, no } = whose;
  if (parcel.isGone) return left('gone', [parcel]);
  const isFull = no === null ? !parcel.waybills.includes(null) : parcel.waybills[no - 1] !== null;
  if (isFull) return left('has_number', [parcel]);
  return { claim: { line: line.line, parcel, no, waybills: line.waybills, carrier: carrier.id } };
}

/** Whether a line that has a parcel's number is about it. */
function agrees(parcel: ListedParcel, seen: Recipient, marks: readonly PackageMark[]): boolean {
  if (marks.some((mark) => markKey(mark) !== markKey(parcel))) return false;
  return mayBe(parcel, seen);
}

type Whose =
  | { readonly parcel: ListedParcel; readonly no: number | null }
  | { readonly reason: OpenReason; readonly candidates: readonly ListedParcel[] };

function parcelOf(line: WaybillLine, seen: Recipient, books: Books): Whose {
  const said = books.settled.get(line.line);
  const [mark, another] = line.marks;
  if (said !== undefined) {
    const parcel = books.byMark.get(markKey(said));
    if (parcel === undefined) return { reason: 'unknown_mark', candidates: [] };
    const isMarked = mark !== undefined && another === undefined && markKey(mark) === markKey(said);
    return { parcel, no: isMarked ? mark.no : null };
  }
  if (another !== undefined) return { reason: 'several_marks', candidates: [] };
  return mark === undefined ? byRecipient(seen, books) : byMark(mark, seen, books);
}

function byMark(mark: PackageMark, seen: Recipient, books: Books): Whose {
  const parcel = books.byMark.get(markKey(mark));
  if (parcel === undefined || mark.no < 1 || mark.no > parcel.waybills.length)
    return { reason: 'unknown_mark', candidates: parcel === undefined ? [] : [parcel] };
  // A file with marks alone is believed; beside a recipient the mark may have slipped to another line.
  if (mayBe(parcel, seen)) return { parcel, no: mark.no };
  return { reason: 'mark_of_another', candidates: [parcel] };
}

function byRecipient(seen: Recipient, { lookUp }: Books): Whose {
  const whose = lookUp(seen);
  if (whose.kind === 'one') return { parcel: whose.row, no: null };
  if (whose.kind === 'none') return { reason: 'nobody', candidates: whose.near };
  if (whose.kind === 'too_little') return { reason: 'too_little', candidates: whose.rows };
  return { reason: 'several', candidates: whose.rows };
}

/** Marked lines take their own package, the others those that are left, in the order of the file. */
function fillPackages(claims: readonly Claim[]) {
  const given: Given[] = [];
  const tooMany: OpenLine[] = [];
  for (const own of Map.groupBy(claims, ({ parcel }) => parcel).values()) {
    const filled = fillOne(own);
    given.push(...filled.given);
    tooMany.push(...filled.tooMany);
  }
  return { given, tooMany };
}

function fillOne(claims: readonly Claim[]): { given: Given[]; tooMany: OpenLine[] } {
  const free = new Set<number>();
  for (const [at, waybill] of (claims[0]?.parcel.waybills ?? []).entries())
    if (waybill === null) free.add(at + 1);
  const given: Given[] = [];
  const tooMany: OpenLine[] = [];
  const leave = ({ line, parcel }: Claim) =>
    tooMany.push({ line, reason: 'too_many', candidates: [parcel] });
  const put = ({ line, parcel, carrier }: Claim, no: number, waybill: string) => {
    free.delete(no);
    given.push({ line, parcel, no, waybill, carrier });
  };
  const marked = claims.flatMap((claim) => (claim.no === null ? [] : [{ claim, no: claim.no }]));
  for (const [no, same] of Map.groupBy(marked, (one) => one.no)) {
    const [first] = same;
    const [waybill, more] = first?.claim.waybills ?? [];
    if (first === undefined || waybill === undefined || same.length > 1 || more !== undefined)
      for (const { claim } of same) leave(claim);
    else put(first.claim, no, waybill);
  }
  const others = claims.filter(({ no }) => no === null);
  const wanted = others.reduce((sum, { waybills }) => sum + waybills.length, 0);
  const hasRoom = wanted <= free.size;
  for (const claim of others) {
    if (!hasRoom) leave(claim);
    else
      for (const waybill of claim.waybills) {
        const [no] = free;
        if (no !== undefined) put(claim, no, waybill);
      }
  }
  return { given, tooMany };
}
