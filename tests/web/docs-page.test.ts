// The description tried by hand, in a real browser under the page's own strict policy.
import { beforeEach, describe, expect, test } from 'vitest';
import { openPage } from '../support/browser.ts';
import { KEY, openWeb, type Web } from './client.ts';

let web: Web;
beforeEach(async () => {
  web = await openWeb();
  await web.openStore('peach');
});

describe('in a browser', { timeout: 60_000 }, () => {
  test('every call is shown, and one can be made with a key', async () => {
    const page = await openPage();
    const origins = new Set<string>();
    page.on('request', (request) => origins.add(new URL(request.url()).origin));
    await page.goto(`${web.base}/docs`);
    await page.waitForSelector('.opblock');
    expect(await page.locator('.opblock').count()).toBeGreaterThan(15);
    await page.click('.btn.authorize');
    await page.fill('#auth-bearer-value', KEY);
    await page.click('.auth-btn-wrapper .authorize');
    await page.click('.btn-done');
    const place = page.locator('#operations-orders-placeOrder');
    await place.locator('.opblock-summary-control').click();
    await place.locator('.try-out__btn').click();
    await place.locator('.execute').click();
    const status = place.locator('.live-responses-table tbody .response-col_status').first();
    await status.waitFor();
    expect(await status.innerText()).toContain('201');
    const [order] = await web.store.findOrders({ storeId: 'peach', limit: 1 });
    expect(order?.buyer.name).toBe('Kim Younghee');
    expect([...origins].filter((origin) => origin !== web.base && origin !== 'null')).toEqual([]);
  });

  test('the type of a problem leads to what to do about it', async () => {
    const page = await openPage();
    await page.goto(`${web.base}/docs#not_payable`);
    await page.waitForSelector('.opblock');
    const row = page.locator('#not_payable');
    await row.waitFor();
    await page.waitForFunction(`(() => {
      const { top } = document.getElementById('not_payable').getBoundingClientRect();
      return top >= 0 && top < innerHeight;
    })()`);
    expect(await row.innerText()).toContain('paid, expired or cancelled');
  });
});
