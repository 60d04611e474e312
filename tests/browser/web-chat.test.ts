// The web chat as people use it: a real browser, the whole program, one tab for each who works here.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { type Serving, serve } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { faultsOf } from '../support/axe.ts';
import { openTabs } from '../support/browser.ts';
import { DATA_KEY } from '../support/sqlite.ts';

const PHONE = { width: 360, height: 740 };
const ORDER = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';
/** An effect is on the other page at the latest this long after who caused it sees his own answer. */
const SEEN_WITHIN_MS = 1_000;

async function openShop(over: Record<string, string> = {}): Promise<Serving> {
  const serving = await serve(
    parseConfig({
      PORT: '0',
      DATABASE_URL: 'sqlite::memory:',
      SANJI_LOG_LEVEL: 'silent',
      // Nobody's quiet hours: the test runs at any time of the day.
      SANJI_PAY_WINDOW_MS: '86400000',
      ...over,
    }),
  );
  onTestFinished(() => serving.stop());
  return serving;
}

/** A browser of its own, and what went wrong in it. */
async function openBrowser(port: number, options: BrowserContextOptions = {}) {
  const baseURL = `http://localhost:${port}`;
  const context = await openTabs({
    baseURL,
    viewport: PHONE,
    locale: 'ko-KR',
    ...options,
  });
  // When each bubble came into sight, by the clock that all tabs share.
  await context.addInitScript(`
    globalThis.seen = new Map();
    new MutationObserver(() => {
      for (const bubble of document.querySelectorAll('[data-message]'))
        if (!seen.has(bubble)) seen.set(bubble, Date.now());
    }).observe(document, { childList: true, subtree: true });
  `);
  const problems: string[] = [];
  async function open(path: string): Promise<Page> {
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
    page.on('console', (said) => {
      if (said.type() === 'error' || said.type() === 'warning') problems.push(said.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(baseURL)) problems.push(`elsewhere: ${request.url()}`);
    });
    await page.goto(path);
    return page;
  }
  return { context, problems, open };
}

async function say(page: Page, text: string, answer: string): Promise<void> {
  await page.fill('input[name=text]', text);
  await page.click('button[type=submit]');
  await shown(page, answer).waitFor();
}

function shown(page: Page, text: string) {
  return page.locator('[data-message]', { hasText: text }).last();
}

function choice(page: Page, label: string) {
  return page.locator('[data-choice]', { hasText: label }).last();
}

/** When the newest bubble with these words came into sight. */
function seenAt(page: Page, text: string): Promise<number> {
  const bubbles = `[...seen].filter(([bubble]) => bubble.textContent.includes(${JSON.stringify(text)}))`;
  return page.evaluate<number>(`Math.max(...${bubbles}.map(([, at]) => at))`);
}

function sidewaysPx(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
}

test('a buyer, a seller and a farmer play a day in three tabs and see each other at once', async () => {
  const { port, newChatLink } = await openShop();
  const { open, problems } = await openBrowser(port);
  const buyer = await open('/chat');
  const seller = await open((await newChatLink('seller')) ?? '');
  const farmer = await open((await newChatLink('farmer')) ?? '');
  expect(await Promise.all([buyer, seller, farmer].map((page) => page.title()))).toEqual([
    '햇살농원',
    '햇살농원 · 판매자',
    '햇살농원 · 농부',
  ]);
  await say(buyer, ORDER, '주문서를 확인해 주세요');
  await choice(buyer, '주문 확정').click();
  await shown(buyer, '입금하실 금액 75,000원').waitFor();
  const code = /P\d-\d{3}/.exec(await shown(buyer, '주문번호').innerText())?.[0];
  const late: number[] = [];
  const effect = async (by: Page, answer: string, on: Page, words: string) => {
    await shown(on, words).waitFor();
    late.push((await seenAt(on, words)) - (await seenAt(by, answer)));
  };
  await say(seller, `입금 ${code}`, '입금을 확인했어요');
  await effect(seller, '입금을 확인했어요', buyer, '입금완료!');
  await say(farmer, '40', '40상자로 정했어요');
  await say(farmer, '목록', '박철수 010-1234-5678');
  await say(farmer, '1번 발송', '지금 확정할까요');
  await say(farmer, '네', '발송 처리했어요');
  await effect(farmer, '발송 처리했어요', buyer, '상자를 보냈어요!');
  await effect(farmer, '발송 처리했어요', seller, '1번 발송 완료');
  expect(Math.max(...late)).toBeLessThan(SEEN_WITHIN_MS);
  for (const page of [buyer, seller, farmer]) {
    expect(await sidewaysPx(page)).toBe(0);
    const ids = await page.locator('[data-entry]').evaluateAll((all) => all.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  }
  // A reload shows what was there, and nothing is said again.
  const before = await buyer.locator('[data-message]').allInnerTexts();
  await buyer.reload();
  const after = await buyer.locator('[data-message]').allInnerTexts();
  expect(after).toEqual(before);
  expect(problems).toEqual([]);
});

test('the page fits a small phone, also with words that have no end', async () => {
  const { port } = await openShop();
  const { open, problems } = await openBrowser(port);
  const page = await open('/chat');
  expect(await sidewaysPx(page)).toBe(0);
  await say(page, '가'.repeat(300), '가'.repeat(300));
  await say(page, `https://farm.example/${'a'.repeat(300)}`, 'farm.example');
  expect(await sidewaysPx(page)).toBe(0);
  const [field, button] = await Promise.all(
    ['input[name=text]', 'button[type=submit]'].map((one) => page.locator(one).boundingBox()),
  );
  for (const box of [field, button]) {
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(PHONE.height);
  }
  // The keyboard takes half of the page: the field stays in sight, and the last words above it.
  await page.setViewportSize({ width: PHONE.width, height: 380 });
  await expect
    .poll(async () => (await page.locator('input[name=text]').boundingBox())?.y)
    .toBeLessThan(340);
  expect(problems).toEqual([]);
});

test('has no fault that axe-core finds, by day and by night', async () => {
  const { port } = await openShop();
  for (const colorScheme of ['light', 'dark'] as const) {
    const { open, problems } = await openBrowser(port, { colorScheme });
    const page = await open('/chat');
    await say(page, ORDER, '주문서를 확인해 주세요');
    await choice(page, '주문 확정').click();
    await shown(page, '입금하실 금액').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(problems).toEqual([]);
  }
});

test('hands that use no mouse come everywhere', async () => {
  const { port } = await openShop();
  const { open, problems } = await openBrowser(port);
  const page = await open('/chat');
  await page.keyboard.type(ORDER);
  await page.keyboard.press('Enter');
  await choice(page, '주문 확정').waitFor();
  expect(await page.locator(':focus').getAttribute('name')).toBe('text');
  // Back from the field through the choices of the last answer.
  const focused = page.locator(':focus');
  for (let tabs = 0; tabs < 8 && (await focused.innerText()) !== '주문 확정'; tabs++)
    await page.keyboard.press('Shift+Tab');
  expect(await focused.innerText()).toBe('주문 확정');
  await page.keyboard.press('Enter');
  await shown(page, '입금하실 금액').waitFor();
  await expect.poll(() => page.locator(':focus').getAttribute('name')).toBe('text');
  expect(problems).toEqual([]);
});

test('a pasted list keeps its lines', async () => {
  const { port } = await openShop();
  const { open, problems } = await openBrowser(port);
  const page = await open('/chat');
  const list =
    '박철수 010-1234-5678 서울 노원구 동일로 1729 2상자\n이영희 010-2222-3333 경기 수원시 영통구 광교로 100 3상자';
  await page.evaluate(`
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ${JSON.stringify(list)});
    const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.querySelector('input[name=text]').dispatchEvent(paste);
  `);
  expect(await page.locator('textarea').inputValue()).toBe(list);
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('잘 부탁드려요');
  await page.keyboard.press('Enter');
  await shown(page, '합계').waitFor();
  expect(await page.locator('[data-message][data-who=me]').innerText()).toBe(
    `${list}\n잘 부탁드려요`,
  );
  expect(await page.locator('input[name=text]').isVisible()).toBe(true);
  expect(problems).toEqual([]);
});

test('two tabs of one person show the same, each thing once', async () => {
  const { port } = await openShop();
  const { open, problems } = await openBrowser(port);
  const [one, two] = [await open('/chat'), await open('/chat')];
  await say(one, ORDER, '주문서를 확인해 주세요');
  await shown(two, '주문서를 확인해 주세요').waitFor();
  await choice(two, '그만두기').click();
  await two.locator('[data-message][data-who=me]', { hasText: '그만두기' }).waitFor();
  await expect
    .poll(() => one.locator('[data-entry]').count())
    .toBe(await two.locator('[data-entry]').count());
  const [mine, others] = await Promise.all(
    [one, two].map((page) => page.locator('[data-entry]').allInnerTexts()),
  );
  expect(mine).toEqual(others);
  expect(problems).toEqual([]);
});

test('a tab that nobody sees lets its stream go, and catches up when it is seen again', async () => {
  const { port } = await openShop();
  const { context, open, problems } = await openBrowser(port);
  await context.clock.install();
  const [seen, unseen] = [await open('/chat'), await open('/chat')];
  const show = (isHidden: boolean) =>
    unseen.evaluate(`
      Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    `);
  await show(true);
  await context.clock.fastForward(59_000);
  await say(seen, '가격', '35,000원');
  await shown(unseen, '35,000원').waitFor();
  expect(await unseen.title()).toMatch(/^\(2\) /);
  await context.clock.fastForward(2_000);
  await say(seen, ORDER, '주문서를 확인해 주세요');
  // Only what was let go is opened again.
  const again = unseen.waitForRequest(/\/chat\/events/);
  await show(false);
  await again;
  await shown(unseen, '주문서를 확인해 주세요').waitFor();
  expect(await unseen.title()).toBe('햇살농원');
  expect(problems).toEqual([]);
});

test('without a script the form still works', async () => {
  const { port } = await openShop();
  const { open } = await openBrowser(port, { javaScriptEnabled: false });
  const page = await open('/chat');
  await say(page, ORDER, '주문서를 확인해 주세요');
  await choice(page, '주문 확정').click();
  await shown(page, '입금하실 금액').waitFor();
  const count = await page.locator('[data-message]').count();
  await page.reload();
  expect(await page.locator('[data-message]').count()).toBe(count);
});

test('when the server is away the page says so, keeps the words, and catches up', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const database = { DATABASE_URL: `sqlite:${join(folder, 'sanji.db')}`, SANJI_DATA_KEY: DATA_KEY };
  const first = await openShop(database);
  const { open } = await openBrowser(first.port);
  const page = await open('/chat');
  await say(page, ORDER, '주문서를 확인해 주세요');
  await first.stop();
  await page.locator('#status', { hasText: '연결이 끊겼어요' }).waitFor();
  await page.fill('input[name=text]', '주문조회');
  await page.click('button[type=submit]');
  await page.locator('#status', { hasText: '보내지 못했어요' }).waitFor();
  expect(await page.inputValue('input[name=text]')).toBe('주문조회');
  await openShop({ ...database, PORT: `${first.port}` });
  await page.click('button[type=submit]');
  await page.locator('[data-message][data-who=me]', { hasText: '주문조회' }).waitFor();
  await page.locator('#status').waitFor({ state: 'hidden' });
});
