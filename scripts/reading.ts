// `parse` and `intent` as rows, for their help; without options the entry runs them by itself.
import { DEFAULT_POLICY, localDate } from '../src/app.ts';
import type { Product } from '../src/language/reading.ts';
import { type Row, row, UsageError } from './command.ts';
import type { Explained } from './explain.ts';
import type { Line } from './parse.ts';
import { date } from './readers.ts';

type Parsing = {
  readonly message?: string;
  readonly explain?: boolean;
  readonly products?: readonly Product[];
  readonly today?: string;
};

export const parsing: readonly Row[] = [
  row<Parsing>({
    name: '',
    about: 'read orders: JSON lines of messages in, one reading a line out',
    args: [['[message]', 'one message instead of JSON lines']],
    options: [
      ['--explain', 'show which stretch was taken for what, and how sure the reader is'],
      ['--products <names>', 'what is on sale, with commas between (for one message)', products],
      ['--today <date>', 'the day of the message', date],
    ],
    example: "sanji parse --explain '2 boxes please, …' --products 'peach 4kg,apple 5kg'",
    async run(cli, given) {
      const { answer, parse, readLines } = await import('./parse.ts');
      const one = given.message === undefined ? null : lineOf(given.message, given, cli.now());
      if (given.explain === true) {
        const { explain, explanation } = await import('./explain.ts');
        const explained: Explained[] = [];
        for await (const line of one === null ? readLines(process.stdin) : [one])
          explained.push(explain(line));
        return { json: explained, lines: explained.flatMap(explanation) };
      }
      if (one === null) {
        await parse(process.stdin, process.stdout);
        return null;
      }
      const { readOrder } = await import('../src/language/read-order.ts');
      const reading = answer(readOrder(one.said, one.context));
      return { json: reading, lines: [JSON.stringify(reading)] };
    },
  }),
];

function products(names: string): readonly Product[] {
  return names.split(',').map((name, index) => ({ id: `p${index + 1}`, name: name.trim() }));
}

function lineOf(message: string, { products, today }: Parsing, now: Date): Line {
  if (products === undefined)
    throw new UsageError(
      "expected --products 'peach 4kg,apple 5kg' beside a message: what is on sale",
    );
  return {
    id: undefined,
    said: [{ text: message }],
    context: {
      today: today ?? localDate(now, DEFAULT_POLICY.timeZone),
      products,
      maxBoxes: DEFAULT_POLICY.maxBoxesPerOrder,
    },
  };
}

export const intending: readonly Row[] = [
  row({
    name: '',
    about: 'read intents: JSON lines of messages in, one intent with its slots a line out',
    example: 'sanji intent < intents.jsonl',
    async run() {
      const { intent } = await import('./intent.ts');
      await intent(process.stdin, process.stdout);
      return null;
    },
  }),
];
