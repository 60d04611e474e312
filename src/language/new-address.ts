// The answer to "where should it go instead?": an address, maybe with who receives there.

import { SURE } from './find-names.ts';
import { withoutInjection } from './injections.ts';
import { normalise } from './normalise.ts';
import type { Token } from './page.ts';
import { catalogue } from './product.ts';
import { readTokens } from './tokens.ts';

export type NewAddress = {
  readonly address: string;
  readonly postcode: string | null;
  readonly name: string | null;
  readonly phone: string | null;
};

const TEXT_MAX = 400;
const NO_PRODUCTS = catalogue([]);
/** Days in an address answer are not used, so any day serves. */
const ANY_DAY = '2026-01-01';
const TAKES_BACK = /말고|아니고|아니라|에서/u;

/**
 * Null when no parcel could find it, when two addresses are given, and when a count of boxes makes
 * it an order. A flat alone ("1204호요") is no address: whose house it is in, only the caller knows.
 */
export function readNewAddress(text: string): NewAddress | null {
  if (text.length > TEXT_MAX) return null;
  const said = withoutInjection(normalise(text));
  const taken = new Uint8Array(said.length + 1);
  const options = { catalogue: NO_PRODUCTS, today: ANY_DAY, asked: null, message: 0, taken };
  const tokens = readTokens(said, options);
  if (tokens.some(({ kind }) => kind === 'count')) return null;
  const addresses = tokens.filter((token) => token.kind === 'address');
  const phones = tokens.filter((token) => token.kind === 'phone');
  const names = tokens.filter(isNamed);
  const newest = addresses.at(-1);
  const address = newest?.text ?? null;
  if (newest === undefined || address === null) return null;
  if (addresses.length > 1 && !TAKES_BACK.test(said.slice(0, newest.start))) return null;
  if (phones.length > 1 || names.length > 1) return null;
  return {
    address,
    postcode: tokens.find((token) => token.kind === 'postcode')?.digits ?? null,
    name: names[0]?.text ?? null,
    phone: phones[0]?.digits ?? null,
  };
}

type Named = Extract<Token, { kind: 'name' }>;
const isNamed = (token: Token): token is Named => token.kind === 'name' && token.weight >= SURE;
