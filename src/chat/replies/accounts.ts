// One person on several platforms: linking, unlinking, and where notices go.
import type { AccountMember, CodeLook } from '../../orders/store.ts';
import type { Reply } from '../bot.ts';
import { ENGLISH_PLATFORM_WORDS, PLATFORM_WORDS } from './names.ts';
import { choice, pressable, say } from './parts.ts';
import { inBoth, type Tongue } from './tongue.ts';

/** The first bubble stands alone, to be copied. */
export function linkCode({
  code,
  url,
  minutes,
}: {
  readonly code: string;
  readonly url: string | null;
  readonly minutes: number;
}): Reply {
  return inBoth(({ either }) => {
    const { choices } = say('');
    return {
      texts: [
        `${either('연결', 'link')} ${code}`,
        either(
          `다른 톡에서 우리 봇에게 위 글을 그대로 보내 주세요. ${minutes}분 안에 한 번만 쓸 수 있어요.\n연결하면 두 곳에서 같은 주문과 받는 분 주소를 볼 수 있으니, 다른 분께는 알려 주지 마세요.`,
          `Send the line above to our bot in your other messenger. It works once, within ${minutes} minutes.\nBoth will show the same orders and recipients' addresses, so give it to nobody else.`,
        ),
      ],
      choices:
        url === null ? choices : [{ label: either('텔레그램에서 열기', 'Open Telegram'), url }],
    };
  });
}

export function askToLink(platform: string, id: string): Reply {
  return inBoth((tongue) => {
    const { either, labels } = tongue;
    const where = placeIn(tongue, platform);
    return say(
      either(
        `${where} 대화방과 연결할까요? 두 곳에서 서로의 주문과 받는 분 이름·연락처·주소를 보고, 바꾸고, 취소할 수 있게 돼요.\n이 번호를 다른 사람이 보내라고 했다면 [${labels.no}]를 눌러 주세요. 그 사람이 내 주문을 보게 돼요.`,
        `Link this chat with the one on ${where}? Each will see, change and cancel the orders of the other, with recipients' names, phones and addresses.\nIf somebody else told you to send this code, press [${labels.no}]: that person would see your orders.`,
      ),
      [
        pressable(labels.linkYes, { key: `link-yes:${id}`, act: 'link-yes', ref: id }),
        pressable(labels.no, { key: null, act: 'no', ref: id }),
      ],
    );
  });
}

export function linkedHere(platform: string): Reply {
  return inBoth((tongue) => {
    const { either, labels } = tongue;
    const where = placeIn(tongue, platform);
    return say(
      either(
        `${where} 대화방과 연결했어요. 이제 두 곳에서 같은 주문이 보여요.\n끊으려면 "연결 해제", 알림 받을 곳은 "알림은 여기로"라고 보내 주세요.`,
        `Linked with the chat on ${where}. Both show the same orders now.\nTo end it send "unlink"; to get notices here, "send notices here".`,
      ),
      [choice(labels.status)],
    );
  });
}

export function notLinked(): Reply {
  return inBoth(({ either }) =>
    say(either('네, 연결하지 않았어요.', 'All right, nothing was linked.')),
  );
}

const REFUSALS: Readonly<
  Record<Extract<CodeLook, { refused: string }>['refused'], readonly [string, string]>
> = {
  wrong: [
    '연결 번호가 맞지 않거나 시간이 지났어요. 다른 톡에서 "다른 톡 연결"이라고 보내 새 번호를 받아 주세요.',
    'This code is wrong or over. Send "link another app" in your other messenger for a new one.',
  ],
  locked: [
    '연결 번호를 여러 번 틀려서 잠시 잠갔어요. 1시간 뒤에 다시 해 주세요.',
    'Too many wrong codes. Please try again in an hour.',
  ],
  yourself: [
    '이 번호는 여기가 아니라 다른 톡에서 보내 주세요.',
    'Please send this code in your other messenger, not here.',
  ],
  already: ['이미 연결된 곳이에요.', 'These two are linked already.'],
  both: [
    '두 곳 모두 다른 톡과 연결돼 있어요. 한쪽에서 "연결 해제"를 한 뒤에 다시 해 주세요.',
    'Both are linked with others already. Send "unlink" in one of them first.',
  ],
  full: ['더 연결할 수 없어요. 4곳까지 연결할 수 있어요.', 'No more can be linked: four at most.'],
};

export function notLinkable(why: keyof typeof REFUSALS): Reply {
  const [korean, english] = REFUSALS[why];
  return inBoth(({ either }) => say(either(korean, english)));
}

export function accountFull(): Reply {
  return notLinkable('full');
}

export function nothingLinked(): Reply {
  return inBoth(({ either, labels }) =>
    say(either('연결된 다른 톡이 없어요.', 'Nothing else is linked.'), [choice(labels.linkOther)]),
  );
}

export function whichToUnlink(others: readonly AccountMember[], ownId: string): Reply {
  return inBoth((tongue) => {
    const { either } = tongue;
    const unlink = (label: string, personId: string) =>
      pressable(label, { key: null, act: 'unlink', ref: personId });
    return say(either('어느 톡의 연결을 끊을까요?', 'Which one shall I unlink?'), [
      unlink(either('이 톡', 'This one'), ownId),
      ...others.map((one, at) => {
        const isTwice = others.some((other) => other !== one && other.platform === one.platform);
        return unlink(
          `${placeIn(tongue, one.platform)}${isTwice ? ` ${at + 1}` : ''}`,
          one.personId,
        );
      }),
    ]);
  });
}

export function askToUnlink({ platform }: AccountMember, isOwn: boolean, id: string): Reply {
  return inBoth((tongue) => {
    const { either, labels } = tongue;
    const where = placeIn(tongue, platform);
    return say(
      isOwn
        ? either(
            '이 대화방의 연결을 끊을까요? 그 뒤에는 여기서 주문하신 것만 여기서 보여요.',
            'Unlink this chat? Then only what was ordered here is shown here.',
          )
        : either(
            `${where} 대화방과의 연결을 끊을까요? 그 뒤에는 각자 그곳에서 주문한 것만 보여요.`,
            `Unlink the chat on ${where}? Then each shows only what was ordered there.`,
          ),
      [
        pressable(labels.unlinkYes, { key: `unlink-yes:${id}`, act: 'unlink-yes', ref: id }),
        pressable(labels.no, { key: null, act: 'no', ref: id }),
      ],
    );
  });
}

export function unlinkedHere(platform: string): Reply {
  return inBoth((tongue) =>
    say(
      tongue.either(
        `${placeIn(tongue, platform)} 대화방의 연결을 끊었어요. 이제 각자 그곳에서 주문한 것만 보여요.`,
        `The chat on ${placeIn(tongue, platform)} is unlinked. Each shows only what was ordered there.`,
      ),
    ),
  );
}

export function alreadyUnlinked(): Reply {
  return inBoth(({ either }) =>
    say(either('이미 연결이 끊긴 곳이에요.', 'It is not linked any more.')),
  );
}

export function notUnlinked(): Reply {
  return inBoth(({ either }) => say(either('네, 그대로 둘게요.', 'All right, it stays linked.')));
}

export function preferred(platform: string): Reply {
  return inBoth((tongue) => {
    const where = placeIn(tongue, platform);
    return say(
      tongue.either(
        `알림은 ${where}에 먼저 보낼게요. 그곳에 보낼 수 없으면 연결된 다른 톡으로 알려 드려요.`,
        `I will send notices on ${where} first, and elsewhere when that does not work.`,
      ),
    );
  });
}

export function notLinkedThere(where: string): Reply {
  return inBoth((tongue) => {
    const place = placeIn(tongue, where);
    return say(
      tongue.either(
        `${place} 대화방은 연결돼 있지 않아요. 먼저 연결해 주세요.`,
        `No chat on ${place} is linked. Please link it first.`,
      ),
      [choice(tongue.labels.linkOther)],
    );
  });
}

/** Told everywhere else: whoever did not want it ends it with one press. */
export function accountLinked({
  personId,
  platform,
}: {
  readonly personId: string;
  readonly platform: string;
}): Reply {
  return inBoth((tongue) => {
    const { either, labels } = tongue;
    const where = placeIn(tongue, platform);
    return say(
      either(
        `${where} 대화방이 연결됐어요. 그곳에서도 이 주문들을 보고 바꿀 수 있어요.\n직접 하신 게 아니면 바로 [${labels.unlink}]를 눌러 주세요.`,
        `A chat on ${where} is linked now and sees and changes these orders too.\nIf that was not you, press [${labels.unlink}] at once.`,
      ),
      [pressable(labels.unlink, { key: null, act: 'unlink', ref: personId })],
    );
  });
}

export function accountUnlinked(platform: string, isHere: boolean): Reply {
  return inBoth((tongue) => {
    const where = placeIn(tongue, platform);
    return say(
      isHere
        ? tongue.either(
            '이 대화방의 연결이 끊겼어요. 이제 여기서 주문하신 것만 여기서 보여요.',
            'This chat was unlinked. Only what was ordered here is shown here.',
          )
        : tongue.either(
            `${where} 대화방의 연결이 끊겼어요. 이제 각자 그곳에서 주문한 것만 보여요.`,
            `The chat on ${where} was unlinked. Each shows only what was ordered there.`,
          ),
    );
  });
}

function placeIn({ either }: Tongue, platform: string): string {
  return either(PLATFORM_WORDS[platform] ?? platform, ENGLISH_PLATFORM_WORDS[platform] ?? platform);
}
