import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noteKeyOf, readButton, writeButton } from '../../bots/telegram-press.ts';

const ORDER = 'ord_mwqg4jhvpUcf6icX6FxoJgDl';

test.each([
  ['주문 확정', { key: 'confirm:d1.2', act: 'confirm', ref: 'd1.2' }],
  ['네, 취소해요', { key: `cancel-yes:3:${ORDER}`, act: 'cancel-yes', ref: '3' }],
  ['기다릴게요', { key: null, act: 'wait', ref: `${ORDER}:1.2.3` }],
  ['문제가 있어요', { key: null, act: 'trouble', ref: `${ORDER}:1.2.3` }],
  ['받았어요', { key: `received:${ORDER}:1.2`, act: 'received', ref: `${ORDER}:1.2` }],
  ['내보내기', { key: null, act: 'remove-staff', ref: 'peach:per_abcdefghijkl:farmer.seller' }],
] as const)('%s fits into what Telegram gives back', (say, press) => {
  const { data, note } = writeButton({ label: say, say, press }, say);
  expect(note).toBeUndefined();
  expect(readButton(data, say)).toEqual({ text: say, press });
});

const plain = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((text) => !/\n/.test(text));
const pressed = fc.record({
  key: fc.option(
    fc.oneof(
      plain,
      plain.map((end) => `act:ref${end}`),
    ),
  ),
  act: fc.oneof(plain, fc.constant('act')),
  ref: fc.oneof(plain, fc.constant('ref'), fc.constant('')),
});

test('whatever stands on a button and behind it comes back, within 64 bytes or noted', () => {
  fc.assert(
    fc.property(plain, plain, fc.option(pressed, { nil: undefined }), (label, say, press) => {
      const { data, note } = writeButton({ label, say, ...(press && { press }) }, label);
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
      expect(data.length).toBeGreaterThan(0);
      const noted = noteKeyOf(data);
      if (note !== undefined) expect(noted).toBe(note.key);
      const whole = note?.value ?? data;
      expect(readButton(whole, label)).toEqual(press ? { text: say, press } : { text: say });
    }),
  );
});

test('data that no button of ours had is what the button says, as if typed', () => {
  for (const data of ['', 'confirm', 'a\nb', 'a\nb\nc\nd\ne', '#unknown'])
    expect(readButton(data, '주문조회')).toEqual({ text: '주문조회' });
});
