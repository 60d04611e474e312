// The printed list as a browser prints it: on A4, page by page.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { PaperRow } from '../../src/orders/paper.ts';
import { listPage } from '../../src/sheets/list-page.ts';
import { listPrint } from '../../src/sheets/list-print.ts';
import { openPage } from '../support/browser.ts';
import { paperOf, ROW } from '../support/papers.ts';

const LONG_ADDRESS =
  '부산광역시 해운대구 해운대해변로 264 한화리조트 해운대 티볼리 지하 1층 관리사무소 옆 택배보관함';
const LONG_MEMO =
  '부재시 문 앞에 두고 꼭 문자 주세요. 벨 누르지 마세요, 아기가 자요. 공동현관은 종 모양을 누르세요';

function rowsOf(count: number): PaperRow[] {
  return Array.from({ length: count }, (_, at) => {
    const boxes = (at % 7) + 1;
    return {
      ...ROW,
      ...{ row: at + 1, boxes, packages: Math.ceil(boxes / 2) },
      address: at % 2 === 0 ? ROW.address : LONG_ADDRESS,
      memo: at % 3 === 0 ? LONG_MEMO : null,
      sender: at % 4 === 0 ? { name: '김영희', phone: '01011112222' } : null,
    };
  });
}

/**
 * On which sheet each of these elements begins and ends, by what the printer itself says: links to marks
 * inside them stand in the file with the page they lead to.
 */
async function sheetsOf(page: Page, selector: string): Promise<(readonly [number, number])[]> {
  const count = await page.evaluate<number>(`
    const all = [...document.querySelectorAll(${JSON.stringify(selector)})];
    const links = document.createElement('p');
    all.forEach((one, at) => {
      const cell = one.querySelector('td') ?? one;
      for (const [name, place] of [['begin', 'afterbegin'], ['end', 'beforeend']]) {
        cell.insertAdjacentHTML(place, '<a id="' + name + at + '"></a>');
        links.insertAdjacentHTML('beforeend', '<a href="#' + name + at + '">.</a>');
      }
    });
    document.body.prepend(links);
    all.length;
  `);
  const file = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const pages: readonly string[] =
    /\/Kids\s*\[([^\]]*)\]/.exec(file)?.[1]?.match(/\d+(?= 0 R)/g) ?? [];
  const sheetAt = (name: string) => {
    const target = new RegExp(`/${name}\\s*\\[\\s*(\\d+) 0 R`).exec(file)?.[1];
    return target === undefined ? -1 : pages.indexOf(target);
  };
  return Array.from({ length: count }, (_, at) => [sheetAt(`begin${at}`), sheetAt(`end${at}`)]);
}

async function shown(rows: readonly PaperRow[], options = {}): Promise<Page> {
  const page = await openPage(options);
  await page.setContent(listPage(listPrint(paperOf(rows))).html);
  return page;
}

test('no row of sixty is split over two sheets, and each sheet is well filled', async () => {
  const sheets = await sheetsOf(await shown(rowsOf(60)), '[data-row]');
  expect(sheets).toHaveLength(60);
  for (const [begin, end] of sheets) expect([begin, end]).toEqual([begin, begin]);
  const last = Math.max(...sheets.map(([, end]) => end));
  const perSheet = Array.from(
    { length: last + 1 },
    (_, at) => sheets.filter(([begin]) => begin === at).length,
  );
  expect(Math.min(...perSheet.slice(0, -1))).toBeGreaterThanOrEqual(4);
  expect(last).toBeLessThan(14);
});

test('is printed in black, in type for glasses, with a box for each step', async () => {
  const page = await shown(rowsOf(3));
  await page.emulateMedia({ media: 'print' });
  const looks = await page.evaluate<{ size: number; ink: string }[]>(`
    [...document.querySelectorAll('[data-row] *')].filter((one) => one.textContent.trim() !== '')
      .map((one) => getComputedStyle(one))
      .map((look) => ({ size: parseFloat(look.fontSize) * 0.75, ink: look.color }))
  `);
  expect(Math.min(...looks.map(({ size }) => size))).toBeGreaterThan(12.99);
  expect(new Set(looks.map(({ ink }) => ink))).toEqual(new Set(['rgb(0, 0, 0)']));
  const phonePt = await page.evaluate<number>(
    "parseFloat(getComputedStyle(document.querySelector('.phone')).fontSize) * 0.75",
  );
  expect(phonePt).toBeGreaterThanOrEqual(17);
  const ticks = await page
    .locator('[data-row="1"] .steps i')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
  expect(ticks).toHaveLength(3);
  expect(Math.min(...ticks)).toBeGreaterThan(20);
});

test('shows names made of markup as they were written', async () => {
  const recipient = '<img src=x onerror=alert(1)>';
  const page = await shown([{ ...ROW, recipient, memo: '</style><script>alert(2)</script>' }]);
  expect(await page.locator('.who').innerText()).toContain(recipient);
  expect(await page.locator('.memo').innerText()).toContain('</style><script>alert(2)</script>');
  expect(await page.locator('img, script').count()).toBe(0);
});

test('fits a phone, on which it is looked at and not ticked', async () => {
  const row = { ...ROW, recipient: 'M'.repeat(50), address: '가'.repeat(300) };
  const page = await shown([row, ...rowsOf(2)], { viewport: { width: 360, height: 740 } });
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  expect(await page.locator('[data-row="1"] .boxes').first().isVisible()).toBe(true);
  expect(await page.locator('.waybills').first().isVisible()).toBe(false);
});
