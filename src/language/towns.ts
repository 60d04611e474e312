// Towns as people say them: 부산 for 부산광역시, 해운대 for 해운대구, 경남 for 경상남도.
import { districtOf, isDistrict } from './districts.ts';

/** A town stands at the head of an address. */
const TOWN_WORDS_MAX = 3;
const TOWN = /(?:특별시|광역시|특별자치시|특별자치도|[시도군구])$/u;

/** 부산 해운대구 of a whole address; '' where it begins with no town. */
export function townOf(address: string): string {
  const words = address.split(' ').slice(0, TOWN_WORDS_MAX);
  const end = words.findIndex((word) => !TOWN.test(word) && !isProvince(word));
  return words.slice(0, end < 0 ? words.length : end).join(' ');
}

/** Whether the word is a town by its looks, known or not. */
export function isTown(word: string): boolean {
  return isProvince(word) || isDistrict(word) || districtOf(word) !== null;
}

const PROVINCES =
  /^(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)$/u;
const isProvince = (word: string): boolean => PROVINCES.test(word.replace(/(?<=..)[시도]$/u, ''));

/** "부산", "해운대", "경남" of an address that lies there. */
export function liesIn(address: string, word: string): boolean {
  const stem = word.length > 2 ? word.replace(TOWN, '') : word;
  if (stem.length < 2) return false;
  return townOf(address)
    .split(' ')
    .some((town) => town.startsWith(stem) || shortProvince(town) === stem);
}

/** 경남 of 경상남도. */
function shortProvince(town: string): string | null {
  return town.length === 4 && town.endsWith('도') ? `${town[0]}${town[2]}` : null;
}
