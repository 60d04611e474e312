// What is done on the page of an order: once, from our own pages only, and answered clearly when it is too late.
import { describe, expect, test } from 'vitest';
import { openPages, type PageServer } from '../support/page-server.ts';

const OPEN_PAGES = 200;
const HTML = 'text/html; charset=utf-8';

type Form = Readonly<Record<string, string>>;

async function paidOrder(...boxes: readonly number[]): Promise<PageServer> {
  const farm = await openPages();
  await farm.place('ord_one', 0, ...(boxes.length === 0 ? [2] : boxes));
  await farm.pay('ord_one', 10);
  return farm;
}

async function see(farm: PageServer, path: string) {
  const answer = await fetch(farm.base + path);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** The fields of the form on a page, as a browser would send them. */
async function formOn(farm: PageServer, path: string): Promise<Form> {
  const { text } = await see(farm, path);
  const fields = text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g);
  return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, value]));
}

async function post(
  farm: PageServer,
  path: string,
  { form, headers = {} }: { readonly form: Form; readonly headers?: Form },
) {
  const body = new URLSearchParams(form);
  const answer = await fetch(farm.base + path, {
    method: 'POST',
    body,
    headers,
    redirect: 'manual',
  });
  const to = answer.headers.get('location');
  return {
    status: answer.status,
    to,
    type: answer.headers.get('content-type'),
    text: await answer.text(),
  };
}

const historyOf = async (farm: PageServer) =>
  (await farm.store.findHistory('peach', 'ord_one'))
    .map(({ event }) => event)
    .filter((event) => event !== 'scheduled');

/** What is owed to the buyer and the seller, by kind. */
const owed = async (farm: PageServer) =>
  (await farm.store.listOutbox({ limit: 100 })).map(({ kind, audience }) => `${kind} ${audience}`);

describe('a form of the page', () => {
  test('that is sent twice does its work once, and both times leads to the page', async () => {
    const farm = await paidOrder();
    const path = `${await farm.pathTo('ord_one')}/cancel`;
    const form = await formOn(farm, path);
    const ends = await Promise.all([post(farm, path, { form }), post(farm, path, { form })]);
    expect(ends.map(({ status }) => status)).toEqual([303, 303]);
    expect(ends[0]?.to).toBe(`${await farm.pathTo('ord_one')}?done=refund`);
    expect(await historyOf(farm)).toEqual(['placed', 'paid', 'cancelled', 'refund_opened']);
    const told = (await owed(farm)).filter((one) => one === 'cancelled buyer');
    expect(told).toHaveLength(1);
  });

  test('from another site, without its signature, or of another order changes nothing', async () => {
    const farm = await paidOrder();
    await farm.place('ord_two', 20, 1);
    const path = `${await farm.pathTo('ord_one')}/cancel`;
    const form = await formOn(farm, path);
    const other = await formOn(farm, `${await farm.pathTo('ord_two')}/cancel`);
    const { csrf: _, ...unsigned } = form;
    for (const [sent, headers] of [
      [form, { 'sec-fetch-site': 'cross-site' }],
      [form, { origin: 'https://elsewhere.example' }],
      [unsigned, {}],
      [{ ...form, csrf: other.csrf ?? '' }, {}],
    ] as const) {
      const answer = await post(farm, path, { form: sent, headers });
      expect([answer.status, answer.type]).toEqual([403, HTML]);
      expect(answer.text).toContain('아무것도 바꾸지 않았어요');
    }
    expect(await historyOf(farm)).toEqual(['placed', 'paid']);
  });

  test('from an old page asks again when what it showed is no longer so', async () => {
    const farm = await paidOrder(2, 1);
    const path = `${await farm.pathTo('ord_one')}/cancel`;
    const form = await formOn(farm, path);
    await farm.cancel('ord_one', [2]);
    const answer = await post(farm, path, { form });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('그 사이 주문이 바뀌었어요');
    expect((await farm.store.findOrder('peach', 'ord_one'))?.state).toBe('paid');
    const again = await formOn(farm, path);
    expect((await post(farm, path, { form: again })).status).toBe(303);
    expect((await farm.store.findOrder('peach', 'ord_one'))?.state).toBe('cancelled');
  });

  test('that comes after the boxes left says why it is too late', async () => {
    const farm = await paidOrder();
    const base = await farm.pathTo('ord_one');
    const cancel = await formOn(farm, `${base}/cancel`);
    const address = await formOn(farm, `${base}/address?parcel=1`);
    await farm.advance('ord_one', 'shipped', { waybills: ['599912345678'] });
    const tooLate = await post(farm, `${base}/cancel`, { form: cancel });
    expect(tooLate.status).toBe(409);
    expect(tooLate.text).toContain('이미 보낸 상자라 취소할 수 없어요');
    const form = { ...address, address: '부산 수영구 광안해변로 219 101동 502호' };
    const changed = await post(farm, `${base}/address`, { form });
    expect(changed.status).toBe(409);
    expect(changed.text).toContain('이미 수확한 상자라 바꿀 수 없어요');
    expect((await see(farm, `${base}/cancel`)).text).toContain('취소할 것이 없어요');
  });

  test('that no page of ours holds is refused in words, and nothing breaks', async () => {
    const farm = await paidOrder();
    const base = await farm.pathTo('ord_one');
    const form = await formOn(farm, `${base}/address?parcel=1`);
    for (const [path, sent, status] of [
      ['/cancel', { ...form, parcels: 'x', refund: '1' }, 400],
      ['/cancel', { ...form, parcels: '7', refund: '0' }, 400],
      ['/address', { ...form, parcel: '9', address: '서울 노원구 동일로 1' }, 404],
      ['/problem', { ...form, text: '가'.repeat(3_000) }, 400],
      ['/problem', { ...form, text: '  ' }, 422],
      ['/problem', { ...form, text: '가'.repeat(30_000) }, 413],
    ] as const) {
      const answer = await post(farm, base + path, { form: sent });
      expect([path, answer.status]).toEqual([path, status]);
    }
    expect(await historyOf(farm)).toEqual(['placed', 'paid']);
  });
});

test('the buyer hears in his chat what was done by his link', async () => {
  const farm = await paidOrder();
  const base = await farm.pathTo('ord_one');
  const form = await formOn(farm, `${base}/address?parcel=1`);
  const address = '부산 수영구 광안해변로 219 101동 502호';
  await post(farm, `${base}/address`, { form: { ...form, address } });
  expect(await owed(farm)).toContain('changed buyer');
  const problem = await formOn(farm, `${base}/problem`);
  await post(farm, `${base}/problem`, { form: { ...problem, text: '물렀어요' } });
  expect(await historyOf(farm)).toEqual(['placed', 'paid', 'changed', 'complained']);
});

test.each([
  ['/o/guessed', 404, '맞지 않는 링크예요'],
  ['/o/guessed/events', 404, '맞지 않는 링크예요'],
  ['/o/%ED%95%9C', 404, '맞지 않는 링크예요'],
])('%s is answered with %d in words', async (path, status, words) => {
  const farm = await openPages();
  const answer = await see(farm, path);
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(words);
});

test('a link that was taken back, or whose time is over, says so', async () => {
  const farm = await paidOrder();
  const path = await farm.pathTo('ord_one');
  await farm.store.endOrderLinks('peach', 'ord_one');
  const revoked = await see(farm, path);
  expect([revoked.status, revoked.headers.get('cache-control')]).toEqual([410, 'no-store']);
  expect(revoked.text).toContain('이제 쓰지 않는 링크예요');
  const fresh = await farm.pathTo('ord_one');
  await farm.cancel('ord_one');
  farm.clock.now = new Date(farm.clock.now.getTime() + 91 * 86_400_000);
  const over = await see(farm, fresh);
  expect([over.status, over.text.includes('시간이 지난 링크예요')]).toEqual([410, true]);
});

test(`${OPEN_PAGES} open pages each hear of their own order, eight of one link at most`, async () => {
  const farm = await openPages();
  const ids = Array.from({ length: OPEN_PAGES / 8 }, (_, at) => `ord_${at}`);
  for (const id of ids) await farm.place(id, 0, 1);
  const streams = await Promise.all(
    ids.flatMap((id) => Array.from({ length: 8 }, () => openStream(farm, id))),
  );
  expect(farm.openStreams()).toBe(OPEN_PAGES);
  const refused = await fetch(`${farm.base}${await farm.pathTo('ord_0')}/events`);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  await farm.pay('ord_3', 5);
  const heard = streams.filter(({ id }) => id === 'ord_3').map(({ next }) => next('입금'));
  await Promise.all(heard);
  const others = streams.filter(({ id }) => id !== 'ord_3');
  expect(others.every(({ text }) => !text().includes('event: head'))).toBe(true);
  for (const { close } of streams) close();
  await expect.poll(farm.openStreams).toBe(0);
});

/** A stream of a page that shows what stands now. */
async function openStream(farm: PageServer, id: string) {
  const path = await farm.pathTo(id);
  const { text: page } = await see(farm, path);
  const version = /data-version="([^"]+)"/.exec(page)?.[1] ?? '';
  const stop = new AbortController();
  const answer = await fetch(`${farm.base}${path}/events?v=${version}`, { signal: stop.signal });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  async function next(words: string): Promise<void> {
    while (!text.includes(words)) {
      const read = await reader?.read();
      if (read === undefined || read.done) throw new Error(`the stream ended before ${words}`);
      text += read.value;
    }
  }
  await next('event: beat');
  return { id, next, text: () => text, close: () => stop.abort() };
}
