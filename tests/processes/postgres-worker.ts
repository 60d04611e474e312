// One process of several on a database, under load and to be killed: places, pays and cancels, tells what
// is owed, runs the slots of a job, and says on stdout what was done, after it was. Whatever got no answer
// is asked for again with its key. Started with: database, name of the run, callers.
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '../../src/orders/errors.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { Command } from '../../src/orders/store.ts';
import { Vault } from '../../storage/crypto.ts';
import { PostgresStore } from '../../storage/postgres.ts';
import { ShopMemory } from '../../storage/shops.ts';
import { MONDAY_NOON, openFarm, requestFor } from '../support/shop.ts';
import { DATA_KEY } from '../support/sqlite.ts';

const ORDERS_PER_CALLER_MAX = 100_000;
const STDOUT = 1;
const STORES = ['plum', 'peach'] as const;
/** A worker that dies gives its rows back by then. */
const LEASE_MS = 1000;
const SLOT_MS = 250;
/** Longer than a server is away: of a slot that is taken over somebody may still be at work. */
const SLOT_LEASE_MS = 60_000;
const SLOTS_BACK = 8;

const [url = '', run = '', callers = '16'] = process.argv.slice(2);
const store = new PostgresStore(url, {
  vault: new Vault(Buffer.from(DATA_KEY, 'hex')),
  holdFor: () => new Set(['kakao']),
  policyOverride: {},
  shops: new ShopMemory(),
});

/** Written at once and whole: what a killed process said, it said after the acknowledgement. */
function say(line: string): void {
  writeSync(STDOUT, `${line}\n`);
}

/** As every caller does whom nobody answers. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'busy')) throw error;
      await pause(50);
    }
}

/** Every date is taken: this caller has nothing more to order. */
function isFull(error: unknown): boolean {
  if (error instanceof DomainError && error.code === 'no_date') return true;
  throw error;
}

async function call(caller: number): Promise<void> {
  const farm = farms[caller % farms.length];
  if (farm === undefined) throw new Error('no farm');
  const submit = <T>(command: Command<T>, key: string) =>
    untilAnswered(() => store.submit({ ...command, request: { key } }));
  for (let no = 0; no < ORDERS_PER_CALLER_MAX; no++) {
    const id = `ord_${run}-${caller}-${no}`;
    const placing = { id, buyerId: farm.buyerId, request: requestFor({ boxes: 1 + (no % 3) }) };
    const isRefused = await submit(ordering.place(farm.asked(), placing), `place-${id}`).then(
      () => false,
      isFull,
    );
    if (isRefused) return;
    say(`placed ${farm.shop.id} ${id}`);
    await submit(farm.paying(id), `pay-${id}`);
    say(`paid ${farm.shop.id} ${id}`);
    if (no % 7 !== 6) continue;
    await submit(farm.cancelling(id), `cancel-${id}`);
    say(`cancelled ${farm.shop.id} ${id}`);
  }
}

async function tell(): Promise<never> {
  for (;;) {
    const claim = { leaseMs: LEASE_MS, limit: 20 };
    const rows = await untilAnswered(() => store.claimOutbox({ now: new Date(), ...claim }));
    for (const row of rows) {
      const end = { state: 'done', content: null } as const;
      if ((await untilAnswered(() => store.settleOutbox(row, end, new Date()))) === 'settled')
        say(`told ${row.id}`);
    }
    if (rows.length === 0) await pause(20);
  }
}

async function runSlots(): Promise<never> {
  for (;;) {
    const now = Date.now();
    for (let back = SLOTS_BACK; back > 0; back--) {
      const at = new Date(Math.floor(now / SLOT_MS - back) * SLOT_MS);
      const slot = { job: 'load', storeId: '', slot: at.toISOString() };
      const claim = { now: new Date(), leaseMs: SLOT_LEASE_MS };
      if (!(await untilAnswered(() => store.claimSlot(slot, claim)))) continue;
      await untilAnswered(() => store.finishSlot(slot, null, new Date()));
      say(`ran ${slot.slot}`);
    }
    await pause(SLOT_MS / 2);
  }
}

const policy = { dailyCapBoxes: 600, closedWeekdays: [] };
const farms = await Promise.all(
  STORES.map((id) => openFarm(store, { id, policy, platform: 'telegram' })),
);
say(`started ${MONDAY_NOON.toISOString()}`);
const calling = Array.from({ length: Number(callers) }, (_, caller) => call(caller));
await Promise.all([...calling, tell(), runSlots()]);
