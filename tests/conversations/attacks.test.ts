// Changing, cancelling and the refund account: repeated, reordered, cut off half-way, by a stranger, by a
// hundred at once, and as rubbish.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Attacked,
  booksOf,
  type Death,
  type Move,
  openAttacked,
} from '../support/attacked.ts';

const TWO =
  '정하늘 010-7777-8888 강원 춘천시 중앙로 1 2상자\n임수정 010-2222-3333 경기 수원시 영통구 광교로 100 1상자';
const ACCOUNT = '농협 302-1234-5678-91 김영희';
const RUNS = 30;
const MOVES_MAX = 20;

const WORDS = [
  ...['취소', '주문 취소할래요', '임수정 취소', '이 상자 취소', 'P7-001 취소', 'P9-999 취소'],
  ...['네', '네, 취소해요', '네, 바꿔요', '아니요', '됐어요', '기다릴게요', '그만두기'],
  ...[
    '주소 변경',
    '정하늘 주소 변경',
    '부산 해운대구 센텀로 20 101동 202호',
    '제주 제주시 첨단로 1',
  ],
  ...[
    '정하늘 3상자로 바꿔 주세요',
    '정하늘 1상자로',
    '임수정 0상자로',
    '4상자로 늘려주세요',
    '3',
    '-1',
  ],
  ...[
    '환불 계좌',
    ACCOUNT,
    '국민 123456-01-234567 정하늘',
    '농협',
    '302-1234-5678-91',
    '입금했어요',
  ],
  ...[
    '주문조회',
    '언제 와요?',
    '안녕하세요',
    '.',
    '👍',
    '가'.repeat(4000),
    '문제가 있어요',
    '상했어요',
  ],
];
/** A stranger names nobody: what he is told of others he was told by us. */
const STRANGE = WORDS.filter((text) => !/정하늘|임수정/.test(text));

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .constantFrom(...WORDS)
      .map((text) => ({ kind: 'say', who: 'buyer', text }) as const),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('press' as const),
      who: fc.constant('buyer' as const),
      back: fc.constantFrom(0, 0, 0, 1, 2, 5),
      choice: fc.nat(9),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      fc.constantFrom(...STRANGE).map((text) => ({ kind: 'say', who: 'stranger', text }) as const),
      fc.record({
        kind: fc.constant('press' as const),
        who: fc.constant('stranger' as const),
        back: fc.nat(5),
        choice: fc.nat(9),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('harvested' as const, 'shipped' as const)
      .map((to) => ({ kind: 'farm', to }) as const),
  },
);
const moves = fc.array(move, { minLength: 3, maxLength: MOVES_MAX });
const death = fc.constantFrom<Death>(null, null, 'before', 'after');

async function ordered(deaths: readonly Death[] = []): Promise<Attacked> {
  const shop = await openAttacked(deaths);
  await shop.buy('buyer', TWO);
  return shop;
}

async function play(shop: Attacked, all: readonly Move[]): Promise<(string | null)[]> {
  const answers: (string | null)[] = [];
  for (const [no, one] of all.entries()) {
    const reply = await shop.make(one, no);
    const labels = reply?.choices.map(({ label }) => label).join('|');
    answers.push(reply === null ? null : `${reply.texts.join('\n')}\n[${labels}]`);
  }
  return answers;
}

/** The order that was there before the attack; what is said may well place others. */
async function firstOf({ store }: Attacked) {
  return (await booksOf(store)).find(({ code }) => code === 'P7-001');
}

async function isSound({ store, faults }: Attacked): Promise<void> {
  expect(faults).toEqual([]);
  expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
  for (const { paidKrw, refunds } of await booksOf(store)) {
    const back = refunds.reduce((sum, { amountKrw }) => sum + amountKrw, 0);
    expect(back).toBeLessThanOrEqual(paidKrw);
  }
}

test('a process that dies at any write says and keeps what one that lives does', async () => {
  await fc.assert(
    fc.asyncProperty(
      moves,
      fc.array(death, { minLength: 5, maxLength: 40 }),
      async (all, deaths) => {
        const living = await ordered();
        const dying = await ordered(deaths);
        expect(await play(dying, all)).toEqual(await play(living, all));
        expect(await booksOf(dying.store)).toEqual(await booksOf(living.store));
        await isSound(dying);
      },
    ),
    { numRuns: RUNS },
  );
});

test('a message that is delivered again gets its answer again and does nothing more', async () => {
  await fc.assert(
    fc.asyncProperty(moves, async (all) => {
      const shop = await ordered();
      for (const [no, one] of all.entries()) {
        const before = [...shop.said];
        const first = await shop.make(one, no);
        const books = await booksOf(shop.store);
        const second = await shop.again(one, no, before);
        if (one.kind !== 'farm') expect(second).toEqual(first);
        expect(await booksOf(shop.store)).toEqual(books);
      }
      await isSound(shop);
    }),
    { numRuns: RUNS },
  );
});

test('a yes that came too late is refused with the reason each time it is delivered', async () => {
  const shop = await ordered();
  await shop.make({ kind: 'say', who: 'buyer', text: '취소' }, 0);
  await shop.make({ kind: 'farm', to: 'shipped' }, 1);
  const choice = shop.said.at(-1)?.choices[0];
  const yes = { text: '네, 취소해요', choice, updateId: 'yes' };
  const refused = await shop.deliver('buyer', yes);
  expect(refused.texts.join()).toContain('이미 보낸 상자라 취소할 수 없어요');
  expect(await shop.deliver('buyer', yes)).toEqual(refused);
  // Pressed anew it is a question that is over.
  const anew = await shop.deliver('buyer', { ...yes, updateId: 'yes again' });
  expect(anew.texts.join()).toContain('이미 지난 질문');
});

test('a press that only asks asks the same question when it is delivered again', async () => {
  const shop = await ordered();
  const card = await shop.deliver('buyer', { text: TWO, updateId: 'card' });
  const choice = card.choices.find(({ label }) => label === '주문 확정');
  const confirm = { text: '주문 확정', choice, updateId: 'confirm' };
  const question = await shop.deliver('buyer', confirm);
  expect(question.texts.join()).toContain('하나 더 주문할까요?');
  await shop.deliver('buyer', { text: '그만두기', updateId: 'drop' });
  // Read anew it would say that there is nothing to confirm.
  expect(await shop.deliver('buyer', confirm)).toEqual(question);
});

test('a stranger changes nothing and hears nothing of it, whatever he says or presses', async () => {
  await fc.assert(
    fc.asyncProperty(moves, async (all) => {
      const shop = await ordered();
      for (const [no, one] of all.entries()) {
        const books = JSON.stringify(await booksOf(shop.store));
        const reply = await shop.make(one, no);
        if (one.kind === 'farm' || one.who === 'buyer') continue;
        expect(JSON.stringify(await booksOf(shop.store))).toBe(books);
        expect(reply?.texts.join('\n') ?? '').not.toMatch(/정하늘|임수정|7777|2222|춘천|수원/);
      }
    }),
    { numRuns: RUNS },
  );
});

test('nothing is cancelled and no count changed but by the yes to the question just asked', async () => {
  await fc.assert(
    fc.asyncProperty(moves, async (all) => {
      const shop = await ordered();
      for (const [no, one] of all.entries()) {
        const before = await firstOf(shop);
        // Words answer what was said last, a button what stands above it.
        const back = one.kind === 'press' ? one.back : 0;
        const asked = shop.said.at(-1 - back)?.texts.join('\n') ?? '';
        await shop.make(one, no);
        const after = await firstOf(shop);
        if (one.kind === 'farm') continue;
        const gone = (books: typeof before) =>
          books?.parcels.filter(({ state }) => state === 'cancelled').length;
        const counts = (books: typeof before) => books?.parcels.map(({ boxes }) => boxes).join();
        if (gone(after) !== gone(before)) expect(asked).toContain('취소할까요?');
        if (counts(after) !== counts(before)) expect(asked).toContain('바꿀까요?');
      }
    }),
    { numRuns: RUNS },
  );
});

describe('a hundred at once', () => {
  const CROWD = 100;

  test('of one yes cancel once and open one refund', async () => {
    const shop = await ordered();
    await shop.make({ kind: 'say', who: 'buyer', text: '취소' }, 0);
    const choice = shop.said.at(-1)?.choices[0];
    const replies = await Promise.all(
      Array.from({ length: CROWD }, (_, n) =>
        shop.deliver('buyer', { text: '네, 취소해요', choice, updateId: `yes-${n}` }),
      ),
    );
    const said = new Set(replies.map(({ texts }) => texts[0]?.split('\n')[0]));
    // Who presses faster than we answer hears so; everybody else hears the one thing that was done.
    expect([...said].toSorted()).toEqual([
      'P7-001 주문을 취소했어요. 115,000원을 돌려 드릴게요.',
      '지금 주문이 몰려요. 1분 뒤에 다시 보내 주세요.',
    ]);
    const books = await firstOf(shop);
    expect(books?.refunds).toEqual([{ amountKrw: 115_000, state: 'needs_account' }]);
    await isSound(shop);
  });

  test('of as many buyers each gets his own money back, and the day its boxes', async () => {
    const shop = await openAttacked();
    const buyers = Array.from({ length: CROWD }, (_, n) => `buyer${n}`);
    for (const [n, buyer] of buyers.entries())
      await shop.buy(buyer, `김철수 010-1000-${1000 + n} 서울 노원구 동일로 ${n + 1} 1상자`);
    const all = (text: (n: number) => string) =>
      Promise.all(
        buyers.map((buyer, n) =>
          shop.deliver(buyer, { text: text(n), updateId: `${buyer}-${text(n)}` }),
        ),
      );
    await all(() => '취소');
    await all(() => '네, 취소해요');
    await all((n) => `농협 302-1234-${1000 + n}-91 김영희`);
    const refunds = await shop.store.findOpenRefunds('peach', CROWD);
    expect(refunds.map(({ state }) => state)).toEqual(Array(CROWD).fill('due'));
    for (const { code, account } of refunds)
      expect(account?.account).toBe(`3021234${999 + Number(code.slice(-3))}91`);
    const days = await shop.store.findDays('peach', '2026-07-20');
    expect([...days.values()].map(({ reservedBoxes }) => reservedBoxes)).toEqual(
      [...days.values()].map(() => 0),
    );
    await isSound(shop);
  });
});

describe('rubbish', () => {
  const ACCOUNTS: readonly (readonly [string, string])[] = [
    ['a bank alone', '농협'],
    ['a number too short', '농협 123 김영희'],
    ['a number alone', '302-1234-5678-91'],
    ['no holder', '농협 302-1234-5678-91'],
    ['a number too long', `농협 ${'9'.repeat(40)} 김영희`],
    ['a statement', "농협 302-1234-5678-91 ');--"],
    ['no known bank', '없는은행 302-1234-5678-91 김영희'],
    ['words', '계좌는 비밀이에요'],
    ['peaches', '🍑'.repeat(200)],
    ['four thousand characters', '가'.repeat(4000)],
  ];

  test.each(ACCOUNTS)('%s: no account, and it may be said again', async (_, text) => {
    const shop = await ordered();
    const say = (no: number, what: string) =>
      shop.make({ kind: 'say', who: 'buyer', text: what }, no);
    await say(0, '취소');
    await say(1, '네');
    await say(2, text);
    expect((await firstOf(shop))?.refunds).toMatchObject([{ state: 'needs_account' }]);
    await say(3, '환불 계좌');
    expect((await say(4, ACCOUNT))?.texts.join()).toContain('환불 계좌를 받았어요');
    expect((await firstOf(shop))?.refunds).toMatchObject([{ state: 'due' }]);
    await isSound(shop);
  });

  const COUNTS = ['-1', '0', '0.5', '999999', '백만', '1e9', 'NaN', '３３３３', '두세 개', '.'];

  test.each(COUNTS)('%j is no count of boxes', async (text) => {
    const shop = await ordered();
    const before = await firstOf(shop);
    await shop.make({ kind: 'say', who: 'buyer', text: '정하늘 상자 수 변경' }, 0);
    await shop.make({ kind: 'say', who: 'buyer', text }, 1);
    await shop.make({ kind: 'say', who: 'buyer', text: '네' }, 2);
    expect(await firstOf(shop)).toEqual(before);
    await isSound(shop);
  });

  const ADDRESSES = ['.', '서울', '네', '👍', '010-1234-5678', '가'.repeat(99), '<b>서울</b>'];

  test.each(ADDRESSES)('%j is no address', async (text) => {
    const shop = await ordered();
    const before = await firstOf(shop);
    await shop.make({ kind: 'say', who: 'buyer', text: '정하늘 주소 변경' }, 0);
    await shop.make({ kind: 'say', who: 'buyer', text }, 1);
    expect(await firstOf(shop)).toEqual(before);
    await isSound(shop);
  });
});
