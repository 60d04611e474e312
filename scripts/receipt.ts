import {
  DomainError,
  type House,
  isoWithOffset,
  ordering,
  RECEIPT_STATES,
  type ReceiptRecord,
} from '../src/app.ts';
import { type Cli, type Row, row, STORE } from './command.ts';
import { asked, findShops } from './find.ts';
import { oneOf } from './readers.ts';

const RECEIPTS_MAX = 1000;
type State = (typeof RECEIPT_STATES)[number];

export const commands: readonly Row[] = [
  row<{ store?: string; state?: State }>({
    name: 'ls',
    about: 'list the receipts that buyers asked for, with what they are made out to',
    options: [
      ['--store <id>', 'only of this store'],
      ['--state <state>', 'asked (when left out) or done', oneOf(...RECEIPT_STATES)],
    ],
    example: 'sanji receipt ls --store peach',
    async run(cli, { store: storeId, state = 'asked' }) {
      const house = await cli.house();
      const receipts: ReceiptRecord[] = [];
      for (const { id } of await findShops(house, storeId))
        receipts.push(
          ...(await house.store.findReceipts({ storeId: id, state, limit: RECEIPTS_MAX })),
        );
      return {
        json: receipts.map((one) => receiptJson(cli, one)),
        lines: receipts.map(receiptLine),
      };
    },
  }),
  row<{ id: string; store?: string }>({
    name: 'done',
    about: 'a receipt is made out: the buyer hears it',
    args: [['<id>', 'the receipt, as `sanji receipt ls` names it']],
    options: [STORE],
    example: 'sanji receipt done rec_0a1b-1',
    async run(cli, { id, store: storeId }) {
      const house = await cli.house();
      const { receipt, shop } = await mustFind(house, id, storeId);
      await house.store.submit(ordering.receiptDone(asked(cli, shop), receipt.orderId, id));
      const done = (await house.store.findReceipt(shop.id, id)) ?? receipt;
      return { json: receiptJson(cli, done), lines: [receiptLine(done)] };
    },
  }),
];

async function mustFind(house: House, id: string, storeId: string | undefined) {
  for (const shop of await findShops(house, storeId)) {
    const receipt = await house.store.findReceipt(shop.id, id);
    if (receipt !== null) return { receipt, shop };
  }
  throw new DomainError('not_found', `there is no receipt ${id}${storeId ? ` in ${storeId}` : ''}`);
}

function receiptJson(cli: Cli, receipt: ReceiptRecord) {
  const { id, storeId: store, code: order, kind, state, details } = receipt;
  const { amountKrw, askedAt, doneAt } = receipt;
  const { timeZone } = cli.config();
  const at = (instant: string) => isoWithOffset(new Date(instant), timeZone);
  return {
    ...{ id, store, order, kind, state, amountKrw },
    number: details?.number ?? null,
    email: details?.email ?? null,
    askedAt: at(askedAt),
    doneAt: doneAt && at(doneAt),
  };
}

function receiptLine({ id, storeId, code, kind, amountKrw, state, details }: ReceiptRecord) {
  const to =
    details === null ? '' : `  ${details.number}${details.email ? ` ${details.email}` : ''}`;
  return `${id}  ${storeId}  ${code}  ${kind}  ${amountKrw}  ${state}${to}`;
}
