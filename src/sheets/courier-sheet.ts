// The file in which a carrier takes a day's packages in: one line each, in the columns of its own form.
import type { Order, Package, Parcel } from '../orders/order.ts';
import type { Shop } from '../orders/shop.ts';
import type { DayList } from '../orders/store.ts';
import type { Carrier, Holds } from '../shipping/carriers.ts';
import { markOf } from '../shipping/marks.ts';
import { type Column, type Table, writeBook } from './book.ts';

/** A package of a row of the list. */
export type CourierLine = {
  readonly row: number;
  readonly order: Order;
  readonly parcel: Parcel;
  readonly package: Package;
};

export type CourierLines = {
  readonly lines: readonly CourierLine[];
  /** Packages of live rows that have a number already or have left. */
  readonly leftOut: number;
};

const HAS_LEFT: ReadonlySet<Parcel['state']> = new Set(['shipped', 'delivered', 'returned']);

/** What still needs a label; with `isAgain` every package of the live rows. */
export function courierLines({ rows }: DayList, isAgain = false): CourierLines {
  const live = rows.flatMap(({ row, struck, parcelId, order }) => {
    const parcel = order.parcels.find(({ id }) => id === parcelId);
    if (struck || parcel === undefined || parcel.state === 'cancelled') return [];
    return parcel.packages.map((one): CourierLine => ({ row, order, parcel, package: one }));
  });
  const lines = live.filter(
    ({ parcel, package: { waybill } }) =>
      isAgain || (waybill === null && !HAS_LEFT.has(parcel.state)),
  );
  return { lines, leftOut: live.length - lines.length };
}

export function writeCourierFile(
  shop: Shop,
  carrier: Carrier,
  lines: readonly CourierLine[],
): Promise<Uint8Array> {
  return writeBook([courierTable(shop, carrier, lines)]);
}

export function courierTable(
  shop: Shop,
  { upload }: Carrier,
  lines: readonly CourierLine[],
): Table {
  const hasMark = upload.some(([, holds]) => holds === 'mark');
  return {
    name: '택배접수',
    columns: upload.map(([title, holds]): Column => {
      return { title, kind: holds === 'one' ? 'count' : 'text', width: WIDTHS[holds] ?? 12 };
    }),
    rows: lines.map((line) => {
      const cells = cellsOf(shop, line);
      const marked = hasMark ? cells : { ...cells, contents: `${cells.contents} ${cells.mark}` };
      return upload.map(([, holds]) => (holds === 'one' ? 1 : (marked[holds] ?? '')));
    }),
  };
}

const WIDTHS: Readonly<Partial<Record<Holds, number>>> = {
  phone: 16,
  senderPhone: 16,
  address: 50,
  street: 40,
  detail: 24,
  contents: 36,
  memo: 24,
  senderAddress: 30,
};

type Cells = Readonly<Record<Exclude<Holds, 'one'>, string>>;

function cellsOf(shop: Shop, { row, order, parcel, package: one }: CourierLine): Cells {
  const [street, detail] = atHouseNumber(parcel.address);
  const count = parcel.packages.length > 1 ? `${one.no}/${parcel.packages.length} ` : '';
  const { sender, buyer } = order;
  const farmPhone = shop.policy.contact ?? shop.business?.phone ?? '';
  return {
    recipient: parcel.recipient,
    phone: dashed(parcel.phone),
    postcode: parcel.postcode ?? '',
    address: parcel.address,
    street,
    detail,
    contents: `${row}번 ${count}${contentsOf(parcel, one)}`,
    memo: parcel.memo ?? '',
    mark: markOf({ code: order.code, parcelNo: parcel.no, no: one.no }),
    sender: sender?.name ?? buyer.name ?? shop.name,
    senderPhone: dashed(sender?.phone ?? buyer.phone ?? farmPhone),
    senderAddress: shop.business?.address ?? '',
    produce: '농/수/축산물(일반)',
    no: 'N',
    nothing: '',
  };
}

/** Packages are filled in the order of the goods, as many boxes as each holds. */
function contentsOf({ items, packages }: Parcel, one: Package): string {
  const before = packages
    .filter(({ no }) => no < one.no)
    .reduce((sum, { boxes }) => sum + boxes, 0);
  const goods: string[] = [];
  let at = 0;
  for (const { name, boxes } of items) {
    const from = Math.max(at, before);
    const to = Math.min(at + boxes, before + one.boxes);
    if (to > from) goods.push(`${name} ${to - from}상자`);
    at += boxes;
  }
  return goods.join(', ');
}

const HOUSE_NUMBER =
  /^(.*?(?:(?:로|길)\s?\d+(?:-\d+)?|(?:동|리|가)\s(?:산\s?)?\d+(?:-\d+)?(?:번지)?))(?=[\s,(])[\s,]*(.+)$/u;

/** Where no house number is found everything is the street, as the form allows. */
function atHouseNumber(address: string): readonly [street: string, detail: string] {
  const [, street, detail] = HOUSE_NUMBER.exec(address) ?? [];
  return street === undefined || detail === undefined ? [address, ''] : [street, detail];
}

const PHONE = /^(02|0505|0\d{2})(\d{3,4})(\d{4})$/;

function dashed(phone: string): string {
  return phone.replace(PHONE, '$1-$2-$3');
}
