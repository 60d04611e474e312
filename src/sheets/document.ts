// The file that a reply names, made when it is sent. The sheet library is loaded with the first.
import type { Paper } from '../orders/paper.ts';
import type { Store } from '../orders/store.ts';

type Named = {
  readonly kind: 'day_list';
  readonly storeId: string;
  readonly date: string;
  readonly revision: number;
};

/** Null when that list is not there; of a draft as it stands now. */
export async function makeDocument(
  store: Pick<Store, 'findPaper'>,
  { storeId, date, revision }: Named,
  now: Date,
): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null> {
  const of = revision === 0 ? { now } : { revision, now };
  const paper: Paper | null = await store.findPaper(storeId, date, of);
  if (paper === null) return null;
  const [{ listPrint }, { listSheet }] = await Promise.all([
    import('./list-print.ts'),
    import('./list-sheet.ts'),
  ]);
  const print = listPrint(paper, {});
  return { name: `${print.title}.xlsx`, bytes: await listSheet(print) };
}
