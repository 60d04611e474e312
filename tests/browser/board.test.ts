// The board in a real browser: under a thumb, without a connection, beside another farmer, by keyboard.
import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import { faultsOf } from '../support/axe.ts';
import { playBoardMorning } from '../support/board-scene.ts';
import { type BoardServer, openBoard } from '../support/board-server.ts';
import { openTabs } from '../support/browser.ts';
import { ENGINE } from '../support/engine.ts';
import { TUESDAY, WEDNESDAY } from '../support/shop.ts';

const PHONE = { width: 360, height: 740 };
const SEEN_WITHIN_MS = 1_000;
const WIRE_BYTES_MAX = 60 * 1024;
const TOUCH_PX = 56;
/** Two taps of one row closer together are one finger that slipped. */
const TWICE_MS = 650;

let farm: BoardServer;
beforeEach(async () => {
  farm = await openBoard();
});

async function openBoardPage(options: BrowserContextOptions = {}, path = ''): Promise<Page> {
  const context = await openTabs({ viewport: PHONE, hasTouch: true, locale: 'ko-KR', ...options });
  const page = await context.newPage();
  await page.goto(`${await farm.link(farm.base)}${path}`);
  return page;
}

const row = (page: Page, no: number) => page.locator(`[data-row="${no}"]`);
const half = (page: Page, no: number) => row(page, no).locator('[data-advance]');
const shows = (page: Page, no: number, state: string) =>
  page.locator(`[data-row="${no}"][data-state="${state}"]`).waitFor();
const outgoing = (page: Page) => page.locator('#outgoing');

/** Each step of a row that the books hold, in order. */
async function stepsOf(id: string): Promise<string[]> {
  const history = await farm.store.findHistory('peach', id);
  return history.flatMap(({ event }) =>
    ['harvested', 'packed', 'shipped', 'undone'].includes(event) ? [event] : [],
  );
}

describe(`the board on ${ENGINE}`, () => {
  test('moves a row by one tap, which its buyer sees within a second', async () => {
    const board = await openBoardPage();
    const buyer = await (await openTabs({ viewport: PHONE })).newPage();
    await buyer.goto(`${farm.base}/o/${await farm.tokenOf('ord_b5')}`);
    await half(board, 5).tap();
    await shows(board, 5, 'harvested');
    const at = Date.now();
    await buyer.locator('[data-parcel][data-state="harvested"]').waitFor();
    expect(Date.now() - at).toBeLessThan(SEEN_WITHIN_MS);
    expect(await half(board, 5).innerText()).toContain('포장');
    expect(await stepsOf('ord_b5')).toEqual(['harvested']);
  });

  test('shows what is said in the chat within a second, and keeps what was opened', async () => {
    const board = await openBoardPage();
    await row(board, 2).locator('summary').click();
    await board.locator('#connection').waitFor({ state: 'hidden' });
    const at = Date.now();
    await farm.report([1, 2], 'packed');
    await shows(board, 2, 'packed');
    expect(Date.now() - at).toBeLessThan(SEEN_WITHIN_MS);
    expect(await row(board, 2).locator('details').getAttribute('open')).not.toBeNull();
  });

  test('takes several rows at once, and takes them back', async () => {
    const board = await openBoardPage();
    await row(board, 4).locator('summary').click();
    await row(board, 4).getByRole('button', { name: '4번까지 포장' }).click();
    for (const no of [1, 2, 3, 4]) await shows(board, no, 'packed');
    expect(await row(board, 5).getAttribute('data-state')).toBe('scheduled');
    await board.getByRole('button', { name: '되돌리기' }).click();
    for (const no of [1, 2, 3, 4]) await shows(board, no, 'scheduled');
    await board.locator('#last').waitFor({ state: 'hidden' });
    expect(await stepsOf('ord_b1')).toEqual(['harvested', 'packed', 'undone']);
  });

  test('takes a number, tells the carrier is not known, and that row alone left', async () => {
    const board = await openBoardPage();
    await row(board, 1).locator('summary').click();
    await row(board, 1).getByText('송장 번호 적기').click();
    await board.locator('#waybills [name=waybill]').fill('12345');
    await board.getByRole('button', { name: '적기', exact: true }).click();
    expect(await board.locator('#waybill-fault').innerText()).toContain('10~14자리');
    await board.locator('#waybills [name=waybill]').fill('5999-1234-5678');
    await board.getByRole('button', { name: '적기', exact: true }).click();
    await shows(board, 1, 'shipped');
    await row(board, 1).getByRole('button', { name: '한진택배' }).click();
    await row(board, 1).getByText('한진택배 5999-1234-5678').waitFor();
    const order = await farm.store.findOrder('peach', 'ord_b1');
    expect(order?.parcels[0]?.packages).toMatchObject([
      { waybill: '599912345678', carrier: 'kr.hanjin' },
    ]);
  });

  test('sets the number of tomorrow, and lets a draft become a list', async () => {
    const board = await openBoardPage();
    const next = board.locator('[data-next]');
    for (let times = 0; times < 3; times++)
      await next.getByRole('button', { name: '한 상자 줄이기' }).click();
    await farm.report([1], 'harvested');
    await shows(board, 1, 'harvested');
    expect(await next.locator('input').inputValue()).toBe('37');
    await next.getByRole('button', { name: '이대로 정하기' }).click();
    await board.locator('#last-words', { hasText: '37상자' }).waitFor();
    const days = await farm.store.findDays('peach', WEDNESDAY);
    expect(days.get(WEDNESDAY)).toMatchObject({ capBoxes: 37, capSource: 'farmer' });
    await next.getByRole('link', { name: '이 날짜 전체 보기' }).click();
    expect(await board.locator('[data-advance]').count()).toBe(0);
    await board.getByRole('button', { name: '확정하기' }).click();
    await half(board, 1).waitFor();
    await half(board, 1).click();
    await shows(board, 1, 'harvested');
  });
});

describe(`without a connection, on ${ENGINE}, the board`, () => {
  test('queues taps in order, shows them, and catches up without one lost or doubled', async () => {
    const board = await openBoardPage();
    const { clock } = farm;
    await board.context().setOffline(true);
    await half(board, 1).tap();
    await half(board, 2).tap();
    await outgoing(board).getByText('연결되면 보낼게요 2').waitFor();
    await row(board, 1).and(board.locator('.sending')).waitFor();
    await board.waitForTimeout(TWICE_MS);
    expect(await half(board, 1).innerText()).toContain('포장');
    await half(board, 1).tap();
    await outgoing(board).getByText('연결되면 보낼게요 3').waitFor();
    expect(await stepsOf('ord_b1')).toEqual([]);
    // Somebody says the same of one row in the chat meanwhile.
    await farm.report([2], 'harvested', clock.now);
    await board.context().setOffline(false);
    await shows(board, 1, 'packed');
    await shows(board, 2, 'harvested');
    await outgoing(board).and(board.locator(':empty')).waitFor({ state: 'attached' });
    expect(await stepsOf('ord_b1')).toEqual(['harvested', 'packed']);
    expect(await stepsOf('ord_b2')).toEqual(['harvested']);
    expect(await board.locator('.sending').count()).toBe(0);
  });

  test('keeps taps over a closed tab and a stopped server, and tells which one was refused', async () => {
    const board = await openBoardPage();
    await farm.stop();
    await half(board, 1).tap();
    await half(board, 2).tap();
    await half(board, 3).tap();
    await outgoing(board).getByText('3').waitFor();
    const context = board.context();
    await board.close();
    // Its buyer cancels: that row alone is refused, and the one behind it goes on.
    await farm.cancel('ord_b2');
    await farm.start();
    const again = await context.newPage();
    await again.goto(await farm.link(farm.base));
    await shows(again, 1, 'harvested');
    await shows(again, 3, 'harvested');
    await again.locator('#refused', { hasText: '2번은 그사이 목록에서 빠졌어요' }).waitFor();
    expect(await stepsOf('ord_b2')).toEqual([]);
    await again.locator('#refused').getByRole('button', { name: '확인' }).click();
    await again.locator('#refused').waitFor({ state: 'hidden' });
    expect(await stepsOf('ord_b1')).toEqual(['harvested']);
    expect(await stepsOf('ord_b3')).toEqual(['harvested']);
  });

  test('sends again what was done but not answered, once, and its stream comes back', async () => {
    const board = await openBoardPage();
    let lost = 0;
    await board.route(/\/board\/[\w-]+$/, async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue();
      lost++;
      // The books have it, and the answer gets lost.
      await route.fetch();
      await route.abort();
    });
    await half(board, 6).tap();
    await outgoing(board).and(board.locator(':empty')).waitFor({ state: 'attached' });
    await shows(board, 6, 'harvested');
    expect(lost).toBe(1);
    expect(await stepsOf('ord_b6')).toEqual(['harvested']);
    await farm.stop();
    await farm.start();
    await farm.report([7], 'harvested');
    await shows(board, 7, 'harvested');
  });
});

describe(`two farmers on ${ENGINE}`, () => {
  test('who tap the same row at once move it once, and both see it', async () => {
    const [one, other] = [await openBoardPage(), await openBoardPage()];
    // Neither may see the other's tap before his own: then he would tap the step after it.
    for (const page of [one, other]) await page.context().setOffline(true);
    for (const page of [one, other]) await half(page, 1).tap();
    await Promise.all([one, other].map((page) => page.context().setOffline(false)));
    await Promise.all([shows(one, 1, 'harvested'), shows(other, 1, 'harvested')]);
    for (const page of [one, other])
      await outgoing(page).and(page.locator(':empty')).waitFor({ state: 'attached' });
    expect(await stepsOf('ord_b1')).toEqual(['harvested']);
  });

  test('one of whom took a row back: a tap from before is told so, and does nothing', async () => {
    const rows = [{ row: 1, waybills: [], carrier: null }];
    const packed = ordering.report(farm.farmer(), { date: TUESDAY, rows, to: 'packed' });
    const { trace } = (await farm.store.submit(packed)).answer;
    if (trace === null) throw new Error('nothing was reported');
    const board = await openBoardPage();
    await shows(board, 1, 'packed');
    await board.context().setOffline(true);
    await half(board, 1).tap();
    await half(board, 2).tap();
    await farm.store.submit(ordering.undo(farm.farmer(), trace));
    await board.context().setOffline(false);
    await board.locator('#refused', { hasText: '1번은 그사이 되돌려서' }).waitFor();
    await shows(board, 1, 'scheduled');
    await shows(board, 2, 'harvested');
    expect(await half(board, 1).innerText()).toContain('수확');
    expect(await stepsOf('ord_b1')).toEqual(['harvested', 'packed', 'undone']);
  });
});

describe('the board', () => {
  test('is worked by keyboard alone, and stays at its row', async () => {
    const board = await openBoardPage();
    await half(board, 1).focus();
    await board.keyboard.press('Enter');
    await shows(board, 1, 'harvested');
    await board.waitForTimeout(TWICE_MS);
    expect(await board.evaluate<string>('document.activeElement.id')).toBe('half-1');
    await board.keyboard.press('Space');
    await shows(board, 1, 'packed');
    await board.keyboard.press('Shift+Tab');
    await board.keyboard.press('Enter');
    await row(board, 1).getByText('송장 번호 적기').waitFor();
    await board.locator('[data-next] input').focus();
    await board.keyboard.press('Control+A');
    await board.keyboard.type('12');
    await board.keyboard.press('Enter');
    await board.locator('#last-words', { hasText: '12상자' }).waitFor();
    expect(await stepsOf('ord_b1')).toEqual(['harvested', 'packed']);
  });

  test('reads and advances without a script', async () => {
    const board = await openBoardPage({ javaScriptEnabled: false });
    await half(board, 1).click();
    await board.locator('[data-told]', { hasText: '1번 박철수님 수확했어요' }).waitFor();
    expect(await row(board, 1).getAttribute('data-state')).toBe('harvested');
    await board.locator('[data-told]').getByRole('button', { name: '되돌리기' }).click();
    expect(await row(board, 1).getAttribute('data-state')).toBe('scheduled');
    await row(board, 1).locator('summary').click();
    await row(board, 1).getByText('송장 번호 적기').click();
    await board.locator('[name=waybill]').fill('123456789');
    await board.getByRole('button', { name: '적기' }).click();
    await board.locator('[data-told]', { hasText: '9자리' }).waitFor();
    await board.locator('[data-next] input').fill('12');
    await board.locator('[data-next] input').press('Enter');
    expect(await row(board, 1).getAttribute('data-state')).toBe('scheduled');
  });

  test('tells a page of yesterday that a new list is there', async () => {
    const board = await openBoardPage({}, `?d=${TUESDAY}`);
    farm.clock.now = new Date('2026-07-21T21:00:30Z');
    await farm.store.submit(
      ordering.freezeList({ ...farm.farmer(), now: farm.clock.now }, WEDNESDAY),
    );
    await board.locator('[data-news]', { hasText: '오늘(7/22 수) 목록이 있어요' }).click();
    await board.locator(`[data-board="${WEDNESDAY}"]`).waitFor();
    await board.getByText('7/21(화)에 아직 안 보낸 곳이 12곳 있어요').waitFor();
  });

  test.each(['light', 'dark'] as const)(
    'has no fault that axe-core finds, at a thumb’s size, in %s',
    async (colorScheme) => {
      await playBoardMorning(farm);
      const board = await openBoardPage({ colorScheme });
      expect(await faultsOf(board)).toEqual([]);
      expect(await board.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      for (const button of await board.locator('[data-advance]').all()) {
        const box = await button.boundingBox();
        expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(TOUCH_PX);
      }
      await half(board, 5).tap();
      await board.locator('#last').waitFor();
      await row(board, 2).locator('summary').click();
      await board.getByText('표로 보기').click();
      expect(await faultsOf(board)).toEqual([]);
      await row(board, 2).getByText('송장 번호 적기').click();
      expect(await faultsOf(board)).toEqual([]);
    },
  );

  test('needs no more than 60 KB over the wire, and nothing from elsewhere', async () => {
    await playBoardMorning(farm);
    const page = await (await openTabs({ viewport: PHONE })).newPage();
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
    await page.goto(await farm.link(farm.base), { waitUntil: 'load' });
    await page.locator('#connection').waitFor({ state: 'hidden' });
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(WIRE_BYTES_MAX);
    expect(elsewhere).toEqual([]);
  });
});
