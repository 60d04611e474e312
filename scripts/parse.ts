// Reads orders from JSON lines: one message or conversation in, one reading out.

import { argv } from 'node:process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { readOrder } from '../src/language/read-order.ts';
import type { OrderContext, OrderReading, ReadRecipient, Said } from '../src/language/reading.ts';

const MAX_BOXES_DEFAULT = 50;

export type Line = {
  readonly id: unknown;
  readonly said: readonly Said[];
  readonly context: OrderContext;
};

/** Answers every line; one that cannot be read is named on stderr, and the next one follows. */
export async function parse(
  input: AsyncIterable<string> | NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<void> {
  for await (const { id, said, context } of readLines(input))
    output.write(`${JSON.stringify({ id, ...answer(readOrder(said, context)) })}\n`);
}

/** The lines that can be read. */
export async function* readLines(
  input: AsyncIterable<string> | NodeJS.ReadableStream,
): AsyncGenerator<Line> {
  let number = 0;
  for await (const text of lines(input)) {
    number += 1;
    const line = text.trim() === '' ? null : readLine(text, number);
    if (line !== null) yield line;
  }
}

async function* lines(
  input: AsyncIterable<string> | NodeJS.ReadableStream,
): AsyncGenerator<string> {
  if ('pipe' in input) {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    return;
  }
  let rest = '';
  for await (const chunk of input) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  yield rest;
}

function readLine(text: string, number: number): Line | null {
  const refuse = (problem: string): null => {
    process.stderr.write(`line ${number}: ${problem}\n`);
    return null;
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('expected one JSON object per line');
  }
  if (!isRecord(value)) return refuse('expected a JSON object');
  const messages = Array.isArray(value.messages) ? value.messages : [value.text];
  if (!messages.every((message) => typeof message === 'string')) {
    return refuse('expected "text" as a string or "messages" as a list of strings');
  }
  const context = isRecord(value.context) ? value.context : {};
  const { today, products, max_boxes: maxBoxes } = context;
  if (typeof today !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(today)) {
    return refuse('expected context.today as YYYY-MM-DD');
  }
  if (!Array.isArray(products) || !products.every(isProduct)) {
    return refuse('expected context.products as a list of {id, name}');
  }
  return {
    id: value.id,
    said: messages.map((message) => ({ text: message })),
    context: {
      today,
      products,
      maxBoxes: typeof maxBoxes === 'number' ? maxBoxes : MAX_BOXES_DEFAULT,
    },
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isProduct = (value: unknown): value is { id: string; name: string } =>
  isRecord(value) && typeof value.id === 'string' && typeof value.name === 'string';

/** The reading in the shape of the corpus. */
export function answer(reading: OrderReading): Record<string, unknown> {
  if (reading.kind === 'none') return { kind: 'none' };
  if (reading.kind === 'ask') {
    return { kind: 'ask', ask: [...new Set(reading.questions.map(({ field }) => field))] };
  }
  const { recipients, sender, senderPhone, depositor, memo, wanted } = reading.draft;
  return {
    kind: 'order',
    recipients: recipients.map(plain),
    sender,
    sender_phone: senderPhone,
    depositor,
    memo,
    wanted_date: (wanted ?? recipients.findLast((one) => one.wanted)?.wanted)?.date ?? null,
  };
}

function plain({ name, phone, address, items, memo }: ReadRecipient): Record<string, unknown> {
  return { name, phone, address, items, ...(memo === null ? {} : { memo }) };
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href)
  await parse(process.stdin, process.stdout);
