// What is kept of a person, and having it erased.
import type { Shop } from '../../orders/shop.ts';
import type { Reply } from '../bot.ts';
import { BUTTONS, choice, pressable, say } from './parts.ts';

const CODES_SHOWN_MAX = 5;

/** What, why, for how long, and how it goes: one line in the first answer that takes any. */
export function privacyNotice(shop: Shop, pagesUrl: string | null): string {
  const { erasePersonalDays } = shop.policy;
  const more = pagesUrl === null ? '' : ` ${pagesUrl.replace(/\/$/, '')}/privacy/${shop.id}`;
  return `성함·연락처·주소는 받는 분 것까지 주문과 배송에만 쓰고, 배송 ${erasePersonalDays}일 뒤에 지워요. 바로 지우시려면 "내 정보 삭제"라고 보내 주세요.${more}`;
}

export function askToForget({
  openCodes,
  isStaff,
  id,
}: {
  readonly openCodes: readonly string[];
  readonly isStaff: boolean;
  readonly id: string;
}): Reply {
  return say(
    [
      '성함, 연락처, 주소와 나눈 대화를 모두 지울까요? 지우면 되돌릴 수 없어요.',
      ...(openCodes.length > 0
        ? [`아직 끝나지 않은 주문 ${shortList(openCodes)}에 필요한 것은 끝난 뒤에 지워요.`]
        : []),
      ...(isStaff ? ['상점에서 일하시는 동안은 연락에 필요한 것이 남아요.'] : []),
    ].join('\n'),
    [
      pressable(BUTTONS.forgetYes, { key: `forget:${id}`, act: 'forget', ref: id }),
      pressable(BUTTONS.no, { key: null, act: 'no', ref: id }),
    ],
  );
}

export function forgotten({
  isErased,
  keptCodes,
}: {
  readonly isErased: boolean;
  readonly keptCodes: readonly string[];
}): Reply {
  if (isErased) return say('모두 지웠어요. 그동안 고마웠어요.');
  return say(
    keptCodes.length > 0
      ? `지웠어요. 아직 끝나지 않은 주문 ${shortList(keptCodes)}에 필요한 것은 끝나는 대로 지울게요.`
      : '지웠어요. 상점에서 일하시는 동안 연락에 필요한 것만 남아요.',
  );
}

export function notForgotten(): Reply {
  return say('네, 그대로 둘게요.', [choice(BUTTONS.status)]);
}

function shortList(codes: readonly string[]): string {
  const shown = codes.slice(0, CODES_SHOWN_MAX).join(', ');
  return codes.length > CODES_SHOWN_MAX ? `${shown} 외 ${codes.length - CODES_SHOWN_MAX}건` : shown;
}
