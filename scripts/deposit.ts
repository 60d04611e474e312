import { type Row, row } from './command.ts';

export const commands: readonly Row[] = [
  row({
    name: 'match',
    about:
      'decide which deposit pays which order: JSON lines of orders and deposits in, decisions out',
    example: 'sanji deposit match < deposits.jsonl',
    async run() {
      const { match } = await import('./deposit-match.ts');
      await match(process.stdin, process.stdout);
      return null;
    },
  }),
];
