// The day list as a spreadsheet: for those who sort, send on or print with Excel. A phone is a text and
// keeps its 0; what somebody wrote is never computed.
import { type Column, writeBook } from './book.ts';
import { LABELS, type ListPrint, type PrintRow, STEPS } from './list-print.ts';

const FONT_PT = 14;

const COLUMNS: readonly Column[] = [
  { title: LABELS.row, kind: 'count', width: 7 },
  { title: '표시', kind: 'text', width: 10 },
  { title: LABELS.recipient, kind: 'text', width: 16 },
  { title: '연락처', kind: 'text', width: 19 },
  { title: '우편번호', kind: 'text', width: 11 },
  { title: '주소', kind: 'text', width: 46 },
  { title: '상품', kind: 'text', width: 28 },
  { title: LABELS.boxes, kind: 'count', width: 7 },
  { title: '포장', kind: 'count', width: 7 },
  { title: LABELS.memo, kind: 'text', width: 30 },
  { title: LABELS.sender, kind: 'text', width: 16 },
  { title: '보내는 분 연락처', kind: 'text', width: 19 },
  { title: '주문코드', kind: 'text', width: 11 },
  ...STEPS.map((title) => ({ title, kind: 'text', width: 7 }) as const),
  { title: LABELS.waybill, kind: 'text', width: 22 },
];

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
  return [
    ...[row.row, row.mark, row.recipient, row.phone, row.postcode, row.address],
    row.items.map(({ name, boxes }) => `${name} ${boxes}상자`).join(', '),
    ...[row.boxes, row.packages, row.memo, row.senderName, row.senderPhone, row.order],
    ...[...STEPS.map(() => null), null],
  ];
}
