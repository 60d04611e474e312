// The name of a store as a buyer says it: after the word for stores, or in answer to our list.

import { plainText } from './plain-text.ts';

const NAME_MAX = 40;
/** "네" names no store, however many have it in their names. */
const PART_MIN = 2;
const STORES =
  /^(?:상점|가게|스토어|stores?)(?:들|을|를|은|는)?(?: ?(?:목록|리스트|보기|보여 ?줘요?|보여 ?주세요|바꾸기|바꿀게요|변경|선택|list))?(?=$|[\s:!?.~])/u;
const LEAD = /^(?:저는|전|그럼|음|네|아)[\s,]+/u;
const TAIL =
  /(?:\s*(?:에서|으로|로|에))?(?:\s*(?:주문|구매|선택)(?:할게요?|할께요?|할래요?|하고 ?싶어요|해요|해 ?주세요|이요|요)?|\s*(?:살게요|살래요|볼게요|시킬게요|할게요|갈게요|골라 ?주세요|부탁(?:해요|드려요|드립니다)|이요|요|입니다|이에요|예요))?[.!~\s]*$/u;
const NEXT =
  /^(?:(?:목록 ?)?다음|더|더 ?보기|더 ?보여 ?줘요?|더 ?보여 ?주세요|next|more)[.!~\s]*$/u;

/** What stands behind "상점", '' when nothing does; null when the message asks for no stores. */
export function readStoreWish(text: string): string | null {
  if (text.length > NAME_MAX) return null;
  const plain = plainText(text).trim();
  const word = STORES.exec(plain);
  if (word === null) return null;
  return plain.slice(word[0].length).replace(/^[\s:!?.~]+/u, '');
}

/** The next page of what was shown. */
export function isNextPage(text: string): boolean {
  return text.length <= NAME_MAX && NEXT.test(plainText(text).trim());
}

/** The stores whose name is what was said, else those whose name holds it. */
export function fittingStores<T extends { readonly name: string }>(
  stores: readonly T[],
  said: string,
): readonly T[] {
  if (said.length > NAME_MAX) return [];
  const wanted = [squeezed(said), squeezed(bare(said))].filter((word) => word !== '');
  const named = stores.map((store) => ({ store, name: squeezed(store.name) }));
  for (const word of wanted) {
    const exact = named.filter(({ name }) => name === word);
    if (exact.length > 0) return exact.map(({ store }) => store);
  }
  for (const word of wanted) {
    if (word.length < PART_MIN) continue;
    const holding = named.filter(({ name }) => name.includes(word));
    if (holding.length > 0) return holding.map(({ store }) => store);
  }
  return [];
}

/** Without what people say around a name: "그럼 햇살농원에서 주문할게요". */
const bare = (text: string): string => text.replace(LEAD, '').replace(TAIL, '').trim();

const squeezed = (text: string): string => plainText(text).replace(/[^\p{L}\p{N}]/gu, '');
