// A board on a Tuesday morning: a list of twelve rows that is half worked off, and a draft for the day
// after. None of these people exist.
import { newBoardLink } from '../../src/chat/links.ts';
import type { ReportedState } from '../../src/orders/order.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { Store } from '../../src/orders/store.ts';
import { openScene, TUESDAY_MORNING } from './page-scene.ts';
import { hire, MONDAY_NOON, TUESDAY } from './shop.ts';

type Row = readonly [name: string, boxes: number, address: string, memo?: string];

const ROWS: readonly Row[] = [
  ['박철수', 2, '서울 노원구 동일로 1729 103동 1204호'],
  ['이영희', 3, '경기 수원시 영통구 광교로 100 1201동', '문 앞에 놓아 주세요'],
  ['정하늘', 1, '부산 해운대구 해운대로 1'],
  ['최바다', 4, '대전 유성구 대학로 99 1층', '생일 선물이에요. 예쁜 걸로 부탁드려요'],
  ['한가람', 2, '인천 연수구 송도과학로 32'],
  ['오나래', 1, '대구 수성구 들안로 10'],
  ['윤슬', 2, '광주 북구 용봉로 77 305호', '경비실에 맡겨 주세요'],
  ['Kim Min-ji', 1, '서울 강남구 테헤란로 152'],
  ['서보람', 6, '울산 남구 삼산로 200'],
  ['임새봄', 2, '강원 춘천시 중앙로 1'],
  ['강다온', 1, '충북 청주시 상당구 상당로 155'],
  ['조이든', 2, '전북 전주시 완산구 팔달로 212'],
];
const NEXT: readonly Row[] = [
  ['문가온', 3, '서울 마포구 월드컵로 240'],
  ['남궁빛나', 2, '경남 창원시 의창구 중앙대로 151'],
];
/** The list takes so many: what comes behind it is the draft of the next day. */
const CAP_BOXES = ROWS.reduce((sum, [, boxes]) => sum + boxes, 0);

export type BoardScene = Awaited<ReturnType<typeof openBoardScene>>;

export async function openBoardScene(store: Store) {
  const scene = await openScene(store);
  const { shop, buyerId } = scene;
  await store.submit(
    ordering.setCap(scene.farmer(MONDAY_NOON), { date: TUESDAY, capBoxes: CAP_BOXES }),
  );
  for (const [at, row] of [...ROWS, ...NEXT].entries()) await order(`ord_b${at + 1}`, at, row);
  await scene.freeze();
  const { personId } = await hire(store, { storeId: 'peach', role: 'farmer' });

  async function order(id: string, minutes: number, [recipient, boxes, address, memo]: Row) {
    const now = new Date(MONDAY_NOON.getTime() + minutes * 60_000);
    const phone = `010000010${String(minutes).padStart(2, '0')}`;
    const items = [{ product: minutes % 5 === 3 ? 'yellow-2kg' : 'peach-4kg', boxes }];
    const parcel = {
      recipient,
      phone,
      postcode: null,
      address,
      memo: memo ?? null,
      wanted: null,
      items,
    };
    const buyer = { name: '김영희', phone: '01000001111' };
    const request = { buyer, sender: null, depositor: '김영희', memo: null, parcels: [parcel] };
    const placing = { id, buyerId, request };
    await store.submit(ordering.place({ shop, now, who: 'buyer' }, placing));
    const money = { amountKrw: null, method: 'bank', reference: null, depositor: null } as const;
    const paid = { ...money, at: now.toISOString() };
    await store.submit(ordering.pay({ shop, now, who: 'seller' }, id, paid));
  }

  return {
    ...scene,
    personId,
    /** What somebody says in the chat of these rows. */
    async report(rows: readonly number[], to: ReportedState, now = TUESDAY_MORNING) {
      const said = rows.map((row) => ({ row, waybills: [], carrier: null }));
      await store.submit(ordering.report(scene.farmer(now), { date: TUESDAY, rows: said, to }));
    },
    link: (pagesUrl = '', now = TUESDAY_MORNING) =>
      newBoardLink(store, { storeId: 'peach', personId, now, pagesUrl }),
  };
}

/** Some rows at every step, two of them with their numbers. */
export async function playBoardMorning(scene: BoardScene): Promise<void> {
  const { store, report, farmer } = scene;
  await report([1, 2, 3, 4, 5, 6], 'harvested');
  await report([1, 2, 3, 4], 'packed');
  const rows = [
    { row: 1, waybills: ['599912345678'], carrier: 'kr.cjlogistics' },
    { row: 3, waybills: ['599912345680'], carrier: 'kr.cjlogistics' },
  ];
  await store.submit(ordering.report(farmer(), { date: TUESDAY, rows, to: null }));
  await scene.cancel('ord_b8');
}
