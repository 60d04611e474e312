import { describe, expect, test } from 'vitest';
import { findSigns, makeLexicon } from '../../src/language/find-signs.ts';
import { asks } from '../../src/language/turns.ts';

const LEXICON = makeLexicon({
  nothing: '시골',
  send: '보내 부치~',
  bad: '무르~ 썩 없',
  pick: '시~',
  move: '이사.',
  buy: '^살게 주문_넣',
  price: 'cost$',
});
const find = (text: string) => findSigns(text, LEXICON);
const concepts = (text: string) => find(text).map(({ concept }) => concept);

describe('a word of the table', () => {
  test.each([
    ['보냈어요', 'send'],
    ['보낼게요', 'send'],
    ['보냅니다', 'send'],
    ['부쳤심더', 'send'],
    ['부친', 'send'],
    ['물러서', 'bad'],
    ['무른', 'bad'],
    ['썩은', 'bad'],
    ['업서요', 'bad'],
    ['주문넣을게', 'buy'],
    ['주문 넣을게', 'buy'],
    ['the cost?', 'price'],
  ])('is found in %j', (text, concept) => {
    expect(concepts(text)).toContain(concept);
  });

  test('is not found where a mark forbids it, or where it only seems to stand', () => {
    expect(concepts('이상')).toEqual([]);
    expect(concepts('도와살게')).toEqual([]);
    expect(concepts('costume')).toEqual([]);
    expect(concepts('시골')).toEqual([]);
    expect(concepts('시장 시골')).toEqual(['pick']);
  });

  test('tells where it stands', () => {
    expect(find('돈 보냈어요')).toMatchObject([{ start: 2, end: 4 }]);
  });
});

describe('what is done with a word', () => {
  test.each([
    ['보냈어요', ['done']],
    ['보냇어요', ['done']],
    ['보냄', ['done']],
    ['보낼게요', ['will']],
    ['보내려고요', ['will']],
    ['안 보냈어요', ['done', 'not']],
    ['보내지 마세요', ['not']],
    ['보냈나요', ['asked', 'done']],
    ['보내능교', ['asked']],
    ['보내요. 언제요?', []],
    ['보내요', []],
  ])('%j', (text, turns) => {
    expect([...(find(text)[0]?.turns ?? [])].sort()).toEqual(turns);
  });
});

test.each([
  '있어요?',
  '되나요',
  '될까예',
  '단가요',
  '왔는지 알려주세요',
  '했노',
  '있능교',
  '되남유',
  '얼마우꽈',
  '언제 와요',
  '보내셨어요',
  'when is it',
])('%j asks', (text) => {
  expect(asks(text)).toBe(true);
});

test.each([
  '보냈어요',
  '두 박스 하나요',
  '하나요',
  '좋네요',
  '보내주세요',
  '많자나요',
  '쉰내가 나요',
])('%j asks nothing', (text) => {
  expect(asks(text)).toBe(false);
});
