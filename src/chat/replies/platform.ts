// What bots and pages say by themselves, around the conversation.
import type { Shop } from '../../orders/shop.ts';
import type { MenuLine, Reply } from '../bot.ts';
import { ROLE_WORDS } from './names.ts';
import { BUTTONS, choice, say } from './parts.ts';
import { inBoth } from './tongue.ts';

export const BOT_WORDS = {
  late: '조금만 기다려 주세요. 잠시 뒤에 같은 말을 한 번 더 보내 주시면 바로 답해 드릴게요.',
  broken: '지금 답을 드리지 못했어요. 잠시 뒤에 다시 보내 주세요.',
  unreadable: '메시지를 읽지 못했어요. 글로 다시 보내 주세요.',
  tooLarge: '메시지가 너무 커요. 글로 짧게 나눠 보내 주세요.',
} as const;

/** What is offered as a menu by platforms that have one; chosen, it is said. */
export const BOT_MENU: readonly MenuLine[] = [
  { command: 'order', says: BUTTONS.order, about: '주문하기' },
  { command: 'status', says: BUTTONS.status, about: '내 주문 보기 · 배송조회' },
  { command: 'info', says: BUTTONS.info, about: '가격과 주문 방법' },
  { command: 'cancel', says: BUTTONS.cancelOrder, about: '주문 취소' },
  { command: 'stores', says: BUTTONS.stores, about: '상점 고르기' },
];

/** What Telegram's bot says besides. */
export const TELEGRAM_WORDS = {
  broken: BOT_WORDS.broken,
  edited: '고치신 글은 볼 수 없어요. 바꾸실 내용을 새 메시지로 보내 주세요.',
  privately: '주문은 저와의 1:1 대화로 보내 주세요.',
  start: BUTTONS.menu,
  joining: (code: string) => `등록 ${code}`,
  linking: (code: string) => `연결 ${code}`,
} as const;

/** What the pages of the web chat say around the conversation. */
export const PAGE_WORDS = {
  log: '대화',
  me: '나',
  shop: '상점',
  message: '메시지',
  placeholder: '메시지를 적어 주세요',
  send: '보내기',
  busy: '답을 쓰고 있어요',
  newer: '아래에 더 있어요',
  lost: '연결이 끊겼어요. 다시 잇고 있어요.',
  failed: '보내지 못했어요. 보내기를 다시 눌러 주세요.',
  nothing: '…',
  notSent: '보내지 못했어요',
  broken: BOT_WORDS.broken,
  unreadable: BOT_WORDS.unreadable,
  tooLarge: BOT_WORDS.tooLarge,
  tooFast: '조금 빨라요. 1분 뒤에 다시 보내 주세요.',
  foreign: '채팅 화면에서 보내 주세요.',
  toChat: '채팅으로 가기',
  noStore: { title: '이런 상점이 없어요', text: '주소를 다시 확인해 주세요.' },
  noPage: { title: '이런 화면이 없어요', text: '주소를 다시 확인해 주세요.' },
  tooOften: {
    title: '잠시 뒤에 열어 주세요',
    text: '너무 자주 열었어요. 1분 뒤에 다시 해 주세요.',
  },
  links: {
    forged: {
      title: '맞지 않는 링크예요',
      text: '주소가 중간에 잘리지 않았는지 확인하거나 링크를 다시 받아 주세요.',
    },
    expired: {
      title: '시간이 지난 링크예요',
      text: '링크는 15분 동안만 열려요. 새 링크를 받아 주세요.',
    },
    used: {
      title: '이미 쓴 링크예요',
      text: '링크는 한 번만 열려요. 새 링크를 받아 주세요.',
    },
  },
} as const;

/** Names a page by its store and, for staff, by what they are there. */
export function pageTitle(shop: Shop | null, roles: readonly string[]): string {
  const names = roles.map((role) => ROLE_WORDS[role] ?? role).join('·');
  const where = shop?.name ?? '산지';
  return names === '' ? where : `${where} · ${names}`;
}

export function broken(): Reply {
  return inBoth(({ either }) =>
    say(either(BOT_WORDS.broken, 'I could not answer just now. Please send it again in a moment.')),
  );
}

/** To whoever calls for a notice that is not for him, or that is told no more. */
export function noNotice(): Reply {
  return inBoth(({ either, labels, start }) =>
    say(
      either(
        '지금은 새 소식이 없어요. 주문이 궁금하시면 [주문조회]를 눌러 주세요.',
        'There is no news right now. To see your orders, press [My orders].',
      ),
      [choice(labels.status), ...start],
    ),
  );
}

export function crowded(): Reply {
  return inBoth(({ either }) =>
    say(
      either(
        '지금 주문이 몰려요. 1분 뒤에 다시 보내 주세요.',
        'Many orders are coming in right now. Please send it again in a minute.',
      ),
    ),
  );
}

export function tooLong(charsMax: number): Reply {
  const most = charsMax.toLocaleString('en-US');
  return inBoth(({ either }) =>
    say(
      either(
        `메시지가 너무 길어요. ${most}자 안으로 나눠 보내 주세요.`,
        `That message is too long. Please split it into parts of at most ${most} characters.`,
      ),
    ),
  );
}

export function attachment(): Reply {
  return inBoth(({ either, start }) =>
    say(
      either(
        '사진이나 음성은 읽지 못해요. 주문은 글로 보내 주세요 🙂',
        'I cannot read pictures or voice messages. Please send your order as text 🙂',
      ),
      start,
    ),
  );
}
