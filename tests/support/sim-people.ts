// Who lives in a simulation and what each does when: buyers who order, pay (or not), cancel and answer;
// a farmer who answers in the evening, cuts, reports and gives waybills. Nobody sells.
import { addDays, instantAt } from '../../src/orders/dates.ts';
import type { Random } from './random.ts';
import { type Person, type SimWorld, STORE, ZONE } from './sim-world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export type Plan = {
  readonly world: SimWorld;
  readonly random: Random;
  /** Something to be done then; what lies behind the end is left undone. */
  readonly at: (when: Date, act: () => Promise<void>) => boolean;
  readonly count: (what: string) => void;
};

const after = (from: Date, ms: number) => new Date(from.getTime() + ms);

// Buyers

const FAMILY = ['김', '이', '박', '최', '정', '강', '조', '윤', '장', '임'];
const GIVEN = [
  '민수',
  '영희',
  '철수',
  '서준',
  '지우',
  '하은',
  '도윤',
  '수아',
  '예준',
  '지호',
  '은지',
  '현우',
  '미영',
  '성민',
  '정희',
  '동현',
  '혜진',
  '재훈',
  '소연',
  '태호',
];

/** Recipients nobody else in the simulation has, so that a line of a message names one parcel. */
export function recipients() {
  let used = 0;
  return () => {
    const no = used++;
    const name = `${FAMILY[no % FAMILY.length]}${GIVEN[Math.floor(no / FAMILY.length) % GIVEN.length]}`;
    return {
      name,
      phone: `010${String(20_000_000 + no)}`,
      address: `서울 강남구 역삼로 ${no + 1}`,
    };
  };
}

type Recipient = ReturnType<ReturnType<typeof recipients>>;

/** One order in chat, from the first word to the answer whether it arrived. */
export function orderByChat(
  plan: Plan,
  person: Person,
  newRecipient: () => Recipient,
): () => Promise<void> {
  const { world, random, at, count } = plan;
  return async () => {
    const text = Array.from({ length: random.whole(1, 3) }, () => {
      const { name, phone, address } = newRecipient();
      const dialled = phone.replace(/(\d{3})(\d{4})(\d{4})/, '$1-$2-$3');
      return `${name} ${dialled} ${address} ${random.whole(1, 3)}상자`;
    }).join('\n');
    await world.say(person, text);
    const ordered = await world.press(person, '주문 확정');
    const code = /주문번호 (\S+)/.exec(ordered ?? '')?.[1];
    const amount = /입금하실 금액 ([\d,]+)원/.exec(ordered ?? '')?.[1];
    if (code === undefined || amount === undefined)
      throw new Error(`${person.name} could not order: ${text} → ${ordered}`);
    count('ordered by chat');
    settle(plan, { code, amountKrw: Number(amount.replaceAll(',', '')) });
    if (random.chance(0.2))
      at(after(world.now(), random.whole(5, 300) * MINUTE_MS), () =>
        press(plan, person, '입금했어요', 'said: paid'),
      );
    if (random.chance(0.15))
      at(after(world.now(), random.whole(1, 40) * HOUR_MS), () => cancel(plan, person, code));
    for (let looks = random.whole(0, 3); looks > 0; looks--)
      at(after(world.now(), (1 + random.next() * 69) * HOUR_MS), async () => {
        await world.say(person, '주문조회');
      });
  };
}

/** Paid at some time, late, or never. */
function settle(plan: Plan, { code, amountKrw }: { code: string; amountKrw: number }): void {
  const { world, random, at, count } = plan;
  if (random.chance(0.15)) {
    count('never paid');
    return;
  }
  const hours = random.chance(0.7) ? random.next() * 6 : random.next() * 32;
  at(after(world.now(), hours * HOUR_MS), async () => {
    const paid = await world.call('POST', '/pay', { order: code, amountKrw, method: 'manual' });
    if (paid.status === 200) count('paid');
    // Too late, or cancelled meanwhile, in part or whole.
    else if (paid.status === 409) count(`refused: ${paid.body.code}`);
    else throw new Error(`paying ${code} answered ${paid.status} ${JSON.stringify(paid.body)}`);
  });
}

async function cancel({ world, count, random }: Plan, person: Person, code: string): Promise<void> {
  await world.say(person, `${code} 취소`);
  const done = await world.press(person, random.chance(0.7) ? '네, 취소해요' : '아니요');
  count(
    done === null
      ? 'cancel refused'
      : done.includes('취소했어요')
        ? 'cancelled'
        : 'cancel taken back',
  );
}

async function press({ world, count }: Plan, person: Person, label: string, counted: string) {
  if ((await world.press(person, label)) !== null) count(counted);
}

/** Answers the delivery question, which a buyer on a held platform first meets in an answer. */
export function watchDeliveries(plan: Plan, person: Person): () => Promise<void> {
  const { world, random, count } = plan;
  let answered = 0;
  return async () => {
    const isAsked = world.lastSeen(person)?.choices.some(({ label }) => label === '아직이에요');
    if (!isAsked || answered >= 3) return;
    answered += 1;
    const answer = random.whole(0, 3);
    if (answer === 0) return press(plan, person, '아직이에요', 'said: not yet');
    if (answer === 1) return press(plan, person, '받았어요', 'said: received');
    if (answer === 2) {
      await world.say(person, '잘 받았습니다');
      count('said: received, in words');
    }
  };
}

/** An order that a program places over the API. */
export function orderByApi(plan: Plan, newRecipient: () => Recipient): () => Promise<void> {
  const { world, random, count } = plan;
  return async () => {
    const { name, phone, address } = newRecipient();
    const items = [{ product: 'peach-4kg', boxes: random.whole(1, 3) }];
    const parcels = [{ recipient: name, phone, address, items }];
    const body = { store: STORE, buyer: { name, phone }, parcels };
    const placed = await world.call('POST', '/order', body);
    if (placed.status !== 201 || placed.body.order === undefined)
      throw new Error(`ordering answered ${placed.status} ${JSON.stringify(placed.body)}`);
    count('ordered by API');
    settle(plan, { code: placed.body.order.code, amountKrw: placed.body.order.totalKrw });
  };
}

// The farmer

let waybill = 100_000_000_000;

/** A farmer's day: what he says, at times of his own. */
export function farmDay(plan: Plan, farmer: Person, date: string): void {
  const { world, random, at, count } = plan;
  const clockAt = (time: string) => instantAt(date, time, ZONE);
  const around = (time: string) => after(clockAt(time), random.whole(0, 40) * MINUTE_MS);
  const say = async (text: string) => {
    count('the farmer says something');
    return world.say(farmer, text);
  };
  at(around('06:20'), async () => {
    const list = await say('목록');
    const rows = Number(/· (\d+)곳/.exec(list)?.[1] ?? 0);
    const isToday = list.includes(`${Number(date.slice(5, 7))}/${Number(date.slice(8))}(`);
    if (!isToday || !list.includes('목록 r')) return;
    if (rows > 2 && random.chance(0.4)) {
      await say(`${rows - 1}번까지`);
      count('the farmer cuts');
    }
  });
  at(around('09:00'), async () => {
    await reportToday(plan, date, async () => {
      await say('수확');
    });
  });
  at(around('10:30'), async () => {
    await reportToday(plan, date, async (rows) => {
      // All but the last, which is packed when it is sent.
      await say(`포장 ${rows.slice(0, Math.max(1, rows.length - 1)).join(' ')}`);
    });
  });
  at(around('13:00'), async () => {
    await reportToday(plan, date, async (rows) => {
      for (const row of rows.slice(0, Math.ceil(rows.length / 2))) {
        await say(`${row}번 송장 ${++waybill}`);
        await world.press(farmer, random.chance(0.5) ? '한진택배' : 'CJ대한통운');
      }
    });
  });
  at(around('15:00'), async () => {
    await reportToday(plan, date, async (rows) => {
      const last = rows.at(-1) ?? 1;
      if (rows.length < 2 || random.chance(0.5)) return void (await say('전부 발송'));
      // One does not fit into the car and leaves the next morning.
      await say(`${rows.slice(0, -1).join(' ')} 발송`);
      count('the farmer leaves one over');
      const morning = instantAt(addDays(date, 1), '08:20', ZONE);
      at(after(morning, random.whole(0, 20) * MINUTE_MS), async () => {
        const sent = await say(`어제 ${last}번 발송`);
        // Its buyer may have cancelled it in the evening.
        if (!/발송|빠진 줄/.test(sent)) throw new Error(`yesterday's row ${last}: ${sent}`);
      });
    });
  });
  at(after(clockAt('18:30'), random.whole(1, 120) * MINUTE_MS), async () => {
    if (random.chance(0.3)) return;
    const answer = await say(String(random.whole(15, 40)));
    if (!answer.includes('상자로 정했어요')) throw new Error(`the evening's number: ${answer}`);
    count('the farmer answers the evening question');
  });
  at(around('16:30'), () => carry(plan, date));
}

/** Only where a list of the day is out: without one the newest is an older one. */
async function reportToday(
  { world }: Plan,
  date: string,
  report: (rows: readonly number[]) => Promise<void>,
): Promise<void> {
  const { day, rows } = await world.store.findDayList(STORE, date);
  const live = rows.filter(({ struck }) => !struck).map(({ row }) => row);
  if (day.revision > 0 && live.length > 0) await report(live);
}

/** A carrier's word by the API: some of yesterday's parcels arrived. */
async function carry({ world, random, count }: Plan, date: string): Promise<void> {
  const { rows } = await world.store.findDayList(STORE, addDays(date, -1));
  for (const { parcelId, order, struck } of rows) {
    const isSent = order.parcels.some(({ id, state }) => id === parcelId && state === 'shipped');
    if (struck || !isSent || !random.chance(0.4)) continue;
    const put = await world.call('PUT', '/shipment', { parcel: parcelId, state: 'delivered' });
    if (put.status !== 200) throw new Error(`delivering answered ${put.status}`);
    count('delivered by API');
  }
}
