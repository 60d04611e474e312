// Whoever works at a store: joining, leaving, the menu, the hours.
import type { Role } from '../../orders/change.ts';
import { DEFAULT_POLICY, type Shop } from '../../orders/shop.ts';
import type { Choice, Reply } from '../bot.ts';
import * as words from '../words.ts';
import { PLATFORM_WORDS, ROLE_WORDS, roleNames } from './names.ts';
import { BUTTONS, choice, pressable, START_CHOICES, say } from './parts.ts';

export function joined(shop: Shop | null, roles: readonly string[]): Reply {
  const asWhat = words.withParticle(roleNames(roles), '으로/로');
  const where = shop === null ? '' : `${shop.name} `;
  const isFarmer = roles.includes('farmer');
  if (roles.includes('admin'))
    return say(`${asWhat} 등록됐어요.\n전하지 못한 알림이 생기면 바로 알려 드려요.`, [
      choice(BUTTONS.letters),
    ]);
  return say(
    [
      `${where}${asWhat} 등록됐어요.`,
      ...(isFarmer ? ['내일 상자 수는 "내일 40", 오늘 보낼 것은 "목록"이라고 보내 주세요.'] : []),
      ...(roles.includes('seller') ? ['입금 확인은 "입금 P7-042"처럼 보내 주세요.'] : []),
    ].join('\n'),
    isFarmer ? [choice(BUTTONS.list)] : [choice(BUTTONS.today), choice(BUTTONS.unpaid)],
  );
}

/** What a role is needed for is not said. */
export function needsRole(roles: readonly string[]): Reply {
  return say(`${eitherOf(roles)}만 할 수 있어요.`);
}

function eitherOf(roles: readonly string[]): string {
  const names = roles.map((role) => ROLE_WORDS[role] ?? role);
  return names
    .map((name, index) => (index < names.length - 1 ? words.withParticle(name, '이나/나') : name))
    .join(' ');
}

export function needsStaff(): Reply {
  return say('상점에서 일하는 분만 할 수 있어요.');
}

export function staffJoined(
  shop: Shop | null,
  joined: {
    readonly storeId: string;
    readonly personId: string;
    readonly roles: readonly string[];
    readonly platform: string;
    readonly at: string;
  },
): Reply {
  const { storeId, personId, roles, platform, at } = joined;
  const where = shop === null ? '' : `${shop.name}에 `;
  const zone = shop?.policy.timeZone ?? DEFAULT_POLICY.timeZone;
  return say(
    `${where}새 ${words.withParticle(roleNames(roles), '이/가')} 등록됐어요 (${PLATFORM_WORDS[platform] ?? platform}, ${words.moment(at, zone)}). 모르는 분이면 [${BUTTONS.removeStaff}]를 눌러 주세요.`,
    [
      pressable(BUTTONS.removeStaff, {
        key: null,
        act: 'remove-staff',
        ref: `${storeId}:${personId}:${roles.join('.')}`,
      }),
    ],
  );
}

export function askToRemove(roles: readonly string[], platform: string, id: string): Reply {
  const whom = `${roleNames(roles)}(${PLATFORM_WORDS[platform] ?? platform})`;
  return say(
    `등록한 ${words.withParticle(whom, '을/를')} 내보낼까요? 이 상점의 목록과 주문을 더 볼 수 없게 돼요.`,
    [
      pressable(BUTTONS.yes, { key: `remove-yes:${id}`, act: 'remove-yes', ref: id }),
      pressable(BUTTONS.no, { key: null, act: 'no', ref: id }),
    ],
  );
}

export function staffRemoved(roles: readonly string[]): Reply {
  return say(
    `${words.withParticle(roleNames(roles), '을/를')} 내보냈어요. 다시 오려면 새 등록 번호가 있어야 해요.`,
  );
}

export function alreadyGone(): Reply {
  return say('이미 나간 분이에요.');
}

export function notRemoved(): Reply {
  return say('네, 그대로 둘게요.');
}

export function notYourself(): Reply {
  return say('자기 자신은 내보낼 수 없어요.');
}

/** To the admins: somebody guesses codes. */
export function codesLocked(locked: {
  readonly whose: 'sender' | 'bot';
  readonly what: 'invite' | 'account';
  readonly platform: string;
}): Reply {
  const where = PLATFORM_WORDS[locked.platform] ?? locked.platform;
  return say(`${LOCKED[locked.what][locked.whose]} (${where}).`);
}

const LOCKED = {
  invite: {
    sender: '등록 번호를 한 사람이 5번 틀려서 1시간 잠갔어요',
    bot: '등록 번호를 여러 사람이 50번 틀려서 이 봇의 등록을 1시간 잠갔어요',
  },
  account: {
    sender: '연결 번호를 한 사람이 5번 틀려서 1시간 잠갔어요',
    bot: '연결 번호를 여러 사람이 50번 틀려서 이 봇의 연결을 1시간 잠갔어요',
  },
} as const;

export function rolesRemoved(shop: Shop | null, roles: readonly string[]): Reply {
  const where = shop === null ? '' : `${shop.name}에서 `;
  return say(`${where}맡으신 ${roleNames(roles)} 역할이 끝났어요.`);
}

export function wrongInvite(isLocked: boolean): Reply {
  return say(
    isLocked
      ? '등록 번호를 여러 번 틀려서 잠시 잠갔어요. 1시간 뒤에 다시 해 주세요.'
      : '등록 번호가 맞지 않거나 이미 쓴 번호예요. 다시 확인해 주세요.',
  );
}

type StaffRow = {
  readonly role: Role;
  readonly said: string;
  readonly buttons: readonly string[];
};

/** What each role may say; whoever has several is offered the rows of all of them. */
const STAFF_ROWS: readonly StaffRow[] = [
  {
    role: 'farmer',
    said: '내일 40 · 목록 · 12번까지 · 수확 · 포장 1-12 · 3번 송장 123456789012 · 1-12 발송 · 되돌려',
    buttons: [BUTTONS.list],
  },
  {
    role: 'seller',
    said: '오늘 · 미입금 · 입금 P7-042 · 주문 P7-042 · 환불 · 주문 멈춤',
    buttons: [BUTTONS.today, BUTTONS.unpaid],
  },
  { role: 'admin', said: '실패 · 재시도 · 고쳐서 · 버림', buttons: [BUTTONS.letters] },
];

/** For whoever works here and said something that nobody reads. */
export function staffMenu(roles: ReadonlySet<Role>): Reply {
  const rows = rowsFor(roles);
  return say(
    ['그 말은 알아듣지 못했어요. 이렇게 보내 주세요.', ...rows.lines].join('\n'),
    rows.choices,
  );
}

/** For whoever works here and greets or asks for the menu; he may order like anybody else. */
export function staffGreeting(shop: Shop, roles: ReadonlySet<Role>): Reply {
  const rows = rowsFor(roles);
  const isPaused = shop.state === 'paused';
  return say(
    [
      `안녕하세요. ${shop.name}에서 이렇게 말씀하시면 돼요.`,
      ...rows.lines,
      isPaused
        ? '지금은 주문을 멈춘 상태예요.'
        : '주문: 받는 분 성함, 연락처, 주소, 상자 수를 적어 보내 주세요.',
    ].join('\n'),
    [...rows.choices, ...(isPaused ? [choice(BUTTONS.status)] : START_CHOICES)],
  );
}

/** An admin needs no store: under the list of stores stands what he may say at any of them. */
export function withAdminRow(reply: Reply): Reply {
  const { lines, choices } = rowsFor(new Set(['admin']));
  return {
    texts: [...reply.texts, lines.join('\n')],
    choices: [...choices, ...reply.choices],
  };
}

function rowsFor(roles: ReadonlySet<Role>): {
  readonly lines: readonly string[];
  readonly choices: readonly Choice[];
} {
  const own = STAFF_ROWS.filter(({ role }) => roles.has(role));
  return {
    lines: own.map(({ role, said }) => `${ROLE_WORDS[role]}: ${said}`),
    choices: own.flatMap(({ buttons }) => buttons.map(choice)),
  };
}

export function hoursSet(quiet: { readonly from: string; readonly to: string }): Reply {
  return say(
    `알림은 ${quiet.to}부터 ${quiet.from}까지만 보낼게요. 그 밖의 알림은 ${quiet.to}에 모아서 알려 드려요.\n목록과 상자 수 질문은 정해진 시간에 보내요.`,
  );
}

export function hoursAlways(): Reply {
  return say('이제 알림을 바로바로 보낼게요.');
}

export function whichHours(): Reply {
  return say('알림을 몇 시부터 몇 시까지 받으실래요? 예) 알림 08:00-21:00 / 알림 항상');
}
