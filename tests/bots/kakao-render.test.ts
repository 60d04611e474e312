import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KAKAO_ROOM_CHARS, renderKakao } from '../../bots/kakao-render.ts';
import type { Choice } from '../../src/chat/bot.ts';
import { type KakaoShown, problemsOf, shownOf } from '../support/kakao.ts';

const EMPTY = '다시 한번 말씀해 주세요.';
const link = { label: '주문 보기', url: 'https://farm.example/o/1' };

function shown(texts: readonly string[], choices: readonly Choice[] = []): KakaoShown {
  const body = renderKakao({ texts, choices }, EMPTY);
  expect(problemsOf(body)).toEqual([]);
  return shownOf(body);
}

function lengths({ texts }: KakaoShown): number[] {
  return texts.map((text) => [...text].length);
}

/** `count` lines of ten characters, the line end included. */
function lines(count: number): string {
  return Array.from({ length: count }, (_, at) => `${String(at).padStart(4, '0')}번 상자`)
    .map((line) => line.padEnd(9, '.'))
    .join('\n');
}

describe('bubbles', () => {
  test('up to three are shown as they are', () => {
    expect(shown(['하나', '둘', '셋']).texts).toEqual(['하나', '둘', '셋']);
  });

  test('exactly 500 characters, emoji counted as one, stay one bubble', () => {
    expect(shown(['🍑'.repeat(500)]).texts).toEqual(['🍑'.repeat(500)]);
    expect(lengths(shown(['🍑'.repeat(501)]))).toEqual([500, 1]);
  });

  test('a long one is parted at a line end', () => {
    const { texts } = shown([lines(60)]);
    expect(texts).toHaveLength(2);
    expect(texts.join('\n')).toBe(lines(60));
  });

  test('a blank line is a better place than a line end', () => {
    const [first, second] = shown([`${lines(30)}\n\n${lines(30)}`]).texts;
    expect([first, second]).toEqual([lines(30), lines(30)]);
  });

  test('without line ends it is parted at a space, and without spaces where it must', () => {
    const words = '달콤한복숭아 '.repeat(90).trim();
    const { texts } = shown([words]);
    expect(texts.join(' ')).toBe(words);
    expect(lengths(shown(['가'.repeat(1_200)]))).toEqual([500, 500, 200]);
  });

  test('more than three are joined by a blank line, the shortest first', () => {
    const { texts } = shown(['가'.repeat(300), '나', '다', '라'.repeat(300)]);
    expect(texts).toEqual(['가'.repeat(300), '나\n\n다', '라'.repeat(300)]);
  });

  test('when no two neighbours fit together the text flows on and nothing is lost', () => {
    const { texts } = shown(['가', '나', '다', '라'].map((char) => char.repeat(330)));
    expect(texts).toHaveLength(3);
    expect(texts.join('').replaceAll('\n', '')).toHaveLength(4 * 330);
  });

  test('the last two are not joined to more than a card holds', () => {
    const texts = [450, 450, 300, 150].map((count) => '가'.repeat(count));
    expect(shown(texts).texts).toHaveLength(3);
    const linked = shown(texts, [link]).texts;
    expect(linked.join('').replaceAll('\n', '')).toBe(texts.join(''));
  });

  test('what is said to be room is shown whole, even above link buttons', () => {
    const text = '가'.repeat(KAKAO_ROOM_CHARS);
    expect(shown([text], [link]).texts.join('')).toBe(text);
    expect(
      shown([lines(140)], [link])
        .texts.join('')
        .replaceAll('\n', ''),
    ).toBe(lines(140).replaceAll('\n', ''));
  });

  test('what is too long ends with an ellipsis', () => {
    const { texts } = shown([lines(1_000)]);
    expect(texts).toHaveLength(3);
    expect(texts[0]?.startsWith('0000번 상자')).toBe(true);
    expect(texts.at(-1)?.endsWith('…')).toBe(true);
  });

  test('a gap of blanks as long as the room leaves no empty bubble', () => {
    const { texts } = shown([`${'가'.repeat(1_000)}${' '.repeat(9_000)}나`]);
    expect(texts.at(-1)).toBe('나');
  });

  test.each([[[]], [['']], [[' \n', '\u200b', '\u3164']], [['\u0000', '\ud83d']]])(
    'nothing visible is answered in the given words (%j)',
    (texts) => {
      expect(shown(texts).texts).toEqual([EMPTY]);
    },
  );
});

describe('choices', () => {
  const say = (label: string, words = label): Choice => ({ label, say: words });

  test('are quick replies that carry their press', () => {
    const press = { key: '01JD', act: 'confirm', ref: 'draft-7' };
    expect(
      shown(['맞나요?'], [{ ...say('확정', '주문 확정'), press }, say('수정')]).choices,
    ).toEqual([
      {
        label: '확정',
        action: 'message',
        messageText: '주문 확정',
        extra: { k: '01JD', a: 'confirm', r: 'draft-7' },
      },
      { label: '수정', action: 'message', messageText: '수정' },
    ]);
  });

  test('whose press could not come back are said as words only', () => {
    const press = { key: 'k'.repeat(201), act: 'confirm', ref: '' };
    expect(shown(['맞나요?'], [{ ...say('확정'), press }]).choices[0]?.extra).toBeUndefined();
  });

  test('are ten at most, the first ten', () => {
    const many = Array.from({ length: 20 }, (_, at) => say(`${at}번`));
    expect(shown(['골라 주세요'], many).choices.map(({ label }) => label)).toEqual(
      many.slice(0, 10).map(({ label }) => label),
    );
  });

  test('long labels are cut, equal ones numbered', () => {
    const long = '아주아주 긴 이름의 상점 하나';
    expect([...long]).toHaveLength(16);
    const labels = shown(['어디요?'], [say('주문 취소'), say('주문 취소'), say(long), say(long)]);
    expect(labels.choices.map(({ label }) => label)).toEqual([
      '주문 취소',
      '주문 취소 2',
      '아주아주 긴 이름의 상점…',
      '아주아주 긴 이름의… 2',
    ]);
    expect(labels.choices[2]?.messageText).toBe(long);
  });

  test('say at most 1,000 characters, and their label when they say nothing', () => {
    const [long, mute] = shown(['네'], [say('길게', '가'.repeat(2_000)), say('네', ' \n')]).choices;
    expect([...(long?.messageText ?? '')]).toHaveLength(1_000);
    expect(mute?.messageText).toBe('네');
  });

  test('without a visible label show what they say, and without that are left out', () => {
    const { choices } = shown(['네'], [say('\n', '주문\n조회'), say(' ', '\u200b')]);
    expect(choices.map(({ label }) => label)).toEqual(['주문 조회']);
  });

  test('are left out from the end when the answer would pass 30 KB', () => {
    const many = Array.from({ length: 10 }, (_, at) => say(`${at}번`, `🍑${'가'.repeat(999)}`));
    const { texts, choices } = shown(['골라 주세요'], many);
    expect(texts).toEqual(['골라 주세요']);
    expect(choices).toHaveLength(9);
    expect(choices[0]?.label).toBe('0번');
  });
});

describe('links', () => {
  test('are buttons of a card that shows the last bubble', () => {
    const body = renderKakao({ texts: ['첫째', '둘째'], choices: [link] }, EMPTY);
    expect(problemsOf(body)).toEqual([]);
    expect(JSON.parse(body).template.outputs).toEqual([
      { simpleText: { text: '첫째' } },
      {
        textCard: {
          description: '둘째',
          buttons: [{ label: '주문 보기', action: 'webLink', webLinkUrl: link.url }],
          buttonLayout: 'vertical',
        },
      },
    ]);
  });

  test('leave 400 characters to the last bubble', () => {
    expect(lengths(shown(['가'.repeat(400)], [link]))).toEqual([400]);
    expect(lengths(shown(['가'.repeat(401)], [link]))).toEqual([400, 1]);
    const { texts } = shown(['첫째', lines(45)], [link]);
    expect(texts[0]).toBe('첫째');
    expect(texts.slice(1).join('\n')).toBe(lines(45));
  });

  test('are three at most', () => {
    const many = Array.from({ length: 5 }, (_, at) => ({ ...link, label: `${at}번` }));
    expect(shown(['네'], many).links.map(({ label }) => label)).toEqual(['0번', '1번', '2번']);
  });

  test('stand beside quick replies under different labels', () => {
    const { links, choices } = shown(['네'], [link, { label: link.label, say: '주문조회' }]);
    expect([links[0]?.label, choices[0]?.label]).toEqual(['주문 보기', '주문 보기 2']);
  });

  test.each([
    'javascript:alert(1)',
    'tel:010-0000-0000',
    '/o/1',
    'farm.example',
    'http://',
    '',
    `https://farm.example/${'a'.repeat(1_000)}`,
  ])('other than plain web addresses are left out: %s', (url) => {
    expect(shown(['네'], [{ label: '열기', url }]).links).toEqual([]);
  });

  test('are written so that any phone opens them', () => {
    const [first] = shown(['네'], [{ label: '열기', url: 'HTTPS://farm.example/주문 하나' }]).links;
    expect(first?.url).toBe(encodeURI('https://farm.example/주문 하나'));
  });
});

test('text that cannot be shown is taken out, not passed on', () => {
  const { texts } = shown(['값\u0000은\r\n3만\ud83d원\ufffd\u001b[31m', '\t끝']);
  expect(texts).toEqual(['값은\n3만원[31m', '끝']);
});

test('any reply whatever is rendered within the limits', () => {
  const unit = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('가', '🍑', ' ', '\n', '\n\n', '👩‍🌾', '"', '\\') },
    { weight: 1, arbitrary: fc.constantFrom('\ud83d', '\udf51', '\u0000', '\ufffd', '\u200b') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
  );
  const long = fc
    .tuple(fc.array(unit, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 1_000 }))
    .map(([units, times]) => units.join('').repeat(times).slice(0, 10_000));
  const text = fc.oneof(
    fc.array(unit, { maxLength: 30 }).map((units) => units.join('')),
    long,
  );
  const label = fc.oneof(fc.constantFrom('주문 취소', '복숭아 두 상자 주문하기', '네'), text);
  const press = fc.record({ key: text, act: text, ref: text });
  const choice: fc.Arbitrary<Choice> = fc.oneof(
    fc.record({ label, say: text }),
    fc.record({ label, say: text, press }),
    fc.record({ label, url: fc.oneof(fc.webUrl(), text) }),
  );
  const reply = fc.record({
    texts: fc.array(text, { maxLength: 8 }),
    choices: fc.array(choice, { maxLength: 20 }),
  });
  fc.assert(
    fc.property(reply, ({ texts, choices }) => {
      expect(problemsOf(renderKakao({ texts, choices }, EMPTY))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('no word of a reply that fits the room is lost', () => {
  const word = fc.stringMatching(/^[가-힣]{1,12}$/);
  const bubble = fc
    .array(fc.tuple(word, fc.constantFrom(' ', '\n', '\n\n')), { minLength: 1, maxLength: 60 })
    .map((words) => words.flat().join('').trim());
  fc.assert(
    fc.property(fc.array(bubble, { minLength: 1, maxLength: 6 }), fc.boolean(), (texts, linked) => {
      const room = [...texts.join('\n\n')].length;
      fc.pre(room <= KAKAO_ROOM_CHARS);
      const squeezed = (parts: readonly string[]) => parts.join('').replace(/\s+/g, '');
      expect(squeezed(shown(texts, linked ? [link] : []).texts)).toBe(squeezed(texts));
    }),
  );
});
