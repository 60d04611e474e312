// One full Kakao turn (read, decide, commit, render) against the same express app with the same
// middleware answering a constant. Server and load generator share the machine's two cores.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { interleave, median, ratioLine, userName } from './measure.ts';

const SECONDS = 2;
/** More than one run asks for: each customer writes once. */
const USERS = 120_000;
const ROUNDS = 5;
const SERVER = new URL('kakao-server.ts', import.meta.url);

type Load = { readonly perSecond: number; readonly p99Ms: number };

export async function benchKakao(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-bench-'));
  const turn = await start('turn', { path: join(folder, 'turn.db'), users: USERS });
  const constant = await start('constant', { path: join(folder, 'constant.db'), users: 0 });
  try {
    // The first loads only warm both up.
    await load(turn, 64);
    await load(constant, 64);
    const rounds = await interleave(ROUNDS, {
      subject: async () => (await load(turn, 64)).perSecond,
      peer: async () => (await load(constant, 64)).perSecond,
    });
    const slow: number[] = [];
    const base: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      slow.push((await load(turn, 16)).p99Ms);
      base.push((await load(constant, 16)).p99Ms);
    }
    const limit = 3 * median(base) + 20;
    return [
      ratioLine('full turn, 64 connections', rounds, '≥ 0.20'),
      `p99 at 16 connections: ${median(slow)} ms (goal ≤ 3 × ${median(base)} + 20 = ${limit} ms; n=${ROUNDS}, max ${Math.max(...slow)})`,
    ];
  } finally {
    turn.stop();
    constant.stop();
    rmSync(folder, { recursive: true });
  }
}

async function start(mode: string, { path, users }: { path: string; users: number }) {
  const child = fork(SERVER, [mode, `sqlite:${path}`, String(users)], { stdio: 'inherit' });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)));
    child.once('exit', () => reject(new Error(`the ${mode} server did not start`)));
  });
  let user = 0;
  return { port, next: () => user++, stop: () => child.kill('SIGKILL') };
}

/** Every request is another customer's complete order, so each makes a draft and a card. */
async function load(
  { port, next }: { port: number; next: () => number },
  connections: number,
): Promise<Load> {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}/kakao/skill`,
    method: 'POST',
    connections,
    duration: SECONDS,
    headers: { 'content-type': 'application/json' },
    requests: [{ setupRequest: (request) => ({ ...request, body: payload(next()) }) }],
  });
  if (result.non2xx + result.errors + result.timeouts > 0)
    throw new Error(
      `${result.non2xx} refusals, ${result.errors} errors, ${result.timeouts} time-outs`,
    );
  return { perSecond: result.requests.average, p99Ms: result.latency.p99 };
}

function payload(n: number): string {
  const id = userName(n);
  return JSON.stringify({
    intent: { id: 'i', name: '폴백 블록', extra: { reason: { code: 1, message: 'OK' } } },
    userRequest: {
      timezone: 'Asia/Seoul',
      params: { surface: 'Kakaotalk.plusfriend' },
      block: { id: 'b', name: '폴백 블록' },
      utterance: `박철수 010-1234-${1000 + (n % 9000)} 서울 노원구 동일로 ${1 + (n % 1700)} 한솔마을 103동 1204호 2상자`,
      lang: 'ko',
      user: { id, type: 'botUserKey', properties: { botUserKey: id, isFriend: true } },
    },
    contexts: [],
    bot: { id: 'bot', name: '햇살농원' },
    action: { name: '주문', clientExtra: null, params: {}, id: 'a', detailParams: {} },
  });
}
