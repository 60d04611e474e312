import { expect, test } from 'vitest';
import { talkBesideCommands } from '../support/beside.ts';

/** Kakao gives up on an answer after this; the second that is aimed at is measured by `npm run prove`. */
const KAKAO_LIMIT_MS = 5_000;

test('twenty people talk to the shop while commands write beside it: no error, no late answer', async () => {
  const { answersMs, paid, commands, faults } = await talkBesideCommands({
    users: 20,
    seconds: 12,
  });
  expect(faults).toEqual([]);
  expect(paid).toBeGreaterThan(2);
  expect(commands).toBeGreaterThan(5);
  expect(answersMs.length).toBeGreaterThan(60);
  expect(answersMs.at(-1)).toBeLessThan(KAKAO_LIMIT_MS);
});
