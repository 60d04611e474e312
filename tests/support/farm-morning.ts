// A farm in the morning: its list of today is out, and one of yesterday.
import * as ordering from '../../src/orders/ordering.ts';
import { openTalk, type Talk } from './talk.ts';

export type ListedRow = {
  readonly row: number;
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  readonly boxes: number;
};
const BEFORE_OLDER = '2026-07-19T20:00:00Z';
const OLDER_AT = '2026-07-19T21:00:00Z';
const LIST_AT = '2026-07-20T21:00:00Z';
const MORNING = '2026-07-20T22:00:00Z';

/** Orders paid in the order of the list they are to stand on. */
export async function paid(talk: Talk, rows: readonly ListedRow[], prefix: string): Promise<void> {
  const { id: buyerId } = await talk.store.meet(
    { platform: 'kakao', bot: 'bot', user: 'somebody' },
    talk.now(),
  );
  for (const { row, name, phone, address, boxes } of rows) {
    talk.passMs(1_000);
    const parcel = { recipient: name, phone, postcode: null, address, memo: null, wanted: null };
    const request = {
      buyer: { name: '영희맘', phone: null },
      sender: null,
      depositor: null,
      memo: null,
      parcels: [{ ...parcel, items: [{ product: 'peach-4kg', boxes }] }],
    };
    const id = `ord_${prefix}${row}`;
    await talk.store.submit(
      ordering.place({ ...(await talk.asked('seller')), who: 'buyer' }, { id, buyerId, request }),
    );
    const order = await talk.store.findOrder('peach', id);
    if (order === null) throw new Error(`order ${id} was not placed`);
    await talk.pay(order);
  }
}

/** The older list and the one of the morning are out, and the farmer has the newer one. */
export async function morning({
  list,
  older = [],
}: {
  readonly list: readonly ListedRow[];
  readonly older?: readonly ListedRow[];
}): Promise<Talk> {
  const talk = await openTalk();
  talk.setNow(BEFORE_OLDER);
  await talk.join('tutu', ['farmer']);
  await paid(talk, older, 'older');
  await talk.runJob('day-list', OLDER_AT);
  talk.setNow('2026-07-20T03:00:00Z');
  await talk.say('tutu', '7/21 100상자');
  await paid(talk, list, 'list');
  await talk.runJob('day-list', LIST_AT);
  talk.setNow(MORNING);
  await talk.say('tutu', '목록');
  return talk;
}
