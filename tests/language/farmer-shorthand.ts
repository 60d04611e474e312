// Readings written short, so that a table of forms stays readable.

import type { FarmerReading, RowSaid, Whom } from '../../src/language/reading.ts';

export const shorthand = (readings: readonly FarmerReading[]): string =>
  readings.map(one).join('; ');

function one(reading: FarmerReading): string {
  const list = 'list' in reading && reading.list !== null ? ` @${reading.list}` : '';
  switch (reading.kind) {
    case 'cap':
      return `cap ${reading.date ?? '?'} ${reading.boxes}`;
    case 'close':
      return `close ${reading.date}`;
    case 'cut':
      return `cut ${reading.row}${list}`;
    case 'cancel-row':
      return `cancel-row ${row(reading.row)}${list}`;
    case 'advance':
      return `${reading.to} ${reading.product === undefined ? '' : `${reading.product} `}${rows(reading.rows)}${out(reading.left)}${list}`;
    case 'mark-paid':
      return `paid ${rows(reading.rows)}`;
    case 'waybills': {
      const entries = reading.entries.map(
        ({ row: of, whom, waybills, carrier, isShared }) =>
          `${of === null ? '' : row(of)}${seen(whom)}${isShared ? '&' : ''}=${waybills.join('+')}${carrier === null ? '' : ` ${carrier}`}`,
      );
      const bad = (reading.bad ?? []).map(({ said, why }) => `${why}! ${said}`);
      return `waybills ${[...entries, ...bad].join(', ')}${list}`;
    }
    case 'price':
      return `price ${reading.priceKrw}${reading.from === null ? '' : ` from ${reading.from}`}`;
    case 'sold-out':
    case 'back-on-sale':
      return `${reading.kind} ${reading.product}`.trim();
    case 'more':
    case 'less':
      return `${reading.kind} ${reading.date ?? '?'} ${reading.boxes}`;
    case 'weekly': {
      const days = reading.weekdays.map((day) => '월화수목금토일'[day]).join('');
      return `weekly ${days}${reading.isNamed ? '' : '*'} ${reading.boxes ?? 'open'}`;
    }
    case 'ask':
      return `ask ${shorthand(reading.meant)}`;
    case 'list':
      return `list ${reading.date ?? 'now'}`;
    default:
      return reading.kind;
  }
}

const rows = (said: readonly RowSaid[] | 'all'): string =>
  said === 'all' ? 'all' : said.map(row).join(',');
const out = (left: readonly RowSaid[] = []): string => left.map((one) => ` -${row(one)}`).join('');

/** `박철수` is surely a name, `사진?` perhaps. */
function row(said: RowSaid): string {
  if (typeof said === 'number') return String(said);
  switch (said.kind) {
    case 'recipient':
      return `${said.row ?? ''}${said.name}${said.isSure ? '' : '?'}`;
    case 'from':
      return `${said.row}..`;
    case 'upto':
      return `${said.from}..${said.name}`;
    default:
      return `${said.kind}${said.count}`;
  }
}

const seen = ({ name, phone, address }: Whom = {}): string => {
  const shown = [name, phone, address].filter((one) => one !== undefined);
  return shown.length === 0 ? '' : `[${shown.join('/')}]`;
};
