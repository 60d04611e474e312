// Buyer: why the rules say no.
import type { DomainError } from '../../orders/errors.ts';
import type { Shop } from '../../orders/shop.ts';
import type { Reply } from '../bot.ts';
import * as words from '../words.ts';
import { contactLine } from './lines.ts';
import { BUTTONS, choice, START_CHOICES, say } from './parts.ts';
import { crowded } from './platform.ts';
import { storePaused } from './welcome.ts';

/** Why the rules refuse a draft or a command, in words for the buyer. */
export function refused(error: DomainError, shop: Shop): Reply {
  const { detail } = error;
  switch (error.code) {
    case 'over_capacity':
      return say(
        detail.per === 'parcel'
          ? `한 곳에는 하루에 ${detail.maxBoxes}상자까지 보낼 수 있어요. 상자 수를 나눠서 알려 주세요.`
          : `한 번에 ${detail.maxBoxes}상자까지 주문하실 수 있어요. 상자 수를 줄여 주세요.`,
      );
    case 'no_date':
      return say(
        '앞으로 보낼 수 있는 날짜가 모두 찼어요. 자리가 나면 다시 주문하실 수 있어요.',
        START_CHOICES,
      );
    case 'out_of_season':
      return say(
        typeof detail.saleFrom === 'string'
          ? `${detail.product}: ${words.day(detail.saleFrom)}부터 주문하실 수 있어요.`
          : `${detail.product}: 지금은 판매하지 않아요.`,
        START_CHOICES,
      );
    case 'not_served':
      return say(`그 주소로는 보내 드리지 못해요. ${contactLine(shop)}`);
    case 'store_paused':
      return storePaused(shop);
    case 'not_cancellable':
      return say(
        detail.state === 'expired'
          ? '입금 시간이 지나 이미 끝난 주문이에요.'
          : `이미 보낸 상자라 취소할 수 없어요. ${contactLine(shop)}`,
      );
    case 'not_changeable':
      return say(`이미 수확한 상자라 바꿀 수 없어요. ${contactLine(shop)}`);
    case 'not_payable':
      return say(
        detail.state === 'expired'
          ? '입금 시간이 지나 끝난 주문이에요. 받으신 돈은 돌려 드리거나 새 주문으로 받아 주세요.'
          : '입금을 기다리는 주문이 아니에요.',
      );
    case 'busy':
      return crowded();
    default:
      return say('그건 지금 할 수 없어요. 주문 내용을 다시 확인해 주세요.', START_CHOICES);
  }
}

/** Why the rules refuse a change of boxes. */
export function changeRefused(error: DomainError, shop: Shop): Reply {
  const { date } = error.detail;
  if (error.code === 'no_date' && typeof date === 'string')
    return say(
      `${words.day(date)}에는 자리가 모자라 늘릴 수 없어요. 더 필요하시면 따로 주문해 주세요.`,
      [choice(BUTTONS.order), choice(BUTTONS.status)],
    );
  return refused(error, shop);
}
