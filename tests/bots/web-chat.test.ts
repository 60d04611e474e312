import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { clean, isVisible } from '../../bots/plain-text.ts';
import type { WebChatOptions } from '../../bots/web-chat-room.ts';
import type { Reply } from '../../src/chat/bot.ts';
import { type BotAtWork, type BotSetting, testBot } from '../contracts/bot.ts';
import {
  type Browser,
  choicesOf,
  NOON,
  openWebChat,
  type WebChat,
  wordsOf,
} from '../support/web-chat.ts';

const MINUTE_MS = 60_000;
const ORDER = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';

const openPage = async ({ answer, now }: BotSetting): Promise<BotAtWork> => {
  const chat = await openWebChat({ answer, now });
  const browser = chat.browser();
  const sender = browser.sitDown();
  await chat.store.meet(sender, now());
  let sent: (id: string) => Promise<{ readonly html: string }> = () => browser.open();
  let id = '';
  const deliver = async (how: typeof sent) => {
    sent = how;
    id = browser.newId();
    return wordsOf((await how(id)).html);
  };
  return {
    bot: chat.bot,
    sender,
    say: (text: string) => deliver((id) => browser.say(text, { id })),
    press: (label: string) => deliver((id) => browser.press(label, { id })),
    // The answer of a page that shows it already is empty: what stands there is looked at anew.
    async again() {
      await sent(id);
      return wordsOf((await browser.open()).html);
    },
    async screenOf(notice: Reply, key: string) {
      await chat.bot.send(sender, notice, key);
      return wordsOf((await browser.open()).html);
    },
    end: chat.close,
  };
};
testBot('The web chat', openPage, {
  block: 'a page is open or closed, and nobody is told',
  pressSlowly: 'the page says by itself that it waits',
  dieAnswering: 'a browser asks again only when its person does',
  sayInPublic: 'a page has one reader',
  sayAsBot: 'a page does not say who reads it',
});

let chat: WebChat;
let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

async function open(over: Partial<WebChatOptions> = {}): Promise<Browser> {
  chat = await openWebChat(over);
  close = chat.close;
  return chat.browser();
}

function said(...texts: readonly string[]): Reply {
  return { texts, choices: [] };
}

const echo: Partial<WebChatOptions> = { answer: async ({ text }) => said(`${text}?`) };

describe('a first visit', () => {
  test('greets, gives a cookie that no script reads, and makes nobody known', async () => {
    const browser = await open();
    const page = await browser.open();
    expect(page.status).toBe(200);
    expect(page.bubbles[0]?.text).toContain('안녕하세요, 햇살농원 주문 도우미예요');
    expect(page.headers.getSetCookie().join()).toMatch(
      /^chat=[\w-]{43}; Path=\/chat; Max-Age=\d+; HttpOnly; SameSite=Lax$/,
    );
    expect(chat.heard).toEqual([]);
    const me = browser.sitDown();
    await browser.open();
    expect((await chat.store.findTurn(me, null)).isNew).toBe(true);
  });

  test('over https gives a cookie that goes over https only', async () => {
    const browser = await open({ isSecure: true });
    const [cookie] = (await browser.open()).headers.getSetCookie();
    expect(cookie).toMatch(/; Secure$/);
  });

  test('at a store that does not exist says so', async () => {
    const browser = await open();
    expect(await browser.open('/chat?store=peach')).toMatchObject({ status: 200 });
    const page = await browser.open('/chat?store=nowhere');
    expect(page.status).toBe(404);
    expect(page.html).toContain('이런 상점이 없어요');
    const post = await browser.say('안녕', { path: '/chat?store=nowhere' });
    expect(post.status).toBe(404);
    expect(chat.heard).toEqual([]);
  });

  test.each(['/chat?seat=../x', '/chat?seat=ABC', '/chat?store=%00', '/chat/nothing'])(
    'at %s says that there is nothing',
    async (path) => {
      const page = await (await open()).open(path);
      expect(page.status).toBe(404);
      expect(page.html).toContain('이런 화면이 없어요');
    },
  );

  test('a crawler is told to keep out and nothing is kept by anybody', async () => {
    const { headers } = await (await open()).open();
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('cache-control')).toBe('no-store');
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });
});

test('where there are several stores the first visit asks which, and the answer is kept', async () => {
  const browser = await open();
  const peach = await chat.store.findShop('peach');
  if (peach === null) throw new Error('the demo store is missing');
  await chat.store.putShop({ ...peach, id: 'pear', name: '달빛농원' });
  const page = await browser.open();
  expect(page.html).toContain('<title>산지</title>');
  expect(choicesOf(page.html).map(({ label }) => label)).toEqual(['햇살농원', '달빛농원']);
  expect((await browser.press('달빛농원')).bubbles.at(-1)?.text).toContain('달빛농원');
  expect((await browser.open()).html).toContain('<title>달빛농원</title>');
});

describe('what is said', () => {
  test('stands on the page after a reload and in a second tab, with its answer', async () => {
    const browser = await open(echo);
    await chat.store.meet(browser.sitDown(), NOON);
    await browser.open();
    await browser.say('안녕');
    await browser.say('또 왔어요');
    const page = await browser.open();
    expect(page.bubbles).toEqual([
      { who: 'shop', text: expect.stringContaining('주문 도우미예요') },
      { who: 'me', text: '안녕' },
      { who: 'shop', text: '안녕?' },
      { who: 'me', text: '또 왔어요' },
      { who: 'shop', text: '또 왔어요?' },
    ]);
    expect(chat.heard).toHaveLength(2);
  });

  test('goes on where the page is: the answer brings all that it does not show yet', async () => {
    const browser = await open(echo);
    const me = browser.sitDown();
    await chat.store.meet(me, NOON);
    const first = await browser.say('하나');
    await chat.bot.send(me, said('소식'), 'n1');
    const body = { text: '둘', id: browser.newId(), after: `${first.ids.at(-1)}` };
    const second = await browser.post(body, { headers: { 'hx-request': 'true' } });
    expect(second.bubbles.map(({ text }) => text)).toEqual(['소식', '둘', '둘?']);
  });

  test('sent twice under one id is one message with one answer, also at the same moment', async () => {
    const browser = await open();
    await browser.open();
    await browser.say(ORDER);
    const id = browser.newId();
    const choice = JSON.stringify({ say: '주문조회' });
    const send = () => browser.post({ choice, id }, { headers: { 'hx-request': 'true' } });
    const answers = await Promise.all([send(), send()]);
    answers.push(await send());
    const page = await browser.open();
    expect(page.bubbles.filter(({ text }) => text === '주문조회')).toHaveLength(1);
    const ids = new Set(page.ids);
    expect(ids.size).toBe(4);
    for (const answer of answers) expect(answer.ids.every((one) => ids.has(one))).toBe(true);
  });

  test('a doubled confirmation is one order', async () => {
    const browser = await open();
    await browser.open();
    const card = await browser.say(ORDER);
    await Promise.all([browser.press('주문 확정'), browser.press('주문 확정', { on: card.html })]);
    expect(await chat.store.findOrders({ storeId: 'peach', limit: 10 })).toHaveLength(1);
  });

  test('without a script is sent by the form alone, and a reload does not send it again', async () => {
    const browser = await open();
    await browser.open();
    const post = await browser.post({ text: ORDER, id: browser.newId() });
    expect(post.status).toBe(303);
    expect(post.headers.get('location')).toBe('/chat#end');
    const page = await browser.open();
    expect(page.bubbles[1]).toEqual({ who: 'me', text: ORDER });
    expect(page.html).toContain('주문 확정');
    await browser.open();
    expect(chat.heard).toHaveLength(1);
  });

  test('blank is not said', async () => {
    const browser = await open();
    expect((await browser.say('  \n ')).status).toBe(200);
    expect(chat.heard).toEqual([]);
  });

  test('has its time beside it, and the day when it was another', async () => {
    let at = NOON;
    const browser = await open({ ...echo, now: () => at });
    await chat.store.meet(browser.sitDown(), NOON);
    expect((await browser.say('안녕')).html).toContain('>12:00</time>');
    at = new Date('2026-07-20T15:00:00Z');
    const { html } = await browser.say('늦은 밤');
    expect(html).toContain('>7/20 12:00</time>');
    expect(html).toContain('>00:00</time>');
  });

  test('keeps its lines', async () => {
    const browser = await open(echo);
    await browser.say('첫째\r\n둘째\n셋째');
    expect(chat.heard[0]?.text).toBe('첫째\n둘째\n셋째');
  });

  test('at a page of one store is said to that store', async () => {
    const browser = await open(echo);
    await browser.say('안녕', { path: '/chat?store=peach' });
    await browser.say('안녕');
    expect(chat.heard.map(({ storeId }) => storeId)).toEqual(['peach', null]);
  });

  test('is gone from the page when its person asks to be forgotten', async () => {
    const browser = await open();
    await browser.open();
    await browser.say(ORDER);
    await browser.say('내 정보 삭제');
    const answer = await browser.press('네, 지워 주세요');
    expect(answer.status).toBe(200);
    expect(answer.bubbles.at(-1)?.text).toContain('모두 지웠어요');
    const page = await browser.open();
    expect(page.html).not.toContain('박철수');
    expect(page.bubbles[0]?.text).toContain('주문 도우미예요');
    expect((await browser.say('가격')).bubbles.at(-1)?.text).toContain('35,000원');
  });

  test('by a stranger whose words broke makes nobody known and is answered', async () => {
    const browser = await open({
      answer: async () => {
        throw new Error('the words of a person');
      },
    });
    const me = browser.sitDown();
    const answer = await browser.say('비밀');
    expect(answer.bubbles.map(({ who }) => who)).toEqual(['me', 'shop']);
    expect(answer.ids).toEqual([]);
    expect((await chat.store.findTurn(me, null)).isNew).toBe(true);
    expect(JSON.stringify(chat.logged)).not.toMatch(/비밀|words of a person/);
    expect(chat.logged.map(({ event }) => event)).toEqual(['web.broken']);
  });
});

describe('whatever is said or answered', () => {
  const BAD = `<script>alert("1")</script><img src=x onerror='x'>&lt;`;

  test('is shown as words, never run', async () => {
    const browser = await open({
      answer: async ({ text }) => ({
        texts: [text],
        choices: [
          { label: BAD, say: BAD, press: { key: BAD, act: BAD, ref: BAD } },
          { label: BAD, url: `https://x.example/"><script>` },
          { label: 'js', url: 'javascript:alert(1)' },
        ],
      }),
    });
    await chat.store.meet(browser.sitDown(), NOON);
    const answer = await browser.say(BAD);
    const page = await browser.open();
    for (const { html, bubbles } of [answer, page]) {
      expect(bubbles.slice(-2).map(({ text }) => text)).toEqual([BAD, BAD]);
      const scripts = html.match(/<script[^>]*>/g) ?? [];
      expect(scripts.every((tag) => / src="\/chat\/assets\//.test(tag))).toBe(true);
      expect(html).not.toMatch(/<img|onerror='|javascript:/);
    }
    await browser.press(BAD);
    expect(chat.heard.at(-1)).toMatchObject({ text: BAD, press: { key: BAD, act: BAD, ref: BAD } });
  });

  test('comes back as it was, whatever its characters', async () => {
    const browser = await open({ ...echo, now: spread() });
    await chat.store.meet(browser.sitDown(), NOON);
    const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(words, async (text) => {
        const before = chat.heard.length;
        const { bubbles } = await browser.say(text);
        const said = clean(text).trim();
        if (said === '') expect(chat.heard).toHaveLength(before);
        else expect(chat.heard.at(-1)?.text).toBe(said);
        if (isVisible(said)) expect(bubbles.at(-2)).toEqual({ who: 'me', text: said });
      }),
      { numRuns: 100 },
    );
  });
});

/** A clock on which nobody speaks too fast. */
function spread(): () => Date {
  let at = NOON.getTime();
  return () => {
    at += MINUTE_MS;
    return new Date(at);
  };
}

describe('who may speak for a person', () => {
  const refused: readonly (readonly [string, Record<string, string>])[] = [
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['another server of the same machine', { 'sec-fetch-site': 'same-site' }],
    ['another site in an old browser', { origin: 'https://evil.example' }],
    ['a frame without an origin', { origin: 'null' }],
  ];
  test.each(refused)('%s may not', async (_who, headers) => {
    const browser = await open(echo);
    const text = await browser.post(
      { text: '취소' },
      { headers: { ...headers, 'hx-request': 'true' } },
    );
    expect(text.status).toBe(403);
    expect(text.html).toBe('채팅 화면에서 보내 주세요.');
    const page = await browser.post({ text: '취소' }, { headers });
    expect(page.status).toBe(403);
    expect(page.html).toContain('<!doctype html>');
    expect(chat.heard).toEqual([]);
  });

  test('our own page may, by whichever name it was opened', async () => {
    const browser = await open(echo);
    const own: readonly Record<string, string>[] = [
      { 'sec-fetch-site': 'same-origin', origin: 'http://192.168.0.7' },
      { origin: 'https://farm.example' },
      { origin: chat.url },
      {},
    ];
    for (const headers of own)
      expect((await browser.post({ text: '네' }, { headers })).status).toBe(303);
    expect(chat.heard).toHaveLength(4);
  });

  test('one browser sits at several seats as several people', async () => {
    const browser = await open(echo);
    await browser.open('/chat');
    await browser.open('/chat?seat=a1');
    await browser.say('하나');
    await browser.say('둘', { path: '/chat?seat=a1' });
    await browser.say('셋');
    const [first, second, third] = chat.heard.map(({ sender }) => sender.user);
    expect(first).toBe(third);
    expect(first).not.toBe(second);
    expect(browser.cookies.get('chat')).not.toBe(first);
    const redirect = await browser.post({ text: '넷' }, { path: '/chat?seat=a1&store=peach' });
    expect(redirect.headers.get('location')).toBe('/chat?seat=a1&store=peach#end');
  });
});

describe('what no page of ours sends', () => {
  test.each<[string, Record<string, string>]>([
    ['a choice that is no JSON', { choice: '{' }],
    ['a choice without words', { choice: '{}' }],
    ['a press of another shape', { choice: '{"say":"네","press":{"act":1}}' }],
    [
      'a press with control characters',
      { choice: '{"say":"네","press":{"key":null,"act":"a\\u0000","ref":""}}' },
    ],
  ])('%s is not read', async (_what, fields) => {
    const browser = await open(echo);
    const answer = await browser.post(fields, { headers: { 'hx-request': 'true' } });
    expect(answer.status).toBe(400);
    expect(answer.html).toBe('메시지를 읽지 못했어요. 글로 다시 보내 주세요.');
    expect(chat.heard).toEqual([]);
  });

  test('another type of body is not read, and one far too large is refused kindly', async () => {
    const browser = await open(echo);
    const json = await browser.fetch('/chat', {
      method: 'POST',
      body: '{"text":"네"}',
      headers: { 'content-type': 'application/json' },
    });
    expect(json.status).toBe(400);
    const large = await browser.say('가'.repeat(100_000));
    expect(large.status).toBe(413);
    expect(large.html).toContain('너무 커요');
    expect(chat.heard).toEqual([]);
  });

  test('an id of another shape is replaced by our own', async () => {
    const browser = await open(echo);
    await browser.say('하나', { id: 'x' });
    await browser.say('둘', { id: '' });
    const [first, second] = chat.heard.map(({ updateId }) => updateId);
    expect(first).not.toBe(second);
    expect(first).toMatch(/^[\w-]{22}$/);
  });

  test('nothing at all breaks it: it is answered, or refused as bad', async () => {
    const browser = await open({ now: spread() });
    const path = fc.oneof(
      fc.constantFrom('/chat', '/chat?store=peach', '/chat?seat=a&seat=b', '/chat?after=-1'),
      fc.webQueryParameters().map((query) => `/chat?${query}`),
      fc.webPath().map((rest) => `/chat${rest}`),
    );
    const field = fc.constantFrom(
      'text',
      'choice',
      'id',
      'after',
      'seat',
      'constructor',
      '__proto__',
    );
    const words = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.record({ say: fc.string(), press: fc.anything() }).map((choice) => JSON.stringify(choice)),
    );
    const fields = fc.array(fc.tuple(field, words), { maxLength: 5 });
    const headers = fc.record(
      { 'hx-request': fc.constant('true'), 'last-event-id': fc.constantFrom('x', '-1', '1e99') },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        path,
        fields,
        headers,
        fc.boolean(),
        async (path, fields, headers, isPost) => {
          const init = isPost
            ? { method: 'POST', body: new URLSearchParams(fields), headers }
            : { headers };
          const { status, body } = await browser.fetch(path, init);
          await body?.cancel();
          expect([200, 204, 303, 400, 403, 404], path).toContain(status);
        },
      ),
      { numRuns: 300 },
    );
    expect(chat.logged.filter(({ event }) => event === 'web.broken')).toEqual([]);
  });

  test('more than a person types in a minute waits for the next', async () => {
    let at = NOON;
    const browser = await open({ ...echo, now: () => at });
    for (let times = 0; times < 60; times++) expect((await browser.say('네')).status).toBe(200);
    const refused = await browser.say('네');
    expect(refused.status).toBe(429);
    expect(refused.html).toBe('조금 빨라요. 1분 뒤에 다시 보내 주세요.');
    at = new Date(NOON.getTime() + MINUTE_MS);
    expect((await browser.say('네')).status).toBe(200);
    expect(chat.heard).toHaveLength(61);
  });
});

describe('an open page', () => {
  test('hears what comes to its person, said at another tab or told by the shop', async () => {
    const browser = await open(echo);
    const me = browser.sitDown();
    await chat.store.meet(me, NOON);
    const stream = await browser.listen();
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    expect(stream.headers.get('x-accel-buffering')).toBe('no');
    const answer = await browser.say('안녕\n하세요');
    expect(await stream.next()).toMatchObject({
      id: answer.ids[0],
      text: expect.stringContaining('안녕\n하세요'),
    });
    expect(await stream.next()).toMatchObject({ id: answer.ids[1] });
    expect(await chat.bot.send(me, said('입금완료!'), 'n1')).toEqual({ kind: 'sent' });
    expect((await stream.next())?.text).toContain('입금완료!');
    stream.close();
  });

  test('hears each thing once and in order, however much comes at once', async () => {
    const browser = await open(echo);
    const me = browser.sitDown();
    await chat.store.meet(me, NOON);
    const stream = await browser.listen();
    const many = Array.from({ length: 30 }, (_, at) => at);
    await Promise.all([
      ...many.map((at) => chat.bot.send(me, said(`소식 ${at}`), `n${at}`)),
      ...many.map((at) => browser.say(`말 ${at}`)),
    ]);
    const page = await browser.open();
    const heard = [];
    while (heard.length < page.ids.length) heard.push((await stream.next())?.id);
    expect(heard).toEqual(page.ids);
    expect(page.ids).toHaveLength(90);
    stream.close();
  });

  test('hears nothing of other people', async () => {
    const browser = await open(echo);
    const me = browser.sitDown();
    const other = chat.browser();
    await chat.store.meet(me, NOON);
    await chat.store.meet(other.sitDown(), NOON);
    const stream = await browser.listen();
    await other.say('남의 말');
    await chat.bot.send(me, said('내 소식'), 'n1');
    expect((await stream.next())?.text).toContain('내 소식');
    stream.close();
  });

  test('that was away is told what it missed, from where it was', async () => {
    const browser = await open(echo);
    const me = browser.sitDown();
    await chat.store.meet(me, NOON);
    const { ids } = await browser.say('하나');
    await chat.bot.send(me, said('둘'), 'n1');
    await chat.bot.send(me, said('셋'), 'n2');
    for (const [path, header] of [
      ['/chat/events', `${ids[1]}`],
      [`/chat/events?after=${ids[1]}`, ''],
      [`/chat/events?after=${ids[0]}`, `${ids[1]}`],
      [`/chat/events?after=${ids[1]}`, 'nonsense'],
    ] as const) {
      const stream = await browser.listen(path, header === '' ? {} : { 'last-event-id': header });
      expect((await stream.next())?.text).toContain('둘');
      expect((await stream.next())?.text).toContain('셋');
      stream.close();
    }
  });

  test('is told a notice once, however often it is sent', async () => {
    const browser = await open(echo);
    const me = browser.sitDown();
    await chat.store.meet(me, NOON);
    const sent = [said('첫 번'), said('두 번')].map((reply) => chat.bot.send(me, reply, 'n1'));
    expect(await Promise.all(sent)).toEqual([{ kind: 'sent' }, { kind: 'sent' }]);
    expect((await browser.open()).bubbles).toEqual([{ who: 'shop', text: '첫 번' }]);
    expect(chat.bot.dropsCopies).toBe(true);
  });

  test('that is closed finds the notice when it is opened', async () => {
    const browser = await open(echo);
    const me = browser.sitDown();
    expect(await chat.bot.send(me, said('소식'), 'n1')).toMatchObject({ kind: 'refused' });
    await chat.store.meet(me, NOON);
    expect(await chat.bot.send(me, said('소식'), 'n2')).toEqual({ kind: 'sent' });
    expect((await browser.open()).bubbles).toEqual([{ who: 'shop', text: '소식' }]);
  });

  test('is one of four at most, and makes room when it is closed', async () => {
    const browser = await open(echo);
    const me = browser.sitDown();
    await chat.store.meet(me, NOON);
    const streams = [];
    for (let count = 0; count < 4; count++) streams.push(await browser.listen());
    const fifth = await browser.listen();
    expect(fifth.status).toBe(503);
    expect(fifth.headers.get('retry-after')).toBe('5');
    streams[0]?.close();
    let again = await browser.listen();
    while (again.status === 503) again = await browser.listen();
    await chat.bot.send(me, said('소식'), 'n1');
    expect((await again.next())?.text).toContain('소식');
    for (const stream of [...streams, again]) stream.close();
  });

  test('without a cookie hears nothing and does not come back', async () => {
    const browser = await open(echo);
    expect((await browser.listen()).status).toBe(204);
  });

  test('is let go when the server stops, and none is opened any more', async () => {
    const browser = await open(echo);
    browser.sitDown();
    const stream = await browser.listen();
    const end = stream.next();
    await chat.bot.stop();
    expect(await end).toBeNull();
    expect((await browser.listen()).status).toBe(503);
  });
});

describe('a one-time link', () => {
  test('opens a page as staff, once', async () => {
    const browser = await open();
    const link = await chat.link(['farmer']);
    const entered = await browser.open(link);
    expect(entered.status).toBe(303);
    const path = entered.headers.get('location') ?? '';
    expect(path).toMatch(/^\/chat\?seat=[a-z0-9]+$/);
    const page = await browser.open(path);
    expect(page.html).toContain('<title>햇살농원 · 농부</title>');
    expect(page.bubbles[0]?.text).toContain('농부로 등록됐어요');
    expect(wordsOf((await browser.say('40', { path })).html)).toContain('40상자로 정했어요');
    const again = await chat.browser().open(link);
    expect(again.status).toBe(410);
    expect(again.html).toContain('이미 쓴 링크예요');
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  test('of another person leaves this one who he is', async () => {
    const browser = await open();
    await browser.open();
    const mine = browser.cookies.get('chat');
    await browser.open(await chat.link(['farmer']));
    await browser.open(await chat.link(['seller']));
    expect(browser.cookies.get('chat')).toBe(mine);
    expect(browser.cookies.size).toBe(3);
  });

  test('is refused when it is forged or its time is over; that is counted and no token is logged', async () => {
    const browser = await open();
    const old = await chat.link(['seller'], new Date(NOON.getTime() - 15 * MINUTE_MS));
    expect(await browser.open(old)).toMatchObject({ status: 410 });
    const forged = await browser.open('/chat/in/THE-GUESSED-TOKEN');
    expect(forged.status).toBe(403);
    expect(forged.html).toContain('맞지 않는 링크예요');
    expect(browser.cookies.size).toBe(0);
    expect(chat.logged).toEqual([
      { event: 'link.refused', fields: { kind: 'chat', why: 'expired' } },
      { event: 'link.refused', fields: { kind: 'chat', why: 'forged' } },
    ]);
    const hour = new Date(NOON.getTime() - 60 * MINUTE_MS);
    expect(await chat.store.countRefusedLinks(hour)).toBe(2);
  });

  test('is not used up by a browser that only looks ahead', async () => {
    const browser = await open();
    const link = await chat.link(['farmer']);
    expect((await browser.fetch(link, { method: 'HEAD' })).status).toBe(204);
    expect((await browser.fetch(link, { headers: { 'sec-purpose': 'prefetch' } })).status).toBe(
      204,
    );
    expect((await browser.fetch(link, { method: 'POST' })).status).toBe(404);
    expect((await browser.open(link)).status).toBe(303);
  });
});

describe('the files of a page', () => {
  test('come from here, packed, and may be kept for good under a path of their own', async () => {
    const browser = await open();
    const { html } = await browser.open();
    const paths = [...html.matchAll(/(?:src|href)="(\/chat\/assets\/[^"]+)"/g)].map(
      ([, path]) => path,
    );
    expect(paths).toHaveLength(4);
    expect(html).not.toMatch(/(?:src|href)="(?!\/chat|\/assets)/);
    expect(html).not.toMatch(/ style=| on\w+=/);
    for (const path of paths) {
      const file = await browser.fetch(path ?? '');
      expect(file.status).toBe(200);
      expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(file.headers.get('content-encoding')).toBe('gzip');
      expect(file.headers.get('set-cookie')).toBeNull();
      const plain = await browser.fetch(path ?? '', { headers: { 'accept-encoding': 'identity' } });
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect(await plain.text()).toBe(await file.text());
    }
  });

  test('of another version or name are not there', async () => {
    const browser = await open();
    expect((await browser.fetch('/chat/assets/old/chat.js')).status).toBe(404);
    const { html } = await browser.open();
    const version = /\/chat\/assets\/([^/]+)\//.exec(html)?.[1];
    expect((await browser.fetch(`/chat/assets/${version}/..%2Fkakao.ts`)).status).toBe(404);
  });
});
