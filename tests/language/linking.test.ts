import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { aroundCode, readLinking } from '../../src/language/linking.ts';

const FILES = [
  'intents',
  'intents-own',
  'orders',
  'orders-own',
  'orders-strangers',
  'farmer-strangers',
];

/** All that the labelled messages say. */
const OTHERS = FILES.flatMap((name) =>
  readFileSync(new URL(`../fixtures/messages/${name}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const { text, messages } = JSON.parse(line) as { text?: string; messages?: string[] };
      return [...(text === undefined ? [] : [text]), ...(messages ?? [])];
    }),
);

const said = (kind: string, texts: readonly string[]) => texts.map((text) => [text, kind] as const);

test.each([
  ...said('make', [
    '다른 톡 연결',
    '계정 연결',
    '다른 톡이랑 연결하고 싶어요',
    '텔레그램 연결해 주세요',
    '카톡이랑 연동할래요',
    '디스코드도 연결돼요?',
    '다른 메신저에도 연결할 수 있나요?',
    '계정 연동하려면요?',
    'link another app',
    'Link my accounts please',
  ]),
  ...said('end', [
    '연결 해제',
    '연결 해제해 주세요',
    '텔레그램 연결 끊어주세요',
    '계정 연동 해지',
    '카톡과의 연결을 끊을래요',
    'unlink',
    'unlink telegram',
  ]),
])('%j: %s', (text, kind) => {
  expect(readLinking(text)?.kind).toBe(kind);
});

test.each([
  ['연결 K7QX-2M9T', 'K7QX-2M9T'],
  ['연결 k7qx 2m9t', 'k7qx 2m9t'],
  ['연결: K7QX2M9T', 'K7QX2M9T'],
  ['연결번호 K7QX–2M9T', 'K7QX–2M9T'],
  ['연결　Ｋ７ＱＸ－２Ｍ９Ｔ', 'K7QX-2M9T'],
  ['link K7QX-2M9T', 'K7QX-2M9T'],
])('%j brings the code %s', (text, code) => {
  expect(readLinking(text)).toEqual({ kind: 'use', code });
});

test.each([
  ['알림은 텔레그램으로', 'telegram'],
  ['알림 텔레그램으로 보내주세요', 'telegram'],
  ['알림은 카톡으로 받을게요', 'kakao'],
  ['알림은 디코로', 'discord'],
  ['알림은 여기로', 'here'],
  ['알림은 이 톡으로 받고 싶어요', 'here'],
  ['알림은 웹채팅으로', 'web'],
  ['send notices here', 'here'],
  ['Send my notifications to Telegram', 'telegram'],
])('%j: notices go to %s', (text, where) => {
  expect(readLinking(text)).toEqual({ kind: 'prefer', where });
});

test.each([
  '연결이 안 돼요',
  '전화 연결해 주세요',
  '택배사 연결해 주세요',
  '상담원 연결',
  '알림 08:00-21:00',
  '알림 항상',
  '알림 그만 받을래요',
  '연결 김영희 010-1234-5678 서울 강남구 역삼로 1 2상자',
  '다른 분께 연결해서 보내 주세요',
  '계정이 뭐예요?',
  '텔레그램으로 주문했어요',
  'link',
  '',
])('%j is about something else', (text) => {
  expect(readLinking(text)).toBeNull();
});

describe('what people say otherwise', () => {
  test('is never taken for it', () => {
    expect(OTHERS.length).toBeGreaterThan(1000);
    expect(OTHERS.filter((text) => readLinking(text) !== null)).toEqual([]);
  });
});

test('a code says nothing of the language it came in', () => {
  expect(aroundCode('연결 HXWY-KQRT').trim()).toBe('연결');
  expect(aroundCode('서울 강남구 역삼로 1')).toBe('서울 강남구 역삼로 1');
});
