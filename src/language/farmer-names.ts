// A recipient named in a farmer's words: "박철수님 발송", "김*희", "한진수 거".

import type { FarmerToken } from './farmer-tokens.ts';
import { soundsLikeName } from './given-names.ts';
import { isOrdinary, isPersonName, isRelation, TITLES } from './names.ts';

export type FoundName = { readonly name: string; readonly end: number; readonly isSure: boolean };

const MASKED = /[가-힣][가-힣]?[*○●〇]{1,3}[가-힣]?(?: ?(?:고객)?님|씨)?/uy;
const TITLED =
  /([가-힣]{2,8}?) ?(?:고객|손|어르신|선생|사모|여사)?님|([가-힣]{2,4})씨(?=$|[^가-힣]|[네댁이가은는께한에의거꺼것건도랑하와과까])/uy;
/** 김사장님 and 기사님 are whom one speaks to or of, and no recipient's name. */
const CALLED = new RegExp(
  `^(?:[가-힣]?(?:${TITLES}|손|아저|아줌마|아주머|농부|농장주|판매자|주문자|구매자|택배|택배기사|어머|아버|할머|할아버|장모|형|누|도련|며느|해|달|별|주인|하느|배송기사|손자|따|아드|받는|부모|아가|이모|고모))$`,
  'u',
);
const PLAIN =
  /([가-힣]{3,4}?)(?=$|[^가-힣]|(?=[가-힣])(?:네|댁)?(?:집|꺼|거|것|건|께)?(?:한테|에게|이랑|하고|랑|과|와|은|는|도|만|이|가)?(?![가-힣]))/uy;

/** "말자네", "순복이네", "종구네 집": the house of somebody known by his given name. */
const HOUSE =
  /([가-힣]{2})(?:이?네|댁)(?: ?집)?(?=$|[^가-힣]|(?:께|꺼|거|것|건|은|는)(?![가-힣]))/uy;

/** A name that its title or its stars give away, from `at` on, where a word begins. */
export function sureNameAt(text: string, at: number): FoundName | null {
  MASKED.lastIndex = at;
  const masked = MASKED.exec(text);
  if (masked !== null)
    return {
      name: masked[0].replace(/ ?(?:(?:고객)?님|씨)$/u, ''),
      end: at + masked[0].length,
      isSure: true,
    };
  TITLED.lastIndex = at;
  const titled = TITLED.exec(text);
  const name = titled?.[1] ?? titled?.[2] ?? '';
  if (titled === null || CALLED.test(name) || isOrdinary(name) || isRelation(name)) return null;
  return { name, end: at + titled[0].length, isSure: true };
}

/** "말자네 6418…": beside a waybill it is a name, whatever else the letters may say. */
export function houseAt(text: string, at: number): FoundName | null {
  HOUSE.lastIndex = at;
  const found = HOUSE.exec(text);
  const name = found?.[1];
  if (found === null || name === undefined || !soundsLikeName(`김${name}`)) return null;
  const end = at + found[0].length;
  return /^[ :]{0,3}\d{4}/.test(text.slice(end, end + 8)) ? { name, end, isSure: false } : null;
}

/** A name by its looks alone; the words that farmers use are not asked here. */
export function likelyNameAt(text: string, at: number): FoundName | null {
  PLAIN.lastIndex = at;
  HOUSE.lastIndex = at;
  const house = HOUSE.exec(text);
  if (house?.[1] !== undefined && soundsLikeName(`김${house[1]}`) && !isOrdinary(house[1]))
    return { name: house[1], end: at + house[0].length, isSure: false };
  const name = PLAIN.exec(text)?.[1];
  if (name === undefined || !isPersonName(name) || !soundsLikeName(name)) return null;
  return isOrdinary(name) ? null : { name, end: at + name.length, isSure: false };
}

/** "3번 박철수", "박철수님 3번": a number and a name side by side are one row said twice. */
export function withNumberedNames(tokens: readonly FarmerToken[]): readonly FarmerToken[] {
  if (!tokens.some(isName)) return tokens;
  const joined: FarmerToken[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    const both = last === undefined ? null : (numbered(last, token) ?? numbered(token, last));
    if (both === null) joined.push(token);
    else joined[joined.length - 1] = both;
  }
  return joined;
}

const isName = (token: FarmerToken): boolean =>
  token.kind === 'pointed' && token.pointed.kind === 'recipient';

/** "포장까지" names the step and no row. */
export function withoutStepsReached(tokens: readonly FarmerToken[]): readonly FarmerToken[] {
  if (!tokens.some(isUntil)) return tokens;
  return tokens.filter((token, i) => !(isUntil(token) && isStep(tokens[i - 1])));
}
const isUntil = (token: FarmerToken): boolean => token.kind === 'word' && token.word === 'until';
const isStep = (token: FarmerToken | undefined): boolean =>
  token?.kind === 'word' && (token.word === 'harvest' || token.word === 'pack');

/** "박철수님까지", "3번부터 박철수님까지": everybody as far as him. */
export function withNamesReached(tokens: readonly FarmerToken[]): readonly FarmerToken[] {
  const reached: FarmerToken[] = [];
  for (const token of tokens) {
    const last = reached.at(-1);
    if (token.kind !== 'word' || token.word !== 'until' || last?.kind !== 'pointed') {
      reached.push(token);
      continue;
    }
    const { pointed } = last;
    if (pointed.kind !== 'recipient') {
      reached.push(token);
      continue;
    }
    const [start, from] = reached.slice(-3);
    const isStart = start?.kind === 'rows' && from?.kind === 'word' && from.word === 'from';
    reached.splice(isStart ? -3 : -1);
    const first = isStart ? start.from : 1;
    reached.push({ kind: 'pointed', pointed: { kind: 'upto', from: first, name: pointed.name } });
    reached.push(token);
  }
  return reached;
}

function numbered(row: FarmerToken, name: FarmerToken): FarmerToken | null {
  if (row.kind !== 'rows' || row.from !== row.to || name.kind !== 'pointed') return null;
  const { pointed } = name;
  if (pointed.kind !== 'recipient' || pointed.row !== undefined) return null;
  return { kind: 'pointed', pointed: { ...pointed, row: row.from } };
}
