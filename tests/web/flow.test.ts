// What went through in the last hour: every passage in its minute, and nothing older.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FLOW_MINUTES, Flow, minuteOf } from '../../src/web/flow.ts';

const START = Date.parse('2026-07-21T00:00:00Z');
const at = (minute: number) => new Date(START + minute * 60_000 + 30_000);
const passages = fc.array(
  fc.record({
    after: fc.nat(20),
    passage: fc.constantFrom('messages' as const, 'notices' as const),
    storeId: fc.constantFrom('peach', 'plum', ''),
    platform: fc.constantFrom('kakao', 'web'),
    times: fc.integer({ min: 1, max: 5 }),
  }),
  { maxLength: 80 },
);

test('the last hour holds what passed in it, by store and platform, whenever it is asked', () => {
  fc.assert(
    fc.property(passages, fc.nat(90), (all, later) => {
      const flow = new Flow();
      let minute = 0;
      const passed = all.map(({ after, passage, storeId, platform, times }) => {
        minute += after;
        flow.count(passage, { storeId, platform }, { now: at(minute), times });
        return { minute: minuteOf(at(minute)), passage, storeId, platform, times };
      });
      const last = minuteOf(at(minute + later));
      const counted = flow.lastHour(at(minute + later));
      const inTime = passed.filter((one) => one.minute > last - FLOW_MINUTES);
      for (const one of inTime) {
        const same = inTime.filter(
          (other) =>
            other.minute === one.minute &&
            other.passage === one.passage &&
            other.storeId === one.storeId &&
            other.platform === one.platform,
        );
        const found = counted.filter(
          (row) =>
            row.minute === one.minute &&
            row.storeId === one.storeId &&
            row.platform === one.platform,
        );
        expect(found).toHaveLength(1);
        expect(found[0]?.[one.passage]).toBe(same.reduce((sum, { times }) => sum + times, 0));
      }
      const total = counted.reduce((sum, row) => sum + row.messages + row.notices, 0);
      expect(total).toBe(inTime.reduce((sum, { times }) => sum + times, 0));
    }),
  );
});

test('however many stores there are, a minute keeps only so many apart and loses none', () => {
  const flow = new Flow();
  for (let store = 0; store < 5_000; store++)
    flow.count('messages', { storeId: `store-${store}`, platform: 'kakao' }, { now: at(0) });
  const counted = flow.lastHour(at(0));
  expect(counted.length).toBeLessThanOrEqual(2_001);
  expect(counted.reduce((sum, { messages }) => sum + messages, 0)).toBe(5_000);
});
