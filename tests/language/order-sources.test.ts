import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/language/normalise.ts';
import type { Span } from '../../src/language/origin.ts';
import { readOrder } from '../../src/language/read-order.ts';
import type { OrderReading, Source } from '../../src/language/reading.ts';
import { answerTo, type Labelled, readCorpus } from '../support/corpus.ts';

const CORPUS = ['orders', 'orders-own'].flatMap((file) =>
  readCorpus(`../fixtures/messages/${file}.jsonl`),
);
const CONTEXT = {
  today: '2026-07-21',
  products: [{ id: 'p1', name: '사과 5kg' }],
  maxBoxes: 50,
};

const textsOf = ({ text, messages }: Labelled): string[] =>
  (messages ?? [text ?? '']).map((message) => normalise(message));

const at = (texts: readonly string[], { message, start, end }: Span): string =>
  texts[message]?.slice(start, end) ?? '';

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** In one piece, or with four digits that were put right later: "뒷자리 1864가 맞습니다". */
const isNumberIn = (value: string, said: string): boolean =>
  [value.slice(1, -8), value.slice(-8, -4), value.slice(-4)].every((part) => said.includes(part));

/** True where every letter of the value stands in the stretches it is said to come from. */
function isFound({ field, value, spans }: Source, texts: readonly string[]): boolean {
  const said = plain(spans.map((span) => at(texts, span)).join(' '));
  if (field === 'product' || field === 'wanted' || field === 'boxes') return said !== '';
  if (field === 'phone' || field === 'senderPhone')
    return isNumberIn(value, said) || /[공영일이삼사오육칠팔구]/u.test(said);
  if (field === 'address') return value.split(' ').every((word) => said.includes(plain(word)));
  // Letters of a name may be put right later: "은율이 아니라 은률입니다".
  if (field === 'name') return [...plain(value)].every((letter) => said.includes(letter));
  return said.includes(plain(value));
}

/** The values of a reading, in the words of its sources. */
function valuesOf(reading: Exclude<OrderReading, { kind: 'none' }>): string[] {
  const { recipients, sender, senderPhone, depositor, memo, wanted } = reading.draft;
  const of = (
    field: Source['field'],
    recipient: number | null,
    value: string | null | undefined,
  ) => (value == null ? [] : [`${field} ${recipient} ${value}`]);
  return [
    ...recipients.flatMap(({ name, phone, postcode, address, memo: own, wanted: day }, index) => [
      ...of('name', index, name),
      ...of('phone', index, phone),
      ...of('postcode', index, postcode),
      ...of('address', index, address),
      ...of('memo', index, own),
      ...of('wanted', index, day?.date),
    ]),
    ...of('sender', null, sender),
    ...of('senderPhone', null, senderPhone),
    ...of('depositor', null, depositor),
    ...of('memo', null, memo),
    ...of('wanted', null, wanted?.date),
  ];
}

describe('where a value was said', () => {
  it('is told for every value of every labelled message', () => {
    for (const line of CORPUS) {
      const reading = answerTo(line);
      if (reading.kind === 'none') continue;
      const told = reading.sources.map(
        ({ field, recipient, value }) => `${field} ${recipient} ${value}`,
      );
      expect({
        id: line.id,
        missing: valuesOf(reading).filter((one) => !told.includes(one)),
      }).toEqual({
        id: line.id,
        missing: [],
      });
      const items = reading.draft.recipients.flatMap((one) => one.items);
      expect(told.filter((one) => one.startsWith('boxes')).length).toBeGreaterThanOrEqual(
        items.length,
      );
    }
  });

  it('holds the value itself', () => {
    for (const line of CORPUS) {
      const reading = answerTo(line);
      if (reading.kind === 'none') continue;
      const elsewhere = reading.sources.filter(
        (source) => !isFound(source, textsOf(line)) && source.spans.length > 0,
      );
      expect({ id: line.id, elsewhere }).toEqual({ id: line.id, elsewhere: [] });
    }
  });

  it('joins what was put together from two messages', () => {
    const said = ['서울 노원구 동일로 1729 사과 2박스 김하늘 010-0123-4567', '103동 1204호예요'];
    const reading = readOrder(
      said.map((text) => ({ text })),
      CONTEXT,
    );
    if (reading.kind === 'none') throw new Error('expected an order');
    const address = reading.sources.find(({ field }) => field === 'address');
    expect(address?.spans.map((span) => at(said, span))).toEqual([
      '서울 노원구 동일로 1729',
      '103동 1204호',
    ]);
  });
});

describe('how sure the reader is', () => {
  const certainty = (text: string, field: Source['field']): string | undefined => {
    const reading = readOrder([{ text }], CONTEXT);
    return reading.kind === 'none'
      ? undefined
      : reading.sources.find((source) => source.field === field)?.certainty;
  };

  it.each([
    ['받는분: 김하늘 / 010-0123-4567 / 서울 노원구 동일로 1729 / 2박스', 'name', 'said'],
    ['김하늘 010-0123-4567 서울 노원구 동일로 1729 2박스', 'name', 'fits'],
    ['주문자: 김하늘\n010-0123-4567\n서울 노원구 동일로 1729\n2박스', 'name', 'guess'],
    ['김하늘 010-0123-4567 서울 노원구 동일로 1729 2박스', 'phone', 'said'],
    ['김하늘 010-0123-4567 주소: 서울 노원구 동일로 1729 2박스', 'address', 'said'],
    ['김하늘 010-0123-4567 서울 노원구 동일로 1729 2박스', 'address', 'fits'],
  ] as const)('of %j: %s is %s', (text, field, expected) => {
    expect(certainty(text, field)).toBe(expected);
  });
});
