// Waybills and names that need a second word of the farmer's, and what becomes of the rest.
import { expect, test } from 'vitest';
import { type ListedRow, morning } from '../support/farm-morning.ts';
import type { Talk } from '../support/talk.ts';

const ROWS: readonly ListedRow[] = ['박철수', '김영희', '이민호', '김영희', '최대호'].map(
  (name, index) => ({
    row: index + 1,
    name,
    phone: `0101111000${index}`,
    address: `서울 노원구 동일로 ${index + 1}`,
    boxes: index === 2 ? 4 : 2,
  }),
);
const OLDER: readonly ListedRow[] = ROWS.slice(0, 2).map((row) => ({ ...row, name: '오순자' }));

async function statesOn(talk: Talk, date = '2026-07-21'): Promise<string[]> {
  const { rows } = await talk.store.findDayList('peach', date);
  return rows.map(({ order }) => order.parcels[0]?.state ?? '');
}

async function waybillsOn(talk: Talk, date = '2026-07-21'): Promise<(string | null)[]> {
  const { rows } = await talk.store.findDayList('peach', date);
  return rows.flatMap(({ order }) => order.parcels[0]?.packages.map((p) => p.waybill) ?? []);
}

test('of two with one name a button says which, and an old bubble says nothing any more', async () => {
  const talk = await morning({ list: ROWS });
  await talk.say('tutu', '김영희님 포장');
  const bubble = talk.reply('tutu');
  expect(talk.buttons('tutu')).toEqual(['2번', '4번', '아니요']);
  expect(await talk.press('tutu', '4번')).toContain('7/21(화) 4번 김영희님 포장했어요');
  expect(await talk.press('tutu', '2번', bubble)).toContain('이미 지난 질문');
  expect(await statesOn(talk)).toEqual([
    'scheduled',
    'scheduled',
    'scheduled',
    'packed',
    'scheduled',
  ]);
});

test('a no to which of them leaves all as they were, and the rest of the message is done', async () => {
  const talk = await morning({ list: ROWS });
  const asked = await talk.say('tutu', '김영희님 포장\n1번 발송\n3번 수확');
  expect(asked).toContain('나머지 2가지도 이어서 할게요');
  expect(await statesOn(talk)).not.toContain('shipped');
  const answer = await talk.say('tutu', '아니요');
  expect(answer).toContain('그대로 둘게요');
  expect(answer).toContain('1번 박철수님 발송');
  expect(await statesOn(talk)).toEqual([
    'shipped',
    'scheduled',
    'harvested',
    'scheduled',
    'scheduled',
  ]);
});

test('a row is cancelled by name once it is known which, and the reason is asked', async () => {
  const talk = await morning({ list: ROWS });
  expect(await talk.say('tutu', '김영희님 취소')).toContain('몇 번인가요?');
  expect(await talk.press('tutu', '2번')).toContain('2번 김영희님 상자를 취소하려고 해요');
  expect(await talk.say('tutu', '최지우님 취소')).toContain('목록에 최지우님이 없어서');
});

const PASTE =
  '1번 한진 100000000001\n2번 한진 12345678\n9번 한진 100000000009\n5번 한진 100000000005';

test('of a paste with bad lines nothing is written before the farmer says so', async () => {
  const talk = await morning({ list: ROWS });
  const asked = await talk.say('tutu', PASTE);
  expect(asked).toContain('아직 아무것도 적지 않았어요');
  expect(asked).toContain('8자리예요');
  expect(asked).toContain('9번: 목록은 5번까지예요');
  expect(asked).toContain('나머지 1번 박철수님, 5번 최대호님만 적을까요?');
  expect(talk.buttons('tutu')).toEqual(['나머지만 적기', '그만두기']);
  expect(await waybillsOn(talk)).toEqual([null, null, null, null, null, null]);
  const bubble = talk.reply('tutu');
  await talk.press('tutu', '나머지만 적기');
  const written = ['100000000001', null, null, null, null, '100000000005'];
  expect(await waybillsOn(talk)).toEqual(written);
  await talk.press('tutu', '나머지만 적기', bubble);
  expect(await waybillsOn(talk)).toEqual(written);
  await talk.say('tutu', '되돌려');
  expect(await waybillsOn(talk)).toEqual([null, null, null, null, null, null]);
});

test('dropped, a paste leaves nothing', async () => {
  const talk = await morning({ list: ROWS });
  await talk.say('tutu', PASTE);
  expect(await talk.press('tutu', '그만두기')).toContain('그대로 둘게요');
  expect(await waybillsOn(talk)).toEqual([null, null, null, null, null, null]);
});

test('numbers that other lists have already are named all at once', async () => {
  const talk = await morning({ list: ROWS, older: OLDER });
  await talk.say('tutu', '어제 1번 한진 100000000001\n어제 2번 한진 100000000002');
  const asked = await talk.say(
    'tutu',
    '1번 한진 100000000001\n3번 한진 100000000003\n4번 한진 100000000002',
  );
  expect(asked).toContain('7/21(화) 1번 박철수님: 7/20(월) 1번에 이미 적은 송장 번호예요');
  expect(asked).toContain('7/21(화) 4번 김영희님:');
  expect(asked).toContain('나머지 3번 이민호님만');
  expect(await waybillsOn(talk)).toEqual([null, null, null, null, null, null]);
  expect(await talk.say('tutu', '나머지는 적어 줘')).toContain('3번 이민호님 송장 한진택배');
});

test('two farmers with one row: the second hears that it is done, or what he took the place of', async () => {
  const talk = await morning({ list: ROWS });
  await talk.join('gogo', ['farmer']);
  await talk.say('tutu', '1번 발송');
  expect(await talk.say('gogo', '1번 발송')).toContain('1번 박철수님 이미 처리돼 있어요');
  await talk.say('tutu', '1번 한진 100000000001');
  expect(await talk.say('gogo', '1번 한진 100000000001')).toContain('이미 처리돼 있어요');
  expect(await talk.say('gogo', '1번 한진 100000000007')).toContain(
    '전에 적은 1000-0000-0001 대신이에요',
  );
});

test('what has arrived keeps the waybill by which it came', async () => {
  const talk = await morning({ list: ROWS });
  await talk.say('tutu', '1번 한진 100000000001');
  await talk.say('tutu', '1번 배송완료');
  expect(await talk.say('tutu', '1번 한진 100000000002')).toContain('이미 배송이 끝나서');
  const asked = await talk.say('tutu', '1번 한진 100000000002\n2번 한진 100000000003');
  expect(asked).toContain('이미 배송이 끝난 줄이에요');
  expect(await waybillsOn(talk)).toContain('100000000001');
  expect(await waybillsOn(talk)).not.toContain('100000000003');
});

test('a struck row among waybills is named, and alone refused', async () => {
  const talk = await morning({ list: ROWS });
  await talk.say('tutu', '4번까지');
  expect(await talk.say('tutu', '5번 한진 100000000005')).toContain('빠진 줄이에요');
  const asked = await talk.say('tutu', '4번 한진 100000000004\n5번 한진 100000000005');
  expect(asked).toContain('5번 최대호님: 목록에서 빠진 줄이에요');
});

test('a word that is nobody’s name makes no report', async () => {
  const talk = await morning({ list: ROWS });
  expect(await talk.say('tutu', '사진 보냈어요')).not.toContain('목록에 사진님');
  expect(await statesOn(talk)).not.toContain('shipped');
});

test('what stood before a question about the list is not done twice', async () => {
  const talk = await morning({ list: ROWS });
  await talk.say('tutu', '7/22 10상자');
  await talk.buy('late', '오순자 010-2222-3333 서울 노원구 동일로 9 2상자');
  await talk.say('tutu', '목록 7/22');
  expect(await talk.say('tutu', '7/22 5상자 더\n1번 발송')).toContain('지금 확정할까요?');
  await talk.press('tutu', '네');
  const { day } = await talk.store.findDayList('peach', '2026-07-22');
  expect(day.capBoxes).toBe(15);
});

test('nothing of what was refused is left out of a long answer', async () => {
  const talk = await morning({ list: ROWS });
  const said = await talk.say(
    'tutu',
    ['1번 포장', '9번 포장', '2번 포장', '3번 포장', '4번 포장', '5번 포장', '1번 발송'].join('\n'),
  );
  expect(said).toContain('9번은 없어서');
});
