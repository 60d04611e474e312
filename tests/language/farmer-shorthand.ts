// Readings written short, so that a table of forms stays readable.

import type { FarmerReading } from '../../src/language/reading.ts';

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
    case 'cancel-row':
      return `${reading.kind} ${reading.row}${list}`;
    case 'advance':
      return `${reading.to} ${reading.product === undefined ? '' : `${reading.product} `}${rows(reading.rows)}${out(reading.left)}${list}`;
    case 'mark-paid':
      return `paid ${rows(reading.rows)}`;
    case 'waybills': {
      const entries = reading.entries.map(
        ({ row, waybills, carrier }) =>
          `${row}=${waybills.join('+')}${carrier === null ? '' : ` ${carrier}`}`,
      );
      return `waybills ${entries.join(', ')}${list}`;
    }
    case 'price':
      return `price ${reading.priceKrw}${reading.from === null ? '' : ` from ${reading.from}`}`;
    case 'sold-out':
    case 'back-on-sale':
      return `${reading.kind} ${reading.product}`.trim();
    case 'more':
    case 'less':
      return `${reading.kind} ${reading.date ?? '?'} ${reading.boxes}`;
    case 'list':
      return `list ${reading.date ?? 'now'}`;
    default:
      return reading.kind;
  }
}

const rows = (said: readonly number[] | 'all'): string => (said === 'all' ? 'all' : said.join(','));
const out = (left: readonly number[] = []): string => left.map((row) => ` -${row}`).join('');
