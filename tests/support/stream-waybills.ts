// Waybills as a step of the generated streams, and what the buyers know of them: after every step
// it is what holds, told by exactly one notice where it became another.
import * as ordering from '../../src/orders/ordering.ts';
import { asking, by, type Plan, type Scene } from './stream-steps.ts';
import { noteAct } from './stream-undo.ts';
import { type Books, demand, isHolding, type World } from './stream-world.ts';

const CARRIERS = [null, 'kr.logen', 'kr.hanjin'] as const;

/** A parcel gets numbers, or other ones, or a carrier: mostly one that has left. */
export function planNumber(world: World, scene: Scene): Plan | null {
  const { shop, before, step, index } = scene;
  const held = [...before.parcels.values()].filter(({ state }) => isHolding(state));
  const left = held.filter(({ state }) => state === 'shipped');
  const among = left.length > 0 && step.b % 3 !== 0 ? left : held;
  const parcel = among[step.a % Math.max(1, among.length)];
  if (parcel === undefined) return null;
  const { id, orderId, row, date } = parcel;
  const packages = JSON.parse(parcel.packages) as readonly unknown[];
  const waybills = packages
    .slice(0, step.b % 4 === 0 ? 1 : packages.length)
    .map((_, no) => `${2_000_000_000 + (index % 7) * 10 + no}`);
  const carrier = CARRIERS[step.c % CARRIERS.length] ?? null;
  const asked = asking(world, shop, 'farmer');
  const touches = { orders: [], parcels: [id] };
  if (row === null || date === null || step.c % 5 === 0) {
    const given = { parcelIds: [id], to: 'shipped', carrier, waybills } as const;
    const submit = by(world, ordering.advanceParcels(asked, orderId, given));
    return { submit, touches, dates: new Map() };
  }
  const submit =
    carrier !== null && step.c % 2 === 0
      ? by(world, ordering.nameCarrier(asked, { date, rows: [row], carrier }))
      : by(world, ordering.report(asked, { date, rows: [{ row, waybills, carrier }], to: null }));
  return { submit: noteAct(world, scene, submit), touches, dates: new Map() };
}

type Notice = { readonly kind: string; readonly orderId: string; readonly data: string };
type Told = { readonly parcels?: readonly string[]; readonly was?: readonly string[] };
type Package = { readonly carrier: string | null; readonly waybill: string | null };

/** Every notice counts as told when it is owed: then each must begin where the one before ended. */
export async function checkWaybills(
  world: World,
  { since, kind, after }: { readonly since: number; readonly kind: string; readonly after: Books },
): Promise<void> {
  const notices = (await world.look(
    `SELECT kind, order_id AS "orderId", data FROM outbox
     WHERE id > ? AND kind IN ('shipped', 'waybill_changed') ORDER BY id`,
    since,
  )) as Notice[];
  const { waybills: known } = world;
  const heard: string[] = [];
  for (const { kind: as, orderId, data } of notices) {
    const { parcels = [], was = [] } = JSON.parse(data) as Told;
    for (const id of parcels) known.set(id, numbersIn(after, id));
    for (const entry of was) {
      const [id = '', before] = entry.split('=');
      demand(after.parcels.get(id)?.orderId === orderId, `${orderId} was told of ${id}`);
      demand(known.get(id) === before, `${id} was told ${known.get(id)}, and now it was ${before}`);
      demand(numbersIn(after, id) !== before, `${kind} told ${id} the same numbers twice`);
      known.set(id, numbersIn(after, id));
      world.renumbered += 1;
    }
    heard.push(`${as} ${orderId}`);
  }
  demand(new Set(heard).size === heard.length, `${kind} told twice: ${heard}`);
  for (const { id, state } of after.parcels.values())
    if (state === 'shipped')
      demand(
        known.get(id) === numbersIn(after, id),
        `${id} was told ${known.get(id)} and has ${numbersIn(after, id)}`,
      );
}

function numbersIn({ parcels }: Books, id: string): string {
  const packages = JSON.parse(parcels.get(id)?.packages ?? '[]') as readonly Package[];
  const numbered = packages.filter(({ waybill }) => waybill !== null);
  return numbered.map(({ carrier, waybill }) => `${carrier ?? ''}:${waybill}`).join();
}
