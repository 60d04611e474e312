// Where a parcel costs more to send: Jeju and the islands, found by address or postcode.
import type { Region } from './order.ts';

/** 시군구 and, where only part of it is islands, its 읍면; islands joined by a bridge are left out. */
const ISLANDS: readonly { readonly district: string; readonly towns: readonly string[] }[] = [
  { district: '울릉군', towns: [] },
  { district: '옹진군', towns: ['백령면', '대청면', '연평면', '덕적면', '자월면', '북도면'] },
  { district: '강화군', towns: ['서도면'] },
  { district: '신안군', towns: ['흑산면', '비금면', '도초면', '하의면', '신의면', '장산면'] },
  {
    district: '완도군',
    towns: ['청산면', '보길면', '노화읍', '소안면', '금일읍', '금당면', '생일면'],
  },
  { district: '진도군', towns: ['조도면'] },
  { district: '여수시', towns: ['삼산면'] },
  { district: '통영시', towns: ['욕지면', '한산면', '사량면'] },
  { district: '부안군', towns: ['위도면'] },
];

/** Postcode ranges, both ends included. */
const ISLAND_POSTCODES: readonly (readonly [string, string])[] = [
  ['23100', '23116'],
  ['40200', '40240'],
];

export function regionOf(address: string, postcode: string | null): Region {
  if (postcode?.startsWith('63') || /^\s*제주/u.test(address)) return 'jeju';
  if (
    ISLAND_POSTCODES.some(([from, to]) => postcode !== null && from <= postcode && postcode <= to)
  )
    return 'island';
  const isIsland = ISLANDS.some(
    ({ district, towns }) =>
      address.includes(district) &&
      (towns.length === 0 || towns.some((town) => address.includes(town))),
  );
  return isIsland ? 'island' : 'mainland';
}

/** Province, district and town stand in the first words; what follows are roads and buildings. */
const PLACE_WORDS = 3;

/** Each place is a beginning, of the address or of its district or town: `제주`, `울릉군`, `전남 신안`. */
export function isServed(address: string, noDelivery: readonly string[]): boolean {
  const words = wordsOf(address);
  return !noDelivery.some((place) => {
    const named = wordsOf(place);
    return (
      named.length > 0 &&
      words.slice(0, PLACE_WORDS).some((_, from) =>
        named.every((word, index) => {
          const said = words[from + index] ?? '';
          // `제주로` in Seoul is a road, not the island.
          return said.startsWith(word) && (said === word || !/(?:로|길)\d*$/u.test(said));
        }),
      )
    );
  });
}

/** Long and short names of a province as one. */
const PROVINCES: readonly (readonly [RegExp, string])[] = [
  [/^(서울|부산|대구|인천|광주|대전|울산|세종)(?:특별자치|특별|광역)시/u, '$1 '],
  [/^(경기|강원|제주)(?:특별자치)?도/u, '$1 '],
  [/^(충|전|경)(?:청|라|상)(북|남)도/u, '$1$2 '],
  [/^전북특별자치도/u, '전북 '],
];

function wordsOf(address: string): string[] {
  // A postcode in front is no place.
  const bare = address.trim().replace(/^[([]?\d{5}[)\]]?\s+/u, '');
  return shortProvince(bare)
    .split(/\s+/u)
    .filter((word) => word !== '');
}

/** `서울 노원구 …`, `전남 신안군 …`: an address that begins with the short name of its province. */
export function shortProvince(address: string): string {
  return PROVINCES.reduce((text, [long, short]) => text.replace(long, short), address);
}
