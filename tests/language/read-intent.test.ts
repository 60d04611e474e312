import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { text as collect } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { intent } from '../../scripts/intent.ts';
import { INTENT_RULES } from '../../src/language/intent-rules.ts';
import { readBuyer } from '../../src/language/read-intent.ts';
import type { OrderContext } from '../../src/language/reading.ts';
import { BUYER_SLOTS, BUYER_TEXTS } from './buyer-intents.ts';

const CONTEXT: OrderContext = {
  today: '2026-07-21',
  products: [
    { id: 'p1', name: '복숭아 4kg' },
    { id: 'p2', name: '황도 4kg' },
  ],
  maxBoxes: 50,
};

describe('a buyer wants', () => {
  const said = Object.entries(BUYER_TEXTS).flatMap(([name, texts]) =>
    texts.split('|').map((text) => [text, name] as const),
  );

  test.each(said)('%j → %s', (text, name) => {
    expect(readBuyer(text, CONTEXT).intent).toBe(name);
  });

  test.each(BUYER_SLOTS)('with its details: %j', (text, reading) => {
    expect(readBuyer(text, CONTEXT)).toEqual(reading);
  });

  const examples = Object.entries(INTENT_RULES).flatMap(([name, rules]) =>
    rules.map(([, , example]) => [name, example] as const),
  );

  test.each(examples)('%s, as the table of rules says of %j', (name, example) => {
    expect(readBuyer(example, CONTEXT).intent).toBe(name);
  });

  test('the same in decomposed Hangul and full width', () => {
    expect(readBuyer('취소할게요'.normalize('NFD'), CONTEXT).intent).toBe('cancel');
    expect(readBuyer('３５,０００원 입금했어요', CONTEXT)).toEqual({
      intent: 'paid',
      amountKrw: 35_000,
    });
  });
});

describe('whatever a buyer sends', () => {
  test('is answered', () => {
    const words = [
      '입금',
      '했어요',
      '취소',
      '주소',
      '변경',
      '3박스',
      '로',
      '?',
      '언제',
      '이름으로',
    ];
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc
        .array(fc.constantFrom(...words, ' ', '\n', '김서준', '만원', '3만', '서울 종로 12'))
        .map((said) => said.join('')),
    );
    fc.assert(
      fc.property(text, (said) => {
        const { boxes, amountKrw, depositor } = readBuyer(said, CONTEXT);
        if (boxes !== undefined) expect(Number.isSafeInteger(boxes)).toBe(true);
        if (amountKrw !== undefined) expect(amountKrw).toBeGreaterThan(0);
        if (depositor !== undefined)
          expect(said.normalize('NFKC').toLowerCase()).toContain(depositor);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is answered soon, however long', () => {
    const begin = performance.now();
    for (const piece of [
      '입금 ',
      '3번 ',
      '언제',
      '1',
      '이름으로',
      'a',
      '1만',
      '서울 ',
      '안 ',
      '요 ',
      '했',
      '주식회사 ',
      '(주)',
      '2박스 말고 ',
    ])
      readBuyer(piece.repeat(20_000 / piece.length), CONTEXT);
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});

describe('the corpus', () => {
  const EXACT_FLOOR = 0.98;
  type Labelled = { id: string; expected: Answer; alt?: Answer[] };
  type Answer = { intent: string; slots?: Record<string, unknown> };

  const run = async (lines: string): Promise<Map<string, Answer>> => {
    const input = new PassThrough();
    const output = new PassThrough();
    input.end(lines);
    const answered = collect(output);
    await intent(input, output);
    output.end();
    const answers = (await answered).trim().split('\n').filter(Boolean);
    return new Map(answers.map((line) => JSON.parse(line)).map((line) => [line.id, line]));
  };

  test.each(['intents', 'intents-own'])('%s is read almost without a mistake', async (name) => {
    const lines = readFileSync(`tests/fixtures/messages/${name}.jsonl`, 'utf8');
    const labelled: Labelled[] = lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const answers = await run(lines);
    const wrong = labelled.filter(({ id, expected, alt = [] }) => {
      const got = answers.get(id);
      return ![expected, ...alt].some((label) => same(label, got));
    });
    expect(wrong.length, wrong.map(({ id }) => id).join()).toBeLessThanOrEqual(
      labelled.length * (1 - EXACT_FLOOR),
    );
  });

  test('of our own holds no message twice', () => {
    const texts = readFileSync('tests/fixtures/messages/intents-own.jsonl', 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).text.replace(/\s/g, ''));
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('may hold a broken line, which is told and passed over', async () => {
    const line = JSON.stringify({ id: 'x', role: 'farmer', text: '40', context: CONTEXT });
    const answers = await run(`{"id": \n[]\n${line}\n`);
    expect([...answers.keys()]).toEqual(['x']);
    expect(answers.get('x')?.slots).toEqual({ date: null, boxes: 40 });
  });

  /** Stricter than the scorer about names and addresses: they must be equal. */
  function same(label: Answer, got: Answer | undefined): boolean {
    if (got === undefined || label.intent !== got.intent) return false;
    return Object.entries(label.slots ?? {}).every(
      ([slot, value]) => JSON.stringify(value) === JSON.stringify(got.slots?.[slot]),
    );
  }
});
