// Holds every revision of every list to its hash. Only who has the keys can read what was said, so this is
// no rule of SQL; it goes date by date, so that nobody waits for it.
import { hashOf, paperAt } from '../src/orders/paper.ts';
import type { Check } from '../src/orders/store.ts';
import { FAULTS_SHOWN } from './doctor.ts';
import { NOT_KEPT, openVersion } from './lists.ts';
import type { Context } from './operations.ts';
import { all, type Body, q, together } from './statement.ts';

const DATES_AT_ONCE = 100;

export type Held = { readonly faults: readonly string[]; readonly erased: number };
export type DatesRead = { readonly dates: readonly string[]; readonly isLast: boolean };

export function* datesKept(storeId: string, after: string): Body<DatesRead> {
  const of = { store_id: storeId, date: after, limit: DATES_AT_ONCE };
  const dates = (yield* all(q.listKeptDates, of)).map(({ date }) => date);
  return { dates, isLast: dates.length < DATES_AT_ONCE };
}

/** What is said of people who are erased since can be compared with nothing. */
export function* holdToHash({ vault }: Context, storeId: string, date: string): Body<Held> {
  const place = { store_id: storeId, date };
  const [revisions, versions] = yield* together(
    all(q.listListRevisions, place),
    all(q.listListVersions, place),
  );
  const opened = versions.map((row) => {
    const { said, isErased } = openVersion(vault, { ...place, row });
    return { row: row.row, revision: row.revision, said, isErased };
  });
  const kept = revisions.filter(({ hash }) => hash !== NOT_KEPT);
  const papers = kept.map((one) => ({ ...one, rows: paperAt(opened, one.revision) }));
  const [erased = [], whole = []] = [true, false].map((isErased) =>
    papers.filter(({ rows }) => rows.some((row) => row.isErased) === isErased),
  );
  const wrong = whole.filter(({ revision, hash, rows }) => {
    const said = rows.map((row) => row.said);
    return hashOf({ date, revision, rows: said }) !== hash;
  });
  const faults = wrong.map(({ revision }) => `${storeId} ${date} r${revision}`);
  return { faults, erased: erased.length };
}

export function checkOf(held: readonly Held[]): Check {
  const faults = held.flatMap((one) => one.faults);
  const erased = held.reduce((sum, one) => sum + one.erased, 0);
  const shown = faults.slice(0, FAULTS_SHOWN).join('; ');
  const left = erased === 0 ? '' : `; ${erased} name people who are erased and are not compared`;
  return {
    name: 'what each revision of a list said hashes to what was stored',
    ok: faults.length === 0,
    detail: `${faults.length === 0 ? 'ok' : `${faults.length}: ${shown}`}${left}`,
  };
}
