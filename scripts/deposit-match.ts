// Matches deposits from JSON lines: one batch of orders and deposits in, one decision a deposit out.
import { z } from 'zod';
import { type Decision, matchDeposits } from '../src/payments/deposits.ts';
import { numberedLines } from './json-lines.ts';

const ORDER = z.object({
  code: z.string(),
  amountDueKrw: z.int(),
  paidKrw: z.int().default(0),
  depositor: z.string().nullish().default(null),
  buyer: z.string().nullish().default(null),
  recipients: z.array(z.string()).default([]),
  placedAt: z.iso.datetime({ offset: true }),
  payBy: z.iso.datetime({ offset: true }),
  state: z.enum(['awaiting_payment', 'paid', 'expired', 'cancelled']),
});
const DEPOSIT = z.object({
  id: z.string(),
  at: z.iso.datetime({ offset: true }),
  name: z.string(),
  amountKrw: z.int(),
  memo: z.string().nullish(),
});
const LINE = z.object({
  id: z.unknown(),
  context: z.object({
    orders: z.array(ORDER),
    ownNames: z.array(z.string()).default([]),
  }),
  deposits: z.array(DEPOSIT),
});

/** Answers every line; one that cannot be read is named on stderr, and the next one follows. */
export async function match(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<void> {
  for await (const { number, text } of numberedLines(input)) {
    const line = LINE.safeParse(json(text));
    if (!line.success) {
      const [issue] = line.error.issues;
      process.stderr.write(`line ${number}: ${issue?.path.join('.')}: ${issue?.message}\n`);
      continue;
    }
    const { id, context, deposits } = line.data;
    const decided = matchDeposits(context.orders, deposits, { ownNames: context.ownNames });
    const decisions = Object.fromEntries([...decided].map(([one, is]) => [one, plain(is)]));
    output.write(`${JSON.stringify({ id, decisions })}\n`);
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The decision in the shape of the corpus. */
function plain(decision: Decision): Record<string, unknown> {
  if (decision.kind === 'match') return { match: decision.codes };
  if (decision.kind === 'ask') return { ask: decision.codes, reason: decision.reason };
  return { none: true, reason: decision.reason };
}
