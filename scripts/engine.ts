import { copyEngine } from '../storage/index.ts';
import { OutsideError, type Row, row, UsageError } from './command.ts';
import { storeOptions } from './options.ts';

export const commands: readonly Row[] = [
  row<{ from?: string; to?: string }>({
    name: 'copy',
    about:
      'copy the whole shop from SQLite to PostgreSQL or back, into an empty database; no server may ' +
      'write meanwhile. Both have the same SANJI_DATA_KEY (a key file beside a SQLite source is found). ' +
      'Cut short it goes on where it was with the same words; until all is compared the copy opens nowhere',
    options: [
      ['--from <url>', 'sqlite:<file> or postgres://…, which stays as it is'],
      ['--to <url>', 'postgres://… or sqlite:<file>, empty or an unfinished copy of the same'],
    ],
    example: 'sanji engine copy --from sqlite:data/sanji.db --to postgres://sanji@db/sanji',
    async run(cli, { from, to }) {
      if (from === undefined || to === undefined)
        throw new UsageError('say by --from what is copied and by --to where it goes');
      const progress = await cli.progress('engine copy');
      const copying = { from, to, now: cli.now, told: progress.told };
      const copied = await copyEngine(storeOptions(cli.config()), copying)
        .catch(rethrowCopyProblem)
        .finally(progress.end);
      return {
        json: copied,
        lines: [
          `${copied.rows} rows are copied from ${copied.from} to ${copied.to}; counts and sums are equal`,
          `orders ${copied.tables.orders}, parcels ${copied.tables.parcels}, people ${copied.tables.people}`,
          'Now set DATABASE_URL to the copy and start the program.',
        ],
      };
    },
  }),
];

/** What a person at the console can mend: its words name databases and keys only. */
function rethrowCopyProblem(error: unknown): never {
  const isMendable =
    error instanceof Error &&
    (['CopyRefused', 'LeaseTaken'].includes(error.name) ||
      /SANJI_DATA_KEY|DATABASE_URL|newer program/.test(error.message));
  if (isMendable) throw new OutsideError(error.message, { cause: error });
  throw error;
}
