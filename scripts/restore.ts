import { restoreStore } from '../storage/index.ts';
import { OutsideError, type Row, row } from './command.ts';
import { storeOptions } from './options.ts';

export const commands: readonly Row[] = [
  row<{ file: string; force?: boolean }>({
    name: '',
    about:
      'put a backup in the place of the database, which is kept beside it; no server may run, and no other program may have it open',
    args: [['<file>', 'the backup']],
    options: [['--force', 'also when its books have faults; the file itself must be sound']],
    example: 'sanji restore /mnt/backups/sanji-2026-07-21.db',
    async run(cli, { file: from, force: evenWithFaults }) {
      const progress = await cli.progress('restore');
      const restoring = { from, evenWithFaults, now: cli.now(), told: progress.told };
      const told = await restoreStore(storeOptions(cli.config()), restoring)
        .catch(rethrowKeyProblem)
        .finally(progress.end);
      const { checks, ...json } = told;
      const faults = checks.filter(({ ok }) => !ok);
      return {
        json: { ...json, ok: faults.length === 0, checks },
        lines: [
          `${told.file} is restored: ${told.orders} orders, ${told.people} people`,
          ...(told.keptOld === null ? [] : [`what was there before is ${told.keptOld}`]),
          ...(told.erasedAgain === 0 ? [] : [`${told.erasedAgain} people were erased again`]),
          ...faults.map(({ name, detail }) => `BAD  ${name}: ${detail}`),
        ],
      };
    },
  }),
];

/** What a person at the console can mend is told in its own words: they name files and keys only. */
export function rethrowKeyProblem(error: unknown): never {
  if (error instanceof Error && (/SANJI_DATA_KEY/.test(error.message) || isTaken(error)))
    throw new OutsideError(error.message, { cause: error });
  throw error;
}

function isTaken(error: Error): boolean {
  return error.name === 'LeaseTaken';
}
