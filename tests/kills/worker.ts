// A server under load, to be killed: places and pays with many callers and says on stdout what was
// acknowledged, after it was. Started with: file, name of the run, callers.
import { writeSync } from 'node:fs';
import * as ordering from '../../src/orders/ordering.ts';
import { MONDAY_NOON, openFarm, requestFor } from '../support/shop.ts';
import { openFile } from '../support/sqlite.ts';

const ORDERS_PER_CALLER_MAX = 100_000;
const STDOUT = 1;

const [path = '', run = '', callers = '64'] = process.argv.slice(2);
const store = openFile(path);
const farm = await openFarm(store, { policy: { dailyCapBoxes: 10_000 } });

/** Written at once and whole: what a killed process said, it said after the acknowledgement. */
function say(line: string): void {
  writeSync(STDOUT, `${line}\n`);
}

async function call(caller: number): Promise<void> {
  for (let no = 0; no < ORDERS_PER_CALLER_MAX; no++) {
    const id = `ord_${run}-${caller}-${no}`;
    const placing = { id, buyerId: farm.buyerId, request: requestFor({ boxes: 1 }) };
    await store.submit({
      ...ordering.place(farm.asked(), placing),
      request: { key: `place-${id}` },
    });
    say(`placed ${id}`);
    await store.submit({ ...farm.paying(id), request: { key: `pay-${id}` } });
    say(`paid ${id}`);
    if (no % 7 !== 6) continue;
    await store.submit({ ...farm.cancelling(id), request: { key: `cancel-${id}` } });
    say(`cancelled ${id}`);
  }
}

say(`started ${MONDAY_NOON.toISOString()}`);
await Promise.all(Array.from({ length: Number(callers) }, (_, caller) => call(caller)));
