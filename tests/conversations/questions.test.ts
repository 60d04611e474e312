// Our own questions: answered by what fits, over after one message that does not.
import { expect, test } from 'vitest';
import { openTalk, type Talk } from '../support/talk.ts';

const CHULSU = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';
const YOUNGHEE = '이영희 010-2222-3333 경기 수원시 영통구 광교로 100 1상자';

async function addStore(talk: Talk): Promise<void> {
  const shop = await talk.store.findShop('peach');
  const [peach] = shop?.products ?? [];
  if (shop === null || peach === undefined) throw new Error('no demo store');
  await talk.store.putShop({ ...shop, id: 'apple', name: '다른농원' });
  const apple = { ...peach, id: 'apple-5kg', name: '사과 5kg', priceKrw: 50_000 };
  await talk.store.putProduct('apple', apple);
}

test('a cancel question that was not answered is over: a later yes cancels nothing', async () => {
  const talk = await openTalk();
  await talk.buy('buyer', CHULSU);
  await talk.say('buyer', '취소');
  await talk.say('buyer', '언제 와요?');
  await talk.say('buyer', '네');
  expect((await talk.onlyOrder()).state).toBe('paid');
});

for (const no of ['아니 됐어요', '아니야', '괜찮아요', '기다릴게요', '아니요'])
  test(`"${no}" is a no to the cancel question`, async () => {
    const talk = await openTalk();
    await talk.buy('buyer', CHULSU);
    await talk.say('buyer', '취소');
    expect(await talk.say('buyer', no)).toContain('그대로 둘게요');
    await talk.say('buyer', '네');
    expect((await talk.onlyOrder()).state).toBe('paid');
  });

for (const yes of ['네', '네 취소해주세요', '응 취소해줘', '네, 취소해요'])
  test(`"${yes}" is a yes to the cancel question`, async () => {
    const talk = await openTalk();
    await talk.buy('buyer', CHULSU);
    await talk.say('buyer', '취소');
    expect(await talk.say('buyer', yes)).toContain('취소했어요');
  });

test('one of two parcels is cancelled by its name', async () => {
  const talk = await openTalk();
  await talk.buy('buyer', `${CHULSU}\n${YOUNGHEE}`);
  await talk.say('buyer', '주문조회');
  const question = await talk.say('buyer', '이영희 것만 취소해주세요');
  expect(question).toContain('이영희님');
  expect(question).not.toContain('박철수님');
  expect(question).toContain('40,000원을 돌려 드려요');
  await talk.press('buyer', '네, 취소해요');
  const states = (await talk.onlyOrder()).parcels.map(({ state }) => state);
  expect(states).toEqual(['scheduled', 'cancelled']);
});

test('one recipient is taken out of a draft by name, and an unclear word drops nothing', async () => {
  const talk = await openTalk();
  await talk.say('buyer', `${CHULSU}\n${YOUNGHEE}`);
  expect(await talk.say('buyer', '하나는 취소해주세요')).toContain('어느 분을 뺄까요');
  expect(talk.buttons('buyer')).toEqual(['주문 확정', '수정', '그만두기']);
  expect(await talk.say('buyer', '이영희는 취소해주세요')).toContain('합계 75,000원');
  expect(await talk.say('buyer', '다 취소할게요')).toContain('주문서를 지웠어요');
});

test('the reason for cancelling a row is never a command, and never enough by itself', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer', 'seller']);
  await talk.buy('buyer', CHULSU);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  for (const other of ['목록', '오늘', '아니 취소하지 마', '입금 P7-001']) {
    await talk.say('tutu', '1번 취소');
    await talk.say('tutu', other);
    await talk.say('tutu', '네');
    expect((await talk.onlyOrder()).state).toBe('paid');
  }
});

test('the question for a new address does not swallow a new order', async () => {
  const talk = await openTalk();
  await talk.buy('buyer', CHULSU);
  await talk.say('buyer', '주소 변경');
  await talk.say('buyer', '아 됐어요');
  expect(await talk.say('buyer', YOUNGHEE)).toContain('합계 40,000원');
  expect((await talk.onlyOrder()).parcels[0]).toMatchObject({ recipient: '박철수' });
  await talk.say('buyer', '그만두기');
  await talk.say('buyer', '주소 변경');
  expect(await talk.say('buyer', YOUNGHEE)).toContain('합계 40,000원');
  expect((await talk.onlyOrder()).parcels[0]).toMatchObject({ recipient: '박철수' });
});

test('a draft belongs to its store: its card orders nothing at another', async () => {
  const talk = await openTalk();
  await addStore(talk);
  await talk.say('buyer', '상점 햇살농원');
  await talk.say('buyer', CHULSU);
  const card = talk.reply('buyer');
  await talk.say('buyer', '상점 다른농원');
  await talk.press('buyer', '주문 확정', card);
  expect(await talk.store.findOrders({ limit: 10, storeId: 'apple' })).toEqual([]);
  expect(await talk.orders()).toEqual([]);
});

test('an order costs what its card said, or the new card comes first', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.say('buyer', CHULSU);
  await talk.say('tutu', '가격 4만5천');
  const again = await talk.press('buyer', '주문 확정');
  expect(again).toContain('주문서가 그 뒤에 바뀌었어요');
  expect(again).toContain('합계 95,000원');
  expect(await talk.orders()).toEqual([]);
  expect(await talk.press('buyer', '주문 확정')).toContain('95,000원');
});

test('two buttons with the same words at once are two presses', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  await talk.press('buyer', '주문 확정');
  const first = talk.reply('buyer');
  await talk.say('buyer', YOUNGHEE);
  await talk.press('buyer', '주문 확정');
  const second = talk.reply('buyer');
  const one = await talk.pressAtOnce('buyer', '주문 취소', first);
  const other = await talk.pressAtOnce('buyer', '주문 취소', second);
  expect(one.texts.join()).toContain('P7-001');
  expect(other.texts.join()).toContain('P7-002');
});

test('a yes that is said after another button answers no older question', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  await talk.press('buyer', '주문 확정');
  const bubble = talk.reply('buyer');
  await talk.say('buyer', '취소');
  const question = talk.reply('buyer');
  expect(await talk.press('buyer', '입금했어요', bubble)).toContain('입금이 확인되는 대로');
  await talk.say('buyer', '네');
  expect((await talk.onlyOrder()).state).toBe('awaiting_payment');
  expect(await talk.press('buyer', '네, 취소해요', question)).toContain('이미 지난 질문');
});

test('the question for the telephone waits while other buttons are pressed', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  await talk.press('buyer', '주문 확정');
  await talk.press('buyer', '입금했어요');
  expect(await talk.say('buyer', '010-9999-8888')).toContain('고마워요');
});

test('a refused press may be pressed again when it is allowed', async () => {
  const talk = await openTalk();
  await talk.join('toni', ['seller']);
  await talk.say('buyer', CHULSU);
  const card = talk.reply('buyer');
  await talk.say('toni', '주문 멈춤');
  expect(await talk.press('buyer', '주문 확정', card)).toContain('쉬고 있어요');
  await talk.say('toni', '주문 다시 받기');
  expect(await talk.press('buyer', '주문 확정', card)).toContain('주문번호 P7-001');
});

test('a no to the second equal order drops its draft', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  await talk.press('buyer', '주문 확정');
  await talk.say('buyer', CHULSU);
  const question = await talk.press('buyer', '주문 확정');
  expect(question).toContain('하나 더 주문할까요?');
  const bubble = talk.reply('buyer');
  expect(await talk.say('buyer', '아니요')).toContain('주문서를 지웠어요');
  expect(await talk.say('buyer', YOUNGHEE)).toContain('합계 40,000원');
  // The old bubble must not throw away the newer draft.
  expect(await talk.press('buyer', '그만두기', bubble)).toContain('이미 지난 질문');
  expect(await talk.say('buyer', '주문 확정')).toContain('주문번호 P7-002');
});

test('a side remark is answered and the card is offered again', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  expect(await talk.say('buyer', '네')).toContain('[주문 확정]을 눌러 주세요');
  expect(talk.buttons('buyer')).toEqual(['주문 확정', '수정', '그만두기']);
  expect(await talk.say('buyer', '얼마라고요?')).toContain('합계 75,000원');
  expect(await talk.say('buyer', '고마워요')).toContain('[주문 확정]을 눌러 주세요');
  expect(await talk.say('buyer', '주문확정')).toContain('주문번호 P7-001');
});

test('a seller is never locked out by a question of ours', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer', 'seller']);
  await talk.buy('buyer', CHULSU);
  await talk.say('other', YOUNGHEE);
  await talk.press('other', '주문 확정');
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  expect(await talk.say('tutu', '1번 송장 123456789012')).toContain('어느 택배사인가요?');
  expect(await talk.say('tutu', '미입금')).toContain('P7-002');
  expect(await talk.say('tutu', '입금 P7-002')).toContain('입금을 확인했어요');
});

test('a code above the number of rows is still a code', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer', 'seller']);
  for (let n = 1; n <= 8; n++) {
    await talk.say(`b${n}`, CHULSU.replace('1729', String(n)));
    await talk.press(`b${n}`, '주문 확정');
  }
  expect(await talk.say('tutu', '입금 P7-008')).toContain('P7-008 75,000원 입금을 확인했어요');
});

test('a bare number means tomorrow’s list again when a new day has begun', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  expect(await talk.say('tutu', '40')).toContain('7/21(화) 40상자');
  talk.setNow('2026-07-21T10:00:00Z');
  expect(await talk.say('tutu', '30')).toContain('7/22(수) 30상자');
  talk.setNow('2026-07-22T10:00:00Z');
  expect(await talk.say('tutu', '20')).toContain('7/23(목) 20상자');
});

test('a farmer’s own draft takes the number it asked for', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  expect(await talk.say('tutu', '김전화 010-8888-7777 서울 노원구 동일로 1729')).toContain(
    '몇 상자',
  );
  expect(await talk.say('tutu', '2')).toContain('합계 75,000원');
  expect([...(await talk.store.findDays('peach', '2026-07-20')).values()]).toEqual([]);
});

test('words of ours and chatter never close the shop', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer', 'seller']);
  for (const text of ['그만두기', '그만', '고마워요']) await talk.say('tutu', text);
  expect((await talk.store.findShop('peach'))?.state).toBe('open');
  expect(await talk.say('tutu', '복숭아 품절')).toContain('품절로 했어요');
  expect(await talk.store.findShop('peach')).toMatchObject({
    state: 'open',
    products: [{ state: 'sold_out' }],
  });
});

test('room opened by word after the cut-off is taken by later payments', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.buy('early', CHULSU);
  talk.setNow('2026-07-20T22:00:00Z');
  await talk.runJob('day-list', '2026-07-20T22:00:00Z');
  expect(await talk.say('tutu', '오늘 5상자 더')).toContain('7/21(화) 45상자');
  const order = await talk.buy('late', YOUNGHEE);
  const now = await talk.store.findOrder('peach', order.id);
  expect(now?.parcels[0]).toMatchObject({ harvestDate: '2026-07-21', row: 2 });
});

test('many recipients still show the rules and every name before the order', async () => {
  const talk = await openTalk();
  const names =
    '김철수 이영희 박민수 최지우 정하늘 강민지 조현우 윤서연 장동건 임수정 한가인 송혜교 전지현 손예진 김태희 이병헌 신민아 유지태 배수지 오나라';
  const people = names.split(' ');
  const rows = Array.from(
    { length: 20 },
    (_, n) =>
      `${people[n]}\t010-1000-${1001 + n}\t서울 노원구 동일로 ${n + 1} 한솔마을아파트 103동 1204호\t1`,
  );
  const card = await talk.say('buyer', ['이름\t연락처\t주소\t수량', ...rows].join('\n'));
  expect(card).toContain('20) 오나라');
  expect(card).toContain('단순 변심 반품은 어려워요');
  expect(card.length).toBeLessThanOrEqual(1400);
});

test('the parcel that is excepted from a cancel is never the one that is cancelled', async () => {
  const talk = await openTalk();
  await talk.buy('buyer', `${CHULSU}\n${YOUNGHEE}`);
  await talk.say('buyer', '주문조회');
  for (const text of ['이영희 빼고 다 취소해주세요', '한 상자만 취소해주세요', '엄마것만 취소'])
    expect(await talk.say('buyer', text)).toContain('어느 상자를 취소할까요?');
  expect(await talk.press('buyer', '이영희 취소')).toContain('40,000원을 돌려 드려요');
  expect(await talk.say('buyer', '영희것만 취소해주세요')).toContain('40,000원을 돌려 드려요');
  expect(await talk.say('buyer', '주문 취소할게요')).toContain('115,000원을 돌려 드려요');
});

test('"one more" to the question about an equal order is a yes and no count', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  await talk.press('buyer', '주문 확정');
  await talk.say('buyer', CHULSU);
  await talk.press('buyer', '주문 확정');
  expect(await talk.say('buyer', '네 하나 더 주문할게요')).toContain('주문번호 P7-002');
  expect((await talk.orders()).map(({ parcels }) => parcels[0]?.boxes)).toEqual([2, 2]);
});

test('a farmer corrects his own draft without setting a cap', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.say('tutu', CHULSU);
  expect(await talk.say('tutu', '3상자로 바꿔주세요')).toContain('합계 115,000원');
  expect([...(await talk.store.findDays('peach', '2026-07-20')).values()]).toEqual([]);
});

test('the button under an order means that order, and money after its time is told to the seller', async () => {
  const talk = await openTalk();
  await talk.join('toni', ['seller']);
  await talk.say('buyer', CHULSU);
  await talk.press('buyer', '주문 확정');
  const first = talk.reply('buyer');
  await talk.say('buyer', YOUNGHEE);
  await talk.press('buyer', '주문 확정');
  expect(await talk.press('buyer', '입금했어요', first)).toContain('P7-001');
  const [, older] = await talk.orders();
  await talk.runJob('expiry', older?.payBy ?? '');
  expect(await talk.press('buyer', '입금했어요', first)).toContain('판매자에게 알렸으니');
  expect(await talk.say('toni', '오늘')).toContain('P7-001');
});

test('what is sold out between card and press is said', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.say('buyer', CHULSU);
  const card = talk.reply('buyer');
  await talk.say('tutu', '복숭아 품절');
  expect(await talk.press('buyer', '주문 확정', card)).toContain('지금은 판매하는 상품이 없어요');
  await talk.say('tutu', '복숭아 다시 판매');
  expect(await talk.press('buyer', '주문 확정', card)).toContain('주문번호 P7-001');
});

test('a summer of closed days is answered in a few lines', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  const answer = await talk.say('tutu', '7/21~9/15 휴무');
  expect(answer).toContain('7/21(화)~9/15(화) 쉬는 날');
  expect(answer.length).toBeLessThan(400);
});
