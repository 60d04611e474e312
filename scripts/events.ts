import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { isoWithOffset } from '../src/app.ts';
import { type Row, row, STORE } from './command.ts';
import { findOrder } from './find.ts';
import { instant } from './readers.ts';

const PAGE = 500;
const LOOK_EVERY_MS = 300;

export const commands: readonly Row[] = [
  row<{ since?: string; order?: string; store?: string; once?: boolean }>({
    name: 'tail',
    about: 'print what happens to orders as it happens, one JSON object a line, until Ctrl-C',
    options: [
      ['--since <time>', 'begin with what happened since then, instead of now'],
      ['--order <code>', 'only this order, from its beginning'],
      STORE,
      ['--once', 'end after what there is, instead of waiting for more'],
    ],
    example: 'sanji events tail --since 2026-07-21T06:00 --once',
    async run(cli, { since, order: code, store: storeId, once: endsAtLast }) {
      const house = await cli.house();
      const { timeZone } = cli.config();
      const found = code === undefined ? null : await findOrder(house, code, storeId);
      const order = found && { storeId: found.shop.id, orderId: found.order.id };
      const from = since === undefined ? cli.now() : instant(since, timeZone);
      const isWhole = order !== null && since === undefined;
      let after = isWhole ? 0 : await house.store.findLastEventBefore(from.toISOString());
      let isOver = false;
      process.once('SIGINT', () => {
        isOver = true;
      });
      while (!isOver) {
        const events = await house.store.findEvents({
          after,
          order: order ?? undefined,
          limit: PAGE,
        });
        for (const { id, storeId: store, orderId, parcelId: parcel, ...rest } of events) {
          after = id;
          const at = isoWithOffset(new Date(rest.at), timeZone);
          await print({ ...rest, at, store, order: orderId, parcel });
        }
        if (events.length === PAGE) continue;
        if (endsAtLast) break;
        await wait(LOOK_EVERY_MS);
      }
      return null;
    },
  }),
];

/** Waits for a slow reader instead of gathering what he has not read. */
async function print(line: unknown): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, 'drain');
}
