// Two who farm together: what one says the other hears, and what both say at once is answered truly.
import { beforeEach, describe, expect, test } from 'vitest';
import { openTalk, type Talk } from '../support/talk.ts';

const BUYERS = [
  '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자',
  '이영희 010-2222-3333 경기 수원시 영통구 광교로 100 2상자',
  '정하늘 010-3333-4444 부산 해운대구 우동로 12 2상자',
  '김민수 010-4444-5555 대구 중구 동성로 10 2상자',
];

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk({}, 'telegram');
  await talk.join('tutu', ['farmer']);
  await talk.join('mimi', ['farmer']);
  await talk.join('tony', ['seller']);
  await hush();
});

const at = (instant: string) => talk.setNow(`2026-07-${instant}:00+09:00`);

/** What was told until now is heard. */
async function hush() {
  for (const user of ['tutu', 'mimi', 'tony', 'b0', 'b1', 'b2', 'b3']) await talk.heard(user);
}

/** Four paid orders on Tuesday, whose list is out. */
async function listed() {
  for (const [index, text] of BUYERS.entries()) await talk.buy(`b${index}`, text);
  await talk.runJob('day-list', '2026-07-21T06:00:00+09:00');
  at('21T09:00');
}

const dayOf = async (date: string) => (await talk.store.findDays('peach', date)).get(date);

describe('two farmers', () => {
  test('both get the list and the evening question, and the answer of one ends it for both', async () => {
    await listed();
    for (const farmer of ['tutu', 'mimi'])
      expect((await talk.heard(farmer)).join()).toContain('7/21(화) 목록 r1');
    await talk.runJob('evening-question', '2026-07-21T18:30:00+09:00');
    at('21T18:30');
    expect((await talk.heard('tutu')).join()).toContain('내일(7/22 수) 몇 상자');
    await talk.say('tutu', '25');
    expect(await talk.heard('mimi')).toEqual([
      expect.stringContaining('내일(7/22 수) 몇 상자'),
      '다른 분이 상자 수를 바꿨어요.\n7/22(수) 25상자 (주문 0)',
    ]);
    expect(await talk.heard('tutu')).toEqual([]);
  });

  test('hear of each other’s days in one message, and nothing of their own', async () => {
    await talk.say('tutu', '7/22 30\n7/23 휴무');
    expect(await talk.heard('mimi')).toEqual([
      '다른 분이 상자 수를 바꿨어요.\n7/22(수) 30상자 (주문 0)\n7/23(목) 쉼',
    ]);
    expect(await talk.heard('tutu')).toEqual([]);
    await talk.say('tutu', '7/22 30');
    expect(await talk.heard('mimi')).toEqual([]);
  });

  test('hear of a number that was taken back, if they had heard of it', async () => {
    await talk.say('tutu', '7/22 30');
    await talk.heard('mimi');
    await talk.say('tutu', '되돌려');
    expect(await talk.heard('mimi')).toEqual([
      '다른 분이 상자 수를 바꿨어요.\n7/22(수) 40상자 (주문 0)',
    ]);
    await talk.say('tutu', '7/22 30');
    await talk.say('tutu', '되돌려');
    expect(await talk.heard('mimi')).toEqual([]);
  });

  test('hear of a cut and of reports, as the seller does, in one message each', async () => {
    await listed();
    await hush();
    await talk.say('tutu', '3번까지');
    const [cut, ...more] = await talk.heard('mimi');
    expect(more).toEqual([]);
    expect(cut).toContain('7/21(화) 6상자 (주문 6)');
    expect(cut).toContain('목록');
    await hush();
    await talk.say('tutu', '1-3 수확\n1-2 포장\n1번 발송');
    const summary = '7/21(화) 1번 발송 완료 (1곳)\n2번 포장 완료 (1곳)\n3번 수확 완료 (1곳)';
    expect(await talk.heard('mimi')).toEqual([summary]);
    expect(await talk.heard('tony')).toEqual([summary]);
    expect(await talk.heard('tutu')).toEqual([]);
  });

  test('a seller who farms hears each thing once, and nothing of what he did', async () => {
    await talk.join('boss', ['farmer', 'seller']);
    await listed();
    await hush();
    await talk.heard('boss');
    await talk.say('tutu', '1번 수확');
    expect(await talk.heard('boss')).toEqual(['7/21(화) 1번 수확 완료 (1곳)']);
    await talk.say('boss', '2번 수확');
    await talk.say('boss', '7/22 10');
    expect(await talk.heard('boss')).toEqual([]);
  });

  test('a seller in his quiet hours hears of the reports when they are over, in one message', async () => {
    await listed();
    await talk.say('tony', '알림 시간 10:00-20:00');
    await hush();
    await talk.say('tutu', '1번 수확');
    expect(await talk.heard('tony')).toEqual([]);
    await talk.say('tutu', '2번 수확');
    at('21T10:00');
    expect(await talk.heard('tony')).toEqual(['7/21(화) 1-2번 수확 완료 (2곳)']);
  });
});

describe('at the same moment', () => {
  const both = (first: string, second: string) =>
    Promise.all([talk.sayAtOnce('tutu', first), talk.sayAtOnce('mimi', second)]);
  const textOf = ({ texts }: { readonly texts: readonly string[] }) => texts.join('\n');

  test('two numbers: each is told his own, with the room it left', async () => {
    const [ten, twenty] = await both('7/22 10', '7/22 20');
    expect(textOf(ten)).toContain('7/22(수) 10상자로 정했어요. 주문 0상자, 남은 자리 10상자예요.');
    expect(textOf(twenty)).toContain('20상자로 정했어요. 주문 0상자, 남은 자리 20상자예요.');
    expect([10, 20]).toContain((await dayOf('2026-07-22'))?.capBoxes);
    await talk.isSound();
  });

  test('two who want five more get ten more', async () => {
    const answers = await both('7/22 5상자 더', '7/22 5상자 더');
    expect(answers.map(textOf).sort()).toEqual([
      expect.stringContaining('45상자로 정했어요'),
      expect.stringContaining('50상자로 정했어요'),
    ]);
    expect((await dayOf('2026-07-22'))?.capBoxes).toBe(50);
  });

  test('two who want five less, of a day of eight', async () => {
    await talk.say('tutu', '7/22 8');
    const answers = (await both('7/22 5상자 줄여줘', '7/22 5상자 줄여줘')).map(textOf);
    expect(answers.filter((said) => said.includes('3상자로 정했어요'))).toHaveLength(1);
    expect((await dayOf('2026-07-22'))?.capBoxes).toBe(3);
  });

  test('two cuts: the shorter one holds, and each hears what he moved', async () => {
    await listed();
    const [three, one] = (await both('3번까지', '1번까지')).map(textOf);
    expect(three).toMatch(/3번까지, 모두 (?:6|2)상자 보내요/);
    expect(one).toContain('1번까지, 모두 2상자 보내요');
    expect((await dayOf('2026-07-21'))?.reservedBoxes).toBe(2);
    await hush();
    await talk.isSound();
  });

  test('two reports: the second is told what was done before it', async () => {
    await listed();
    const answers = (await both('1-2 수확', '2-3 수확')).map(textOf);
    expect(answers.join('\n')).toContain('2번');
    const parcels = (await talk.orders()).flatMap((order) => order.parcels);
    expect(parcels.filter(({ state }) => state === 'harvested')).toHaveLength(3);
    await talk.isSound();
  });
});
