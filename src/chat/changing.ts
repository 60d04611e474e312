// Changing where a parcel goes, in words and by button, until it is harvested.
import { findOrderCodes } from '../language/codes.ts';
import { readNewAddress } from '../language/new-address.ts';
import { isChangeable } from '../orders/changing.ts';
import { isLive, type Order, type Parcel } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
import { type Asking, ask, by, closed, type Handled, pending, stay } from './desk.ts';
import { ordersOf } from './own-orders.ts';
import * as replies from './replies.ts';

type Changeable = { readonly order: Order; readonly parcel: Parcel };

async function changeableParcels(asking: Asking): Promise<readonly Changeable[]> {
  const orders = await ordersOf(asking);
  return orders.flatMap((order) =>
    order.parcels
      .filter((parcel) => isLive(parcel) && isChangeable(order, parcel))
      .map((parcel) => ({ order, parcel })),
  );
}

export async function changeAddress(asking: Asking): Promise<Handled> {
  const all = await changeableParcels(asking);
  const [code] = findOrderCodes(asking.text);
  const ofCode = all.filter(({ order }) => code === undefined || order.code === code);
  const named = ofCode.filter(({ parcel }) => asking.text.includes(parcel.recipient));
  const [only, another] = named.length > 0 ? named : ofCode;
  if (only === undefined) return stay(asking, replies.nothingToChange(asking.shop));
  if (another !== undefined) {
    const orders = new Map(ofCode.map(({ order }) => [order.id, order]));
    return stay(asking, replies.whoseAddress([...orders.values()]));
  }
  const said = readNewAddress(asking.text);
  if (said !== null) return readdress(asking, only, said);
  const question = { kind: 'address', orderId: only.order.id, parcelId: only.parcel.id } as const;
  return ask(asking, question, () => replies.askNewAddress(only.parcel));
}

/** Null when the message is no address: then our question is over and the message is read anew. */
export async function answerAddress(
  asking: Asking,
  open: { readonly orderId: string; readonly parcelId: string },
): Promise<Handled> {
  const said = readNewAddress(asking.text);
  if (said === null) return null;
  const own = (await changeableParcels(asking)).find(({ parcel }) => parcel.id === open.parcelId);
  if (own === undefined) return stay(closed(asking), replies.nothingToChange(asking.shop));
  return readdress(closed(asking), own, said);
}

function readdress(
  asking: Asking,
  { order, parcel }: Changeable,
  said: NonNullable<ReturnType<typeof readNewAddress>>,
): Handled {
  const { memo } = parcel;
  const personal = {
    recipient: said.name ?? parcel.recipient,
    phone: said.phone ?? parcel.phone,
    address: said.address,
    postcode: said.postcode,
    memo,
  };
  return pending({
    command: ordering.readdress(by(asking), order.id, { parcelId: parcel.id, personal }),
    settle: () => stay(asking, replies.addressChanged(personal)),
    refused: (error) => stay(asking, replies.refused(error, asking.shop)),
  });
}

export async function changeBoxes(asking: Asking): Promise<Handled> {
  const orders = await ordersOf(asking);
  const open = orders.find((order) =>
    order.parcels.some((p) => isLive(p) && isChangeable(order, p)),
  );
  return stay(asking, replies.boxesChange(open ?? null, asking.shop));
}
