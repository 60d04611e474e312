import { beforeEach, describe, expect, test } from 'vitest';
import { wordsFor } from '../../src/chat/notices.ts';
import * as ordering from '../../src/orders/ordering.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const ONE = '박철수 010-1234-5678 서울 강남구 역삼로 1 2상자';
const FARMER = 'farmer';

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk();
  await talk.join(FARMER, ['farmer', 'seller']);
});

const at = (instant: string) => talk.setNow(`2026-07-${instant}:00+09:00`);
const evening = (date: string, time = '18:00') =>
  talk.runJob('daily-status', `2026-07-${date}T${time}:00+09:00`);
const heldFor = async (user: string, kind: string) => {
  const sender = { platform: 'kakao', bot: 'bot', user };
  const { held } = await talk.store.findTurn(sender, null);
  return held.filter((one) => one.kind === kind);
};
const news = (user = 'buyer') => heldFor(user, 'daily_status');
/** What would be said now of a notice that waits. */
const wordsOf = async (user: string, kind: string) => {
  const [notice] = await heldFor(user, kind);
  if (notice === undefined) return null;
  const words = await wordsFor(talk.store, notice, {
    ...{ roomChars: 1000, isWhole: true, pagesUrl: null, personId: '' },
    now: talk.now(),
  });
  return words?.texts.join('\n') ?? null;
};

/** Bought on Monday, on Tuesday's list, which is out. */
async function listed(user = 'buyer', text = ONE) {
  at('20T12:00');
  const order = await talk.buy(user, text);
  await talk.runJob('day-list', '2026-07-21T06:00:00+09:00');
  at('21T09:00');
  return order;
}

describe('the evening of a buyer', () => {
  test('tells where parcels stand of which nobody told, once', async () => {
    const { code } = await listed();
    await talk.say(FARMER, '수확');
    await talk.say(FARMER, '포장 1');
    await evening('21');
    await evening('21', '18:01');
    await evening('22');
    expect(await news()).toHaveLength(1);
    at('21T19:00');
    const said = await talk.say('buyer', '안녕하세요');
    expect(said).toContain(
      `오늘 소식이에요.\n${code} 박철수님 복숭아 4kg 2상자 · 포장 완료 · 7/21(화) 출하 예정`,
    );
    expect(said).not.toContain('수확 완료');
  });

  test('has nothing to say of what was told as it happened', async () => {
    const order = await listed();
    await evening('20');
    const request = { parcelIds: null, to: 'shipped', carrier: null, waybills: [] } as const;
    await talk.store.submit(ordering.advanceParcels(await talk.asked('farmer'), order.id, request));
    await evening('21');
    expect(await news()).toEqual([]);
  });

  test('is one message for several orders, and none for a buyer without news', async () => {
    await listed();
    await talk.buy('buyer', '이영희 010-2222-3333 경기 수원시 광교로 100 1상자');
    await talk.buy('another', '김민수 010-4444-5555 경기 수원시 광교로 101 1상자');
    await talk.say(FARMER, '수확');
    await talk.say(FARMER, '7/22 목록');
    await talk.say(FARMER, '1번 수확');
    await talk.say(FARMER, '네');
    await evening('21');
    expect((await news()).map(({ data }) => (data.parcels as string[]).length)).toEqual([2]);
    expect(await news('another')).toEqual([]);
  });

  test('tells the newest only when several evenings wait, and nothing that has left meanwhile', async () => {
    const order = await listed(
      'buyer',
      `${ONE}\n이영희 010-2222-3333 경기 수원시 광교로 100 1상자`,
    );
    await talk.say(FARMER, '1번 수확');
    await evening('21');
    at('22T09:00');
    await talk.say(FARMER, '2번 수확');
    await talk.say(FARMER, '1번 포장');
    await evening('22');
    expect(await news()).toHaveLength(2);
    at('22T19:00');
    const said = await talk.say('buyer', '안녕하세요');
    expect(said.match(/소식이에요/g)).toHaveLength(1);
    expect(said).toMatch(/박철수님.*포장 완료 · 곧 보내 드려요\n.*이영희님.*수확 완료/);
    await talk.say(FARMER, '2번 포장');
    at('23T09:00');
    await evening('23');
    const request = { parcelIds: null, to: 'shipped', carrier: null, waybills: [] } as const;
    await talk.store.submit(ordering.advanceParcels(await talk.asked('farmer'), order.id, request));
    expect(await wordsOf('buyer', 'daily_status')).toBeNull();
  });

  test('comes no more to whoever wants none, and again to whoever wants it again', async () => {
    await listed();
    await talk.say(FARMER, '수확');
    await evening('21');
    at('21T19:00');
    await talk.say('buyer', '안녕하세요');
    expect(await talk.press('buyer', '그만 받기')).toContain('이제 보내지 않아요');
    const off = talk.reply('buyer');
    at('22T09:00');
    await talk.say(FARMER, '1번 포장');
    await evening('22');
    expect(await news()).toEqual([]);
    expect(await talk.press('buyer', '소식 다시 받기', off)).toContain('알려 드릴게요');
    await evening('23');
    expect(await news()).toHaveLength(1);
    // Pressed by a stranger before anything else is known of him, it is kept too.
    await talk.press('stranger', '소식 다시 받기', off);
    expect(await talk.say('stranger', '그만 받기')).toContain('이제 보내지 않아요');
    expect((await talk.asked('farmer')).shop.state).toBe('open');
  });

  test('is left out when it is caught up at night, and told the next evening', async () => {
    await listed();
    await talk.say(FARMER, '수확');
    await evening('21', '23:00');
    expect(await news()).toEqual([]);
    await evening('22');
    expect(await news()).toHaveLength(1);
  });
});

describe('the evening of the farm', () => {
  test('says what is left, to a farmer who is the seller too once', async () => {
    const { parcels } = await listed(
      'buyer',
      `${ONE}\n이영희 010-2222-3333 경기 수원시 광교로 100 1상자`,
    );
    expect(parcels).toHaveLength(2);
    await talk.say(FARMER, '1번 발송');
    await talk.say('late', '김민수 010-4444-5555 경기 수원시 광교로 101 1상자');
    await talk.press('late', '주문 확정');
    await evening('21');
    expect(await heldFor(FARMER, 'daily_summary')).toHaveLength(1);
    at('21T18:30');
    const said = await talk.say(FARMER, '안녕하세요');
    expect(said).toContain(
      [
        '7/21(화) 저녁 정리예요.',
        '아직 안 보낸 곳 1곳 1상자',
        '보냈는데 송장이 없는 곳 1곳',
        '미입금 1건 40,000원',
      ].join('\n'),
    );
  });

  test('says who waits for a date, and nothing when nothing is left', async () => {
    await evening('20');
    expect(await heldFor(FARMER, 'daily_summary')).toEqual([]);
    at('20T12:00');
    const { shop } = await talk.asked('farmer');
    await talk.store.putShop({
      ...shop,
      policy: { ...shop.policy, horizonDays: 1, dailyCapBoxes: 2 },
    });
    await talk.say('second', '김민수 010-4444-5555 경기 수원시 광교로 101 2상자');
    await talk.press('second', '주문 확정');
    const [waiting] = await talk.orders();
    await talk.buy('buyer', ONE);
    if (waiting !== undefined) await talk.pay(waiting);
    at('20T18:05');
    await talk.runJob('daily-status', '2026-07-21T18:00:00+09:00');
    expect(await wordsOf(FARMER, 'daily_summary')).toContain('출하일을 기다리는 주문 1건');
  });

  test('is not said any more when all is done by the time it is told', async () => {
    await listed();
    await evening('21');
    await talk.say('buyer', '안녕하세요');
    const [order] = await talk.orders();
    const request = {
      parcelIds: null,
      to: 'shipped',
      carrier: 'kr.hanjin',
      waybills: ['123456789012'],
    } as const;
    await talk.store.submit(
      ordering.advanceParcels(await talk.asked('seller'), order?.id ?? '', request),
    );
    expect(await wordsOf(FARMER, 'daily_summary')).toBeNull();
  });
});
