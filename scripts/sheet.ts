import { InvalidArgumentError } from 'commander';
import { addDays, DomainError, type House, localDate, type Shop } from '../src/app.ts';
import {
  CARRIERS,
  type Carrier,
  type CarrierId,
  carrierNamed,
  carrierOf,
} from '../src/shipping/carriers.ts';
import { type Cli, type Field, type Row, row, STORE, type Told, UsageError } from './command.ts';
import { findShop } from './find.ts';
import { mustBeFree, writeNew } from './new-file.ts';
import { date } from './readers.ts';
import type { Settled } from './waybills.ts';

/** How far back a carrier that the store used says with whom it sends. */
const CARRIER_DAYS = 7;
const USUAL_CARRIER: CarrierId = 'kr.cjlogistics';

const CARRIER: Field = [
  '--carrier <name>',
  `one of ${CARRIERS.map(({ id }) => id).join(', ')}, or its Korean name`,
];

type Courier = {
  readonly date?: string;
  readonly out?: string;
  readonly carrier?: string;
  readonly store?: string;
  readonly draft?: boolean;
  readonly again?: boolean;
};

export const commands: readonly Row[] = [
  row<Courier>({
    name: 'courier',
    about: "write a day's packages in the carrier's own form, one line each, for its upload",
    options: [
      ['--date <date>', 'the harvest date (today)', date],
      ['--out <file.xlsx>', 'the new file'],
      [CARRIER[0], `${CARRIER[1]} (the one used last)`],
      ['--draft', 'also from a list that is not frozen yet and may still change'],
      ['--again', 'also packages that have a number or have left'],
      STORE,
    ],
    example: 'sanji sheet courier --date 2026-07-21 --out cj.xlsx --carrier kr.cjlogistics',
    run: writeCourier,
  }),
  row<Waybills>({
    name: 'waybills',
    about: "put the numbers of a carrier's file (.xlsx, .xls, .csv) on their packages, each once",
    args: [['<file>', 'the file as the carrier exports it']],
    options: [
      [CARRIER[0], `${CARRIER[1]}, where the file does not tell`],
      ['--date <date>', 'only the list of this date (those of the last 7 days)', date],
      ['--line <line=parcel...>', 'a line of the file is for this recipient of an order', settling],
      ['--without-address', 'go by names and telephone numbers: the carrier rewrites addresses'],
      ['--dry-run', 'only say what would be written'],
      STORE,
    ],
    example: 'sanji sheet waybills result.xlsx --line 7=P7-042/1 --dry-run',
    async run(cli, given) {
      const { bringWaybills } = await import('./waybills.ts');
      const { file, carrier, date: day, line: settled = [], dryRun = false } = given;
      return bringWaybills(cli, {
        ...{ file, settled, isDryRun: dryRun, date: day ?? null, store: given.store },
        carrier: carrier === undefined ? null : meant(carrier),
        withoutAddress: given.withoutAddress ?? false,
      });
    },
  }),
];

type Waybills = {
  readonly file: string;
  readonly carrier?: string;
  readonly date?: string;
  readonly line?: readonly Settled[];
  readonly withoutAddress?: boolean;
  readonly dryRun?: boolean;
  readonly store?: string;
};

const SETTLED = /^(\d{1,6})=([A-Z]\d-\d{3})\/(\d{1,3})$/i;

/** `7=P7-042/1` → line 7 is for the first recipient of P7-042. */
function settling(text: string): Settled {
  const [, line, code, parcelNo] = SETTLED.exec(text) ?? [];
  if (code === undefined)
    throw new InvalidArgumentError('Expected a line and its parcel, as 7=P7-042/1.');
  return [Number(line), { code: code.toUpperCase(), parcelNo: Number(parcelNo) }];
}

async function writeCourier(cli: Cli, given: Courier): Promise<Told> {
  const { out, date: said, carrier: named, draft = false, again = false } = given;
  if (out === undefined) throw new UsageError('expected --out <file.xlsx>');
  mustBeFree(out);
  const house = await cli.house();
  const shop = await findShop(house, given.store);
  const day = said ?? localDate(cli.now(), shop.policy.timeZone);
  const carrier = named === undefined ? await carrierUsed(house, shop, day) : meant(named);
  const list = await house.store.findDayList(shop.id, day);
  const { revision } = list.day;
  if (revision === 0 && !draft)
    throw new DomainError(
      'conflict',
      `the list of ${day} is not frozen yet: sanji list send freezes it, --draft takes it as it is`,
    );
  const { courierLines, writeCourierFile } = await import('../src/sheets/courier-sheet.ts');
  const { lines, leftOut } = courierLines(list, again);
  if (lines.length === 0)
    throw new DomainError(
      'not_found',
      leftOut === 0
        ? `no row of ${day} is to be sent`
        : `all ${leftOut} packages of ${day} have a number or have left: --again takes them too`,
    );
  await writeNew(out, await writeCourierFile(shop, carrier, lines));
  const rows = new Set(lines.map((line) => line.row)).size;
  const packages = lines.length;
  const left = leftOut > 0 ? `, ${leftOut} left out that have a number or have left` : '';
  return {
    json: {
      ...{ store: shop.id, date: day, revision, carrier: carrier.id },
      ...{ rows, packages, leftOut, file: out },
    },
    lines: [`${day}  ${carrier.id}  ${rows} rows, ${packages} packages${left}`, `written: ${out}`],
  };
}

function meant(named: string): Carrier {
  const id = carrierNamed(named);
  const carrier = id && carrierOf(id);
  if (carrier) return carrier;
  const known = CARRIERS.map(({ id, name }) => `${id} (${name})`).join(', ');
  throw new UsageError(`--carrier: expected one of ${known}, got ${named}`);
}

/** The carrier of the newest number on the lists of the last days, else the largest one. */
async function carrierUsed({ store }: House, shop: Shop, day: string): Promise<Carrier> {
  const days = await store.findDays(shop.id, addDays(day, -CARRIER_DAYS));
  const frozen = [...days.values()].filter(({ revision }) => revision > 0);
  for (const { date } of frozen.toSorted((a, b) => b.date.localeCompare(a.date))) {
    const { rows } = await store.findDayList(shop.id, date);
    const used = rows
      .flatMap(({ order }) => order.parcels.flatMap(({ packages }) => packages))
      .flatMap(({ carrier }) => (carrier && carrierOf(carrier)) || []);
    const [last] = used.toReversed();
    if (last !== undefined) return last;
  }
  return carrierOf(USUAL_CARRIER) ?? CARRIERS[0];
}
