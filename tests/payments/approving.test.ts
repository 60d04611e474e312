import { expect, test } from 'vitest';
import { type AttemptBooks, approve, refundThrough } from '../../src/payments/approving.ts';
import { createFakeProvider } from '../../src/payments/fake.ts';
import type { Attempt } from '../../src/payments/settling.ts';

const NOW = new Date('2026-07-20T03:00:00Z');

/** A company with one attempt that the buyer agreed to, and books with somebody else's hands in them. */
async function begin({ stale = 0 } = {}) {
  const fake = createFakeProvider(() => NOW);
  const ready = await fake.provider.ready({
    ...{ attemptId: 'att_1', amountKrw: 75_000, taxFreeKrw: 75_000, payerId: 'per_1' },
    ...{ itemName: '복숭아 4kg', boxes: 2 },
    returnTo: { agreed: 'https://a.example', cancelled: '', failed: '' },
  });
  if (ready.kind !== 'ready') throw new Error('declined');
  const { reference } = ready;
  let stands: Attempt = {
    ...{ id: 'att_1', orderId: 'ord_1', amountKrw: 75_000, reference },
    ...{ startedAt: NOW.toISOString(), state: 'ready', capturedKrw: null },
  };
  const asked: string[] = [];
  const kept: string[] = [];
  let others = stale;
  const books: AttemptBooks = {
    find: async () => stands,
    async keep(was, { attempt, next }) {
      if (was !== stands) return false;
      if (others-- > 0) {
        // The same again, written by somebody else: what was read is stale.
        stands = { ...stands };
        return false;
      }
      stands = attempt;
      kept.push(`${attempt.state} ${next}`);
      return true;
    },
  };
  const provider: typeof fake.provider = {
    ...fake.provider,
    capture(request) {
      asked.push('capture');
      return fake.provider.capture(request);
    },
    lookUp(of) {
      asked.push('look up');
      return fake.provider.lookUp(of);
    },
  };
  return { fake, reference, asked, kept, house: { provider, books, now: () => NOW } };
}

test('the capture is kept as under way before it is asked for, and two who come back ask once', async () => {
  const { fake, reference, asked, kept, house } = await begin();
  const proof = fake.agree(reference);
  const ends = await Promise.all([
    approve(house, 'att_1', proof),
    approve(house, 'att_1', proof),
    approve(house, 'att_1', proof),
  ]);
  expect(asked).toEqual(['capture']);
  expect(kept).toEqual(['approving capture', 'captured book']);
  expect(ends.map(({ state }) => state).toSorted()).toEqual([
    ...['approving', 'approving', 'captured'],
  ]);
  expect((await approve(house, 'att_1', proof)).state).toBe('captured');
  expect(asked).toEqual(['capture']);
});

test('what was heard is kept upon what stands by then, when somebody came in between', async () => {
  const { fake, reference, kept, house } = await begin({ stale: 3 });
  const attempt = await approve(house, 'att_1', fake.agree(reference));
  expect(attempt).toMatchObject({ state: 'captured', capturedKrw: 75_000 });
  expect(kept).toEqual(['approving capture', 'captured book']);
});

test('a lost answer costs one look-up, and a company that is silent leaves it open', async () => {
  const lost = await begin();
  lost.fake.meet('capture', 'lose');
  const found = await approve(lost.house, 'att_1', lost.fake.agree(lost.reference));
  expect(found.state).toBe('captured');
  expect(lost.asked).toEqual(['capture', 'look up']);
  const silent = await begin();
  silent.fake.meet('capture', 'lose');
  silent.fake.meet('lookUp', 'fail');
  const open = await approve(silent.house, 'att_1', silent.fake.agree(silent.reference));
  expect(open.state).toBe('unknown');
});

test('a refund whose answer was lost is found under its own key, and no other is taken for it', async () => {
  const { fake, reference, house } = await begin();
  await approve(house, 'att_1', fake.agree(reference));
  const of = { attemptId: 'att_1', reference, amountKrw: 10_000 };
  const first = { ...of, key: 'ref_1', refundableKrw: 75_000 };
  fake.meet('refund', 'lose');
  expect(await refundThrough(fake.provider, first)).toMatchObject({
    ...{ kind: 'refunded', amountKrw: 10_000 },
  });
  const second = { ...of, key: 'ref_2', refundableKrw: 65_000 };
  fake.meet('refund', 'fail');
  expect(await refundThrough(fake.provider, second)).toEqual({ kind: 'unknown' });
  expect(await refundThrough(fake.provider, second)).toMatchObject({ kind: 'refunded' });
  expect(fake.count('att_1').gaveKrw).toBe(20_000);
  fake.meet('refund', 'decline');
  const third = { ...of, key: 'ref_3', refundableKrw: 55_000 };
  expect(await refundThrough(fake.provider, third)).toMatchObject({ kind: 'declined' });
});

test("a bug of the company's file is no outage: it rises, and the attempt waits for the next look", async () => {
  const { fake, reference, house } = await begin();
  const broken = { ...house.provider, capture: () => Promise.reject(new TypeError('broken')) };
  const work = approve({ ...house, provider: broken }, 'att_1', fake.agree(reference));
  await expect(work).rejects.toThrow(TypeError);
  expect((await house.books.find('att_1'))?.state).toBe('approving');
});
