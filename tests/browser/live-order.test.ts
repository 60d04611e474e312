// The page of an order while things happen: what the farm does stands on it at once, on either engine.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPage } from '../support/browser.ts';
import { openPages, type PageServer } from '../support/page-server.ts';

const PHONE = { width: 360, height: 740 };
const SEEN_WITHIN_MS = 1_000;

async function paidOrder(): Promise<PageServer> {
  const farm = await openPages();
  await farm.place('ord_one', 0, 2, 1);
  await farm.pay('ord_one', 10);
  return farm;
}

/** A page whose stream is open. */
async function seen(farm: PageServer, id: string, page?: Page): Promise<Page> {
  const shown = page ?? (await openPage({ viewport: PHONE }));
  const before = farm.openStreams();
  await shown.goto(farm.base + (await farm.pathTo(id)));
  await expect.poll(farm.openStreams).toBe(before + 1);
  return shown;
}

const stateOf = (page: Page, no: number) =>
  page.locator(`[data-parcel="${no}"]`).getAttribute('data-state');

test('what the farmer does stands on the buyer’s page within a second, without a reload', async () => {
  const farm = await paidOrder();
  const page = await seen(farm, 'ord_one');
  await page.evaluate('globalThis.isSamePage = true');
  for (const step of ['harvested', 'packed', 'shipped'] as const) {
    await farm.advance('ord_one', step, { nos: [1] });
    const done = performance.now();
    await page.locator(`[data-parcel="1"][data-state="${step}"]`).waitFor();
    expect(performance.now() - done).toBeLessThan(SEEN_WITHIN_MS);
  }
  expect(await stateOf(page, 2)).toBe('scheduled');
  expect(await page.locator('h1').innerText()).toBe('2곳 중 1곳을 보냈어요');
  expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
});

test('a page that was away is shown the present when it comes back, whatever it missed', async () => {
  const farm = await paidOrder();
  const page = await openPage({ viewport: PHONE });
  await page.clock.install();
  await seen(farm, 'ord_one', page);
  const hide = (isHidden: boolean) =>
    page.evaluate(`
      Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    `);
  await hide(true);
  await page.clock.fastForward(61_000);
  await expect.poll(farm.openStreams).toBe(0);
  await farm.advance('ord_one', 'harvested');
  await farm.advance('ord_one', 'packed');
  expect(await stateOf(page, 1)).toBe('scheduled');
  await hide(false);
  await page.locator('[data-parcel="1"][data-state="packed"]').waitFor();
  await page.locator('[data-parcel="2"][data-state="packed"]').waitFor();
});

test('an explanation that was opened is there until the order changes, and a copied word is told', async () => {
  const farm = await paidOrder();
  const page = await seen(farm, 'ord_one');
  await page.click('#why-link');
  await page.locator('#why .said').first().waitFor();
  expect(await page.locator('#why').innerText()).toContain('출하');
  expect(page.url()).toMatch(/\/o\/[^/]+$/);
  await farm.advance('ord_one', 'harvested');
  await page.locator('[data-parcel="1"][data-state="harvested"]').waitFor();
});

test('a link that is taken back ends the page at once', async () => {
  const farm = await paidOrder();
  const page = await openPage({ viewport: PHONE }, { mayFail: true });
  await seen(farm, 'ord_one', page);
  await farm.store.endOrderLinks('peach', 'ord_one');
  await page.locator('h1', { hasText: '이제 쓰지 않는 링크예요' }).waitFor();
  expect(await page.content()).not.toContain('박○수');
});

test('behind a proxy that holds streams back the page looks by itself', async () => {
  const farm = await paidOrder();
  const page = await openPage({ viewport: PHONE });
  await page.clock.install();
  // The request goes out, and nothing ever comes of it.
  await page.route('**/events?*', () => undefined);
  await page.goto(farm.base + (await farm.pathTo('ord_one')));
  await farm.advance('ord_one', 'harvested');
  await page.clock.runFor(7_000);
  await page.locator('[data-parcel="1"][data-state="harvested"]').waitFor();
  await farm.advance('ord_one', 'packed');
  await page.clock.runFor(5_000);
  await page.locator('[data-parcel="1"][data-state="packed"]').waitFor();
});
