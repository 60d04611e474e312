// The day list as a plain text: 72 columns of a fixed width in which Hangul takes two, lines that end as
// every editor knows them, and nothing that a screen or a printer would have to understand.
import { LABELS, type ListPrint, type PrintRow, STEPS, waybillPlaces } from './list-print.ts';

const LINE_COLUMNS = 72;
const INDENT = ' '.repeat(6);
const WAYBILL_COLUMNS = 20;
const RULE = '-'.repeat(LINE_COLUMNS);
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

export function listText(print: ListPrint): string {
  const names = print.products.map(({ name }) => columns(name));
  const wide = Math.min(Math.max(0, ...names), LINE_COLUMNS - INDENT.length - 12);
  const lines = [
    print.firstLine,
    print.storeName,
    print.sums,
    ...print.products.map(
      ({ name, boxes }) => `  ${padEnd(name, wide)}  ${String(boxes).padStart(6)}상자`,
    ),
    ...(print.scope === null ? [] : [print.scope]),
    RULE,
    ...print.rows.flatMap((row) => [...rowLines(row), RULE]),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** The number stands out at the left; what else is said of the row begins further in. */
function rowLines(row: PrintRow): string[] {
  const mark = row.mark === null ? '' : `[${row.mark}] `;
  const number = `${String(row.row).padStart(4)}. `;
  const goods = row.items.map(({ name, boxes }) => `${name} ${boxes}상자`).join(', ');
  if (row.struck) return wrap(`${mark}${row.recipient} · ${goods} · ${row.order}`, number);
  const address = row.postcode === null ? row.address : `${row.address} (${row.postcode})`;
  const packages = row.packages > 1 ? ` · 포장 ${row.packages}개` : '';
  const sender = [row.senderName, row.senderPhone].filter((one) => one !== null).join(' ');
  return [
    ...wrap(`${mark}${row.recipient}  ${row.phone}`, number),
    ...wrap(address),
    ...wrap(`${goods}${packages} · ${row.order}`),
    ...(row.memo === null ? [] : wrap(`${LABELS.memo}: ${row.memo}`)),
    ...(sender === '' ? [] : wrap(`${LABELS.sender}: ${sender}`)),
    `${INDENT}${STEPS.map((step) => `[ ] ${step}`).join('   ')}`,
    ...waybillLines(row.packages),
  ];
}

/** Two on a line. */
function waybillLines(packages: number): string[] {
  const places = waybillPlaces(packages).map((label) => `${label} ${'_'.repeat(WAYBILL_COLUMNS)}`);
  return places.flatMap((place, at) =>
    at % 2 === 0 ? [`${INDENT}${[place, ...places.slice(at + 1, at + 2)].join('   ')}`] : [],
  );
}

/** Broken between words or, where one is too long, within it. */
function wrap(text: string, head = INDENT): string[] {
  const room = LINE_COLUMNS - INDENT.length;
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const breakLine = () => {
    lines.push(line.trimEnd());
    line = '';
    used = 0;
  };
  for (const word of text.split(/(?<= )/)) {
    if (used > 0 && used + columns(word.trimEnd()) > room) breakLine();
    for (const letter of word) {
      if (letter !== ' ' && used + columns(letter) > room) breakLine();
      line += letter;
      used += columns(letter);
    }
  }
  breakLine();
  return lines.map((one, at) => `${at === 0 ? head : INDENT}${one}`.trimEnd());
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

function columns(text: string): number {
  let sum = 0;
  for (const letter of text) sum += WIDE.test(letter) ? 2 : 1;
  return sum;
}
