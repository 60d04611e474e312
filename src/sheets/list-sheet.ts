// The day list as a spreadsheet: for those who sort, send on or print with Excel. A phone is a text and
// keeps its 0; what somebody wrote is never computed.
import { type Column, writeBook } from './book.ts';
import { LABELS, type ListPrint, type PrintRow, STEPS } from './list-print.ts';

const FONT_PT = 14;

/** Narrow, for together they are scaled to the width of the sheet; what is longer goes on below. */
const COLUMNS: readonly Column[] = [
  { title: LABELS.row, kind: 'count', width: 6 },
  { title: '표시', kind: 'text', width: 9 },
  { title: LABELS.recipient, kind: 'text', width: 13 },
  { title: '연락처', kind: 'text', width: 17 },
  { title: '우편번호', kind: 'text', width: 8 },
  { title: '주소', kind: 'text', width: 34 },
  { title: '상품', kind: 'text', width: 18 },
  { title: LABELS.boxes, kind: 'count', width: 6 },
  { title: '포장', kind: 'count', width: 6 },
  { title: LABELS.memo, kind: 'text', width: 20 },
  { title: LABELS.sender, kind: 'text', width: 17 },
  { title: '주문코드', kind: 'text', width: 10 },
  { title: LABELS.steps, kind: 'text', width: 9 },
  { title: LABELS.waybill, kind: 'text', width: 16 },
];
const TO_TICK = STEPS.map((step) => `☐ ${step}`).join('\n');

export function listSheet(print: ListPrint): Promise<Uint8Array> {
  const { title, firstLine, storeName, sums, products, scope, rows, at } = print;
  const table = {
    name: '목록',
    columns: COLUMNS,
    rows: rows.map(cellsOf),
    paper: {
      heading: [
        firstLine,
        storeName,
        sums,
        ...products.map(({ name, boxes }) => `${name} ${boxes}상자`),
        ...(scope === null ? [] : [scope]),
      ],
      fontPt: FONT_PT,
      foot: title,
      struck: new Set(rows.flatMap(({ struck }, place) => (struck ? [place] : []))),
    },
  };
  return writeBook([table], { madeAt: at });
}

function cellsOf(row: PrintRow): (string | number | null)[] {
  const sender = [row.senderName, row.senderPhone].filter((part) => part !== null).join(' ');
  return [
    ...[row.row, row.mark, row.recipient, row.phone, row.postcode, row.address],
    row.items.map(({ name, boxes }) => `${name} ${boxes}상자`).join(', '),
    ...[row.boxes, row.packages, row.memo, sender === '' ? null : sender, row.order],
    ...[row.struck ? null : TO_TICK, null],
  ];
}
