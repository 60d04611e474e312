import { type Row, row } from './command.ts';
import { bookCommands } from './deposit-books.ts';

export const commands: readonly Row[] = [
  ...bookCommands,
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
  row<{ file?: readonly string[] }>({
    name: 'read',
    about: "read banks' statements (CSV): what came in, without booking anything",
    args: [['[file...]', 'statements; without one, JSON lines of {"file": …} are read']],
    example: 'sanji deposit read statement.csv',
    async run(_cli, { file: files = [] }) {
      const { depositsIn, problems, readStatementFile, readStatements } = await import(
        './deposit-read.ts'
      );
      if (files.length === 0) {
        await readStatements(process.stdin, process.stdout);
        return null;
      }
      const readings = await Promise.all(
        files.map(async (file) => ({ file, reading: await readStatementFile(file) })),
      );
      const wrong = readings.flatMap(({ file, reading }) => problems(file, reading));
      for (const problem of wrong) process.stderr.write(`${problem}\n`);
      const deposits = readings.flatMap(({ reading }) => depositsIn(reading));
      return {
        json: deposits,
        lines: deposits.map(({ at, name, amountKrw }) => `${at} ${amountKrw} ${name}`),
        ok: readings.every(({ reading }) => reading.kind === 'read'),
      };
    },
  }),
];
