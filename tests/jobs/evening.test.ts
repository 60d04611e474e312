// The evening question: when it is asked, and which date a bare number means after it.
import { beforeEach, describe, expect, test } from 'vitest';
import { openTalk, type Talk } from '../support/talk.ts';

const FARMER = 'farmer';
const MONDAY_EVENING = '2026-07-20T18:30:00+09:00';
const FRIDAY_EVENING = '2026-07-24T18:30:00+09:00';

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk();
  await talk.join(FARMER, ['farmer']);
});

const ask = (at: string) => talk.runJob('evening-question', at);
const at = (instant: string) => talk.setNow(`2026-07-${instant}:00+09:00`);
const asked = async () => {
  const { held } = await talk.store.findTurn(senderOf(FARMER), null);
  return held.filter(({ kind }) => kind === 'evening_question').map(({ data }) => data.date);
};
const senderOf = (user: string) => ({ platform: 'kakao', bot: 'bot', user });
const caps = async () => {
  const days = await talk.store.findDays('peach', '2026-07-01');
  const said = [...days.values()].filter(({ capSource }) => capSource === 'farmer');
  return said.map(({ date, capBoxes }) => `${date.slice(5)} ${capBoxes}`);
};

describe('the question', () => {
  test('asks for tomorrow with what is promised so far, and takes a tapped number', async () => {
    await talk.buy('buyer', '박철수 010-1234-5678 서울 강남구 역삼로 1 2상자');
    await ask(MONDAY_EVENING);
    at('20T19:00');
    expect(await talk.say(FARMER, '안녕하세요')).toMatch(
      /^내일\(7\/21 화\) 몇 상자 하실 수 있어요\?\n지금까지 받은 주문은 2상자예요\./,
    );
    expect(await talk.press(FARMER, '40상자')).toContain('7/21(화) 40상자로 정했어요');
  });

  test('asks for Monday before a weekend, by its date, and once more on the eve', async () => {
    await ask(FRIDAY_EVENING);
    at('24T18:40');
    expect(await talk.say(FARMER, '안녕하세요')).toMatch(/^7\/27\(월\) 몇 상자/);
    await ask('2026-07-25T18:30:00+09:00');
    expect(await asked()).toEqual([]);
    await ask('2026-07-26T18:30:00+09:00');
    expect(await asked()).toEqual(['2026-07-27']);
    at('26T18:40');
    expect(await talk.say(FARMER, '안녕하세요')).toMatch(/^내일\(7\/27 월\) 몇 상자/);
  });

  test('skips a day the farmer closed, and is not asked where the number is known', async () => {
    await talk.say(FARMER, '내일 휴무');
    await ask(MONDAY_EVENING);
    expect(await asked()).toEqual(['2026-07-22']);
    at('21T10:00');
    await talk.say(FARMER, '7/22 30');
    await ask('2026-07-21T18:30:00+09:00');
    expect(await asked()).toEqual([]);
  });

  test('is asked once an evening, at its hour, and not when caught up too late', async () => {
    await ask('2026-07-20T18:29:00+09:00');
    expect(await asked()).toEqual([]);
    await ask('2026-07-20T20:31:00+09:00');
    expect(await asked()).toEqual([]);
    await ask('2026-07-21T18:30:00+09:00');
    await ask('2026-07-21T18:31:00+09:00');
    expect(await asked()).toEqual(['2026-07-22']);
  });

  test.each([
    ['paused', true, []],
    ['paused', false, ['2026-07-21']],
    ['archived', false, []],
  ] as const)('to a %s store, empty %s, comes %j', async (state, isEmpty, expected) => {
    if (!isEmpty) await talk.buy('buyer', '박철수 010-1234-5678 서울 강남구 역삼로 1 2상자');
    const { shop } = await talk.asked('farmer');
    await talk.store.putShop({ ...shop, state });
    await ask(MONDAY_EVENING);
    expect(await asked()).toEqual(expected);
  });

  test('is not asked out of season, when nobody can order and nobody waits', async () => {
    const { shop } = await talk.asked('farmer');
    for (const product of shop.products)
      await talk.store.putProduct('peach', { ...product, state: 'sold_out' });
    await ask(MONDAY_EVENING);
    expect(await asked()).toEqual([]);
  });

  test('is not said any more once the day began, the number is known, or a newer one waits', async () => {
    await ask(MONDAY_EVENING);
    at('21T12:00');
    expect(await talk.say(FARMER, '안녕하세요')).not.toContain('몇 상자');
    await ask('2026-07-21T18:30:00+09:00');
    at('21T19:00');
    expect(await talk.say(FARMER, '내일 25')).not.toContain('몇 상자');
    await ask(FRIDAY_EVENING);
    await ask('2026-07-26T18:30:00+09:00');
    at('26T19:00');
    const said = await talk.say(FARMER, '안녕하세요');
    expect(said.match(/몇 상자/g)).toHaveLength(1);
  });
});

describe('a bare number', () => {
  const list = (date: string) => `${Number(date.slice(0, 2))}/${Number(date.slice(3))} 목록`;

  test.each([
    ['before the question, the next open day', null, null, '20T18:00', '07-21'],
    ['after it, the date asked about', '20', null, '20T19:00', '07-21'],
    ['after midnight still that date', '20', null, '21T00:30', '07-21'],
    ['in the morning before the list, too', '20', null, '21T05:59', '07-21'],
    ['once the list is out, the next open day', '20', null, '21T06:00', '07-22'],
    ['on Saturday the Monday that Friday asked about', '24', null, '25T09:00', '07-27'],
    ['what was shown after the question', '20', ['20T18:40', '07-23'], '20T19:00', '07-23'],
    ['what was asked after something was shown', '20', ['20T10:00', '07-23'], '20T19:00', '07-21'],
    [
      'the date asked about when that was shown yesterday',
      '20',
      ['20T20:00', '07-23'],
      '21T00:30',
      '07-21',
    ],
  ] as const)('means %s', async (_name, evening, shown, when, expected) => {
    // The question waits on this platform: the number may come before its words were seen.
    const look = async () => {
      if (shown === null) return;
      at(shown[0]);
      await talk.say(FARMER, list(shown[1]));
    };
    const isShownFirst = shown?.[0].endsWith('10:00') ?? false;
    if (isShownFirst) await look();
    if (evening !== null) await ask(`2026-07-${evening}T18:30:00+09:00`);
    if (!isShownFirst) await look();
    at(when);
    talk.passMs(-10_000);
    const said = await talk.say(FARMER, '25');
    expect(await caps()).toEqual([`${expected} 25`]);
    expect(said).not.toContain('몇 상자');
  });

  test('means the list that is out until the evening, and then the next open day', async () => {
    await talk.buy('buyer', '박철수 010-1234-5678 서울 강남구 역삼로 1 2상자');
    await talk.runJob('day-list', '2026-07-21T06:00:00+09:00');
    at('21T07:00');
    await talk.say(FARMER, '목록');
    at('21T17:00');
    await talk.say(FARMER, '10');
    expect(await caps()).toEqual(['07-21 10']);
    at('21T18:35');
    await talk.say(FARMER, '25');
    expect(await caps()).toEqual(['07-21 10', '07-22 25']);
    // Looked at in the evening, it is meant.
    await talk.say(FARMER, '7/21 목록');
    await talk.say(FARMER, '12');
    expect(await caps()).toEqual(['07-21 12', '07-22 25']);
  });

  test('answers the question also after a look at the list that is out', async () => {
    await talk.buy('buyer', '박철수 010-1234-5678 서울 강남구 역삼로 1 2상자');
    await talk.runJob('day-list', '2026-07-21T06:00:00+09:00');
    await ask('2026-07-21T18:30:00+09:00');
    at('21T18:40');
    expect(await talk.say(FARMER, '목록')).toContain('7/21(화) 목록 r1');
    await talk.say(FARMER, '25');
    expect(await caps()).toEqual(['07-22 25']);
    // Answered, the list before his eyes is meant again.
    await talk.say(FARMER, '7/21 목록');
    await talk.say(FARMER, '10');
    expect(await caps()).toEqual(['07-21 10', '07-22 25']);
  });

  test('answers the question that a look at the list of that date brought', async () => {
    await ask(MONDAY_EVENING);
    at('20T19:00');
    expect(await talk.say(FARMER, '목록')).toMatch(
      /^내일\(7\/21 화\) 몇 상자.*7\/21\(화\) 목록 예정/s,
    );
    await talk.say(FARMER, '25');
    expect(await caps()).toEqual(['07-21 25']);
  });

  test('need not be one: a day off is an answer too, to a question only', async () => {
    await talk.say(FARMER, '휴무');
    expect(await caps()).toEqual([]);
    await ask(MONDAY_EVENING);
    at('20T19:00');
    expect(await talk.say(FARMER, '쉬어요')).toContain('7/21(화)은 쉬는 날로 했어요');
    await talk.say(FARMER, '쉽니다');
    expect(await caps()).toEqual(['07-21 0']);
  });

  test('on top means the same date', async () => {
    await ask(MONDAY_EVENING);
    at('20T19:00');
    expect(await talk.say(FARMER, '5상자 더')).toContain('7/21(화) 45상자');
  });
});
