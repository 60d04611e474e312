// The farmer's calendar by word: stretches of days, several days at once, rules for weekdays, and doubts.
import { expect, test } from 'vitest';
import { openTalk, type Talk } from '../support/talk.ts';

const NAMES = ['박철수', '이영희', '정하늘', '김민수'];

/** Four parcels of two boxes on 7/21, a Tuesday; today is the Monday before it. */
async function farm(): Promise<Talk> {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  for (const [n, name] of NAMES.entries())
    await talk.buy(`buyer${n + 1}`, `${name} 010-1234-567${n} 서울 노원구 동일로 172${n} 2상자`);
  return talk;
}

async function capsOf(talk: Talk, from: string, count: number): Promise<(number | string)[]> {
  const days = await talk.store.findDays('peach', from);
  return Array.from({ length: count }, (_, n) => {
    const date = new Date(Date.parse(from) + n * 86_400_000).toISOString().slice(0, 10);
    const day = days.get(date);
    return day?.capSource === 'farmer' ? day.capBoxes : '-';
  });
}

test.each([
  ['내일 비와서 쉼', [0, '-', '-', '-', '-']],
  ['모레까지 쉽니다', [0, 0, '-', '-', '-']],
  ['수요일부터 금요일까지 20', ['-', 20, 20, 20, '-']],
  ['이번주 토요일까지 휴무', [0, 0, 0, 0, 0]],
  ['내일 40 모레 30 금요일 쉼', [40, 30, '-', 0, '-']],
  ['내일 10개 덜', [30, '-', '-', '-', '-']],
  ['내일 5상자 더', [45, '-', '-', '-', '-']],
] as const)('%j sets the days it names', async (said, caps) => {
  const talk = await farm();
  await talk.say('tutu', said);
  expect(await capsOf(talk, '2026-07-21', caps.length)).toEqual(caps);
  await talk.isSound();
});

test('several days are one answer, one act, and each buyer hears of one date', async () => {
  const talk = await farm();
  const said = await talk.say('tutu', '내일 쉬고 모레 4, 금요일 쉼');
  expect(said).toContain('7/21(화) 쉬는 날\n7/22(수) 4상자, 주문 4상자\n7/24(금) 쉬는 날');
  expect(said).toContain('4곳은 다음 날짜로 넘겼고');
  expect(said.split('넘겼고').length).toBe(2);
  expect(talk.buttons('tutu').filter((label) => label === '되돌려')).toHaveLength(1);
  expect(await talk.say('buyer4', '주문조회')).toContain('7/21(화) → 7/23(목) 출하');
  await talk.say('tutu', '되돌려');
  expect(await capsOf(talk, '2026-07-21', 4)).toEqual(['-', '-', '-', '-']);
  await talk.isSound();
});

test('two farmers add to one day, and both numbers count', async () => {
  const talk = await farm();
  await talk.join('gogo', ['farmer']);
  const [one, other] = await Promise.all([
    talk.sayAtOnce('tutu', '내일 5상자 더'),
    talk.sayAtOnce('gogo', '내일 5상자 더'),
  ]);
  const answers = [one, other].map(({ texts }) => texts.join());
  expect(answers.join()).toContain('45상자로 정했어요');
  expect(answers.join()).toContain('50상자로 정했어요');
  expect(await capsOf(talk, '2026-07-21', 1)).toEqual([50]);
});

test('two farmers say two numbers at once: both are answered, and one of them stands', async () => {
  const talk = await farm();
  await talk.join('gogo', ['farmer']);
  await Promise.all([talk.sayAtOnce('tutu', '내일 30'), talk.sayAtOnce('gogo', '내일 20')]);
  expect(talk.reply('tutu').texts.join()).toContain('30상자로 정했어요');
  expect(talk.reply('gogo').texts.join()).toContain('20상자로 정했어요');
  expect([[20], [30]]).toContainEqual(await capsOf(talk, '2026-07-21', 1));
});

test('a doubt is asked with the number, and taken only with a yes', async () => {
  const talk = await farm();
  expect(await talk.say('tutu', '내일 마흔다섯 상자쯤?')).toBe('7/21(화) 45상자로 할까요?');
  expect(await talk.say('tutu', '아니요')).toContain('그대로 둘게요');
  expect(await capsOf(talk, '2026-07-21', 1)).toEqual(['-']);
  await talk.say('tutu', '내일 45상자 할까요?');
  expect(await talk.press('tutu', '네')).toContain('45상자로 정했어요');
  expect(await talk.press('tutu', '되돌려')).toContain('다시 40상자로');
  await talk.say('tutu', '내일 쉴까요?');
  expect(await talk.say('tutu', '네')).toContain('쉬는 날로 했어요');
});

test('a stretch said backwards is asked', async () => {
  const talk = await farm();
  expect(await talk.say('tutu', '8/5~8/3 30상자')).toBe('8/3(월)부터 8/5(수)까지 30상자로 할까요?');
  await talk.press('tutu', '네');
  expect(await capsOf(talk, '2026-08-03', 3)).toEqual([30, 30, 30]);
});

test('the question is over once something else was said', async () => {
  const talk = await farm();
  await talk.say('tutu', '내일 45상자?');
  const question = talk.reply('tutu');
  await talk.say('tutu', '내일 20');
  expect(await talk.press('tutu', '네', question)).toContain('이미 지난 질문');
  expect(await capsOf(talk, '2026-07-21', 1)).toEqual([20]);
});

test('only the farm sets its days', async () => {
  const talk = await farm();
  await talk.say('tutu', '내일 45상자?');
  await talk.pressAtOnce('buyer1', '네', talk.reply('tutu'));
  expect(await capsOf(talk, '2026-07-21', 1)).toEqual(['-']);
});

test.each([
  ['내일 10000000', '상자 수는 0부터 10,000까지'],
  ['내일 -1', '상자 수는 0부터 10,000까지'],
  ['매일 20000상자', '상자 수는 0부터 10,000까지'],
  ['내일 40, 모레 20000상자', '상자 수는 0부터 10,000까지'],
  ['7/1~7/3 휴무', '이미 지난 날짜예요'],
  ['2/30 휴무', '달력에 없는 날짜예요'],
  ['8/1~12/31 30상자', '한 번에 62일까지'],
] as const)('%j is refused with the reason, and changes nothing', async (said, reason) => {
  const talk = await farm();
  const before = await talk.store.findDays('peach', '2026-01-01');
  const shop = await talk.store.findShop('peach');
  expect(await talk.say('tutu', said)).toContain(reason);
  expect(await talk.store.findDays('peach', '2026-01-01')).toEqual(before);
  expect(await talk.store.findShop('peach')).toEqual(shop);
});

test('a weekday is closed for good, its parcels move, and a day of its own number stays', async () => {
  const talk = await farm();
  await talk.say('tutu', '7/28 12');
  const said = await talk.say('tutu', '매주 화요일 쉼');
  expect(said).toContain('매주 화요일은 쉬어요');
  expect(said).toContain('따로 정하신 7/28(화) 12상자는 그대로예요');
  expect(said).toContain('4곳은 다음 날짜로 넘겼고');
  const shop = await talk.store.findShop('peach');
  expect(shop?.policy.closedWeekdays.toSorted()).toEqual(['sat', 'sun', 'tue']);
  expect(await talk.say('buyer1', '주문조회')).toContain('7/21(화) → 7/22(수) 출하');
  expect(await talk.say('tutu', '매주 화요일 쉼')).toContain('이미 그렇게 정해져 있어요');
  await talk.isSound();
});

test.each([
  ['토요일도 보내요', { closedWeekdays: ['sun'], weekdayCapBoxes: {} }, '매주 토요일은 40상자씩'],
  [
    '일요일 20상자씩',
    { closedWeekdays: ['sat'], weekdayCapBoxes: { sun: 20 } },
    '매주 일요일은 20상자씩',
  ],
  [
    '평일은 30상자',
    {
      closedWeekdays: ['sat', 'sun'],
      weekdayCapBoxes: { mon: 30, tue: 30, wed: 30, thu: 30, fri: 30 },
    },
    '평일은 30상자씩',
  ],
  [
    '매일 50상자',
    {
      closedWeekdays: ['sat', 'sun'],
      weekdayCapBoxes: { mon: 50, tue: 50, wed: 50, thu: 50, fri: 50 },
    },
    '매주 토·일요일은 쉬어요',
  ],
] as const)('%j is a rule of the store', async (said, rules, echo) => {
  const talk = await farm();
  expect(await talk.say('tutu', said)).toContain(echo);
  const shop = await talk.store.findShop('peach');
  expect(shop?.policy).toMatchObject(rules);
  expect(await talk.press('tutu', '되돌려')).toContain('요일 규칙을 처음대로 돌렸어요');
  expect((await talk.store.findShop('peach'))?.policy).toMatchObject({
    closedWeekdays: ['sat', 'sun'],
    weekdayCapBoxes: {},
  });
  await talk.isSound();
});

test('a weekend without a week is asked about', async () => {
  const talk = await farm();
  expect(await talk.say('tutu', '주말 휴무')).toBe('매주 토·일요일에 쉴까요?');
  expect(await talk.say('tutu', '네')).toContain(
    '이미 그렇게 정해져 있어요.\n매주 토·일요일은 쉬어요.',
  );
});

test('another farmer’s rule since then keeps the week as it is', async () => {
  const talk = await farm();
  await talk.join('gogo', ['farmer']);
  await talk.say('tutu', '매주 수요일 쉼');
  await talk.say('gogo', '매주 목요일 쉼');
  expect(await talk.say('tutu', '되돌려')).toContain('그 뒤에 바뀌어서');
  expect((await talk.store.findShop('peach'))?.policy.closedWeekdays).toContain('wed');
});
