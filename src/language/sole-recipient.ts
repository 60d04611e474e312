// The shape of a whole message: one number and one address are one recipient's, so of the words
// that may be names the one that stands best is his.
import { BESIDE_PHONE, SURE } from './find-names.ts';
import { isPlaceName } from './names.ts';
import { isPrimary, type Notes } from './notes.ts';
import type { Token } from './page.ts';

type Name = Extract<Token, { kind: 'name' }>;

/** Leaves out the names of nobody; a second one that stands as well stays, and is asked about. */
export function withoutBystanders(notes: Notes, text: string, all: readonly Token[]): Token[] {
  const named = all.filter((token): token is Name => token.kind === 'name');
  const ends = endsOf([
    ...named.map(({ text: name }) => name),
    ...notes.blocks.map(({ name }) => name),
  ]);
  const partial = new Set<Token>(named.filter(({ text: name }) => ends.has(name)));
  const tokens = all.filter((token) => !partial.has(token));
  const names = named.filter((name) => !partial.has(name) && isPrimary(name));
  if (notes.blocks.length > 0 || names.length < 2 || !isForOne(tokens)) return [...tokens];
  const receiving = names.filter(({ weight }) => weight >= BESIDE_PHONE);
  if (receiving.length === 0) return [...tokens];
  const bystanders = new Set<Token>(
    names.filter((name) => !receiving.includes(name) && !mayReceive(text, name, tokens)),
  );
  return tokens.filter((token) => !bystanders.has(token));
}

/** What is only the end of a name: 은률 beside 서은률, or where 서은률 is known. */
function endsOf(names: readonly (string | null)[]): ReadonlySet<string> {
  const ends = new Set<string>();
  for (const name of names)
    for (let at = 1; at < (name?.length ?? 0); at += 1) ends.add(name?.slice(at) ?? '');
  return ends;
}

function isForOne(tokens: readonly Token[]): boolean {
  const phones = tokens.filter(({ kind }) => kind === 'phone').length;
  const addresses = tokens.filter(({ kind }) => kind === 'address').length;
  return phones === 1 && addresses === 1;
}

/** With a count of his own, or alone on his line, somebody may be one more recipient. */
function mayReceive(
  text: string,
  { start, end, weight, introduced, text: name }: Name,
  tokens: readonly Token[],
): boolean {
  if (introduced) return false;
  if (weight > SURE && !isPlaceName(name)) return true;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end);
  const line = tokens.filter((token) => token.start >= lineStart && token.end <= lineEnd);
  const counted = line.some(({ kind }) => kind === 'count');
  const data = line.some(({ kind }) => kind === 'phone' || kind === 'address');
  return counted && !data;
}
