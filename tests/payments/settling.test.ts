import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ATTEMPT_LIFE_MS,
  ATTEMPT_STATES,
  type Attempt,
  type AttemptState,
  HEARD_KINDS,
  type Heard,
  isOpen,
  stepAfter,
} from '../../src/payments/settling.ts';

const STARTED = '2026-07-20T03:00:00.000Z';
const SOON = new Date(Date.parse(STARTED) + 60_000);
const OVER = new Date(Date.parse(STARTED) + ATTEMPT_LIFE_MS);

function attemptIn(state: AttemptState): Attempt {
  const capturedKrw = state === 'captured' ? 75_000 : null;
  const of = { id: 'att_1', orderId: 'ord_1', amountKrw: 75_000, reference: 'T1' };
  return { ...of, startedAt: STARTED, state, capturedKrw };
}

function heardOf(kind: Heard['kind']): Heard {
  return kind === 'captured' ? { kind, amountKrw: 75_000 } : { kind };
}

/** Every state and everything that may be heard: what becomes of it, and what follows. */
const TABLE: readonly (readonly [AttemptState, ...outcomes: readonly string[]])[] = [
  // state       agreed              captured         declined    outage             pending            none
  ['ready', 'approving capture', 'captured book', 'declined', '-', '-', '-'],
  [
    ...(['approving', '-', 'captured book', 'declined'] as const),
    ...['unknown look_up', 'unknown look_up', 'unknown look_up'],
  ],
  ['unknown', 'approving capture', 'captured book', 'declined', '-', '-', '-'],
  ['captured', '-', '-', '-', '-', '-', '-'],
  ['declined', '-', 'captured book', '-', '-', '-', '-'],
];

test('the table of attempts, refusals included', () => {
  expect(TABLE.map(([state]) => state).toSorted()).toEqual(ATTEMPT_STATES.toSorted());
  for (const [state, ...outcomes] of TABLE)
    for (const [at, kind] of HEARD_KINDS.entries()) {
      const was = attemptIn(state);
      const { attempt, next } = stepAfter(was, heardOf(kind), SOON);
      const outcome = attempt === was ? '-' : `${attempt.state} ${next ?? ''}`.trim();
      expect(outcome, `${state} hears ${kind}`).toBe(outcomes[at]);
    }
});

test('after a day what the company still waits for is over, and nobody may agree to it', () => {
  for (const state of ['ready', 'approving', 'unknown'] as const) {
    for (const kind of ['pending', 'none'] as const)
      expect(stepAfter(attemptIn(state), { kind }, OVER).attempt.state).toBe('declined');
    expect(stepAfter(attemptIn(state), { kind: 'agreed' }, OVER).next).toBeNull();
    expect(stepAfter(attemptIn(state), heardOf('captured'), OVER).next).toBe('book');
  }
  expect(stepAfter(attemptIn('captured'), { kind: 'none' }, OVER).attempt.state).toBe('captured');
});

test('an outage never ends an attempt, however old it is', () => {
  for (const state of ['ready', 'approving', 'unknown'] as const)
    expect(isOpen(stepAfter(attemptIn(state), { kind: 'outage' }, OVER).attempt)).toBe(true);
});

test('whatever is heard in whatever order, money that came is booked once and stays', () => {
  const heardArbitrary = fc.record({
    kind: fc.constantFrom(...HEARD_KINDS),
    late: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(heardArbitrary, { maxLength: 20 }), (row) => {
      let attempt = attemptIn('ready');
      let bookedKrw = 0;
      let captures = 0;
      for (const { kind, late } of row) {
        const step = stepAfter(attempt, heardOf(kind), late ? OVER : SOON);
        // A capture is begun only where none is under way and no money came.
        if (step.next === 'capture') {
          expect(['ready', 'unknown']).toContain(attempt.state);
          captures += 1;
        }
        if (step.next === 'book') bookedKrw += step.attempt.capturedKrw ?? 0;
        if (attempt.state === 'captured') expect(step.attempt).toBe(attempt);
        attempt = step.attempt;
      }
      const came = row.some(({ kind }) => kind === 'captured');
      expect(bookedKrw).toBe(came ? 75_000 : 0);
      expect(attempt.state === 'captured').toBe(came);
      expect(captures).toBeLessThanOrEqual(row.filter(({ kind }) => kind === 'agreed').length);
    }),
    { numRuns: 5_000 },
  );
});
