// The command line on dead letters, in this process, on a house in memory.
import { afterEach, assert, beforeEach, describe, expect, test } from 'vitest';
import type { Told } from '../../scripts/command.ts';
import { runLine } from '../../scripts/program.ts';
import { type House, openHouse } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import type { OutboxRow } from '../../src/orders/store.ts';
import { type Farm, hire, MONDAY_NOON, openFarm } from '../support/shop.ts';

const SECONDS_30 = new Date(MONDAY_NOON.getTime() + 30_000);
const config = parseConfig({ DATABASE_URL: 'sqlite::memory:' });

let house: House;
let farm: Farm;
beforeEach(async () => {
  house = await openHouse(config, () => undefined);
  farm = await openFarm(house.store, { id: 'plum' });
  await hire(house.store, { storeId: 'plum', role: 'seller' });
});
afterEach(() => house.close());

async function told(...words: readonly string[]) {
  const progress = async () => assert.fail('nothing here is long');
  const now = () => SECONDS_30;
  const throwAway = async () => assert.fail('nothing here is played');
  const cli = { config: () => config, house: async () => house, throwAway, now, progress };
  let json: unknown;
  const streams = { out: () => undefined, err: () => undefined };
  const tell = (what: Told) => {
    json = what.json;
  };
  await runLine(words, { cli, tell, streams });
  return json;
}

/** A cancelled order that the seller could not be told of. */
async function dieOne(id = 'ord_1'): Promise<OutboxRow> {
  await farm.placePaid(id);
  await farm.cancel(id);
  const claim = { now: MONDAY_NOON, leaseMs: 60_000, limit: 10 };
  const [row] = await house.store.claimOutbox(claim);
  if (row === undefined) throw new Error('a row was expected');
  // One that says nothing of the others: who has blocked us is sent nothing more.
  const end = { state: 'dead', cause: 'template_refused', content: null } as const;
  await house.store.settleOutbox(row, end, SECONDS_30);
  return row;
}

const claimAll = () => house.store.claimOutbox({ now: SECONDS_30, leaseMs: 60_000, limit: 10 });

describe('dlq', () => {
  test('ls lists what is dead, as documented and without personal data', async () => {
    const { id } = await dieOne();
    expect(await told('dlq', 'ls')).toEqual([
      {
        id,
        kind: 'cancelled',
        to: 'seller@telegram',
        cause: 'template_refused',
        attempts: 1,
        firstAt: '2026-07-20T12:00:00+09:00',
        lastAt: '2026-07-20T12:00:30+09:00',
      },
    ]);
    expect(await told('dlq', 'ls', '--store', 'peach')).toEqual([]);
  });

  test('show adds its state and the fields its words are made of', async () => {
    const { id } = await dieOne();
    expect(await told('dlq', 'show', String(id))).toMatchObject({
      id,
      state: 'dead',
      store: 'plum',
      diedAt: '2026-07-20T12:00:30+09:00',
      data: { code: 'P7-001', refundKrw: 40_000 },
      why: null,
    });
  });

  test('retry makes it due again, once', async () => {
    const { id } = await dieOne();
    expect(await told('dlq', 'retry', String(id))).toMatchObject({ id, attempts: 0 });
    expect(await claimAll()).toMatchObject([{ id, attempts: 1 }]);
    await expect(told('dlq', 'retry', String(id))).rejects.toMatchObject({ code: 'not_found' });
  });

  test('retry --all takes every dead one', async () => {
    await dieOne('ord_1');
    await dieOne('ord_2');
    expect(await told('dlq', 'retry', '--all')).toHaveLength(2);
    expect(await claimAll()).toHaveLength(2);
    await expect(told('dlq', 'retry')).rejects.toThrow('name one letter');
  });

  test('edit replaces the words and tries again', async () => {
    const { id } = await dieOne();
    await told('dlq', 'edit', String(id), '--set', 'text=P7-001 취소됐어요');
    const content = { texts: ['P7-001 취소됐어요'], choices: [] };
    expect(await claimAll()).toMatchObject([{ id, content, edits: 1 }]);
  });

  test('edit changes fields that are there, each by one of its own type', async () => {
    const { id } = await dieOne();
    const edit = (...pairs: string[]) => told('dlq', 'edit', String(id), '--set', ...pairs);
    await expect(edit('colour=red')).rejects.toThrow('no field colour');
    await expect(edit('refundKrw=many')).rejects.toThrow('refundKrw');
    await expect(edit('text=a', 'code=b')).rejects.toThrow('in place of all');
    await edit('refundKrw=0', 'code=P7-009');
    expect(await claimAll()).toMatchObject([
      { id, content: null, data: { refundKrw: 0, code: 'P7-009' } },
    ]);
  });

  test('drop needs a reason and keeps it', async () => {
    const { id } = await dieOne();
    await expect(told('dlq', 'drop', String(id))).rejects.toThrow('--why');
    await told('dlq', 'drop', String(id), '--why', 'told by phone');
    expect(await told('dlq', 'show', String(id))).toMatchObject({
      state: 'dropped',
      why: 'told by phone',
    });
    expect(await told('dlq', 'ls')).toEqual([]);
  });
});

test('outbox ls lists by state, newest first', async () => {
  const { id } = await dieOne();
  await farm.placePaid('ord_2');
  await farm.cancel('ord_2');
  expect(await told('outbox', 'ls', '--state', 'dead')).toMatchObject([{ id }]);
  expect(await told('outbox', 'ls', '--state', 'due')).toMatchObject([
    { kind: 'cancelled', to: 'seller@telegram', attempts: 0, firstAt: null },
  ]);
  const all = (await told('outbox', 'ls', '--store', 'plum')) as { id: number }[];
  expect(all.map((one) => one.id)).toEqual(all.map((one) => one.id).toSorted((a, b) => b - a));
  expect(JSON.stringify(all)).not.toContain('buyer-of-plum');
});
