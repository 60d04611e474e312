// What is on sale, what buyers call it, and how they say how many.
import type { Dice } from './generated-dice.ts';

/** One thing a product's name says of it, with other words for the same. */
type Part = readonly string[];
export type Goods = {
  readonly id: string;
  readonly name: string;
  readonly parts: readonly Part[];
  /** What a box of it is called beside 박스: 포, 망, 팩. */
  readonly unit: string | null;
};

type Family = {
  readonly kind: Part;
  readonly varieties: readonly Part[];
  readonly sizes: readonly string[];
  readonly grades?: readonly string[];
  readonly unit?: string;
};

const FAMILIES: readonly Family[] = [
  {
    kind: ['사과'],
    varieties: [
      ['부사'],
      ['홍로'],
      ['아오리'],
      ['감홍'],
      ['시나노골드', '시나노'],
      ['양광'],
      ['아리수'],
    ],
    sizes: ['3kg', '5kg', '10kg'],
    grades: ['가정용', '선물용', '못난이', '대과', '중과'],
  },
  {
    kind: ['배'],
    varieties: [['신고'], ['원황'], ['추황'], ['화산']],
    sizes: ['5kg', '7.5kg', '15kg'],
  },
  {
    kind: ['포도'],
    varieties: [['캠벨', '캠벨얼리'], ['거봉'], ['샤인머스캣', '샤인'], ['머루포도']],
    sizes: ['2kg', '3kg', '5kg'],
    grades: ['선물용', '가정용'],
  },
  {
    kind: ['감자'],
    varieties: [['수미감자', '수미'], ['두백감자', '두백'], ['홍감자'], ['알감자']],
    sizes: ['5kg', '10kg', '20kg'],
    grades: ['특대', '조림용'],
  },
  {
    kind: ['고구마'],
    varieties: [['꿀고구마'], ['밤고구마'], ['호박고구마'], ['자색고구마']],
    sizes: ['3kg', '5kg', '10kg'],
    grades: ['한입', '왕특'],
  },
  {
    kind: ['옥수수'],
    varieties: [
      ['찰옥수수', '찰옥'],
      ['초당옥수수', '초당'],
      ['미백옥수수', '미백'],
      ['대학찰옥수수'],
    ],
    sizes: ['10개입', '20개입', '30개입'],
  },
  {
    kind: ['귤', '감귤'],
    varieties: [['노지감귤'], ['타이벡감귤', '타이벡']],
    sizes: ['3kg', '5kg', '10kg'],
  },
  {
    kind: ['만감류'],
    varieties: [['한라봉'], ['천혜향'], ['레드향'], ['황금향'], ['카라향']],
    sizes: ['3kg', '5kg'],
    grades: ['선물용', '가정용'],
  },
  { kind: ['참외'], varieties: [['성주참외'], ['꿀참외']], sizes: ['3kg', '5kg', '10kg'] },
  { kind: ['자두'], varieties: [['대석'], ['후무사'], ['추희']], sizes: ['3kg', '5kg'] },
  {
    kind: ['복숭아'],
    varieties: [['황도'], ['백도'], ['천도'], ['딱딱이', '딱복'], ['말랑이', '물복'], ['납작']],
    sizes: ['3kg', '4kg', '4.5kg'],
  },
  {
    kind: ['토마토'],
    varieties: [['완숙토마토'], ['대추방울토마토', '대추방울'], ['짭짤이']],
    sizes: ['2kg', '3kg', '5kg'],
  },
  { kind: ['감'], varieties: [['단감'], ['대봉감', '대봉'], ['태추']], sizes: ['5kg', '10kg'] },
  {
    kind: ['쌀'],
    varieties: [['햅쌀'], ['현미'], ['찹쌀'], ['오대쌀']],
    sizes: ['10kg', '20kg'],
    unit: '포',
  },
  {
    kind: ['양파'],
    varieties: [['자색양파'], ['햇양파']],
    sizes: ['5kg', '10kg', '15kg'],
    unit: '망',
  },
  { kind: ['마늘'], varieties: [['깐마늘'], ['통마늘']], sizes: ['3kg', '5kg'], unit: '망' },
  { kind: ['배추'], varieties: [['절임배추'], ['알배기']], sizes: ['10kg', '20kg'] },
  { kind: ['딸기'], varieties: [['설향'], ['금실']], sizes: ['500g', '1kg'], unit: '팩' },
  { kind: ['블루베리'], varieties: [['듀크'], ['드레이퍼']], sizes: ['500g', '1kg'], unit: '팩' },
  { kind: ['멜론'], varieties: [['머스크멜론'], ['하미과']], sizes: ['5kg', '8kg'] },
  { kind: ['수박'], varieties: [['흑수박'], ['애플수박']], sizes: ['6kg', '8kg'], unit: '통' },
  { kind: ['밤'], varieties: [['옥광밤'], ['공주밤']], sizes: ['2kg', '4kg'] },
  { kind: ['대추'], varieties: [['사과대추'], ['건대추']], sizes: ['1kg', '2kg'] },
  { kind: ['당근'], varieties: [['흙당근'], ['제주당근']], sizes: ['5kg', '10kg'] },
  { kind: ['무화과'], varieties: [['청무화과'], ['영암무화과']], sizes: ['2kg', '3kg'] },
  { kind: ['키위'], varieties: [['골드키위'], ['그린키위']], sizes: ['2kg', '3kg'] },
  {
    kind: ['고추'],
    varieties: [['청양고추'], ['건고추'], ['홍고추']],
    sizes: ['1kg', '3kg', '5kg'],
  },
  {
    kind: ['버섯'],
    varieties: [
      ['표고버섯', '표고'],
      ['느타리버섯', '느타리'],
    ],
    sizes: ['1kg', '2kg'],
  },
  { kind: ['매실'], varieties: [['청매실'], ['황매실']], sizes: ['5kg', '10kg'] },
  { kind: ['단호박'], varieties: [['미니단호박'], ['밤호박']], sizes: ['3kg', '5kg', '8kg'] },
];

const SPELLINGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^([\d.]+)kg$/u, ['$1kg', '$1kg', '$1키로', '$1KG', '$1 kg']],
  [/^(\d+)g$/u, ['$1g', '$1그램']],
  [/^(\d+)개입$/u, ['$1개입', '$1개입']],
];

/** As many products of one farm, none called like another. */
export function catalogue(dice: Dice, size: number): Goods[] {
  const family = dice.pick(FAMILIES);
  const goods: Goods[] = [];
  // The same few variants come up again and again; a small family has no more to offer.
  for (let tries = 0; goods.length < size && tries < 40; tries += 1) {
    const other = dice.chance(0.35) ? dice.pick(FAMILIES) : family;
    const made = product(dice, other, `p${goods.length + 1}`);
    if (goods.every((known) => !clashes(known, made))) goods.push(made);
  }
  return goods;
}

function product(dice: Dice, family: Family, id: string): Goods {
  const { kind, varieties, sizes, grades = [], unit = null } = family;
  const variety = dice.chance(0.65) ? dice.pick(varieties) : null;
  const whole = variety?.[0]?.includes(kind[0] ?? '') ?? false;
  const size = dice.pick(sizes);
  const parts: Part[] = [];
  if (variety !== null) parts.push(variety);
  if (!whole && kind[0] !== '만감류') parts.push(kind);
  if (variety === null && kind[0] === '만감류') parts.push(dice.pick(varieties));
  parts.push([size]);
  if (grades.length > 0 && dice.chance(0.3)) parts.push([dice.pick(grades)]);
  return { id, name: parts.map(([word = '']) => word).join(' '), parts, unit };
}

/** One could not be told from the other by its full name. */
function clashes(a: Goods, b: Goods): boolean {
  const words = ({ parts }: Goods): readonly string[] => parts.map(([word = '']) => word);
  const holds = (whole: Goods, part: Goods): boolean =>
    words(part).every((word) => words(whole).includes(word));
  return holds(a, b) || holds(b, a);
}

/** Words that mean this product and no other on sale. */
export function called(dice: Dice, goods: Goods, all: readonly Goods[]): string {
  const words = (chosen: readonly Part[]) =>
    chosen
      .map((part) => {
        const word = dice.pick(part);
        const row = SPELLINGS.find(([shape]) => shape.test(word));
        return row === undefined ? word : word.replace(row[0], dice.pick(row[1]));
      })
      .join(' ');
  for (let tries = 0; tries < 6; tries += 1) {
    const chosen = goods.parts.filter(() => dice.chance(0.6));
    if (chosen.length > 0 && isClear(chosen, goods, all)) return words(chosen);
  }
  return words(goods.parts);
}

/** Some word said is no part of any other product's name. */
function isClear(chosen: readonly Part[], goods: Goods, all: readonly Goods[]): boolean {
  return all.every((other) => {
    if (other === goods) return true;
    return chosen.some(([word = '']) => !other.name.includes(word));
  });
}

const NATIVE = ['', '한', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉', '열'];

export function boxes(dice: Dice): number {
  return dice.weighted([
    [10, dice.between(1, 5)],
    [2, dice.between(6, 10)],
    [1, dice.between(11, 30)],
  ]);
}

/** "2박스", "두 상자", "3 box", and the product's own unit. */
export function counted(dice: Dice, count: number, unit: string | null): string {
  const word = NATIVE[count];
  const digits: (readonly [number, string])[] = [
    [12, `${count}박스`],
    [6, `${count} 박스`],
    [6, `${count}상자`],
    [2, `${count} 상자`],
    [3, `${count}개`],
    [2, `${count}box`],
    [1, `${count} BOX`],
    [1, `${count}박`],
  ];
  const spoken: (readonly [number, string])[] =
    word === undefined || word === ''
      ? []
      : [
          [4, `${word}박스`],
          [4, `${word} 박스`],
          [3, `${word} 상자`],
          [2, `${word}상자`],
          [1, `${word} 개`],
        ];
  const own: (readonly [number, string])[] = unit === null ? [] : [[14, `${count}${unit}`]];
  return dice.weighted([...digits, ...spoken, ...own]);
}

/** No number that could be packed. */
export const vagueCount = (dice: Dice): string =>
  dice.pick([
    '두세 박스',
    '서너 상자',
    '몇 박스',
    '0박스',
    '1.5박스',
    '3박스나 4박스',
    '두어 박스',
  ]);
