import { DomainError, listAt, localDate, ordering } from '../src/app.ts';
import { type Row, row, STORE } from './command.ts';
import { asked, findShop, type ListJson, listJson } from './find.ts';
import { date, whole } from './readers.ts';

export const commands: readonly Row[] = [
  row<{ date?: string; store?: string; revision?: number }>({
    name: 'show',
    about: 'show the list of a date: frozen with its revision, or the draft (revision 0)',
    options: [
      ['--date <date>', 'the harvest date (today)', date],
      ['--revision <n>', 'as the frozen list stood with this revision', whole],
      STORE,
    ],
    example: 'sanji list show --date 2026-07-21 --revision 1',
    async run(cli, { date: said, store: storeId, revision }) {
      const house = await cli.house();
      const shop = await findShop(house, storeId);
      const day = said ?? localDate(cli.now(), shop.policy.timeZone);
      const list = await house.store.findDayList(shop.id, day);
      const newest = list.day.revision;
      if (revision !== undefined && (revision < 1 || revision > newest))
        throw new DomainError('not_found', `the list of ${day} has revisions 1 to ${newest}`);
      const json = listJson(shop, revision === undefined ? list : listAt(list, revision));
      return { json, lines: listLines(json) };
    },
  }),
  row<{ date?: string; store?: string }>({
    name: 'send',
    about: 'send the list of a date to the farmer, once more if need be; a draft is frozen first',
    options: [['--date <date>', 'the harvest date (today)', date], STORE],
    example: 'sanji list send --date 2026-07-21',
    async run(cli, { date: said, store: storeId }) {
      const { store } = await cli.house();
      const shop = await findShop(await cli.house(), storeId);
      const day = said ?? localDate(cli.now(), shop.policy.timeZone);
      const { answer } = await store.submit(ordering.sendList(asked(cli, shop), day));
      const { revision, rows, boxes, isNew } = answer;
      return {
        json: { store: shop.id, date: day, revision, rows, boxes, frozen: isNew },
        lines: [
          `${day}  revision ${revision}${isNew ? ', frozen now' : ''}: ${rows} rows, ${boxes} boxes are on their way to the farmer`,
        ],
      };
    },
  }),
];

function listLines(list: ListJson): string[] {
  const revision = list.revision === 0 ? 'draft' : `revision ${list.revision}`;
  return [
    `${list.date}  ${revision}  ${list.totalBoxes} of ${list.capBoxes} boxes`,
    ...list.rows.map((one) => {
      const items = one.items.map(({ name, boxes }) => `${name} ${boxes}`).join(', ');
      const waybills = one.packages.flatMap(({ waybill }) => waybill ?? []).join(' ');
      const mark = one.struck ? '  (struck)' : '';
      return `${String(one.row).padStart(3)}  ${one.order}  ${one.state}  ${items}  ${one.recipient} ${one.phone} ${one.address}${one.memo === null ? '' : `  (${one.memo})`}  ${waybills}${mark}`;
    }),
  ];
}
