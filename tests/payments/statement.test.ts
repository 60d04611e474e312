import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { readStatement, STATEMENT_BYTES_MAX } from '../../src/payments/statement.ts';

const FOLDER = new URL('../fixtures/deposits/statements/', import.meta.url);
const HEADER = '거래일시,적요,보낸분/받는분,송금메모,출금액,입금액,잔액,거래점,구분';

type Truth = {
  readonly at: string;
  readonly name: string;
  readonly amountKrw: number;
  readonly nameAlt?: readonly string[];
};

function read(text: string | Uint8Array) {
  const reading = readStatement(typeof text === 'string' ? Buffer.from(text) : text);
  if (reading.kind === 'refused') throw new Error(`refused: ${reading.reason}`);
  return reading;
}

const plain = (name: string) => name.normalize('NFKC').replace(/\s/g, '');

describe('a statement of a bank', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.csv'));

  test.each(files)('is read to the won: %s', (file) => {
    const truth = JSON.parse(
      readFileSync(new URL(file.replace('.csv', '.truth.json'), FOLDER), 'utf8'),
    ) as Truth[];
    const { deposits } = read(readFileSync(new URL(file, FOLDER)));
    expect(deposits).toHaveLength(truth.length);
    for (const [place, { at, name, amountKrw, nameAlt = [] }] of truth.entries()) {
      const found = deposits[place];
      expect(found?.amountKrw).toBe(amountKrw);
      expect(Date.parse(found?.at ?? '')).toBe(Date.parse(at));
      expect([name, ...nameAlt].map(plain)).toContain(plain(found?.name ?? ''));
    }
  });

  test.each([
    ['kb.csv', 'kb', 3],
    ['woori.csv', 'woori', 2],
    ['nh-personal.csv', 'nh', 1],
    ['hana.csv', 'hana', 1],
    ['sc.csv', 'sc', 0],
    ['post.csv', 'post', 1],
    ['one-column.csv', 'other', 1],
  ])('says whose it is and what went out: %s', (file, bank, out) => {
    const reading = read(readFileSync(new URL(file, FOLDER)));
    expect(reading.bank).toBe(bank);
    expect(reading.outgoing).toHaveLength(out);
    expect(reading.outgoing.every(({ amountKrw }) => amountKrw < 0)).toBe(true);
  });

  test('keeps syllables that only CP949 has', () => {
    const { deposits } = read(readFileSync(new URL('nh-business.csv', FOLDER)));
    expect(deposits[0]?.name).toBe('똠양꿍상회');
  });

  test('takes the way money came for a name only where nothing says who', () => {
    const sent = (said: string, holder: string) => {
      const titles = '거래일시,적요,의뢰인/수취인,입금,출금,거래후잔액';
      return read([titles, `2026-07-20 09:00:00,${said},${holder},5000,0,1`].join('\n')).deposits[0]
        ?.name;
    };
    expect(sent('복숭아', '(주)카카오페이')).toBe('복숭아');
    expect(sent('타행이체', '윤미란')).toBe('윤미란');
    expect(sent('', '윤미란')).toBe('윤미란');
    expect(sent('타행이체', '')).toBe('타행이체');
    const kb = '2026.07.20 08:12:41,전자금융,모바일,,0,5000,1,본점,';
    expect(read([HEADER, kb].join('\n')).deposits[0]?.name).toBe('모바일');
  });

  test('tells of a deposit that was taken back, by its line', () => {
    const { refused, outgoing } = read(readFileSync(new URL('woori.csv', FOLDER)));
    expect(refused).toEqual([{ line: 6, reason: 'taken_back' }]);
    expect(outgoing).toContainEqual(
      expect.objectContaining({ name: '강춘희', amountKrw: -110_000, isTakenBack: true }),
    );
  });

  test('numbers rows that are alike to the letter', () => {
    const row = '2026.07.20 08:12:41,전자금융,이은정,,0,"80,000",,본점,';
    const { deposits } = read([HEADER, row, row].join('\n'));
    expect(deposits.map(({ nth }) => nth)).toEqual([0, 1]);
    expect(deposits.map(({ balanceKrw }) => balanceKrw)).toEqual([null, null]);
  });
});

const RARE = [...'똠뷁펲햏뎡쑝쓩힣'];
const nameText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCodePoint(code)),
      fc.constantFrom(...RARE, ' ', '"', ',', '(', ')', '&', '-', 'K', '7'),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((letters) => `김${letters.join('')}`.replace(/\s+/g, ' ').trim());
const moves = fc.array(
  fc.record({
    name: nameText,
    amount: fc.integer({ min: 1, max: 99_999_999 }),
    isIn: fc.boolean(),
    minute: fc.integer({ min: 0, max: 500_000 }),
    second: fc.integer({ min: 0, max: 59 }),
  }),
  { maxLength: 20 },
);

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const START_MS = Date.parse('2026-01-01T00:00:00+09:00');

/** How a bank lays out one move: cells by title. */
const LAYOUTS = [
  {
    titles: ['거래일시', '적요', '보낸분/받는분', '출금액', '입금액', '잔액', '거래점'],
    cells: (day: string, time: string, name: string, amount: string, isIn: boolean) => [
      `${day.replaceAll('-', '.')} ${time}`,
      '전자금융',
      name,
      isIn ? '0' : amount,
      isIn ? amount : '0',
      '1,000',
      '본점',
    ],
  },
  {
    titles: ['거래일자', '거래시간', '적요', '출금(원)', '입금(원)', '내용', '잔액(원)', '거래점'],
    cells: (day: string, time: string, name: string, amount: string, isIn: boolean) => [
      day,
      time,
      '모바일',
      isIn ? '' : amount,
      isIn ? amount : '',
      name,
      '1,000',
      '신한00',
    ],
  },
  {
    titles: ['', '거래일시', '구분', '거래금액', '거래 후 잔액', '거래구분', '내용', '메모'],
    cells: (day: string, time: string, name: string, amount: string, isIn: boolean) => [
      '',
      `${day.replaceAll('-', '.')} ${time}`,
      isIn ? '입금' : '출금',
      isIn ? amount : `-${amount}`,
      '1,000',
      '일반입금',
      name,
      '',
    ],
  },
];

const ENCODINGS = ['utf8', 'utf8-bom', 'cp949', 'utf16'] as const;

function encoded(text: string, encoding: (typeof ENCODINGS)[number]): Buffer {
  if (encoding === 'utf8') return Buffer.from(text);
  if (encoding === 'utf8-bom') return Buffer.from(`\ufeff${text}`);
  if (encoding === 'cp949') return iconv.encode(text, 'cp949');
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
}

describe('any statement', () => {
  test('gives back what was written, in every encoding, separator and layout', () => {
    fc.assert(
      fc.property(
        moves,
        fc.constantFrom(...LAYOUTS),
        fc.constantFrom(...ENCODINGS),
        fc.constantFrom(',', '\t', ';', '|'),
        fc.constantFrom('\n', '\r\n'),
        (rows, { titles, cells }, encoding, separator, lineEnd) => {
          const told = rows.map((row) => {
            const at = new Date(START_MS + row.minute * 60_000 + row.second * 1_000);
            const local = new Date(at.getTime() + 9 * 60 * 60_000).toISOString();
            const amount = row.amount.toLocaleString('en');
            return cells(local.slice(0, 10), local.slice(11, 19), row.name, amount, row.isIn);
          });
          const lines = [['거래내역조회'], ['계좌번호', '000-000'], titles, ...told];
          const text = lines.map((line) => line.map(quoted).join(separator)).join(lineEnd);
          const reading = read(encoded(text, encoding));
          expect(
            [...reading.deposits, ...reading.outgoing]
              .toSorted((a, b) => a.line - b.line)
              .map(({ at, name, amountKrw }) => ({ at, name, amountKrw })),
          ).toEqual(
            rows.map(({ name, amount, isIn, minute, second }) => ({
              at: new Date(START_MS + minute * 60_000 + second * 1_000).toISOString(),
              name,
              amountKrw: isIn ? amount : -amount,
            })),
          );
          expect(reading.refused).toEqual([]);
        },
      ),
    );
  });

  test('never throws, whatever the bytes are', () => {
    const noise = fc.uint8Array({ maxLength: 500 });
    const scraps = fc
      .array(fc.constantFrom(HEADER, '\n', '"', ',', '\0', '2026.07.20', '80,000', '김', '='), {
        maxLength: 40,
      })
      .map((parts) => Buffer.from(parts.join('')));
    fc.assert(
      fc.property(fc.oneof(noise, scraps), (bytes) => {
        expect(['read', 'refused']).toContain(readStatement(bytes).kind);
      }),
    );
  });
});

describe('a row that cannot be booked', () => {
  const good = '2026.07.20 08:12:41,전자금융,이은정,,0,"80,000","1,284,300",본점,';
  const row = (amount: string, name = '김영희', time = '2026.07.20 08:12:41') =>
    `${time},전자금융,${name},,0,"${amount}","1,284,300",본점,`;

  test.each([
    ['unreadable_amount', row('8만원')],
    ['unreadable_amount', row('80,00')],
    ['fraction', row('80,000.5')],
    ['taken_back', row('-80,000')],
    ['taken_back', row('(80,000)')],
    ['formula', row('80,000', "=cmd|' /C calc'!A0")],
    ['formula', row('80,000', '"=HYPERLINK(""http://x"")"')],
    ['formula', row('80,000', '@SUM(1+1)')],
    ['formula', row('80,000', '+SUM(1)')],
    ['unreadable_time', row('80,000', '김영희', '2026.02.30 08:12:41')],
    ['unreadable_time', row('80,000', '김영희', '2026.07.20 25:00:00')],
    ['unreadable_time', row('80,000', '김영희', '어제')],
    ['both_ways', '2026.07.20 08:12:41,전자금융,김영희,,"1,000","80,000","1,284,300",본점,'],
    ['no_name', '2026.07.20 08:12:41,,,,0,"80,000","1,284,300",본점,'],
  ])('is told by its line as %s, and the rest is read: %s', (reason, bad) => {
    const { deposits, refused } = read([HEADER, good, bad, good].join('\n'));
    expect(refused).toEqual([{ line: 3, reason }]);
    expect(deposits.map(({ line }) => line)).toEqual([2, 4]);
  });

  test('does not take the rows below with it when a quote is never closed', () => {
    const torn = '2026.07.20 08:12:41,전자금융,"김영희,,0,"80,000","1,284,300",본점,';
    const { deposits, refused } = read([HEADER, good, torn, good, good].join('\n'));
    expect(deposits.map(({ line }) => line)).toEqual([2, 4, 5]);
    expect(refused.map(({ line }) => line)).toEqual([3]);
  });

  test('does not swallow others between two quotes that belong to nobody', () => {
    const plain = (name: string) => `2026.07.20 08:12:41,전자금융,${name},,0,80000,1284300,본점,`;
    const lines = [HEADER, plain('"김영희'), plain('이은정'), plain('박나연"'), plain('한성규')];
    const { deposits, refused } = read(lines.join('\n'));
    expect(deposits.map(({ line }) => line)).toEqual([3, 4, 5]);
    expect(refused).toEqual([{ line: 2, reason: 'no_row' }]);
  });

  test('may have line breaks inside a cell', () => {
    const row =
      '2026.07.20 08:12:41,전자금융,이은정,"문 앞에\n놔주세요",0,"80,000","1,284,300",본점,';
    const { deposits } = read([HEADER, row, good].join('\n'));
    expect(deposits.map(({ line }) => line)).toEqual([2, 4]);
  });

  test('came in where a withdrawal was taken back', () => {
    const titles = '거래일시,구분,거래금액,거래후잔액,내용';
    const rows = ['입금', '출금', '출금취소'].map(
      (way) => `2026-07-20 09:00:00,${way},5000,1,김영희`,
    );
    const { deposits, outgoing } = read([titles, ...rows].join('\n'));
    expect(deposits.map(({ line }) => line)).toEqual([2, 4]);
    expect(outgoing.map(({ line }) => line)).toEqual([3]);
  });

  test('is not a sum, a note, or the titles once more', () => {
    const others = [
      HEADER,
      '',
      ',,,합계,"10,000","80,000",,,',
      '합계,,,,"10,000","80,000",,,',
      '총 3건,,,,,,,,',
      ',,이월잔액,,,,"1,000",,',
      '※ 본 내역은 참고용입니다.',
    ];
    const { deposits, refused } = read([HEADER, good, ...others, good].join('\n'));
    expect(deposits).toHaveLength(2);
    expect(refused).toEqual([]);
  });
});

describe('a file that is no statement', () => {
  test.each([
    ['empty', Buffer.from('')],
    ['empty', Buffer.from(' \n\n')],
    ['spreadsheet', Buffer.from('504b030414000600', 'hex')],
    ['spreadsheet', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['pdf', Buffer.from('%PDF-1.7 …')],
    ['web_page', Buffer.from('<html><table><tr><td>거래일시</td></tr></table></html>')],
    ['no_text', Buffer.from([0x80, 0xff, 0x00, 0x01, 0x02, 0xfe])],
    ['no_table', Buffer.from('이름,전화\n김영희,010')],
    ['no_table', Buffer.from('{"deposits":[]}')],
    ['too_large', Buffer.alloc(50_000_000, 'a')],
    ['too_large', Buffer.alloc(STATEMENT_BYTES_MAX + 1, ',')],
  ])('is refused as %s', (reason, bytes) => {
    expect(readStatement(bytes)).toEqual({ kind: 'refused', reason });
  });
});
