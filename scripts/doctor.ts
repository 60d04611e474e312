import { type Row, row } from './command.ts';

export const commands: readonly Row[] = [
  row({
    name: '',
    about: 'check the books against each other: caps, ledger, lists, queue',
    example: 'sanji doctor --json',
    async run(cli) {
      const { store } = await cli.house();
      const progress = await cli.progress('doctor');
      const checks = await store.doctor(progress.told).finally(progress.end);
      const ok = checks.every((check) => check.ok);
      return {
        json: { ok, checks },
        lines: [
          ...checks.map(
            ({ name, ok: isOk, detail }) =>
              `${isOk ? 'ok ' : 'BAD'}  ${name}${isOk ? '' : `: ${detail}`}`,
          ),
          ok ? 'all is well' : 'something is wrong',
        ],
        ok,
      };
    },
  }),
];
