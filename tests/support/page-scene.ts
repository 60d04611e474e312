// A farm on a Tuesday morning with an order at every step, for the tests of pages and for their pictures.
// None of these people exist.
import { orderToken } from '../../src/chat/links.ts';
import * as ordering from '../../src/orders/ordering.ts';
import { DEFAULT_POLICY, NEW_PRODUCT } from '../../src/orders/shop.ts';
import type { Store } from '../../src/orders/store.ts';
import { MONDAY_NOON, TUESDAY } from './shop.ts';

/** Tuesday 21 July 2026, 09:40 in Seoul: the list went out at six, the first rows are packed. */
export const TUESDAY_MORNING = new Date('2026-07-21T00:40:00Z');

const BUSINESS = {
  name: '햇살농원',
  owner: '김토니',
  regNo: '000-00-00000',
  mailOrderNo: '제2026-경북예시-0000호',
  address: '경북 예시군 햇살길 1',
  phone: '0540000000',
  email: 'farm@example.com',
  taxExempt: true,
};
const BANK = {
  name: '농협',
  account: '302-0000-0000-01',
  holder: '김토니',
  kakaoPayLink: 'https://pay.example/햇살농원',
};
const PEOPLE = [
  { recipient: '박철수', phone: '01000001234', address: '서울 노원구 동일로 1729 103동 1204호' },
  { recipient: '이영희', phone: '01000002222', address: '경기 수원시 영통구 광교로 100 1201동' },
  { recipient: '정하늘', phone: '01000003333', address: '부산 해운대구 해운대로 1' },
  { recipient: '최바다', phone: '01000004444', address: '대전 유성구 대학로 99 1층' },
] as const;

export type Scene = Awaited<ReturnType<typeof openScene>>;

export async function openScene(store: Store) {
  const policy = {
    ...DEFAULT_POLICY,
    ...{ bank: BANK, contact: '054-000-0000', dailyCapBoxes: 40 },
  };
  await store.putShop({ id: 'peach', name: '햇살농원', state: 'open', policy, business: BUSINESS });
  const peach = { id: 'peach-4kg', name: '복숭아 4kg', priceKrw: 35_000, origin: '경북 예시군' };
  const yellow = { id: 'yellow-2kg', name: '황도 2kg', priceKrw: 24_000, origin: '경북 예시군' };
  for (const one of [peach, yellow]) await store.putProduct('peach', { ...NEW_PRODUCT, ...one });
  const shop = await store.findShop('peach');
  if (shop === null) throw new Error('the shop was not stored');
  const buyer = await store.meet({ platform: 'web', bot: 'web', user: 'buyer' }, MONDAY_NOON);
  const at = (minutes: number) => new Date(MONDAY_NOON.getTime() + minutes * 60_000);

  let placed = 0;
  async function place(id: string, minutes: number, ...boxes: readonly number[]): Promise<void> {
    const first = placed++;
    const parcels = boxes.map((count, index) => ({
      ...(PEOPLE[(first + index) % PEOPLE.length] ?? PEOPLE[0]),
      ...{ postcode: null, memo: null, wanted: null },
      items: [
        { product: 'peach-4kg', boxes: count },
        ...(count > 2 ? [{ product: 'yellow-2kg', boxes: 1 }] : []),
      ],
    }));
    const person = { name: '김영희', phone: '01000001111' };
    const request = { buyer: person, sender: null, depositor: '김영희', memo: null, parcels };
    const asked = { shop: shop ?? fail(), now: at(minutes), who: 'buyer' } as const;
    await store.submit(ordering.place(asked, { id, buyerId: buyer.id, request }));
  }

  async function pay(id: string, minutes: number): Promise<void> {
    const asked = { shop: shop ?? fail(), now: at(minutes), who: 'seller' } as const;
    const money = { amountKrw: null, method: 'bank', reference: null, depositor: null } as const;
    await store.submit(ordering.pay(asked, id, { ...money, at: at(minutes).toISOString() }));
  }

  /** What the farmer does on Tuesday morning. */
  const farmer = (now = TUESDAY_MORNING) => ({ shop, now, who: 'farmer' }) as const;
  const advance = (
    id: string,
    to: 'harvested' | 'packed' | 'shipped' | 'delivered',
    more: { now?: Date; waybills?: readonly string[]; nos?: readonly number[] } = {},
  ) => advanceIn(store, id, { asked: farmer(more.now), to, ...more });

  return {
    store,
    shop,
    buyerId: buyer.id,
    place,
    pay,
    farmer,
    advance,
    freeze: () => store.submit(ordering.freezeList(farmer(TUESDAY_SIX), TUESDAY)),
    cancel: (id: string, nos: readonly number[] | null = null) =>
      cancelIn(store, id, { shop, nos }),
    async tokenOf(id: string): Promise<string> {
      const order = await store.findOrder('peach', id);
      if (order === null) throw new Error(`there is no ${id}`);
      return orderToken(store, order);
    },
  };
}

const TUESDAY_SIX = new Date('2026-07-20T21:00:00Z');

/** Every step there is, each in an order of its own. */
export async function playMorning(scene: Scene): Promise<void> {
  const { place, pay, advance, cancel } = scene;
  const ids = ['ord_sent', 'ord_some', 'ord_packed', 'ord_paid', 'ord_gone', 'ord_home'];
  const boxes = [[2], [2, 3, 1], [1], [4], [2], [1]];
  for (const [index, id] of ids.entries()) {
    await place(id, index * 3, ...(boxes[index] ?? []));
    await pay(id, 30 + index * 7);
  }
  await place('ord_new', 60, 2);
  await scene.freeze();
  const early = new Date('2026-07-20T21:48:00Z');
  for (const id of ['ord_sent', 'ord_some', 'ord_packed', 'ord_home'])
    await advance(id, 'harvested', { now: early });
  const later = new Date('2026-07-20T23:05:00Z');
  await advance('ord_packed', 'packed', { now: later });
  await advance('ord_sent', 'packed', { now: later });
  await advance('ord_some', 'packed', { now: later, nos: [1, 2] });
  await advance('ord_home', 'packed', { now: later });
  await advance('ord_sent', 'shipped', { waybills: ['599912345678'] });
  await advance('ord_some', 'shipped', { waybills: ['599912345689'], nos: [1] });
  await advance('ord_home', 'shipped', { waybills: ['599912345690'] });
  await advance('ord_home', 'delivered', { now: new Date('2026-07-22T05:20:00Z') });
  await cancel('ord_gone');
}

async function advanceIn(
  store: Store,
  id: string,
  {
    asked,
    to,
    waybills = [],
    nos,
  }: {
    readonly asked: ordering.Asked;
    readonly to: 'harvested' | 'packed' | 'shipped' | 'delivered';
    readonly waybills?: readonly string[];
    readonly nos?: readonly number[];
  },
): Promise<void> {
  const order = await store.findOrder(asked.shop.id, id);
  const named = order?.parcels.filter(({ no }) => nos?.includes(no) ?? true) ?? [];
  const parcelIds = nos === undefined ? null : named.map((parcel) => parcel.id);
  const carrier = waybills.length === 0 ? null : 'kr.cjlogistics';
  const request = { parcelIds, to, carrier, waybills };
  await store.submit(ordering.advanceParcels(asked, id, request));
}

async function cancelIn(
  store: Store,
  id: string,
  { shop, nos }: { readonly shop: ordering.Asked['shop']; readonly nos: readonly number[] | null },
): Promise<void> {
  const order = await store.findOrder(shop.id, id);
  const parcelIds =
    nos === null
      ? null
      : (order?.parcels.filter(({ no }) => nos.includes(no)).map((parcel) => parcel.id) ?? null);
  const asked = { shop, now: TUESDAY_MORNING, who: 'buyer' } as const;
  const request = { parcelIds, reason: null, account: null };
  await store.submit(ordering.cancel(asked, id, request));
}

function fail(): never {
  throw new Error('the shop was not stored');
}
