// Changes to a message that say nothing new: politeness around it, another writing of the same letters,
// a form on one line.
import { readOrder } from '../../src/language/read-order.ts';
import type { OrderReading } from '../../src/language/reading.ts';
import { type Dice, diceOf } from './generated-dice.ts';
import { type Generated, generateOrder } from './generated-orders.ts';
import { FORM_COUNT } from './generated-skeletons.ts';

export const CHANGES = [
  'greeted',
  'thanked',
  'decomposed',
  'widened',
  'invisible',
  'inline',
] as const;
export type Change = (typeof CHANGES)[number];

const GREETINGS = [
  '안녕하세요',
  '안녕하세요~',
  '사장님 안녕하세요^^',
  '수고 많으십니다.',
  '수고하십니다!',
  '더운데 고생 많으세요ㅠㅠ',
  '날씨가 많이 춥네요.',
  '비가 많이 오는데 별일 없으시죠?',
  '작년에 먹어보고 너무 맛있어서 또 연락드려요.',
  '친구 소개로 연락드립니다.',
];
const THANKS = [
  '감사합니다',
  '감사합니다~^^',
  '잘 부탁드려요~',
  '수고하세요!',
  '좋은 하루 되세요',
  '맛있는 걸로 부탁드립니다',
  '늘 건강하시고 번창하세요',
  '항상 맛있게 잘 먹고 있습니다ㅎㅎ',
  '확인 부탁드립니다',
  '그럼 기다릴게요😊',
];

export type Altered = {
  readonly line: Generated;
  readonly texts: readonly string[];
  readonly before: OrderReading;
  readonly after: OrderReading;
};

/** The message of this seed read as it is and changed; null where the change does not apply. */
export function readChanged(seed: number, change: Change): Altered | null {
  const line = generateOrder(seed);
  const dice = diceOf(-seed - 1);
  const texts = 'messages' in line ? (line.messages ?? []) : [line.text ?? ''];
  const changed = alter(dice, line, texts, change);
  if (changed === null) return null;
  const read = (said: readonly string[]): OrderReading =>
    readOrder(
      said.map((text) => ({ text })),
      {
        today: line.context.today,
        products: line.context.products,
        maxBoxes: line.context.max_boxes,
      },
    );
  return { line, texts: changed, before: read(texts), after: read(changed) };
}

function alter(
  dice: Dice,
  { skeleton }: Generated,
  texts: readonly string[],
  change: Change,
): readonly string[] | null {
  const first = texts[0] ?? '';
  const last = texts.at(-1) ?? '';
  switch (change) {
    case 'greeted':
      return [
        `${dice.pick(GREETINGS)}${dice.pick(['\n', ' ', '\n\n'])}${first}`,
        ...texts.slice(1),
      ];
    case 'thanked':
      return [
        ...texts.slice(0, -1),
        `${last}${dice.pick(['\n', '\n\n', ' '])}${dice.pick(THANKS)}`,
      ];
    case 'decomposed':
      return texts.map((text) => text.normalize('NFD'));
    case 'widened':
      return texts.map((text) => text.replace(/\d/gu, (digit) => WIDE[Number(digit)] ?? digit));
    case 'invisible':
      return texts.map((text) =>
        [...text].map((letter) => (dice.chance(0.1) ? `${letter}\u200b` : letter)).join(''),
      );
    case 'inline':
      return skeleton < FORM_COUNT && !/\n\n/u.test(first)
        ? texts.map((text) => text.replaceAll('\n', dice.pick([' / ', ', '])))
        : null;
  }
}

const WIDE = '０１２３４５６７８９';

/** Nothing worse than a question: the same parcels, or one asked about. */
export function isHarmless({ before, after }: Altered): boolean {
  if (after.kind !== 'order') return true;
  return before.kind === 'order' && parcelsOf(before) === parcelsOf(after);
}

export const parcelsOf = (reading: OrderReading): string =>
  reading.kind === 'none'
    ? ''
    : reading.draft.recipients
        .map(({ name, phone, address, items }) =>
          [
            name,
            phone,
            address?.replace(/[\s,./]+/gu, ' '),
            ...items.map(({ product, boxes }) => `${product}=${boxes}`).sort(),
          ].join('|'),
        )
        .sort()
        .join('\n');
