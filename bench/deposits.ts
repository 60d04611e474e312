// Matching a day's deposits with the index, against comparing every deposit with every order.
import { readName } from '../src/payments/depositor-name.ts';
import { type Deposit, matchDeposits, type PayableOrder } from '../src/payments/deposits.ts';
import { indexOrders, namesOf, type OrderIndex } from '../src/payments/order-index.ts';
import { resembles } from '../src/payments/weak-name.ts';
import { interleave, median } from './measure.ts';

const ORDERS = 10_000;
const DEPOSITS = 1_000;
const ROUNDS = 5;
const PEER_SHARE = 10;
const FAMILY = [...'김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하'];
const GIVEN = [...'영희철수나연성규보라동현빈은정가람하늘미민호지우서준태숙옥자경'];
const AT = '2026-07-21T10:00:00+09:00';

function names(seed: number): string {
  const pick = (of: readonly string[], n: number) => of[n % of.length] ?? '';
  return pick(FAMILY, seed) + pick(GIVEN, seed * 7 + 3) + pick(GIVEN, seed * 13 + (seed >> 5));
}

function order(n: number): PayableOrder {
  const letter = String.fromCodePoint(65 + (n % 26));
  return {
    code: `${letter}${Math.floor(n / 26) % 10}-${String(n % 1000).padStart(3, '0')}#${n}`,
    amountDueKrw: 35_000 + (n % 60) * 2_500,
    paidKrw: 0,
    depositor: n % 4 === 0 ? null : names(n),
    buyer: `buyer ${n}`,
    recipients: [names(n * 3 + 1), names(n * 5 + 2)],
    placedAt: '2026-07-21T00:00:00+09:00',
    payBy: '2026-07-22T00:00:00+09:00',
    state: 'awaiting_payment',
  };
}

/** Half say the right name and amount, the others are doubtful in some way. */
function deposit(n: number): Deposit {
  const of = order((n * 7_919) % ORDERS);
  const name = of.depositor ?? of.recipients[0] ?? '';
  const sent = [name, `${name}님`, `${name}모`, names(n + 5), `토스${name}`, name][n % 6] ?? name;
  const amountKrw = of.amountDueKrw + (n % 10 === 9 ? 500 : 0);
  return { id: `d${n}`, at: AT, name: sent, amountKrw };
}

/** What the index saves: every order is looked at for every deposit, with names read beforehand. */
function comparePairs({ all }: OrderIndex, deposits: readonly Deposit[]): number {
  let found = 0;
  for (const { name: text, amountKrw } of deposits) {
    const name = readName(text);
    const fitting = all.filter(
      (one) => one.restKrw === amountKrw && namesOf(one).includes(name.compared),
    );
    if (fitting.length === 1) found += 1;
    // Doubtful: the names that resemble it are looked for as well.
    else found += all.filter((one) => namesOf(one).some((known) => resembles(name, known))).length;
  }
  return found;
}

export async function benchDeposits(): Promise<string[]> {
  const orders = Array.from({ length: ORDERS }, (_, n) => order(n));
  const deposits = Array.from({ length: DEPOSITS }, (_, n) => deposit(n));
  const timed = (work: () => unknown) => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  const index = indexOrders(orders);
  const rounds = await interleave(ROUNDS, {
    subject: async () => timed(() => matchDeposits(orders, deposits)),
    // A tenth of them is measured: each deposit costs the same there.
    peer: async () =>
      timed(() => comparePairs(index, deposits.slice(0, DEPOSITS / PEER_SHARE))) * PEER_SHARE,
  });
  const ratios = rounds.map(({ subject, peer }) => subject / peer);
  const spread = `${Math.min(...ratios).toFixed(3)}–${Math.max(...ratios).toFixed(3)}`;
  const decided = [...matchDeposits(index, deposits).values()];
  const booked = decided.filter(({ kind }) => kind === 'match').length;
  const again = timed(() => matchDeposits(index, deposits.slice(0, 1)));
  return [
    `${DEPOSITS} deposits, ${ORDERS} open orders: ratio ${median(ratios).toFixed(3)} of comparing every pair (${spread}, n=${ROUNDS}; goal ≤ 0.2); ${Math.round(median(rounds.map(({ subject }) => subject)))} ms with the index made, against ${Math.round(median(rounds.map(({ peer }) => peer)))} ms; ${booked} booked`,
    `one deposit with the index at hand: ${again.toFixed(2)} ms`,
  ];
}
