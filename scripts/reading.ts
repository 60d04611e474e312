// `parse` and `intent` as rows, for their help; without options the entry runs them by itself.
import { type Row, row } from './command.ts';

export const parsing: readonly Row[] = [
  row({
    name: '',
    about: 'read orders: JSON lines of messages in, one reading a line out',
    example: 'sanji parse < orders.jsonl',
    async run() {
      const { parse } = await import('./parse.ts');
      await parse(process.stdin, process.stdout);
      return null;
    },
  }),
];

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
