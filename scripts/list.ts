import { DomainError, localDate, ordering } from '../src/app.ts';
import { type Row, row, STORE, UsageError } from './command.ts';
import { asked, findShop, type ListJson, listJson } from './find.ts';
import { print } from './list-print.ts';
import { date, instant, whole } from './readers.ts';

/** Of the 64 of a hash. */
const HASH_DIGITS = 8;

export const commands: readonly Row[] = [
  row<{ date?: string; store?: string; revision?: number; asOf?: string }>({
    name: 'show',
    about: 'show the list of a date: frozen with its revision, or the draft (revision 0)',
    options: [
      ['--date <date>', 'the harvest date (today)', date],
      ['--revision <n>', 'what the frozen list said with this revision', whole],
      ['--as-of <time>', 'the list, or its draft, as it stood at this moment'],
      STORE,
    ],
    example: 'sanji list show --date 2026-07-21 --revision 1',
    async run(cli, { date: said, store: storeId, revision, asOf: moment }) {
      if (revision !== undefined && moment !== undefined)
        throw new UsageError('--revision and --as-of name two lists: give one of them');
      const house = await cli.house();
      const shop = await findShop(house, storeId);
      const now = cli.now();
      const day = said ?? localDate(now, shop.policy.timeZone);
      const asOf = moment && instant(moment, shop.policy.timeZone).toISOString();
      const paper = await house.store.findPaper(shop.id, day, { revision, asOf, now });
      if (paper === null)
        throw new DomainError('not_found', `the list of ${day} has no revision ${revision}`);
      const parcelIds = paper.rows.map(({ parcel }) => parcel);
      const standings = await house.store.findStandings(shop.id, { parcelIds, asOf });
      const json = listJson(paper, standings);
      return { json, lines: listLines(json) };
    },
  }),
  print,
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
    `${list.date}  ${revision}  ${list.totalBoxes} of ${list.capBoxes} boxes  ${shortHash(list)}`,
    ...list.rows.map((one) => {
      const items = one.items.map(({ name, boxes }) => `${name} ${boxes}`).join(', ');
      const waybills = one.packages.flatMap(({ waybill }) => waybill ?? []).join(' ');
      const mark = one.struck ? '  (struck)' : '';
      return `${String(one.row).padStart(3)}  ${one.order}  ${one.state}  ${items}  ${one.recipient} ${one.phone} ${one.address}${one.memo === null ? '' : `  (${one.memo})`}  ${waybills}${mark}`;
    }),
  ];
}

/** Enough of it to hold two papers against each other by eye. */
function shortHash({ hash }: ListJson): string {
  return hash === '' ? 'hash not kept' : `hash ${hash.slice(0, HASH_DIGITS)}`;
}
