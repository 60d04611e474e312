// Lines that stand in more than one answer: a parcel, its waybills, the account, whom to call.
import type { Order, Parcel } from '../../orders/order.ts';
import type { BankAccount, Shop } from '../../orders/shop.ts';
import * as words from '../words.ts';
import { CARRIER_NAMES, TRACKING_PAGES } from './names.ts';

export function parcelHead(parcel: Parcel): string {
  return `${parcel.recipient}님 ${words.items(parcel.items)}`;
}

export function waybillLines(parcel: Parcel): string[] {
  const known = parcel.packages.filter(({ waybill }) => waybill !== null);
  if (known.length === 0) return [];
  const count = parcel.packages.length > 1 ? ` ${known.length}/${parcel.packages.length}` : '';
  return [
    `송장${count} ${known
      .map(({ carrier, waybill }) => {
        const name = carrier === null ? '' : `${CARRIER_NAMES[carrier] ?? carrier} `;
        const page = carrier === null ? undefined : TRACKING_PAGES[carrier];
        return `${name}${waybill}${page ? `\n${page}${waybill}` : ''}`;
      })
      .join(', ')}`,
  ];
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

export function contactLine(shop: Shop): string {
  const contact = shop.policy.contact ?? shop.business?.phone ?? null;
  return contact === null
    ? '판매자에게 직접 물어봐 주세요.'
    : `판매자 ${words.withParticle(contact, '으로/로')} 연락해 주시면 바로 도와드려요.`;
}
