import { mendStore } from '../storage/index.ts';
import { type Row, row } from './command.ts';
import { storeOptions } from './options.ts';
import { rethrowKeyProblem } from './restore.ts';

export const commands: readonly Row[] = [
  row<{ fix?: boolean }>({
    name: '',
    about: 'check the books against each other: caps, ledger, lists, queue',
    options: [
      [
        '--fix',
        'first mend what is kept twice: the boxes reserved on a date, the look-up of waybills; no server may run',
      ],
    ],
    example: 'sanji doctor --fix',
    async run(cli, { fix = false }) {
      const options = storeOptions(cli.config());
      const mended = fix ? await mendStore(options, cli.now()).catch(rethrowKeyProblem) : null;
      const { store } = await cli.house();
      const progress = await cli.progress('doctor');
      const checks = await store.doctor(progress.told).finally(progress.end);
      const ok = checks.every((check) => check.ok);
      return {
        json: { ok, checks, ...(mended === null ? {} : { mended }) },
        lines: [
          ...(mended ?? []).map((name) => `mended: ${name}`),
          ...checks.map(
            ({ name, ok: isOk, detail }) =>
              `${isOk ? 'ok ' : 'BAD'}  ${name}${detail === 'ok' ? '' : `: ${detail}`}`,
          ),
          ok ? 'all is well' : 'something is wrong',
        ],
        ok,
      };
    },
  }),
];
