// What is known so far: the recipients with their facts, and what holds for all of them.
import { BESIDE_PHONE, SURE } from './find-names.ts';
import type { CountFact } from './items.ts';
import { joinMarks, type Mark, markOf, type Span } from './origin.ts';
import type { Token } from './page.ts';
import type { KnownRecipient, WantedDate } from './reading.ts';

export type Block = {
  name: string | null;
  nameStart: number;
  /** Only introduced himself ("이나경입니다"); alone that makes no recipient. */
  introduced: boolean;
  phone: string | null;
  /** A number was given that cannot be dialled. */
  phoneBad: boolean;
  address: string | null;
  /** An address was given that no parcel would find. */
  addressBad: boolean;
  /** Usable but for a flat number that is to come. */
  addressPartial: string | null;
  /** A town without its road: "서울 강남구". */
  region: string | null;
  /** A flat said without its house, which several may share. */
  unit: { readonly text: string; readonly mark: Mark } | null;
  longAddress: string | null;
  placeStart: number;
  placeEnd: number;
  postcode: string | null;
  /** An instruction for this recipient alone. */
  memo: string | null;
  /** A day wished for this recipient alone. */
  wanted: WantedDate | null;
  counts: CountFact[];
  homes: string[];
  /** Where his data comes from, when it was not typed. */
  known: KnownRecipient | null;
  /** Product words said for this recipient without a count. */
  features: string[];
  /** Where those words stand. */
  namedAt: readonly Span[];
  /** Where the values above were said; a mark outlives a value that was taken back. */
  from: { [field in BlockField]?: Mark };
};

export type BlockField = 'name' | 'phone' | 'address' | 'postcode' | 'memo' | 'wanted';

/** Each further message changes these in place. */
export type Notes = {
  blocks: Block[];
  shared: CountFact[];
  /** Counts for a place or name that no recipient has yet. */
  pending: { readonly key: string; readonly fact: CountFact }[];
  features: string[];
  /** Product words said with a sum in front of the first recipient. */
  leads: readonly string[];
  sender: string | null;
  /** He was called 주문자: without a 받는분 he orders for himself. */
  senderIsBuyer: boolean;
  /** It was said that he receives the parcel himself. */
  senderReceives: boolean;
  senderPhone: string | null;
  depositor: string | null;
  /** "상동": whose name it is. */
  depositorSame: 'sender' | 'recipient' | null;
  /** "저 김영희": without another name he orders for himself. */
  depositorWrites: boolean;
  memos: string[];
  wanted: WantedDate | null;
  /** Where the product words stand, and where the values above were said. */
  namedAt: readonly Span[];
  from: { [field in NotesField]?: Mark };
};

export type NotesField = 'sender' | 'senderPhone' | 'depositor' | 'memo' | 'wanted';

export const emptyNotes = (): Notes => ({
  blocks: [],
  shared: [],
  pending: [],
  features: [],
  leads: [],
  sender: null,
  senderIsBuyer: false,
  senderReceives: false,
  senderPhone: null,
  depositor: null,
  depositorSame: null,
  depositorWrites: false,
  memos: [],
  wanted: null,
  namedAt: [],
  from: {},
});

export const emptyBlock = (): Block => ({
  name: null,
  nameStart: -2,
  introduced: false,
  phone: null,
  phoneBad: false,
  address: null,
  addressBad: false,
  addressPartial: null,
  region: null,
  unit: null,
  longAddress: null,
  placeStart: -1,
  placeEnd: -1,
  postcode: null,
  memo: null,
  wanted: null,
  counts: [],
  homes: [],
  known: null,
  features: [],
  namedAt: [],
  from: {},
});

export type Fact =
  | Token
  | {
      readonly kind: 'boxes';
      readonly fact: CountFact;
      readonly start: number;
      readonly end: number;
    };

export const isName = (fact: Fact): fact is Extract<Fact, { kind: 'name' }> => fact.kind === 'name';

/** The place named behind the house number is part of the address where somebody else receives there. */
export const placeBelongs = (block: Block): boolean =>
  block.longAddress !== null && block.name !== null && block.nameStart !== block.placeStart;

/** Facts that make a recipient. A name that stands badly does not. */
export function isPrimary(fact: Fact): boolean {
  if (fact.kind === 'name') return fact.weight >= SURE;
  return fact.kind === 'phone' || fact.kind === 'address';
}

/** How many of name, phone and address have been given, usable or not. */
export function filled(block: Block): number {
  const { name, phone, phoneBad, address, addressBad } = block;
  return [name !== null, phone !== null || phoneBad, address !== null || addressBad].filter(Boolean)
    .length;
}

/** By his name, or by what the buyer calls the place: 저희집. */
export const isCalled = ({ name, homes, address }: Block, key: string): boolean =>
  name === key ||
  homes.includes(key) ||
  (isListKey(key) && townsOf(address ?? '').some((town) => listKey(town) === key));

/** Where somebody lives, or the letter of his row, may stand for him: "인천 1 홍성 2", "가 1 나 2". */
export const listKey = (word: string): string => `@${word}`;
export const isListKey = (key: string): boolean => key.startsWith('@');

const TOWN = /(?:특별자치|특별|광역)?[시도]$|[군구읍면]$/u;
const TOWNS_MAX = 4;

/** 인천, 부평 of "인천 부평구 마장로 33". */
export const townsOf = (address: string): string[] =>
  address
    .split(' ', TOWNS_MAX)
    .map((word) => word.replace(word.length > 2 ? TOWN : '', ''))
    .filter((word) => /^[가-힣]{2,4}$/u.test(word) && !/[로길동리]$/u.test(word));

/** Another value for what the block has already. */
export function conflictsWith(block: Block, fact: Fact): boolean {
  if (fact.kind === 'name')
    return (
      block.name !== null &&
      block.name !== fact.text &&
      !(isPlaceOnly(block) && fact.weight >= BESIDE_PHONE)
    );
  if (fact.kind === 'phone') {
    return (block.phone !== null && block.phone !== fact.digits) || block.phoneBad;
  }
  if (fact.kind === 'address') {
    // The road of a town said before is no second address.
    if (block.region !== null && block.address === null)
      return (fact.text ?? fact.region)?.includes(block.region) !== true;
    return block.address !== null ? block.address !== fact.text : block.addressBad;
  }
  return false;
}

/** "2층 참조은약국" was taken for the recipient as long as nobody else was named there. */
const isPlaceOnly = ({ phone, phoneBad, longAddress, nameStart, placeStart }: Block): boolean =>
  phone === null && !phoneBad && longAddress !== null && nameStart === placeStart;

export function fill(block: Block, fact: Fact): void {
  if (fact.kind === 'name') {
    block.name = fact.text;
    block.nameStart = fact.start;
    block.introduced = fact.introduced;
    block.from.name = markOf(fact);
  } else if (fact.kind === 'phone') {
    block.phone = fact.digits;
    block.phoneBad = fact.digits === null;
    block.from.phone = markOf(fact);
  } else if (fact.kind === 'address') {
    // The road that goes on with a town said before stands in both places.
    const goesOn = block.address === null && block.region !== null;
    block.from.address = joinMarks(goesOn ? block.from.address : undefined, markOf(fact));
    block.address = fact.text;
    block.addressBad = fact.text === null;
    block.addressPartial = fact.partial;
    block.region = fact.region;
    block.longAddress = fact.longText;
    block.placeStart = fact.placeStart;
    block.placeEnd = fact.placeEnd;
  } else if (fact.kind === 'postcode') {
    block.postcode = fact.digits;
    block.from.postcode = markOf(fact);
  } else if (fact.kind === 'memo') {
    const before = block.memo === null ? undefined : block.from.memo;
    block.memo = block.memo === null ? fact.text : `${block.memo} ${fact.text}`;
    block.from.memo = joinMarks(before, markOf(fact));
  } else if (fact.kind === 'home') {
    block.homes.push(fact.word);
  }
}

/** A flat said later belongs to an address that has none; said against another one it is doubtful. */
export function addUnit(block: Block, fact: UnitFact): void {
  const { text: unit, instead, restates } = fact;
  const address = block.address ?? block.addressPartial;
  if (address === null) {
    block.unit = { text: unit, mark: markOf(fact) };
    return;
  }
  block.from.address = joinMarks(block.from.address, markOf(fact));
  // "05호" is not the 5호 that was meant, and 103동1204호 may be written with a space.
  const wrong = instead === null ? null : new RegExp(`(?<!\\d)${[...instead].join(' ?')}`, 'u');
  if (wrong?.test(address)) {
    block.address = address.replace(wrong, unit);
    block.longAddress = null;
    return;
  }
  // "주소는 104동 1204호예요": the flat said anew, as far as it goes.
  const old = restates ? (unit.includes('동') ? FLAT : ROOM).exec(address)?.[0] : undefined;
  if (old !== undefined) {
    block.address = `${address.slice(0, -old.length)}${unit}`;
    block.longAddress = null;
    return;
  }
  const doubtful = /\d(?:호|층)$/u.test(address) && !address.endsWith(unit);
  block.address = doubtful ? null : `${address} ${unit}`;
  block.unit ??= { text: unit, mark: markOf(fact) };
  block.addressBad = doubtful;
  const long = block.longAddress;
  block.longAddress = doubtful || long === null ? null : `${long} ${unit}`;
}

type UnitFact = Extract<Fact, { kind: 'unit' }>;
const ROOM = /(?<!\d)\d{1,5}호$/u;
const FLAT = /(?:\d{1,4}동 ?)?\d{1,5}호$/u;

const sameProduct = (a: CountFact, b: CountFact): boolean =>
  b.features.length === 0 ||
  a.features.length === 0 ||
  a.features.join() === b.features.join() ||
  (b.features.every((feature) => a.features.includes(feature)) && a.features.length > 0);

const saidIn = ({ mark }: CountFact): number | undefined => mark.spans[0]?.message;

/**
 * A later message: the new count takes the place of the old one, or is another product's. Where the
 * message `swaps` ("5키로로 바꿔주세요") even another product takes the place of the only one.
 */
export function mergeCount(
  counts: readonly CountFact[],
  fact: CountFact,
  swaps = false,
): CountFact[] {
  const [first, another] = counts;
  const earlier = another === undefined && first !== undefined && saidIn(first) !== saidIn(fact);
  const fitting = counts.filter((count) => sameProduct(count, fact) || (swaps && earlier));
  const old = fitting.at(-1);
  if (old === undefined) return [...counts, fact];
  const features = fact.features.length > 0 ? fact.features : old.features;
  // "3박스요" after two products were named says nothing about which of them.
  if (fitting.length > 1) return [{ ...fact, features: [], boxes: null }];
  const namedAt = fact.features.length > 0 ? fact.namedAt : old.namedAt;
  const added = fact.more && old.boxes !== null && fact.boxes !== null;
  const boxes = added ? (old.boxes ?? 0) + (fact.boxes ?? 0) : fact.boxes;
  const mark = added ? joinMarks(old.mark, fact.mark) : fact.mark;
  const merged = { ...fact, features, namedAt, boxes, mark };
  return counts.map((count) => (count === old ? merged : count));
}

/** The same recipient said again is one; a name said alone before its row belongs to the row. */
export function mergeBlocks(blocks: readonly Block[]): Block[] {
  const kept: Block[] = [];
  const named = new Map<string, Block[]>();
  for (const block of blocks) {
    const namesakes = named.get(block.name ?? '') ?? [];
    const twin = namesakes.find((other) => isSame(other, block));
    if (twin === undefined) {
      kept.push(block);
      if (block.name !== null) named.set(block.name, [...namesakes, block]);
      continue;
    }
    for (const field of BLOCK_FIELDS)
      if (twin[field] === null && block[field] !== null) twin.from[field] = block.from[field];
    twin.phone ??= block.phone;
    twin.phoneBad = twin.phone === null && (twin.phoneBad || block.phoneBad);
    twin.address ??= block.address;
    twin.addressBad = twin.address === null && (twin.addressBad || block.addressBad);
    if (twin.longAddress === null && block.longAddress !== null) {
      const { longAddress, placeStart, placeEnd } = block;
      Object.assign(twin, { longAddress, placeStart, placeEnd });
    }
    twin.postcode ??= block.postcode;
    twin.memo ??= block.memo;
    twin.wanted ??= block.wanted;
    twin.homes.push(...block.homes);
    twin.features.push(...block.features);
    twin.namedAt = [...twin.namedAt, ...block.namedAt];
    for (const count of block.counts) twin.counts = mergeCount(twin.counts, count);
  }
  return kept;
}

const BLOCK_FIELDS = ['phone', 'address', 'postcode', 'memo', 'wanted'] as const;

function isSame(a: Block, b: Block): boolean {
  const agree = (x: string | null, y: string | null): boolean =>
    x === y || x === null || y === null;
  return (
    a.name !== null && a.name === b.name && agree(a.phone, b.phone) && agree(a.address, b.address)
  );
}
