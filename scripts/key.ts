import { changeKey } from '../storage/index.ts';
import { type Row, row, UsageError } from './command.ts';
import { storeOptions } from './options.ts';
import { rethrowKeyProblem } from './restore.ts';

export const commands: readonly Row[] = [
  row<{ to?: string }>({
    name: 'rotate',
    about:
      'change the data key; no server may run. The new key is made at random and never shown. A key ' +
      'file beside the database is replaced, and kept under another name for older backups. Where the ' +
      'key is SANJI_DATA_KEY, --to names the file for the new one (or that holds it already); set ' +
      'SANJI_DATA_KEY to it afterwards. Cut short it can be run again with the same words',
    options: [['--to <file>', 'where the new key is, or is to be']],
    example: 'sanji key rotate --to new.key',
    async run(cli, { to: keyFile = null }) {
      const options = storeOptions(cli.config());
      if (options.dataKey !== null && keyFile === null)
        throw new UsageError(
          'the key comes from SANJI_DATA_KEY: say by --to where the new one goes',
        );
      if (options.dataKey === null && keyFile !== null)
        throw new UsageError(
          'the key is a file beside the database and is replaced: leave out --to',
        );
      const progress = await cli.progress('key rotate');
      const change = { keyFile, now: cli.now, told: progress.told };
      const changed = await changeKey(options, change)
        .catch(rethrowKeyProblem)
        .finally(progress.end);
      const { oldKeyFile, invitesEnded, linksEnded } = changed;
      return {
        json: changed,
        lines: [
          `the data key now has the fingerprint ${changed.fingerprint}; ${changed.rows} rows were sealed anew`,
          oldKeyFile === null
            ? `set SANJI_DATA_KEY to what ${changed.keyFile} holds before the next start`
            : `it is in ${changed.keyFile}; the old one, for older backups, in ${oldKeyFile}`,
          ...(invitesEnded + linksEnded === 0
            ? []
            : [`${invitesEnded} open invites and ${linksEnded} links ended: make them anew`]),
        ],
      };
    },
  }),
];
