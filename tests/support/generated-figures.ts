// How many generated messages are read exactly, and how many into a wrong parcel.
import { judge } from './corpus.ts';
import { generateOrder } from './generated-orders.ts';

export type Figures = {
  readonly exact: number;
  /** Ids of the messages, which are the seeds behind a "g". */
  readonly missed: readonly string[];
  readonly harmful: readonly string[];
};

export function judgeGenerated(from: number, count: number): Figures {
  const missed: string[] = [];
  const harmful: string[] = [];
  for (let seed = from; seed < from + count; seed += 1) {
    const line = generateOrder(seed);
    const verdict = judge(line);
    if (verdict !== 'exact') missed.push(line.id);
    if (verdict === 'harmful') harmful.push(line.id);
  }
  return { exact: count - missed.length, missed, harmful };
}
