// Third stage: counts go to recipients, and product words to counts.
import type { CountFact } from './items.ts';
import { type Block, isCalled, type Notes } from './notes.ts';
import type { Mark } from './origin.ts';
import { type Catalogue, chooseProduct } from './product.ts';
import type { AskField, OrderContext, ReadItem } from './reading.ts';

type Assigned = { readonly counts: readonly (readonly CountFact[])[]; readonly doubtful: boolean };

/** Gives the counts said for all to the recipients; a sum that nobody shared out stays doubtful. */
export function assignCounts(notes: Notes, blocks: readonly Block[], known: Catalogue): Assigned {
  const own = blocks.map(({ counts }) => counts);
  const each = notes.shared.filter((count) => count.each);
  const totals = notes.shared.filter((count) => count.total);
  const unplaced = notes.pending.filter(({ key }) => !blocks.some((block) => isCalled(block, key)));
  const loose = [
    ...notes.shared.filter((count) => !count.each && !count.total),
    ...unplaced.map(({ fact }) => fact),
  ];
  if (blocks.length === 1) {
    const given = [...each, ...loose, ...(own[0] ?? [])];
    // "각 1박스" with one recipient: the others are missing, or not understood.
    const others = given.some(
      (count) => count.part || (count.shares && perProduct(count, known).length === 1),
    );
    if (given.length > 0) {
      return { counts: [given], doubtful: others || disagrees(totals, [given]) };
    }
    return { counts: [totals], doubtful: false };
  }
  const counts = own.map((mine) => (mine.length > 0 ? mine : each));
  const missing = counts.some((mine) => mine.length === 0);
  const sum = [...totals, ...loose];
  // "순서대로 2, 1, 3" for two rows: nobody knows which of them is left out.
  const turnless = notes.pending.some(({ key }) => key.startsWith('#'));
  // "한 분만 3상자, 나머지는 1상자씩": whose the three are did not show.
  const lost = unplaced.length > 0 || loose.some((count) => count.part || isLater(count, own));
  return { counts, doubtful: turnless || lost || (!missing && disagrees(sum, counts)) };
}

/** Said when all had their boxes, it is no sum of them. */
function isLater({ mark }: CountFact, own: readonly (readonly CountFact[])[]): boolean {
  const saidIn = (one: Mark): number => one.spans[0]?.message ?? 0;
  return own.every(
    (counts) => counts.length > 0 && counts.every((count) => saidIn(count.mark) < saidIn(mark)),
  );
}

function disagrees(
  totals: readonly CountFact[],
  counts: readonly (readonly CountFact[])[],
): boolean {
  if (totals.length === 0) return false;
  const said = totals.reduce((sum, { boxes }) => sum + (boxes ?? Number.NaN), 0);
  const given = counts.flat().reduce((sum, { boxes }) => sum + (boxes ?? Number.NaN), 0);
  return said !== given;
}

/** "황도 백도 각 2박스", "5kg 10kg 한 박스씩": that many of either. */
function perProduct(count: CountFact, known: Catalogue): CountFact[] {
  if (!count.each) return [count];
  for (const axis of ['kind:', 'grams:']) {
    const several = count.features.filter((feature) => feature.startsWith(axis));
    const rest = count.features.filter((feature) => !feature.startsWith(axis));
    const chosen = several.map((feature) => chooseProduct([...rest, feature], known));
    const products = new Set(chosen.filter((product) => product !== null));
    if (products.size < 2 || chosen.includes(null)) continue;
    return several.map((feature) => ({ ...count, features: [...rest, feature], shares: false }));
  }
  return [count];
}

function productsNamed(features: readonly string[], known: Catalogue): number {
  const kinds = features.filter((feature) => feature.startsWith('kind:'));
  const chosen = kinds.map((kind) => chooseProduct([kind], known));
  return new Set(chosen.filter((product) => product !== null)).size;
}

export type Goods = {
  readonly notes: Notes;
  readonly known: Catalogue;
  readonly context: OrderContext;
  /** The products that are counted for anybody. */
  readonly elsewhere: ReadonlySet<string>;
};

/** Found once for all recipients, and only where product words stand above them. */
export function countedProducts({ features, blocks }: Notes, known: Catalogue): Set<string> {
  if (features.length === 0 || blocks.length < 2) return new Set();
  const named = blocks.flatMap(({ counts }) => counts.map((count) => count.features.join()));
  return new Set([...new Set(named)].flatMap((one) => chooseProduct(one.split(','), known) ?? []));
}

/** Who hears what is to be asked, and where each item was said. */
type Heard = {
  readonly ask: (field: AskField) => void;
  readonly tell: (field: 'product' | 'boxes', value: string, mark: Mark) => void;
};

export function readItems(
  block: Block,
  counts: readonly CountFact[],
  { notes, known, context, elsewhere }: Goods,
  { ask, tell }: Heard,
): ReadItem[] {
  const { features: header, namedAt: headerAt } = block.features.length > 0 ? block : notes;
  const leads = notes.blocks.length > 1 ? notes.leads : [];
  const boxesOf = new Map<string, number>();
  let usable = counts.length > 0;
  if (counts.length === 0) {
    ask('boxes');
    if (header.length > 0 ? chooseProduct(header, known) === null : context.products.length > 1)
      ask('product');
  }
  let kind: readonly string[] = [];
  for (const { features, boxes, mark, namedAt } of counts.flatMap((count) =>
    perProduct(count, known),
  )) {
    const named = features.length > 0 ? features : header.length > 0 ? header : leads;
    const product = chooseProduct(named, known) ?? chooseProduct([...kind, ...named], known);
    kind = named.filter((feature) => feature.startsWith('kind:'));
    if (product === null) {
      // "사과랑 배 2박스" names two products and one count.
      ask(productsNamed(named, known) > 1 ? 'boxes' : 'product');
      usable = false;
    }
    if (boxes === null || boxes < 1 || boxes > context.maxBoxes || !Number.isInteger(boxes)) {
      ask('boxes');
      usable = false;
    }
    if (product === null || boxes === null) continue;
    const before = boxesOf.get(product);
    // The same count said twice is one; two different ones contradict each other.
    if (before !== undefined && before !== boxes) {
      ask('boxes');
      usable = false;
    }
    boxesOf.set(product, boxes);
    const spans = namedAt.length > 0 ? namedAt : headerAt;
    tell('product', product, { spans, certainty: spans.length > 0 ? 'said' : 'fits' });
    tell('boxes', String(boxes), mark);
  }
  // "황도 2박스랑 백도 보내주세요": one of the products named has no count.
  const uncounted = counts.every(({ features }) => features.length > 0)
    ? chooseProduct(header, known)
    : null;
  // "사과배 혼합이요" above rows that say who gets which.
  const lacks = uncounted !== null && !boxesOf.has(uncounted) && !elsewhere.has(uncounted);
  if (header.length > 0 && lacks && counts.length > 0) {
    ask('boxes');
    usable = false;
  }
  const items = [...boxesOf].map(([product, boxes]) => ({ product, boxes }));
  return usable ? items : items.filter(({ boxes }) => boxes >= 1 && boxes <= context.maxBoxes);
}
