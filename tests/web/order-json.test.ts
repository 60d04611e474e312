import { expect, test } from 'vitest';
import { orderJson } from '../../src/orders/order-json.ts';
import { openFarm } from '../support/shop.ts';
import { openMemoryStore } from '../support/sqlite.ts';

test('times carry the offset of the store, wherever it is; what is unknown is null', async () => {
  const store = await openMemoryStore();
  const farm = await openFarm(store);
  await farm.place('ord_1');
  const order = await store.findOrder('peach', 'ord_1');
  if (order === null) throw new Error('not placed');
  const history = await store.findHistory('peach', 'ord_1');
  const at = (timeZone: string) => orderJson(order, history, timeZone).placedAt;
  expect(at('Asia/Seoul')).toBe('2026-07-20T12:00:00+09:00');
  expect(at('America/St_Johns')).toBe('2026-07-20T00:30:00-02:30');
  const json = orderJson(order, history, 'Asia/Seoul');
  expect(json).toMatchObject({ sender: null, depositor: null, memo: null });
  // Null survives, undefined would not.
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  await store.close();
});
