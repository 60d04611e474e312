// The long forms of what the tests show in short: `npm run prove`. Prints figures, exits 1 on a fault.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { talkBesideCommands } from './support/beside.ts';
import { copyThereAndBack } from './support/copied.ts';
import { fuzzApi } from './support/fuzz-api.ts';
import { CHANGES, isHarmless, parcelsOf, readChanged } from './support/generated-changes.ts';
import { judgeGenerated } from './support/generated-figures.ts';
import { calmHistory, wildHistory } from './support/histories.ts';
import { faultsAfterKill, killPoints, runUntilKilled } from './support/kills.ts';
import { newMoneyFigures, runMoneyStream } from './support/money-streams.ts';
import { simulate } from './support/simulate.ts';
import { openFile } from './support/sqlite.ts';
import { newFigures, runStream, streamArbitrary } from './support/streams.ts';
import { tryTwoProcesses } from './support/two-processes.ts';

const STREAMS = 10_000;
const MONEY_STREAMS = 5_000;
const SIMULATIONS = 12;
const BUYERS = 40;
const KILLS = 100;
const HISTORIES = 1_000;
const API_REQUESTS = 50_000;
const ORDERS = 20_000;
const CHANGED_ORDERS = 4_000;
/** As shares of all: what is less than read exactly, and what came out as a wrong parcel. */
const EXACT_MIN = 0.99;
const HARMFUL_MAX = 0.0005;
const PROCESSES = { seconds: 60, killEverySeconds: 10 };
const COPIED_ORDERS = 100_000;
const COPY_SECONDS_MAX = 60;
const BESIDE = { users: 20, seconds: 45 };
const ANSWER_WITHIN_MS = 1_000;

type Proof = { readonly name: string; readonly prove: (seed: number) => Promise<string> };

const PROOFS: readonly Proof[] = [
  { name: 'streams', prove: proveStreams },
  { name: 'money', prove: proveMoney },
  { name: 'simulation', prove: proveSimulation },
  { name: 'kills', prove: proveKills },
  { name: 'processes', prove: proveProcesses },
  { name: 'copy', prove: proveCopy },
  { name: 'api', prove: proveApi },
  { name: 'beside', prove: proveBeside },
  { name: 'outbox', prove: proveOutbox },
  { name: 'orders', prove: proveOrders },
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

/** Orders and deposits beside a bank that only counts. */
async function proveMoney(seed: number): Promise<string> {
  const figures = newMoneyFigures();
  for (let stream = seed; stream < seed + MONEY_STREAMS; stream++)
    await runMoneyStream(stream, figures);
  const done = [...figures.done].map(([act, count]) => `${act} ${count}`).join(', ');
  return `${MONEY_STREAMS} streams, ${figures.steps} steps, no won lost or made\n  ${done}`;
}

/** Histories of 72 hours in which the jobs look at the clock every minute. */
async function proveSimulation(seed: number): Promise<string> {
  const totals = new Map<string, number>();
  for (let history = seed; history < seed + SIMULATIONS; history++) {
    const { faults, counts } = await simulate({ seed: history, lookEveryMin: 1, buyers: BUYERS });
    if (faults.length > 0) throw new Error(`history ${history}: ${faults.join('; ')}`);
    for (const [what, count] of counts) totals.set(what, (totals.get(what) ?? 0) + count);
  }
  const counted = [...totals].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${SIMULATIONS} histories of 72 hours, no fault\n  ${counted.map(([what, count]) => `${what} ${count}`).join(', ')}`;
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

/** Two processes on one PostgreSQL server, one of them killed again and again, the server once. */
async function proveProcesses(): Promise<string> {
  const { heard, faults } = await tryTwoProcesses(PROCESSES);
  if (faults.length > 0) throw new Error(faults.join('; '));
  return `${PROCESSES.seconds} s, ${heard.kills} kills, one of the server: ${heard.orders.size} acknowledged orders, ${heard.told.length} messages and ${heard.ran.length} slots, each there once`;
}

/** From SQLite to PostgreSQL and back, each way within a minute. */
async function proveCopy(): Promise<string> {
  const { rows, there, back, bytes, faults } = await copyThereAndBack(COPIED_ORDERS);
  const megabytes = (bytes / 1e6).toFixed(0);
  const told = `${COPIED_ORDERS} orders, ${rows} rows: there in ${there.toFixed(1)} s, back in ${back.toFixed(1)} s`;
  if (Math.max(there, back) > COPY_SECONDS_MAX)
    faults.push(`a copy took longer than ${COPY_SECONDS_MAX} s`);
  if (faults.length > 0) throw new Error(`${faults.slice(0, 5).join('; ')}\n  ${told}`);
  return `${told}; ${megabytes} MB of exports equal, store by store, in all three`;
}

async function proveOutbox(seed: number): Promise<string> {
  await fc.assert(calmHistory, { numRuns: HISTORIES, seed });
  await fc.assert(wildHistory, { numRuns: HISTORIES, seed });
  return `${2 * HISTORIES} histories: every row came to an end, none was told twice in other words`;
}

/** Orders filled at random, and the same with nothing new said in them. */
async function proveOrders(seed: number): Promise<string> {
  const { exact, harmful, missed } = judgeGenerated(seed, ORDERS);
  const percent = (part: number, whole: number) => `${((part / whole) * 100).toFixed(2)} %`;
  const told = [
    `${ORDERS} messages: exact ${percent(exact, ORDERS)}, harmful ${percent(harmful.length, ORDERS)}`,
    `missed: ${missed.slice(0, 12).join(' ')}; harmful: ${harmful.join(' ')}`,
  ];
  const harmed: string[] = [];
  for (const change of CHANGES) {
    let orders = 0;
    let asked = 0;
    for (let at = seed; at < seed + CHANGED_ORDERS; at += 1) {
      const altered = readChanged(at, change);
      if (altered === null) continue;
      if (!isHarmless(altered)) harmed.push(`${altered.line.id} ${change}`);
      if (altered.before.kind !== 'order') continue;
      orders += 1;
      if (parcelsOf(altered.before) !== parcelsOf(altered.after)) asked += 1;
    }
    told.push(`${change}: ${orders} orders, ${asked} raised a question`);
  }
  const worse = harmful.length / ORDERS > HARMFUL_MAX || exact / ORDERS < EXACT_MIN;
  if (worse || harmed.length > 0)
    throw new Error([...told, `other parcels when changed: ${harmed.join(', ')}`].join('\n  '));
  return told.join('\n  ');
}

async function proveBeside(): Promise<string> {
  const peer = await talkBesideCommands({ ...BESIDE, isPeer: true });
  const { answersMs, paid, commands, faults } = await talkBesideCommands(BESIDE);
  const told = [
    `${BESIDE.users} people beside ${peer.commands} processes that open no database: ${spreadOf(peer.answersMs)}`,
    `beside ${commands} commands, ${paid} of them payments: ${spreadOf(answersMs)}`,
  ].join('\n  ');
  // On a busy machine starting so many processes is slow by itself; the file must add nothing to it.
  const limitMs = Math.max(ANSWER_WITHIN_MS, peer.answersMs.at(-1) ?? 0);
  const late = answersMs.filter((ms) => ms > limitMs).length;
  if (late > 0) faults.push(`${late} answers took longer than ${Math.round(limitMs)} ms`);
  if (faults.length > 0) throw new Error(`${faults.slice(0, 5).join('; ')}\n  ${told}`);
  return told;
}

/** Of times that come shortest first. */
function spreadOf(sortedMs: readonly number[]): string {
  const at = (part: number) => Math.round(sortedMs[Math.floor(part * (sortedMs.length - 1))] ?? 0);
  return `${sortedMs.length} answers, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`;
}

async function proveApi(seed: number): Promise<string> {
  const seen = await fuzzApi({ requests: API_REQUESTS, seed });
  const outcomes = [...seen].map(([name, count]) => `${name} ${count}`).join(', ');
  return `${API_REQUESTS} requests, no failure: ${outcomes}`;
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
