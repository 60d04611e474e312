// An act's trace as a conversation remembers it: parcels that went the same way share what they were and
// became, so that a day of four hundred parcels stays a few pages long.
import type { ActTrace, ParcelTrace } from '../orders/undoing.ts';

type Way = Omit<ParcelTrace, 'parcelId' | 'orderId' | 'row'>;
type Goer = readonly [parcelId: string, orderId: string, row: number | null];

export type PackedTrace = Omit<ActTrace, 'parcels'> & {
  readonly ways: readonly { readonly way: Way; readonly parcels: readonly Goer[] }[];
};

export function packed({ parcels, ...rest }: ActTrace): PackedTrace {
  const ways = new Map<string, { readonly way: Way; readonly parcels: Goer[] }>();
  for (const { parcelId, orderId, row, ...way } of parcels) {
    const key = JSON.stringify(way);
    const known = ways.get(key) ?? { way, parcels: [] };
    known.parcels.push([parcelId, orderId, row]);
    ways.set(key, known);
  }
  return { ...rest, ways: [...ways.values()] };
}

export function unpacked({ ways, ...rest }: PackedTrace): ActTrace {
  const parcels = ways.flatMap(({ way, parcels: own }) =>
    own.map(([parcelId, orderId, row]): ParcelTrace => ({ parcelId, orderId, row, ...way })),
  );
  return { ...rest, parcels };
}
