// What befalls the bot: failing calls, rivals, crowds, groups, forged calls, old buttons.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { FORGOTTEN, type Message, type Reply, type Sender } from '../../src/chat/bot.ts';
import {
  BOT,
  type Fault,
  openTelegram,
  type TelegramServer,
  TelegramUser,
} from '../support/telegram.ts';
import { type Mode, type Running, SECRET, startTelegram } from '../support/telegram-bot.ts';

let server: TelegramServer;
let running: Running;
let heard: Message[];
let ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
});

type Setting = Partial<Parameters<typeof startTelegram>[2]> & { readonly mode?: Mode };

async function open(
  reply: (message: Message) => Reply | Promise<Reply> = () => said('네'),
  { mode = 'polling', ...setting }: Setting = {},
): Promise<TelegramUser> {
  server = await openTelegram();
  heard = [];
  running = await startTelegram(server, mode, {
    async answer(message) {
      heard.push(message);
      return reply(message);
    },
    ...setting,
  });
  ends = [() => running.stop(), () => server.close()];
  return new TelegramUser(server, '7001');
}

function said(...texts: readonly string[]): Reply {
  return { texts, choices: [] };
}

const senderOf = (user: string): Sender => ({ platform: 'telegram', bot: BOT, user });
const shown = (user = '7001') => server.shownTo(user).shown.map(({ text }) => text);
const events = () => running.logged.map(({ event }) => event);
const TOO_MANY: Fault = { status: 429, description: 'Too Many Requests', retryAfter: 1 };
const SORRY: Fault = { status: 500, description: 'Internal Server Error' };
const BLOCKED: Fault = { status: 403, description: 'Forbidden: bot was blocked by the user' };

describe('an answer', () => {
  test.each([
    ['is asked to wait', TOO_MANY],
    ['meets a server that is sorry', SORRY],
    ['meets a line that is cut', 'drop'],
  ] as const)('that %s is there in the end, once', async (_, fault) => {
    const person = await open(() => said('주문했어요'));
    server.fail('sendMessage', fault);
    expect(await person.say('주문 확정')).toBe('주문했어요');
    expect(heard).toHaveLength(1);
  });

  test('of which nobody knows whether it came is said once more, to the letter, and no third time', async () => {
    const person = await open(() => said('주문했어요'));
    server.fail('sendMessage', 'lost');
    server.fail('sendMessage', 'lost');
    server.fail('sendMessage', 'lost');
    await person.say('주문 확정');
    expect(shown()).toEqual(['주문했어요', '주문했어요']);
    expect(events()).toContain('telegram.copied');
    expect(events()).toContain('telegram.unanswered');
  });

  test('to who has shut the bot out meanwhile is left, and he is known as out of reach', async () => {
    const person = await open();
    server.fail('sendMessage', BLOCKED);
    await person.say('안녕');
    expect(shown()).toEqual([]);
    expect(running.reached).toEqual([{ user: '7001', isReachable: false }]);
    expect(await person.say('안녕')).toBe('네');
  });

  test('whose buttons Telegram does not take is said without them', async () => {
    const choices = [{ label: '네', say: '네' }];
    const person = await open(() => ({ texts: ['맞나요?'], choices }));
    server.fail('sendMessage', { status: 400, description: 'Bad Request: BUTTON_DATA_INVALID' });
    expect(await person.say('안녕')).toBe('맞나요?');
  });

  test('that Telegram does not take at all is that something is wrong, and no word of it is logged', async () => {
    const person = await open(() => said('박철수 010-1234-5678'));
    server.fail('sendMessage', { status: 400, description: "Bad Request: cannot parse '박철수'" });
    expect(await person.say('안녕')).toContain('지금 답을 드리지 못했어요');
    expect(JSON.stringify(running.logged)).not.toContain('박철수');
  });

  test('to a press: the button stops spinning though Telegram is sorry at first', async () => {
    const press = { key: 'k', act: 'confirm', ref: 'd1' };
    const choices = [{ label: '확정', say: '확정', press }];
    const person = await open(() => ({ texts: ['맞나요?'], choices }));
    await person.say('안녕');
    server.fail('answerCallbackQuery', SORRY);
    const { id, query } = person.pressOnly('확정');
    await person.confirmed(id);
    await server.until(() => server.queries.get(query)?.answers === 1);
  });
});

describe('a press that has had its effect', () => {
  const link = { label: '주문 보기', url: 'https://farm.example/o/1' };
  const confirm = {
    label: '주문 확정',
    say: '주문 확정',
    press: { key: 'confirm:d1', act: 'confirm', ref: 'd1' },
  };

  const shop = ({ press }: Message): Reply =>
    press === undefined
      ? { texts: ['주문서예요'], choices: [confirm, link] }
      : { ...said('주문했어요'), endsPress: true };

  test('takes the buttons of its message away, but for the links', async () => {
    const person = await open(shop);
    await person.say('황도 2박스');
    await person.press('주문 확정');
    await server.until(() =>
      server.calls.some(({ method }) => method === 'editMessageReplyMarkup'),
    );
    await server.until(() => server.shownTo('7001').shown[0]?.buttons.length === 1);
    expect(server.shownTo('7001').shown[0]?.buttons).toEqual([{ text: link.label, url: link.url }]);
  });

  test('made three times at once reaches the shop each time and is answered once', async () => {
    const person = await open(shop);
    await person.say('황도 2박스');
    const ids = [1, 2, 3].map(() => person.pressOnly('주문 확정').id);
    for (const id of ids) await person.confirmed(id);
    expect(heard.filter(({ press }) => press?.key === 'confirm:d1')).toHaveLength(3);
    expect(new Set(heard.map(({ updateId }) => updateId)).size).toBe(4);
    expect(shown().filter((text) => text === '주문했어요')).toHaveLength(1);
  });

  test('on a message that Telegram has forgotten is answered all the same', async () => {
    const person = await open(shop);
    await person.say('황도 2박스');
    const [message] = server.shownTo('7001').shown;
    const { callback_data: data } = message?.buttons[0] ?? {};
    const chat = { id: 7001, type: 'private' };
    const { id } = person.sendPress({ message: { chat, message_id: 1, date: 0 }, data });
    await person.confirmed(id);
    expect(heard.at(-1)).toMatchObject({ text: '주문 확정', press: confirm.press });
    expect(shown().at(-1)).toBe('주문했어요');
  });
});

test('a button noted for one person means nothing in the hand of another', async () => {
  const long = { key: null, act: 'received', ref: 'ord_'.padEnd(100, 'x') };
  const choices = [{ label: '받았어요', say: '받았어요', press: long }];
  const person = await open(() => ({ texts: ['받으셨나요?'], choices }));
  await person.say('안녕');
  const data = server.shownTo('7001').shown[0]?.buttons[0]?.callback_data ?? '';
  const other = new TelegramUser(server, '7002');
  await other.say('안녕');
  const message = { message_id: 1, date: 0, chat: other.chat };
  await other.confirmed(other.sendPress({ message, data: `${data}x` }).id);
  expect(heard.at(-1)).toMatchObject({ sender: senderOf('7002') });
  expect(heard.at(-1)?.press).toEqual(FORGOTTEN);
});

describe('what people do besides', () => {
  test('a picture, a voice, a sticker, a place and a file reach the shop as such', async () => {
    const person = await open();
    for (const content of [
      { photo: [] },
      { voice: {} },
      { sticker: {} },
      { location: {} },
      { document: {} },
    ])
      await person.confirmed(person.sayOnly(content));
    expect(heard.map(({ attachment }) => attachment)).toEqual([
      ...['picture', 'voice', 'sticker', 'location', 'file'],
    ]);
  });

  test('who changes his words is asked to send them anew, and nothing is done', async () => {
    const person = await open();
    const edited = { message_id: 1, date: 0, from: person.from, chat: person.chat, text: '3박스' };
    await person.confirmed(server.deliver({ edited_message: edited }));
    expect(heard).toEqual([]);
    expect(shown()).toEqual(['고치신 글은 볼 수 없어요. 바꾸실 내용을 새 메시지로 보내 주세요.']);
  });

  test('a group is told once to write privately, and a press there is answered to its person alone', async () => {
    const person = await open();
    const chat = { id: -100, type: 'group' };
    server.shownTo('-100');
    for (const text of ['주문할게요', '박철수 010-1234-5678'])
      await person.confirmed(server.deliver({ message: { ...person.message({ text }), chat } }));
    expect(shown('-100')).toEqual(['주문은 저와의 1:1 대화로 보내 주세요.']);
    const { id, query } = person.sendPress({
      message: { message_id: 1, date: 0, chat },
      data: 'x',
    });
    await person.confirmed(id);
    expect(server.queries.get(query)?.answers).toBe(1);
    expect(heard).toEqual([]);
  });

  test.each([
    ['/start', '메뉴'],
    ['/start join-K7QX-2M9T', '등록 K7QX-2M9T'],
    ['/start link-AB12CD34', '연결 AB12CD34'],
    ['/start <script>', '메뉴'],
    ['/order', '주문하기'],
    ['/status@sanji_bot', '주문조회'],
    ['/order 황도 2박스', '황도 2박스'],
    ['/unknown', '/unknown'],
    ['/', '/'],
  ])('%s says %s', async (typed, text) => {
    const person = await open();
    await person.say(typed);
    expect(heard[0]?.text).toBe(text);
  });

  test('leaving and coming back is known', async () => {
    const person = await open();
    for (const isBlocked of [true, false]) await person.confirmed(person.block(isBlocked));
    expect(running.reached.map(({ isReachable }) => isReachable)).toEqual([false, true]);
  });

  test('a hundred messages of one person at once are answered in their order', async () => {
    const person = await open(({ text }) => said(`${text}번 답`));
    const numbers = Array.from({ length: 100 }, (_, no) => String(no + 1));
    const ids = numbers.map((text) => person.sayOnly({ text }));
    for (const id of ids) await person.confirmed(id);
    // So many that others need not wait for them to be read.
    await server.until(() => shown().join('\n').includes('100번 답'));
    expect(heard.map(({ text }) => text)).toEqual(numbers);
    expect(
      shown()
        .join('\n')
        .match(/\d+번 답/g),
    ).toEqual(numbers.map((no) => `${no}번 답`));
  });

  test('a person who is slow to be answered holds up nobody else', async () => {
    const slow = Promise.withResolvers<Reply>();
    const person = await open(({ sender }) => (sender.user === '7001' ? slow.promise : said('네')));
    const waits = person.sayOnly({ text: '안녕' });
    const other = new TelegramUser(server, '7002');
    const answered = other.sayOnly({ text: '안녕' });
    await server.until(() => shown('7002').length === 1);
    // Telegram forgets in order: what came later is confirmed with what came before.
    expect(server.isWaiting(answered)).toBe(true);
    slow.resolve(said('이제요'));
    await person.confirmed(waits);
    expect(shown()).toEqual(['이제요']);
  });
});

describe('a notice', () => {
  const notice = said('11/23(월)에 보내 드려요');
  const send = (reply = notice, to = senderOf('7001')) => running.bot.send(to, reply, 'notice-1');

  test.each([
    ['rate_limited', TOO_MANY, 1000],
    ['unavailable', SORRY, null],
    ['lost_answer', 'drop', null],
  ] as const)('fails as %s', async (failure, fault, retryAfterMs) => {
    await open();
    server.fail('sendMessage', fault);
    await expect(send()).rejects.toMatchObject({ failure, retryAfterMs, rest: null });
  });

  test.each([
    ['blocked', BLOCKED],
    ['bad_address', { status: 403, description: 'Forbidden: user is deactivated' }],
    ['bad_address', { status: 400, description: 'Bad Request: chat not found' }],
  ] as const)('is refused as %s', async (reason, fault) => {
    await open();
    server.fail('sendMessage', fault);
    expect(await send()).toEqual({ kind: 'refused', reason });
  });

  test('to a person of another bot is refused, and nothing is asked of Telegram', async () => {
    await open();
    const to = { ...senderOf('7001'), bot: '1' };
    expect(await send(notice, to)).toEqual({ kind: 'refused', reason: 'bad_address' });
    expect(server.calls.map(({ method }) => method)).not.toContain('sendMessage');
  });

  test('when Telegram is not there at all has surely not been read', async () => {
    await open();
    await running.die();
    await expect(send()).rejects.toMatchObject({ failure: 'unavailable' });
    ends = [() => running.bot.stop(), () => server.close()];
  });

  test('of several messages goes on behind what has gone', async () => {
    await open();
    const [first, second] = ['가'.repeat(4_000), '나'.repeat(4_000)];
    server.shownTo('7001');
    server.fail('sendMessage', TOO_MANY, { chat: '7001', skip: 1 });
    const rest = said(second);
    const choices = { choices: [], documents: [] };
    const cut = await send(said(first, second)).catch((error: unknown) => error);
    expect(cut).toMatchObject({ failure: 'rate_limited', rest: { ...rest, ...choices } });
    expect(await send(rest)).toEqual({ kind: 'sent' });
    expect(shown()).toEqual([first, second]);
  });

  test('carries its list as a file, with the words below it when they are short', async () => {
    const document = {
      kind: 'day_list',
      storeId: 'peach',
      date: '2026-07-21',
      revision: 1,
    } as const;
    const file = { name: '7/21 r1.xlsx', bytes: new Uint8Array([80, 75]) };
    await open(() => said('네'), { makeDocument: async () => file });
    server.shownTo('7001');
    await send({ ...said('7/21 목록 r1'), documents: [document] });
    await send({ ...said('가'.repeat(2_000)), documents: [document] });
    expect(server.shownTo('7001').shown.map(({ text, file }) => [text.length, file])).toEqual([
      [10, '7/21 r1.xlsx 2'],
      [2_000, null],
      [0, '7/21 r1.xlsx 2'],
    ]);
  });
});

describe('by polling', () => {
  test('what cannot be kept for now is asked for once in a second, not as fast as can be', async () => {
    let tries = 0;
    const person = await open(undefined, {
      async onReach() {
        tries += 1;
        if (tries < 4) throw new Error('the database is away');
      },
    });
    const begun = performance.now();
    await person.confirmed(person.block(true));
    expect(tries).toBe(4);
    expect(performance.now() - begun).toBeGreaterThan(1900);
  });

  test('another one who polls is waited for, and nothing is lost or doubled', async () => {
    const person = await open();
    await person.say('하나');
    const url = `${server.url}/bot700100:TEST-token/getUpdates`;
    const rival = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        timeout: 0,
        limit: 100,
        allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
      }),
    });
    expect(rival.ok).toBe(true);
    expect(await person.say('둘')).toBe('네');
    expect(events()).toContain('telegram.poll_failed');
    expect(heard.map(({ text }) => text)).toEqual(['하나', '둘']);
  });

  test('a webhook that somebody set is taken away', async () => {
    const person = await open();
    const set = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const body = JSON.stringify({ url: 'http://127.0.0.1:9/elsewhere' });
    await fetch(`${server.url}/bot700100:TEST-token/setWebhook`, { ...set, body });
    server.hangUp();
    expect(await person.say('안녕')).toBe('네');
    expect(server.webhook).toBeNull();
  });

  test('a link that opens the bot bears its name, once Telegram has told it', async () => {
    await open();
    await vi.waitFor(() =>
      expect(running.bot.linkTo('link-ABCD2345')).toBe(
        'https://t.me/haetsal_bot?start=link-ABCD2345',
      ),
    );
  });

  test('the menu is set once, and not again while it is the same', async () => {
    await open();
    await server.until(() => server.calls.some(({ method }) => method === 'setMyCommands'));
    const sets = () => server.calls.filter(({ method }) => method === 'setMyCommands').length;
    await running.bot.stop();
    await running.bot.start();
    await server.until(
      () => server.calls.filter(({ method }) => method === 'getMyCommands').length === 2,
    );
    const person = new TelegramUser(server, '7001');
    await person.say('안녕');
    expect(sets()).toBe(1);
  });
});

describe('by webhook', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(running.hookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const genuine = { 'x-telegram-bot-api-secret-token': SECRET };

  test.each<[string, Record<string, string>]>([
    ['no secret', {}],
    ['a wrong secret', { 'x-telegram-bot-api-secret-token': `${SECRET}x` }],
    ['an empty secret', { 'x-telegram-bot-api-secret-token': '' }],
  ])('with %s nobody is let in', async (_, headers) => {
    await open(undefined, { mode: 'webhook' });
    const update = {
      update_id: 1,
      message: { from: { id: 1 }, chat: { id: 1, type: 'private' }, text: '1' },
    };
    expect((await post(JSON.stringify(update), headers)).status).toBe(401);
    expect(heard).toEqual([]);
  });

  test.each(['', 'x', '[]', '{}', '{"update_id":"1"}'])('%j is no update', async (body) => {
    await open(undefined, { mode: 'webhook' });
    expect((await post(body, genuine)).status).toBe(400);
  });

  test('a bot that stops lets Telegram come again', async () => {
    await open(undefined, { mode: 'webhook' });
    await server.until(() => server.webhook !== null);
    await running.bot.stop();
    const answer = await post('{"update_id":1}', genuine);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
  });

  test('we are called with the secret, for what we asked for', async () => {
    await open(undefined, { mode: 'webhook' });
    await server.until(() => server.webhook !== null);
    expect(server.webhook).toMatchObject({
      ...{ url: running.hookUrl, secret_token: SECRET, max_connections: 100 },
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    });
  });
});
