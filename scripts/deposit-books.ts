// Deposits booked by an operator: from statements, by hand, and the seller's answers to the doubtful ones.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  answerDeposit,
  type Booked,
  bookDeposits,
  type Deposit,
  type DepositAnswer,
  DomainError,
  type House,
  isoWithOffset,
  type Shop,
  seenByHand,
  seenInStatement,
} from '../src/app.ts';
import { type Cli, type Row, row, STORE, type Told, UsageError } from './command.ts';
import { problems, readStatementFile } from './deposit-read.ts';
import { findOrder, findShop } from './find.ts';
import { instant, whole } from './readers.ts';

const DEPOSITS_MAX = 1000;
const DEPOSIT_ID: readonly [string, string] = ['<id>', 'the id of the deposit (dep_…)'];

export const bookCommands: readonly Row[] = [
  row<{ at?: string; name: string; amount: number; store?: string }>({
    name: 'add',
    about: 'book money that you saw yourself; what is doubtful is asked as always',
    options: [
      STORE,
      ['--at <time>', 'when it came in; now unless said'],
      ['--name <name>', 'the name on the transfer'],
      ['--amount <krw>', 'whole won', whole],
    ],
    example: 'sanji deposit add --name KIM042 --amount 75000 --at 2026-07-21T09:36',
    async run(cli, { at, name, amount: amountKrw, store }) {
      if (name === undefined || amountKrw === undefined)
        throw new UsageError('a deposit needs --name and --amount');
      if (amountKrw === 0) throw new UsageError('--amount: expected at least 1 won');
      const house = await cli.house();
      const shop = await findShop(house, store);
      const when = at === undefined ? cli.now() : instant(at, shop.policy.timeZone);
      const precision = at === undefined ? 'told' : 'minute';
      const seen = [seenByHand({ at: when.toISOString(), precision, name, amountKrw })];
      const booked = await bookDeposits(house, seen, { shop, now: cli.now(), who: 'admin' });
      return tell(house, shop, booked);
    },
  }),
  row<{ file: string; store?: string }>({
    name: 'import',
    about: "book what a bank's statement (CSV) shows came in, each deposit once",
    args: [['<file>', 'the statement as the bank exports it']],
    options: [STORE],
    example: 'sanji deposit import statement.csv',
    async run(cli, { file, store }) {
      const house = await cli.house();
      const shop = await findShop(house, store);
      const reading = await readStatementFile(file);
      for (const problem of problems(file, reading)) process.stderr.write(`${problem}\n`);
      if (reading.kind === 'refused')
        throw new DomainError('bad_request', `${file} was not read: ${reading.reason}`);
      const sourceId = createHash('sha256')
        .update(await readFile(file))
        .digest('base64url');
      const seen = seenInStatement(reading.deposits, sourceId);
      const progress = await cli.progress('Booking deposits');
      const asked = { shop, now: cli.now(), who: 'admin', told: progress.told } as const;
      const booked = await bookDeposits(house, seen, asked).finally(progress.end);
      const { json, lines } = await tell(house, shop, booked);
      const refused = reading.refused.map(({ line, reason }) => ({ line, reason }));
      return {
        json: { ...summaryOf(booked), refused, deposits: json },
        lines: [...lines, sum(booked)],
      };
    },
  }),
  row<{ store?: string; unmatched?: boolean }>({
    name: 'ls',
    about: 'list deposits, newest first',
    options: [STORE, ['--unmatched', 'only those that wait for an answer']],
    example: 'sanji deposit ls --unmatched',
    async run(cli, { store, unmatched = false }) {
      const house = await cli.house();
      const shop = await findShop(house, store);
      const state = unmatched ? ({ state: 'asked' } as const) : {};
      const filter = { storeId: shop.id, ...state, limit: DEPOSITS_MAX };
      const found = await house.store.findDeposits(filter);
      return tell(
        house,
        shop,
        found.map((deposit) => ({ deposit, isNew: true })),
      );
    },
  }),
  row<{ id: string }>({
    name: 'show',
    about: 'show one deposit with all that was done with it',
    args: [DEPOSIT_ID],
    example: 'sanji deposit show dep_8mJq2Qx1kZ0b',
    async run(cli, { id }) {
      const { house, shop, deposit } = await find(cli, id);
      const history = await house.store.findDepositHistory(shop.id, id);
      const acts = history.map(({ at, ...act }) => ({ at: local(at, shop), ...act }));
      return {
        json: { ...(await jsonOf(house, shop, deposit)), history: acts },
        lines: [
          await lineOf(house, shop, { deposit, isNew: true }),
          ...acts.map(({ at, who, act }) => `  ${at} ${act} by ${who}`),
        ],
      };
    },
  }),
  row<{ id: string; order?: readonly string[]; refund?: boolean; none?: boolean; undo?: boolean }>({
    name: 'resolve',
    about: 'say what a deposit is for, or take that back with all it did',
    args: [DEPOSIT_ID],
    options: [
      ['--order <code...>', 'it pays this order, or these; an expired one lives again'],
      ['--refund', 'it goes back, by a refund of the order it was likeliest meant for'],
      ['--none', 'it is no customer’s payment'],
      ['--undo', 'take the last answer back'],
    ],
    example: 'sanji deposit resolve dep_8mJq2Qx1kZ0b --order P7-042',
    run: resolve,
  }),
];

type Resolving = {
  readonly id: string;
  readonly order?: readonly string[];
  readonly refund?: boolean;
  readonly none?: boolean;
  readonly undo?: boolean;
};

async function resolve(cli: Cli, given: Resolving): Promise<Told> {
  const { id, order: codes, refund, none, undo } = given;
  const said = [codes !== undefined, refund, none, undo].filter((one) => one === true);
  if (said.length !== 1) throw new UsageError('say one of --order, --refund, --none, --undo');
  const { house, shop, deposit } = await find(cli, id);
  const orders = await Promise.all((codes ?? []).map((code) => findOrder(house, code, shop.id)));
  const orderIds = orders.map(({ order }) => order.id);
  const [likeliest = null] = deposit.orderIds;
  const answer: DepositAnswer =
    codes !== undefined
      ? { kind: 'orders', orderIds }
      : refund
        ? { kind: 'refund', orderId: likeliest }
        : { kind: none ? 'none' : 'undo' };
  const asked = { shop, now: cli.now(), who: 'admin', answer } as const;
  const settled = await answerDeposit(house, deposit, asked);
  if (settled === null)
    throw new DomainError(
      'conflict',
      `${id} is ${deposit.state}: ${undo ? 'nothing to take back' : 'take that back first by --undo'}`,
    );
  return tell(house, shop, [{ deposit: settled, isNew: true }]);
}

async function find(cli: Cli, id: string) {
  const house = await cli.house();
  const deposit = await house.store.findDeposit(id);
  if (deposit === null) throw new DomainError('not_found', `there is no deposit ${id}`);
  return { house, deposit, shop: await findShop(house, deposit.storeId) };
}

async function tell(house: House, shop: Shop, booked: readonly Booked[]): Promise<Told> {
  const json = await Promise.all(booked.map(({ deposit }) => jsonOf(house, shop, deposit)));
  const lines = await Promise.all(booked.map((one) => lineOf(house, shop, one)));
  return { json, lines };
}

async function codesOf({ store }: House, { storeId, orderIds }: Deposit): Promise<string[]> {
  const orders = await Promise.all(orderIds.map((id) => store.findOrder(storeId, id)));
  return orders.flatMap((order) => order?.code ?? []);
}

async function jsonOf(house: House, shop: Shop, deposit: Deposit) {
  const { id, storeId: store, at, name, amountKrw, memo, balanceKrw, state, source } = deposit;
  const codes = await codesOf(house, deposit);
  const facts = { name, amountKrw, memo, balanceKrw, state, source, orders: codes };
  return { id, store, at: local(at, shop), ...facts };
}

async function lineOf(house: House, shop: Shop, { deposit, isNew }: Booked): Promise<string> {
  const { id, at, name, amountKrw, state } = deposit;
  const codes = (await codesOf(house, deposit)).join(' ');
  const again = isNew ? '' : ' (known before)';
  return `${id}  ${local(at, shop)}  ${amountKrw}  ${name}  ${state} ${codes}${again}`.trimEnd();
}

function local(at: string, { policy }: Shop): string {
  return isoWithOffset(new Date(at), policy.timeZone);
}

function summaryOf(booked: readonly Booked[]) {
  const count = (state: Deposit['state']) =>
    booked.filter(({ deposit, isNew }) => isNew && deposit.state === state).length;
  const known = booked.filter(({ isNew }) => !isNew).length;
  return { booked: count('booked'), asked: count('asked'), none: count('none'), known };
}

function sum(all: readonly Booked[]): string {
  const { booked, asked, none, known } = summaryOf(all);
  return `${booked} booked, ${asked} to be asked, ${none} no customer's, ${known} known before`;
}
