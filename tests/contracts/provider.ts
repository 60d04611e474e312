// What every payment company owes us, through whatever fails on the way: nothing taken twice, nothing given
// back twice, and a look-up that tells what was done.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AttemptBooks,
  approve,
  lookAgain,
  refundThrough,
} from '../../src/payments/approving.ts';
import type { Fault } from '../../src/payments/fake.ts';
import {
  type Provider,
  type ProviderAct,
  ProviderOutage,
  type Ready,
  type ReadyRequest,
} from '../../src/payments/provider.ts';
import type { Attempt } from '../../src/payments/settling.ts';

const NOW = new Date('2026-07-20T03:00:00Z');
const AMOUNT_KRW = 75_000;

/** A company, or what stands for it in a test, with the hands of its buyer and a way to trouble it. */
export type ProviderUnderTest = {
  readonly provider: Provider;
  readonly agree: (reference: string) => string;
  readonly quit: (reference: string) => void;
  readonly count: (attemptId: string) => { readonly tookKrw: number; readonly gaveKrw: number };
  readonly meet: (act: ProviderAct, fault: Fault) => void;
  readonly land: () => void;
};

export function testProvider(name: string, open: (now: () => Date) => ProviderUnderTest): void {
  describe(`${name} as a payment company`, () => {
    test('captures what the buyer agreed to, and the look-up says so', async () => {
      const { company, ready, capture, truth } = await begin(open);
      expect(await truth()).toEqual({ kind: 'pending' });
      const captured = { kind: 'captured', amountKrw: AMOUNT_KRW, at: expect.any(String) };
      expect(await capture(company.agree(ready.reference))).toEqual(captured);
      expect(await truth()).toEqual({ ...captured, refunds: [] });
      expect(company.count('att_1')).toEqual({ tookKrw: AMOUNT_KRW, gaveKrw: 0 });
    });

    test('makes one payment of an attempt that is made ready twice', async () => {
      const { company, ready } = await begin(open);
      expect(await company.provider.ready(requestFor('att_1'))).toEqual(ready);
    });

    test('takes nothing without the agreement, for another amount, or of an unknown attempt', async () => {
      const { company, ready, capture, truth } = await begin(open);
      expect(await capture('made up')).toMatchObject({ kind: 'declined' });
      const proof = company.agree(ready.reference);
      expect(await capture(proof, AMOUNT_KRW + 1)).toMatchObject({ kind: 'declined' });
      expect(await truth()).toEqual({ kind: 'pending' });
      const unknown = { attemptId: 'att_none', reference: null };
      expect(await company.provider.lookUp(unknown)).toEqual({ kind: 'none' });
      expect(company.count('att_1').tookKrw).toBe(0);
    });

    test('an attempt that the buyer left is declined, and says so', async () => {
      const { company, ready, capture, truth } = await begin(open);
      const proof = company.agree(ready.reference);
      company.quit(ready.reference);
      expect(await capture(proof)).toMatchObject({ kind: 'declined' });
      expect(await truth()).toMatchObject({ kind: 'declined' });
    });

    test('amounts that are none never leave the house', async () => {
      const { company, ready, capture, refund } = await begin(open);
      for (const amountKrw of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
        const request = { ...requestFor('att_2'), amountKrw };
        await expect(company.provider.ready(request)).rejects.toThrow(RangeError);
        await expect(capture(company.agree(ready.reference), amountKrw)).rejects.toThrow(
          RangeError,
        );
        await expect(refund('ref_1', amountKrw, AMOUNT_KRW)).rejects.toThrow(RangeError);
      }
      expect(await company.provider.lookUp({ attemptId: 'att_2', reference: null })).toEqual({
        kind: 'none',
      });
    });

    test('a decline is an answer, and an outage is thrown', async () => {
      const { company, ready, capture } = await begin(open);
      const proof = company.agree(ready.reference);
      company.meet('capture', 'fail');
      await expect(capture(proof)).rejects.toThrow(ProviderOutage);
      company.meet('capture', 'decline');
      expect(await capture(proof)).toMatchObject({ kind: 'declined', code: expect.any(String) });
      expect(company.count('att_1').tookKrw).toBe(0);
    });

    for (const fault of ['fail', 'lose', 'late', 'twice'] as const)
      test(`a capture that meets "${fault}" is taken once, however it is repeated`, async () => {
        const { company, ready, capture, truth } = await begin(open);
        const proof = company.agree(ready.reference);
        company.meet('capture', fault);
        await capture(proof).catch(onlyOutage);
        await Promise.all([capture(proof), capture(proof)]);
        company.land();
        expect(await truth()).toMatchObject({ kind: 'captured', amountKrw: AMOUNT_KRW });
        expect(company.count('att_1')).toEqual({ tookKrw: AMOUNT_KRW, gaveKrw: 0 });
      });

    for (const fault of ['fail', 'lose', 'late', 'twice'] as const)
      test(`a refund that meets "${fault}" is given once under its key, another key once more`, async () => {
        const { company, ready, capture, refund, truth } = await begin(open);
        await capture(company.agree(ready.reference));
        company.meet('refund', fault);
        await refund('ref_1', 30_000, AMOUNT_KRW).catch(onlyOutage);
        const again = () => refund('ref_1', 30_000, AMOUNT_KRW);
        for (const answer of await Promise.all([again(), again()]))
          expect(answer).toMatchObject({ kind: 'refunded', amountKrw: 30_000 });
        company.land();
        expect(company.count('att_1').gaveKrw).toBe(30_000);
        await refund('ref_2', 30_000, AMOUNT_KRW - 30_000);
        expect(await truth()).toMatchObject({
          refunds: [
            { key: 'ref_1', amountKrw: 30_000 },
            { key: 'ref_2', amountKrw: 30_000 },
          ],
        });
        expect(company.count('att_1').gaveKrw).toBe(60_000);
      });

    test('gives back no more than it took, and nothing where it sees another rest than we do', async () => {
      const { company, ready, capture, refund } = await begin(open);
      expect(await refund('ref_0', 1_000, AMOUNT_KRW)).toMatchObject({ kind: 'declined' });
      await capture(company.agree(ready.reference));
      const cases = [
        [AMOUNT_KRW + 1, AMOUNT_KRW + 1],
        [1_000, AMOUNT_KRW - 1_000],
      ] as const;
      for (const [amountKrw, restKrw] of cases)
        expect(await refund('ref_1', amountKrw, restKrw)).toMatchObject({ kind: 'declined' });
      expect(company.count('att_1').gaveKrw).toBe(0);
    });

    test('in doubt the look-up decides what is booked', async () => {
      for (const [fault, state] of [
        ['lose', 'captured'],
        ['fail', 'unknown'],
        ['late', 'unknown'],
        ['decline', 'declined'],
      ] as const) {
        const { company, ready } = await begin(open);
        const books = booksWith(ready);
        const house = { provider: company.provider, books, now: () => NOW };
        company.meet('capture', fault);
        const attempt = await approve(house, 'att_1', company.agree(ready.reference));
        expect(attempt.state, fault).toBe(state);
        company.land();
        const last = await lookAgain(house, 'att_1');
        const { tookKrw } = company.count('att_1');
        expect(last.state, fault).toBe(tookKrw > 0 ? 'captured' : state);
        expect(books.bookedKrw(), fault).toBe(tookKrw);
      }
    });

    test('through any row of faults the books end with what the company took and gave', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(momentArbitrary, { maxLength: 25 }), async (moments) => {
          const end = await after(await begin(open), moments);
          expect(end.bookedKrw).toBe(end.tookKrw);
          expect([0, AMOUNT_KRW]).toContain(end.tookKrw);
          expect(end.returnedKrw).toBe(end.gaveKrw);
          expect(end.gaveKrw).toBeLessThanOrEqual(REFUND_KRW);
          if (end.wasRefunded) expect(end.gaveKrw).toBe(REFUND_KRW);
          expect(end.state).not.toBe('approving');
          expect(end.state === 'captured').toBe(end.tookKrw > 0);
        }),
        { numRuns: 500 },
      );
    });
  });
}

const REFUND_KRW = 30_000;

const FAULTS: readonly Fault[] = ['decline', 'fail', 'lose', 'late', 'twice'];
type Moment =
  | { readonly what: 'come back' | 'look' | 'land' | 'quit' | 'refund' }
  | { readonly what: 'fault'; readonly act: ProviderAct; readonly fault: Fault };
const momentArbitrary: fc.Arbitrary<Moment> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Moment>({ what: 'come back' }) },
  { weight: 2, arbitrary: fc.constant<Moment>({ what: 'refund' }) },
  fc.constantFrom<Moment>({ what: 'look' }, { what: 'land' }),
  fc.constant<Moment>({ what: 'quit' }),
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('fault' as const),
      act: fc.constantFrom<ProviderAct>('capture', 'refund', 'lookUp'),
      fault: fc.constantFrom(...FAULTS),
    }),
  },
);

/** Neighbouring moments happen side by side, two at a time. Then the faults end and the job looks again. */
async function after(begun: Begun, moments: readonly Moment[]) {
  const { company, ready } = begun;
  const books = booksWith(ready);
  const house = { provider: company.provider, books, now: () => NOW };
  const proof = company.agree(ready.reference);
  const refund = () =>
    refundThrough(company.provider, {
      ...{ key: 'ref_1', attemptId: 'att_1', reference: ready.reference },
      ...{ amountKrw: REFUND_KRW, refundableKrw: AMOUNT_KRW },
    });
  const answers = new Set<string>();
  const take = async (moment: Moment): Promise<void> => {
    if (moment.what === 'fault') return company.meet(moment.act, moment.fault);
    if (moment.what === 'land') return company.land();
    if (moment.what === 'quit') return company.quit(ready.reference);
    if (moment.what === 'refund') return void answers.add((await refund()).kind);
    if (moment.what === 'look') return void (await lookAgain(house, 'att_1'));
    await approve(house, 'att_1', proof);
  };
  for (let at = 0; at < moments.length; at += 2)
    await Promise.all(moments.slice(at, at + 2).map(take));
  company.land();
  let last = await lookAgain(house, 'att_1');
  // Faults that nobody met yet wait in line for these.
  for (let left = moments.length; left > 0; left--) last = await lookAgain(house, 'att_1');
  const truth = await company.provider.lookUp({ attemptId: 'att_1', reference: ready.reference });
  const refunds = truth.kind === 'captured' ? truth.refunds : [];
  return {
    ...company.count('att_1'),
    bookedKrw: books.bookedKrw(),
    returnedKrw: refunds.reduce((sum, { amountKrw }) => sum + amountKrw, 0),
    state: last.state,
    wasRefunded: answers.has('refunded'),
  };
}

/** The books of one attempt, written as a store does: only upon what was read. */
function booksWith({ reference }: Ready): AttemptBooks & { readonly bookedKrw: () => number } {
  let stands: Attempt = {
    ...{ id: 'att_1', orderId: 'ord_1', amountKrw: AMOUNT_KRW, reference },
    ...{ startedAt: NOW.toISOString(), state: 'ready', capturedKrw: null },
  };
  let bookedKrw = 0;
  return {
    find: async () => stands,
    async keep(was, step) {
      if (was !== stands) return false;
      stands = step.attempt;
      if (step.next === 'book') bookedKrw += step.attempt.capturedKrw ?? 0;
      return true;
    },
    bookedKrw: () => bookedKrw,
  };
}

function requestFor(attemptId: string): ReadyRequest {
  const at = 'https://shop.example/pay/token';
  return {
    ...{ attemptId, amountKrw: AMOUNT_KRW, taxFreeKrw: 70_000, payerId: 'per_1' },
    ...{ itemName: '복숭아 4kg', boxes: 2 },
    returnTo: { agreed: `${at}/agreed`, cancelled: `${at}/cancelled`, failed: `${at}/failed` },
  };
}

type Begun = Awaited<ReturnType<typeof begin>>;

async function begin(open: (now: () => Date) => ProviderUnderTest) {
  const company = open(() => NOW);
  const { provider } = company;
  const ready = await provider.ready(requestFor('att_1'));
  if (ready.kind !== 'ready') throw new Error(`declined: ${ready.code}`);
  const of = { attemptId: 'att_1', reference: ready.reference };
  return {
    company,
    ready,
    capture: (proof: string, amountKrw = AMOUNT_KRW) =>
      provider.capture({ ...of, amountKrw, proof }),
    refund: (key: string, amountKrw: number, refundableKrw: number) =>
      provider.refund({ ...of, key, amountKrw, refundableKrw }),
    truth: () => provider.lookUp(of),
  };
}

function onlyOutage(error: unknown): void {
  expect(error).toBeInstanceOf(ProviderOutage);
}
