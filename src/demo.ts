// The store that an empty database gets outside production, so that a newcomer can order at once.
import {
  type Business,
  DEFAULT_POLICY,
  NEW_PRODUCT,
  type Policy,
  type Product,
} from './orders/shop.ts';
import type { Store } from './orders/store.ts';

const POLICY: Policy = {
  ...DEFAULT_POLICY,
  dailyCapBoxes: 40,
  bank: { name: '농협', account: '302-0000-0000-01', holder: '예시농부' },
  contact: '054-000-0000',
};

const BUSINESS: Business = {
  name: '햇살농원 (예시)',
  owner: '예시농부',
  regNo: '000-00-00000',
  mailOrderNo: '제0000-예시-0000호',
  address: '경상북도 예시군 예시면 햇살길 1',
  phone: '0540000000',
  email: 'farm@example.com',
  taxExempt: true,
};

const PEACH: Product = {
  id: 'peach-4kg',
  name: '복숭아 4kg',
  ...NEW_PRODUCT,
  priceKrw: 35_000,
  origin: '경북 예시군',
  description: '예시 상품',
};

/** Adds the demo store unless there is any store already. */
export async function addDemoStore(store: Store, timeZone: string): Promise<boolean> {
  const shops = await store.listShops({ states: ['open', 'paused', 'archived'] });
  if (shops.length > 0) return false;
  const policy = { ...POLICY, timeZone };
  await store.putShop({ id: 'peach', name: '햇살농원', state: 'open', policy, business: BUSINESS });
  await store.putProduct('peach', PEACH);
  return true;
}
