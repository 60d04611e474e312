// Lines that stand in more than one answer: a parcel, its waybills, the account, whom to call.
import { localDate } from '../../orders/dates.ts';
import type { Order, Parcel } from '../../orders/order.ts';
import type { BankAccount, Shop } from '../../orders/shop.ts';
import { trackingPage } from '../../shipping/carriers.ts';
import type { Choice } from '../bot.ts';
import * as koreanWords from '../words.ts';
import { KOREAN, type Tongue } from './tongue.ts';

export function parcelHead(parcel: Parcel, { either, words }: Tongue = KOREAN): string {
  const goods = words.items(parcel.items);
  return either(`${parcel.recipient}님 ${goods}`, `${parcel.recipient}: ${goods}`);
}

export function waybillLines(parcel: Parcel, { either, carriers }: Tongue = KOREAN): string[] {
  const known = parcel.packages.filter(({ waybill }) => waybill !== null);
  if (known.length === 0) return [];
  const count = parcel.packages.length > 1 ? ` ${known.length}/${parcel.packages.length}` : '';
  const numbers = known.map(({ carrier, waybill }) => {
    const name = carrier === null ? '' : `${carriers[carrier] ?? carrier} `;
    return {
      text: `${name}${waybill}`,
      page: carrier && waybill && trackingPage(carrier, waybill),
    };
  });
  const head = `${either('송장', 'Waybill')}${count}`;
  if (numbers.every(({ page }) => !page))
    return [`${head} ${numbers.map(({ text }) => text).join(', ')}`];
  // An address alone on its line: a phone takes a comma behind it for a part of it.
  return numbers.flatMap(({ text, page }, at) => [
    at === 0 ? `${head} ${text}` : text,
    ...(page ? [page] : []),
  ]);
}

export function bankLine(bank: BankAccount): string {
  return `${bank.name} ${bank.account} ${bank.holder}`;
}

export function depositorOf(order: Order): string {
  return (
    order.depositor ??
    order.sender?.name ??
    order.buyer.name ??
    order.parcels[0]?.recipient ??
    order.code
  );
}

/** To the order's page, which shows how far it is while it happens. */
export function liveChoice(page: string | null, { either, labels }: Tongue): Choice[] {
  if (page === null) return [];
  return [{ label: labels.live, url: either(page, `${page}?lang=en`) }];
}

export function contactLine(shop: Shop, { either }: Tongue = KOREAN): string {
  const contact = shop.policy.contact ?? shop.business?.phone ?? null;
  return contact === null
    ? either('판매자에게 직접 물어봐 주세요.', 'Please ask the seller directly.')
    : either(
        `판매자 ${koreanWords.withParticle(contact, '으로/로')} 연락해 주시면 바로 도와드려요.`,
        `Please contact the seller at ${contact}; they will gladly help.`,
      );
}

/** Behind the date of what was ordered before its season began; empty for all else. */
export function preorderMark(
  { placedAt }: Pick<Order, 'placedAt'>,
  { items }: Pick<Parcel, 'items'>,
  { shop, tongue: { either } }: { readonly shop: Shop; readonly tongue: Tongue },
): string {
  const placed = localDate(new Date(placedAt), shop.policy.timeZone);
  const isPreorder = items.some(({ product }) => {
    const shipFrom = shop.products.find(({ id }) => id === product)?.shipFrom ?? null;
    return shipFrom !== null && placed < shipFrom;
  });
  return isPreorder ? either(' (예약)', ' (pre-order)') : '';
}
