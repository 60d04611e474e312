// Pages that say one thing: why a link shows nothing, or a press did nothing. Nobody knows yet who reads
// them, so they say it in both languages.
import type { RefusalCode } from '../../orders/errors.ts';

export type Notice = { readonly title: string; readonly text: string; readonly english: string };

/** Why a link lets nobody in; what a new one is asked for by differs from kind to kind. */
export type LinkRefusal = 'forged' | 'expired' | 'revoked';
export type PageKind = 'order' | 'board' | 'print';

const ASK_ANEW: Readonly<Record<PageKind, { readonly korean: string; readonly english: string }>> =
  {
    order: {
      korean: '채팅에 ‘주문조회’라고 보내시면 새 링크를 드려요.',
      english: 'Write “my orders” in the chat and you get a new link.',
    },
    board: {
      korean: '채팅에 ‘보드’라고 보내시면 새 링크를 드려요.',
      english: 'Write “보드” in the chat and you get a new link.',
    },
    print: {
      korean: '목록 링크는 이틀 동안만 열려요. 채팅에 ‘목록’이라고 보내시면 새 링크를 드려요.',
      english: 'Links to a list last two days. Write “목록” in the chat and you get a new one.',
    },
  };

export function linkNotice(kind: PageKind, why: LinkRefusal): Notice {
  const { korean, english } = ASK_ANEW[kind];
  switch (why) {
    case 'forged':
      return {
        title: '맞지 않는 링크예요',
        text: `주소가 중간에 잘리지 않았는지 봐 주세요. ${korean}`,
        english: `This link is not complete. ${english}`,
      };
    case 'expired':
      return {
        title: '시간이 지난 링크예요',
        text: korean,
        english: `This link has ended. ${english}`,
      };
    case 'revoked':
      return {
        title: '이제 쓰지 않는 링크예요',
        text: `안전을 위해 이 링크를 닫았어요. ${korean}`,
        english: `This link was closed. ${english}`,
      };
  }
}

const REFUSALS: Readonly<Partial<Record<RefusalCode, Notice>>> = {
  not_found: {
    title: '이런 화면이 없어요',
    text: '주소를 다시 확인해 주세요.',
    english: 'There is no such page. Please check the address.',
  },
  method_not_allowed: {
    title: '이렇게는 열 수 없어요',
    text: '처음 받은 링크를 다시 열어 주세요.',
    english: 'This page cannot be opened this way. Please use the link you were given.',
  },
  forbidden: {
    title: '화면을 다시 열어 주세요',
    text: '이 화면에서 보낸 것인지 확인하지 못해서 아무것도 바꾸지 않았어요. 처음 받은 링크를 다시 열어 주세요.',
    english:
      'Nothing was changed: we could not see that this came from our own page. Please open your link again.',
  },
  unauthorized: {
    title: '다시 들어와 주세요',
    text: '들어온 지 오래되어 아무것도 바꾸지 않았어요. 화면을 다시 열어 주세요.',
    english: 'You are not logged in any more, and nothing was changed. Please open the page again.',
  },
  bad_request: {
    title: '알아보지 못했어요',
    text: '아무것도 바꾸지 않았어요. 앞 화면으로 돌아가 다시 해 주세요.',
    english: 'We could not read that, and nothing was changed. Please go back and try again.',
  },
  too_large: {
    title: '글이 너무 길어요',
    text: '조금 줄여서 다시 보내 주세요.',
    english: 'That is too long. Please make it shorter.',
  },
  rate_limited: {
    title: '잠시 뒤에 열어 주세요',
    text: '너무 자주 열었어요. 1분 뒤에 다시 해 주세요.',
    english: 'Too many requests. Please try again in a minute.',
  },
  busy: {
    title: '지금 주문이 몰려요',
    text: '잠시 뒤에 다시 해 주세요. 아무것도 사라지지 않았어요.',
    english: 'It is very busy right now. Please try again in a moment; nothing is lost.',
  },
};

const BROKEN: Notice = {
  title: '화면을 만들지 못했어요',
  text: '저희 쪽 문제예요. 잠시 뒤에 다시 열어 주세요.',
  english: 'Something went wrong on our side. Please try again in a moment.',
};

/** What is said of a refusal; null: it broke, and of that nothing more is told. */
export function refusalNotice(code: RefusalCode | null): Notice {
  if (code === null) return BROKEN;
  return REFUSALS[code] ?? REFUSALS.bad_request ?? BROKEN;
}

/** For a page without an owner's name on it. */
export const HOUSE_NAME = '산지';
/** What a live page says while its line is down. */
export const CONNECTION_LOST = {
  ko: '연결이 끊겼어요. 다시 잇고 있어요.',
  en: 'The connection is lost. Trying again.',
} as const;
