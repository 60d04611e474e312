import { connect } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, test } from 'vitest';
import { createKakaoBot, type KakaoOptions } from '../../bots/kakao.ts';
import type { Answer, Message, Reply } from '../../src/chat/bot.ts';
import { type BotAtWork, type BotSetting, testBot } from '../contracts/bot.ts';
import { KAKAO_BOT, KakaoUser, kakaoPayload, problemsOf, shownOf } from '../support/kakao.ts';

const words = {
  late: '조금만 기다려 주세요.',
  broken: '잠시 문제가 있어요.',
  unreadable: '무슨 말씀인지 읽지 못했어요.',
  tooLarge: '너무 길어요.',
};
const SECRET = 'a long random secret';
const OPEN = { secret: null, botIds: new Map(), words } as const;

async function serve(options: KakaoOptions) {
  const bot = createKakaoBot(options);
  const app = express().disable('x-powered-by').use(bot.routes);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { bot, port: address.port, url: `http://127.0.0.1:${address.port}/kakao/skill`, close };
}

const ALONE = 'the room has one person and one bot';
const begin = async ({ answer, now }: BotSetting): Promise<BotAtWork> => {
  const { bot, url, close } = await serve({ ...OPEN, answer, now });
  const person = new KakaoUser(url, 'botuserkey-7');
  const screen = ({ texts, links, choices }: Awaited<ReturnType<KakaoUser['say']>>) =>
    [...texts, ...links.map(({ url }) => url), ...choices.map(({ label }) => label)].join('\n');
  return {
    bot,
    sender: { platform: 'kakao', bot: KAKAO_BOT, user: 'botuserkey-7' },
    say: async (text) => screen(await person.say(text)),
    press: async (label) => screen(await person.press(label)),
    end: close,
  };
};
testBot('Kakao', begin, {
  again: 'what Kakao posts has no id',
  block: 'it never speaks first',
  pressSlowly: 'after five seconds Kakao shows nothing, so the late words take its place',
  dieAnswering: 'Kakao never calls again',
  sayInPublic: ALONE,
  sayAsBot: ALONE,
  screenOf: 'it never speaks first',
});

let stop: (() => Promise<void>) | undefined;
afterEach(async () => {
  await stop?.();
  stop = undefined;
});

async function open(
  options: Partial<KakaoOptions> = {},
  reply: (message: Message) => Reply | Promise<Reply> = () => ({ texts: ['네'], choices: [] }),
) {
  const heard: Message[] = [];
  const logged: { event: string; fields: Record<string, unknown> }[] = [];
  const answer: Answer = async (message) => {
    heard.push(message);
    return reply(message);
  };
  const log = (event: string, fields: Record<string, unknown>) => {
    logged.push({ event, fields });
  };
  const { close, ...served } = await serve({ ...OPEN, answer, log, ...options });
  stop = close;
  return { ...served, heard, logged };
}

function post(url: string, body: string, headers: Record<string, string> = {}) {
  const type = { 'content-type': 'application/json;charset=UTF-8' };
  return fetch(url, { method: 'POST', body, headers: { ...type, ...headers } });
}

const hello = JSON.stringify(kakaoPayload({ utterance: '안녕' }));

/** The words of a 200 that Kakao would show. */
async function wordsOf(response: Response): Promise<string> {
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const body = await response.text();
  expect(problemsOf(body)).toEqual([]);
  return shownOf(body).texts.join('\n');
}

describe('who may call', () => {
  test.each<[string, Record<string, string>]>([
    ['no secret', {}],
    ['a wrong secret', { 'x-sanji-secret': 'a long random secreT' }],
    ['a shorter secret', { 'x-sanji-secret': 'a' }],
    ['an empty secret', { 'x-sanji-secret': '' }],
  ])('with %s nobody', async (_name, headers) => {
    const { url, heard, logged } = await open({ secret: SECRET });
    const response = await post(url, hello, headers);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: 'unauthorized' });
    expect(heard).toEqual([]);
    expect(logged).toEqual([{ event: 'kakao.refused', fields: { why: 'secret' } }]);
  });

  test('with the secret everybody', async () => {
    const { url } = await open({ secret: SECRET });
    expect(await wordsOf(await post(url, hello, { 'x-sanji-secret': SECRET }))).toBe('네');
  });

  test('a stranger is refused before a byte of the body has come', async () => {
    const { port, heard } = await open({ secret: SECRET });
    const socket = connect(port, '127.0.0.1');
    const head = ['POST /kakao/skill HTTP/1.1', 'Host: x', 'Content-Type: application/json'];
    socket.write(`${head.join('\r\n')}\r\nContent-Length: 50000000\r\n\r\n`);
    const first = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
    socket.destroy();
    expect(first.toString()).toMatch(/^HTTP\/1.1 401 /);
    expect(heard).toEqual([]);
  });

  test('a huge body of a stranger is refused like a small one', async () => {
    const { url, heard } = await open({ secret: SECRET });
    const response = await post(url, 'x'.repeat(5_000_000), { 'x-sanji-secret': 'wrong' });
    expect(response.status).toBe(401);
    expect(heard).toEqual([]);
  });

  test('only known bots, their development channel included, each with its store', async () => {
    const botIds = new Map([
      [KAKAO_BOT, 'store-1'],
      ['other', null],
    ]);
    const { url, heard, logged } = await open({ botIds });
    const as = (bot: string) => post(url, JSON.stringify(kakaoPayload({ utterance: '안녕', bot })));
    expect(await wordsOf(await as(KAKAO_BOT))).toBe('네');
    expect(await wordsOf(await as(`${KAKAO_BOT}!`))).toBe('네');
    expect(await wordsOf(await as('other'))).toBe('네');
    expect(heard.map(({ sender, storeId }) => [sender.bot, storeId])).toEqual([
      [KAKAO_BOT, 'store-1'],
      [KAKAO_BOT, 'store-1'],
      ['other', null],
    ]);
    const { bot: _, ...nameless } = kakaoPayload({ utterance: '안녕' });
    expect((await as('unknown')).status).toBe(401);
    expect((await post(url, JSON.stringify(nameless))).status).toBe(401);
    expect(heard).toHaveLength(3);
    expect(logged.map(({ fields }) => fields.why)).toEqual(['bot', 'bot']);
  });

  test('any bot where none is configured', async () => {
    const { url, heard } = await open();
    const { bot: _, ...nameless } = kakaoPayload({ utterance: '안녕' });
    expect(await wordsOf(await post(url, JSON.stringify(nameless)))).toBe('네');
    expect(heard[0]?.sender.bot).not.toBe('');
  });
});

describe('what cannot be read is answered kindly', () => {
  test.each<[string, string, Record<string, string>]>([
    ['broken JSON', hello.slice(0, -5), {}],
    ['no body', '', {}],
    ['a bare text', '"안녕"', {}],
    ['wrong types', JSON.stringify(kakaoPayload({ utterance: { a: 1 } })), {}],
    ['another content type', hello, { 'content-type': 'text/plain' }],
    ['an unknown charset', hello, { 'content-type': 'application/json;charset=x' }],
    ['an unknown encoding', hello, { 'content-encoding': 'secret' }],
    ['what is no gzip', hello, { 'content-encoding': 'gzip' }],
  ])('%s', async (_name, body, headers) => {
    const { url, heard, logged } = await open({ botIds: new Map([[KAKAO_BOT, null]]) });
    expect(await wordsOf(await post(url, body, headers))).toBe(words.unreadable);
    expect(heard).toEqual([]);
    expect(logged.map(({ event }) => event)).toEqual(['kakao.unreadable']);
    expect(JSON.stringify(logged)).not.toContain('안녕');
  });

  test('over a megabyte', async () => {
    const { url, heard } = await open();
    const body = JSON.stringify(kakaoPayload({ utterance: 'x'.repeat(1_100_000) }));
    expect(await wordsOf(await post(url, body))).toBe(words.tooLarge);
    expect(heard).toEqual([]);
  });

  test('just under a megabyte is read', async () => {
    const { url, heard } = await open();
    const body = JSON.stringify(kakaoPayload({ utterance: 'x'.repeat(1_000_000) }));
    expect(await wordsOf(await post(url, body))).toBe('네');
    expect(heard[0]?.text).toHaveLength(20_000);
  });
});

describe('an answer', () => {
  test('has no header that only costs bytes', async () => {
    const { url } = await open();
    const { headers } = await post(url, hello);
    expect(headers.get('etag')).toBeNull();
    expect(headers.get('content-length')).not.toBeNull();
  });

  test('that breaks is said in general words and logged once, without what was said', async () => {
    const { url, logged } = await open({}, ({ text, sender }) => {
      throw new TypeError(`cannot read ${text}\n    at ${text} of ${sender.user}:1:2`);
    });
    expect(await wordsOf(await post(url, hello))).toBe(words.broken);
    expect(logged).toMatchObject([{ event: 'kakao.broken', fields: { error: 'TypeError' } }]);
    expect(JSON.stringify(logged)).toContain('kakao.test.ts');
    expect(JSON.stringify(logged)).not.toMatch(/안녕|botuserkey/);
  });

  test('may break before it is a promise, or by what is no error', async () => {
    const answer: Answer = () => {
      throw '안녕';
    };
    const { url, logged } = await open({ answer });
    expect(await wordsOf(await post(url, hello))).toBe(words.broken);
    expect(logged).toEqual([{ event: 'kakao.broken', fields: { error: 'string' } }]);
  });

  test('without words is never empty', async () => {
    const { url } = await open({}, () => ({ texts: [], choices: [] }));
    expect(await wordsOf(await post(url, hello))).toBe(words.broken);
  });

  test('is shown even when the words of the bot itself are blank', async () => {
    const blank = { late: '', broken: '', unreadable: '', tooLarge: '' };
    const { url } = await open({ words: blank }, () => ({ texts: [], choices: [] }));
    expect(await wordsOf(await post(url, hello))).not.toBe('');
    expect(await wordsOf(await post(url, '{'))).not.toBe('');
  });
});

describe('a late answer', () => {
  test('is replaced by a request for patience and goes on by itself', async () => {
    const gate = Promise.withResolvers<Reply>();
    let done = false;
    const { url, logged } = await open({ answerWithinMs: 20 }, async ({ text }) => {
      if (text !== '안녕') return { texts: ['바로'], choices: [] };
      const reply = await gate.promise;
      done = true;
      return reply;
    });
    expect(await wordsOf(await post(url, hello))).toBe(words.late);
    expect(logged).toEqual([{ event: 'kakao.late', fields: { answerWithinMs: 20 } }]);
    const next = JSON.stringify(kakaoPayload({ utterance: '다음' }));
    expect(await wordsOf(await post(url, next))).toBe('바로');
    gate.resolve({ texts: ['늦었어요'], choices: [] });
    await new Promise(setImmediate);
    expect(done).toBe(true);
  });

  test('that breaks in the end is logged, and nothing else happens', async () => {
    const gate = Promise.withResolvers<Reply>();
    const { url, logged } = await open({ answerWithinMs: 20 }, () => gate.promise);
    expect(await wordsOf(await post(url, hello))).toBe(words.late);
    gate.reject(new Error('too late'));
    await new Promise(setImmediate);
    expect(logged.map(({ event }) => event)).toEqual(['kakao.late', 'kakao.broken']);
  });

  test('is waited for nine tenths of a second when nothing else is said', async () => {
    const { url, logged } = await open({}, () => new Promise(() => {}));
    expect(await wordsOf(await post(url, hello))).toBe(words.late);
    expect(logged).toEqual([{ event: 'kakao.late', fields: { answerWithinMs: 900 } }]);
  });
});

describe('a call for a notice that was sent', () => {
  async function call(url: string, receipt: unknown) {
    const params = { sanji_receipt: receipt };
    const body = JSON.stringify(kakaoPayload({ utterance: 'sanji_notice', params }));
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body });
    return { status: response.status, text: await response.text() };
  }

  test('comes in as a receipt beside the words that nobody said', async () => {
    const { url, heard } = await open();
    await call(url, '17');
    expect(heard[0]?.receipt).toBe('17');
  });

  test.each([17, '', ['17'], null, 'x'.repeat(101)])(
    'is read as said where %o stands for it',
    async (receipt) => {
      const { url, heard } = await open();
      await call(url, receipt);
      expect(heard[0]).toMatchObject({ text: 'sanji_notice' });
      expect(heard[0]?.receipt).toBeUndefined();
    },
  );

  test('shows no apology in place of a notice that cannot be read: Kakao is told that it failed', async () => {
    const { url, logged } = await open({}, () => {
      throw new Error('the words of a person');
    });
    const { status, text } = await call(url, '17');
    expect(status).toBe(503);
    expect(JSON.stringify(logged)).not.toContain('words of a person');
    expect(text).not.toContain(words.broken);
  });
});
