// `sanji intent`: JSON lines of the intent corpus in, one intent with its slots per line out.

import { pathToFileURL } from 'node:url';
import { readFarmer } from '../src/language/read-farmer.ts';
import { readBuyer } from '../src/language/read-intent.ts';
import type { BuyerReading, FarmerReading, Product, RowSaid } from '../src/language/reading.ts';
import { numberedLines } from './json-lines.ts';

type Answer = { readonly intent: string; readonly slots: Readonly<Record<string, unknown>> };
type Line = {
  readonly id: unknown;
  readonly role: 'buyer' | 'farmer';
  readonly text: string;
  readonly today: string;
  readonly products: readonly Product[];
};

/** The corpus gives no limit for intents; this one only keeps absurd counts out. */
const MAX_BOXES = 50;

/** Lines that cannot be read are told on stderr with their number and skipped. */
export async function intent(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<void> {
  for await (const { number, text } of numberedLines(input)) {
    const line = parseLine(text);
    if (typeof line === 'string') {
      process.stderr.write(`intent: line ${number}: ${line}\n`);
      continue;
    }
    const answer = line.role === 'farmer' ? farmerAnswer(line) : buyerAnswer(line);
    output.write(`${JSON.stringify({ id: line.id, ...answer })}\n`);
  }
}

function parseLine(text: string): Line | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'expected a JSON object, got something that is no JSON';
  }
  if (typeof value !== 'object' || value === null) return 'expected a JSON object';
  const line = value as Record<string, unknown>;
  const context = (line.context ?? {}) as Record<string, unknown>;
  if (typeof line.text !== 'string') return 'expected "text" to be a string';
  if (line.role !== 'buyer' && line.role !== 'farmer')
    return 'expected "role" to be "buyer" or "farmer"';
  if (typeof context.today !== 'string' || Number.isNaN(Date.parse(context.today)))
    return 'expected "context.today" to be a date like 2026-07-20';
  const products = Array.isArray(context.products) ? context.products.filter(isProduct) : [];
  return { id: line.id, role: line.role, text: line.text, today: context.today, products };
}

function isProduct(value: unknown): value is Product {
  const { id, name } = (value ?? {}) as Record<string, unknown>;
  return typeof id === 'string' && typeof name === 'string';
}

function buyerAnswer({ text, today, products }: Line): Answer {
  const { intent: name, ...said }: BuyerReading = readBuyer(text, {
    today,
    products,
    maxBoxes: MAX_BOXES,
  });
  const { amountKrw, ...slots } = said;
  // The corpus has one name for all that is asked about a date.
  const intent = name === 'ask_why' ? 'ask_ship_date' : name;
  return { intent, slots: amountKrw === undefined ? slots : { ...slots, amount: amountKrw } };
}

function farmerAnswer({ text, today }: Line): Answer {
  const readings = readFarmer(text, today).filter(isOfCorpus);
  const [first] = readings;
  if (!first) return { intent: 'other', slots: {} };
  const alike = readings.filter(
    (reading) =>
      reading.kind === first.kind &&
      (reading.kind !== 'advance' || first.kind !== 'advance' || reading.to === first.to),
  );
  return corpusAnswer(first, alike, today);
}

function isOfCorpus(reading: FarmerReading): boolean {
  if (reading.kind === 'other') return false;
  if (reading.kind === 'waybills')
    return reading.entries.some(({ row }) => rowNumber(row) !== null);
  if (reading.kind === 'cancel-row') return rowNumber(reading.row) !== null;
  return reading.kind !== 'advance' || reading.rows === 'all' || rows([reading]).length > 0;
}

/** The corpus has one intent per message: several reports of one kind are put together. */
function corpusAnswer(
  first: FarmerReading,
  alike: readonly FarmerReading[],
  today: string,
): Answer {
  switch (first.kind) {
    case 'cap':
      return { intent: 'set_capacity', slots: { date: first.date, boxes: first.boxes } };
    case 'close':
      return { intent: 'set_capacity', slots: { date: first.date, boxes: 0 } };
    case 'cut':
      return { intent: 'accept_until', slots: { order: first.row } };
    case 'waybills': {
      const entries = alike.flatMap((reading) =>
        reading.kind === 'waybills' ? reading.entries : [],
      );
      const pairs = entries.flatMap(({ row, waybills }) =>
        waybills.map((tracking) => ({ order: rowNumber(row), tracking })),
      );
      return { intent: 'tracking', slots: { entries: pairs } };
    }
    case 'advance':
      if (first.to === 'harvested')
        return { intent: 'harvest_done', slots: { date: first.list ?? today } };
      if (first.to === 'shipped') return { intent: 'mark_shipped', slots: { orders: rows(alike) } };
      return { intent: 'other', slots: {} };
    case 'mark-paid':
      return { intent: 'mark_paid', slots: { orders: rows(alike) } };
    case 'price':
      return { intent: 'set_price', slots: { price: first.priceKrw } };
    case 'cancel-row':
      return { intent: 'cancel_order', slots: { order: rowNumber(first.row) } };
    case 'list':
      return { intent: 'list_orders', slots: {} };
    case 'pause':
    case 'sold-out':
      return { intent: 'pause_orders', slots: {} };
    case 'resume':
    case 'back-on-sale':
      return { intent: 'resume_orders', slots: {} };
    default:
      return { intent: 'other', slots: {} };
  }
}

function rows(readings: readonly FarmerReading[]): number[] {
  return readings.flatMap((reading) => {
    const said = reading.kind === 'advance' || reading.kind === 'mark-paid' ? reading.rows : [];
    return said === 'all' ? [] : said.flatMap((row) => rowNumber(row) ?? []);
  });
}

/** The corpus has no list: rows that only a list can tell are no rows to it. */
function rowNumber(row: RowSaid | null): number | null {
  if (row === null || typeof row === 'number') return row;
  return row.kind === 'recipient' ? (row.row ?? null) : null;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await intent(process.stdin, process.stdout);
