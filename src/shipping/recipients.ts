// Looks recipients up among many parcels, and tells enough from too little: a name alone may be anybody's.
import {
  comparedName,
  type Destination,
  isHidden,
  type Whose,
  whoseAmong,
} from '../orders/whose-parcel.ts';

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
const NEAR_MAX = 5;

export function createLookUp<T extends Destination>(parcels: readonly T[]): LookUp<T> {
  const few = narrowed(parcels);
  const byPhone = Map.groupBy(parcels, ({ phone }) => phone.replaceAll(/\D/g, ''));
  const byName = Map.groupBy(parcels, ({ recipient }) => comparedName(recipient));
  const nearTo = ({ name, phones }: Recipient) => [
    ...(byName.get(comparedName(name)) ?? []),
    ...phones.flatMap((phone) => byPhone.get(phone.replaceAll(/\D/g, '')) ?? []),
  ];
  return (seen) => {
    const { name, address } = seen;
    const phones = seen.phones.length === 0 ? [''] : seen.phones;
    const found = phones.map((phone) => few(name, phone)({ name, phone, address }));
    const rows = [...new Set(found.flatMap(fitting))];
    const [only, another] = rows;
    if (only === undefined)
      return { kind: 'none', near: [...new Set(nearTo(seen))].slice(0, NEAR_MAX) };
    if (another !== undefined) return { kind: 'several', rows };
    return isEnough(only, seen) ? { kind: 'one', row: only } : { kind: 'too_little', rows };
  };
}

/**
 * Among whom a recipient can be at all: a file may have thousands of lines, and comparing each with every
 * parcel takes minutes. Who fits a number has its last digits, and who fits a name has its letters.
 */
function narrowed<T extends Destination>(parcels: readonly T[]) {
  const groups = new Map<string, T[]>();
  for (const parcel of parcels)
    for (const end of ['', endOf(parcel.phone) ?? 'none'])
      for (const key of ['', ...keysOf(comparedName(parcel.recipient))]) {
        const group = groups.get(`${end} ${key}`);
        if (group === undefined) groups.set(`${end} ${key}`, [parcel]);
        else group.push(parcel);
      }
  const known = new Map<string, ReturnType<typeof whoseAmong<T>>>();
  return (name: string, phone: string) => {
    const end = isVirtual(phone) ? '' : (endOf(phone) ?? '');
    const keys = keysFor(comparedName(name));
    const place = `${end} ${keys.join()}`;
    const before = known.get(place);
    if (before !== undefined) return before;
    const among = whoseAmong([
      ...new Set(keys.flatMap((key) => groups.get(`${end} ${key}`) ?? [])),
    ]);
    known.set(place, among);
    return among;
  };
}

/** Under which a parcel's recipient is found: his name, its end without a surname, its length with a letter. */
function keysOf(name: string): string[] {
  const letters = [...name];
  if (isHidden(name)) return [HIDDEN];
  const { length } = letters;
  return [
    `=${name}`,
    `-${letters.slice(-2).join('')}`,
    `${length}${letters[0]}`,
    `${length}…${letters.at(-1)}`,
  ];
}

/** Recipients whose own names are hidden in part fit by the letters that are left. */
const HIDDEN = 'hidden';

/** The keys among which a name that is seen must be; `''` are all. */
function keysFor(name: string): string[] {
  const letters = [...name];
  if (name === '') return [''];
  if (!isHidden(name)) return [`=${name}`, `-${name}`, HIDDEN];
  const [first = '', last = ''] = [letters[0], letters.at(-1)];
  if (!isHidden(first)) return [`${letters.length}${first}`, HIDDEN];
  return isHidden(last) ? [''] : [`${letters.length}…${last}`, HIDDEN];
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
