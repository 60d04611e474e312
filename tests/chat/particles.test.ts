// A particle follows the sound of the word before it: by one helper wherever that word is not ours.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { withParticle } from '../../src/chat/words.ts';

const SAID: readonly (readonly [string, Parameters<typeof withParticle>[1], string])[] = [
  ['박철수', '이/가', '박철수가'],
  ['김영란', '이/가', '김영란이'],
  ['서울', '으로/로', '서울로'],
  ['부산', '으로/로', '부산으로'],
  ['서울', '은/는', '서울은'],
  ['농부', '이나/나', '농부나'],
  ['농부(카카오톡)', '을/를', '농부(카카오톡)를'],
  ['“복숭아”', '과/와', '“복숭아”와'],
  ['054-000-0000', '으로/로', '054-000-0000으로'],
  ['P7-042', '을/를', 'P7-042를'],
  ['복숭아 4kg', '을/를', '복숭아 4kg을(를)'],
  ['help@farm.kr', '으로/로', 'help@farm.kr(으)로'],
  ['', '은/는', '은(는)'],
];

test.each(SAID)('%j with %s is %j', (word, pair, said) => {
  expect(withParticle(word, pair)).toBe(said);
});

test('each last digit is followed as it is read', () => {
  const direction = [...'0123456789'].map((digit) => withParticle(digit, '으로/로').slice(1));
  const object = [...'0123456789'].map((digit) => withParticle(digit, '을/를').slice(1));
  // 공 일 이 삼 사 오 육 칠 팔 구
  expect(direction.join(' ')).toBe('으로 로 로 으로 로 로 으로 로 로 로');
  expect(object.join(' ')).toBe('을 을 를 을 를 를 을 을 을 를');
});

/** What ends alike whatever stands in it: 원, 상자, and a day, which is read with 일. */
const ENDS_ALIKE =
  /^words\.(?:won|items|day|boxes|weekdays|everyWeekday)\(|^(?:day|date\.trim\(\)|sold)$/;
const BY_HAND =
  /\$\{((?:[^{}]|\{[^{}]*\})*)\}(?:은|는|이|가|을|를|과|와|으로|로|이나|나|이에요|예요)(?=[\s.,?!`'"]|$)/gm;

describe('no sentence', () => {
  const folder = fileURLToPath(new URL('../../src/chat', import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^(?:replies[\\/].*|pages)\.ts$/.test(name),
  );

  test.each(files)('of %s attaches a particle to a word it does not know', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const byHand = [...text.matchAll(BY_HAND)].map(([, expression = '']) => expression);
    expect(byHand.filter((expression) => !ENDS_ALIKE.test(expression))).toEqual([]);
  });
});
