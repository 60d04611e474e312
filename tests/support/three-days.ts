// Three days of a farm by script: sixty buyers in words of their own, a farmer who says three things a
// day, a bank that tells what came in, the jobs by the clock, and a seller who never says a word.
import { instantAt, localDate } from '../../src/orders/dates.ts';
import { deltaOf } from '../../src/orders/list-delta.ts';
import type { DayListRow } from '../../src/orders/store.ts';
import { faultsOf, faultsOfBooks } from './sim-checks.ts';
import { recipients } from './sim-people.ts';
import { openSimWorld, type Person, type SimWorld, STORE, ZONE } from './sim-world.ts';
import { Agenda, hearAll } from './simulate.ts';
import { ARRIVED, CANCELS, LISTS, PHRASES, type To, WHENS, WHYS } from './three-days-words.ts';

const EVE = '2026-07-20';
const RAIN = '2026-07-22';
export const DAYS: readonly string[] = ['2026-07-21', RAIN, '2026-07-23'];
const BUYERS = 60;
const LOOK_EVERY_MS = 30 * 60_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export type ThreeDays = {
  readonly faults: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
  readonly world: SimWorld;
};

type Script = {
  readonly world: SimWorld;
  readonly agenda: Agenda;
  readonly people: readonly Person[];
  readonly at: (date: string, time: string, act: () => Promise<void>) => void;
  readonly later: (ms: number, act: () => Promise<void>) => void;
  readonly count: (what: string) => void;
  readonly fault: (what: string) => void;
};

/** `spoil` breaks a rule on purpose, to see that it is noticed. */
export async function runThreeDays(
  spoil: (world: SimWorld) => void | Promise<void> = () => undefined,
): Promise<ThreeDays> {
  const start = instantAt(EVE, '18:00', ZONE);
  const end = instantAt(DAYS.at(-1) ?? '', '23:59', ZONE);
  const world = await openSimWorld({ start, policy: { dailyCapBoxes: 40, askDeliveredDays: 1 } });
  await spoil(world);
  const agenda = new Agenda(end);
  const counts = new Map<string, number>();
  const faults: string[] = [];
  const people = Array.from({ length: BUYERS }, (_, no): Person => {
    return { name: `buyer${no}`, platform: no % 3 === 2 ? 'kakao' : 'web' };
  });
  const script: Script = {
    ...{ world, agenda, people },
    at: (date, time, act) => agenda.add(instantAt(date, time, ZONE), act),
    later: (ms, act) => agenda.add(new Date(world.now().getTime() + ms), act),
    count: (what) => counts.set(what, (counts.get(what) ?? 0) + 1),
    fault: (what) => faults.push(what),
  };
  await world.hire({ name: 'farmer', platform: 'telegram' }, 'farmer');
  await world.hire({ name: 'seller', platform: 'telegram' }, 'seller');
  world.said.length = 0;
  for (let time = start.getTime(); time <= end.getTime(); time += LOOK_EVERY_MS)
    agenda.add(new Date(time), world.look);
  writeBuyers(script);
  writeFarmer(script);
  for (const date of [EVE, ...DAYS]) script.at(date, '20:52', () => closeDay(script, date));
  const papers: Papers = { days: '', lists: new Map() };
  for (let next = agenda.take(); next !== null; next = agenda.take()) {
    world.setNow(next.at);
    await next.act();
    faults.push(...(await faultsOfDays(world, papers)));
  }
  await closeDay(script, 'the end');
  faults.push(...(await faultsOfEnd(world)));
  return { faults: [...new Set(faults)], counts, world };
}

/** Everybody hears what waits for him; then all that happened was told, each thing once. */
async function closeDay({ world, people, fault }: Script, date: string): Promise<void> {
  for (const person of people) if (person.platform === 'kakao') await hearAll(world, person);
  for (const one of [...(await faultsOf(world)), ...(await faultsOfBooks(world))])
    fault(`${date}: ${one}`);
}

// The buyers

function writeBuyers(script: Script): void {
  const newRecipient = recipients();
  for (const [no, person] of script.people.entries()) {
    const to = Array.from({ length: [1, 1, 2, 1, 3][no % 5] ?? 1 }, (_, place): To => {
      return { ...newRecipient(), boxes: 1 + ((no + place) % 3) };
    });
    const [only] = to;
    const phrase = PHRASES[no % PHRASES.length];
    const list = LISTS[no % LISTS.length];
    const text = to.length > 1 ? list?.(to) : only && phrase?.(only);
    const [date, minutes] = momentOf(no);
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    script.at(date, time, () => order(script, { no, person, text: text ?? '', to }));
  }
}

/** On the eve 26 order, on the first day 20, in the rain 14. */
function momentOf(no: number): readonly [date: string, minutes: number] {
  if (no < 26) return [EVE, 18 * 60 + 5 + no * 6];
  if (no < 46) return [DAYS[0] ?? '', 9 * 60 + 7 + (no - 26) * 30];
  return [RAIN, 9 * 60 + 11 + (no - 46) * 40];
}

type Buyer = {
  readonly no: number;
  readonly person: Person;
  readonly text: string;
  readonly to: readonly To[];
};

async function order(script: Script, buyer: Buyer): Promise<void> {
  const { world, count, fault } = script;
  const { person, text, to } = buyer;
  const card = await world.say(person, text);
  const placed = await world.press(person, '주문 확정');
  const [, code] = /주문번호 (\S+)/.exec(placed ?? '') ?? [];
  const [, amount] = /입금하실 금액 ([\d,]+)원/.exec(placed ?? '') ?? [];
  const depositor = /^(\S+\d{3})$/m.exec(placed ?? '')?.[1];
  if (code === undefined || amount === undefined || depositor === undefined) {
    fault(`${person.name} could not order: ${text} → ${card} → ${placed}`);
    return;
  }
  for (const { name } of to) if (!card.includes(name)) fault(`the card lacks ${name}: ${card}`);
  count('ordered');
  await live(script, buyer, { code, depositor, amountKrw: Number(amount.replaceAll(',', '')) });
}

type Bill = { readonly code: string; readonly depositor: string; readonly amountKrw: number };

/** What becomes of an order: who pays when, who cancels, moves house, or asks. */
async function live(script: Script, { no, person, to }: Buyer, bill: Bill): Promise<void> {
  const { world, count, fault, later } = script;
  const isOver = no === 19;
  const isLate = no % 12 === 7;
  if (no % 12 === 5 && no !== 5) count('never pays');
  else {
    const minutes = isOver ? 40 * 60 : isLate ? 17 * 60 : 10 + ((no * 37) % 170);
    later(minutes * MINUTE_MS, async () => {
      const { status, decision } = await world.bank({
        name: bill.depositor,
        amountKrw: bill.amountKrw,
      });
      const isBooked = JSON.stringify(decision) === JSON.stringify({ match: [bill.code] });
      if (status !== 200 || isBooked === (isOver || no === 4))
        fault(`the bank told of ${bill.code} and heard ${JSON.stringify(decision)}`);
      count(isBooked ? (isLate ? 'paid late' : 'paid') : 'paid when it was over');
    });
  }
  if (no % 9 === 4) await world.say(person, '입금했어요');
  if ([4, 16, 33, 49].includes(no))
    later((no === 4 ? 5 : no === 16 ? 11 * 60 : 200) * MINUTE_MS, async () => {
      await world.say(person, CANCELS[no % CANCELS.length] ?? '');
      const done = await world.press(person, '네, 취소해요');
      if (done?.includes('취소했어요')) count('cancelled');
      else fault(`${bill.code} could not be cancelled: ${done}`);
    });
  if (to.length === 1 && (no === 8 || no === 36))
    later(13 * HOUR_MS, async () => {
      await world.say(person, '주소 변경');
      const done = await world.say(person, `대전 서구 둔산로 ${no}`);
      if (done.includes(`둔산로 ${no}`)) count('moved house');
      else fault(`${bill.code} could not be sent elsewhere: ${done}`);
    });
  if (no % 6 === 1) later(3 * HOUR_MS, () => ask(script, person, WHENS[no % WHENS.length] ?? ''));
  if (no % 6 === 3)
    later(4 * HOUR_MS, async () => {
      await world.say(person, '주문조회');
      await ask(script, person, WHYS[no % WHYS.length] ?? '');
    });
  if (no % 4 === 0)
    for (let hours = 40; hours < 76; hours += 4)
      later(hours * HOUR_MS, async () => {
        const isAsked = world.lastSeen(person)?.choices.some(({ label }) => label === '아직이에요');
        if (!isAsked) return;
        await world.say(person, ARRIVED[(no / 4) % ARRIVED.length] ?? '');
        count('received');
      });
}

/** Whatever is asked of a date is answered with one. */
async function ask({ world, count, fault }: Script, person: Person, text: string): Promise<void> {
  const answer = await world.say(person, text);
  if (/\d+\/\d+\(.\)/.test(answer)) count('asked and answered');
  else fault(`${person.name} asked ${text} and heard: ${answer}`);
}

// The farmer

let waybill = 510_000_000_000;

function writeFarmer({ world, at, count, fault }: Script): void {
  const [first = '', second = '', third = ''] = DAYS;
  const farmer: Person = { name: 'farmer', platform: 'telegram' };
  const say = async (text: string, ...expected: readonly string[]) => {
    const answer = await world.say(farmer, text);
    count('the farmer says something');
    for (const part of expected)
      if (!answer.includes(part)) fault(`the farmer said ${text} and heard: ${answer}`);
  };
  const rowsOf = async (date: string) => {
    const { rows } = await world.store.findDayList(STORE, date);
    return rows.filter(({ struck }) => !struck);
  };
  const numbers = (rows: readonly DayListRow[]) => rows.map(({ row }) => row).join(',');
  const waybills = (rows: readonly DayListRow[]) =>
    rows
      .map(({ row, order: { parcels }, parcelId }) => {
        const packages = parcels.find(({ id }) => id === parcelId)?.packages ?? [];
        return `${row}번 ${packages.map(() => ++waybill).join(' ')} 한진`;
      })
      .join('\n');

  at(first, '12:10', async () => say(`포장 ${numbers(await rowsOf(first))}`, '포장했어요'));
  at(first, '16:40', async () => {
    const rows = await rowsOf(first);
    // One does not fit into the car and leaves the next morning.
    await say(waybills(rows.slice(0, -1)), '7/21');
  });
  at(first, '19:00', () => say('내일 비와서 쉼', '7/22'));

  at(second, '10:05', async () => {
    const last = (await rowsOf(first)).at(-1);
    if (last !== undefined) await say(`어제 ${waybills([last])}`, '7/21');
  });
  at(second, '13:00', () => say('내일 목록', '7/23', '예정'));
  at(second, '18:45', () => say('30', '7/23', '30상자'));

  // A harvest smaller than what was promised.
  at(third, '07:20', async () => {
    const rows = await rowsOf(third);
    await say(`${rows.at(-4)?.row ?? 1}번까지`, '7/23');
  });
  at(third, '12:30', async () => say(`포장 ${numbers(await rowsOf(third))}`, '포장했어요'));
  at(third, '17:00', async () => say(waybills(await rowsOf(third)), '7/23'));
}

// What must hold at every moment, and at the end

/** The lists as printed with every delta, and the days as they were when they were held against them. */
type Papers = {
  days: string;
  readonly lists: Map<
    string,
    { readonly revision: number; readonly rows: ReadonlyMap<number, string> }
  >;
};

/** No day above its cap, and every list is what its first revision and the deltas since then say. */
async function faultsOfDays({ store }: SimWorld, papers: Papers): Promise<string[]> {
  const days = [...(await store.findDays(STORE, EVE)).values()];
  // Whatever changes a list changes its day.
  if (JSON.stringify(days) === papers.days) return [];
  papers.days = JSON.stringify(days);
  const faults: string[] = [];
  for (const day of days) {
    const { date, reservedBoxes, capBoxes, isFlagged, revision } = day;
    if (reservedBoxes > capBoxes && !isFlagged)
      faults.push(`${date}: ${reservedBoxes} boxes of ${capBoxes}`);
    if (revision === 0) continue;
    const { rows } = await store.findDayList(STORE, date);
    const was = papers.lists.get(date) ?? { revision: 0, rows: new Map<number, string>() };
    const written = new Map(was.rows);
    const delta = deltaOf(rows, { from: was.revision + 1, to: revision });
    if (revision > was.revision) {
      for (const one of [...delta.added, ...delta.altered]) written.set(one.row, textOf(one));
      for (const { row } of delta.struck) written.delete(row);
      papers.lists.set(date, { revision, rows: written });
    }
    const stands = rows.filter(({ struck }) => !struck);
    const full = new Map(stands.map((one) => [one.row, textOf(one)]));
    if (JSON.stringify([...written].sort(byRow)) !== JSON.stringify([...full].sort(byRow)))
      faults.push(`r1 of ${date} and its deltas are not r${revision}`);
    for (const { row, order: of, parcelId } of stands) {
      const state = of.parcels.find(({ id }) => id === parcelId)?.state;
      if (of.state !== 'paid' || state === 'waiting' || state === 'cancelled')
        faults.push(`row ${row} of ${date} is ${of.state}, ${state}`);
    }
  }
  return faults;
}

function textOf({ parcelId, order: { parcels } }: DayListRow): string {
  const { recipient, phone, address, boxes } = parcels.find(({ id }) => id === parcelId) ?? {};
  return `${recipient} ${phone} ${address} ${boxes}`;
}

const byRow = ([a]: readonly [number, string], [b]: readonly [number, string]) => a - b;

/** Whoever paid has his boxes on their way or a date to come; nothing waits for anybody but the buyer. */
async function faultsOfEnd({ store, now, said }: SimWorld): Promise<string[]> {
  const faults: string[] = [];
  const today = localDate(now(), ZONE);
  for (const { code, state, parcels } of await store.findOrders({ storeId: STORE, limit: 1_000 }))
    for (const { recipient, state: at, harvestDate } of state === 'paid' ? parcels : []) {
      const isGone = ['shipped', 'delivered', 'cancelled'].includes(at);
      const isToCome = at === 'scheduled' && harvestDate !== null && harvestDate > today;
      if (!isGone && !isToCome) faults.push(`${code} ${recipient} is ${at} ${harvestDate}`);
    }
  for (const date of DAYS) {
    const words = said.filter(({ who, at }) => who === 'farmer' && localDate(at, ZONE) === date);
    if (words.length !== 3) faults.push(`the farmer said ${words.length} things on ${date}`);
  }
  const silent = said.filter(({ who }) => who === 'seller');
  if (silent.length > 0) faults.push(`the seller said ${silent.length} things`);
  const dead = await store.listOutbox({ state: 'dead', limit: 10 });
  if (dead.length > 0) faults.push(`${dead.length} messages could not be told`);
  return faults;
}
