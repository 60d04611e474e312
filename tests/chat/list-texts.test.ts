// A day list as chat texts: whatever stands on it, it arrives whole where it is pushed, and page by page
// where it is asked for.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as replies from '../../src/chat/replies/index.ts';
import type { Order } from '../../src/orders/order.ts';
import type { DayList, DayListRow } from '../../src/orders/store.ts';
import { paidOrder } from '../support/orders.ts';
import { dayWith, TUESDAY } from '../support/shop.ts';

type Said = {
  readonly recipient: string;
  readonly address: string;
  readonly memo: string | null;
  readonly sender: string | null;
  readonly items: number;
  readonly boxes: number;
};

/** As long as the API lets each be. */
const said: fc.Arbitrary<Said> = fc.record({
  recipient: fc.oneof(
    fc.constant('박철수'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }),
  ),
  address: fc.oneof(
    fc.constant('서울 노원구 동일로 1729 103동 1204호'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }).map((text) => text.slice(0, 300)),
  ),
  memo: fc.option(fc.integer({ min: 1, max: 500 }).map((length) => '가'.repeat(length))),
  sender: fc.option(fc.constant('김영희')),
  items: fc.integer({ min: 1, max: 20 }),
  boxes: fc.integer({ min: 1, max: 50 }),
});

const lists: fc.Arbitrary<DayList> = fc
  .array(said, { minLength: 1, maxLength: 60 })
  .map((all) => listOf(all.map((one, at) => rowOf(one, at + 1))));

/** What the platforms take at once: Kakao beside an answer, Discord, the web chat, Telegram. */
const roomChars = fc.constantFrom(700, 1400, 2000, 3500, 4096);

function rowOf(one: Said, row: number): DayListRow {
  const { parcels, ...core } = paidOrder();
  const [parcel] = parcels;
  if (parcel === undefined) throw new Error('an order has a parcel');
  const item = { product: 'peach', priceKrw: 35_000, boxes: one.boxes };
  const { recipient, address, memo } = one;
  const order: Order = {
    ...core,
    ...{
      platform: 'kakao',
      linkGeneration: 0,
      buyer: { name: null, phone: null },
      depositor: null,
      memo: null,
    },
    sender: one.sender === null ? null : { name: one.sender, phone: null },
    parcels: [
      {
        ...parcel,
        ...{ recipient, address, memo, postcode: null, phone: '01012345678', row },
        state: 'scheduled',
        items: Array.from({ length: one.items }, (_, at) => ({ ...item, name: `복숭아 ${at}번` })),
      },
    ],
  };
  const revisions = { addedRevision: 1, struckRevision: null, alteredRevision: null };
  return { row, struck: false, ...revisions, parcelId: parcel.id, order };
}

function listOf(rows: readonly DayListRow[]): DayList {
  return { day: dayWith(TUESDAY, { revision: 1, reservedBoxes: 4 }), rows };
}

/** The rows in the order in which the texts show them; a row begins with its number. */
function rowsIn(texts: readonly string[], list: DayList): number[] {
  const heads = list.rows.map(
    ({ row, order }) => `\n${row}. ${order.parcels[0]?.recipient} 010-1234-5678`,
  );
  const places = heads.map((head) => texts.join('\n').indexOf(head));
  return list.rows
    .map(({ row }, at) => ({ row, place: places[at] ?? -1 }))
    .filter(({ place }) => place >= 0)
    .toSorted((a, b) => a.place - b.place)
    .map(({ row }) => row);
}

function linesOf(list: DayList): string[] {
  return list.rows.map(({ row, order }) => {
    const [parcel] = order.parcels;
    return `\n${row}. ${parcel?.recipient} 010-1234-5678\n${parcel?.address}\n`;
  });
}

describe('a list that is pushed', () => {
  test('arrives whole: every row once, in order, uncut, in texts within the limit', () => {
    fc.assert(
      fc.property(lists, roomChars, (list, room) => {
        const { texts } = replies.wholeDayList(list, { roomChars: room });
        for (const text of texts) expect(text.length).toBeLessThanOrEqual(room);
        expect(rowsIn(texts, list)).toEqual(list.rows.map(({ row }) => row));
        for (const line of linesOf(list).filter((one) => one.length < room / 2))
          expect(texts.filter((text) => text.includes(line))).toHaveLength(1);
      }),
    );
  });

  test('says of several texts which each is, and has its buttons once', () => {
    const rows = Array.from({ length: 60 }, (_, at) =>
      rowOf({ ...ONE, memo: '가'.repeat(90) }, at + 1),
    );
    const { texts, choices } = replies.wholeDayList(listOf(rows), {
      roomChars: 3500,
      printUrl: 'https://shop.example/print/token',
    });
    expect(texts).toHaveLength(3);
    expect(texts.map((text) => text.split('\n')[0])).toEqual([
      '(1/3) 7/21(화) 목록 r1 · 60곳 4/40상자',
      '(2/3) 7/21(화) 목록 r1',
      '(3/3) 7/21(화) 목록 r1',
    ]);
    expect(choices.map(({ label }) => label)).toEqual(['수확', '목록', '인쇄하기']);
  });

  test('stays one text where it fits', () => {
    const { texts } = replies.wholeDayList(listOf([rowOf(ONE, 1)]), { roomChars: 2000 });
    expect(texts).toEqual([
      [
        '7/21(화) 목록 r1 · 1곳 4/40상자',
        '복숭아 0번 2상자',
        '1. 박철수 010-1234-5678',
        '서울 노원구 동일로 1729',
        '복숭아 0번 2상자',
      ].join('\n'),
    ]);
  });

  test('ends a memo early only where its row is longer than a text', () => {
    const row = rowOf({ ...ONE, items: 20, memo: '가'.repeat(500) }, 1);
    const whole = replies.wholeDayList(listOf([row]), { roomChars: 4096 }).texts.join('\n');
    expect(whole).toContain('가'.repeat(500));
    const cut = replies.wholeDayList(listOf([row]), { roomChars: 700 }).texts;
    expect(cut.join('\n')).toMatch(/복숭아 19번 2상자 \/ 가+…$/);
  });
});

const ONE: Said = {
  ...{ recipient: '박철수', address: '서울 노원구 동일로 1729', memo: null, sender: null },
  ...{ items: 1, boxes: 2 },
};

describe('a list that is asked for', () => {
  test('goes on page by page to its end: every row once, in order, within the limit', () => {
    fc.assert(
      fc.property(lists, roomChars, (list, room) => {
        const texts: string[] = [];
        for (let next: number | null = 1; next !== null; ) {
          const page = replies.dayListPage(list, { fromRow: next, roomChars: room });
          texts.push(...page.reply.texts);
          next = page.next;
        }
        for (const text of texts) expect(text.length).toBeLessThanOrEqual(room);
        expect(texts.length).toBeLessThanOrEqual(list.rows.length);
        expect(rowsIn(texts, list)).toEqual(list.rows.map(({ row }) => row));
      }),
    );
  });
});

describe('what changed on a list', () => {
  test('arrives whole where it is pushed, too', () => {
    fc.assert(
      fc.property(lists, roomChars, (list, room) => {
        const delta = { added: list.rows, struck: [], altered: [], revision: 2 };
        const { texts } = replies.listDelta(list, { ...delta, roomChars: room, isWhole: true });
        for (const text of texts) expect(text.length).toBeLessThanOrEqual(room);
        const shown = texts.map((text) => text.replaceAll('\n＋ ', '\n'));
        expect(rowsIn(shown, list)).toEqual(list.rows.map(({ row }) => row));
      }),
    );
  });

  test('says where it is told beside something else how many lines are left', () => {
    const rows = Array.from({ length: 30 }, (_, at) => rowOf(ONE, at + 1));
    const delta = { added: rows, struck: [], altered: [], revision: 2 };
    const { texts } = replies.listDelta(listOf(rows), { ...delta, roomChars: 700, isWhole: false });
    expect(texts).toHaveLength(1);
    expect(texts[0]?.length).toBeLessThanOrEqual(700);
    const shown = texts[0]?.match(/＋/g)?.length ?? 0;
    expect(texts[0]).toContain(`… ${30 - shown}줄이 더 있어요`);
  });
});
