import { localDate, ordering, type ReportedRow, type ReportedState } from '../src/app.ts';
import { type Row, row, STORE, UsageError } from './command.ts';
import { asked, findOrder, findShop, tellOrder } from './find.ts';
import { orderLines } from './order-lines.ts';
import { date, oneOf, rows } from './readers.ts';

const STEPS = [
  'harvested',
  'packed',
  'shipped',
  'delivered',
] as const satisfies readonly ReportedState[];

type Advance = {
  readonly date?: string;
  readonly rows: readonly number[] | 'all';
  readonly to: ReportedState;
  readonly store?: string;
};

export const commands: readonly Row[] = [
  row<Advance>({
    name: 'advance',
    about: 'report a step of rows of a list; the steps before it are implied',
    options: [
      ['--date <date>', 'the harvest date (today)', date],
      ['--rows <rows>', 'row numbers, as 1-12 or 3,5, or all', rows],
      ['--to <state>', `the step: ${STEPS.join(', ')}`, oneOf(...STEPS)],
      STORE,
    ],
    example: 'sanji parcel advance --date 2026-07-21 --rows 1-12 --to packed',
    async run(cli, { date: said, rows: numbers, to, store: storeId }) {
      if (numbers === undefined || to === undefined)
        throw new UsageError('--rows and --to are needed');
      const { store } = await cli.house();
      const shop = await findShop(await cli.house(), storeId);
      const day = said ?? localDate(cli.now(), shop.policy.timeZone);
      const reported =
        numbers === 'all' ? numbers : numbers.map((n) => ({ row: n, waybills: [], carrier: null }));
      const request = { date: day, rows: reported, to };
      const { answer } = await store.submit(ordering.report(asked(cli, shop), request));
      const plain = ({ row: n, parcelId, state }: ReportedRow) => ({
        row: n,
        parcel: parcelId,
        state,
      });
      const done = answer.done.map(plain);
      const already = answer.already.map(plain);
      return {
        json: { date: day, to, done, already, struck: answer.struck },
        lines: [
          `${day}: ${done.length} rows ${to}: ${done.map((one) => one.row).join(', ') || '-'}`,
          ...(already.length > 0 ? [`already: ${already.map((one) => one.row).join(', ')}`] : []),
          ...(answer.struck.length > 0 ? [`struck, passed over: ${answer.struck.join(', ')}`] : []),
        ],
      };
    },
  }),
  row<{ parcel: string; carrier: string; waybill: readonly string[] }>({
    name: 'ship',
    about: 'record the waybills of a parcel and that it is shipped',
    args: [['<parcel>', 'the id of the parcel']],
    options: [
      ['--carrier <carrier>', 'the carrier, as kr.cjlogistics'],
      ['--waybill <waybill...>', 'one waybill per package'],
    ],
    example: 'sanji parcel ship par_… --carrier kr.cjlogistics --waybill 123456789012',
    async run(cli, { parcel, carrier, waybill }) {
      if (carrier === undefined || waybill === undefined)
        throw new UsageError('--carrier and --waybill are needed');
      const house = await cli.house();
      const { order, shop } = await findOrder(house, parcel, undefined);
      const waybills = waybill.map((one) => one.replaceAll(/[-\s]/g, ''));
      const request = { parcelIds: [parcel], to: 'shipped', carrier, waybills } as const;
      await house.store.submit(ordering.advanceParcels(asked(cli, shop), order.id, request));
      const json = await tellOrder(house, shop, order.id);
      return { json, lines: orderLines(json) };
    },
  }),
];
