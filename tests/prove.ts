// The long forms of what the tests show in short: `npm run prove`. Prints figures, exits 1 on a fault.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { talkBesideCommands } from './support/beside.ts';
import { faultsAfterKill, killPoints, runUntilKilled } from './support/kills.ts';
import { openFile } from './support/sqlite.ts';
import { newFigures, runStream, streamArbitrary } from './support/streams.ts';

const STREAMS = 10_000;
const KILLS = 100;
const BESIDE = { users: 20, seconds: 60 };
const ANSWER_WITHIN_MS = 1_000;

type Proof = { readonly name: string; readonly prove: (seed: number) => Promise<string> };

const PROOFS: readonly Proof[] = [
  { name: 'streams', prove: proveStreams },
  { name: 'kills', prove: proveKills },
  { name: 'beside', prove: proveBeside },
];

async function proveStreams(seed: number): Promise<string> {
  const figures = newFigures();
  const since = performance.now();
  const property = fc.asyncProperty(streamArbitrary, (steps) => runStream(steps, figures));
  await fc.assert(property, { numRuns: STREAMS, seed });
  const seconds = (performance.now() - since) / 1_000;
  const counted = (counts: ReadonlyMap<string, number>) =>
    [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
  return [
    `${STREAMS} streams, ${figures.steps} steps, ${Math.round(STREAMS / seconds)} streams/s`,
    `done: ${counted(figures.done)}`,
    `refused: ${counted(figures.refused)}`,
  ].join('\n  ');
}

async function proveKills(seed: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-prove-'));
  const path = join(folder, 'sanji.db');
  let acknowledged = 0;
  try {
    for (const [run, acks] of killPoints(seed, KILLS).entries()) {
      const said = await runUntilKilled(path, { run: `r${run}`, acks });
      acknowledged += said.size;
      const store = openFile(path);
      const faults = await faultsAfterKill(store, said);
      await store.close();
      if (faults.length > 0) throw new Error(`kill ${run} after ${acks}: ${faults.join('; ')}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return `${KILLS} kills, ${acknowledged} acknowledged orders, every one there once`;
}

async function proveBeside(): Promise<string> {
  const { answersMs, paid, commands, faults } = await talkBesideCommands(BESIDE);
  const at = (part: number) =>
    `${Math.round(answersMs[Math.floor(part * (answersMs.length - 1))] ?? 0)} ms`;
  const told = `${BESIDE.users} people, ${BESIDE.seconds} s: ${answersMs.length} answers, p50 ${at(0.5)}, p99 ${at(0.99)}, longest ${at(1)}; ${commands} commands beside them, ${paid} payments`;
  const late = answersMs.filter((ms) => ms > ANSWER_WITHIN_MS).length;
  if (late > 0) faults.push(`${late} answers took longer than ${ANSWER_WITHIN_MS} ms`);
  if (faults.length > 0) throw new Error(`${told}; ${faults.slice(0, 5).join('; ')}`);
  return told;
}

const [only, seedText] = process.argv.slice(2);
const seed = seedText === undefined ? Date.now() % 2 ** 31 : Number(seedText);
for (const { name, prove } of PROOFS) {
  if (only !== undefined && only !== name) continue;
  const since = performance.now();
  try {
    const figures = await prove(seed);
    const seconds = ((performance.now() - since) / 1_000).toFixed(1);
    console.log(`ok ${name} (seed ${seed}, ${seconds} s)\n  ${figures}`);
  } catch (error) {
    console.error(`FAULT ${name} (seed ${seed})`, error);
    process.exitCode = 1;
  }
}
