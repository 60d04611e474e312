// A day's packages go out in each carrier's form; somebody at the carrier numbers them, turns columns and lines
// about, hides names, drops what is ours; and every number that comes back is on the package it was stuck on.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DayList } from '../../src/orders/store.ts';
import { courierLines, courierTable } from '../../src/sheets/courier-sheet.ts';
import type { FileRow } from '../../src/sheets/table-file.ts';
import { waybillsOf } from '../../src/sheets/waybill-sheet.ts';
import { CARRIERS, type Carrier, carrierOf } from '../../src/shipping/carriers.ts';
import { parcelsOf } from '../../src/shipping/import-waybills.ts';
import { matchWaybills } from '../../src/shipping/match-waybills.ts';
import { listWith, numbersOf, parcelOn } from '../support/courier-files.ts';
import { MONDAY, shopWith, TUESDAY } from '../support/shop.ts';

/** Files for each carrier, of all kinds together. */
const FILES = 500;

const NAMES = ['김영희', '김철수', '최영', '남궁민수', '김영희'] as const;
const PHONES = ['01012345678', '01098765678', '0212345678', '01011112222'] as const;
const ADDRESSES = [
  '서울 강남구 역삼로 12 3층',
  '서울 강남구 역삼로 120 5층',
  '부산 해운대구 센텀중앙로 9, 101동 1203호',
  '경남 거창군 가조면 마상리 12-3',
] as const;

const parcel = fc.record({
  recipient: fc.constantFrom(...NAMES),
  phone: fc.constantFrom(...PHONES),
  address: fc.constantFrom(...ADDRESSES),
  boxes: fc.integer({ min: 1, max: 5 }),
  struck: fc.boolean(),
  memo: fc.constantFrom(null, '문 앞', '=1+1'),
  numbered: fc.constantFrom('none', 'none', 'none', 'all'),
});

type Drawn = { readonly [K in 'recipient' | 'phone' | 'address']: string } & {
  readonly boxes: number;
  readonly struck: boolean;
  readonly memo: string | null;
  readonly numbered: string;
};

const style = fc.record({
  /** Whether our own mark comes back. */
  marks: fc.constantFrom('kept', 'dropped'),
  names: fc.constantFrom('whole', 'masked', 'titled'),
  phones: fc.constantFrom('whole', 'masked', 'bare', 'virtual', 'none'),
  addresses: fc.constantFrom('whole', 'cut', 'masked', 'none'),
  turned: fc.integer({ min: 0, max: 20 }),
  shuffle: fc.integer({ min: 1, max: 1_000 }),
  heads: fc.integer({ min: 0, max: 2 }),
  hasFooter: fc.boolean(),
  /** Lines of people who ordered elsewhere, with the same names. */
  outsiders: fc.integer({ min: 0, max: 2 }),
});

type Style = typeof style extends fc.Arbitrary<infer S> ? S : never;

function drawList(drawn: readonly Drawn[], date: string, from: number, carrier: Carrier): DayList {
  const asked = drawn.map(({ numbered, struck, ...one }, at) => {
    const code = `P${date === MONDAY ? 6 : 7}-${String(from + at).padStart(3, '0')}`;
    const old = numbersOf(carrier, 900 + at * 10 + (date === MONDAY ? 500 : 0), 5);
    return parcelOn({
      ...one,
      ...{ code, date, struck: struck && at % 3 === 0 },
      waybills: numbered === 'all' ? old : [],
    });
  });
  return listWith(asked, date);
}

/** What a carrier makes of the file: rows as they are read, and which number is on which package. */
function atCarrier(carrier: Carrier, list: DayList, style: Style) {
  const { lines } = courierLines(list);
  const table = courierTable(shopWith({ contact: '0551234567' }), carrier, lines);
  const numbers = numbersOf(carrier, 1, lines.length);
  const truth = new Map(
    lines.map((line, at) => [
      numbers[at] ?? '',
      { parcelId: line.parcel.id, no: line.package.no } as const,
    ]),
  );
  const kept = carrier.upload.flatMap(([title, holds], column) => {
    const isNumber = /^운송장번호$/.test(title);
    const isDropped =
      isNumber ||
      (holds === 'phone' && style.phones === 'none') ||
      (['address', 'street', 'detail'].includes(holds) && style.addresses === 'none') ||
      (holds === 'mark' && style.marks === 'dropped');
    return isDropped ? [] : [{ title, holds, column }];
  });
  const turn = style.turned % (kept.length + 1);
  const columns = [...kept.slice(turn), ...kept.slice(0, turn)];
  const titles = ['순번', '운송장번호', ...columns.map(({ title }) => title)];
  const outsiders = Array.from({ length: style.outsiders }, (_, at) => {
    const cells = { recipient: NAMES[at] ?? '', phone: '010-7777-7000', contents: '' };
    const address = `대구 달서구 월배로 ${at + 7}`;
    return [
      String(lines.length + at + 1),
      numbersOf(carrier, 300 + at, 1)[0] ?? '',
      ...columns.map(({ holds }) => {
        const text = holds === 'address' || holds === 'street' ? address : '';
        return told(
          Object.entries({ ...cells }).find(([of]) => of === holds)?.[1] ?? text,
          holds,
          style,
        );
      }),
    ];
  });
  const body = table.rows.map((row, at) => [
    String(at + 1),
    dashes(numbers[at] ?? '', style.turned),
    ...columns.map(({ holds, column }) => told(String(row[column] ?? ''), holds, style)),
  ]);
  const shuffled = [...body, ...outsiders].toSorted(
    (a, b) => ((Number(a[0]) * style.shuffle) % 17) - ((Number(b[0]) * style.shuffle) % 17),
  );
  const heads = Array.from({ length: style.heads }, () => ['발송 목록', '2026-07-21']);
  const footers = style.hasFooter ? [['합계', '', `${lines.length}건`]] : [];
  const rows = [...heads, titles, ...shuffled, ...footers].map(
    (cells, at): FileRow => ({ line: at + 1, cells }),
  );
  return { rows, truth };
}

function dashes(number: string, turned: number): string {
  return turned % 3 === 0 ? number.replaceAll(/(\d{4})(?=\d)/g, '$1-') : number;
}

function told(text: string, holds: string, style: Style): string {
  if (holds === 'recipient') {
    if (style.names === 'masked') return text.replace(/(?<=^.)./u, '*');
    return style.names === 'titled' ? `${text}님` : text;
  }
  if (holds === 'phone') {
    if (style.phones === 'masked') return text.replace(/-\d{3,4}-/, '-****-');
    if (style.phones === 'bare') return text.replaceAll('-', '').replace(/^0/, '');
    return style.phones === 'virtual' ? '0504-1234-5678' : text;
  }
  if (holds === 'address' || holds === 'street') {
    if (style.addresses === 'masked') return text.replace(/(?<=구 ).*/, '***');
    return style.addresses === 'cut' ? text.split(' ').slice(0, 4).join(' ') : text;
  }
  if (holds === 'contents' && style.marks === 'dropped') return text.replace(/ ?[A-Z]\d-.*$/, '');
  return text;
}

test.each([...CARRIERS])('what goes to $id comes back to its own packages', (row) => {
  const carrier = carrierOf(row.id);
  if (carrier === null) throw new Error('no carrier');
  let harm = 0;
  let written = 0;
  let packages = 0;
  fc.assert(
    fc.property(
      fc.array(parcel, { minLength: 1, maxLength: 9 }),
      fc.array(parcel, { maxLength: 5 }),
      style,
      (today, before, how) => {
        const list = drawList(today, TUESDAY, 1, carrier);
        const older = drawList(before, MONDAY, 1, carrier);
        const { rows, truth } = atCarrier(carrier, list, how);
        if (truth.size === 0) return;
        const file = waybillsOf([rows]);
        if (file.kind === 'refused') throw new Error(file.reason);
        const parcels = [...parcelsOf(older), ...parcelsOf(list)];
        const matching = { parcels, carrier, settled: new Map() };
        const { given, open } = matchWaybills(file.lines, matching);
        packages += truth.size;
        written += given.length;
        harm += given.filter(
          (one) => truth.get(one.waybill)?.parcelId !== one.parcel.parcelId,
        ).length;
        expect(harm).toBe(0);
        // Every line is answered for.
        expect(given.length + open.length).toBe(truth.size + how.outsiders);
        if (how.marks === 'kept') {
          expect(given).toHaveLength(truth.size);
          for (const one of given) expect(one.no).toBe(truth.get(one.waybill)?.no);
        }
        const taken = given.map((one) => `${one.parcel.parcelId} ${one.no}`);
        expect(new Set(taken).size).toBe(taken.length);
        const numbered = parcels.map((one) => ({
          ...one,
          waybills: one.waybills.map(
            (before, at) =>
              given.find((g) => g.parcel.parcelId === one.parcelId && g.no === at + 1)?.waybill ??
              before,
          ),
        }));
        const again = matchWaybills(file.lines, { ...matching, parcels: numbered });
        expect(again.given).toEqual([]);
        expect(again.known).toHaveLength(given.length);
      },
    ),
    { numRuns: FILES },
  );
  expect(harm).toBe(0);
  // Namesakes are asked about, but not everybody is.
  expect(written / packages).toBeGreaterThan(0.5);
});
