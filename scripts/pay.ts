import { ordering } from '../src/app.ts';
import { type Row, row, STORE } from './command.ts';
import { asked, findOrder, tellOrder } from './find.ts';
import { orderLines } from './order-lines.ts';
import { whole } from './readers.ts';

export const commands: readonly Row[] = [
  row<{ code: string; amount?: number; store?: string }>({
    name: 'confirm',
    about: 'book the exact amount that is due as paid, and promise the dates',
    args: [['<code>', 'the code, as P7-042 in any writing, or the id']],
    options: [['--amount <krw>', 'refuse unless exactly this is due', whole], STORE],
    example: 'sanji pay confirm P7-042 --amount 75000',
    async run(cli, { code, amount, store }) {
      const house = await cli.house();
      const { order, shop } = await findOrder(house, code, store);
      const by = asked(cli, shop);
      const payment = {
        amountKrw: amount ?? null,
        method: 'manual',
        reference: null,
        depositor: null,
        at: by.now.toISOString(),
      } as const;
      await house.store.submit(ordering.pay(by, order.id, payment));
      const json = await tellOrder(house, shop, order.id);
      return { json, lines: orderLines(json) };
    },
  }),
];
