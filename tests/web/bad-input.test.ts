// Wrong things in every place of every call: a clear problem, and nothing half-made.
import { beforeEach, describe, expect, test } from 'vitest';
import { TUESDAY } from '../support/shop.ts';
import { expectProblem, type Json, openWeb, orderBody, parcelBody, type Web } from './client.ts';

let web: Web;
beforeEach(async () => {
  web = await openWeb();
  await web.openStore('peach');
  await web.order({}, { isPaid: true });
});

/** Must never come back in an answer or in a log. */
const SECRET = '홍길동 서울시 비밀로 77';
const LONG = '가'.repeat(4000);

type Call = { readonly method: string; readonly path: string; readonly body: Json };

const CALLS: Readonly<Record<string, Call>> = {
  order: {
    method: 'POST',
    path: '/order',
    body: orderBody({
      sender: { name: '김영희', phone: '01011112222' },
      depositor: '김영희',
      memo: '감사합니다',
      parcels: [
        parcelBody({
          postcode: '06234',
          memo: '문 앞',
          wanted: { date: '2026-07-23', kind: 'arrive' },
        }),
      ],
    }),
  },
  pay: {
    method: 'POST',
    path: '/pay',
    body: { order: 'ord_1', amountKrw: 75_000, method: 'bank', depositor: '김', reference: 'r' },
  },
  shipment: {
    method: 'PUT',
    path: '/shipment',
    body: {
      parcel: 'par_1-1',
      state: 'packed',
      carrier: 'kr.cjlogistics',
      waybills: ['123456789012'],
    },
  },
  rows: {
    method: 'PUT',
    path: '/shipment',
    body: { store: 'peach', date: TUESDAY, rows: '1', state: 'packed' },
  },
  cancel: {
    method: 'POST',
    path: '/order/ord_1/cancel',
    body: {
      parcels: ['par_1-1'],
      reason: '변심',
      refundAccount: { bank: '농협', account: '302-1111', holder: '김영희' },
    },
  },
  change: {
    method: 'PATCH',
    path: '/order/ord_1',
    body: {
      parcels: [
        {
          id: 'par_1-1',
          recipient: '최민수',
          phone: '01099998888',
          address: '서울 중구 세종대로 1',
          memo: '문 앞',
          items: [{ product: 'peach-4kg', boxes: 1 }],
        },
      ],
    },
  },
  store: {
    method: 'POST',
    path: '/stores',
    body: {
      id: 'plum',
      name: '자두',
      state: 'open',
      policy: {
        feeKrw: 0,
        listAt: '06:00',
        closedWeekdays: ['sun'],
        closedDates: [TUESDAY],
        weekdayCapBoxes: { mon: 1 },
        timeZone: 'Asia/Seoul',
        quietHours: { from: '21:00', to: '08:00' },
        bank: { name: '농협', account: '301-0000', holder: '김', tossLink: 'supertoss://send' },
      },
      business: {
        name: '자두농원',
        owner: '김',
        address: '상주',
        phone: '0541234567',
        email: 'a@b.kr',
        taxExempt: true,
      },
    },
  },
  storeChange: { method: 'PATCH', path: '/stores/peach', body: { name: '새', state: 'open' } },
  product: {
    method: 'POST',
    path: '/stores/peach/products',
    body: { id: 'plum', name: '자두', priceKrw: 100, saleFrom: TUESDAY, state: 'on_sale' },
  },
  productChange: {
    method: 'PATCH',
    path: '/products/peach-4kg',
    body: { priceKrw: 100, dailyCapBoxes: 5, imageUrl: 'https://a.kr/b.png' },
  },
  cap: { method: 'PUT', path: `/stores/peach/caps/${TUESDAY}`, body: { capBoxes: 5 } },
};
const NAMES = Object.keys(CALLS);

function callNamed(name: string): Call {
  const call = CALLS[name];
  if (call === undefined) throw new Error(`no call ${name}`);
  return call;
}

/** Every place in a body, as a path of steps. */
function placesIn(value: Json, path: readonly (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== 'object') return [[...path]];
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value);
  const inner = [...keys].flatMap((key) => placesIn(value[key], [...path, key]));
  return path.length === 0 ? inner : [[...path], ...inner];
}

function withAt(value: Json, [step, ...rest]: readonly (string | number)[], put: unknown): Json {
  if (step === undefined) return put;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[step] = withAt(copy[step], rest, put);
  return copy;
}

async function expectRefused(call: Call, body: unknown, before: unknown): Promise<string> {
  const answer = await web.send(call.method, call.path, { body });
  expectProblem(answer, 'bad_request', 400);
  expect(answer.text).not.toContain(SECRET);
  expect(answer.text).not.toContain('가가가');
  expect(web.counts()).toEqual(before);
  return answer.body.detail;
}

describe.each(NAMES)('%s', (name) => {
  const call = callNamed(name);

  test('is taken as it is', async () => {
    const { status } = await web.send(call.method, call.path, { body: call.body });
    // An order that is paid already cannot be paid: its form is right.
    expect(status).toBeLessThan(name === 'pay' ? 410 : 300);
  });

  test('refuses every field that is of another type, too long or too large', async () => {
    const before = web.counts();
    for (const place of placesIn(call.body)) {
      const wrong = [true, -1, 1e300, 0.5, [], { [SECRET]: SECRET }, LONG, '\u0000', '\ud800'];
      const isNumber = typeof place.reduce((at, step) => at[step], call.body) === 'number';
      const isBoolean = place.at(-1) === 'taxExempt';
      const isList = ['parcels', 'closedWeekdays', 'closedDates', 'waybills'].includes(
        String(place.at(-1)),
      );
      for (const value of wrong) {
        if (isBoolean && value === true) continue;
        // An empty list is a list; where it must hold something the table below says so.
        if (isList && Array.isArray(value)) continue;
        if (place.at(-1) === 'quietHours' && Array.isArray(value)) continue;
        const detail = await expectRefused(call, withAt(call.body, place, value), before);
        expect(detail).toContain(String(place.at(-1)).replace(/^\d+$/, '[$&]'));
      }
      if (isNumber) await expectRefused(call, withAt(call.body, place, '5'), before);
    }
  });

  test('refuses an unknown field, wherever it is', async () => {
    const before = web.counts();
    const objects = placesIn(call.body).filter((place) => {
      const value = place.reduce((at, step) => at[step], call.body);
      return value !== null && typeof value === 'object' && !Array.isArray(value);
    });
    for (const place of [[], ...objects]) {
      const detail = await expectRefused(call, withAt(call.body, [...place, 'extra'], 1), before);
      expect(detail).toMatch(/extra|weekdayCapBoxes/);
      await expectRefused(call, withAt(call.body, [...place, SECRET], SECRET), before);
    }
  });

  test('refuses what is no JSON object', async () => {
    const before = web.counts();
    for (const raw of [
      '',
      '{',
      '{"a":',
      'null',
      '1',
      '"x"',
      '[]',
      '[{}]',
      '\u0000',
      '{"__proto__":{}}',
    ]) {
      // No body at all says the same as an empty object, which some calls take.
      if (raw === '' && ['cancel', 'storeChange', 'productChange'].includes(name)) continue;
      const answer = await web.send(call.method, call.path, { raw });
      expectProblem(answer, 'bad_request', 400);
      expect(web.counts()).toEqual(before);
    }
  });

  test('refuses another content type, a body over a megabyte and another method', async () => {
    const before = web.counts();
    const raw = JSON.stringify(call.body);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      '*',
    ])
      expectProblem(
        await web.send(call.method, call.path, { raw, headers: { 'content-type': type } }),
        'unsupported_type',
        415,
      );
    const encodings: Record<string, string>[] = [
      { 'content-type': 'application/json; charset=klingon' },
      { 'content-encoding': 'zip' },
    ];
    for (const headers of encodings)
      expectProblem(
        await web.send(call.method, call.path, { raw, headers }),
        'unsupported_type',
        415,
      );
    const large = JSON.stringify({ ...call.body, memo: 'x'.repeat(1024 * 1024) });
    expectProblem(await web.send(call.method, call.path, { raw: large }), 'too_large', 413);
    const other = await web.send('DELETE', call.path);
    expectProblem(other, 'method_not_allowed', 405);
    expect(other.headers.get('allow')).toContain(call.method);
    expect(web.counts()).toEqual(before);
  });
});

describe('single wrong values', () => {
  const at = (place: readonly (string | number)[], value: unknown) => [place, value] as const;
  const parcel = (field: string, value: unknown) => at(['parcels', 0, field], value);
  const item = (field: string, value: unknown) => at(['parcels', 0, 'items', 0, field], value);

  test.each([
    at(['parcels'], []),
    at(['parcels'], Array(101).fill(parcelBody())),
    at(['buyer', 'name'], ''),
    at(['buyer', 'name'], '   '),
    at(['buyer', 'phone'], '010-1111-2222'),
    at(['buyer', 'phone'], '1012345678'),
    at(['buyer', 'phone'], '01012'),
    at(['buyer', 'phone'], '0101234567890'),
    at(['buyer', 'phone'], '٠١٠١٢٣٤٥٦٧٨'),
    at(['store'], undefined),
    at(['buyer'], undefined),
    parcel('recipient', undefined),
    parcel('recipient', null),
    parcel('recipient', '박\u0007철수'),
    parcel('recipient', '박'.repeat(51)),
    parcel('address', '서'.repeat(301)),
    parcel('memo', '문'.repeat(501)),
    parcel('postcode', '1234'),
    parcel('wanted', { date: '2026-02-30', kind: 'arrive' }),
    parcel('wanted', { date: '0000-01-01', kind: 'arrive' }),
    parcel('wanted', { date: '2026-7-1', kind: 'arrive' }),
    parcel('wanted', { date: '2026-07-23', kind: 'sometime' }),
    parcel('wanted', { date: '2026-07-23' }),
    parcel('items', []),
    item('boxes', 0),
    item('boxes', -3),
    item('boxes', 2.5),
    item('boxes', 10_001),
    item('boxes', '2'),
    item('boxes', null),
    item('product', '복숭아'),
    item('product', "x' OR 1=1"),
  ])('an order with %j as %j', async (place, value) => {
    const call = callNamed('order');
    const detail = await expectRefused(call, withAt(call.body, place, value), web.counts());
    expect(detail).toContain(String(place.at(-1)));
  });

  test.each([
    ['rows', '0'],
    ['rows', '3-1'],
    ['rows', '1-9999'],
    ['rows', '1,,2'],
    ['rows', 'all'],
    ['date', undefined],
    ['rows', undefined],
    ['parcel', 'par_1-1'],
    ['order', 'ord_1'],
    ['state', 'returned'],
    ['state', 'cancelled'],
    ['state', 'waiting'],
    ['carrier', 'CJ 대한통운'],
    ['waybills', ['123']],
  ])('a report with %s %j', async (field, value) => {
    const call = callNamed('rows');
    await expectRefused(call, { ...call.body, [field]: value }, web.counts());
  });

  test.each([
    ['timeZone', 'Asia/Pyongchang'],
    ['listAt', '24:00'],
    ['listAt', '6:00'],
    ['closedWeekdays', ['someday']],
    ['weekdayCapBoxes', { someday: 1 }],
    ['boxesPerFee', 0],
    ['horizonDays', 401],
    ['payWindowHours', 0],
    ['bank', { name: '농협', account: 'abc', holder: '김' }],
    ['bank', { name: '농협', account: '301-0000', holder: '김', tossLink: 'javascript:alert(1)' }],
  ])('a policy with %s %j', async (field, value) => {
    const call = callNamed('storeChange');
    await expectRefused(call, { policy: { [field]: value } }, web.counts());
  });

  test('emoji and long words within the limits are fine', async () => {
    const parcels = [parcelBody({ recipient: '🍑'.repeat(25), address: '서'.repeat(300) })];
    const answer = await web.send('POST', '/order', { body: orderBody({ parcels, memo: '' }) });
    expect(answer.status).toBe(201);
    expect(answer.body.order).toMatchObject({
      memo: null,
      parcels: [{ recipient: '🍑'.repeat(25), address: '서'.repeat(300) }],
    });
  });
});

describe('queries and paths', () => {
  test.each([
    '/orders?limit=0',
    '/orders?limit=201',
    '/orders?limit=many',
    '/orders?limit=1&limit=2',
    '/orders?state=shipped',
    '/orders?date=2026-02-30',
    '/orders?cursor=abc',
    '/orders?sort=name',
    '/stores?limit=-1',
    '/stores?cursor=%00',
    '/stores/peach?full=1',
    '/shipment',
    '/shipment?store=peach',
    `/shipment?order=ord_1&date=${TUESDAY}`,
    '/shipment?order=ord_1&parcel=par_1-1',
    '/order/ord_1?everything=1',
    '/order/%E0%A4%A',
  ])('GET %s is not understood', async (path) => {
    expectProblem(await web.send('GET', path), 'bad_request', 400);
  });

  test.each([
    '/order/ord_none',
    '/order/P7-999',
    '/order/hello',
    `/order/${'x'.repeat(4000)}`,
    `/order/${encodeURIComponent('🍑 or 1=1')}`,
    '/shipment?order=ord_none',
    '/shipment?parcel=par_none',
    '/shipment?parcel=ord_1',
    `/shipment?store=none&date=${TUESDAY}`,
    '/stores/none',
    '/nowhere',
    '/order',
    '/',
  ])('GET %s is not found', async (path) => {
    const answer = await web.send('GET', path);
    if (path === '/order') expectProblem(answer, 'method_not_allowed', 405);
    else expectProblem(answer, 'not_found', 404);
  });

  test('a write to what is not there is not found', async () => {
    const before = web.counts();
    for (const [method, path, body] of [
      ['POST', '/pay', { order: 'P7-999', amountKrw: 1, method: 'bank' }],
      ['POST', '/order/ord_none/cancel', {}],
      ['PUT', '/shipment', { parcel: 'par_none', state: 'packed' }],
      ['PUT', '/shipment', { store: 'none', date: TUESDAY, rows: '1', state: 'packed' }],
      ['PATCH', '/stores/none', { name: '없음' }],
      ['POST', '/stores/none/products', { id: 'x', name: 'x', priceKrw: 1 }],
      ['PATCH', '/products/none', { priceKrw: 1 }],
      ['PUT', `/stores/none/caps/${TUESDAY}`, { capBoxes: 1 }],
    ] as const)
      expectProblem(await web.send(method, path, { body }), 'not_found', 404);
    expect(web.counts()).toEqual(before);
  });

  test('a day that is none is not understood', async () => {
    for (const day of ['2026-02-30', 'today', '0000-00-00'])
      expectProblem(
        await web.send('PUT', `/stores/peach/caps/${day}`, { body: { capBoxes: 1 } }),
        'bad_request',
        400,
      );
  });
});

test('no failure of ours came up', async () => {
  for (const name of NAMES) {
    const { method, path, body } = callNamed(name);
    await web.send(method, path, { body: withAt(body, ['extra'], SECRET) });
  }
  expect(web.logged).toEqual([]);
});
