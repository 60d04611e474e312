// The page of an order under people's hands: on a small phone, by keyboard, without a script, by ear.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { newPrintLink } from '../../src/chat/links.ts';
import { faultsOf } from '../support/axe.ts';
import { openPage } from '../support/browser.ts';
import { playMorning, TUESDAY_MORNING } from '../support/page-scene.ts';
import { openPages, type PageServer } from '../support/page-server.ts';
import { TUESDAY } from '../support/shop.ts';

const PHONE = { width: 360, height: 740 };
const WIRE_BYTES_MAX = 60 * 1024;
const ORDERS = ['ord_new', 'ord_paid', 'ord_some', 'ord_sent', 'ord_home', 'ord_gone'];

async function morning(): Promise<PageServer> {
  const farm = await openPages();
  await playMorning(farm);
  return farm;
}

/** Every page there is, with its forms, in both languages. */
async function allPaths(farm: PageServer): Promise<readonly string[]> {
  const orders = await Promise.all(ORDERS.map(farm.pathTo));
  const [unpaid = '', paid = '', some = ''] = orders;
  const print = { storeId: 'peach', date: TUESDAY, now: TUESDAY_MORNING, pagesUrl: '' };
  return [
    ...orders,
    `${some}?lang=en`,
    `${unpaid}/cancel`,
    `${some}/cancel?parcel=2`,
    `${paid}/address?parcel=1`,
    `${paid}/problem`,
    `${paid}/why`,
    '/store/peach',
    '/privacy/peach',
    '/store/nowhere',
    await newPrintLink(farm.store, print),
  ];
}

const show = (farm: PageServer, page: Page, path: string) => page.goto(farm.base + path);

test.each(['light', 'dark'] as const)(
  'no page has a fault that axe-core finds, and none is wider than a small phone, in %s',
  async (colorScheme) => {
    const farm = await morning();
    const page = await openPage({ viewport: PHONE, colorScheme }, { mayFail: true });
    for (const path of [...(await allPaths(farm)), '/o/guessed']) {
      await show(farm, page, path);
      expect({ path, faults: await faultsOf(page) }).toEqual({ path, faults: [] });
      const sideways = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect({ path, sideways }).toEqual({ path, sideways: 0 });
    }
  },
);

test('no page needs more than 60 KB over the wire, or anything from elsewhere', async () => {
  const farm = await morning();
  for (const path of await allPaths(farm)) {
    const page = await openPage({ viewport: PHONE }, { mayFail: true });
    const wire = await page.context().newCDPSession(page);
    await wire.send('Network.enable');
    let bytes = 0;
    wire.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(farm.base)) elsewhere.push(request.url());
    });
    await page.goto(farm.base + path, { waitUntil: 'load' });
    expect(bytes).toBeGreaterThan(1_000);
    expect({ path, isSmall: bytes <= WIRE_BYTES_MAX, bytes, elsewhere }).toEqual({
      ...{ path, isSmall: true, bytes, elsewhere: [] },
    });
    await page.close();
  }
});

test('everything that can be pressed is as large as a thumb, at twice the size too', async () => {
  const farm = await morning();
  const page = await openPage({ viewport: PHONE });
  for (const id of ORDERS) {
    await show(farm, page, await farm.pathTo(id));
    const small = await page.evaluate(`
      [...document.querySelectorAll('a, button')]
        .filter((one) => one.offsetParent !== null && one.getBoundingClientRect().height < 44)
        .map((one) => one.textContent)
    `);
    expect(small).toEqual([]);
    await page.evaluate("document.documentElement.style.fontSize = '200%'");
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  }
});

test('nobody’s name, number or address stands on it whole, nor in its title or address', async () => {
  const farm = await morning();
  for (const path of await allPaths(farm)) {
    if (path.startsWith('/print')) continue;
    const answer = await fetch(farm.base + path);
    const text = await answer.text();
    for (const personal of ['박철수', '이영희', '01000001234', '0000-1234', '동일로', '광교로'])
      expect(text).not.toContain(personal);
    if (!path.startsWith('/o/')) continue;
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-robots-tag')).toContain('noindex');
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(/<title>(.*)<\/title>/.exec(text)?.[1]).toMatch(/^(주문|Order) P7-\d{3} · 햇살농원$/);
  }
});

describe('without a script', () => {
  test('an order is paid for, sent elsewhere, complained of and cancelled', async () => {
    const farm = await openPages();
    await farm.place('ord_one', 0, 2, 1);
    const page = await openPage({ viewport: PHONE, javaScriptEnabled: false }, { mayFail: true });
    await show(farm, page, await farm.pathTo('ord_one'));
    expect(await page.locator('.pay').innerText()).toContain('302-0000-0000-01');
    expect(await page.locator('.copy').first().isVisible()).toBe(false);
    await page.click('text=입금했어요');
    expect(await page.locator('[role=status].told').innerText()).toContain('고마워요');
    expect((await farm.store.findOrder('peach', 'ord_one'))?.claimedPaidAt).not.toBeNull();
    await farm.pay('ord_one', 20);
    await page.goto(farm.base + (await farm.pathTo('ord_one')));
    await page.locator('[data-parcel="2"]').getByText('주소 변경').click();
    await page.fill('[name=address]', '어디로 갈까');
    await page.click('button[type=submit]');
    expect(await page.locator('[role=alert]').innerText()).toContain('주소를 알아보지 못했어요');
    expect(await page.inputValue('[name=address]')).toBe('어디로 갈까');
    await page.fill('[name=address]', '부산 수영구 광안해변로 219 101동 502호');
    await page.fill('[name=phone]', '010-0000-9999');
    await page.click('button[type=submit]');
    expect(await page.locator('.told').innerText()).toBe('받으실 곳을 바꿨어요.');
    const parcel = (await farm.store.findOrder('peach', 'ord_one'))?.parcels[1];
    expect(parcel).toMatchObject({ recipient: '이영희', phone: '01000009999' });
    expect(parcel?.address).toContain('광안해변로 219');
    await page.click('text=문제가 있어요');
    await page.fill('[name=text]', '하나가 물렀어요');
    await page.click('button[type=submit]');
    expect(await page.locator('.told').innerText()).toContain('판매자에게 바로 알렸어요');
    await page.locator('[data-parcel="1"]').getByText('이 상자 취소').click();
    expect(await page.locator('main').innerText()).toContain('나머지 1곳은 그대로 보내 드려요');
    await page.click('text=네, 취소해요');
    expect(await page.locator('.told').innerText()).toContain('돈을 돌려 드릴게요');
    await page.locator('[data-parcel="1"][data-state="cancelled"]').waitFor();
    await page.locator('[data-parcel="2"][data-state="scheduled"]').waitFor();
  });
});

test('hands that use no mouse cancel an order', async () => {
  const farm = await openPages();
  await farm.place('ord_one', 0, 2);
  const page = await openPage({ viewport: PHONE });
  await show(farm, page, await farm.pathTo('ord_one'));
  const focused = page.locator(':focus');
  const reach = async (label: string) => {
    for (let tabs = 0; tabs < 30; tabs++) {
      await page.keyboard.press('Tab');
      if ((await focused.innerText()).trim() === label) return;
    }
    throw new Error(`${label} is not reached`);
  };
  await reach('주문 취소');
  await page.keyboard.press('Enter');
  await page.locator('h1', { hasText: '주문을 취소할까요?' }).waitFor();
  await reach('네, 취소해요');
  await page.keyboard.press('Enter');
  await page.locator('h1', { hasText: '취소된 주문이에요' }).waitFor();
});
