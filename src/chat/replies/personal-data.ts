// What is kept of a person, and having it erased.
import type { Shop } from '../../orders/shop.ts';
import type { Reply } from '../bot.ts';
import { choice, pressable, say } from './parts.ts';
import { inBoth, type Tongue } from './tongue.ts';

const CODES_SHOWN_MAX = 5;

/** What, why, for how long, and how it goes: one line in the first answer that takes any. */
export function privacyNotice(shop: Shop, pagesUrl: string | null): Reply {
  const { erasePersonalDays } = shop.policy;
  const more = pagesUrl === null ? '' : ` ${pagesUrl.replace(/\/$/, '')}/privacy/${shop.id}`;
  return inBoth(({ either }) =>
    say(
      either(
        `성함·연락처·주소는 받는 분 것까지 주문과 배송에만 쓰고, 배송 ${erasePersonalDays}일 뒤에 지워요. 바로 지우시려면 "내 정보 삭제"라고 보내 주세요.${more}`,
        `Names, phone numbers and addresses, the recipients' too, are used only for orders and delivery and erased ${erasePersonalDays} days after delivery. To erase them at once, send "delete my data".${more}`,
      ),
    ),
  );
}

export function askToForget({
  openCodes,
  isStaff,
  isLinked,
  id,
}: {
  readonly openCodes: readonly string[];
  readonly isStaff: boolean;
  readonly isLinked: boolean;
  readonly id: string;
}): Reply {
  return inBoth((tongue) => {
    const { either, labels } = tongue;
    const codes = shortList(openCodes, tongue);
    return say(
      [
        either(
          '성함, 연락처, 주소와 나눈 대화를 모두 지울까요? 지우면 되돌릴 수 없어요.',
          'Shall I erase all names, phone numbers, addresses and what we wrote? This cannot be undone.',
        ),
        ...(isLinked
          ? [
              either(
                '연결된 다른 톡에서 나눈 것도 함께 지워요.',
                'What belongs to your linked chats is erased with it.',
              ),
            ]
          : []),
        ...(openCodes.length > 0
          ? [
              either(
                `아직 끝나지 않은 주문 ${codes}에 필요한 것은 끝난 뒤에 지워요.`,
                `What the open orders need (${codes}) is erased when they have ended.`,
              ),
            ]
          : []),
        ...(isStaff
          ? [
              either(
                '상점에서 일하시는 동안은 연락에 필요한 것이 남아요.',
                'While you work for the store, what is needed to reach you stays.',
              ),
            ]
          : []),
      ].join('\n'),
      [
        pressable(labels.forgetYes, { key: `forget:${id}`, act: 'forget', ref: id }),
        pressable(labels.no, { key: null, act: 'no', ref: id }),
      ],
    );
  });
}

export function forgotten({
  isErased,
  keptCodes,
}: {
  readonly isErased: boolean;
  readonly keptCodes: readonly string[];
}): Reply {
  return inBoth((tongue) => {
    const { either } = tongue;
    const codes = shortList(keptCodes, tongue);
    if (isErased)
      return say(
        either(
          '모두 지웠어요. 그동안 고마웠어요.',
          'Everything is erased. Thank you for everything.',
        ),
      );
    return say(
      keptCodes.length > 0
        ? either(
            `지웠어요. 아직 끝나지 않은 주문 ${codes}에 필요한 것은 끝나는 대로 지울게요.`,
            `Erased. What the open orders need (${codes}) I will erase as soon as they end.`,
          )
        : either(
            '지웠어요. 상점에서 일하시는 동안 연락에 필요한 것만 남아요.',
            'Erased. Only what is needed to reach you while you work for the store stays.',
          ),
    );
  });
}

export function notForgotten(): Reply {
  return inBoth(({ either, labels }) =>
    say(either('네, 그대로 둘게요.', 'All right, I will keep it.'), [choice(labels.status)]),
  );
}

function shortList(codes: readonly string[], { either }: Tongue): string {
  const shown = codes.slice(0, CODES_SHOWN_MAX).join(', ');
  const rest = codes.length - CODES_SHOWN_MAX;
  return rest > 0 ? `${shown}${either(` 외 ${rest}건`, ` and ${rest} more`)}` : shown;
}
