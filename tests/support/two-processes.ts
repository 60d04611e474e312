// Two processes on one server while one of them is killed again and again and the server itself is killed
// once: what was acknowledged is compared with what is there.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { Store } from '../../src/orders/store.ts';
import { Vault } from '../../storage/crypto.ts';
import { PostgresStore } from '../../storage/postgres.ts';
import { preparePostgres } from '../../storage/postgres-open.ts';
import { ShopMemory } from '../../storage/shops.ts';
import { type Server, startServer } from './postgres-server.ts';
import { DATA_KEY } from './sqlite.ts';

const WORKER = fileURLToPath(new URL('../processes/postgres-worker.ts', import.meta.url));
const CALLERS = 16;

type Said = 'placed' | 'paid' | 'cancelled';

/** What all processes said, each thing after it was done. */
export type Heard = {
  /** By order, with its store and what was acknowledged last. */
  readonly orders: Map<string, { readonly storeId: string; readonly said: Said }>;
  readonly told: string[];
  readonly ran: string[];
  readonly complaints: string[];
  kills: number;
};

export type Ordeal = { readonly seconds: number; readonly killEverySeconds: number };

/** On a server of its own, which flushes to the disk as in earnest. */
export async function tryTwoProcesses(
  ordeal: Ordeal,
): Promise<{ readonly heard: Heard; readonly faults: readonly string[] }> {
  const server = await startServer({ isDurable: true });
  try {
    const client = new pg.Client({ connectionString: server.url('postgres') });
    await client.connect();
    await client.query('CREATE DATABASE shop');
    await client.end();
    const url = server.url('shop');
    const vault = new Vault(Buffer.from(DATA_KEY, 'hex'));
    await preparePostgres(url, vault.fingerprint);
    const heard = await loadAndKill(url, server, ordeal);
    const holdFor = () => new Set(['kakao']);
    const context = { vault, holdFor, policyOverride: {}, shops: new ShopMemory() };
    const store = new PostgresStore(url, context);
    const faults = await faultsAfter(store, heard);
    await store.close();
    return { heard, faults };
  } finally {
    await server.remove();
  }
}

async function loadAndKill(
  url: string,
  server: Server,
  { seconds, killEverySeconds }: Ordeal,
): Promise<Heard> {
  const heard: Heard = { orders: new Map(), told: [], ran: [], complaints: [], kills: 0 };
  const until = performance.now() + seconds * 1000;
  const steady = startWorker(url, 'steady', heard);
  let mortal = startWorker(url, 'm0', heard);
  let isServerKilled = false;
  while (performance.now() < until) {
    await pause(killEverySeconds * 1000);
    await kill(mortal);
    heard.kills += 1;
    if (!isServerKilled && performance.now() > until - (seconds * 1000) / 2) {
      isServerKilled = true;
      await server.restart();
    }
    mortal = startWorker(url, `m${heard.kills}`, heard);
  }
  await Promise.all([kill(steady), kill(mortal)]);
  return heard;
}

type Running = { readonly child: ChildProcess; readonly isRead: Promise<void> };

function startWorker(url: string, run: string, heard: Heard): Running {
  const child = spawn(process.execPath, [WORKER, url, run, String(CALLERS)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.on('data', (bytes: Buffer) => heard.complaints.push(bytes.toString()));
  child.once('exit', (code) => {
    if (code !== null) heard.complaints.push(`${run} ended by itself with ${code}`);
  });
  return { child, isRead: hear(child, heard) };
}

async function hear(child: ChildProcess, { orders, told, ran }: Heard): Promise<void> {
  if (child.stdout === null) return;
  for await (const line of createInterface({ input: child.stdout })) {
    const [what = '', first = '', second = ''] = line.split(' ');
    if (what === 'told') told.push(first);
    else if (what === 'ran') ran.push(first);
    else if (what !== 'started') orders.set(second, { storeId: first, said: what as Said });
  }
}

async function kill({ child, isRead }: Running): Promise<void> {
  const isEnded = child.exitCode !== null || child.signalCode !== null;
  const ended = isEnded ? null : once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  await isRead;
}

/** What is wrong afterwards; nothing, when every acknowledged thing is there once. */
async function faultsAfter(store: Store, heard: Heard): Promise<readonly string[]> {
  const faults = (await store.doctor()).filter(({ ok }) => !ok).map(({ detail }) => detail);
  faults.push(...heard.complaints, ...twice('told', heard.told), ...twice('ran', heard.ran));
  for (const [id, { storeId, said }] of heard.orders) {
    const order = await store.findOrder(storeId, id);
    if (order === null) {
      faults.push(`${id} was acknowledged as ${said} and is gone`);
      continue;
    }
    const events = (await store.findHistory(storeId, id)).map(({ event }) => event);
    const times = (event: string) => events.filter((one) => one === event).length;
    const isPaid = said !== 'placed';
    if (times('placed') !== 1) faults.push(`${id} was placed ${times('placed')} times`);
    if (isPaid && (times('paid') !== 1 || order.paidKrw < order.totalKrw))
      faults.push(`${id} was paid ${times('paid')} times: ${order.paidKrw}`);
    if (said === 'cancelled' && (times('cancelled') !== 1 || order.state !== 'cancelled'))
      faults.push(`${id} was cancelled ${times('cancelled')} times`);
  }
  return faults;
}

function twice(what: string, names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names
    .filter((name) => seen.has(name) || !seen.add(name))
    .map((name) => `${what} ${name} twice`);
}
