// Recipients named instead of retyped, and whose recipients nobody may ever hear of.
import { beforeEach, describe, expect, test } from 'vitest';
import { openTalk, type Talk } from '../support/talk.ts';

const MUM = '엄마집: 김영희 010-2222-3333 부산 해운대구 우동1로 20 101동 202호 2상자';
const PARK = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 1상자';
const SISTER = '언니네 김지은 010-4444-5555 부산 사하구 낙동대로 12 1상자';
const NEWCOMER = '김민수 010-7777-8888 경기 수원시 영통구 광교로 100 1박스';

let talk: Talk;

beforeEach(async () => {
  talk = await openTalk();
});

async function buyEach(...texts: readonly string[]): Promise<void> {
  for (const text of texts) await talk.buy('buyer', text);
}

async function newest() {
  const [order] = await talk.orders();
  if (order === undefined) throw new Error('no order');
  return order;
}

const parcelsOf = async () =>
  (await newest()).parcels.map(({ recipient, address, boxes }) => ({ recipient, address, boxes }));

describe('a recipient of an earlier order', () => {
  test('is named by the word he was introduced with, shown masked, and ordered for in full', async () => {
    await buyEach(MUM);
    const card = await talk.say('buyer', '이번에도 엄마집 3박스요');
    expect(card).toContain('김○희 · 부산 해운대구 · ···3333');
    expect(card).not.toContain('우동1로');
    expect(card).not.toContain('010-2222-3333');
    await talk.press('buyer', '주문 확정');
    expect(await parcelsOf()).toEqual([
      { recipient: '김영희', address: '부산 해운대구 우동1로 20 101동 202호', boxes: 3 },
    ]);
    await talk.isSound();
  });

  test('keeps his word from order to order, also where it was not said again', async () => {
    await buyEach(MUM, '김영희님께 1상자', '엄마집 4상자');
    expect(await parcelsOf()).toMatchObject([{ recipient: '김영희', boxes: 4 }]);
  });

  test.each([
    ['지난번 박철수님한테 3박스', '박○수 · 서울 노원구 · ···5678'],
    ['철수네 2상자', '박○수 · 서울 노원구 · ···5678'],
    ['서울로 2상자 보내주세요', '박○수 · 서울 노원구 · ···5678'],
    ['부산 언니네로 2상자', '김○은 · 부산 사하구 · ···5555'],
    ['저번에 보낸 데로 하나 더요', '김○은 · 부산 사하구 · ···5555'],
    ['2상자는 엄마집, 1상자는 언니네로 보내주세요', '김○희 · 부산 해운대구 · ···3333'],
  ])('is meant by "%s"', async (text, masked) => {
    await buyEach(MUM, PARK, SISTER);
    expect(await talk.say('buyer', text)).toContain(masked);
    expect(talk.buttons('buyer')).toContain('주문 확정');
  });

  test('stands beside newcomers typed in full in the same message', async () => {
    await buyEach(MUM);
    const card = await talk.say('buyer', `엄마집 2, 그리고 ${NEWCOMER}`);
    expect(card).toContain('1) 김○희 · 부산 해운대구 · ···3333');
    expect(card).toContain('2) 김민수 010-7777-8888');
    await talk.press('buyer', '주문 확정');
    expect(await parcelsOf()).toMatchObject([
      { recipient: '김영희', boxes: 2 },
      { recipient: '김민수', boxes: 1 },
    ]);
  });

  test('answers our question for the address', async () => {
    await buyEach(MUM);
    expect(await talk.say('buyer', '복숭아 두 상자 주문할게요')).toContain('주소를');
    expect(await talk.say('buyer', '엄마집이요')).toContain('김○희 · 부산 해운대구');
  });

  test('may be corrected on the card like anybody else', async () => {
    await buyEach(MUM, PARK);
    await talk.say('buyer', '엄마집 2상자, 박철수 1상자');
    expect(await talk.say('buyer', '엄마집은 4상자로 바꿔주세요')).toContain('복숭아 4kg 4상자');
    expect(await talk.say('buyer', '박철수님은 빼주세요')).not.toContain('박○수');
    await talk.press('buyer', '주문 확정');
    expect(await parcelsOf()).toMatchObject([{ recipient: '김영희', boxes: 4 }]);
  });

  test('who is typed anew under the old word is the new one', async () => {
    await buyEach(MUM);
    await talk.say('buyer', '엄마집: 이순자 010-9222-3333 대구 수성구 동대구로 55 2상자');
    await talk.press('buyer', '주문 확정');
    expect(await parcelsOf()).toMatchObject([{ recipient: '이순자' }]);
  });

  test('is asked for by what is missing when nobody fits', async () => {
    await buyEach(PARK);
    expect(await talk.say('buyer', '시댁에 2상자 보내주세요')).toContain('주소를');
    await talk.say('buyer', '대전 서구 둔산로 100');
    await talk.say('buyer', '최순희 010-3333-1111');
    await talk.press('buyer', '주문 확정');
    expect(await parcelsOf()).toMatchObject([{ recipient: '최순희', boxes: 2 }]);
    await talk.pay(await newest());
    expect(await talk.say('buyer', '시댁에 3상자요')).toContain('최○희 · 대전 서구 · ···1111');
  });

  test('lives in another town than the one named, so is not meant', async () => {
    await buyEach(SISTER);
    const reply = await talk.say('buyer', '대전 언니네로 2상자');
    expect(reply).toContain('주소를');
    expect(reply).not.toContain('김○은');
  });
});

describe('two that fit', () => {
  const MOVED = '엄마집: 김영희 010-2222-3333 부산 해운대구 좌동로 7 305호 1상자';

  test('are asked about once, masked and told apart, and chosen by button', async () => {
    await buyEach(MUM, SISTER);
    const question = await talk.say('buyer', '부산으로 3상자');
    expect(question).toContain('1) 김○은 · 부산 사하구 · ···5555');
    expect(question).toContain('2) 김○희 · 부산 해운대구 · ···3333');
    expect(question).not.toContain('우동1로');
    expect(await talk.press('buyer', '2) 김○희')).toContain('합계');
    await talk.press('buyer', '주문 확정');
    expect(await parcelsOf()).toMatchObject([{ recipient: '김영희', boxes: 3 }]);
  });

  test('with the same name and town differ by the end of their addresses', async () => {
    await buyEach(MUM, MOVED);
    const question = await talk.say('buyer', '엄마집 2상자');
    expect(question).toContain('305호');
    expect(question).toContain('202호');
  });

  test.each(['2번', '두번째요', '해운대요', '김영희요', '3333'])(
    'are told apart by "%s"',
    async (answer) => {
      await buyEach(MUM, SISTER);
      await talk.say('buyer', '부산으로 2상자');
      expect(await talk.say('buyer', answer)).toContain('김○희 · 부산 해운대구');
    },
  );

  test('are each asked about in their turn, and the rest of the message is kept', async () => {
    await buyEach(MUM, MOVED, SISTER);
    await talk.say('buyer', `엄마집 1, 부산으로 2상자, ${NEWCOMER}`);
    await talk.say('buyer', '2번');
    const card = await talk.say('buyer', '사하구요');
    for (const part of ['김○희', '김○은', '김민수']) expect(card).toContain(part);
  });

  test('an old question chooses nobody', async () => {
    await buyEach(MUM, SISTER);
    await talk.say('buyer', '부산으로 2상자');
    const old = talk.reply('buyer');
    await talk.say('buyer', '가격 알려주세요');
    expect(await talk.press('buyer', '2) 김○희', old)).toContain('이미 지난 질문');
  });
});

describe('the same again', () => {
  test.each([
    '지난번이랑 똑같이',
    '저번처럼 보내주세요',
    '늘 보내던 대로',
    '지난번이랑 똑같이 주문할게요',
  ])('"%s" shows the card of the last order before anything is ordered', async (text) => {
    await buyEach(PARK, `${MUM}\n${PARK}`);
    const before = (await talk.orders()).length;
    const card = await talk.say('buyer', text);
    expect(card).toContain('김○희 · 부산 해운대구 · ···3333');
    expect(card).toContain('박○수 · 서울 노원구 · ···5678');
    expect(await talk.orders()).toHaveLength(before);
    talk.passMs(11 * 60_000);
    await talk.press('buyer', '주문 확정');
    expect(await parcelsOf()).toMatchObject([
      { recipient: '김영희', boxes: 2 },
      { recipient: '박철수', boxes: 1 },
    ]);
  });

  test('with another count holds for the count only', async () => {
    await buyEach(PARK);
    expect(await talk.say('buyer', '지난번처럼 3상자요')).toContain('복숭아 4kg 3상자');
  });

  test('says so where there was no order yet', async () => {
    expect(await talk.say('buyer', '지난번이랑 똑같이 보내주세요')).toContain(
      '지난 주문이 아직 없어요',
    );
  });
});

describe('nobody hears of the recipients of another', () => {
  const TRIES = [
    '엄마집 2상자',
    '김영희님한테 2상자',
    '지난번 김영희님께 2상자',
    '영희네 2상자',
    '부산으로 2상자',
    '해운대구로 2상자',
    '저번에 보낸 데로 하나 더요',
    '지난번이랑 똑같이',
    '지난번 주소로 2상자',
  ];

  test.each(TRIES)('a stranger who says "%s"', async (text) => {
    await buyEach(MUM);
    const reply = await talk.say('stranger', text);
    for (const secret of ['김○희', '우동1로', '해운대구 ·', '3333'])
      expect(reply).not.toContain(secret);
    expect(talk.buttons('stranger')).not.toContain('주문 확정');
  });

  test.each(TRIES)('a buyer with recipients of his own who says "%s"', async (text) => {
    await buyEach(MUM);
    await talk.buy('other', '엄마 이순자 010-9222-1111 대구 수성구 동대구로 55 1상자');
    const reply = await talk.say('other', text);
    for (const secret of ['김○희', '우동1로', '3333']) expect(reply).not.toContain(secret);
  });

  test('a namesake who got boxes of both is each one’s own', async () => {
    await buyEach(MUM);
    await talk.buy('other', '김영희 010-9999-0000 대구 수성구 동대구로 55 1상자');
    const card = await talk.say('other', '김영희님 2상자');
    expect(card).toContain('김○희 · 대구 수성구 · ···0000');
    expect(card).not.toContain('부산');
  });

  test('not even a press forged with a parcel of theirs', async () => {
    await buyEach(MUM);
    const [theirs] = await talk.orders();
    await talk.buy('other', '김지은 010-4444-5555 부산 사하구 낙동대로 12 1상자');
    await talk.buy('other', '최수진 010-4444-6666 부산 남구 수영로 12 1상자');
    await talk.say('other', '부산으로 2상자');
    const question = talk.reply('other');
    const [choice] = question.choices;
    if (choice === undefined || !('say' in choice) || choice.press === undefined)
      throw new Error('no choice');
    const [id] = choice.press.ref.split('.');
    const ref = `${id}.${theirs?.parcels[0]?.id}`;
    const forged = { ...choice, label: 'forged', press: { ...choice.press, ref } };
    const reply = await talk.press('other', 'forged', { ...question, choices: [forged] });
    expect(reply).toContain('이미 지난 질문');
    expect(reply).not.toContain('김○희');
  });

  test('nor does the same buyer at another store', async () => {
    await buyEach(MUM);
    const shop = await talk.store.findShop('peach');
    if (shop === null) throw new Error('no shop');
    await talk.store.putShop({ ...shop, id: 'apple', name: '사과농원', business: null });
    await talk.store.putProduct('apple', {
      ...(shop.products[0] as (typeof shop.products)[0]),
      id: 'apple-5kg',
      name: '사과 5kg',
    });
    await talk.say('buyer', '상점 사과농원');
    const reply = await talk.say('buyer', '엄마집 2상자');
    expect(reply).toContain('주소를');
    expect(reply).not.toContain('김○희');
  });
});

test('who was erased is offered no more, and neither are the recipients an open order still keeps', async () => {
  await buyEach(MUM);
  await talk.say('buyer', '내 정보 삭제');
  await talk.press('buyer', '네, 지워 주세요');
  expect(await talk.say('buyer', '엄마집 2상자')).not.toContain('김○희');
  expect(await talk.say('buyer', '김영희님께 2상자')).not.toContain('김○희');
});

test('a question about a parcel is no new order', async () => {
  await buyEach(MUM);
  expect(await talk.say('buyer', '엄마집 언제 와요?')).not.toContain('주문서를 확인');
  expect(await talk.say('buyer', '엄마집 2박스 시킨 거 언제 도착해요?')).not.toContain(
    '주문서를 확인',
  );
  expect(await talk.say('buyer', '엄마집 취소해주세요')).not.toContain('주문서를 확인');
  expect(await talk.say('buyer', '엄마집 주소 바꿔주세요')).not.toContain('주문서를 확인');
});
