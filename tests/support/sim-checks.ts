// What must hold of a simulated history: what people saw, held against what the books say happened.
import { localTime } from '../../src/orders/dates.ts';
import type { Order, Parcel } from '../../src/orders/order.ts';
import type { HistoryEntry } from '../../src/orders/store.ts';
import { type Bubble, type SimWorld, STORE, ZONE } from './sim-world.ts';

/** Of one step of one parcel (by recipient) or of one order (by code), as a bubble tells it. */
export type Told = Bubble & {
  readonly what: (typeof HEADS)[number]['what'];
  /** Which notice of all that were seen: its lines tell several parcels. */
  readonly notice: number;
  /** The order's code, or `` where a bubble is about several orders. */
  readonly code: string;
  readonly recipient: string | null;
  /** The dates in the line, as `7/21`. */
  readonly dates: readonly string[];
  readonly line: string;
};

/** How each notice to a buyer begins. */
const HEADS = [
  { what: 'paid', head: /^입금완료! (\S+) / },
  { what: 'moved', head: /^(\S+) 출하일이 (?:바뀌었|정해졌)어요/ },
  { what: 'undated', head: /^(\S+) 주문(?:은| 중 \d+곳은) 지금 보낼 수 있는 날짜가 없어요/ },
  { what: 'shipped', head: /^(\S+) 상자를 보냈어요/ },
  { what: 'delivered', head: /^(\S+) 배송이 끝났어요/ },
  { what: 'expired', head: /^(\S+) 주문은 입금 시간이 지나 취소됐어요/ },
  { what: 'reminded', head: /^(\S+) 입금을 기다리고 있어요/ },
  { what: 'asked', head: /^(\S+) 상자, 잘 받으셨나요/ },
  { what: 'news', head: /^(?:오늘|그동안의) 소식이에요()/ },
] as const;

/** Every bubble as the steps it tells; one message may bring several notices, one below the other. */
export function tellingsOf(seen: readonly Bubble[]): Told[] {
  return seen
    .flatMap((bubble) => noticesIn(bubble.text).map((notice) => ({ bubble, notice })))
    .flatMap(({ bubble, notice }, index) => stepsIn(notice, { ...bubble, notice: index }));
}

type NoticeText = Pick<Told, 'what' | 'code'> & { readonly lines: readonly string[] };

function noticesIn(text: string): NoticeText[] {
  const notices: (NoticeText & { readonly lines: string[] })[] = [];
  for (const line of text.split('\n')) {
    const begun = HEADS.flatMap(({ what, head }) => {
      const code = head.exec(line)?.[1];
      return code === undefined ? [] : [{ what, code, lines: [] }];
    });
    if (begun.length > 0) notices.push(...begun);
    else notices.at(-1)?.lines.push(line);
  }
  return notices;
}

function stepsIn({ what, code, lines }: NoticeText, bubble: Bubble & Pick<Told, 'notice'>): Told[] {
  const told = (line: string): Told => ({
    ...bubble,
    what,
    code,
    line,
    recipient: /([가-힣]{2,4})님 /.exec(line)?.[1] ?? null,
    dates: [...line.matchAll(/(\d+\/\d+)\(.\)/g)].map(([, date]) => date ?? ''),
  });
  const parcels = lines.filter((line) => /[가-힣]{2,4}님 .*상자/.test(line));
  return parcels.length === 0 ? [told('')] : parcels.map(told);
}

export async function faultsOf(world: SimWorld): Promise<string[]> {
  const told = tellingsOf(world.seen);
  const orders = await world.store.findOrders({ storeId: STORE, limit: 10_000 });
  const faults = [
    ...(await faultsOfBooks(world)),
    ...faultsOfNight(world.seen, orders),
    ...faultsOfFarm(world.seen),
  ];
  for (const order of orders) {
    const history = await world.store.findHistory(STORE, order.id);
    faults.push(...stuck(order, world.now()));
    // Whoever ordered over the API has no chat to hear anything in.
    if (order.platform === 'api') continue;
    const own = told.filter(({ code, recipient }) =>
      code === '' ? order.parcels.some((p) => p.recipient === recipient) : code === order.code,
    );
    faults.push(...faultsOfOrder(order, { history, told: own }));
  }
  return faults;
}

/** The books agree with each other, and no day holds more than its cap. */
export async function faultsOfBooks({ store }: SimWorld): Promise<string[]> {
  const checks = (await store.doctor()).filter(({ ok }) => !ok);
  const days = [...(await store.findDays(STORE, '2000-01-01')).values()];
  const over = days.filter((day) => day.reservedBoxes > day.capBoxes && !day.isFlagged);
  return [
    ...checks.map(({ name, detail }) => `doctor: ${name}: ${detail}`),
    ...over.map(({ date, reservedBoxes, capBoxes }) => `${date}: ${reservedBoxes} of ${capBoxes}`),
  ];
}

/** The farmer gets each list once, never above the cap, and is asked at most once an evening. */
function faultsOfFarm(seen: readonly Bubble[]): string[] {
  const pushed = seen.filter(({ who, how }) => who === 'farmer' && how === 'pushed');
  const over = pushed.filter(({ text }) => {
    const [, boxes, cap] = /^\S+ 목록 r\d+ · \d+곳 (\d+)\/(\d+)상자/.exec(text) ?? [];
    return Number(boxes ?? 0) > Number(cap ?? 0);
  });
  const questions = pushed.filter(({ text }) => text.includes('몇 상자 하실 수 있어요?'));
  const heads = pushed.flatMap(({ text }) => /^\S+ 목록 r\d+ /.exec(text)?.[0] ?? []);
  return [
    ...over.map(({ text }) => `a list above its cap: ${text}`),
    ...twice('a list', heads),
    ...twice(
      'asked',
      questions.map(({ at }) => localTime(at, ZONE).date),
    ),
  ];
}

function twice(what: string, things: readonly string[]): string[] {
  return things
    .filter((one, index) => things.indexOf(one) !== index)
    .map((one) => `${what} twice: ${one}`);
}

/** The jobs look at least this often. */
const LOOK_MS_MAX = 30 * 60_000;

/** A paid order moves on, and an unpaid one ends. */
function stuck(order: Order, now: Date): string[] {
  const today = localTime(now, ZONE).date;
  if (order.state === 'awaiting_payment')
    return +now - Date.parse(order.payBy) < LOOK_MS_MAX ? [] : [`${order.code} should have ended`];
  if (order.state !== 'paid') return [];
  const isStuck = ({ state, harvestDate }: Parcel) =>
    state === 'waiting' ||
    (['scheduled', 'harvested', 'packed'].includes(state) && (harvestDate ?? '') < today);
  return order.parcels
    .filter(isStuck)
    .map(({ recipient, state, harvestDate }) => `${recipient} is stuck: ${state} ${harvestDate}`);
}

const FRESH_MS = 30 * 60_000;

const isStaff = (who: string) => who === 'farmer' || who === 'seller';

/** At night a buyer hears only of his own payment, and only when he just acted. */
function faultsOfNight(seen: readonly Bubble[], orders: readonly Order[]): string[] {
  return seen.flatMap((bubble) => {
    const { time } = localTime(bubble.at, ZONE);
    const isNight = time >= '21:00' || time < '08:00';
    if (bubble.how !== 'pushed' || !isNight || isStaff(bubble.who)) return [];
    const told = tellingsOf([bubble]);
    const mayBeTold = told.every(({ what, code }) => {
      const order = orders.find((one) => one.code === code);
      const acts = [order?.placedAt, order?.claimedPaidAt, order?.depositedAt]
        .flatMap((at) => at ?? [])
        .sort();
      const isFresh = bubble.at.getTime() - Date.parse(acts.at(-1) ?? '') <= FRESH_MS;
      return isFresh && (what === 'paid' || what === 'undated');
    });
    return told.length > 0 && mayBeTold
      ? []
      : [`at night (${time}): ${bubble.who}: ${bubble.text}`];
  });
}

/** Its buyer is told only when he says something. */
const isHeld = ({ platform }: Order) => platform === 'kakao';

type Said = { readonly history: readonly HistoryEntry[]; readonly told: readonly Told[] };

/** Each transition told once: no copy, none missing, and none that did not happen. */
function faultsOfOrder(order: Order, { history, told }: Said): string[] {
  const happened = (event: string, parcelId: string | null = null) =>
    history.filter((entry) => entry.event === event && entry.parcelId === parcelId);
  const heard = (what: Told['what'], recipient?: string) =>
    told.filter(
      (one) => one.what === what && (recipient === undefined || one.recipient === recipient),
    );
  const faults: string[] = [];
  const expect = (what: string, count: number, { min, max }: { min: number; max: number }) => {
    if (count < min || count > max)
      faults.push(`${order.code} ${what}: told ${count} times, expected ${min} to ${max}`);
  };
  const notices = (what: Told['what']) => new Set(heard(what).map(({ notice }) => notice)).size;
  // What was cancelled before its buyer could hear of it is not told any more.
  const isWhole = order.parcels.every(({ state }) => state !== 'cancelled');
  const once = (count: number) => ({ min: isWhole ? count : 0, max: count });
  expect('paid', notices('paid'), once(happened('paid').length));
  expect('expired', notices('expired'), once(happened('expired').length));
  // A reminder that waited for a contact until it was pointless is not said.
  expect('reminded', notices('reminded'), {
    min: !isHeld(order) && isWhole ? happened('reminded').length : 0,
    max: happened('reminded').length,
  });
  for (const parcel of order.parcels) {
    const { id, recipient } = parcel;
    const name = `${recipient} `;
    const shipped = happened('shipped', id).length;
    const delivered = happened('delivered', id).length;
    // Where both wait for the same contact, the later one says enough.
    const isLate = isHeld(order) && delivered > 0;
    expect(`${name}shipped`, heard('shipped', recipient).length, {
      min: isLate ? 0 : shipped,
      max: shipped,
    });
    const byOthers = happened('delivered', id).filter(({ who }) => who !== 'buyer').length;
    expect(`${name}delivered`, heard('delivered', recipient).length, {
      min: byOthers,
      max: byOthers,
    });
    const asked = happened('asked_delivered', id).length;
    expect(`${name}asked`, heard('asked', recipient).length, {
      min: delivered > 0 ? 0 : asked,
      max: asked,
    });
    for (const state of ['수확 완료', '포장 완료']) {
      const news = heard('news', recipient).filter(({ line }) => line.includes(state));
      const event = state === '수확 완료' ? 'harvested' : 'packed';
      expect(`${name}${event}`, news.length, { min: 0, max: happened(event, id).length });
    }
    faults.push(...faultsOfDates(parcel, { history, told }));
  }
  return faults;
}

/** Each date told differs from the one told before, follows from it, and the last one holds. */
function faultsOfDates(parcel: Parcel, { history, told }: Said): string[] {
  const { id, recipient, harvestDate, state } = parcel;
  const own = told.filter(
    (one) => one.recipient === recipient && (one.what === 'paid' || one.what === 'moved'),
  );
  const moves = history.filter(
    ({ event, parcelId }) => event === 'moved' && parcelId === id,
  ).length;
  const faults: string[] = [];
  const heardMoves = own.filter(({ what }) => what === 'moved');
  if (heardMoves.length > moves)
    faults.push(`${recipient}: ${heardMoves.length} moves told, ${moves} happened`);
  let known: string | undefined;
  for (const { what, dates, line } of own) {
    const to = dates.at(-1);
    if (what === 'moved' && dates.length === 2 && dates[0] !== known)
      faults.push(`${recipient}: told ${known} before, then "${line}"`);
    if (what === 'moved' && to === known) faults.push(`${recipient}: told twice: "${line}"`);
    known = to;
  }
  const promised =
    harvestDate && `${Number(harvestDate.slice(5, 7))}/${Number(harvestDate.slice(8))}`;
  if (state === 'scheduled' && known !== undefined && known !== promised)
    faults.push(`${recipient}: told ${known}, but it is ${promised}`);
  return faults;
}
