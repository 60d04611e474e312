// How long the program and the reader take to start, and what an idle server holds.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './measure.ts';

const ROUNDS = 7;
const IDLE_MS = 3000;
const ROOT = new URL('..', import.meta.url).pathname;

export async function benchStart(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-bench-'));
  const env = { ...process.env, PORT: '0', SANJI_LOG_LEVEL: 'info', NODE_ENV: '' };
  try {
    const bare: number[] = [];
    const ready: number[] = [];
    const parse: number[] = [];
    const express: number[] = [];
    const idle = { direct: 0, launched: 0 };
    for (let round = 0; round <= ROUNDS; round++) {
      const DATABASE_URL = `sqlite:${join(folder, 'start.db')}`;
      const bareMs = await untilExit(['-e', '0'], env);
      const isLast = round === ROUNDS;
      const server = await untilReady(['src/main.ts'], { ...env, DATABASE_URL }, isLast);
      const launch = ['scripts/launch.mjs', 'src/main.ts'];
      const launched = await untilReady(launch, { ...env, DATABASE_URL }, isLast);
      const bareExpress = await untilReady(['bench/bare-server.mjs'], env, false);
      const parseMs = await untilExit(['scripts/sanji.ts', 'parse'], env);
      // The first round fills the compile cache and makes the database.
      if (round === 0) continue;
      bare.push(bareMs);
      ready.push(server.ms);
      parse.push(parseMs);
      express.push(bareExpress.ms);
      idle.direct = server.idleMb;
      idle.launched = launched.idleMb;
    }
    const ms = (list: readonly number[]) => `${Math.round(median(list))} ms`;
    const times = (list: readonly number[]) => (median(list) / median(bare)).toFixed(2);
    return [
      `node src/main.ts ready: ${times(ready)} × node -e 0 (${ms(ready)} against ${ms(bare)}; goal ≤ 5)`,
      `an empty express server listening: ${times(express)} × node -e 0 (${ms(express)})`,
      `idle: ${Math.round(idle.direct)} MB resident, ${Math.round(idle.launched)} MB through the launcher of npm start (goal < 120)`,
      `sanji.ts parse: ${times(parse)} × node -e 0 (${ms(parse)}; goal ≤ 3)`,
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function untilExit(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const start = performance.now();
  const child = run(args, env);
  child.stdout?.resume();
  await new Promise((resolve) => child.once('exit', resolve));
  return performance.now() - start;
}

/** The log line `started` comes when the server listens, is migrated and answers ready. */
async function untilReady(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  isIdleMeasured: boolean,
) {
  const start = performance.now();
  const child = run(args, env);
  let seen = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      if (seen.includes('"started"')) resolve();
    });
    child.once('exit', () => reject(new Error(`the server ended: ${seen}`)));
  });
  const ms = performance.now() - start;
  if (isIdleMeasured) await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const idleMb = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  child.removeAllListeners('exit');
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  return { ms, idleMb };
}
