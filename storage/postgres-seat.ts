// A seat on a database server: a lock that lives as long as the connection that took it, so a process that
// dies gives it up, and nothing has to be written or cleaned.
import type { Seat } from '../src/orders/store.ts';
import { Link } from './postgres-link.ts';

/** A line that is cut without a word is noticed by asking. */
const BEAT_MS = 5000;
const TAKE = `SELECT pg_try_advisory_lock(hashtextextended('/seat ' || $1, 0)) AS taken`;

export async function takePostgresSeat(url: string, name: string): Promise<Seat | null> {
  const lost = Promise.withResolvers<void>();
  const link = await Link.open(url, () => lost.resolve());
  const [row] = await link.ask({ name: '', sql: TAKE, values: [name] });
  if (row?.taken !== 1) {
    await link.close();
    return null;
  }
  const beat = setInterval(() => {
    link.ask({ name: 'beat', sql: 'SELECT 1', values: [] }).catch(() => lost.resolve());
  }, BEAT_MS).unref();
  return {
    lost: lost.promise.finally(() => {
      clearInterval(beat);
      return link.close();
    }),
    async leave() {
      clearInterval(beat);
      await link.close();
      lost.resolve();
    },
  };
}
