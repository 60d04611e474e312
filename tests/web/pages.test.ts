import { beforeEach, describe, expect, test } from 'vitest';
import { PRIVACY_VERSION, TERMS_VERSION } from '../../src/orders/shop.ts';
import { openPage } from '../support/browser.ts';
import { openWeb, type Web } from './client.ts';

const BUSINESS = {
  name: '햇살농원',
  owner: '김토니',
  regNo: '123-45-67890',
  mailOrderNo: '제2026-경북예시-0001호',
  address: '경북 예시군 햇살길 1',
  phone: '0541234567',
  email: 'farm@example.com',
  taxExempt: true,
};

let web: Web;
beforeEach(async () => {
  web = await openWeb();
  await web.openStore('peach', { name: '햇살농원', business: BUSINESS });
});

const see = (path: string) => web.send('GET', path, { key: null });

describe('the page of a store', () => {
  test('says who sells, what, from where, for how much, and what becomes of money', async () => {
    await web.send('PATCH', '/products/peach-4kg', { body: { origin: '경북 예시군' } });
    const { status, text, headers } = await see('/store/peach');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    for (const said of [
      '김토니',
      '123-45-67890',
      '제2026-경북예시-0001호',
      '경북 예시군 햇살길 1',
      '054-123-4567',
      'farm@example.com',
      '복숭아 4kg',
      '1상자 35,000원 · 원산지 경북 예시군',
      '받는 곳마다 2상자에 5,000원이에요. 3상자면 10,000원이에요.',
      '쉬는 날: 토요일, 일요일, 공휴일 전날',
      '단순 변심으로 반품하거나 교환할 수 없어요',
      '받으신 뒤 24시간 안에',
      '영업일 3일 안에 돌려 드려요',
      `판매 조건 ${TERMS_VERSION}`,
      '개인정보 안내',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('undefined');
  });

  test('follows the store’s own rules', async () => {
    const policy = {
      feeKrw: 4000,
      boxesPerFee: 3,
      jejuFeeKrw: 3000,
      islandFeeKrw: 6000,
      freeFromKrw: 100_000,
      noDelivery: ['울릉군'],
      claimHours: 48,
      closedWeekdays: [],
      closedBeforeHolidays: false,
      cutoffAt: '05:00',
    };
    await web.send('PATCH', '/stores/peach', { body: { policy, state: 'paused' } });
    await web.send('PATCH', '/products/peach-4kg', { body: { state: 'sold_out' } });
    const { text } = await see('/store/peach');
    for (const said of [
      '지금은 주문을 잠시 쉬고 있어요',
      '3상자에 4,000원이에요. 4상자면 8,000원이에요.',
      '제주는 3상자마다 3,000원이 더 들어요',
      '섬 지역은 3상자마다 6,000원이 더 들어요',
      '상품 금액이 100,000원부터면 배송비가 없어요',
      '보내 드리지 못하는 곳: 울릉군',
      '받으신 뒤 48시간 안에',
      '05:00 전에 입금하시면',
      '품절',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('쉬는 날');
  });

  test('leaves out numbers that an exempt seller does not have', async () => {
    const { regNo: _, mailOrderNo: __, ...business } = BUSINESS;
    await web.send('PATCH', '/stores/peach', { body: { business } });
    const { text } = await see('/store/peach');
    expect(text).not.toMatch(/사업자등록번호|통신판매업/);
    await web.send('PATCH', '/stores/peach', { body: { business: null } });
    expect((await see('/store/peach')).text).toContain('판매자 정보를 준비하고 있어요');
  });

  test('shows what a seller wrote as words, never as HTML', async () => {
    const name = '<img src=x onerror=alert(1)>&"';
    const business = { ...BUSINESS, owner: name, email: 'a@b.kr' };
    await web.send('PATCH', '/stores/peach', { body: { name, business } });
    await web.send('PATCH', '/products/peach-4kg', { body: { name, origin: '"><script>' } });
    for (const path of ['/store/peach', '/privacy/peach']) {
      const { text } = await see(path);
      expect(text).not.toMatch(/<img|<script|onerror=/);
      expect(text).toContain('&#60;img src&#61;x');
    }
  });
});

describe('the page on personal data', () => {
  test('says what is kept, why, how long, by whom, and what one may ask for', async () => {
    await web.send('PATCH', '/stores/peach', { body: { policy: { erasePersonalDays: 30 } } });
    const { status, text } = await see('/privacy/peach');
    expect(status).toBe(200);
    for (const said of [
      '받는 분: 이름, 연락처, 주소, 배송 메모',
      '배송이 끝나고 30일이 지나면',
      '계약과 결제 기록은 5년, 불만과 분쟁을 처리한 기록은 3년',
      '택배사에는 받는 분의 이름, 연락처, 주소만',
      '‘내 정보 삭제’',
      '김토니',
      PRIVACY_VERSION,
    ])
      expect(text).toContain(said);
  });
});

test.each(['/store/nowhere', '/privacy/nowhere', '/store/%EA%B0%80', '/store/archived'])(
  '%s is a kind page with the status of nothing found',
  async (path) => {
    await web.openStore('archived', { state: 'archived' });
    const { status, text, headers } = await see(path);
    expect(status).toBe(404);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain('상점을 찾을 수 없어요');
  },
);

test('pages are read only, from our own origin, and carry no script', async () => {
  for (const path of ['/store/peach', '/privacy/peach']) {
    const { text, headers } = await see(path);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(text).not.toMatch(/<script|<img|style=|https?:\/\//);
    const posted = await web.send('POST', path);
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(posted.text).toContain('이렇게는 열 수 없어요');
  }
  const { text } = await see('/store/peach');
  const style = await see(/href="(\/assets\/[^"]+\.css)"/.exec(text)?.[1] ?? '');
  expect(style.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(style.headers.get('content-type')).toContain('text/css');
  expect(style.text).not.toMatch(/url\(|@import/);
});

test('both fit a small phone, by day and by night, and lead to each other', {
  timeout: 60_000,
}, async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await openPage({ viewport: { width: 360, height: 740 }, colorScheme });
    await page.goto(`${web.base}/store/peach`);
    const width = () => page.evaluate('document.documentElement.scrollWidth');
    expect(await width()).toBe(360);
    const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(ground).toBe(colorScheme === 'light' ? 'rgb(250, 243, 234)' : 'rgb(25, 20, 17)');
    await page.click('footer a');
    expect(await page.locator('h1').innerText()).toBe('햇살농원 개인정보 안내');
    expect(await width()).toBe(360);
    await page.click('footer a');
    expect(await page.locator('h1').innerText()).toBe('햇살농원');
  }
});
