import { beforeEach, describe, expect, test } from 'vitest';
import { openWeb, orderBody, parcelBody, type Web } from './client.ts';

let web: Web;
beforeEach(async () => {
  web = await openWeb();
  await web.openStore('peach');
});

test('who paid and what the bank wrote are kept, sealed', async () => {
  const { id, totalKrw } = await web.order();
  const said = { depositor: '이몽룡042', reference: '당행이체 성춘향' };
  const body = { order: id, amountKrw: totalKrw, method: 'bank', ...said };
  expect((await web.send('POST', '/pay', { body })).status).toBe(200);
  const [entry] = JSON.parse(web.dump('ledger'));
  expect(entry.sealed).not.toBeNull();
  expect(entry).not.toHaveProperty('reference');
  expect(web.dump('ledger')).not.toMatch(/몽룡|춘향/);
});

describe('the account of a refund', () => {
  const account = { bank: '농협', account: '3020000000011', holder: '김영희' };
  const cancel = (id: string, over: Readonly<Record<string, string>> = {}) =>
    web.send('POST', `/order/${id}/cancel`, { body: { refundAccount: { ...account, ...over } } });

  test('may be corrected by saying it again', async () => {
    const { id } = await web.order({}, { isPaid: true });
    expect((await cancel(id)).body.refund).toMatchObject({ state: 'due' });
    const first = web.dump('refunds');
    const again = await cancel(id, { account: '3020000000022' });
    expect(again.body.refund).toMatchObject({ state: 'due' });
    expect(web.dump('refunds')).not.toBe(first);
  });
});

test('a report of a whole order leaves alone what is there already', async () => {
  const parcels = ['가', '나'].map((recipient) => parcelBody({ recipient }));
  const { id } = await web.order(orderBody({ parcels }), { isPaid: true });
  const [first, second] = (await web.send('GET', `/shipment?order=${id}`)).body.shipments;
  const put = (body: unknown) => web.send('PUT', '/shipment', { body });
  await put({ parcel: first.parcel, state: 'delivered' });
  const answer = await put({ order: id, state: 'shipped' });
  expect(answer.status).toBe(200);
  expect(
    answer.body.shipments.map(({ parcel, state }: Record<string, string>) => [parcel, state]),
  ).toEqual([
    [first.parcel, 'delivered'],
    [second.parcel, 'shipped'],
  ]);
  expect((await put({ parcel: first.parcel, state: 'shipped' })).status).toBe(409);
  expect((await put({ order: id, state: 'packed' })).status).toBe(409);
});
