import { describe, expect, it } from 'vitest';
import { judge, readCorpus } from '../support/corpus.ts';

const CORPORA = [
  { file: '../fixtures/messages/orders.jsonl', exactMin: 0.97, harmfulMax: 0.003 },
  { file: '../fixtures/messages/orders-own.jsonl', exactMin: 0.97, harmfulMax: 0 },
  { file: '../fixtures/messages/orders-strangers.jsonl', exactMin: 0.97, harmfulMax: 0.003 },
];

describe('labelled messages', () => {
  it.each(CORPORA)('$file stays above its floor', ({ file, exactMin, harmfulMax }) => {
    const verdicts = readCorpus(file).map((line) => ({ id: line.id, verdict: judge(line) }));
    const share = (verdict: string): number =>
      verdicts.filter((line) => line.verdict === verdict).length / verdicts.length;
    const missed = verdicts.filter(({ verdict }) => verdict !== 'exact').map(({ id }) => id);
    expect(share('exact'), `missed: ${missed.join(' ')}`).toBeGreaterThanOrEqual(exactMin);
    expect(share('harmful')).toBeLessThanOrEqual(harmfulMax);
  });
});
