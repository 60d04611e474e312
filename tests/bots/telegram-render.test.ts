import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asOne, countFitting } from '../../bots/telegram-gather.ts';
import { type File, renderTelegram, TEXT_MAX } from '../../bots/telegram-render.ts';
import type { Reply } from '../../src/chat/bot.ts';

const document = { kind: 'day_list', storeId: 'peach', date: '2026-07-21', revision: 1 } as const;
const FILE: File = { document, name: '7/21 r1.xlsx', bytes: new Uint8Array([1]) };

function said(...texts: readonly string[]): Reply {
  return { texts, choices: [] };
}

const words = fc.string({ unit: 'grapheme', maxLength: 6_000 });
const choice = fc.oneof(
  fc.record({ label: words, say: words }),
  fc.record({
    label: words,
    url: fc.oneof(fc.webUrl(), fc.constant('http://localhost:3000/o/1'), words),
  }),
);

test('whatever is said is messages that Telegram takes', () => {
  const reply = fc.record({
    texts: fc.array(words, { maxLength: 4 }),
    choices: fc.array(choice, { maxLength: 60 }),
  });
  fc.assert(
    fc.property(reply, fc.boolean(), (one, hasFile) => {
      const { pieces } = renderTelegram(one, hasFile ? [FILE] : []);
      expect(pieces.length).toBeGreaterThan(0);
      for (const [at, { text, file, keyboard }] of pieces.entries()) {
        expect(text !== null || file !== null).toBe(true);
        if (text !== null) {
          expect(text.length).toBeLessThanOrEqual(file === null ? TEXT_MAX : 1024);
          expect(text.trim()).not.toBe('');
          expect(text.isWellFormed()).toBe(true);
        }
        if (at < pieces.length - 1) expect(keyboard).toEqual([]);
        for (const button of keyboard.flat()) {
          expect(button.text.trim()).not.toBe('');
          if (button.url === undefined)
            expect(Buffer.byteLength(button.callback_data ?? '')).toBeGreaterThan(0);
        }
      }
    }),
  );
});

test('bubbles that fit together are one message; a long text breaks where a line ends', () => {
  const { pieces } = renderTelegram(said('하나', '둘'), []);
  expect(pieces.map(({ text }) => text)).toEqual(['하나\n\n둘']);
  const lines = Array.from({ length: 300 }, (_, no) => `${no + 1}. 서울 강남구 역삼로 ${no}`);
  const long = renderTelegram(said(lines.join('\n')), []).pieces.map(({ text }) => text ?? '');
  expect(long.length).toBeGreaterThan(1);
  expect(long.flatMap((text) => text.split('\n'))).toEqual(lines);
});

test('what is left after a message is said in the same messages as before', () => {
  const texts = ['가'.repeat(3_000), '나'.repeat(3_000), '다'.repeat(3_000)];
  const choices = [{ label: '목록', say: '목록' }];
  const { pieces } = renderTelegram({ texts, choices, documents: [document] }, [FILE]);
  expect(pieces).toHaveLength(4);
  for (const [at, { rest }] of pieces.entries()) {
    const again = renderTelegram(rest, [FILE]).pieces;
    expect(again.map(({ text, keyboard }) => ({ text, keyboard }))).toEqual(
      pieces.slice(at).map(({ text, keyboard }) => ({ text, keyboard })),
    );
  }
});

test('a short text goes as the caption of its file, in one message', () => {
  const { pieces } = renderTelegram({ ...said('7/21 목록 r1'), documents: [document] }, [FILE]);
  expect(pieces).toMatchObject([{ text: '7/21 목록 r1', file: FILE }]);
});

test('a link that no button opens stands in the words', () => {
  const choices = [
    { label: '주문 보기', url: 'http://localhost:3000/o/1' },
    { label: '판매자 정보', url: 'https://farm.example/store/peach' },
  ];
  const [piece] = renderTelegram({ texts: ['주문했어요'], choices }, []).pieces;
  expect(piece?.text).toBe('주문했어요\n\n주문 보기\nhttp://localhost:3000/o/1');
  expect(piece?.keyboard.flat()).toEqual([
    { text: '판매자 정보', url: 'https://farm.example/store/peach' },
  ]);
});

test('short buttons stand beside each other, long ones each in a row', () => {
  const labels = ['수확', '포장', '발송', '판매자 정보·환불 안내', '목록'];
  const choices = labels.map((label) => ({ label, say: label }));
  const [piece] = renderTelegram({ texts: ['무엇을 할까요?'], choices }, []).pieces;
  const rows = piece?.keyboard.map((row) => row.map(({ text }) => text));
  expect(rows).toEqual([['수확', '포장', '발송'], ['판매자 정보·환불 안내'], ['목록']]);
});

test('answers that wait for the same chat become one, in order, each once', () => {
  const first = { texts: ['하나'], choices: [{ label: '수정', say: '수정' }] };
  const second = { texts: ['둘'], choices: [{ label: '주문 확정', say: '주문 확정' }] };
  expect(countFitting([first, second, first])).toBe(3);
  const { texts, choices } = asOne([first, second, first]);
  expect(texts).toEqual(['하나', '둘']);
  expect(choices.map(({ label }) => label)).toEqual(['주문 확정', '수정']);
  expect(countFitting([said('가'.repeat(3_000)), said('나'.repeat(3_000))])).toBe(1);
  expect(countFitting([said('가'.repeat(9_000))])).toBe(1);
});
