import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { readWaybillFile } from '../../src/sheets/waybill-sheet.ts';
import { roleOf } from '../../src/sheets/waybill-titles.ts';
import { randomOf } from '../support/random.ts';

async function read(text: string) {
  const file = await readWaybillFile(Buffer.from(text));
  if (file.kind === 'refused') return file.reason;
  return file.lines.map(({ line, waybills, recipient, phones, fault }) =>
    [line, fault ?? waybills.join(' '), recipient, ...phones].join(' | '),
  );
}

const TITLES = '운송장번호,받는분,받는분전화번호';

describe('a file of waybills', () => {
  test('begins with its titles wherever they stand, and may repeat them', async () => {
    const text = `CJ대한통운 발송 목록\n2026-07-21,햇살농원\n\n${TITLES}\n123456789012,김영희,01011112222\n${TITLES}\n123456789013,박철수,01033334444`;
    expect(await read(text)).toEqual([
      '5 | 123456789012 | 김영희 | 01011112222',
      '7 | 123456789013 | 박철수 | 01033334444',
    ]);
  });

  test('ends where sums and notes begin', async () => {
    const sums = '합계,,\n2,합계,\n총 2건,,\n,,\n※ 문의는 대리점으로,,';
    expect(await read(`${TITLES}\n123456789012,김영희,01011112222\n${sums}`)).toEqual([
      '2 | 123456789012 | 김영희 | 01011112222',
    ]);
  });

  test('tells of every line that cannot be read instead of losing it', async () => {
    const lines = [
      '"123456789012,김영희,01011112222',
      '123456789013,박철수,1033334444',
      ',최영,01055556666',
      '6.01235E+12,최영,01055556666',
      '발급전,최영,01055556666',
    ];
    expect(await read([TITLES, ...lines].join('\n'))).toEqual(
      [
        '2 | unreadable_number |  | ',
        '3 | 123456789013 | 박철수 | 01033334444',
        '4 | no_number | 최영 | 01055556666',
        '5 | rounded | 최영 | 01055556666',
        '6 | unreadable_number | 최영 | 01055556666',
      ].map((line) => line.replace(/ \| $/, '')),
    );
  });

  test('leaves out nobody that is cancelled or comes back: it says so', async () => {
    const text = `${TITLES},접수상태,예약구분\n123456789012,김,010,취소,일반\n123456789013,박,010,접수,반품\n123456789014,최,010,접수,일반`;
    expect(await read(text)).toEqual([
      '2 | not_sent | 김 | 010',
      '3 | not_sent | 박 | 010',
      '4 | 123456789014 | 최 | 010',
    ]);
  });

  test('may have its numbers as numbers, on any sheet that is shown', async () => {
    const rows = [
      ['등기번호', '받는 분', '휴대전화(010-1234-5678)'],
      [6_012_345_678_901, '김영희', 1_011_112_222],
      [6_012_350_000_000, '박철수', 1_033_334_444],
    ];
    const bytes = await writeXlsx({
      sheets: [
        { name: '안내', rows: [['이 파일은 우체국에서']] },
        { name: '목록', rows },
      ],
    });
    const file = await readWaybillFile(bytes);
    expect(file).toMatchObject({
      ...{ kind: 'read', carrier: { id: 'kr.epost' }, column: '등기번호' },
      lines: [
        { line: 2, waybills: ['6012345678901'], phones: ['01011112222'], fault: null },
        { line: 3, fault: 'rounded' },
      ],
    });
  });

  test('that is damaged anywhere is read or refused, never more', async () => {
    const random = randomOf(7);
    const rows = [TITLES.split(','), ['123456789012', '김영희', '01011112222']];
    const whole = await writeXlsx({ sheets: [{ name: 'S', rows }] });
    for (let no = 0; no < 300; no++) {
      const bytes = Buffer.from(whole);
      for (let flip = 0; flip < 10; flip++)
        bytes[random.whole(0, bytes.length - 1)] = random.whole(0, 255);
      expect(['read', 'refused']).toContain((await readWaybillFile(bytes)).kind);
    }
  });
});

test.each([
  ['운송장번호', 'waybill'],
  ['운송장번호(로젠택배)', 'waybill'],
  ['등기번호', 'waybill'],
  ['원운송장번호', null],
  ['받으시는분', 'recipient'],
  ['수하인명', 'recipient'],
  ['수취인', 'recipient'],
  ['인수자', null],
  ['받는분기타연락처', 'phone'],
  ['보내는분전화번호', null],
  ['전화번호1', 'phone'],
  ['전화번호1(지정)', null],
  ['받는분주소(전체,분할)', 'address'],
  ['주소(지정)', null],
  ['택배사', 'carrier'],
  ['운임구분', null],
  ['예약구분', 'status'],
])('the title %s says %s', (title, role) => {
  expect(roleOf(title)).toBe(role);
});
