// What a buyer is told of his dates: the estimate, the promise, and each change of it, once.
import { beforeEach, describe, expect, test } from 'vitest';
import { openTalk, type Talk } from '../support/talk.ts';

const ONE = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';
const TWO = '이영희 010-2222-3333 경기 수원시 영통구 광교로 100 2상자';

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk({}, 'telegram');
  await talk.join('tutu', ['farmer']);
  await talk.join('tony', ['seller']);
});

const at = (instant: string) => talk.setNow(`2026-07-${instant}:00+09:00`);
const say = (text: string) => talk.say('tutu', text);

/** Bought, and what was told of it is heard. */
async function bought(user: string, text: string) {
  const order = await talk.buy(user, text);
  await talk.heard(user);
  await talk.heard('tony');
  return order;
}

async function ordered(user: string, text: string) {
  await talk.say(user, text);
  await talk.press(user, '주문 확정');
  return (await talk.orders()).find(({ state }) => state === 'awaiting_payment');
}

describe('a paid date that the farmer lowers', () => {
  test('moves the last of the queue, who alone is told, once, and may wait or cancel', async () => {
    await bought('first', ONE);
    const { code } = await bought('second', TWO);
    await say('7/21 2');
    expect(await talk.heard('first')).toEqual([]);
    expect(await talk.heard('second')).toEqual([
      [
        `${code} 출하일이 바뀌었어요.`,
        '이영희님 복숭아 4kg 2상자 7/21(화) → 7/22(수) 출하',
        '농장에서 그날 보낼 수 있는 상자가 줄었어요. 기다려 주시겠어요?',
      ].join('\n'),
    ]);
    expect(talk.buttons('second')).toEqual(['기다릴게요', '이 상자 취소']);
    expect(await talk.heard('second')).toEqual([]);
    await talk.isSound();
  });

  test('without another one opens the choice of a refund to buyer and seller', async () => {
    const { shop } = await talk.asked('farmer');
    await talk.store.putShop({ ...shop, policy: { ...shop.policy, horizonDays: 2 } });
    await bought('first', ONE);
    const { code, id } = await bought(
      'second',
      `${TWO}\n정하늘 010-3333-4444 부산 우동로 12 3상자`,
    );
    await say('7/22 3');
    await talk.heard('tony');
    await say('7/21 2');
    expect(await talk.heard('second')).toEqual([
      [
        `${code} 주문 중 1곳은 지금 보낼 수 있는 날짜가 없어요.`,
        '정하늘님 복숭아 4kg 3상자',
        '이영희님 복숭아 4kg 2상자 7/21(화) → 7/22(수) 출하',
        '자리가 나는 대로 보내 드리고, 원하시면 환불해 드려요.',
      ].join('\n'),
    ]);
    expect(talk.buttons('second')).toEqual(['기다릴게요', '취소하고 환불', '이 상자 취소']);
    expect(await talk.heard('tony')).toEqual([
      [
        '7/21(화) 2곳의 출하일이 바뀌었고 주문한 분께 알려요.',
        '보낼 날짜가 없는 주문이 있어요. 날짜를 열거나 환불해 주세요.',
        `${code} 정하늘님 복숭아 4kg 3상자`,
      ].join('\n'),
    ]);
    expect(await talk.press('second', '취소하고 환불')).toMatch(/정하늘님.*상자/);
    expect(await talk.press('tony', `${code} 환불`)).toContain('1곳을 취소했어요');
    expect(await talk.heard('second')).toEqual([
      expect.stringContaining('이유: 보낼 수 있는 날짜가 없어요'),
    ]);
    const after = await talk.store.findOrder('peach', id);
    expect(after?.parcels.map(({ state }) => state)).toEqual(['scheduled', 'cancelled']);
    await talk.isSound();
  });

  test('a refund that is pressed after a date was found gives nothing up', async () => {
    const { shop } = await talk.asked('farmer');
    await talk.store.putShop({ ...shop, policy: { ...shop.policy, horizonDays: 1 } });
    const { code } = await bought('first', ONE);
    await say('7/21 0');
    await talk.heard('first');
    await talk.heard('tony');
    await say('7/21 5');
    expect(await talk.heard('first')).toEqual([
      `${code} 출하일이 정해졌어요.\n박철수님 복숭아 4kg 2상자 → 7/21(화) 출하\n기다려 주셔서 고마워요.`,
    ]);
    expect(await talk.heard('tony')).toHaveLength(1);
    await say('7/21 0');
    await talk.heard('tony');
    const asked = talk.reply('tony');
    await say('7/21 5');
    expect(await talk.press('tony', `${code} 환불`, asked)).toContain('기다리는 상자가 없어요');
    expect((await talk.onlyOrder()).parcels[0]?.state).toBe('scheduled');
  });
});

describe('a payment', () => {
  test('that finds its day full says both dates and asks', async () => {
    const late = await ordered('late', TWO);
    await say('7/21 2');
    await bought('first', ONE);
    if (late === undefined) throw new Error('nothing was ordered');
    await talk.pay(late);
    expect(await talk.heard('late')).toEqual([
      [
        `입금완료! ${late.code} 입금을 확인했어요.`,
        '이영희님 복숭아 4kg 2상자 · 예상 7/21(화) → 7/22(수) 출하 예정',
        '먼저 입금하신 분들이 있어 출하일이 예상과 달라졌어요. 기다려 주시겠어요?',
      ].join('\n'),
    ]);
    expect(talk.buttons('late')).toEqual(['기다릴게요', '이 상자 취소', '실시간으로 보기']);
  });

  test('that finds an earlier day says so, and asks nobody to wait', async () => {
    await say('7/21 2');
    await ordered('first', ONE);
    const soon = await ordered('soon', TWO);
    if (soon === undefined) throw new Error('nothing was ordered');
    await talk.pay(soon);
    expect(await talk.heard('soon')).toEqual([
      [
        `입금완료! ${soon.code} 입금을 확인했어요.`,
        '이영희님 복숭아 4kg 2상자 · 예상 7/22(수) → 7/21(화) 출하 예정',
        '자리가 있어 예상보다 일찍 보내 드려요!',
      ].join('\n'),
    ]);
    expect(talk.buttons('soon')).toEqual(['주문조회', '이 상자 취소', '실시간으로 보기']);
  });

  test('that finds no day at all says so in the same message, and tells the seller', async () => {
    const { shop } = await talk.asked('farmer');
    await talk.store.putShop({ ...shop, policy: { ...shop.policy, horizonDays: 1 } });
    const late = await ordered('late', TWO);
    await say('7/21 2');
    await bought('first', ONE);
    if (late === undefined) throw new Error('nothing was ordered');
    await talk.pay(late);
    expect(await talk.heard('late')).toEqual([
      [
        `입금완료! ${late.code} 입금을 확인했어요.`,
        '이영희님 복숭아 4kg 2상자 · 아직 날짜가 없어요',
        '자리가 나는 대로 보내 드리고, 원하시면 환불해 드려요.',
      ].join('\n'),
    ]);
    expect(talk.buttons('late')).toEqual(['기다릴게요', '취소하고 환불', '실시간으로 보기']);
    expect(await talk.heard('tony')).toEqual([
      `${late.code} 주문은 입금됐지만 보낼 날짜가 없어요. 날짜를 열거나 환불해 주세요.\n${late.code} 이영희님 복숭아 4kg 2상자`,
    ]);
    expect(talk.buttons('tony')).toEqual([`${late.code} 환불`, `주문 ${late.code}`]);
  });
});

describe('an earlier date', () => {
  /** On Thursday, behind two full days. */
  async function onThursday() {
    for (const day of ['7/21', '7/22']) await say(`${day} 휴무`);
    return bought('buyer', ONE);
  }

  test('is told at once, the next one of that day in the morning', async () => {
    const { code } = await onThursday();
    await say('7/22 10');
    const once = (was: string, is: string) =>
      `${code} 출하일이 바뀌었어요.\n박철수님 복숭아 4kg 2상자 ${was} → ${is} 출하\n자리가 나서 더 일찍 보내 드려요!`;
    expect(await talk.heard('buyer')).toEqual([once('7/23(목)', '7/22(수)')]);
    await say('7/21 10');
    expect(await talk.heard('buyer')).toEqual([]);
    at('20T23:00');
    expect(await talk.heard('buyer')).toEqual([]);
    at('21T07:59');
    expect(await talk.heard('buyer')).toEqual([]);
    at('21T08:00');
    expect(await talk.heard('buyer')).toEqual([once('7/22(수)', '7/21(화)')]);
  });

  test('twice before anybody heard of it is told once, with the last date', async () => {
    await onThursday();
    await say('7/22 10');
    await say('7/21 10');
    expect(await talk.heard('buyer')).toEqual([
      expect.stringContaining('7/23(목) → 7/21(화) 출하\n자리가 나서'),
    ]);
  });

  test('that waits is forgotten when the day falls back to what was told', async () => {
    await onThursday();
    await say('7/22 10');
    await talk.heard('buyer');
    await say('7/21 10');
    await talk.heard('buyer');
    await say('7/21 0');
    expect(await talk.heard('buyer')).toEqual([]);
    at('21T09:00');
    expect(await talk.heard('buyer')).toEqual([]);
  });

  test('that waits is told from with a later one, from the date heard last', async () => {
    await onThursday();
    await say('7/22 10');
    await talk.heard('buyer');
    await say('7/21 10');
    await talk.heard('buyer');
    await say('7/22 0');
    await say('7/21 0');
    const [said, ...more] = await talk.heard('buyer');
    expect(said).toContain('7/22(수) → 7/23(목) 출하\n그날은 농장이 쉬게 됐어요.');
    expect(more).toEqual([]);
    at('21T09:00');
    expect(await talk.heard('buyer')).toEqual([]);
  });

  test('where nobody can be spoken to first waits for the next day’s contact as well', async () => {
    talk = await openTalk();
    await talk.join('tutu', ['farmer']);
    for (const day of ['7/21', '7/22']) await talk.say('tutu', `${day} 휴무`);
    await talk.buy('buyer', ONE);
    await talk.say('buyer', '안녕하세요');
    await talk.say('tutu', '7/22 10');
    expect(await talk.say('buyer', '안녕하세요?')).toContain('7/23(목) → 7/22(수)');
    await talk.say('tutu', '7/21 10');
    expect(await talk.say('buyer', '고맙습니다')).not.toContain('출하일이');
    at('21T05:00');
    expect(await talk.say('buyer', '안녕하세요!')).toContain('7/22(수) → 7/21(화)');
  });
});

describe('before anything is ordered', () => {
  const card = (wish: string) => talk.say('buyer', `${ONE} ${wish}`);

  test('the card says that its date is an estimate, and why it may change', async () => {
    const said = await card('');
    expect(said).toContain('7/21(화) 출하 예상');
    expect(said).toContain('출하일은 입금 순서라 바뀔 수 있어요.');
    await talk.press('buyer', '주문 확정');
    expect(await talk.say('buyer', '주문조회')).toContain('7/21(화) 출하 예상');
    await talk.pay(await talk.onlyOrder());
    expect(await talk.say('buyer', '주문조회')).toContain('7/21(화) 출하 예정');
  });

  test('an arrival that cannot be is refused with its reason, and the nearest ones are buttons', async () => {
    // Monday’s boxes leave on the Sunday before, when the farm is closed.
    expect(await card('7월 27일 도착 희망')).toContain(
      '7/27(월) 도착은 7/26(일)에 보내야 해서 어려워요. 그날은 농장이 쉬어요.\n7/25(토)이나 7/28(화) 도착은 어떠세요?',
    );
    expect(talk.buttons('buyer')).toEqual(['7/25(토) 도착', '7/28(화) 도착', '그만두기']);
    expect(await talk.press('buyer', '7/28(화) 도착')).toContain(
      '7/27(월) 출하 예상 · 7/28(화) 도착 희망',
    );
  });

  test('a full day is refused as full, and a past one as past', async () => {
    await say('7/22 2');
    await bought('first', `${TWO} 7월 22일 발송`);
    expect(await card('7월 22일 발송')).toContain(
      '7/22(수) 출하는 어려워요. 그날은 자리가 없어요.\n7/21(화)이나 7/23(목) 출하는 어떠세요?',
    );
    await talk.press('buyer', '7/23(목) 출하');
    await talk.press('buyer', '주문 확정');
    const [placed] = await talk.orders();
    expect(placed?.parcels[0]).toMatchObject({ harvestDate: '2026-07-23' });
  });

  test('what is sold before its season is a pre-order on the card and on the order', async () => {
    const { shop } = await talk.asked('farmer');
    const [peach] = shop.products;
    if (peach === undefined) throw new Error('the demo store sells nothing');
    await talk.store.putProduct('peach', { ...peach, shipFrom: '2026-07-30' });
    expect(await card('')).toContain('7/30(목) 출하 예상 (예약)');
    expect(await talk.press('buyer', '주문 확정')).toContain(
      '예약 주문이에요. 철이 되면 7/30(목)부터 보내 드릴 예정이에요.',
    );
    expect(await talk.say('buyer', '주문조회')).toContain('7/30(목) 출하 예상 (예약)');
    await talk.pay(await talk.onlyOrder());
    expect(await talk.say('buyer', '주문조회')).toContain('7/30(목) 출하 예정 (예약)');
    expect(await talk.say('buyer', '왜 30일이에요?')).toContain('복숭아 4kg 출하 철 전이에요');
  });

  test('more boxes than any day takes are refused with the largest number that goes', async () => {
    const { shop } = await talk.asked('farmer');
    await talk.store.putShop({ ...shop, policy: { ...shop.policy, dailyCapBoxes: 6 } });
    expect(await talk.say('buyer', ONE.replace('2상자', '7상자'))).toContain(
      '많아도 6상자까지예요. 상자 수를 줄여 주세요.',
    );
    expect(await talk.say('buyer', '6상자로 해주세요')).toContain('출하 예상');
  });

  test('without a date in the whole horizon nothing can be ordered, and the reason is said', async () => {
    const { shop } = await talk.asked('farmer');
    await talk.store.putShop({ ...shop, policy: { ...shop.policy, dailyCapBoxes: 0 } });
    expect(await card('')).toContain('앞으로 60일은 자리가 없거나 쉬는 날이라 주문을 받지 못해요.');
    expect(talk.buttons('buyer')).not.toContain('주문 확정');
    expect(await talk.orders()).toEqual([]);
  });
});

test('a message that closes several days is one line for the seller and one for the buyer', async () => {
  await bought('first', ONE);
  await say('7/21~7/23 휴무');
  expect(await talk.heard('tony')).toEqual([
    '7/21(화) 1곳의 출하일이 바뀌었고 주문한 분께 알려요.',
  ]);
  expect(await talk.heard('first')).toEqual([
    expect.stringContaining('7/21(화) → 7/24(금) 출하\n그날은 농장이 쉬게 됐어요.'),
  ]);
});

test.each(['7/26(일) 출하', '7/26 출하해 주세요', '출하는 7/26에'])(
  '%j wishes for a day to be sent on',
  async (wish) => {
    expect(await talk.say('buyer', `${ONE} ${wish}`)).toContain('7/26(일) 출하는 어려워요');
  },
);
