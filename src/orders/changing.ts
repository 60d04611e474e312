// Changing where a parcel goes, until it is harvested.
import type { Change, State } from './change.ts';
import { DomainError } from './errors.ts';
import { type OrderCore, PARCEL_STATES, type ParcelPersonal } from './order.ts';
import { mustHaveOrder } from './paying.ts';
import { isServed, regionOf } from './region.ts';

/**
 * Gives a parcel a new recipient or address. A place that would cost another surcharge is refused:
 * what costs more must be paid before it takes effect.
 */
export function decideReaddress(
  state: State,
  { parcelId, personal }: { readonly parcelId: string; readonly personal: ParcelPersonal },
  who: Change<never>['who'],
): Change<OrderCore> {
  const order = mustHaveOrder(state);
  const parcel = order.parcels.find(({ id }) => id === parcelId);
  if (parcel === undefined) throw new DomainError('not_found', `order has no parcel ${parcelId}`);
  if (!isChangeable(order, parcel))
    throw new DomainError('not_changeable', `a parcel that is ${parcel.state} cannot change`, {
      state: parcel.state,
    });
  const { policy } = state.shop;
  if (!isServed(personal.address, policy.noDelivery))
    throw new DomainError('not_served', 'this place is not served');
  const region = regionOf(personal.address, personal.postcode);
  if (region !== parcel.region && order.terms.jejuFeeKrw + order.terms.islandFeeKrw > 0)
    throw new DomainError('not_changeable', 'the new place has another price', { region });
  // Whoever has the frozen list before him must hear it; a draft shows it by itself.
  const isListed =
    parcel.harvestDate !== null && (state.days.get(parcel.harvestDate)?.revision ?? 0) > 0;
  return {
    answer: order,
    who,
    readdressed: [{ parcelId, personal }],
    events: [{ orderId: order.id, parcelId, event: 'changed', detail: { what: 'address' } }],
    notices: isListed
      ? [
          {
            to: { role: 'farmer' },
            kind: 'changed',
            orderId: order.id,
            data: { parcel: parcelId },
          },
        ]
      : [],
  };
}

/** Until it is harvested, a parcel of an order that has not ended may change. */
export function isChangeable(
  order: Pick<OrderCore, 'state'>,
  parcel: Pick<OrderCore['parcels'][number], 'state'>,
): boolean {
  const isOver = order.state === 'expired' || order.state === 'cancelled';
  return !isOver && PARCEL_STATES.indexOf(parcel.state) < PARCEL_STATES.indexOf('harvested');
}
