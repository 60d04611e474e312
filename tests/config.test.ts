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
