import { DomainError } from '../src/app.ts';
import { type Cli, type Row, row } from './command.ts';
import { applyPolicy, findShop, findShops, movedLines } from './find.ts';
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
      const { date: day, name } = json;
      const moved = await putHoliday(cli, day, name);
      return { json: { date: day, name }, lines: [`${day}  ${name}`, ...movedLines(moved)] };
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
      const moved = await putHoliday(cli, day, null);
      const lines = [`${day} is removed`, ...movedLines(moved)];
      return { json: { date: day, name: known.name }, lines };
    },
  }),
];

/** Closes or opens the day before in every store, with what that moves. */
async function putHoliday(cli: Cli, day: string, name: string | null) {
  const house = await cli.house();
  const before = await findShops(house, undefined);
  await house.store.putHoliday(day, name);
  const moved = [];
  for (const was of before) {
    const shop = await findShop(house, was.id);
    moved.push(...(await applyPolicy(cli, { shop, was })));
  }
  return moved;
}
