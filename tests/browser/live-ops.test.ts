// The operator's page in a real browser, on either engine: it stays as things are, and its letters are mended by
// hand, by keys alone, and without a script.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { faultsOf } from '../support/axe.ts';
import { openPage } from '../support/browser.ts';
import {
  busyHour,
  letDie,
  OPS_KEY,
  OPS_KEYS,
  placeThroughTheHour,
  runningSince,
} from '../support/ops-scene.ts';
import { openPages, type PageServer } from '../support/page-server.ts';

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };
const WIRE_BYTES_MAX = 60 * 1024;
/** The page looks every five seconds. */
const SEEN_WITHIN_MS = 9_000;

async function withLetters(): Promise<PageServer & { readonly ids: readonly number[] }> {
  const farm = await openPages({ apiKeys: OPS_KEYS, meter: busyHour(), running: runningSince() });
  await placeThroughTheHour(farm);
  const ids = await letDie(farm.store, ['time_out', 'unavailable']);
  return { ...farm, ids };
}

/** By keys alone: the field has a name, and Enter sends it. */
async function enter(farm: PageServer, page: Page): Promise<void> {
  await page.goto(`${farm.base}/ops`);
  await page.getByLabel('설치 키').focus();
  await page.keyboard.type(OPS_KEY);
  await page.keyboard.press('Enter');
  await page.locator('[data-queue-depth]').waitFor();
}

test('what happens stands on the open page by itself, and a letter is tried again by keys alone', async () => {
  const farm = await withLetters();
  const page = await openPage({ viewport: DESK }, { mayFail: true });
  await enter(farm, page);
  await expect.poll(farm.openStreams).toBe(1);
  expect(await page.locator('[data-dead]').getAttribute('data-dead')).toBe('2');
  await page.evaluate('globalThis.isSamePage = true');
  const [first = 0, second = 0] = farm.ids;
  await page.locator(`#retry-${second}`).focus();
  await farm.store.mendLetter({ id: first, now: farm.clock.now, mending: { how: 'retry' } });
  await page.locator('[data-dead="1"]').waitFor({ timeout: SEEN_WITHIN_MS });
  expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
  // Whoever was about to press still stands where he stood.
  expect(await page.evaluate('document.activeElement.id')).toBe(`retry-${second}`);
  await page.keyboard.press('Enter');
  await page.locator('.told').waitFor();
  expect(await page.locator('[data-dead]').getAttribute('data-dead')).toBe('0');
  expect(await farm.store.findLetter(second)).toMatchObject({ state: 'due', cause: 'retried' });
});

test('without a script it is read, a letter is dropped with a reason, and one goes out', async () => {
  const farm = await withLetters();
  const page = await openPage({ viewport: PHONE, javaScriptEnabled: false }, { mayFail: true });
  await enter(farm, page);
  const [first = 0] = farm.ids;
  await page.click(`#drop-${first}`);
  await page.getByLabel('버리는 이유').fill('전화로 알려 드림');
  await page.getByRole('button', { name: '버리기' }).click();
  await page.locator('.told').waitFor();
  expect(await page.locator('[data-dead]').getAttribute('data-dead')).toBe('1');
  expect(await farm.store.findLetter(first)).toMatchObject({ state: 'dropped' });
  await page.getByRole('button', { name: '나가기' }).click();
  await page.getByLabel('설치 키').waitFor();
});

test('a session that ends takes the open page along', async () => {
  const farm = await withLetters();
  const page = await openPage({ viewport: PHONE }, { mayFail: true });
  await enter(farm, page);
  await expect.poll(farm.openStreams).toBe(1);
  const [session] = await farm.store.listOpenLinks(farm.clock.now, 1);
  await farm.store.revokeLink(session?.id ?? '', farm.clock.now);
  await page.getByLabel('설치 키').waitFor({ timeout: SEEN_WITHIN_MS });
  expect(await page.locator('[data-letter]').count()).toBe(0);
});

test('axe finds nothing, by day and by night, on a phone and a desk; nothing is wider than the screen, and little is sent', async () => {
  const farm = await withLetters();
  for (const viewport of [PHONE, DESK])
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await openPage({ viewport, colorScheme }, { mayFail: true });
      let bytes = 0;
      page.on('requestfinished', async (request) => {
        const { responseBodySize, responseHeadersSize } = await request.sizes();
        bytes += responseBodySize + responseHeadersSize;
      });
      await page.goto(`${farm.base}/ops`);
      expect(await faultsOf(page)).toEqual([]);
      await enter(farm, page);
      await page.locator('#minutes summary').click();
      expect(await faultsOf(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
      expect(bytes).toBeGreaterThan(1_000);
      expect(bytes).toBeLessThan(WIRE_BYTES_MAX);
      await page.goto(`${farm.base}/ops/letters/${farm.ids[0]}/drop`);
      expect(await faultsOf(page)).toEqual([]);
    }
});
