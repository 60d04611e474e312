import { localDate } from '../src/app.ts';
import { type Row, row, STORE } from './command.ts';
import { findShop, type ListJson, listJson } from './find.ts';
import { date } from './readers.ts';

export const commands: readonly Row[] = [
  row<{ date?: string; store?: string }>({
    name: 'show',
    about: 'show the list of a date: frozen with its revision, or the draft (revision 0)',
    options: [['--date <date>', 'the harvest date (today)', date], STORE],
    example: 'sanji list show --date 2026-07-21',
    async run(cli, { date: said, store: storeId }) {
      const house = await cli.house();
      const shop = await findShop(house, storeId);
      const day = said ?? localDate(cli.now(), shop.policy.timeZone);
      const json = listJson(shop, await house.store.findDayList(shop.id, day));
      return { json, lines: listLines(json) };
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
