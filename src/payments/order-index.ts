// Orders by all that a bank row may say of them, so that no deposit is compared with every order.
import {
  CUT_LETTERS_MIN,
  isBankCut,
  isFullName,
  type ReadName,
  readName,
} from './depositor-name.ts';
import type { PayableOrder } from './deposits.ts';

export type Payable = {
  readonly order: PayableOrder;
  /** The code as `P7042`. */
  readonly code: string;
  readonly restKrw: number;
  /** As compared; null where the order names none. */
  readonly depositor: string | null;
  /** The buyer's and the recipients' names, as compared. */
  readonly others: readonly string[];
  /** Who the buyer is; null where nobody knows. */
  readonly buyer: string | null;
  readonly placedMs: number;
  readonly payByMs: number;
};

export type OrderIndex = {
  readonly all: readonly Payable[];
  readonly byCode: ReadonlyMap<string, readonly Payable[]>;
  /** By the last three digits of the code, and by the last four. */
  readonly byNumber: ReadonlyMap<string, readonly Payable[]>;
  readonly byRest: ReadonlyMap<number, readonly Payable[]>;
  readonly byBuyer: ReadonlyMap<string, readonly Payable[]>;
  /** By each name that is strong evidence for the order, cut ones included. */
  readonly byName: ReadonlyMap<string, readonly Payable[]>;
  /** By any name beside it, whole and with one letter left out; made when first asked for. */
  readonly byPart: () => ReadonlyMap<string, readonly Payable[]>;
};

const PART_LETTERS_MIN = 2;
const PART_LETTERS_MAX = 12;
const NAME_LETTERS_READ = 20;

export function indexOrders(orders: readonly PayableOrder[]): OrderIndex {
  const all = orders.map(payable);
  let byPart: ReadonlyMap<string, readonly Payable[]> | null = null;
  return {
    all,
    byCode: group(all, ({ code }) => [code]),
    byNumber: group(all, ({ code }) => [code.slice(-3), code.slice(-4)]),
    byRest: group(all, ({ restKrw }) => (restKrw > 0 ? [restKrw] : [])),
    byBuyer: group(all, ({ buyer }) => (buyer === null ? [] : [buyer])),
    byName: group(all, strongNames),
    byPart: () => (byPart ??= group(all, partsOf)),
  };
}

function payable(order: PayableOrder): Payable {
  const { code, amountDueKrw, paidKrw, depositor, buyer, buyerId, recipients } = order;
  const names = [...(buyer === null ? [] : [buyer]), ...recipients].map(comparedName);
  return {
    order,
    code: code.replace(/[^a-z\d]/gi, '').toUpperCase(),
    restKrw: amountDueKrw - paidKrw,
    depositor: depositor === null ? null : comparedName(depositor),
    others: [...new Set(names)].filter((name) => name !== ''),
    buyer: buyerId ?? buyer,
    placedMs: Date.parse(order.placedAt),
    payByMs: Date.parse(order.payBy),
  };
}

function comparedName(text: string): string {
  const { compared, masked } = readName(text);
  return masked === null ? compared : '';
}

function strongNames({ depositor, others }: Payable): readonly string[] {
  if (depositor === null) return others.filter(isFullName);
  const names = [depositor];
  for (let length = CUT_LETTERS_MIN; length < depositor.length; length++) {
    const cut = depositor.slice(0, length);
    if (isBankCut(cut, depositor)) names.push(cut);
  }
  return names;
}

function group<K>(
  all: readonly Payable[],
  keysOf: (one: Payable) => readonly K[],
): ReadonlyMap<K, readonly Payable[]> {
  const groups = new Map<K, Payable[]>();
  for (const one of all)
    for (const key of new Set(keysOf(one))) {
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [one]);
      else known.push(one);
    }
  return groups;
}

/** The orders a name alone is strong evidence for, in whatever state. */
export function ordersNamed(index: OrderIndex, name: ReadName): readonly Payable[] {
  if (name.masked !== null || name.compared === '') return [];
  return index.byName.get(name.compared) ?? [];
}

/** The orders beside which a name stands that is part of this one, or differs by one letter. */
export function ordersLike(index: OrderIndex, name: ReadName): ReadonlySet<Payable> {
  const parts = [name.compared, ...name.inside].flatMap((said) => [
    ...substrings(said.slice(0, NAME_LETTERS_READ)),
    ...withoutOne(said),
  ]);
  const byPart = index.byPart();
  return new Set(parts.flatMap((part) => byPart.get(part) ?? []));
}

function partsOf(one: Payable): readonly string[] {
  return namesOf(one)
    .flatMap((name) => [name, ...withoutOne(name)])
    .filter((part) => part.length >= PART_LETTERS_MIN);
}

export function namesOf({ depositor, others }: Payable): readonly string[] {
  return depositor === null ? others : [depositor, ...others];
}

function withoutOne(name: string): string[] {
  if (name.length <= PART_LETTERS_MIN || name.length > PART_LETTERS_MAX) return [];
  return Array.from(name, (_, at) => name.slice(0, at) + name.slice(at + 1));
}

function substrings(name: string): string[] {
  const found: string[] = [];
  for (let from = 0; from < name.length; from++) {
    const last = Math.min(name.length, from + PART_LETTERS_MAX);
    for (let to = from + PART_LETTERS_MIN; to <= last; to++) found.push(name.slice(from, to));
  }
  return found;
}
