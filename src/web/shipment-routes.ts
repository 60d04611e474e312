// Where each parcel is, and the farm's reports that move it on.
import { isoWithOffset } from '../orders/dates.ts';
import { DomainError } from '../orders/errors.ts';
import { numberRows } from '../orders/farm-day.ts';
import { isLive, type Order, PARCEL_STATES, type ReportedState } from '../orders/order.ts';
import { packageJson } from '../orders/order-json.ts';
import * as ordering from '../orders/ordering.ts';
import type { Command, HistoryEntry, Store } from '../orders/store.ts';
import * as answers from './answers.ts';
import { storeFor } from './auth.ts';
import * as examples from './examples.ts';
import { findOrder, findParcel, mustFind, mustFindShop, type OrderPlace } from './find-order.ts';
import { askedFor } from './order-routes.ts';
import { type Api, type Call, type Route, route } from './route.ts';
import * as schemas from './schemas.ts';

const ROWS_MAX = 1000;

export const shipmentRoutes: readonly Route[] = [
  route({
    name: 'findShipment',
    tag: 'shipping',
    summary: 'Where the parcels of an order, one parcel or a day are',
    refusals: ['not_found', 'ambiguous'],
    method: 'get',
    path: '/shipment',
    status: 200,
    params: schemas.nothing,
    query: schemas.shipmentQuery,
    answer: answers.shipments,
    handle: async ({ query, ...call }) => {
      const search = { ...call, named: query.store };
      if (query.order !== undefined)
        return showParcels(call, await findOrder(search, query.order), null);
      if (query.parcel !== undefined) {
        const place = await findParcel(search, query.parcel);
        return showParcels(call, place, [query.parcel]);
      }
      const storeId = mustNameStore(call, query.store);
      return showDay(call, { storeId, date: query.date ?? '', only: null });
    },
  }),
  route({
    name: 'reportShipment',
    tag: 'shipping',
    summary: 'Move a parcel, an order or rows of a day to a state',
    refusals: ['not_found', 'ambiguous', 'conflict'],
    method: 'put',
    path: '/shipment',
    status: 200,
    params: schemas.nothing,
    query: schemas.inStore,
    body: schemas.shipmentChange,
    example: examples.shipment,
    answer: answers.shipments,
    handle: async ({ body, query, ...call }) => {
      const search = { ...call, named: body.store ?? query.store };
      if (body.rows !== undefined) return reportRows({ ...call, body, query });
      const { parcel } = body;
      const place =
        parcel === undefined
          ? await findOrder(search, body.order ?? '')
          : await findParcel(search, parcel);
      return advance({ ...call, body, query }, place, parcel === undefined ? null : [parcel]);
    },
  }),
];

type Changing = Call<unknown, { readonly store?: string | undefined }, schemas.ShipmentChange>;

/** Moves one parcel, or all of an order that are still to come; of those the rest is left alone. */
async function advance(call: Changing, place: OrderPlace, named: readonly string[] | null) {
  const { body, request } = call;
  const waybills = body.waybills ?? [];
  const order = await mustFind(call.store, place);
  const live = named ?? order.parcels.filter(isLive).map(({ id }) => id);
  if (live.length === 0) throw new DomainError('conflict', 'every parcel is cancelled');
  mustBeOne(waybills, live.length, 'parcel');
  const asked = await askedFor(call, place.storeId, 'farmer');
  const command = ordering.advanceParcels(asked, place.orderId, {
    parcelIds: named,
    to: body.state,
    carrier: body.carrier ?? null,
    waybills,
  });
  await call.store.submit({ ...command, request });
  return showParcels(call, place, live);
}

/** Moves rows of a day's list. Unlike a farmer's message, a row that is further already is refused. */
async function reportRows(call: Changing) {
  const { body, query, request } = call;
  const { date = '', state: to, carrier = null } = body;
  const waybills = body.waybills ?? [];
  const storeId = mustNameStore(call, body.store ?? query.store);
  const rows = readRows(body.rows ?? '');
  mustBeOne(waybills, rows.length, 'row');
  const asked = await askedFor(call, storeId, 'farmer');
  const reports = rows.map((row) => ({ row, waybills, carrier }));
  const command = strictly(ordering.report(asked, { date, rows: reports, to }), {
    date,
    rows: new Set(rows),
    to,
  });
  const { answer } = await call.store.submit({ ...command, request });
  const only = [...answer.done, ...answer.already].map(({ parcelId }) => parcelId);
  return showDay(call, { storeId, date, only });
}

function strictly<T>(
  command: Command<T>,
  { date, rows, to }: { date: string; rows: ReadonlySet<number>; to: ReportedState },
): Command<T> {
  return {
    ...command,
    decide: (state) => {
      const past = numberRows(state, date).find(
        ({ row, slot }) =>
          rows.has(row) && PARCEL_STATES.indexOf(slot.state) > PARCEL_STATES.indexOf(to),
      );
      if (past !== undefined)
        throw new DomainError('conflict', `row ${past.row} is ${past.slot.state}, past ${to}`, {
          date,
          row: past.row,
        });
      return command.decide(state);
    },
  };
}

/** `1-3,7` as single rows, each once. */
function readRows(text: string): number[] {
  const rows = new Set<number>();
  for (const part of text.split(',')) {
    const [from = 0, to = from] = part.split('-').map(Number);
    if (from < 1 || to < from)
      throw new DomainError('bad_request', `rows start with 1 and rise, not ${part}`);
    for (let row = from; row <= to; row++) rows.add(row);
    if (rows.size > ROWS_MAX)
      throw new DomainError('bad_request', `one report names at most ${ROWS_MAX} rows`);
  }
  return [...rows];
}

/** A waybill is on one carton: which of several is meant must not be guessed. */
function mustBeOne(waybills: readonly string[], count: number, what: string): void {
  if (waybills.length > 0 && count !== 1)
    throw new DomainError('bad_request', `waybills are for one ${what}, not ${count}`);
}

function mustNameStore({ caller }: Pick<Changing, 'caller'>, named: string | undefined): string {
  const storeId = storeFor(caller, named);
  if (storeId === null) throw new DomainError('bad_request', 'store must be named with date');
  return storeId;
}

async function showDay(
  { store }: Api,
  { storeId, date, only }: { storeId: string; date: string; only: readonly string[] | null },
) {
  const { policy } = await mustFindShop(store, storeId);
  const list = await store.findDayList(storeId, date);
  const shipments = [];
  for (const { order, parcelId, struck } of list.rows) {
    if (struck || only?.includes(parcelId) === false) continue;
    const { timeZone } = policy;
    shipments.push(...(await shipmentsOf(store, order, { timeZone, parcelIds: [parcelId] })));
  }
  return { shipments };
}

async function showParcels({ store }: Api, place: OrderPlace, parcelIds: readonly string[] | null) {
  const order = await mustFind(store, place);
  const { policy } = await mustFindShop(store, place.storeId);
  const { timeZone } = policy;
  return { shipments: await shipmentsOf(store, order, { timeZone, parcelIds }) };
}

async function shipmentsOf(
  store: Store,
  order: Order,
  { timeZone, parcelIds }: { timeZone: string; parcelIds: readonly string[] | null },
) {
  const history = await store.findHistory(order.storeId, order.id);
  return order.parcels
    .filter(({ id }) => parcelIds?.includes(id) ?? true)
    .map((parcel) => ({
      parcel: parcel.id,
      order: order.id,
      row: parcel.row,
      state: parcel.state,
      harvestDate: parcel.harvestDate,
      packages: parcel.packages.map(packageJson),
      events: history
        .filter((entry) => entry.parcelId === parcel.id && isStep(entry))
        .map(({ at, event }) => ({
          at: isoWithOffset(new Date(at), timeZone),
          // The farm reports whole parcels; carriers will name package and place.
          package: null,
          state: event,
          place: null,
        })),
    }));
}

function isStep({ event }: HistoryEntry): boolean {
  return PARCEL_STATES.some((state) => state === event);
}
