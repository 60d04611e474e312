// A page of 1,000 stores over HTTP while orders are written, half by the server itself and half by
// another process on its file, against the same pages while nothing is written.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { median } from './measure.ts';

const SECONDS = 5;
const ROUNDS = 4;
const WRITES_PER_SECOND = 200;
const PAGES_PER_SECOND = 100;
const PAGE = 100;
const WRITER = new URL('stores-writer.ts', import.meta.url);

export async function benchStores(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-bench-'));
  const url = `sqlite:${join(folder, 'stores.db')}`;
  const half = String(WRITES_PER_SECOND / 2);
  const server = await start(['serve', url, 'own', half]);
  const beside = await start(['beside', url, 'other', half]);
  try {
    const cursors = await cursorsOf(server.port);
    await load(server.port, cursors);
    const busy: number[] = [];
    const calm: number[] = [];
    let written = 0;
    for (let round = 0; round < ROUNDS; round++) {
      calm.push(await load(server.port, cursors));
      for (const { child } of [server, beside]) child.send('write');
      busy.push(await load(server.port, cursors));
      for (const { child } of [server, beside]) written += await stopped(child);
    }
    const ratio = median(busy.map((ms, round) => ms / (calm[round] ?? Number.NaN)));
    return [
      `a page of ${PAGE} of 1,000 stores, p99: ${median(busy)} ms with ${Math.round(written / ROUNDS / SECONDS)} writes/s (goal < 50; max of ${ROUNDS} rounds ${Math.max(...busy)}), ${median(calm)} ms with none; ratio ${ratio.toFixed(1)}`,
    ];
  } finally {
    for (const { child } of [server, beside]) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
}

async function start(args: readonly string[]): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(WRITER, args, { stdio: 'inherit' });
  return { child, port: await answerOf(child) };
}

async function stopped(child: ChildProcess): Promise<number> {
  const answer = answerOf(child);
  child.send('stop');
  return answer;
}

function answerOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)));
    child.once('exit', () => reject(new Error('a process of the benchmark ended')));
  });
}

/** Where each page begins, found as a caller finds it. */
async function cursorsOf(port: number): Promise<string[]> {
  const paths: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const path: string = `/stores?limit=${PAGE}${next === '' ? '' : `&cursor=${next}`}`;
    paths.push(path);
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    next = ((await answer.json()) as { next: string | null }).next;
  }
  return paths;
}

/** All pages again and again, at a rate as people look at them; answers the p99 in milliseconds. */
async function load(port: number, paths: readonly string[]): Promise<number> {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: 10,
    overallRate: PAGES_PER_SECOND,
    duration: SECONDS,
    requests: paths.map((path) => ({ method: 'GET', path })),
  });
  if (result.non2xx + result.errors + result.timeouts > 0)
    throw new Error(`${result.non2xx} refusals, ${result.errors} errors`);
  return result.latency.p99;
}
