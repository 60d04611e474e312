// Two boards, the chat and a buyer at the same moment: whatever order they come in, each finds what the one
// before left, as if they had come one after another.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actOnBoard, type BoardAct } from '../../src/chat/board.ts';
import { parcelOf } from '../../src/chat/replies/index.ts';
import { DomainError } from '../../src/orders/errors.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { Command, Store } from '../../src/orders/store.ts';
import type { SeenRow } from '../../src/orders/tapping.ts';
import { openBoardScene } from '../support/board-scene.ts';
import { ENGINE, openWatched } from '../support/engine.ts';
import { TUESDAY_MORNING } from '../support/page-scene.ts';
import { hire, TUESDAY } from '../support/shop.ts';

const ROWS = 12;
const RUNS = 20;
const UNDO_WINDOW_MS = 300_000;

const STEPS = ['harvested', 'packed', 'shipped'] as const;
const hand = fc.nat(1);
const anyRow = fc.integer({ min: 1, max: ROWS });
const someRows = fc.uniqueArray(anyRow, { minLength: 1, maxLength: 4 });
const anyStep = fc.constantFrom(...STEPS);
const anyAct = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('tap'),
      hand,
      rows: someRows,
      to: anyStep,
      isOld: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('waybill'),
      hand,
      row: anyRow,
      digit: fc.nat(9),
      isOld: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('report'), rows: someRows, to: anyStep }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('undo'), hand, nth: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again'), nth: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel'), row: anyRow }) },
);
type Act = typeof anyAct extends fc.Arbitrary<infer T> ? T : never;
const anyHistory = fc.array(fc.array(anyAct, { minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 5,
});

type Farm = Awaited<ReturnType<typeof openFarm>>;

async function openFarm() {
  const { store, look, close } = await openWatched();
  const scene = await openBoardScene(store);
  const other = await hire(store, { storeId: 'peach', role: 'farmer', platform: 'web' });
  return { scene, store, look, close, hands: [scene.personId, other.personId] as const };
}

/** What is done to a store, told by a name so that it can be done to another one just so. */
type Doing = { readonly id: string; readonly run: (farm: Farm, store: Store) => Promise<unknown> };

function boardDoing(id: string, which: number, act: BoardAct): Doing {
  return {
    id,
    async run({ scene, hands }, store) {
      const { told, trace } = await actOnBoard(
        {
          ...{ store, shop: scene.shop, now: TUESDAY_MORNING },
          ...{ personId: hands[which] ?? '', undoWindowMs: UNDO_WINDOW_MS },
        },
        `tap-${id}`,
        act,
      );
      return JSON.stringify([told, trace?.parcels ?? null]).replace(/"marks":\[[^\]]*\]/g, '');
    },
  };
}

async function seenOn({ store }: Farm): Promise<readonly (SeenRow & { had: string[] })[]> {
  const { rows } = await store.findDayList('peach', TUESDAY);
  return rows.map((row) => {
    const parcel = parcelOf(row);
    if (parcel === undefined) throw new Error('a row has no parcel');
    const had = parcel.packages.flatMap(({ carrier, waybill }) =>
      waybill === null ? [] : [`${carrier ?? ''}:${waybill}`],
    );
    return { row: row.row, parcelId: row.parcelId, state: parcel.state, had };
  });
}

type Seen = Awaited<ReturnType<typeof seenOn>>;
type Done = { readonly doing: Doing; readonly hand: number; readonly act: BoardAct };

function doingOf(id: string, act: Act, views: { now: Seen; first: Seen }, before: readonly Done[]) {
  const view = 'isOld' in act && act.isOld ? views.first : views.now;
  const rowOf = (no: number) => view.find(({ row }) => row === no);
  switch (act.kind) {
    case 'tap': {
      const rows = (act.rows as number[]).flatMap((no) => rowOf(no) ?? []);
      const seen = rows.map(({ had: _, ...row }) => row);
      const tap: BoardAct = { kind: 'tap', tap: { date: TUESDAY, rows: seen, to: act.to } };
      return { doing: boardDoing(id, act.hand, tap), hand: act.hand, act: tap };
    }
    case 'waybill': {
      const found = rowOf(act.row);
      if (found === undefined) return null;
      const { had, ...row } = found;
      const waybills = [`59991234567${act.digit}`];
      const tap: BoardAct = {
        kind: 'waybills',
        tap: { date: TUESDAY, row, had, waybills, carrier: 'kr.cjlogistics' },
      };
      return { doing: boardDoing(id, act.hand, tap), hand: act.hand, act: tap };
    }
    case 'undo': {
      const own = before.filter((one) => one.hand === act.hand && one.act.kind !== 'undo');
      const of = own[act.nth % Math.max(1, own.length)]?.doing.id ?? 'nothing';
      const undo: BoardAct = { kind: 'undo', of: `tap-${of}` };
      return { doing: boardDoing(id, act.hand, undo), hand: act.hand, act: undo };
    }
    case 'again':
      return before[act.nth % Math.max(1, before.length)] ?? null;
    default:
      return null;
  }
}

function otherDoing(id: string, act: Act): Doing | null {
  if (act.kind === 'report')
    return {
      id,
      async run({ scene }, store) {
        const rows = act.rows.map((row) => ({ row, waybills: [], carrier: null }));
        const request = { date: TUESDAY, rows, to: act.to };
        const { answer } = await store.submit(ordering.report(scene.farmer(), request));
        return JSON.stringify({ ...answer, trace: null });
      },
    };
  if (act.kind !== 'cancel') return null;
  return {
    id,
    async run({ scene }, store) {
      const asked = { ...scene.farmer(), who: 'buyer' } as const;
      const request = { parcelIds: null, reason: null, account: null };
      await store.submit(ordering.cancel(asked, `ord_b${act.row}`, request));
      return 'cancelled';
    },
  };
}

/** Hears when a command decides: in which order the books took them. */
function hearing(store: Store, onDecide: () => void): Store {
  const submit = <T>(command: Command<T>) =>
    store.submit({
      ...command,
      decide(state) {
        onDecide();
        return command.decide(state);
      },
    });
  return new Proxy(store, {
    get(target, name) {
      if (name === 'submit') return submit;
      const member = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
  return work.catch((error: unknown) => {
    if (error instanceof DomainError) return `${error.code}: ${error.message}`;
    throw error;
  });
}

async function standing({ store, look }: Farm): Promise<unknown> {
  const list = await store.findDayList('peach', TUESDAY);
  const rows = list.rows.map((row) => [
    row.row,
    row.struck,
    parcelOf(row)?.state,
    parcelOf(row)?.packages,
  ]);
  const events = await look(
    'SELECT order_id, event, count(*) AS n FROM events GROUP BY order_id, event ORDER BY order_id, event',
  );
  const owed = await look(
    'SELECT kind, state, audience, count(*) AS n FROM outbox GROUP BY kind, state, audience ORDER BY kind, state, audience',
  );
  return { day: list.day, rows, events, owed };
}

test(`taps of two boards, reports and undos at once are as one after another, on ${ENGINE}`, async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory, async (history) => {
      const [together, apart] = [await openFarm(), await openFarm()];
      try {
        const first = await seenOn(together);
        const done: Done[] = [];
        for (const [at, batch] of history.entries()) {
          const views = { now: await seenOn(together), first };
          const mine = batch.map((act, no) => doingOf(`${at}-${no}-at`, act, views, done));
          const all = batch.flatMap(
            (act, no) => mine[no]?.doing ?? otherDoing(`${at}-${no}-at`, act) ?? [],
          );
          let clock = 0;
          const decided = new Map<Doing, number>();
          const outcomes = await Promise.all(
            all.map((doing) =>
              outcomeOf(
                doing.run(
                  together,
                  hearing(together.store, () => decided.set(doing, ++clock)),
                ),
              ),
            ),
          );
          const inOrder = all
            .map((doing, no) => ({ doing, outcome: outcomes[no] }))
            .sort((a, b) => (decided.get(a.doing) ?? 0) - (decided.get(b.doing) ?? 0));
          for (const { doing, outcome } of inOrder)
            expect(await outcomeOf(doing.run(apart, apart.store))).toEqual(outcome);
          done.push(...mine.filter((one) => one !== null));
        }
        expect(await standing(apart)).toEqual(await standing(together));
        expect((await together.store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
      } finally {
        await Promise.all([together.close(), apart.close()]);
      }
    }),
    { numRuns: RUNS },
  );
});
