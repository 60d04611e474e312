import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPayload, readPress, writePress } from '../../bots/kakao-payload.ts';
import { KAKAO_BOT, kakaoPayload } from '../support/kakao.ts';

const folder = new URL('../fixtures/kakao/', import.meta.url);

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
}

const user = '4b9c0e7d21aa5c64f0e3b8d9a7c6152e8f40b3d2c1a0998877665544332211ff0a';
const typed = { bot: KAKAO_BOT, user, text: '황도 2박스요' };

const READ: Record<string, object> = {
  'typed-development-channel': typed,
  'not-a-friend': typed,
  'with-callback-url': typed,
  'new-and-null-fields': typed,
  'bot-tester': typed,
  barest: { bot: null, user: '4b9c0e7d', text: '황도 2박스요' },
  picture: { bot: KAKAO_BOT, user, text: '', attachment: 'picture' },
  'pressed-quick-reply': {
    bot: KAKAO_BOT,
    user,
    text: '주문 확정',
    press: { key: '01JD3K9W', act: 'confirm', ref: 'draft-7' },
  },
};

describe('a payload', () => {
  test.each(Object.entries(READ))('%s is read', (name, expected) => {
    expect(readPayload(fixture(name))).toEqual(expected);
  });

  test('has a row here for each fixture', () => {
    expect(readdirSync(folder).sort()).toEqual(
      Object.keys(READ)
        .map((name) => `${name}.json`)
        .sort(),
    );
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['an empty object', {}],
    ['a user without id', { userRequest: { utterance: '네', user: {} } }],
    ['an empty user id', kakaoPayload({ utterance: '네', user: '' })],
    ['a numeric user id', kakaoPayload({ utterance: '네', user: 7 })],
    ['an endless user id', kakaoPayload({ utterance: '네', user: 'u'.repeat(201) })],
    ['half a character in the user id', kakaoPayload({ utterance: '네', user: 'u\ud83d' })],
    ['words that are a number', kakaoPayload({ utterance: 3 })],
    ['words that are a list', kakaoPayload({ utterance: ['네'] })],
    ['a bot that is a text', { ...kakaoPayload({ utterance: '네' }), bot: 'mine' }],
  ])('is not read from %s', (_name, body) => {
    expect(readPayload(body)).toBeUndefined();
  });

  test.each<[string, string, string]>([
    ['trailing newlines', '안녕\r\n\n', '안녕'],
    ['line ends of other systems', '황도 2\r\n백도 1\r끝', '황도 2\n백도 1\n끝'],
    ['control characters', '황\u0000도\u001b[31m\u0085', '황도[31m'],
    ['half a character', '좋아요\ud83d', '좋아요'],
    ['an emoji', '좋아요 👍🏽', '좋아요 👍🏽'],
    ['nothing', '', ''],
  ])('words with %s', (_name, utterance, text) => {
    expect(readPayload(kakaoPayload({ utterance }))?.text).toBe(text);
  });

  test('no more than 20,000 characters are handed on, and no half one', () => {
    const text = readPayload(kakaoPayload({ utterance: `가${'🍑'.repeat(20_000)}` }))?.text;
    expect(text?.length).toBe(19_999);
    expect(text?.isWellFormed()).toBe(true);
  });

  test('an address typed without a media field stays words', () => {
    const utterance = 'https://farm.example/a.jpg';
    expect(readPayload(kakaoPayload({ utterance }))).toMatchObject({ text: utterance });
    expect(readPayload(kakaoPayload({ utterance, media: 'x' }))).toMatchObject({ text: utterance });
  });

  test('words beside a picture are read as words', () => {
    const said = readPayload(kakaoPayload({ utterance: '상했어요', media: { type: 'image' } }));
    expect(said).toMatchObject({ text: '상했어요' });
    expect(said?.attachment).toBeUndefined();
  });

  test('something else than a picture is a file', () => {
    const payload = kakaoPayload({ utterance: 'https://a.example/v', media: { type: 'video' } });
    expect(readPayload(payload)).toMatchObject({ text: '', attachment: 'file' });
  });
});

describe('a press', () => {
  test.each<[string, unknown]>([
    ['null', null],
    ['a text', 'confirm'],
    ['a list', ['k', 'a', 'r']],
    ['somebody else’s extra', { cmd: 'add', sku: 'A' }],
    ['a missing field', { k: '1', a: 'confirm' }],
    ['a numeric key', { k: 1, a: 'confirm', r: '' }],
    ['an empty key', { k: '', a: 'confirm', r: '' }],
    ['an empty act', { k: '1', a: '', r: '' }],
    ['an endless key', { k: '1'.repeat(201), a: 'confirm', r: '' }],
    ['an endless act', { k: '1', a: 'c'.repeat(101), r: '' }],
    ['an endless ref', { k: '1', a: 'confirm', r: 'r'.repeat(301) }],
    ['control characters', { k: '1\u0000', a: 'confirm', r: '' }],
    ['half a character', { k: '1', a: 'confirm', r: '\ud83d' }],
  ])('from %s is typed text', (_name, extra) => {
    const said = readPayload(kakaoPayload({ utterance: '주문 확정', extra }));
    expect(said).toMatchObject({ text: '주문 확정' });
    expect(said?.press).toBeUndefined();
  });

  test('is written only when it can come back the same', () => {
    const part = fc.string({ unit: 'binary', maxLength: 350 });
    fc.assert(
      fc.property(part, part, part, (key, act, ref) => {
        const press = { key, act, ref };
        const written = writePress(press);
        if (written !== undefined)
          expect(readPress(JSON.parse(JSON.stringify(written)))).toEqual(press);
      }),
    );
    const press = { key: '01JD', act: 'confirm', ref: '' };
    expect(readPress(writePress(press))).toEqual(press);
  });
});

test('reading never throws, whatever JSON comes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (one, two, three) => {
      readPayload(one);
      readPayload({ bot: one, action: { clientExtra: two }, userRequest: three });
      const good = kakaoPayload({ utterance: '네', extra: one, media: two });
      expect(readPayload({ ...good, contexts: three, flow: one })?.text).toBe('네');
    }),
  );
});
