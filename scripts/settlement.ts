import { carriedKrw, periodOf, type Settlement, settle } from '../src/app.ts';
import { type Row, row, STORE, UsageError } from './command.ts';
import { findShop } from './find.ts';
import { mustBeFree, writeNew } from './new-file.ts';
import { date } from './readers.ts';

type Given = {
  readonly store?: string;
  readonly from?: string;
  readonly to?: string;
  readonly out?: string;
};

export const commands: readonly Row[] = [
  row<Given>({
    name: '',
    about: 'what came in and went out at the bank in a period, and for which goods, to the won',
    options: [
      STORE,
      ['--from <date>', "the first day, on the store's calendar", date],
      ['--to <date>', 'the last day', date],
      ['--out <file.xlsx>', 'write the orders and the sums into a new file as well'],
    ],
    example: 'sanji settlement --store peach --from 2026-07-01 --to 2026-07-31 --out july.xlsx',
    async run(cli, { store: storeId, from: fromDate, to: toDate, out }) {
      if (fromDate === undefined || toDate === undefined)
        throw new UsageError('expected --from and --to, the first and the last day');
      if (fromDate > toDate)
        throw new UsageError(`expected --from before --to, got ${fromDate} and ${toDate}`);
      if (out !== undefined) mustBeFree(out);
      const { store } = await cli.house();
      const shop = await findShop(await cli.house(), storeId);
      const period = periodOf(fromDate, toDate, shop.policy.timeZone);
      const rows = await store.findSettled(shop.id, period);
      const sums = settle(rows);
      if (out !== undefined) {
        const { writeSettlement } = await import('../src/sheets/settlement-sheet.ts');
        await writeNew(out, await writeSettlement(shop, { fromDate, toDate }, rows));
      }
      const title = `${shop.id}  ${fromDate} to ${toDate}`;
      return { json: sums, lines: [title, ...sumLines(sums), ...(out ? [`written: ${out}`] : [])] };
    },
  }),
];

/** As one adds up by hand: what was there and what came is what it was for and what is left. */
function sumLines(sums: Settlement): string[] {
  const lines: readonly (readonly [name: string, krw: number])[] = [
    ['open before', carriedKrw(sums)],
    ['paid', sums.paidKrw],
    ['refunded', 0 - sums.refundedKrw],
    [`goods of ${sums.orders} order${sums.orders === 1 ? '' : 's'}`, 0 - sums.goodsKrw],
    ['shipping', 0 - sums.shippingKrw],
    ['surcharge', 0 - sums.surchargeKrw],
    ['open at the end', sums.openKrw],
  ];
  const amounts = lines.map(([, krw]) => krw.toLocaleString('en-US'));
  const width = Math.max(...amounts.map(({ length }) => length));
  const names = Math.max(...lines.map(([name]) => name.length));
  return lines.map(
    ([name], at) => `  ${name.padEnd(names)}  ${(amounts[at] ?? '').padStart(width)} KRW`,
  );
}
