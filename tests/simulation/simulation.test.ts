// 72 hours of orders, payments, farm reports and nights, through the real house and the real web server,
// in which no seller says a word; and proof that the checks see what they are there for.
import { describe, expect, test, vi } from 'vitest';
import type { Command, Store } from '../../src/orders/store.ts';
import type { SimWorld } from '../support/sim-world.ts';
import { type SimOptions, simulate } from '../support/simulate.ts';

vi.setConfig({ testTimeout: 120_000 });

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
/** A history in which little happens proves little. */
const HAPPENS_MIN = 3;

test.each(SEEDS)(
  'nothing is stuck, each step is told once, and nobody is woken (seed %i)',
  async (seed) => {
    const { faults, counts } = await simulate({ seed, lookEveryMin: 5, buyers: 16 });
    expect(faults).toEqual([]);
    for (const what of ['paid', 'told: paid', 'told: shipped'])
      expect(counts.get(what), what).toBeGreaterThanOrEqual(HAPPENS_MIN);
  },
);

test('a slot that runs at every look tells nobody anything twice', async () => {
  const spoil = ({ store }: SimWorld) => {
    store.findLastSlot = async () => null;
    store.claimSlot = async () => true;
  };
  const { faults } = await simulate({ seed: 3, lookEveryMin: 30, buyers: 12, spoil });
  expect(faults).toEqual([]);
});

describe('it is noticed when', () => {
  const faultsWith = async (spoil: SimOptions['spoil']) => {
    const { faults } = await simulate({ seed: 3, lookEveryMin: 15, buyers: 12, spoil });
    return faults.join('\n');
  };

  test('a message goes out again', async () => {
    const again = ({ store }: SimWorld) => {
      const { settleOutbox } = store;
      const forgotten = new Set<number>();
      store.settleOutbox = async (row, end, now) => {
        const isForgotten = end.state === 'done' && row.kind === 'shipped';
        if (!isForgotten || forgotten.has(row.id)) return settleOutbox(row, end, now);
        forgotten.add(row.id);
        return 'settled';
      };
    };
    expect(await faultsWith(again)).toMatch(/shipped: told 2 times, expected 1 to 1/);
  });

  test('a step is not told', async () => {
    const silent = (world: SimWorld) => silence(world, 'shipped');
    expect(await faultsWith(silent)).toMatch(/shipped: told 0 times, expected 1 to 1/);
  });

  test('a move is not told', async () => {
    const silent = (world: SimWorld) => silence(world, 'moved');
    expect(await faultsWith(silent)).toMatch(/told \d+\/\d+, but it is \d+\/\d+/);
  });

  test('nights are ignored', async () => {
    const sleepless = async ({ store }: SimWorld) => {
      const shop = await store.findShop('peach');
      if (shop === null) throw new Error('no shop');
      const quietHours = { from: '00:00', to: '00:00' };
      await store.putShop({ ...shop, policy: { ...shop.policy, quietHours } });
    };
    expect(await faultsWith(sleepless)).toMatch(/^at night/m);
  });

  test.each([
    ['expiry', /should have ended/],
    ['day-list', /is stuck: scheduled/],
  ])('the job %s does not run', async (job, fault) => {
    const idle = ({ store }: SimWorld) => {
      const { claimSlot } = store;
      store.claimSlot = async (slot, claim) => slot.job !== job && claimSlot(slot, claim);
    };
    expect(await faultsWith(idle)).toMatch(fault);
  });
});

/** Changes happen as they do, but nobody is told of this kind. */
function silence({ store }: SimWorld, kind: string): void {
  const { submit } = store;
  store.submit = ((command: Command<unknown>) => {
    const decide: typeof command.decide = (state) => {
      const change = command.decide(state);
      return { ...change, notices: change.notices.filter((one) => one.kind !== kind) };
    };
    return submit.call(store, { ...command, decide });
  }) as Store['submit'];
}
