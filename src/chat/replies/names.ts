// What states, carriers, roles and platforms are called.

import type { Audience } from '../../orders/change.ts';
import type { Parcel } from '../../orders/order.ts';
import { CARRIERS } from '../../shipping/carriers.ts';

export const STATE_WORDS: Readonly<Record<Parcel['state'], string>> = {
  waiting: '날짜 기다림',
  scheduled: '출하 예정',
  harvested: '수확 완료',
  packed: '포장 완료',
  shipped: '발송 완료',
  delivered: '배송 완료',
  cancelled: '취소됨',
  returned: '반송됨',
};

export const ENGLISH_STATE_WORDS: typeof STATE_WORDS = {
  waiting: 'waiting for a date',
  scheduled: 'scheduled',
  harvested: 'harvested',
  packed: 'packed',
  shipped: 'shipped',
  delivered: 'delivered',
  cancelled: 'cancelled',
  returned: 'returned',
};

export const CARRIER_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  CARRIERS.map(({ id, name }) => [id, name]),
);

export const ENGLISH_CARRIER_NAMES: typeof CARRIER_NAMES = Object.fromEntries(
  CARRIERS.map(({ id, english }) => [id, english]),
);

export const ROLE_WORDS: Readonly<Record<string, string>> = {
  farmer: '농부',
  seller: '판매자',
  admin: '관리자',
};

export const PLATFORM_WORDS: Readonly<Record<string, string>> = {
  kakao: '카카오톡',
  telegram: '텔레그램',
  discord: '디스코드',
  web: '웹 채팅',
  terminal: '터미널',
};

export const ENGLISH_PLATFORM_WORDS: typeof PLATFORM_WORDS = {
  kakao: 'KakaoTalk',
  telegram: 'Telegram',
  discord: 'Discord',
  web: 'the web chat',
  terminal: 'the terminal',
};

export const AUDIENCE_WORDS: Readonly<Record<Audience, string>> = {
  buyer: '주문한 분',
  farmer: '농부',
  seller: '판매자',
  admin: '관리자',
};

export function roleNames(roles: readonly string[]): string {
  return roles.map((role) => ROLE_WORDS[role] ?? role).join('·');
}
