import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAsking, readPressed, writePressed } from '../../bots/discord-press.ts';
import { renderDiscord } from '../../bots/discord-render.ts';
import type { Reply } from '../../src/chat/bot.ts';
import { fieldsOf, listOf, problemsOfMessage } from '../support/discord-limits.ts';
import { drawn } from '../support/discord-user.ts';

const PLAIN = { whenEmpty: '잠시 문제가 있어요.', formFor: () => undefined, writing: null };

function contentOf(text: string): string {
  return renderDiscord({ texts: [text], choices: [] }, PLAIN)
    .map(({ content }) => content)
    .join('\n');
}

describe('what people wrote is shown as it is', () => {
  test.each([
    ['**굵게** _기울임_ ~~줄~~ ||숨김|| `코드`'],
    ['```\n박철수\n```'],
    ['> 인용\n>>> 모두'],
    ['# 제목\n### 셋째\n-# 작게'],
    ['- 하나\n+ 둘\n* 셋'],
    ['1. 박철수\n2. 이영희\n4. 김영희'],
    ['[눌러요](https://evil.example) [포장 완료]'],
    ['<@123> <#1> <:peach:1> <t:1> @everyone'],
    ['a\\*b\\\\'],
  ])('%j', (text) => {
    const content = contentOf(text);
    expect(drawn(content)).toBe(text);
    // Nothing is left that means anything.
    expect(content.replace(/\\[^\p{L}\p{N}\s]/gu, '가')).not.toMatch(
      /[*_`<]|~~|\|\||\]\(|^\s*(?:>|#{1,3}\s|-#\s|[-+]\s|\d+\.\s)/m,
    );
  });

  test('numbers, links and plain signs are left alone', () => {
    const text =
      '복숭아 4kg 2상자 · 7/21(화) 010-1234-5678\n1) 박철수 3,000원 - 1~2일\nhttps://farm.example/o/a_b_c*d';
    expect(contentOf(text)).toBe(text);
  });

  test('for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'가a1 \n*_~`|<>[]()#-+.\\@:') }), (text) => {
        fc.pre(text.trim() !== '');
        expect(drawn(contentOf(text))).toBe(text.trim());
      }),
    );
  });
});

describe('limits', () => {
  test('hold for any reply, whatever it says', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 120 });
    const press = fc.record({ key: fc.option(word), act: word, ref: word });
    const choice = fc.oneof(
      fc.record({ label: word, say: word }),
      fc.record({ label: word, say: word, press }),
      fc.record({ label: word, url: fc.webUrl({ withQueryParameters: true }) }),
      fc.record({ label: word, url: word }),
    );
    const reply = fc.record({
      texts: fc.array(fc.oneof(word, fc.string({ maxLength: 5000, size: 'max' })), {
        maxLength: 4,
      }),
      choices: fc.array(choice, { maxLength: 40 }),
    });
    const writing = { label: '답하기', form: 'say' };
    fc.assert(
      fc.property(reply, (one: Reply) => {
        const parts = renderDiscord(one, { ...PLAIN, writing });
        expect(parts.flatMap((part) => problemsOfMessage({ ...part }))).toEqual([]);
        expect(parts.every(({ content }) => (content ?? '').trim() !== '')).toBe(true);
      }),
    );
  });

  test('break a long text where a line ends', () => {
    const lines = Array.from({ length: 300 }, (_, no) => `${no + 1}) 박철수 서울 노원구 동일로`);
    const parts = renderDiscord({ texts: [lines.join('\n')], choices: [] }, PLAIN);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flatMap(({ content }) => (content ?? '').split('\n'))).toEqual(lines);
  });

  test('let the first 25 buttons through, the last place being for writing back', () => {
    const choices = Array.from({ length: 40 }, (_, no) => ({ label: `${no}`, say: `${no}` }));
    const labels = (writing: { label: string; form: string } | null) =>
      renderDiscord({ texts: ['어느 분이요?'], choices }, { ...PLAIN, writing })
        .flatMap(({ components = [] }) => components)
        .flatMap((row) => listOf(fieldsOf(row).components))
        .map(({ label }) => label);
    expect(labels(null)).toHaveLength(25);
    expect(labels({ label: '답하기', form: 'say' }).at(-1)).toBe('답하기');
    expect(labels({ label: '답하기', form: 'say' })).toHaveLength(25);
  });
});

describe('a button', () => {
  const said = { label: '주문 확정', at: 3 };

  test('gives back its press and its words', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    const pressed = fc.record({
      say: word,
      press: fc.record({ key: fc.option(word), act: word, ref: word }),
    });
    fc.assert(
      fc.property(pressed, word, (one, label) => {
        const id = writePressed(one, { label, at: 1 });
        expect(id.length).toBeLessThanOrEqual(100);
        expect(readPressed(id, label)).toEqual(one);
        expect(isAsking(id)).toBe(true);
      }),
    );
  });

  test('whose press does not fit says its words', () => {
    const noise = Array.from({ length: 400 }, (_, at) => String.fromCodePoint(0xac00 + at * 27));
    const press = { key: null, act: 'a', ref: noise.join('') };
    const id = writePressed({ say: '주문 확정', press }, said);
    expect(readPressed(id, '주문 확정')).toEqual({ say: '주문 확정' });
  });

  test.each(['', '1', 'x[0]', '1[0,1,2]', '1[', '1!', '1!가', '1!一丁丂', '1:Bad', '1[0,0,"a"]'])(
    'with %j is none of ours',
    (id) => expect(readPressed(id, '주문 확정')).toBeUndefined(),
  );
});
