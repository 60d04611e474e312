// Makes the picture of a printed list for the README, of people who do not exist.
import Chromium from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import type { PaperRow } from '../src/orders/paper.ts';
import { listPage } from '../src/sheets/list-page.ts';
import { listPrint } from '../src/sheets/list-print.ts';
import { paperOf, ROW } from './support/papers.ts';

const FILE = 'docs/pictures/list.png';
/** A sheet of A4 at 96 dots an inch; its lower end is left out. */
const SHEET = { width: 794, height: 900 };

const PEACH = { product: 'peach-4kg', name: '복숭아 4kg' };
const YELLOW = { product: 'yellow-2kg', name: '황도 2kg' };
const SENDER = { name: '김영희', phone: '01000001111' };

const ROWS: readonly Partial<PaperRow>[] = [
  { recipient: '박철수', phone: '01000001234', sender: SENDER },
  {
    ...{ recipient: '이영희', phone: '01000002222', alteredRevision: 2, boxes: 3, packages: 2 },
    items: [{ ...PEACH, boxes: 3 }],
    address: '경기 수원시 영통구 광교로 100 1201동 2304호',
    memo: '경비실에 맡겨 주세요',
  },
  {
    ...{ recipient: '정하늘', phone: '01000003333', struck: true, struckRevision: 2 },
    address: '부산 해운대구 해운대로 1',
  },
  {
    ...{ recipient: '최바다', phone: '01000004444', postcode: '63000' },
    address: '제주 서귀포시 성산읍 일출로 284-12',
    items: [
      { ...PEACH, boxes: 1 },
      { ...YELLOW, boxes: 1 },
    ],
    memo: '부재시 문 앞에 두고 문자 주세요',
  },
  {
    ...{ recipient: '한가람식당', phone: '0200005555', addedRevision: 2, boxes: 5, packages: 3 },
    items: [{ ...PEACH, boxes: 5 }],
    address: '대전 유성구 대학로 99 1층',
  },
];

const rows = ROWS.map((row, at) => ({ ...ROW, row: at + 1, order: `P7-04${at + 1}`, ...row }));
const { html } = listPage(listPrint(paperOf(rows, { revision: 2 })));
const browser = await chromium.launch({
  executablePath: await Chromium.executablePath(),
  args: ['--no-sandbox', '--no-zygote', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: SHEET });
await page.emulateMedia({ media: 'print' });
await page.setContent(html);
await page.addStyleTag({ content: 'body { padding: 12mm 10mm 0 14mm; }' });
await page.screenshot({ path: FILE });
await browser.close();
