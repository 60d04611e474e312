import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSeller, SELLER_TOPICS } from '../../src/language/read-seller.ts';

describe('a seller says', () => {
  test.each([
    ['오늘', { kind: 'today' }],
    ['오늘 현황', { kind: 'today' }],
    ['미입금', { kind: 'unpaid' }],
    ['아직 입금 안 한 사람', { kind: 'unpaid' }],
    ['입금 P7-042', { kind: 'confirm-payment', code: 'P7-042' }],
    ['입금 p7042', { kind: 'confirm-payment', code: 'P7-042' }],
    ['입금 p7 042', { kind: 'confirm-payment', code: 'P7-042' }],
    ['Ｐ７－０４２ 입금 확인', { kind: 'confirm-payment', code: 'P7-042' }],
    ['입금 P7-042 P7-043', { kind: 'several-codes', codes: ['P7-042', 'P7-043'] }],
    ['주문 P7-042', { kind: 'show-order', code: 'P7-042' }],
    ['k3-901', { kind: 'show-order', code: 'K3-901' }],
    ['주문 멈춤', { kind: 'pause' }],
    ['접수 잠시 중단', { kind: 'pause' }],
    ['다시 받기', { kind: 'resume' }],
    ['주문 다시 받기', { kind: 'resume' }],
    ['환불', { kind: 'refunds' }],
    ['문의', { kind: 'questions' }],
    ['클레임', { kind: 'claims' }],
    ['영수증', { kind: 'receipts' }],
    ['환불 P7-042', { kind: 'refunds-of', code: 'P7-042' }],
    ['p7042 환불 입금했어요', { kind: 'refund-done', code: 'P7-042' }],
    ['환불 P7-042 못 보냈어요', { kind: 'refund-failed', code: 'P7-042' }],
    ['환불 P7-042 아직 안 보냈어요', { kind: 'refunds-of', code: 'P7-042' }],
    ['환불 P7-042 보냈나요?', { kind: 'refunds-of', code: 'P7-042' }],
    ['영수증 P7-042 발급했어요', { kind: 'receipt-done', code: 'P7-042' }],
  ])('%s', (text, reading) => {
    expect(readSeller(text)).toEqual(reading);
  });

  test.each([
    ['입금', 'a payment without its order'],
    ['P7-042 P7-043 취소', 'two orders at once'],
    ['입금 P7-042 안 됐어요', 'that it did not come'],
    ['입금 P7-042 들어왔나요?', 'a question'],
    ['P7-042 취소', 'what has its own command'],
    ['환불 계좌', 'the button of a buyer'],
    ['영수증 P7-042 발급해 주세요', 'what a buyer asks for'],
    ['', 'nothing'],
    ['안녕하세요', 'a greeting'],
    ['오늘 비가 오네요', 'talk about the weather'],
    ['환불 '.repeat(100), 'a long text'],
  ])('%j is not taken: %s', (text) => {
    expect(readSeller(text)).toEqual({ kind: 'other' });
  });

  const examples = SELLER_TOPICS.flatMap(({ topic, examples }) =>
    examples.map((example) => [topic, example] as const),
  );

  test.each(examples)('%s, as the table says of %j', (topic, example) => {
    expect(readSeller(example).kind).toBe(topic);
  });

  test('anything, and is answered', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(readSeller(text).kind).toBeTypeOf('string');
      }),
    );
  });
});
