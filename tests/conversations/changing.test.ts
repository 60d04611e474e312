import { expect, test } from 'vitest';
import { ordering } from '../../src/app.ts';
import { openTalk } from '../support/talk.ts';

const CHULSU = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';

test('the address of a paid order changes until it is harvested, and a frozen list hears of it', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  const order = await talk.buy('buyer', CHULSU);
  expect(await talk.say('buyer', '주소 변경')).toContain('지금 주소: 서울 노원구 동일로 1729');
  await talk.say('buyer', '부산 해운대구 센텀로 20 101동 202호');
  expect((await talk.onlyOrder()).parcels[0]?.address).toBe('부산 해운대구 센텀로 20 101동 202호');
  expect(await talk.say('tutu', '목록')).not.toContain('받는 곳이 바뀌었어요');
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '목록');
  await talk.say('buyer', '주소 변경');
  await talk.say('buyer', '대구 수성구 달구벌대로 3170');
  const told = await talk.say('tutu', '목록');
  expect(told).toContain('7/21(화) 1번 박철수님 받는 곳이 바뀌었어요');
  expect(told).toContain('대구 수성구 달구벌대로 3170');
  const date = order.parcels[0]?.harvestDate ?? '';
  const report = { date, rows: 'all', to: 'harvested' } as const;
  await talk.store.submit(ordering.report(await talk.asked('farmer'), report));
  expect(await talk.say('buyer', '주소 변경')).toContain('수확한 뒤에는 바꾸지 못해요');
  await talk.isSound();
});

test('a question for the address that is answered by something else is dropped', async () => {
  const talk = await openTalk();
  await talk.buy('buyer', CHULSU);
  await talk.say('buyer', '주소 변경');
  expect(await talk.say('buyer', '얼마예요?')).toContain('35,000원');
  expect((await talk.onlyOrder()).parcels[0]?.address).toContain('동일로 1729');
});

test('a complaint reaches the seller in the words of the buyer', async () => {
  const talk = await openTalk();
  await talk.join('toni', ['seller']);
  await talk.buy('buyer', CHULSU);
  expect(await talk.say('buyer', '복숭아가 다 터져서 왔어요')).toContain('정말 죄송해요');
  const told = await talk.say('toni', '오늘');
  expect(told).toContain('P7-001 주문한 분이 불편을 알렸어요');
  expect(told).toContain('“복숭아가 다 터져서 왔어요”');
});
