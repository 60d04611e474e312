import { DomainError } from '../src/app.ts';
import { type Row, row } from './command.ts';
import { date } from './readers.ts';

export const commands: readonly Row[] = [
  row({
    name: 'ls',
    about: 'list the public holidays; stores close on the day before, unless they say otherwise',
    example: 'sanji holiday ls',
    async run(cli) {
      const { store } = await cli.house();
      const json = await store.listHolidays();
      return { json, lines: json.map((one) => `${one.date}  ${one.name}`) };
    },
  }),
  row<{ date: string; name: string }>({
    name: 'add',
    about: 'add a public holiday, or rename it',
    args: [
      ['<date>', 'the date', date],
      ['<name>', 'its name'],
    ],
    example: 'sanji holiday add 2026-08-15 Liberation-Day',
    async run(cli, json) {
      const { store } = await cli.house();
      const { date: day, name } = json;
      await store.putHoliday(day, name);
      return { json: { date: day, name }, lines: [`${day}  ${name}`] };
    },
  }),
  row<{ date: string }>({
    name: 'rm',
    about: 'remove a public holiday',
    args: [['<date>', 'the date', date]],
    example: 'sanji holiday rm 2026-08-15',
    async run(cli, { date: day }) {
      const { store } = await cli.house();
      const known = (await store.listHolidays()).find((one) => one.date === day);
      if (known === undefined) throw new DomainError('not_found', `${day} is no holiday`);
      await store.putHoliday(day, null);
      return { json: { date: day, name: known.name }, lines: [`${day} is removed`] };
    },
  }),
];
