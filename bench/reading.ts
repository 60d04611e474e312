// How many order messages one core reads in a second.
import { readFileSync } from 'node:fs';
import { readOrder } from '../src/language/read-order.ts';
import type { OrderContext, Said } from '../src/language/reading.ts';
import { median } from './measure.ts';

const FILE = new URL('../tests/fixtures/messages/orders.jsonl', import.meta.url);
const ROUNDS = 9;
const PASSES = 5;
/** A server reads for days; here the engine has compiled the reader, which takes some 20,000 messages. */
const WARM_ROUNDS = 16;

type Line = {
  readonly text?: string;
  readonly messages?: readonly string[];
  readonly context: { today: string; products: OrderContext['products']; max_boxes: number };
};

export async function benchReading(): Promise<string[]> {
  const lines = readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
    .map(({ text, messages, context }) => ({
      said: (messages ?? [text ?? '']).map((one): Said => ({ text: one })),
      context: { today: context.today, products: context.products, maxBoxes: context.max_boxes },
    }));
  const rates: number[] = [];
  for (let round = 0; round < WARM_ROUNDS + ROUNDS; round++) {
    const start = process.cpuUsage();
    for (let pass = 0; pass < PASSES; pass++)
      for (const { said, context } of lines) readOrder(said, context);
    const { user, system } = process.cpuUsage(start);
    if (round >= WARM_ROUNDS) rates.push((lines.length * PASSES) / ((user + system) / 1e6));
  }
  const spread = `${Math.round(Math.min(...rates))}–${Math.round(Math.max(...rates))}`;
  return [
    `order messages: ${Math.round(median(rates))}/s of CPU time (${spread}, n=${ROUNDS}; goal ≥ 10,000)`,
  ];
}
