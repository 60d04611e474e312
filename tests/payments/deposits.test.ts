// The rules of matching, one by one: what is booked, what is asked and who is offered first.
import { beforeEach, describe, expect, test } from 'vitest';
import {
  type Deposit,
  type MatchOptions,
  matchDeposits,
  type PayableOrder,
} from '../../src/payments/deposits.ts';

/** Each order is placed a minute after the one before. */
let placed = 0;
beforeEach(() => {
  placed = 0;
});

/** An order of 80,000 won that awaits its payment the whole day. */
function order(code: string, given: Partial<PayableOrder> = {}): PayableOrder {
  placed += 1;
  return {
    code,
    amountDueKrw: 80_000,
    paidKrw: 0,
    depositor: '김영희',
    buyer: `buyer of ${code}`,
    recipients: ['박철수'],
    placedAt: `2026-07-21T00:${String(placed).padStart(2, '0')}:00+09:00`,
    payBy: '2026-07-22T00:00:00+09:00',
    state: 'awaiting_payment',
    ...given,
  };
}

function deposit(name: string, amountKrw = 80_000, given: Partial<Deposit> = {}): Deposit {
  return { id: 'd1', at: '2026-07-21T10:00:00+09:00', name, amountKrw, ...given };
}

/** One word a decision: `=P7-042`, `?P7-042,K1-111 reason`, `-reason`. */
function decided(
  orders: readonly PayableOrder[],
  deposits: readonly Deposit[],
  options: MatchOptions = {},
): string[] {
  return [...matchDeposits(orders, deposits, options).values()].map((decision) => {
    if (decision.kind === 'match') return `=${decision.codes.join(',')}`;
    if (decision.kind === 'none') return `-${decision.reason}`;
    return `?${decision.codes.join(',')} ${decision.reason}`;
  });
}

const one = (orders: readonly PayableOrder[], name: string, amountKrw?: number) =>
  decided(orders, [deposit(name, amountKrw)])[0];

describe('the name as compared', () => {
  const named = (depositor: string) => [order('P7-042', { depositor })];

  test.each([
    ['김영희', '김영희'],
    ['김영희', ' 김  영희 '],
    ['김영희', '김영희'.normalize('NFD')],
    ['김영희', '김영희님'],
    ['김영희', '김영희씨'],
    ['김영희', '김영희 고객님'],
    ['김영희', '김영희귀하'],
    ['김영희', '김영희 입금'],
    ['김영희', '김영희송금'],
    ['김영희', '김영희 주문'],
    ['김영희', '김영희대금'],
    ['김영희', '김영희(토스)'],
    ['김영희', '김영희(토'],
    ['김영희', '김영희［카뱅］'],
    ['김영희', '김.영-희!'],
    ['김영희', '김영희1234'],
    ['김영희', '0721김영희'],
    ['김영희', '김영희 010-1234-5678'],
    ['한결상사', '㈜한결상사'],
    ['(주)한결상사', '한결상사'],
    ['한결상사', '주식회사 한결상사'],
    ['한결상사', '（주）한결상사'],
    ['농업회사법인 산지', '산지'],
    ['산지영농조합법인', '산지'],
    ['유한회사 산지마을', '(유)산지마을'],
    ['Kim Subin', 'ＫＩＭ　ＳＵＢＩＮ'],
    ['행복한농산물유통', '행복한농산'],
    ['(주)행복한농산물유통', '(주)행복한농산물'],
  ])('%s is paid by %s', (depositor, name) => {
    expect(one(named(depositor), name)).toBe('=P7-042');
  });

  test.each([
    ['김영희', '김영희모'],
    ['김영희', '김영희엄마'],
    ['김영희', '영희네'],
    ['김영희', '김영화'],
    ['류영희', '유영희'],
    ['이영희', '리영희'],
    ['김영희', '김*희'],
    ['김영희', '김○희'],
    ['김영', '김영*'],
    ['김희', '김*희'],
    ['김영희', '영희'],
    ['김영희', '토스김영희'],
    ['김영희', '김영희복숭아'],
    ['행복한농산물유통', '행복한농'],
    ['KIM SUBIN LEE', 'KIM SUBIN'],
    ['김수빈', 'KIM SUBIN'],
    ['KIM SUBIN', '김수빈'],
    ['김영희', '(주)한결상사 김영희'],
    ['햇살푸드', '햇살푸드강남점'],
    ['박철수', '김영희(박철수)'],
  ])('%s is not surely paid by %s', (depositor, name) => {
    expect(one(named(depositor), name)).toBe('?P7-042 weak_name');
  });

  test('may be the name the buyer shows or a recipient’s, where no depositor was agreed on', () => {
    const unnamed = { depositor: null, buyer: '하늘농장지기', recipients: ['박철수', 'jenny kim'] };
    expect(one([order('P7-042', unnamed)], '하늘농장지기')).toBe('=P7-042');
    expect(one([order('P7-042', unnamed)], '박철수')).toBe('=P7-042');
    expect(one([order('P7-042', unnamed)], 'JENNY KIM')).toBe('=P7-042');
    expect(one([order('P7-042', { ...unnamed, buyer: '별이' })], '별이')).toMatch(/^\?P7-042/);
    expect(one([order('P7-042', { ...unnamed, buyer: 'jenny' })], 'jenny')).toMatch(/^\?P7-042/);
    expect(one([order('P7-042', { buyer: '하늘농장지기' })], '하늘농장지기')).toMatch(/^\?P7-042/);
    expect(one([order('P7-042')], '박철수')).toMatch(/^\?P7-042/);
  });

  test('is doubtful where the brackets name another order, whoever placed it', () => {
    const other = { depositor: '박나연', amountDueKrw: 45_000 };
    expect(one([order('P7-042'), order('K1-111', other)], '김영희(박나연)')).toBe(
      '?P7-042,K1-111 other_name',
    );
    const own = { ...other, buyer: 'buyer of P7-042' };
    expect(one([order('P7-042'), order('K1-111', own)], '김영희(박나연)')).toMatch(
      /^\?P7-042,K1-111/,
    );
    const paid = { ...other, state: 'paid', paidKrw: 45_000 } as const;
    expect(one([order('P7-042'), order('K1-111', paid)], '김영희(박나연)')).toBe('=P7-042');
  });

  test('that the order itself hides is nobody’s', () => {
    expect(one([order('P7-042', { depositor: '김*희' })], '김희')).toMatch(/^\?/);
  });

  test('of a recipient proves too little where another order costs as much and names nobody', () => {
    const orders = [
      order('P7-042', { depositor: null }),
      order('K1-111', { depositor: null, recipients: ['한성규'] }),
    ];
    expect(one(orders, '박철수')).toBe('?P7-042,K1-111 unnamed_twin');
    expect(one(orders, '박철수042')).toBe('=P7-042');
    const named = [order('P7-042', { depositor: null }), order('K1-111')];
    expect(one(named, '박철수')).toBe('=P7-042');
  });
});

describe('an order code', () => {
  test.each([
    'P7042',
    'p7-042',
    'P7 042',
    'P7ㅡ042',
    'Ｐ７－０４２',
    'p 7 042 홍길동',
    '홍길동P7042',
    'P7042김영희',
  ])('is enough with any name: %s', (text) => {
    expect(one([order('P7-042')], text)).toBe('=P7-042');
  });

  test('is not enough beside the name of another buyer’s order', () => {
    const orders = [order('P7-042'), order('K1-111', { depositor: '박나연' })];
    expect(one(orders, 'P7042 박나연')).toBe('?P7-042,K1-111 other_code');
    expect(one(orders, 'P7042 (박나연)')).toBe('?P7-042,K1-111 other_name');
  });

  test('chooses between orders of one name', () => {
    expect(one([order('P7-042'), order('K1-111')], 'K1111 김영희')).toBe('=K1-111');
  });

  test('beside the number of another order is asked about', () => {
    const orders = [order('P7-042'), order('K1-111', { amountDueKrw: 45_000 })];
    expect(one(orders, 'P7042 김영희111')).toBe('?P7-042,K1-111 other_number');
  });

  test('that no order has is asked about', () => {
    expect(one([order('P7-042')], '김영희 K1-999')).toBe('?P7-042 unknown_code');
  });

  test('does not make another amount right', () => {
    expect(one([order('P7-042')], 'P7042', 79_000)).toBe('?P7-042 too_little');
    expect(one([order('P7-042')], 'P7042', 81_000)).toBe('?P7-042 too_much');
  });

  test('may be two, for the sum of two buyers’ orders', () => {
    const orders = [
      order('P7-042'),
      order('K1-111', { depositor: '박나연', amountDueKrw: 45_000 }),
    ];
    expect(one(orders, 'P7042 K1111', 125_000)).toBe('=P7-042,K1-111');
    expect(one(orders, 'P7042 K1111', 80_000)).toMatch(/^\?P7-042,K1-111/);
  });
});

describe('digits at the end of a name', () => {
  test('choose between orders of one name, three of them or four', () => {
    const orders = [order('P7-042', { buyer: null }), order('K1-111', { buyer: null })];
    expect(one(orders, '김영희')).toBe('?P7-042,K1-111 several_orders');
    for (const name of ['김영희042', '042김영희', '김영희 042', '김영희-042', '김영희7042'])
      expect(one(orders, name), name).toBe('=P7-042');
    expect(one(orders, '김영희111')).toBe('=K1-111');
  });

  test('that two orders of the name share are asked about', () => {
    const orders = [order('P7-042'), order('K1-042')];
    expect(one(orders, '김영희042')).toBe('?P7-042,K1-042 several_orders');
    expect(one(orders, '김영희1042')).toBe('=K1-042');
  });

  test('mean nothing where no order has them', () => {
    for (const name of ['김영희9733', '김영희721', '김영희0101234', '김영희1'])
      expect(one([order('P7-042')], name), name).toBe('=P7-042');
  });

  test('that mean an order which does not fit are asked about', () => {
    const other = { depositor: '박나연', amountDueKrw: 45_000 };
    expect(one([order('P7-042'), order('K1-111', other)], '김영희111')).toBe(
      '?P7-042,K1-111 other_number',
    );
    const expired = order('K1-111', { state: 'expired' });
    expect(one([order('P7-042'), expired], '김영희111')).toBe('?P7-042,K1-111 other_number');
    expect(one([order('P7-042', other)], '042')).toBe('?P7-042 weak_name');
  });

  test('of a phone or a date are no number', () => {
    const orders = [order('P7-042'), order('K5-678', { depositor: '박나연', amountDueKrw: 1_000 })];
    expect(one(orders, '김영희 010-1234-5678')).toBe('=P7-042');
    expect(one(orders, '010-1234-5678 김영희')).toBe('=P7-042');
  });
});

describe('several orders of one name', () => {
  const buyer = { buyer: '영희맘' };

  test('one of which costs as much: that one', () => {
    expect(one([order('P7-042'), order('K1-111', { amountDueKrw: 45_000 })], '김영희')).toBe(
      '=P7-042',
    );
  });

  test('which cost as much together are paid together, if one buyer placed them', () => {
    const sums = (given: Partial<PayableOrder>) =>
      one(
        [order('P7-042', buyer), order('K1-111', { amountDueKrw: 45_000, ...given })],
        '김영희',
        125_000,
      );
    expect(sums(buyer)).toBe('=P7-042,K1-111');
    expect(sums({ buyer: null })).toBe('?P7-042,K1-111 several_orders');
    expect(sums({ buyer: '다른집' })).toBe('?P7-042,K1-111 several_orders');
    expect(sums({ ...buyer, depositor: '박나연' })).toBe('?P7-042,K1-111 two_names');
  });

  test('are one buyer’s only if the same person placed them, where persons are known', () => {
    const orders = (buyerId: string) => [
      order('P7-042', { ...buyer, buyerId: 'person 1' }),
      order('K1-111', { ...buyer, buyerId, amountDueKrw: 45_000 }),
    ];
    expect(one(orders('person 1'), '김영희', 125_000)).toBe('=P7-042,K1-111');
    expect(one(orders('person 2'), '김영희', 125_000)).toMatch(/^\?/);
  });

  test('with two readings are asked about', () => {
    const orders = [
      order('P7-042', buyer),
      order('K1-111', { ...buyer, amountDueKrw: 45_000 }),
      order('K1-112', { ...buyer, amountDueKrw: 35_000 }),
    ];
    expect(one(orders, '김영희')).toBe('?P7-042,K1-111,K1-112 several_orders');
    const four = [...orders, order('K1-113', { ...buyer, amountDueKrw: 115_000 })];
    expect(one(four, '김영희', 125_000 - 10_000)).toMatch(/^\?.* several_orders$/);
  });

  test('of one buyer and as many equal deposits are paid, the oldest first', () => {
    const orders = [order('P7-042', buyer), order('K1-111', buyer)];
    const deposits = (count: number) =>
      Array.from({ length: count }, (_, at) =>
        deposit('김영희', 80_000, { id: `d${at}`, at: `2026-07-21T1${at}:00:00+09:00` }),
      );
    expect(decided(orders, deposits(1))).toEqual(['?P7-042,K1-111 several_orders']);
    expect(decided(orders, deposits(2))).toEqual(['=P7-042', '=K1-111']);
    expect(decided(orders, deposits(3))).toEqual([
      '=P7-042',
      '=K1-111',
      '?P7-042,K1-111 paid_twice',
    ]);
    const strangers = [order('P7-042'), order('K1-111')];
    expect(decided(strangers, deposits(2)).every((said) => said.startsWith('?'))).toBe(true);
  });

  test('of which one was chosen by its number leave the other to nobody in particular', () => {
    const orders = [order('P7-042'), order('K1-111')];
    const deposits = [
      deposit('김영희042', 80_000, { id: 'd1' }),
      deposit('김영희', 80_000, { id: 'd2', at: '2026-07-21T11:00:00+09:00' }),
    ];
    expect(decided(orders, deposits)).toEqual(['=P7-042', '?K1-111,P7-042 paid_twice']);
  });
});

describe('several deposits of one name', () => {
  const at = (hour: number, amountKrw: number, name = '김영희') =>
    deposit(name, amountKrw, { id: `d${hour}`, at: `2026-07-21T${hour}:00:00+09:00` });

  test('the first exact one is booked, whatever its place in the list, the second is asked', () => {
    expect(decided([order('P7-042')], [at(12, 80_000), at(11, 80_000)])).toEqual([
      '?P7-042 paid_twice',
      '=P7-042',
    ]);
    const twice = [at(11, 80_000), { ...at(11, 80_000), id: 'again' }];
    expect(decided([order('P7-042')], twice)).toEqual(['=P7-042', '?P7-042 paid_twice']);
  });

  test('that are the rest together pay it', () => {
    expect(decided([order('P7-042')], [at(11, 20_000), at(12, 60_000)])).toEqual([
      '=P7-042',
      '=P7-042',
    ]);
    expect(decided([order('P7-042')], [at(11, 20_000), at(12, 20_000), at(13, 40_000)])).toEqual(
      Array.from({ length: 3 }, () => '=P7-042'),
    );
    for (const name of ['P7042', 'P7042 김영희', '김영희042']) {
      const parts = [at(11, 20_000, name), at(12, 60_000, name)];
      expect(decided([order('P7-042')], parts), name).toEqual(['=P7-042', '=P7-042']);
    }
  });

  test('that are not the rest together are asked, each', () => {
    expect(decided([order('P7-042')], [at(11, 20_000), at(12, 59_000)])).toEqual([
      '?P7-042 too_little',
      '?P7-042 too_little',
    ]);
  });

  test('of which a part is the rest of an order are asked', () => {
    const orders = [
      order('P7-042'),
      order('K1-111', { depositor: '박나연', amountDueKrw: 60_000 }),
    ];
    expect(decided(orders, [at(11, 20_000), at(12, 60_000)])).toEqual([
      '?P7-042 too_little',
      '?P7-042,K1-111 too_little',
    ]);
  });

  test('that may be for two orders are asked', () => {
    const orders = [order('P7-042'), order('K1-111', { amountDueKrw: 95_000 })];
    const said = decided(orders, [at(11, 20_000), at(12, 60_000)]);
    expect(said.every((one) => one.startsWith('?'))).toBe(true);
    const one = orders.map((placed) => ({ ...placed, buyer: '영희맘' }));
    expect(decided(one, [at(11, 20_000), at(12, 60_000)])).toEqual([
      '?P7-042,K1-111 too_little',
      '?P7-042,K1-111 too_little',
    ]);
  });

  test.each([
    ['another buyer’s closed order of the name', { state: 'expired', amountDueKrw: 95_000 }, ''],
    ['an order that the brackets name', { depositor: '박나연', amountDueKrw: 95_000 }, '(박나연)'],
    ['an order that the digits mean', { depositor: '박나연', amountDueKrw: 95_000 }, '111'],
  ] as const)('beside %s are asked', (_, other, behind) => {
    const parts = [at(11, 20_000), at(12, 60_000, `김영희${behind}`)];
    const said = decided([order('P7-042'), order('K1-111', other)], parts);
    expect(said.every((one) => one.startsWith('?'))).toBe(true);
  });

  test('of a recipient’s name are asked where another order costs as much and names nobody', () => {
    const unnamed = { depositor: null, recipients: ['김영희'] };
    const other = order('K1-111', { depositor: null, recipients: ['한성규'] });
    const parts = [at(11, 20_000), at(12, 60_000)];
    expect(decided([order('P7-042', unnamed)], parts)).toEqual(['=P7-042', '=P7-042']);
    const said = decided([order('P7-042', unnamed), other], parts);
    expect(said.every((one) => one.startsWith('?'))).toBe(true);
  });

  test('one of which came too late are asked', () => {
    const late = { ...at(12, 60_000), at: '2026-07-22T00:00:01+09:00' };
    const said = decided([order('P7-042')], [at(11, 20_000), late]);
    expect(said.every((one) => one.startsWith('?'))).toBe(true);
  });

  test('that were sent back are asked', () => {
    expect(decided([order('P7-042')], [at(11, 80_000), at(12, -80_000)])).toEqual([
      '?P7-042 sent_back',
      '-no_deposit',
    ]);
    expect(decided([order('P7-042')], [at(12, 80_000), at(11, -80_000)])).toEqual([
      '=P7-042',
      '-no_deposit',
    ]);
  });
});

describe('the state of an order', () => {
  test.each([
    ['another amount', {}, 79_999, 'too_little'],
    ['a won too much', {}, 80_001, 'too_much'],
    ['all of it though part is paid', { paidKrw: 30_000 }, 80_000, 'too_much'],
    ['before it was placed', { placedAt: '2026-07-21T10:00:01+09:00' }, 80_000, 'not_open'],
    ['after its time', { payBy: '2026-07-21T09:59:59+09:00' }, 80_000, 'not_open'],
    ['expired', { state: 'expired' }, 80_000, 'not_open'],
    ['cancelled', { state: 'cancelled' }, 80_000, 'not_open'],
    ['paid already', { state: 'paid', paidKrw: 80_000 }, 80_000, 'already_paid'],
  ] as const)('makes it a question: %s', (_, given, amountKrw, reason) => {
    expect(one([order('P7-042', given)], '김영희', amountKrw)).toBe(`?P7-042 ${reason}`);
  });

  test('lets what is left be paid, to the second', () => {
    expect(one([order('P7-042', { paidKrw: 30_000 })], '김영희', 50_000)).toBe('=P7-042');
    const at = '2026-07-21T10:00:00+09:00';
    expect(one([order('P7-042', { placedAt: at, payBy: at })], '김영희')).toBe('=P7-042');
  });

  test.each(['expired', 'cancelled'] as const)(
    'makes a match doubtful where another buyer’s order of the name and amount is %s',
    (state) => {
      const open = order('P7-042', { buyer: '영희맘' });
      const closed = (buyer: string | null) => order('K1-111', { buyer, state });
      expect(one([closed('다른집'), open], '김영희')).toBe('?P7-042,K1-111 closed_twin');
      expect(one([closed(null), open], '김영희')).toBe('?P7-042,K1-111 closed_twin');
      expect(one([closed('영희맘'), open], '김영희')).toBe('=P7-042');
      const partPaid = { ...closed('다른집'), paidKrw: 30_000 };
      expect(one([partPaid, open], '김영희')).toBe('?P7-042,K1-111 closed_twin');
      const paid = order('K1-111', { state: 'paid', paidKrw: 80_000 });
      expect(one([paid, open], '김영희')).toBe('=P7-042');
    },
  );
});

describe('what is no customer’s', () => {
  test.each([
    ['한진택배', -84_000, undefined, 'no_deposit'],
    ['김영희', -80_000, '환불', 'no_deposit'],
    ['아무개', 0, undefined, 'no_deposit'],
    ['토스2214', 1, undefined, 'bank_check'],
    ['이자', 412, undefined, 'interest'],
    ['예금이자', 80_000, undefined, 'interest'],
    ['결산이자', 371, undefined, 'interest'],
    ['입출금통장 이자', 412, undefined, 'interest'],
    ['신한카드', 96_740, undefined, 'settlement'],
    ['KB국민카드', 107_298, '카드대금', 'settlement'],
    ['비씨카드', 80_000, undefined, 'settlement'],
    ['BC카드', 203_410, undefined, 'settlement'],
    ['농협BC카드', 96_740, undefined, 'settlement'],
    ['11번가 정산대금', 96_740, undefined, 'settlement'],
    ['신한카드매출', 96_740, undefined, 'settlement'],
    ['네이버페이정산', 152_300, undefined, 'settlement'],
    ['스마트스토어정산', 152_300, undefined, 'settlement'],
    ['카카오페이정산', 152_300, undefined, 'settlement'],
    ['산지농원', 300_000, '당행이체', 'own_money'],
    ['캐시백', 1_200, undefined, 'money_back'],
    ['국세환급금', 120_000, undefined, 'money_back'],
    ['공익직불금', 1_200_000, undefined, 'money_back'],
    ['한진택배', 5_000, '환불', 'money_back'],
    ['쿠팡', 25_000, '결제취소', 'money_back'],
  ])('%s %i %s', (name, amountKrw, memo, reason) => {
    const said = decided([order('P7-042')], [deposit(name, amountKrw, { memo })], {
      ownNames: ['산지농원'],
    });
    expect(said).toEqual([`-${reason}`]);
  });

  test.each(['이자영', '정산하', '김이자', '카드리', '신한나', '모임정산', '복숭아정산', '직불희'])(
    'does not swallow people and guests: %s',
    (name) => {
      expect(decided([], [deposit(name, 99_000)])).toEqual(['? unknown']);
      expect(one([order('P7-042', { depositor: name })], name)).toBe('=P7-042');
    },
  );

  test('is asked where it is strong evidence for an order', () => {
    const orders = [order('P7-042', { depositor: '서태호' })];
    expect(decided(orders, [deposit('서태호')], { ownNames: ['서태호'] })).toEqual([
      '?P7-042 own_name',
    ]);
    expect(one([order('P7-042')], '김영희', 50)).toBe('?P7-042 too_little');
    expect(decided([order('P7-042')], [deposit('김영희', 80_000, { memo: '환불' })])).toEqual([
      '=P7-042',
    ]);
  });
});

describe('what is offered', () => {
  test('the likeliest first, five at most', () => {
    const orders = [
      order('A1-001', { depositor: '한성규' }),
      order('A1-002', { depositor: '김영희', amountDueKrw: 45_000 }),
      order('A1-003', { depositor: '김영희모' }),
      order('A1-004', { depositor: '김영희', state: 'expired' }),
      order('A1-005', { depositor: '오동현' }),
      order('A1-006', { depositor: '윤가람' }),
      order('A1-007', { depositor: '서가람' }),
    ];
    expect(one(orders, '김영희')).toBe('?A1-004,A1-002,A1-003,A1-001,A1-005 too_much');
  });

  test('open before expired before cancelled before paid, the older first', () => {
    const orders = [
      order('A1-001', { amountDueKrw: 1_000, state: 'paid', paidKrw: 1_000 }),
      order('A1-002', { amountDueKrw: 1_000, state: 'cancelled' }),
      order('A1-003', { amountDueKrw: 1_000, state: 'expired' }),
      order('A1-004', { amountDueKrw: 1_000, placedAt: '2026-07-21T09:00:00+09:00' }),
      order('A1-005', { amountDueKrw: 1_000, placedAt: '2026-07-21T08:00:00+09:00' }),
    ];
    expect(one(orders, '김영희', 80_000)).toBe('?A1-005,A1-004,A1-003,A1-002,A1-001 too_much');
  });

  test('not what the batch has filled, but to the name that filled it', () => {
    const deposits = [
      deposit('김영희', 80_000, { id: 'd1' }),
      deposit('오동현', 80_000, { id: 'd2', at: '2026-07-21T09:00:00+09:00' }),
    ];
    expect(decided([order('P7-042')], deposits)).toEqual(['=P7-042', '? unknown']);
    const mother = { ...deposit('김영희모'), id: 'd2', at: '2026-07-21T11:00:00+09:00' };
    expect(decided([order('P7-042')], [deposit('김영희'), mother])).toEqual([
      '=P7-042',
      '? unknown',
    ]);
  });
});
