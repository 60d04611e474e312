// Looks recipients up among many parcels, and tells enough from too little: a name alone may be anybody's.
import { type Destination, type Whose, whoseAmong } from '../orders/whose-parcel.ts';

export type Recipient = {
  readonly name: string;
  /** A carrier's file may have several columns for them. */
  readonly phones: readonly string[];
  readonly address: string;
};

export type Found<T> = Whose<T> | { readonly kind: 'too_little'; readonly rows: readonly T[] };

export type LookUp<T> = (seen: Recipient) => Found<T>;

const END_DIGITS = 4;
const MASKED = /[*○◯●〇＊]/u;
/** So few letters of an address ("서울 강남구 12") are many people's. */
const ADDRESS_CHARS_MIN = 8;

export function createLookUp<T extends Destination>(parcels: readonly T[]): LookUp<T> {
  const among = whoseAmong(parcels);
  const byName = Map.groupBy(parcels, ({ recipient }) => recipient);
  const byEnd = new Map(
    [...Map.groupBy(parcels, ({ phone }) => endOf(phone))].map(([end, own]) => [
      end,
      whoseAmong(own),
    ]),
  );
  // Who fits a number has its last digits: with them only few parcels need be looked at.
  const whose = (seen: Recipient, phone: string): Whose<T> => {
    const told = { name: seen.name, phone, address: seen.address };
    const end = endOf(phone);
    if (end === null || isVirtual(phone)) return among(told);
    const found = byEnd.get(end)?.(told) ?? { kind: 'none', near: [] };
    if (found.kind !== 'none') return found;
    return { kind: 'none', near: [...found.near, ...(byName.get(seen.name.trim()) ?? [])] };
  };
  return (seen) => {
    const phones = seen.phones.length === 0 ? [''] : seen.phones;
    const found = phones.map((phone) => whose(seen, phone));
    const rows = [...new Set(found.flatMap(fitting))];
    const [only, another] = rows;
    if (only === undefined) {
      const near = found.flatMap((one) => (one.kind === 'none' ? one.near : []));
      return { kind: 'none', near: [...new Set(near)] };
    }
    if (another !== undefined) return { kind: 'several', rows };
    return isEnough(only, seen) ? { kind: 'one', row: only } : { kind: 'too_little', rows };
  };
}

function fitting<T>(found: Whose<T>): readonly T[] {
  if (found.kind === 'none') return [];
  return found.kind === 'one' ? [found.row] : found.rows;
}

/**
 * Whether what is told of a recipient may be this parcel's: the name, and the telephone number; the address only
 * where no number is told, for carriers write addresses anew.
 */
export function mayBe(parcel: Destination, { name, phones, address }: Recipient): boolean {
  const whose = whoseAmong([parcel]);
  const fits = (seen: Parameters<typeof whose>[0]) => whose(seen).kind === 'one';
  if (name !== '' && !fits({ name })) return false;
  const told = phones.filter((phone) => endOf(phone) !== null && !isVirtual(phone));
  if (told.length > 0) return told.some((phone) => fits({ phone }));
  return address === '' || fits({ address });
}

/** The name and beside it the end of the telephone number or an address down to the house. */
function isEnough(parcel: Destination, { name, phones, address }: Recipient): boolean {
  const fits = (seen: Parameters<ReturnType<typeof whoseAmong>>[0]) =>
    whoseAmong([parcel])(seen).kind === 'one';
  if (!fits({ name })) return false;
  if (phones.some((phone) => endOf(phone) !== null && fits({ phone }))) return true;
  const isWhole =
    !MASKED.test(address) && /\d/.test(address) && address.length >= ADDRESS_CHARS_MIN;
  return isWhole && fits({ address });
}

/** The last digits of a number where they are not hidden. */
function endOf(phone: string): string | null {
  const bare = phone.normalize('NFKC').replaceAll(/[^\d*○◯●〇]/gu, '');
  const end = bare.slice(-END_DIGITS);
  return new RegExp(`^\\d{${END_DIGITS}}$`).test(end) ? end : null;
}

/** A number in the place of the recipient's own, which says nothing. */
function isVirtual(phone: string): boolean {
  return /^050/.test(phone.normalize('NFKC').replaceAll(/\D/g, ''));
}
