import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FORMS } from '../../src/chat/bot.ts';
import { formFor } from '../../src/chat/forms.ts';
import { FORM_TEXTS, formText } from '../../src/chat/replies/index.ts';
import { type Audience, HEARERS } from '../../src/orders/change.ts';
import * as ordering from '../../src/orders/ordering.ts';
import { ruleFor } from '../../src/outbox/kinds.ts';
import { openFarm, requestFor } from '../support/shop.ts';
import { openMemoryStore } from '../support/sqlite.ts';

/** Kakao's limit, and what one value may be shortened to. */
const TEXT_CHARS_MAX = 1000;
const VALUE_CHARS_MAX = 300;
const TAKEN_FOR_ADVERTISING = /할인|쿠폰|이벤트|포인트|적립|무료|혜택|특가|추천|광고|앱 설치/;

const gapsOf = (text: string) => [...text.matchAll(/#\{([^}]+)\}/g)].map(([, name]) => name);

/** About no order and no shop, or in somebody's own words: where no event reaches him it waits. */
const WITHOUT_FORM: ReadonlySet<string> = new Set([
  'account_linked',
  'account_unlinked',
  'answered',
]);

const told = Object.entries(HEARERS)
  .flatMap(([kind, audiences]) => audiences.map((audience: Audience) => ({ kind, audience })))
  .filter((notice) => ruleFor(notice).onPaid === 'push' && !WITHOUT_FORM.has(notice.kind));

async function farmWithOrder() {
  const store = await openMemoryStore();
  const bank = { name: '농협', account: '302-1234-5678-91', holder: '김영희' };
  const farm = await openFarm(store, { policy: { bank } });
  const request = { ...requestFor({ boxes: 2 }, { boxes: 1 }), depositor: '김영희' };
  const placing = { id: 'ord_1', buyerId: farm.buyerId, request };
  await store.submit(ordering.place(farm.asked(), placing));
  return { store, farm };
}

function noticeOf({ kind, audience }: (typeof told)[number]) {
  const orderId = audience === 'buyer' ? 'ord_1' : null;
  const data = { date: '2026-07-21', parcels: [], refundKrw: 5000, amountKrw: 5000 };
  return { storeId: 'peach', kind, audience, orderId, data };
}

describe('the fixed forms', () => {
  test.each(FORMS)('%s fits Kakao, is no advertising, and names the shop first', (name) => {
    const text = FORM_TEXTS[name];
    const gaps = gapsOf(text);
    expect(text.startsWith('[#{상점}] ')).toBe(true);
    expect(new Set(gaps).size).toBe(gaps.length);
    for (const gap of gaps) expect(gap).toMatch(/^[가-힣]+$/);
    const longest = text.replace(/#\{[^}]+\}/g, '가'.repeat(VALUE_CHARS_MAX / gaps.length));
    expect(longest.length).toBeLessThanOrEqual(TEXT_CHARS_MAX);
    expect(text).not.toMatch(TAKEN_FOR_ADVERTISING);
    expect(text).toBe(text.trim());
  });

  test('stand word by word in the page that tells what to register', () => {
    const page = readFileSync(new URL('../../docs/kakao-push.md', import.meta.url), 'utf8');
    const shown = [...page.matchAll(/^### `([a-z_]+)`\n[^`]*```\n(.*?)\n```/gms)];
    expect(shown.map(([, name]) => name)).toEqual([...FORMS]);
    for (const [, name, text] of shown) expect(FORM_TEXTS[name as never]).toBe(text);
  });

  test.each(told)(
    '$kind to the $audience is filled in, with every value and no other',
    async (notice) => {
      const { store, farm } = await farmWithOrder();
      if (!['reminder', 'part_paid', 'revived', 'payment_taken_back'].includes(notice.kind))
        await farm.pay('ord_1');
      const form = await formFor(store, [noticeOf(notice)]);
      if (form === null) throw new Error('there is no form');
      expect(Object.keys(form.values).toSorted()).toEqual(gapsOf(FORM_TEXTS[form.name]).toSorted());
      for (const value of Object.values(form.values)) expect(value).not.toBe('');
      expect(formText(form)).not.toContain('#{');
    },
  );

  test('what is asked for is said with account, name and time', async () => {
    const { store, farm } = await farmWithOrder();
    const order = await store.findOrder('peach', 'ord_1');
    const form = await formFor(store, [noticeOf({ kind: 'reminder', audience: 'buyer' })]);
    if (form === null || order === null) throw new Error('there is no form');
    expect(formText(form)).toContain(
      [
        `주문번호: ${order.code}`,
        `입금하실 금액: ${order.totalKrw.toLocaleString('en-US')}원`,
        '계좌: 농협 302-1234-5678-91 김영희',
        `입금자명: 김영희${order.code.slice(-3)}`,
      ].join('\n'),
    );
    expect(form.values.기한).toMatch(/^\d+\/\d+\(.\) \d\d:\d\d$/);
    expect(farm.shop.name).toBe(form.values.상점);
  });

  test('a shop without an account asks for no money by a form', async () => {
    const store = await openMemoryStore();
    const farm = await openFarm(store, { policy: { bank: null } });
    await farm.place('ord_1');
    expect(await formFor(store, [noticeOf({ kind: 'reminder', audience: 'buyer' })])).toBeNull();
  });

  test('the farmer reads how much there is to do, and the seller what there is to see to', async () => {
    const { store, farm } = await farmWithOrder();
    await farm.pay('ord_1');
    const list = await formFor(store, [noticeOf({ kind: 'day_list', audience: 'farmer' })]);
    expect(list?.values).toMatchObject({ 날짜: '7/21(화)', 곳수: '2', 상자: '3' });
    const work = await formFor(store, [
      noticeOf({ kind: 'complained', audience: 'seller' }),
      noticeOf({ kind: 'refund_due', audience: 'seller' }),
    ]);
    expect(work?.values.내용).toBe('불편 접수, 환불 보낼 차례');
  });
});
