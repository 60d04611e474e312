import { addDays, type CapResult, dayOf, localDate, ordering } from '../src/app.ts';
import { type Row, row, STORE } from './command.ts';
import { decideOnly } from './dry-run.ts';
import { asked, findShop, movedLines } from './find.ts';
import { date, whole } from './readers.ts';

const DAYS_SHOWN = 14;

export const commands: readonly Row[] = [
  row<{ date: string; boxes: number; store?: string; dryRun?: boolean }>({
    name: 'set',
    about: 'set the most boxes of a date; parcels move by the rules and their buyers hear it',
    args: [
      ['<date>', 'the harvest date', date],
      ['<boxes>', 'a number, or closed', (text) => (text === 'closed' ? 0 : whole(text))],
    ],
    options: [STORE, ['--dry-run', 'show what would move, and change nothing']],
    example: 'sanji cap set 2026-07-22 40 --dry-run',
    async run(cli, { boxes, store: storeId, dryRun, ...said }) {
      const { store } = await cli.house();
      const shop = await findShop(await cli.house(), storeId);
      const cap = { date: said.date, capBoxes: boxes };
      const command = ordering.setCap(asked(cli, shop), cap);
      const result = dryRun
        ? await decideOnly(command, (tried) => store.submit(tried))
        : (await store.submit(command)).answer;
      const moved = result.moved.map(({ parcel, from, to }) => ({ parcel, from, to }));
      const { capBoxes, reservedBoxes } = result;
      return {
        json: { date: said.date, capBoxes, reservedBoxes, moved },
        lines: [...(dryRun ? ['nothing is changed; it would be:'] : []), ...capLines(result)],
      };
    },
  }),
  row<{ store?: string; days: number }>({
    name: 'ls',
    about: 'list the next dates with their caps, and every later one that is in use',
    options: [STORE, ['--days <n>', `how many days are shown in any case (${DAYS_SHOWN})`, whole]],
    example: 'sanji cap ls --days 30',
    async run(cli, { store: storeId, days: shown = DAYS_SHOWN }) {
      const { store } = await cli.house();
      const shop = await findShop(await cli.house(), storeId);
      const today = localDate(cli.now(), shop.policy.timeZone);
      const days = await store.findDays(shop.id, today);
      const unpaid = await store.findUnpaid(shop.id);
      const next = Array.from({ length: Math.min(shown, 400) }, (_, ahead) =>
        addDays(today, ahead),
      );
      const used = [...days.keys(), ...unpaid.keys()].filter((date) => date >= today);
      const dates = [...new Set([...next, ...used])].sort();
      const json = dates.map((one) => {
        const { date: day, capBoxes, reservedBoxes } = dayOf(shop, days, one);
        return {
          date: day,
          capBoxes,
          reservedBoxes,
          unpaidBoxes: unpaid.get(day) ?? 0,
          leftBoxes: Math.max(0, capBoxes - reservedBoxes),
        };
      });
      return {
        json,
        lines: json.map((d) => {
          const waiting = d.unpaidBoxes === 0 ? '' : `, ${d.unpaidBoxes} not paid yet`;
          const isClosed = d.capBoxes === 0 && d.reservedBoxes === 0;
          const promised = `${d.reservedBoxes} of ${d.capBoxes} boxes promised`;
          return `${d.date}  ${isClosed ? 'closed' : promised}${waiting}`;
        }),
      };
    },
  }),
];

function capLines({ date: day, capBoxes, reservedBoxes, overBoxes, moved }: CapResult): string[] {
  return [
    `${day}: cap ${capBoxes} boxes, ${reservedBoxes} promised`,
    ...(overBoxes > 0 ? [`${overBoxes} boxes above the cap are harvested already and stay`] : []),
    ...movedLines(moved),
  ];
}
