// Buyer: why the rules say no.
import type { DomainError } from '../../orders/errors.ts';
import { DEFAULT_POLICY, type Shop } from '../../orders/shop.ts';
import type { Reply } from '../bot.ts';
import { contactLine } from './lines.ts';
import { choice, say } from './parts.ts';
import { crowded } from './platform.ts';
import { inBoth, type Tongue } from './tongue.ts';
import { storePaused } from './welcome.ts';

/** Why the rules refuse a draft or a command, in words for the buyer. */
export function refused(error: DomainError, shop: Shop): Reply {
  if (error.code === 'store_paused') return storePaused(shop);
  if (error.code === 'busy') return crowded();
  return inBoth((tongue) => {
    const text = refusal(error, shop, tongue);
    return say(text, GOES_ON.has(error.code) ? [] : tongue.start);
  });
}

/** After these the order goes on with other words; after the others it begins anew. */
const GOES_ON: ReadonlySet<DomainError['code']> = new Set([
  'over_capacity',
  'not_served',
  'not_cancellable',
  'not_changeable',
  'not_payable',
]);

function refusal({ code, detail }: DomainError, shop: Shop, tongue: Tongue): string {
  const { either, words } = tongue;
  const contact = () => contactLine(shop, tongue);
  const isExpired = detail.state === 'expired';
  switch (code) {
    case 'over_capacity':
      return detail.per === 'parcel'
        ? either(
            `한 곳으로 가는 상자는 하루에 함께 보내는데, 많아도 ${detail.maxBoxes}상자까지예요. 상자 수를 줄여 주세요.`,
            `All boxes to one address ship on one day, and we send at most ${detail.maxBoxes} boxes a day. Please order fewer.`,
          )
        : either(
            `한 번에 ${detail.maxBoxes}상자까지 주문하실 수 있어요. 상자 수를 줄여 주세요.`,
            `One order may hold at most ${detail.maxBoxes} boxes. Please order fewer.`,
          );
    case 'no_date':
      return either(
        `앞으로 ${detail.days ?? DEFAULT_POLICY.horizonDays}일은 자리가 없거나 쉬는 날이라 주문을 받지 못해요. 자리가 나면 다시 주문하실 수 있어요.`,
        `There is no shipping date with room in the next ${detail.days ?? DEFAULT_POLICY.horizonDays} days. You can order again when there is room.`,
      );
    case 'out_of_season': {
      const from = typeof detail.saleFrom === 'string' ? words.day(detail.saleFrom) : null;
      return from === null
        ? either(
            `${detail.product}: 지금은 판매하지 않아요.`,
            `${detail.product} is not on sale now.`,
          )
        : either(
            `${detail.product}: ${from}부터 주문하실 수 있어요.`,
            `${detail.product} can be ordered from ${from}.`,
          );
    }
    case 'not_served':
      return `${either('그 주소로는 보내 드리지 못해요.', 'We cannot deliver to that address.')} ${contact()}`;
    case 'not_cancellable':
      if (detail.state === 'part_paid')
        return `${either(
          '일부만 입금된 주문이라 전체 취소만 할 수 있어요.',
          'Only a part of it is paid, so it can only be cancelled as a whole.',
        )} ${contact()}`;
      return isExpired
        ? either(
            '입금 시간이 지나 이미 끝난 주문이에요.',
            'That order has already ended: it was not paid in time.',
          )
        : `${either(
            '이미 보낸 상자라 취소할 수 없어요.',
            'It has already been shipped, so it can no longer be cancelled.',
          )} ${contact()}`;
    case 'not_changeable':
      return `${either(
        '이미 수확한 상자라 바꿀 수 없어요.',
        'It has already been harvested, so it can no longer be changed.',
      )} ${contact()}`;
    case 'not_payable':
      return isExpired
        ? either(
            '입금 시간이 지나 끝난 주문이에요. 받으신 돈은 돌려 드리거나 새 주문으로 받아 주세요.',
            'That order ended because it was not paid in time. Money received can be refunded or used for a new order.',
          )
        : either('입금을 기다리는 주문이 아니에요.', 'That order is not waiting for payment.');
    default:
      return either(
        '그건 지금 할 수 없어요. 주문 내용을 다시 확인해 주세요.',
        'That cannot be done right now. Please check your order.',
      );
  }
}

/** Why the rules refuse a change of boxes. */
export function changeRefused(error: DomainError, shop: Shop): Reply {
  const { date } = error.detail;
  if (error.code !== 'no_date' || typeof date !== 'string') return refused(error, shop);
  return inBoth(({ either, words, labels }) =>
    say(
      either(
        `${words.day(date)}에는 자리가 모자라 늘릴 수 없어요. 더 필요하시면 따로 주문해 주세요.`,
        `There is not enough room on ${words.day(date)} for more. If you need more, please place another order.`,
      ),
      [choice(labels.order), choice(labels.status)],
    ),
  );
}
