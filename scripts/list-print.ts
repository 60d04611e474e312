import { InvalidArgumentError } from 'commander';
import { DomainError, localDate } from '../src/app.ts';
import type { ListPrint } from '../src/sheets/list-print.ts';
import { row, STORE, UsageError } from './command.ts';
import { findShop } from './find.ts';
import { mustBeFree, writeNew } from './new-file.ts';
import { date, whole } from './readers.ts';

type Given = {
  readonly date?: string;
  readonly store?: string;
  readonly revision?: number;
  readonly since?: number;
  readonly full?: boolean;
  readonly out?: string;
};

/** What becomes of a print, by the ending of its file; each is loaded when it is asked for. */
const FORMATS: Readonly<Record<string, (print: ListPrint) => Promise<Uint8Array | string>>> = {
  '.html': async (print) => (await import('../src/sheets/list-page.ts')).listPage(print).html,
  '.xlsx': async (print) => (await import('../src/sheets/list-sheet.ts')).listSheet(print),
  '.txt': async (print) => (await import('../src/sheets/list-text.ts')).listText(print),
};

export const print = row<Given>({
  name: 'print',
  about: 'write the list of a date into a new file to be printed: all of it, or what changed since',
  options: [
    ['--date <date>', 'the harvest date (today)', date],
    ['--revision <n>', 'as it was frozen with this revision (the newest)', revision],
    ['--since <rN>', 'only what came, changed or left after this revision', revision],
    ['--full', 'all rows, which is what is printed without --since'],
    ['--out <file>', 'ending in .html (A4), .xlsx or .txt'],
    STORE,
  ],
  example: 'sanji list print --date 2026-07-21 --since r1 --out changes.html',
  async run(cli, { out, full, since, revision: asked, ...given }) {
    if (out === undefined) throw new UsageError('expected --out, the file to be written');
    if (full && since !== undefined)
      throw new UsageError('expected --full or --since, not both of them');
    mustBeFree(out, Object.keys(FORMATS));
    const house = await cli.house();
    const shop = await findShop(house, given.store);
    const now = cli.now();
    const day = given.date ?? localDate(now, shop.policy.timeZone);
    const paper = await house.store.findPaper(shop.id, day, { revision: asked, now });
    if (paper === null) throw new DomainError('not_found', `the list of ${day} has no r${asked}`);
    if (since !== undefined && since > paper.revision)
      throw new DomainError('not_found', `the list of ${day} has no r${since} yet`);
    const { listPrint } = await import('../src/sheets/list-print.ts');
    const toPrint = listPrint(paper, { since });
    const format = Object.entries(FORMATS).find(([ending]) => out.endsWith(ending))?.[1];
    if (format === undefined) throw new Error('the ending was looked at before');
    await writeNew(out, await format(toPrint));
    const { revision, hash } = paper;
    const rows = toPrint.rows.length;
    const which = revision === 0 ? 'draft' : `revision ${revision}`;
    const kind = since === undefined ? 'all' : `changes since r${since},`;
    return {
      json: { file: out, date: day, revision, rows, hash },
      lines: [`${day}  ${which}  ${kind} ${rows} rows`, `written: ${out}`],
    };
  },
});

/** `r2`, as the paper says it, or `2`. */
function revision(text: string): number {
  const number = whole(text.replace(/^r/i, ''));
  if (number < 1) throw new InvalidArgumentError('Expected a revision like r1.');
  return number;
}
