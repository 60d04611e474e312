import { InvalidArgumentError } from 'commander';
import {
  DomainError,
  type House,
  isoWithOffset,
  ordering,
  REFUND_STATES,
  type RefundRecord,
  type RefundState,
  type Shop,
} from '../src/app.ts';
import { type Cli, type Field, type Row, row, STORE, UsageError } from './command.ts';
import { asked, findShops } from './find.ts';
import { oneOf } from './readers.ts';

const REFUNDS_MAX = 1000;
const ID: Field = ['<id>', 'the refund, as `sanji refund ls` names it'];
const OPEN: readonly RefundState[] = ['due', 'failed', 'needs_account'];

export const commands: readonly Row[] = [
  row<{ store?: string; state?: RefundState }>({
    name: 'ls',
    about: 'list the money that is to go back, with the account it goes to; newest first',
    options: [
      ['--store <id>', 'only of this store'],
      [
        '--state <state>',
        `${REFUND_STATES.join(', ')}; without one all that are open`,
        oneOf(...REFUND_STATES),
      ],
    ],
    example: 'sanji refund ls --store peach --state due',
    async run(cli, { store: storeId, state }) {
      const house = await cli.house();
      const refunds: RefundRecord[] = [];
      for (const { id } of await findShops(house, storeId))
        for (const of of state === undefined ? OPEN : [state])
          refunds.push(
            ...(await house.store.findRefundsOf({ storeId: id, state: of, limit: REFUNDS_MAX })),
          );
      refunds.sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1));
      return { json: refunds.map((one) => refundJson(cli, one)), lines: refunds.map(refundLine) };
    },
  }),
  row<{ id: string; store?: string; bank: string; number: string; holder: string }>({
    name: 'account',
    about: 'give the account that a refund of an order waits for, or a corrected one',
    args: [ID],
    options: [
      STORE,
      ['--bank <name>', 'the bank'],
      ['--number <digits>', 'the account number', accountNumber],
      ['--holder <name>', 'whose account it is'],
    ],
    example:
      'sanji refund account ref_0a1b-1 --bank NH --number 3021234567891 --holder "Kim Younghee"',
    async run(cli, { id, store: storeId, bank, number: account, holder }) {
      if ([bank, account, holder].some((part) => part === undefined || part.trim() === ''))
        throw new UsageError('--bank, --number and --holder are needed');
      const house = await cli.house();
      const { refund, shop } = await mustFind(house, id, storeId);
      const giving = ordering.giveRefundAccount(asked(cli, shop), refund.orderId, {
        ...{ bank: bank.trim(), account, holder: holder.trim() },
      });
      const { refunds } = (await house.store.submit(giving)).answer;
      if (!refunds.some((one) => one.id === id))
        throw new DomainError('conflict', `a refund that is ${refund.state} waits for no account`);
      return tell(cli, house, refund);
    },
  }),
  row<{ id: string; store?: string }>({
    name: 'done',
    about: 'the money was sent: the buyer hears it, and the account is erased',
    args: [ID],
    options: [STORE],
    example: 'sanji refund done ref_0a1b-1',
    async run(cli, { id, store: storeId }) {
      const house = await cli.house();
      const { refund, shop } = await mustFind(house, id, storeId);
      await house.store.submit(ordering.refundDone(asked(cli, shop), refund.orderId, [id]));
      return tell(cli, house, refund);
    },
  }),
  row<{ id: string; store?: string; reason?: string }>({
    name: 'fail',
    about: 'the money could not be sent: the buyer is asked for another account',
    args: [ID],
    options: [STORE, ['--reason <text>', 'told to the buyer']],
    example: 'sanji refund fail ref_0a1b-1 --reason "the holder is somebody else"',
    async run(cli, { id, store: storeId, reason = null }) {
      const house = await cli.house();
      const { refund, shop } = await mustFind(house, id, storeId);
      const failure = { refundIds: [id], reason: reason?.trim() || null };
      await house.store.submit(ordering.refundFailed(asked(cli, shop), refund.orderId, failure));
      return tell(cli, house, refund);
    },
  }),
];

const DIGITS_MIN = 6;
const DIGITS_MAX = 20;

function accountNumber(text: string): string {
  const digits = text.replaceAll(/[-\s]/g, '');
  if (!/^\d+$/.test(digits) || digits.length < DIGITS_MIN || digits.length > DIGITS_MAX)
    throw new InvalidArgumentError(`Expected ${DIGITS_MIN} to ${DIGITS_MAX} digits.`);
  return digits;
}

async function mustFind(
  house: House,
  id: string,
  storeId: string | undefined,
): Promise<{ readonly refund: RefundRecord; readonly shop: Shop }> {
  for (const shop of await findShops(house, storeId)) {
    const refund = await house.store.findRefund(shop.id, id);
    if (refund !== null) return { refund, shop };
  }
  throw new DomainError('not_found', `there is no refund ${id}${storeId ? ` in ${storeId}` : ''}`);
}

async function tell(cli: Cli, { store }: House, { storeId, id }: RefundRecord) {
  const refund = await store.findRefund(storeId, id);
  if (refund === null) throw new DomainError('not_found', `there is no refund ${id}`);
  return { json: refundJson(cli, refund), lines: [refundLine(refund)] };
}

function refundJson(cli: Cli, refund: RefundRecord) {
  const { id, storeId: store, code: order, amountKrw, state, account, openedAt, endedAt } = refund;
  const { timeZone } = cli.config();
  const at = (instant: string) => isoWithOffset(new Date(instant), timeZone);
  return {
    ...{ id, store, order, amountKrw, state, account },
    openedAt: at(openedAt),
    endedAt: endedAt && at(endedAt),
  };
}

function refundLine({ id, storeId, code, amountKrw, state, account }: RefundRecord): string {
  const to = account === null ? '' : `  ${account.bank} ${account.account} ${account.holder}`;
  return `${id}  ${storeId}  ${code}  ${amountKrw}  ${state}${to}`;
}
