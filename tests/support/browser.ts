// A real browser for tests, started once in each test file that asks for one.
import Chromium from '@sparticuz/chromium';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, expect, onTestFinished } from 'vitest';

let browser: Promise<Browser> | undefined;

/** Tabs of their own, closed after the test. */
export async function openTabs(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  browser ??= launch();
  const context = await (await browser).newContext(options);
  onTestFinished(() => context.close());
  return context;
}

/** A page of its own. What goes wrong in it (scripts, refused connections) fails the test; of one that `mayFail`, not what is answered with 404 or 410. */
export async function openPage(
  options: BrowserContextOptions = {},
  { mayFail = false }: { readonly mayFail?: boolean } = {},
): Promise<Page> {
  const context = await openTabs(options);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (line) => {
    const isRefusal = /status of 4\d\d/.test(line.text());
    if (line.type() === 'error' && !(mayFail && isRefusal)) faults.push(line.text());
  });
  onTestFinished(() => expect(faults).toEqual([]));
  return page;
}

async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: await Chromium.executablePath(),
    // The package's own switches are for one page in a small cloud function: one process for all, and
    // no web security, which is just what is to be tried here.
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu'],
    headless: true,
  });
}

afterAll(async () => {
  await (await browser)?.close();
});
