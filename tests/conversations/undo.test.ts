// `되돌려`: the farmer's last act, within five minutes, exactly and as a whole or not at all.
import { expect, test } from 'vitest';
import { packed, unpacked } from '../../src/chat/packed-trace.ts';
import type { ActTrace, ParcelTrace } from '../../src/orders/undoing.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const NAMES = ['박철수', '이영희', '정하늘', '김민수'];
const MINUTE_MS = 60_000;

/** Four paid parcels of two boxes on the frozen list of 7/21, a farmer and a seller. */
async function openDay(env: Record<string, string> = {}): Promise<Talk> {
  const talk = await openTalk(env);
  await talk.join('tutu', ['farmer']);
  await talk.join('toni', ['seller']);
  for (const [n, name] of NAMES.entries())
    await talk.buy(`buyer${n + 1}`, `${name} 010-1234-567${n} 서울 노원구 동일로 172${n} 2상자`);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '목록');
  for (let n = 1; n <= NAMES.length; n++) await talk.say(`buyer${n}`, '주문조회');
  await talk.say('toni', '오늘');
  return talk;
}

async function statesOf(talk: Talk): Promise<string[]> {
  const { rows } = await talk.store.findDayList('peach', '2026-07-21');
  return rows.map((row) => row.order.parcels[0]?.state ?? '');
}

test('a report is taken back with its date, rows and recipients, and nobody hears of it', async () => {
  const talk = await openDay();
  await talk.say('tutu', '1-2 발송');
  const back = await talk.say('tutu', '되돌려');
  expect(back).toContain('7/21(화) 1번 박철수님, 2번 이영희님 되돌렸어요');
  expect(back).toContain('출하 예정');
  expect(await statesOf(talk)).toEqual(['scheduled', 'scheduled', 'scheduled', 'scheduled']);
  expect(await talk.say('buyer1', '주문조회')).not.toContain('보냈어요');
  expect(await talk.say('toni', '오늘')).not.toContain('발송 완료');
  expect(await talk.say('tutu', '되돌려')).toContain('되돌릴 것이 없어요');
  await talk.isSound();
});

test('whoever was told already hears a short correction, the others nothing', async () => {
  const talk = await openDay();
  await talk.say('tutu', '1-2 발송');
  expect(await talk.say('buyer1', '주문조회')).toContain('보냈어요');
  await talk.say('toni', '오늘');
  expect(await talk.say('tutu', '되돌려')).toContain('알림을 받은 1명께는');
  expect(await talk.say('buyer1', '주문조회')).toContain('발송 알림은 잘못 보냈어요');
  expect(await talk.say('buyer2', '주문조회')).not.toContain('잘못');
  expect(await talk.say('toni', '오늘')).toContain('1-2번 보고를 되돌렸어요');
});

test('a correction that has become untrue is not told', async () => {
  const talk = await openDay();
  await talk.say('tutu', '1번 발송');
  await talk.say('buyer1', '주문조회');
  await talk.say('tutu', '되돌려');
  await talk.say('tutu', '1번 발송');
  expect(await talk.say('buyer1', '주문조회')).not.toContain('잘못');
});

test('waybills and the carrier named after them go together', async () => {
  const talk = await openDay();
  await talk.say('tutu', '3번 송장 123456789012');
  expect(await talk.press('tutu', 'CJ대한통운')).toContain('7/21(화) 3번 정하늘님 택배사');
  expect(await talk.press('tutu', '되돌려')).toContain('송장 1개를 지웠어요');
  const { rows } = await talk.store.findDayList('peach', '2026-07-21');
  expect(rows[2]?.order.parcels[0]).toMatchObject({
    state: 'scheduled',
    packages: [{ waybill: null, carrier: null, state: null }],
  });
  // The number is free again.
  expect(await talk.say('tutu', '4번 송장 123456789012')).toContain('발송 처리했어요');
  await talk.isSound();
});

test('all that one message reported is one act', async () => {
  const talk = await openDay();
  await talk.say('tutu', '1번 수확\n2번 포장\n3번 발송');
  expect(await statesOf(talk)).toEqual(['harvested', 'packed', 'shipped', 'scheduled']);
  await talk.say('tutu', '되돌려');
  expect(await statesOf(talk)).toEqual(['scheduled', 'scheduled', 'scheduled', 'scheduled']);
});

test('a step back leads to where each row was', async () => {
  const talk = await openDay();
  await talk.say('tutu', '1번 포장');
  await talk.say('tutu', '1-2 발송');
  await talk.say('tutu', '되돌려');
  expect(await statesOf(talk)).toEqual(['packed', 'scheduled', 'scheduled', 'scheduled']);
});

const BETWEEN: readonly (readonly [string, (talk: Talk) => Promise<unknown>])[] = [
  [
    'its buyer cancels a parcel',
    async (talk) => {
      await talk.say('buyer1', '취소');
      await talk.press('buyer1', '네, 취소해요');
    },
  ],
  [
    'another farmer reports one of the rows',
    async (talk) => {
      await talk.join('gogo', ['farmer']);
      await talk.say('gogo', '1번 발송');
    },
  ],
  [
    'another farmer cuts the list',
    async (talk) => {
      await talk.join('gogo', ['farmer']);
      await talk.say('gogo', '3번까지');
    },
  ],
];

for (const [what, happens] of BETWEEN)
  test(`when ${what} in between, nothing is taken back and it is said`, async () => {
    const talk = await openDay();
    await talk.say('tutu', '1-2 수확');
    await happens(talk);
    const before = await statesOf(talk);
    expect(await talk.say('tutu', '되돌려')).toMatch(/그 뒤에 바뀌어서 되돌릴 수 없어요/);
    expect(await statesOf(talk)).toEqual(before);
    await talk.isSound();
  });

test('after five minutes it is over', async () => {
  const talk = await openDay();
  await talk.say('tutu', '1번 발송');
  talk.passMs(5 * MINUTE_MS);
  expect(await talk.say('tutu', '되돌려')).toContain('되돌릴 것이 없어요');
  expect((await statesOf(talk))[0]).toBe('shipped');
});

test('the window can be set for tests', async () => {
  const talk = await openDay({ SANJI_UNDO_WINDOW_MS: '1000' });
  await talk.say('tutu', '1번 발송');
  expect(await talk.say('tutu', '되돌려')).toContain('되돌릴 것이 없어요');
});

test('pressed twice it is done once, and the button of an older report does nothing', async () => {
  const talk = await openDay();
  await talk.say('tutu', '1번 발송');
  const first = talk.reply('tutu');
  await talk.say('tutu', '2번 발송');
  expect(await talk.press('tutu', '되돌려', first)).toContain('되돌릴 것이 없어요');
  await talk.say('tutu', '3번 발송');
  const third = talk.reply('tutu');
  const once = await talk.press('tutu', '되돌려', third);
  expect(await talk.press('tutu', '되돌려', third)).toBe(once);
  expect(await statesOf(talk)).toEqual(['shipped', 'shipped', 'scheduled', 'scheduled']);
});

test('prices, sold out, a pause and a number are taken back', async () => {
  const talk = await openDay();
  await talk.say('tutu', '가격 4만원');
  expect(await talk.say('tutu', '되돌려')).toContain('35,000원, 판매 중');
  await talk.say('tutu', '복숭아 품절');
  expect(await talk.say('tutu', '되돌려')).toContain('판매 중');
  await talk.say('tutu', '주문 멈춤');
  expect(await talk.say('tutu', '되돌려')).toContain('주문을 다시 받아요');
  await talk.say('tutu', '7/23 20');
  expect(await talk.say('tutu', '되돌려')).toContain('7/23(목)을 다시 40상자로');
  const shop = await talk.store.findShop('peach');
  expect(shop).toMatchObject({ state: 'open', products: [{ priceKrw: 35_000 }] });
  expect((await talk.store.findDays('peach', '2026-07-23')).get('2026-07-23')).toMatchObject({
    capBoxes: 40,
    capSource: 'default',
  });
});

test('a price that somebody else changed since stays', async () => {
  const talk = await openDay();
  await talk.join('gogo', ['farmer']);
  await talk.say('tutu', '가격 4만원');
  await talk.say('gogo', '가격 5만원');
  expect(await talk.say('tutu', '되돌려')).toContain('그 뒤에 바뀌어서');
  expect((await talk.store.findShop('peach'))?.products[0]?.priceKrw).toBe(50_000);
});

/** The dates of the four parcels, in the order in which they were bought. */
async function datesOf(talk: Talk): Promise<(string | null)[]> {
  const orders = [...(await talk.orders())].reverse();
  return orders.flatMap(({ parcels }) => parcels.map(({ harvestDate }) => harvestDate));
}

test('a cut is taken back before anybody heard of it, and nobody does', async () => {
  const talk = await openDay();
  await talk.say('tutu', '2번까지');
  expect(await datesOf(talk)).toEqual(['2026-07-21', '2026-07-21', '2026-07-22', '2026-07-22']);
  const back = await talk.say('tutu', '되돌려');
  expect(back).toContain('7/21(화)을 다시 40상자로');
  expect(back).toContain('옮긴 2곳을 제자리로 돌렸어요');
  expect(back).toContain('아무것도 가지 않아요');
  expect(await datesOf(talk)).toEqual(Array(4).fill('2026-07-21'));
  expect(await talk.say('buyer3', '주문조회')).not.toMatch(/바뀌었어요|잘못/);
  expect(await talk.say('toni', '오늘')).not.toMatch(/바뀌었고|되돌렸어요|처음 날짜/);
  const { rows } = await talk.store.findDayList('peach', '2026-07-21');
  expect(rows.map(({ row, struck }) => [row, struck])).toEqual([
    [1, false],
    [2, false],
    [3, false],
    [4, false],
  ]);
  await talk.isSound();
});

test('whoever was told of another date hears that it is the first one, and the seller once', async () => {
  const talk = await openDay();
  await talk.say('tutu', '2번까지');
  expect(await talk.say('buyer3', '주문조회')).toContain('출하일이 바뀌었어요');
  await talk.say('toni', '오늘');
  expect(await talk.say('tutu', '되돌려')).toContain('알림을 받은 1명께는');
  const corrected = await talk.say('buyer3', '주문조회');
  expect(corrected).toContain('날짜 변경 알림은 잘못 보냈어요');
  expect(corrected).toContain('7/21(화) 출하');
  expect(await talk.say('buyer4', '주문조회')).not.toMatch(/바뀌었어요|잘못/);
  expect(await talk.say('toni', '오늘')).toContain('2곳을 다시 처음 날짜로 돌렸어요');
});

test('a date that was told, taken back and changed again is told as it is now', async () => {
  const talk = await openDay();
  await talk.say('tutu', '3번까지');
  await talk.say('buyer4', '주문조회');
  await talk.say('tutu', '되돌려');
  await talk.say('tutu', '7/22 휴무');
  await talk.say('tutu', '3번까지');
  const told = await talk.say('buyer4', '주문조회');
  expect(told).toContain('7/22(수) → 7/23(목) 출하');
  expect(told.split('바뀌었어요').length).toBe(2);
  expect(told).not.toContain('잘못');
});

test('all that one message did is one act: a cut, a report, a price and two days', async () => {
  const talk = await openDay();
  await talk.say('tutu', '3번까지\n1번 발송\n가격 4만원\n7/22 30, 7/23 쉼');
  expect(await statesOf(talk)).toEqual(['shipped', 'scheduled', 'scheduled', 'scheduled']);
  const back = await talk.say('tutu', '되돌려');
  for (const said of ['1번 박철수님 되돌렸어요', '다시 40상자로', '옮긴 1곳', '35,000원'])
    expect(back).toContain(said);
  expect(await statesOf(talk)).toEqual(Array(4).fill('scheduled'));
  expect(await datesOf(talk)).toEqual(Array(4).fill('2026-07-21'));
  const days = await talk.store.findDays('peach', '2026-07-21');
  expect([...days.values()].map(({ capBoxes, capSource }) => [capBoxes, capSource])).toEqual(
    [...days].map(() => [40, 'default']),
  );
  expect((await talk.store.findShop('peach'))?.products[0]?.priceKrw).toBe(35_000);
  await talk.isSound();
});

test('a price that changed since keeps the whole act', async () => {
  const talk = await openDay();
  await talk.join('gogo', ['farmer']);
  await talk.say('tutu', '1번 발송\n가격 4만원');
  await talk.say('gogo', '가격 5만원');
  expect(await talk.say('tutu', '되돌려')).toContain('그 뒤에 바뀌어서');
  expect((await statesOf(talk))[0]).toBe('shipped');
});

test('an order that took the room keeps the number, and it is said', async () => {
  const talk = await openDay();
  await talk.say('tutu', '오늘 0');
  await talk.say('tutu', '7/21 8');
  await talk.say('tutu', '7/21 2상자 더');
  await talk.buy('buyer9', '최민지 010-1234-5679 서울 노원구 동일로 1800 2상자');
  expect(await talk.say('tutu', '되돌려')).toContain(
    '7/21(화) 그 뒤에 다른 주문이 들어와 자리가 없어서 되돌릴 수 없어요',
  );
  await talk.isSound();
});

test('a cancelled row stays cancelled, and it is said why', async () => {
  const talk = await openDay();
  await talk.say('tutu', '4번 취소');
  await talk.say('tutu', '멍들었어요');
  await talk.press('tutu', '네, 취소해요');
  expect(talk.buttons('tutu')).not.toContain('되돌려');
  expect(await talk.say('tutu', '되돌려')).toContain('취소는 주문한 분께 알리고 있어서');
});

test('rules for weekdays are taken back with all that they moved', async () => {
  const talk = await openDay();
  await talk.say('tutu', '7/21 4');
  expect(await datesOf(talk)).toEqual(['2026-07-21', '2026-07-21', '2026-07-22', '2026-07-22']);
  expect(await talk.say('tutu', '매주 수요일 쉼')).toContain('매주 수요일은 쉬어요');
  expect((await datesOf(talk)).slice(2)).toEqual(['2026-07-23', '2026-07-23']);
  const back = await talk.say('tutu', '되돌려');
  expect(back).toContain('옮긴 2곳을 제자리로');
  expect(back).toContain('쉬는 요일은 토·일요일이에요');
  expect((await datesOf(talk)).slice(2)).toEqual(['2026-07-22', '2026-07-22']);
  expect((await talk.store.findShop('peach'))?.policy.closedWeekdays).toEqual(['sat', 'sun']);
  await talk.isSound();
});

test('a weekday that was opened stays open once somebody bought it', async () => {
  const talk = await openDay();
  await talk.say('tutu', '토요일도 보내요');
  await talk.buy('buyer9', '최민지 010-1234-5679 서울 노원구 동일로 1800 2상자 7/25 발송해 주세요');
  expect(await datesOf(talk)).toContain('2026-07-25');
  expect(await talk.say('tutu', '되돌려')).toContain('자리가 없어서 되돌릴 수 없어요');
  expect((await talk.store.findShop('peach'))?.policy.closedWeekdays).toEqual(['sun']);
});

test('a farmer who never heard of a cut hears nothing when it is taken back, the others do', async () => {
  const talk = await openDay();
  await talk.join('gogo', ['farmer']);
  await talk.join('nana', ['farmer']);
  await talk.say('tutu', '2번까지');
  expect(await talk.say('gogo', '목록')).toContain('목록이 바뀌었어요 (r2');
  await talk.say('tutu', '되돌려');
  const told = await talk.say('gogo', '목록');
  expect(told).toContain('목록이 바뀌었어요 (r3');
  expect(told).toContain('3. ');
  expect(await talk.say('nana', '목록')).not.toContain('목록이 바뀌었어요');
});

test('the way back of a day of four hundred parcels is a few pages long', () => {
  const moves = Array.from({ length: 400 }, (_, no): ParcelTrace => {
    const id = `mdrxk3a1Abcdefghijkl${no}`;
    const [before, after] = ['2026-07-21', '2026-07-22'].map((date) => ({
      state: 'scheduled' as const,
      date,
    }));
    if (before === undefined || after === undefined) throw new Error('two dates');
    return { parcelId: `par_${id}-1`, orderId: `ord_${id}`, row: no + 1, before, after };
  });
  const trace: ActTrace = { marks: ['mark'], parcels: moves, days: [] };
  expect(unpacked(packed(trace))).toEqual(trace);
  expect(JSON.stringify(packed(trace)).length).toBeLessThan(30_000);
});

test('a price and a stop said in one message both hold, and go back together', async () => {
  const talk = await openDay();
  const product = async () => (await talk.store.findShop('peach'))?.products[0];
  for (const said of ['복숭아 품절\n가격 3만9천', '가격 3만9천\n복숭아 품절']) {
    await talk.say('tutu', said);
    expect(await product()).toMatchObject({ priceKrw: 39_000, state: 'sold_out' });
    await talk.say('tutu', '되돌려');
    expect(await product()).toMatchObject({ priceKrw: 35_000, state: 'on_sale' });
  }
});
