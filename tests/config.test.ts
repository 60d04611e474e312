import { describe, expect, test } from 'vitest';
import { parseConfig } from '../src/config.ts';
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
