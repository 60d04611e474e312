import { type Row, row } from './command.ts';

export const commands: readonly Row[] = [
  row<{ file: string }>({
    name: '',
    about: 'copy the database into a file, also while a server runs; the data key is not in it',
    args: [['<file>', 'the file to be made']],
    example: 'sanji backup /mnt/backups/sanji-2026-07-21.db',
    async run(cli, { file }) {
      const { store } = await cli.house();
      const progress = await cli.progress('backup');
      const made = await store.backup(file, cli.now(), progress.told).finally(progress.end);
      return {
        json: made,
        lines:
          made === null
            ? ['there is nothing on disk']
            : [
                `${made.file}: ${(made.bytes / 1_048_576).toFixed(1)} MiB`,
                `The data key is not in it. Keep that key apart; its fingerprint is ${made.keyFingerprint}.`,
              ],
      };
    },
  }),
];
