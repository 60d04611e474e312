import { expect, test } from 'vitest';
import { openTalk, type Talk } from '../support/talk.ts';

const NAMES = [
  '김철수',
  '이영희',
  '박민수',
  '최지우',
  '정하늘',
  '강민지',
  '조현우',
  '윤서연',
  '장동건',
  '임수정',
];

/** Buyers 1 … count, each with one paid parcel of two boxes. */
async function buyers(talk: Talk, count: number): Promise<void> {
  for (let n = 1; n <= count; n++) {
    const name = NAMES[n % NAMES.length];
    await talk.buy(
      `buyer${n}`,
      `${name} 010-1000-${1000 + n} 서울 노원구 동일로 ${n} 한솔마을아파트 103동 ${1200 + n}호 2상자`,
    );
  }
}

test('a bare number sets the next open day, then the day shown last', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  expect(await talk.say('tutu', '40')).toContain('7/21(화) 40상자');
  expect(await talk.say('tutu', '7/23 20')).toContain('7/23(목) 20상자');
  expect(await talk.say('tutu', '30')).toContain('7/23(목) 30상자');
});

test('a farm day in three messages: cap, cut, shipped', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.say('tutu', '40');
  await buyers(talk, 14);
  const draft = await talk.say('tutu', '목록');
  expect(draft).toContain('7/21(화) 목록 예정 · 14곳 28/40상자');
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  const cut = await talk.say('tutu', '12번까지');
  expect(cut).toContain('7/21(화) 목록 r1');
  expect(cut).toContain('2곳은 다음 날짜로 넘겼고');
  expect(await talk.say('tutu', '포장 1-12')).toContain('1-12번 (12곳) 포장했어요');
  const shipped = await talk.say('tutu', '3번 송장 123456789012');
  expect(shipped).toContain('7/21(화) 3번');
  expect(shipped).toContain('1234-5678-9012');
  expect(shipped).toContain('어느 택배사인가요?');
  expect(await talk.press('tutu', 'CJ대한통운')).toContain('CJ대한통운');
  const third = await talk.say('buyer3', '주문조회');
  expect(third).toContain('상자를 보냈어요!');
  expect(third).toMatch(/송장 CJ대한통운 123456789012\nhttps:\S+$/m);
  expect(await talk.say('buyer14', '주문조회')).toContain('7/22(수) 출하');
  expect(await talk.say('buyer1', '주문조회')).toContain('포장 완료');
  await talk.isSound();
});

test('only the buyers of cut rows hear of it, once', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await buyers(talk, 5);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  for (const n of [1, 2, 3, 4, 5]) await talk.say(`buyer${n}`, '주문조회');
  await talk.say('tutu', '3번까지');
  for (const [n, isTold] of [
    [1, false],
    [3, false],
    [4, true],
    [5, true],
  ] as const) {
    const told = await talk.say(`buyer${n}`, '주문조회');
    expect(told.includes('출하일이 바뀌었어요')).toBe(isTold);
    expect(await talk.say(`buyer${n}`, '언제 와요?')).not.toContain('출하일이 바뀌었어요');
  }
});

test('who hears of the payment and of the move at one contact is told the date once', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await buyers(talk, 2);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '1번까지');
  const told = await talk.say('buyer2', '안녕하세요');
  expect(told).toMatch(/입금완료!.*예상 7\/21\(화\) → 7\/22\(수\) 출하 예정/s);
  expect(told.match(/7\/22\(수\)/g)).toHaveLength(1);
  expect(talk.buttons('buyer2')).toEqual(expect.arrayContaining(['기다릴게요', '이 상자 취소']));
});

test('a moved buyer may cancel that parcel by its button', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await buyers(talk, 2);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '1번까지');
  await talk.say('buyer2', '주문조회');
  expect(await talk.press('buyer2', '이 상자 취소')).toContain('75,000원을 돌려 드려요');
  await talk.press('buyer2', '네, 취소해요');
  expect((await talk.orders())[0]?.state).toBe('cancelled');
  await talk.isSound();
});

test('a report on a draft asks once to freeze it, then does what was said', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await buyers(talk, 2);
  await talk.say('tutu', '목록');
  expect(await talk.say('tutu', '포장 1-2')).toContain('7/21(화) 목록을 지금 확정할까요?');
  const done = await talk.press('tutu', '네');
  expect(done).toContain('확정했어요 (r1');
  expect(done).toContain('포장했어요');
  // The job at listAt finds it done.
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  expect((await talk.store.findDayList('peach', '2026-07-21')).day.revision).toBe(1);
});

test('rows that do not exist are named, and nothing is half applied', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await buyers(talk, 3);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '목록');
  expect(await talk.say('tutu', '포장 2-9')).toContain('1번부터 3번까지예요');
  const states = (await talk.orders()).flatMap(({ parcels }) => parcels.map(({ state }) => state));
  expect(new Set(states)).toEqual(new Set(['scheduled']));
});

test('a row cancelled by the farmer asks the reason, opens the refund and tells the buyer', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await buyers(talk, 2);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '목록');
  expect(await talk.say('tutu', '2번 취소')).toContain('이유를');
  expect(await talk.say('tutu', '복숭아가 상했어요')).toContain('2번 박민수님을 취소할까요?');
  expect((await talk.orders())[0]?.state).toBe('paid');
  expect(await talk.press('tutu', '네, 취소해요')).toContain('75,000원 환불');
  const told = await talk.say('buyer2', '주문조회');
  expect(told).toContain('주문이 취소됐어요');
  expect(told).toContain('이유: 복숭아가 상했어요');
  expect(told).toContain('75,000원을 돌려 드릴게요');
  await talk.isSound();
});

test('a long list goes on by 다음', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await buyers(talk, 20);
  const first = await talk.say('tutu', '목록');
  expect(first.length).toBeLessThan(1400);
  expect(first).toContain('\n1. ');
  expect(first).not.toContain('\n20. ');
  const second = await talk.press('tutu', '다음');
  expect(second).toContain('\n20. ');
  // Typed it is the same, and behind the last page there is none.
  await talk.say('tutu', '목록');
  expect(await talk.say('tutu', '다음')).toBe(second);
  expect(await talk.say('tutu', '다음')).not.toContain('\n20. ');
});

test('a buyer without a role cannot set a cap', async () => {
  const talk = await openTalk();
  await talk.say('buyer', '40');
  await talk.say('buyer', '내일 20상자');
  expect([...(await talk.store.findDays('peach', '2026-07-20')).values()]).toEqual([]);
});

test('wrong staff codes lock after five tries, and a code works once', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  expect(await talk.say('other', '등록 CODETUTU')).toContain('이미 쓴 번호');
  for (let n = 0; n < 4; n++) await talk.say('other', `등록 AAAA-BBB${n + 2}`);
  expect(await talk.say('other', '등록 AAAA-BBBB')).toContain('잠시 잠갔어요');
  expect(talk.logged.filter((event) => event === 'code.refused')).toHaveLength(6);
});

test('the seller confirms a payment by its code and reads what is unpaid', async () => {
  const talk = await openTalk();
  await talk.join('toni', ['seller']);
  await talk.say('buyer', '박철수 010-1234-5678 서울 노원구 동일로 1729 2상자');
  await talk.press('buyer', '주문 확정');
  expect(await talk.say('toni', '미입금')).toContain('P7-001 박철수001 75,000원');
  expect(await talk.say('toni', '입금 p7001')).toContain('75,000원 입금을 확인했어요');
  expect(await talk.say('toni', '입금 P7-001')).toContain('이미 입금을 확인했어요');
  expect(await talk.say('buyer', '주문조회')).toContain('입금완료!');
});

test('a buyer hears one true date, however often it moved meanwhile', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await buyers(talk, 1);
  await talk.say('buyer1', '주문조회');
  await talk.say('tutu', '7/21 휴무');
  await talk.say('tutu', '7/22 휴무');
  const told = await talk.say('buyer1', '언제 와요?');
  expect(told.match(/출하일이 바뀌었어요/g)).toHaveLength(1);
  expect(told).toContain('7/21(화) → 7/23(목) 출하');
  await talk.say('tutu', '7/22 40');
  await talk.say('tutu', '7/22 휴무');
  expect(await talk.say('buyer1', '주문조회')).not.toContain('출하일이 바뀌었어요');
});

test('an earlier date is good news and needs no patience', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.say('tutu', '7/21 휴무');
  await buyers(talk, 1);
  await talk.say('buyer1', '주문조회');
  await talk.say('tutu', '7/21 40');
  const told = await talk.say('buyer1', '언제 와요?');
  expect(told).toContain('7/22(수) → 7/21(화) 출하');
  expect(told).toContain('더 일찍 보내 드려요!');
  expect(talk.buttons('buyer1')).not.toContain('이 상자 취소');
});

test('a waybill that stands on another row already is named and changes nothing', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await buyers(talk, 2);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '목록');
  await talk.say('tutu', '1번 송장 1234567890123');
  expect(await talk.say('tutu', '2번 송장 1234567890123')).toContain('1번에 이미 적은 번호');
  const [second] = await talk.orders();
  expect(second?.parcels[0]?.state).toBe('scheduled');
});

test('a row that has left is not asked about', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await buyers(talk, 1);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '목록');
  await talk.say('tutu', '1번 발송');
  expect(await talk.say('tutu', '1번 발송')).toContain('7/21(화) 1번 이영희님 이미 처리돼 있어요');
  expect(await talk.say('tutu', '1번 취소')).toContain('1번 이영희님: 이미 보낸 상자라');
  expect(talk.buttons('tutu')).toEqual(['목록']);
});

test('a cut behind rows that are harvested says that they go all the same', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await buyers(talk, 4);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '목록');
  await talk.say('tutu', '포장 1-4');
  const cut = await talk.say('tutu', '2번까지');
  expect(cut).toContain('3-4번은 이미 수확해서 그대로 보내요');
  expect(await talk.say('tutu', '되돌려')).toContain('7/21(화)을 다시 40상자로');
  await talk.isSound();
});

test('a report on all rows but some leaves those out', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await buyers(talk, 4);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '목록');
  expect(await talk.say('tutu', '2번 빼고 다 포장했어요')).toContain(
    '1번 이영희님, 3번 최지우님, 4번 정하늘님 포장했어요',
  );
  expect(await talk.say('buyer1', '주문조회')).toContain('포장 완료');
  expect(await talk.say('buyer2', '주문조회')).not.toContain('포장 완료');
  await talk.isSound();
});

test('a product that is the only one on the list is the whole list', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await buyers(talk, 2);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '목록');
  expect(await talk.say('tutu', '복숭아 다 땄어요')).toContain(
    '1번 이영희님, 2번 박민수님 수확했어요',
  );
  await talk.isSound();
});

test('a price from another day on changes nothing today', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  expect(await talk.say('tutu', '내일부터 가격 4만원')).toContain('그날 다시 적어 주세요');
  expect(await talk.say('tutu', '가격 4만원')).toContain('40,000원');
});

test('of two waybills each address stands alone on its line', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.buy('buyer', '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 3상자');
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '1번 CJ대한통운 123456789012 123456789023');
  const lines = (await talk.say('buyer', '주문조회')).split('\n');
  const first = lines.indexOf('송장 2/2 CJ대한통운 123456789012');
  expect(lines.slice(first + 1, first + 4)).toEqual([
    expect.stringMatching(/^https:\S+123456789012$/),
    'CJ대한통운 123456789023',
    expect.stringMatching(/^https:\S+123456789023$/),
  ]);
});
