// How the benchmarks measure: interleaved rounds, medians of per-round ratios, spread, calibration.

export type Round = { readonly subject: number; readonly peer: number };

/** Runs subject and peer alternately; answers each round's two rates. */
export async function interleave(
  rounds: number,
  { subject, peer }: { subject: () => Promise<number>; peer: () => Promise<number> },
): Promise<Round[]> {
  const results: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    // Every other round the order is turned, so that neither always runs on the warmer machine.
    const isTurned = round % 2 === 1;
    const first = await (isTurned ? peer() : subject());
    const second = await (isTurned ? subject() : peer());
    results.push(isTurned ? { subject: second, peer: first } : { subject: first, peer: second });
  }
  return results;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function ratioLine(name: string, rounds: readonly Round[], goal: string): string {
  const ratios = rounds.map(({ subject, peer }) => subject / peer);
  const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  const subject = Math.round(median(rounds.map((round) => round.subject)));
  const peer = Math.round(median(rounds.map((round) => round.peer)));
  return `${name}: ratio ${median(ratios).toFixed(2)} (${spread}, n=${rounds.length}; goal ${goal}); ${subject}/s against ${peer}/s`;
}

/** The n-th customer of a benchmark, as long as Kakao's keys are. */
export function userName(n: number): string {
  return `user-${n}-0123456789abcdef0123456789abcdef0123456789abcdef`;
}

/** A fixed piece of work, so that absolute figures of two machines or hours can be compared. */
export function calibrate(): number {
  const start = performance.now();
  let x = 1;
  for (let i = 0; i < 50_000_000; i++) x = (x * 1_103_515_245 + 12_345) % 2_147_483_648;
  return x < 0 ? 0 : performance.now() - start;
}
