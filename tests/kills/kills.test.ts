import { describe, expect, test } from 'vitest';
import { faultsAfterKill, killPoints, runUntilKilled } from '../support/kills.ts';
import { openFarm } from '../support/shop.ts';
import { fileForTest } from '../support/sqlite.ts';

const KILLS = 20;
const LIMIT_MS = 120_000;

describe('a server that is killed under load', () => {
  test(
    'has every acknowledged order once, paid once, each time it comes back',
    async () => {
      const { path, open } = fileForTest();
      const seed = Date.now();
      for (const [run, acks] of killPoints(seed, KILLS).entries()) {
        const acknowledged = await runUntilKilled(path, { run: `r${run}`, acks });
        const store = open();
        const faults = await faultsAfterKill(store, acknowledged);
        await store.close();
        expect(faults, `seed ${seed}, kill ${run} after ${acks}`).toEqual([]);
      }
    },
    LIMIT_MS,
  );

  test(
    'loses nothing of another process that writes beside it either',
    async () => {
      const { path, open } = fileForTest();
      const own = new Map<string, 'paid'>();
      const beside = open();
      const farm = await openFarm(beside, { policy: { dailyCapBoxes: 10_000 } });
      let isOver = false;
      const killed = runUntilKilled(path, { run: 'server', acks: 400 }).finally(() => {
        isOver = true;
      });
      // Like a command line beside the server: one command after another, waiting for its lock.
      for (let no = 0; !isOver; no++) {
        const id = `ord_cli-${no}`;
        const placing = { ...farm.placing(id), request: { key: `place-${id}` } };
        await beside.submit(placing);
        await beside.submit({ ...farm.paying(id), request: { key: `pay-${id}` } });
        own.set(id, 'paid');
      }
      const acknowledged = await killed;
      await beside.close();
      const store = open();
      expect(own.size).toBeGreaterThan(0);
      expect(await faultsAfterKill(store, acknowledged)).toEqual([]);
      expect(await faultsAfterKill(store, own)).toEqual([]);
      await store.close();
    },
    LIMIT_MS,
  );
});
