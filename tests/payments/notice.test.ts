import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Notice, readNotices } from '../../src/payments/notice.ts';
import { NOTICE_BANKS, NOTICE_FORMS } from '../../src/payments/notice-forms.ts';

const FILE = new URL('../fixtures/deposits/notices.jsonl', import.meta.url);
const NOW = new Date('2026-07-21T18:00:00+09:00');

type Line = {
  readonly what: string;
  readonly text: string;
  readonly expected: readonly Notice[];
};

const lines = readFileSync(FILE, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Line);

describe('a notice of a bank', () => {
  test.each(lines)('is read: $what', ({ text, expected }) => {
    expect(readNotices(text, NOW)).toEqual(expected);
  });

  test('is read from more than twelve banks, each with an example of its own', () => {
    const banks = new Set(NOTICE_FORMS.map(({ bank }) => bank));
    expect(banks.size).toBe(Object.keys(NOTICE_BANKS).length);
    for (const { bank, example } of NOTICE_FORMS)
      expect(readNotices(example, NOW), example).toMatchObject([{ kind: 'deposit', bank }]);
  });

  test.each(NOTICE_FORMS.map(({ bank, example }) => ({ bank, example })))(
    'is the same with other line breaks: $bank $example',
    ({ example }) => {
      const whole = readNotices(example, NOW);
      expect(readNotices(example.replace(/\s+/g, ' '), NOW)).toEqual(whole);
      expect(readNotices(example.replace(/\n/g, '\r\n'), NOW)).toEqual(whole);
      expect(readNotices(example.replace(/\n/g, ' \n '), NOW)).toEqual(whole);
    },
  );

  test('is understood beside any others in one paste', () => {
    const forms = fc.array(fc.constantFrom(...NOTICE_FORMS), { minLength: 1, maxLength: 6 });
    const between = fc.constantFrom('\n', '\n\n', '\n[Web발신]\n', ' [Web발신] ');
    fc.assert(
      fc.property(forms, between, (chosen, separator) => {
        const paste = chosen.map(({ example }) => example).join(separator);
        const alone = chosen.flatMap(({ example }) => readNotices(example, NOW));
        expect(readNotices(paste, NOW)).toEqual(alone);
      }),
    );
  });
});

const syllable = fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCodePoint(code));
const name = fc
  .tuple(
    fc.constantFrom(...'김이박최정강조윤장임한오서신권황안송전홍원우하'),
    fc.array(syllable, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '042', ' 7042', '(토스)', ' P7-042'),
  )
  .map(([family, given, behind]) => `${family}${given.join('')}${behind}`)
  .filter((text) => !/잔액|입금|출금|님/.test(text));
const values = fc.record({
  name,
  amount: fc.integer({ min: 1, max: 9_999_999 }),
  balance: fc.integer({ min: 0, max: 99_999_999 }),
  at: fc.date({
    min: new Date('2026-01-02T00:00:00Z'),
    max: new Date('2026-07-20T14:59:00Z'),
    noInvalidDate: true,
  }),
  head: fc.nat(),
  isIn: fc.boolean(),
  hasAll: fc.boolean(),
});

describe('the forms filled with any values', () => {
  test.each(NOTICE_FORMS)('are read: $bank $form', ({ bank, form }) => {
    fc.assert(
      fc.property(values, ({ name, amount, balance, at, head, isIn, hasAll }) => {
        const korea = new Date(at.getTime() + 9 * 60 * 60_000).toISOString();
        const heads = NOTICE_BANKS[bank];
        const move = isIn ? '입금' : '출금';
        const shown: Readonly<Record<string, string>> = {
          bank: `[${heads[head % heads.length]}] `,
          date:
            /\{date\} \{time\} \{move\}/.test(form) && bank === 'ibk' && form.endsWith('{bank}')
              ? korea.slice(0, 10).replaceAll('-', '/')
              : korea.slice(5, 10).replace('-', '/'),
          time: korea.slice(11, 16),
          account: '000-****-0000-00',
          tail: '0000',
          name,
          amount: amount.toLocaleString('en'),
          money: amount.toLocaleString('en'),
          won: amount.toLocaleString('en'),
          balance: balance.toLocaleString('en'),
          left: balance.toLocaleString('en'),
          holder: '산*농원',
          passbook: '입출금통장',
          way: '전자금융',
          move,
          title: move,
        };
        const whole = hasAll ? form.replace(/[<>]/g, '') : withoutOptional(form);
        const text = whole.replace(/\{(\w+)\}/g, (_, value: string) => shown[value] ?? '');
        const says = (value: string) => whole.includes(`{${value}}`);
        const isIncoming = isIn || !says('move');
        expect(readNotices(text, NOW), text).toMatchObject([
          {
            kind: isIncoming ? 'deposit' : 'withdrawal',
            bank,
            name: says('name') ? name : null,
            amountKrw: amount,
            balanceKrw: says('balance') || says('left') ? balance : null,
          },
        ]);
      }),
      { numRuns: 50 },
    );
  });
});

/** What may be missing is, but for the head: it says which bank. */
function withoutOptional(form: string): string {
  return form.replace(/<([^<>]*)>/g, (_, inner: string) => (inner === '{bank}' ? inner : ''));
}

describe('what is no notice', () => {
  test.each([
    ['a fraction of a won', '농협 입금66,000.5원\n07/20 14:01 352-****-0000-00 송하늘'],
    ['nothing', '농협 입금0원\n07/20 14:01 352-****-0000-00 송하늘'],
    ['less than nothing', '농협 입금-66,000원\n07/20 14:01 352-****-0000-00 송하늘'],
    ['a day that is none', '농협 입금66,000원\n02/30 14:01 352-****-0000-00 송하늘'],
    ['an hour that is none', '농협 입금66,000원\n07/20 25:01 352-****-0000-00 송하늘'],
    ['a day to come', '농협 입금66,000원\n2026/07/23 14:01 352-****-0000-00 송하늘'],
    ['money asked for', '우리 김영희님 50,000원 입금 부탁드려요'],
    ['an order', '황도 2박스 김하늘 010-0123-4567 서울 노원구 동일로 1729'],
  ])('is told apart: %s', (_, text) => {
    expect(readNotices(text, NOW)).toEqual([{ kind: 'unknown', text }]);
  });

  test('is handed on whole, whatever it is, and quickly', () => {
    const word = fc.constantFrom(
      ...['[KB]', '농협', '입금', '출금', '잔액', '07/21', '14:23', '1,000', '원', '님', '김영희'],
      ...['000-***-000', '\n', ' ', '(', ')', '→', '[Web발신]', '기업', '2026/07/21'],
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 120 }), fc.constantFrom('', ' '), (words, glue) => {
        const text = words.join(glue);
        const started = performance.now();
        const found = readNotices(text, NOW);
        expect(performance.now() - started).toBeLessThan(2_000);
        for (const one of found)
          if (one.kind !== 'unknown') expect(one.amountKrw).toBeGreaterThan(0);
      }),
    );
  });
});
