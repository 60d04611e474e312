import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CONFIG_KEYS, parseConfig } from '../src/config.ts';
import { DATA_KEY } from './support/sqlite.ts';

const PRODUCTION = { NODE_ENV: 'production', SANJI_DATA_KEY: DATA_KEY };

describe('the Kakao skill', () => {
  test('is open to everybody outside production, and never in it', () => {
    expect(parseConfig({}).kakao).toEqual({ secret: null, botIds: new Map() });
    expect(parseConfig(PRODUCTION).kakao).toBeNull();
    const secret = { KAKAO_SKILL_SECRET: 'a good secret' };
    expect(parseConfig({ ...PRODUCTION, ...secret }).kakao).toMatchObject({
      secret: 'a good secret',
    });
  });

  test('with bots named but no secret stops the start of production', () => {
    const named = { KAKAO_BOT_IDS: '64a1!=peach,64b2' };
    expect(() => parseConfig({ ...PRODUCTION, ...named })).toThrow('KAKAO_SKILL_SECRET');
    const botIds = new Map([
      ['64a1', 'peach'],
      ['64b2', null],
    ]);
    expect(parseConfig(named).kakao?.botIds.get('64b2')).toBeNull();
    expect(parseConfig({ KAKAO_BOT_IDS: '64a1=peach,64b2!' }).kakao?.botIds).toEqual(botIds);
  });
});

describe('speaking first on Kakao', () => {
  const event = { KAKAO_REST_API_KEY: 'rest-key' };
  const alimtalk = {
    SOLAPI_API_KEY: 'key',
    SOLAPI_API_SECRET: 'secret',
    SOLAPI_PF_ID: 'KA01PF',
    SOLAPI_TEMPLATES: 'paid=KA01TP1, shipped=KA01TP2',
  };

  test('is off as long as nothing is set', () => {
    expect(parseConfig({}).kakaoPush).toBeNull();
  });

  test('goes by either route or by both', () => {
    const base = 'https://bot-api.kakao.com';
    expect(parseConfig(event).kakaoPush).toEqual({
      event: { base, key: 'rest-key' },
      alimtalk: null,
    });
    const both = parseConfig({ ...event, ...alimtalk, SOLAPI_PRICE_KRW: '9.9' }).kakaoPush;
    expect(both?.event).not.toBeNull();
    expect(both?.alimtalk).toMatchObject({ base: 'https://api.solapi.com', priceKrw: 9.9 });
    expect([...(both?.alimtalk?.templates ?? [])]).toEqual([
      ['paid', 'KA01TP1'],
      ['shipped', 'KA01TP2'],
    ]);
  });

  test.each(Object.keys(alimtalk))('needs %s beside the other keys', (key) => {
    expect(() => parseConfig({ ...alimtalk, [key]: '' })).toThrow(`${key}: is needed`);
  });

  test.each(['paid', 'paid=', 'nonsense=KA01'])('knows no template "%s"', (SOLAPI_TEMPLATES) => {
    expect(() => parseConfig({ ...alimtalk, SOLAPI_TEMPLATES })).toThrow('SOLAPI_TEMPLATES');
  });

  test('needs in production a bot that can be called back, and https', () => {
    expect(() => parseConfig({ ...PRODUCTION, ...event })).toThrow('KAKAO_SKILL_SECRET');
    const answered = { ...PRODUCTION, ...event, KAKAO_SKILL_SECRET: 'a good secret' };
    expect(parseConfig(answered).kakaoPush?.event).not.toBeNull();
    for (const key of ['KAKAO_EVENT_API_BASE', 'SOLAPI_BASE_URL'])
      expect(() => parseConfig({ ...answered, [key]: 'http://kakao.example' })).toThrow(
        `${key}: must be https`,
      );
  });
});

describe('Telegram', () => {
  const token = { TELEGRAM_BOT_TOKEN: '123456:ABC-def' };
  const url = 'https://farm.example/telegram/webhook';
  const secret = { TELEGRAM_WEBHOOK_SECRET: 'sixteen-letters-' };
  const called = { ...token, TELEGRAM_MODE: 'webhook', TELEGRAM_WEBHOOK_URL: url };

  test('is off without a token, polls with one, and is called where we say', () => {
    expect(parseConfig({}).telegram).toBeNull();
    expect(parseConfig(token).telegram).toMatchObject({ webhook: null });
    expect(parseConfig({ ...PRODUCTION, ...called, ...secret }).telegram?.webhook).toEqual({
      url,
      secret: 'sixteen-letters-',
    });
  });

  test.each<[string, Record<string, string>, string]>([
    ['no token', { TELEGRAM_BOT_TOKEN: 'mine' }, 'TELEGRAM_BOT_TOKEN: must look like'],
    ['no address', { ...called, TELEGRAM_WEBHOOK_URL: '' }, 'is needed in webhook mode'],
    [
      'an address where nobody listens',
      { ...called, TELEGRAM_WEBHOOK_URL: 'https://farm.example/hook' },
      'TELEGRAM_WEBHOOK_URL: must end in /telegram/webhook',
    ],
    [
      'an open door in production',
      { ...PRODUCTION, ...called },
      'TELEGRAM_WEBHOOK_SECRET: is needed',
    ],
    [
      'an open line in production',
      { ...PRODUCTION, ...called, ...secret, TELEGRAM_WEBHOOK_URL: url.replace('https', 'http') },
      'TELEGRAM_WEBHOOK_URL: must be https',
    ],
    [
      'a token in the open',
      { ...PRODUCTION, TELEGRAM_API_ROOT: 'http://127.0.0.1.example' },
      'TELEGRAM_API_ROOT: must be https in production, or on this machine',
    ],
    ['a short secret', { ...called, TELEGRAM_WEBHOOK_SECRET: 'short' }, '16 to 256 characters'],
    ['a secret for nobody', secret, 'means nothing without TELEGRAM_BOT_TOKEN'],
    ['a mode for nobody', { TELEGRAM_MODE: 'webhook' }, 'means nothing without TELEGRAM_BOT_TOKEN'],
  ])('with %s stops the start and says why', (_, env, why) => {
    expect(() => parseConfig(env)).toThrow(why);
  });
});

test('a Bot API server on the same machine needs no https', () => {
  const env = {
    ...PRODUCTION,
    TELEGRAM_BOT_TOKEN: '1:TEST',
    TELEGRAM_API_ROOT: 'http://[::1]:8081',
  };
  expect(parseConfig(env).telegram?.apiRoot).toBe('http://[::1]:8081');
});

describe('Discord', () => {
  const token = { DISCORD_TOKEN: 'MTAw.Gtest.secret' };

  test('is off without a token, and with one needs nothing else', () => {
    expect(parseConfig({}).discord).toBeNull();
    const whole = { token: 'MTAw.Gtest.secret', apiBase: null, guildId: null };
    expect(parseConfig(token).discord).toEqual(whole);
  });

  test('names every bad value, and what means nothing without a token', () => {
    const bad = { DISCORD_TOKEN: 'Bot MTAw', DISCORD_API_BASE: 'here', DISCORD_GUILD_ID: 'mine' };
    expect(() => parseConfig(bad)).toThrow(/DISCORD_TOKEN.*DISCORD_API_BASE.*DISCORD_GUILD_ID/s);
    const lonely = { DISCORD_GUILD_ID: '200000000000000001' };
    expect(() => parseConfig(lonely)).toThrow('means nothing without DISCORD_TOKEN');
    const open = { ...PRODUCTION, ...token, DISCORD_API_BASE: 'http://discord.example/api' };
    expect(() => parseConfig(open)).toThrow('DISCORD_API_BASE: must be https');
  });
});

test('people are sent to our pages only where they can reach them', () => {
  expect(parseConfig({}).pagesUrl).toBe('http://localhost:3000');
  expect(parseConfig(PRODUCTION).pagesUrl).toBeNull();
  const named = { ...PRODUCTION, PUBLIC_BASE_URL: 'https://shop.example' };
  expect(parseConfig(named).pagesUrl).toBe('https://shop.example');
});

test('every problem is told at once, each with its key and what was expected', () => {
  const bad = {
    NODE_ENV: 'production',
    PORT: 'abc',
    TZ_DEFAULT: 'Mars',
    DATABASE_URL: 'mysql://x',
    PUBLIC_BASE_URL: 'http://shop.example',
    SANJI_DRAFT_LIFE_MS: '5',
    SANJI_LOG_LEVEL: 'loud',
  };
  const told = (() => {
    try {
      parseConfig(bad);
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
    return '';
  })();
  for (const key of [...Object.keys(bad).filter((key) => key !== 'NODE_ENV'), 'SANJI_DATA_KEY'])
    expect(told).toContain(`  - ${key}: `);
  expect(told).toContain('7 problem(s)');
});

test('.env.example names every key and no other', () => {
  const file = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  const named = [...file.matchAll(/^([A-Z_]+)=/gm)].map(([, key]) => key);
  expect(named.toSorted()).toEqual(CONFIG_KEYS.toSorted());
  // Each key has a line of explanation above it, alone or with its neighbours.
  expect(file).not.toMatch(/\n\n[A-Z_]+=/);
});
