// Changing the parcels of an order until they are harvested.
import type { ChangeRequest } from '../orders/change-plan.ts';
import { isoWithOffset } from '../orders/dates.ts';
import { dueKrw, type Order } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
import * as answers from './answers.ts';
import * as examples from './examples.ts';
import { findOrder, mustFind, mustFindShop } from './find-order.ts';
import { askedFor, payFor, showOrder } from './order-routes.ts';
import { type Call, type Route, route } from './route.ts';
import * as schemas from './schemas.ts';

export const changeRoutes: readonly Route[] = [
  route({
    name: 'changeOrder',
    tag: 'orders',
    summary: 'Change parcels before the harvest; what costs more waits for the difference',
    refusals: [
      'not_found',
      'ambiguous',
      'not_changeable',
      'not_served',
      'over_capacity',
      'no_date',
      'out_of_season',
    ],
    method: 'patch',
    path: '/order/:ref',
    status: 200,
    params: schemas.refPath,
    query: schemas.inStore,
    body: schemas.orderChange,
    example: examples.orderChange,
    answer: answers.orderChanged,
    handle: async (call) => {
      const place = await findOrder({ ...call, named: call.query.store }, call.params.ref);
      // Of two at once the second starts from what the first left.
      return call.inTurn(`order:${place.orderId}`, () => change(call, place));
    },
  }),
];

type Changing = Call<{ ref: string }, { store?: string | undefined }, schemas.OrderChange>;

async function change(call: Changing, place: Parameters<typeof mustFind>[1]) {
  const { store, body, request } = call;
  const asked = await askedFor(call, place.storeId);
  const wanted = requestFor(await mustFind(store, place), body);
  const { answer } = await store.submit({
    ...ordering.change(asked, place.orderId, wanted),
    request,
  });
  const order = await mustFind(store, place);
  const shop = await mustFindShop(store, place.storeId);
  const { amountKrw, payBy } = answer.difference ?? {
    amountKrw: order.state === 'awaiting_payment' ? dueKrw(order) : 0,
    payBy: order.payBy,
  };
  const until = isoWithOffset(new Date(payBy), shop.policy.timeZone);
  return {
    order: await showOrder(store, place),
    pay: amountKrw > 0 ? payFor(shop, { order, amountKrw, payBy: until }) : null,
  };
}

/** What is not named stays; a postcode goes with the address it belonged to. */
function requestFor(order: Order, { parcels }: schemas.OrderChange): ChangeRequest {
  return {
    parcels: parcels.map(({ id, items = null, ...said }) => {
      const was = order.parcels.find((parcel) => parcel.id === id);
      if (was === undefined || Object.keys(said).length === 0)
        return { parcelId: id, personal: null, items };
      const { recipient, phone, address, postcode, memo } = was;
      const isMoved = said.address !== undefined && said.address !== address;
      const personal = {
        recipient: said.recipient ?? recipient,
        phone: said.phone ?? phone,
        address: said.address ?? address,
        postcode: isMoved ? null : postcode,
        memo: said.memo === undefined ? memo : said.memo || null,
      };
      return { parcelId: id, personal, items };
    }),
  };
}
