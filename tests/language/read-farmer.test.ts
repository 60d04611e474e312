import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FARMER_RULES } from '../../src/language/farmer-rules.ts';
import { FARMER_WORDS } from '../../src/language/farmer-words.ts';
import { readFarmer } from '../../src/language/read-farmer.ts';
import type { FarmerReading, RowSaid } from '../../src/language/reading.ts';
import { ROWS_MAX } from '../../src/language/rows.ts';
import { FARMER_FORMS } from './farmer-forms.ts';
import { shorthand } from './farmer-shorthand.ts';

const TODAY = '2026-07-21';

describe('a farmer says', () => {
  test.each(FARMER_FORMS)('%j → %s', (text, reading) => {
    expect(shorthand(readFarmer(text, TODAY))).toBe(reading);
  });

  test('a name in decomposed Hangul or full width like any other', () => {
    expect(shorthand(readFarmer('내일 20상자'.normalize('NFD'), TODAY))).toBe('cap 2026-07-22 20');
    expect(shorthand(readFarmer('３번 송장 １２３４５６７８９０１２', TODAY))).toBe(
      'waybills 3=123456789012',
    );
  });

  test('last December in January', () => {
    expect(shorthand(readFarmer('12/30 3번 발송', '2026-01-02'))).toBe('shipped 3 @2025-12-30');
  });
});

describe('the tables', () => {
  test('hold no word twice', () => {
    const words = Object.values(FARMER_WORDS).flatMap((row) => row.trim().split(/\s+/));
    expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
  });

  const examples = FARMER_RULES.flatMap(({ name, examples }) =>
    examples.map((example) => [name, example] as const),
  );
  const KINDS: Readonly<Record<string, FarmerReading['kind']>> = {
    doubtful: 'ask',
    'put-off': 'cut',
    backwards: 'ask',
    rest: 'other',
    cancel: 'cancel-row',
    paid: 'mark-paid',
  };

  test.each(examples)('show of %s what "%s" means', (name, example) => {
    const [first] = readFarmer(example, TODAY);
    expect(first?.kind).toBe(KINDS[name] ?? name);
  });
});

describe('whatever is sent', () => {
  const PIECES = [
    ...['3번', '1-12', '5', '40', '0', '-1', '99999', '1~99999', '12번까지', '123456789012', ','],
    ...['발송', '포장', '수확', '취소', '입금', '송장', '내일', '어제', '8/1', '~', '상자', '박스'],
    ...[
      '다',
      '만',
      '까지',
      '못',
      '안',
      '?',
      '\n',
      '\t',
      '.',
      '빼고',
      '4만원',
      '가격',
      '한진',
      '끝',
    ],
    ...['했어요', '휴무', '되돌려', '목록', '주문', '멈춤', '다시', '마흔', '열두', '①', '\ud800'],
  ];
  const pieces = fc
    .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom('', ' ')), { maxLength: 60 })
    .map((said) => said.flat().join(''));

  test('the answer is well formed and bounded', () => {
    const text = fc.oneof(
      { weight: 5, arbitrary: pieces },
      fc.string({ unit: 'binary', maxLength: 300 }),
    );
    fc.assert(fc.property(text, wellFormed), { numRuns: 3_000 });
  });

  const SAID_OFTEN = [
    ...[
      '3번 ',
      '발송 ',
      '1,',
      '8/1~',
      '내일 20 ',
      '3번 123456789012 ',
      '1-1 ',
      '1.2.',
      '가',
      '이번 ',
    ],
    ...[
      '박철수님 ',
      '김*',
      '님',
      '중 5 빼고 ',
      '3번 빼고 ',
      '나머지 포장 ',
      '앞에 ',
      '끝',
      '삼번 ',
      '발숑',
    ],
  ];
  const PASTED_OFTEN = [
    '박철수 123456789012\n',
    '1\t박철수\t010-1234-5678\t서울 노원구 동일로 1729\t123456789012\tCJ\n',
    '[CJ대한통운] 박*수님 운송장번호 123456789012\n',
    '받는분: 박철수\n운송장번호: 123456789012\n',
    '보내는분 ',
    '받는분 123456789012 ',
    '123456789012\n',
    '1|2|',
    '서울 ',
    '6.01235e+12 ',
    '010-****-',
  ];

  test('three hundred waybills are one command, in whatever columns they come', () => {
    const lines = Array.from({ length: 300 }, (_, at) => ({
      row: at + 1,
      waybill: String(500_000_000_000 + at),
      phone: `010-1234-${String(at).padStart(4, '0')}`,
    }));
    const forms = [
      lines.map(({ row, waybill }) => `${row}번 ${waybill}`),
      lines.map(({ row, waybill }) => `${waybill} ${row}번`),
      lines.map(({ row, waybill, phone }) => `${phone}\t박철수\t${waybill}\t${row}번`),
      lines.map(({ waybill, phone }) => `${waybill} | 김*희 | ${phone}`),
    ];
    for (const form of forms) {
      const readings = readFarmer(form.join('\n'), TODAY);
      expect(readings).toHaveLength(1);
      expect(readings[0]).toMatchObject({ kind: 'waybills' });
      const entries = readings[0]?.kind === 'waybills' ? readings[0].entries : [];
      expect(entries.map(({ waybills }) => waybills[0])).toEqual(lines.map((line) => line.waybill));
    }
  });

  test('ten times the text costs about ten times the work', () => {
    for (const piece of [...SAID_OFTEN, ...PASTED_OFTEN]) {
      const milliseconds = (length: number): number => {
        const text = piece.repeat(length / piece.length);
        // Time of the processor, and the shortest of many: a busy machine interrupts most.
        const times = Array.from({ length: 20 }, () => {
          const begin = process.cpuUsage();
          readFarmer(text, TODAY);
          const { user, system } = process.cpuUsage(begin);
          return (user + system) / 1_000;
        });
        return Math.min(...times);
      };
      // The added milliseconds keep the clock's grain and a busy machine out of it.
      expect(milliseconds(20_000), piece).toBeLessThan(15 * milliseconds(2_000) + 20);
    }
  });

  function wellFormed(text: string): void {
    const readings = readFarmer(text, TODAY);
    expect(readings.length).toBeGreaterThan(0);
    for (const reading of readings) {
      if ('rows' in reading && reading.rows !== 'all') rowNumbers(reading.rows);
      if (reading.kind === 'cut' || reading.kind === 'cancel-row') rowNumbers([reading.row]);
      if (reading.kind === 'waybills') {
        expect(reading.entries.length + (reading.bad?.length ?? 0)).toBeGreaterThan(0);
        for (const { row } of reading.entries) if (row !== null) rowNumbers([row]);
        for (const { waybills } of reading.entries)
          for (const waybill of waybills) expect(waybill).toMatch(/^\d{10,14}$/);
      }
      if (reading.kind === 'cap') expect(reading.boxes).toBeGreaterThanOrEqual(0);
      const days = [
        'date' in reading ? reading.date : null,
        'list' in reading ? reading.list : null,
      ];
      for (const day of days) if (day !== null) expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  }

  function rowNumbers(rows: readonly RowSaid[]): void {
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThanOrEqual(ROWS_MAX);
    for (const row of rows) {
      if (typeof row === 'number') expect(Number.isSafeInteger(row) && row > 0).toBe(true);
      else if (row.kind === 'recipient') expect(row.name).not.toBe('');
      else if (row.kind === 'upto') expect(row.from).toBeGreaterThan(0);
      else expect(row.kind === 'from' ? row.row : row.count).toBeGreaterThanOrEqual(0);
    }
  }
});
