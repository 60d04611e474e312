// What a tap from an old view may still do: what was seen must be so, or it is refused whole.
import { expect, test } from 'vitest';
import { actOnBoard, type BoardAct } from '../../src/chat/board.ts';
import { boardRefused } from '../../src/chat/pages/board-told.ts';
import { DomainError } from '../../src/orders/errors.ts';
import type { SeenRow } from '../../src/orders/tapping.ts';
import { type BoardScene, openBoardScene } from '../support/board-scene.ts';
import { TUESDAY_MORNING } from '../support/page-scene.ts';
import { hire, TUESDAY, WEDNESDAY } from '../support/shop.ts';
import { openMemoryStore } from '../support/sqlite.ts';

const UNDO_WINDOW_MS = 300_000;

async function openFarm() {
  const store = await openMemoryStore();
  const farm = await openBoardScene(store);
  return { ...farm, store };
}

const act = (farm: BoardScene, id: string, what: BoardAct, now = TUESDAY_MORNING) =>
  actOnBoard(
    {
      ...{ store: farm.store, shop: farm.shop, personId: farm.personId, now },
      undoWindowMs: UNDO_WINDOW_MS,
    },
    id,
    what,
  );

async function seen(farm: BoardScene, ...nos: readonly number[]): Promise<SeenRow[]> {
  const { rows } = await farm.store.findDayList('peach', TUESDAY);
  return rows
    .filter(({ row }) => nos.includes(row))
    .map(({ row, parcelId, order }) => {
      const state = order.parcels.find(({ id }) => id === parcelId)?.state ?? 'waiting';
      return { row, parcelId, state };
    });
}

const tapOf = (rows: readonly SeenRow[], to: 'harvested' | 'packed' | 'shipped'): BoardAct => ({
  kind: 'tap',
  tap: { date: TUESDAY, rows, to },
});

async function refusedWords(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((cause: unknown) => cause);
  if (!(error instanceof DomainError)) throw new Error('expected a refusal');
  return boardRefused(error);
}

test('a tap sent again changes nothing twice and is answered the same; its id does nothing else', async () => {
  const farm = await openFarm();
  const tap = tapOf(await seen(farm, 1), 'harvested');
  const first = await act(farm, 'tap-one', tap);
  expect(await act(farm, 'tap-one', tap)).toEqual(first);
  const history = await farm.store.findHistory('peach', 'ord_b1');
  expect(history.filter(({ event }) => event === 'harvested')).toHaveLength(1);
  const other = act(farm, 'tap-one', tapOf(await seen(farm, 2), 'harvested'));
  expect(await refusedWords(other)).toContain('화면이 오래됐어요');
});

test('a row that left the list is refused alone, and passed over among others', async () => {
  const farm = await openFarm();
  const view = await seen(farm, 1, 2, 3);
  await farm.cancel('ord_b2');
  const alone = act(farm, 'tap-one', tapOf(view.slice(1, 2), 'harvested'));
  expect(await refusedWords(alone)).toBe(
    '2번은 그사이 목록에서 빠졌어요. 아무것도 바꾸지 않았어요.',
  );
  const { told } = await act(farm, 'tap-two', tapOf(view, 'harvested'));
  expect(told).toMatchObject({ result: { done: [{ row: 1 }, { row: 3 }], struck: [2] } });
});

test('a row that somebody took back meanwhile holds up all rows of the tap', async () => {
  const farm = await openFarm();
  const { trace } = await act(farm, 'tap-one', tapOf(await seen(farm, 1), 'packed'));
  const view = await seen(farm, 1, 2);
  await act(farm, 'undo-one', { kind: 'undo', of: 'tap-one' });
  expect(trace).not.toBeNull();
  const tap = act(farm, 'tap-two', tapOf(view, 'shipped'));
  expect(await refusedWords(tap)).toContain('1번은 그사이 되돌려서 지금 ‘출하 예정’이에요');
  expect((await seen(farm, 1, 2)).map(({ state }) => state)).toEqual(['scheduled', 'scheduled']);
});

test('a row that is further by now stays there, and that is no fault', async () => {
  const farm = await openFarm();
  const view = await seen(farm, 1);
  await farm.report([1], 'packed');
  const { told, trace } = await act(farm, 'tap-one', tapOf(view, 'harvested'));
  expect(told).toMatchObject({ result: { done: [], already: [{ row: 1, state: 'packed' }] } });
  expect(trace).toBeNull();
});

test('waybills that another hand wrote are not written over unseen', async () => {
  const farm = await openFarm();
  const [row] = await seen(farm, 1);
  if (row === undefined) throw new Error('no row');
  const given = (waybill: string, had: readonly string[]): BoardAct => ({
    kind: 'waybills',
    tap: { date: TUESDAY, row, had, waybills: [waybill], carrier: 'kr.cjlogistics' },
  });
  await act(farm, 'numbers-1', given('599912345678', []));
  const other = act(farm, 'numbers-2', given('599912345679', []));
  expect(await refusedWords(other)).toContain('다른 송장 번호가 적혔어요');
  const { told } = await act(farm, 'numbers-3', given('599912345678', []));
  expect(told).toMatchObject({ result: { done: [], already: [{ row: 1 }] } });
});

test('the number of a day is set by whoever saw the one that holds', async () => {
  const farm = await openFarm();
  const cap = (capBoxes: number, of: number): BoardAct => ({
    kind: 'cap',
    cap: { date: WEDNESDAY, capBoxes, seen: of },
  });
  await act(farm, 'number-1', cap(30, 40));
  expect(await refusedWords(act(farm, 'number-2', cap(20, 40)))).toContain('30상자로 바뀌었어요');
  await act(farm, 'undo-one', { kind: 'undo', of: 'number-1' });
  const days = await farm.store.findDays('peach', WEDNESDAY);
  expect(days.get(WEDNESDAY)).toMatchObject({ capBoxes: 40, capSource: 'default' });
});

test('a draft takes no taps until it is a list', async () => {
  const farm = await openFarm();
  const rows = (await farm.store.findDayList('peach', WEDNESDAY)).rows.map((one) => ({
    ...{ row: one.row, parcelId: one.parcelId, state: 'scheduled' as const },
  }));
  const tap: BoardAct = { kind: 'tap', tap: { date: WEDNESDAY, rows, to: 'harvested' } };
  expect(await refusedWords(act(farm, 'tap-one', tap))).toContain('먼저 확정해 주세요');
  await act(farm, 'freeze-1', { kind: 'freeze', date: WEDNESDAY });
  expect((await act(farm, 'tap-one', tap)).told).toMatchObject({ kind: 'report' });
});

test('an act is taken back for as long as in the chat, also when that is asked twice', async () => {
  const farm = await openFarm();
  await act(farm, 'tap-one', tapOf(await seen(farm, 1), 'harvested'));
  await act(farm, 'tap-two', tapOf(await seen(farm, 2), 'harvested'));
  const late = new Date(TUESDAY_MORNING.getTime() + UNDO_WINDOW_MS + 1);
  const undo: BoardAct = { kind: 'undo', of: 'tap-one' };
  const first = await act(farm, 'undo-one', undo);
  // Its answer was lost, and the phone found the net again only now.
  expect(await act(farm, 'undo-one', undo, late)).toEqual(first);
  const over = act(farm, 'undo-two', { kind: 'undo', of: 'tap-two' }, late);
  expect(await refusedWords(over)).toContain('시간이 지나서');
  const unknown = act(farm, 'undo-3rd', { kind: 'undo', of: 'never-was' });
  expect(await refusedWords(unknown)).toContain('되돌릴 것이 없어요');
});

test('the staff hear of all taps of ten minutes at once; a buyer hears of his at once', async () => {
  const farm = await openFarm();
  await hire(farm.store, { storeId: 'peach', role: 'seller' });
  for (const no of [1, 2]) await act(farm, `tap-no-${no}`, tapOf(await seen(farm, no), 'shipped'));
  const later = new Date(TUESDAY_MORNING.getTime() + 9 * 60_000);
  await act(farm, 'tap-no-3', tapOf(await seen(farm, 3), 'packed'), later);
  const letters = await farm.store.listOutbox({ state: 'due', limit: 100 });
  const dueOf = (of: string) => letters.filter(({ kind }) => kind === of).map(({ dueAt }) => dueAt);
  const slotEnd = new Date(TUESDAY_MORNING.getTime() + 10 * 60_000).toISOString();
  expect(dueOf('report')).toEqual([slotEnd, slotEnd, slotEnd]);
  const now = TUESDAY_MORNING.toISOString();
  expect(dueOf('shipped')).toEqual([now, now]);
});
