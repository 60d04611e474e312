// Personal data: the notice with the first of it, once, and all of it gone when its owner says so.
import { expect, test } from 'vitest';
import { PRIVACY_VERSION } from '../../src/orders/shop.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const CHULSU = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';
const NOTICE = '주문과 배송에만 쓰고, 배송 90일 뒤에 지워요';

async function turnOf(talk: Talk, user: string) {
  return talk.store.findTurn({ platform: 'kakao', bot: 'bot', user }, null);
}

test('the notice stands once in the first answer that takes data, without a step of its own', async () => {
  const talk = await openTalk();
  expect(await talk.say('buyer', '안녕하세요')).not.toContain(NOTICE);
  expect((await turnOf(talk, 'buyer')).noticeVersion).toBeNull();
  const card = await talk.say('buyer', CHULSU);
  expect(card).toContain(NOTICE);
  expect(card).toContain('받는 분 것까지');
  expect(talk.buttons('buyer').slice(0, 3)).toEqual(['주문 확정', '수정', '그만두기']);
  expect((await turnOf(talk, 'buyer')).noticeVersion).toBe(PRIVACY_VERSION);
  expect(await talk.say('buyer', '3상자로 바꿔주세요')).not.toContain(NOTICE);
});

test('it comes with the first question as well, and links to its page where there is one', async () => {
  const talk = await openTalk({ PUBLIC_BASE_URL: 'https://sanji.example/' });
  const question = await talk.say('buyer', '박철수 010-1234-5678');
  expect(question).toContain('몇 상자 보내 드릴까요?');
  expect(question).toContain(NOTICE);
  expect(question).toContain('https://sanji.example/privacy/peach');
});

test('a question about prices takes no data and shows no notice', async () => {
  const talk = await openTalk();
  for (const text of ['얼마예요?', '2상자 주문할게요', '언제 와요?'])
    expect(await talk.say('buyer', text)).not.toContain(NOTICE);
});

test('내 정보 삭제 is asked once, then everything is gone', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  await talk.press('buyer', '주문 확정');
  await talk.say('buyer', '취소');
  await talk.press('buyer', '네, 취소해요');
  const { person } = await turnOf(talk, 'buyer');
  expect(await talk.say('buyer', '제 개인정보 삭제해 주세요')).toContain('되돌릴 수 없어요');
  expect(await talk.press('buyer', '네, 지워 주세요')).toContain('모두 지웠어요');
  expect((await turnOf(talk, 'buyer')).person.id).not.toBe(person.id);
  expect(await talk.say('buyer', '주문조회')).toContain('아직 주문이 없어요');
  expect(JSON.stringify(await talk.orders())).not.toContain('박철수');
  // Who comes back is told again.
  expect(await talk.say('buyer', CHULSU)).toContain(NOTICE);
  await talk.isSound();
});

test('what an open order needs stays, and which order that is is said before and after', async () => {
  const talk = await openTalk();
  await talk.buy('buyer', CHULSU);
  expect(await talk.say('buyer', '내 정보 삭제')).toContain('끝나지 않은 주문 P7-001');
  expect(await talk.say('buyer', '네')).toContain('P7-001에 필요한 것은 끝나는 대로');
  expect((await talk.onlyOrder()).parcels[0]?.recipient).toBe('박철수');
  expect(await talk.say('buyer', '주문조회')).toContain('P7-001');
});

test('a no keeps everything, and the yes of an old question erases nothing', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  await talk.press('buyer', '주문 확정');
  await talk.say('buyer', '내 정보 삭제');
  const question = talk.reply('buyer');
  expect(await talk.say('buyer', '아니요')).toContain('그대로 둘게요');
  expect(await talk.press('buyer', '네, 지워 주세요', question)).toContain('이미 지난 질문');
  expect(await talk.say('buyer', '주문조회')).toContain('P7-001');
});

test('a stranger who asks to be forgotten is answered', async () => {
  const talk = await openTalk();
  await talk.say('stranger', '내 정보 삭제');
  expect(await talk.say('stranger', '네')).toContain('모두 지웠어요');
});
