// What open pages cost: the memory of 500 streams, and how many orders fewer are taken while they are open.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type ClientRequest, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { interleave, ratioLine } from './measure.ts';

const PAGES = 500;
const ROUNDS = 6;
const SERVER = new URL('live-server.ts', import.meta.url);
const SETTLE_MS = 500;
const MB = 1024 * 1024;

type Said = { readonly port: number; readonly tokens: readonly string[] };

export async function benchLive(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-bench-'));
  const url = `sqlite:${join(folder, 'live.db')}`;
  const child = fork(SERVER, [url, `${PAGES}`], { execArgv: ['--expose-gc'], stdio: 'inherit' });
  try {
    const pages = (await answerOf(child)) as Said;
    await ask(child, 'run');
    // What a first page loads stays, however many follow.
    await (await openAll(pages, 20))();
    const bytes = await memoryOf(child, pages);
    const rounds = await interleave(ROUNDS, {
      subject: () => withOpen(child, pages, PAGES),
      peer: () => withOpen(child, pages, 0),
    });
    return [
      `${PAGES} open pages: ${(bytes / MB).toFixed(1)} MB (goal < 50)`,
      ratioLine(
        `orders of 64 callers in a second of processor time with ${PAGES} open pages`,
        rounds,
        '> 0.90',
      ),
    ];
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
}

async function memoryOf(child: ChildProcess, pages: Said): Promise<number> {
  const before = (await ask(child, 'memory')) as { bytes: number };
  const close = await openAll(pages, PAGES);
  await pause(SETTLE_MS);
  const after = (await ask(child, 'memory')) as { bytes: number; open: number };
  if (after.open !== PAGES) throw new Error(`${after.open} pages are open, expected ${PAGES}`);
  await close();
  return after.bytes - before.bytes;
}

async function withOpen(child: ChildProcess, pages: Said, count: number): Promise<number> {
  const close = await openAll(pages, count);
  await pause(SETTLE_MS);
  const { rate } = (await ask(child, 'run')) as { rate: number };
  await close();
  return rate;
}

/** Streams that are read as they come. */
async function openAll({ port, tokens }: Said, count: number): Promise<() => Promise<void>> {
  const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
  const streams: ClientRequest[] = [];
  await Promise.all(
    tokens.slice(0, count).map(
      (token) =>
        new Promise<void>((resolve, reject) => {
          const stream = get({ agent, port, path: `/o/${token}/events` }, (answer) => {
            answer.on('error', () => undefined);
            answer.once('data', () => resolve()).resume();
          });
          stream.on('error', reject);
          streams.push(stream);
        }),
    ),
  );
  return async () => {
    for (const stream of streams) stream.on('error', () => undefined).destroy();
    await pause(SETTLE_MS);
  };
}

function ask(child: ChildProcess, what: string): Promise<unknown> {
  const answer = answerOf(child);
  child.send(what);
  return answer;
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the server of the benchmark ended'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });
}
