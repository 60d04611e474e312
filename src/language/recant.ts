// What a later message takes back without saying the new value whole: "주소가 바뀌어요" leaves the
// address open, "딱딱이로 바꿀게요" names another product in the place of the only one.
import { blocksIn } from './afterthought.ts';
import type { CountFact, Items } from './items.ts';
import type { Block, Notes } from './notes.ts';
import type { Message } from './writer.ts';

/** Longer messages are orders of their own. */
const RECANT_MAX = 120;

const CHANGES =
  '바뀌|바뀔|바꿔|바꿀|바꾸|변경|달라|아니고|아니에|아니었|말고|틀렸|틀린|틀리|잘못|다시 ?(?:보내|적|알려|드릴)|새로 ?(?:보내|적|알려|드릴)|옮겨|옮길';
/** Nothing changes, or it is only asked whether it could. */
const KEEPS =
  /(?:변경|바뀌|바꾸|틀린|달라)[^\n]{0,8}(?:없|않|안 ?[했됐되])|그대로|\?|나요|까요|가능/u;
const TAKEN_BACK: readonly {
  readonly field: 'address' | 'phone' | 'name';
  readonly said: RegExp;
}[] = [
  {
    field: 'address',
    said: new RegExp(
      `(?:주소|배송지|받는 ?곳|받을 ?곳|보낼 ?곳)[^\\n]{0,14}(?:${CHANGES})|그리로 ?말고|다른 ?(?:곳|데|집|주소)(?:으로|로)`,
      'u',
    ),
  },
  {
    field: 'phone',
    said: new RegExp(`(?:번호|연락처|전화|폰)[^\\n]{0,10}(?:${CHANGES})`, 'u'),
  },
  {
    field: 'name',
    said: new RegExp(
      `(?:이름|성함|받(?:는|을|으실) ?(?:사람|분|이))[^\\n]{0,8}(?:${CHANGES})`,
      'u',
    ),
  },
];

/** Only of one recipient it is clear what is meant. */
export function takeRecants(notes: Notes, { text, tokens, first, asked }: Message): void {
  const [block, another] = notes.blocks;
  if (first || block === undefined || another !== undefined) return;
  if (text.length > RECANT_MAX) return;
  const kinds = new Set(tokens.map(({ kind }) => kind));
  if (KEEPS.test(text)) return;
  for (const { field, said } of TAKEN_BACK) {
    const says = kinds.has(field) || (field === 'address' && kinds.has('unit'));
    if (!says && asked?.field !== field && said.test(text)) forget(block, field);
  }
}

/** "딱딱이로 바꿀게요": another product in the place of the only one, as far as it is named. */
export function takeProductSwap(notes: Notes, { header, headerAt }: Header): boolean {
  const own = notes.blocks.flatMap(({ counts }) => counts);
  const [count, another] = [...notes.shared, ...own];
  if (count === undefined || another !== undefined || header.length === 0) return false;
  const said = new Set(header.map(axisOf));
  const kept = said.has('kind') || said.has('word') ? [] : count.features;
  const features = [...kept.filter((feature) => !said.has(axisOf(feature))), ...header];
  const changed = { ...count, features, namedAt: headerAt };
  notes.features = [];
  notes.shared = notes.shared.map((one) => (one === count ? changed : one));
  for (const block of notes.blocks)
    block.counts = block.counts.map((one) => (one === count ? changed : one));
  return true;
}

/** "박말숙님은 총각김치로 변경": another product for those named, and for nobody else. */
export function takeOwnSwap(
  notes: Notes,
  { text }: Message,
  { header, headerAt }: Header,
): boolean {
  const { blocks } = notes;
  if (header.length === 0 || blocks.length < 2 || text.length > RECANT_MAX) return false;
  if (!SWAPS.test(text)) return false;
  const meant = blocksIn(text, blocks);
  if (meant.length === blocks.length || EVERYBODY.test(text)) return false;
  if (meant.length === 0 && !OF_SOMEBODY.test(text)) return false;
  const said = new Set(header.map(axisOf));
  const changed = (count: CountFact): CountFact => {
    const kept = said.has('kind') || said.has('word') ? [] : count.features;
    const features = [...kept.filter((feature) => !said.has(axisOf(feature))), ...header];
    return { ...count, features, namedAt: headerAt };
  };
  // Somebody whom no row is called by: nobody knows whose product changes.
  if (meant.length === 0) for (const block of blocks) block.counts = [];
  const each = notes.shared.filter((count) => count.each);
  for (const block of meant) {
    const own = block.counts.length > 0 ? block.counts : each;
    const [only, another] = own;
    block.counts = only !== undefined && another === undefined ? [changed(only)] : [];
  }
  return true;
}

const SWAPS =
  /(?:으로|로) ?(?:요|바꿔|바꾸|바꿀|변경|수정|교체|할[게께]|해 ?주|부탁|보내|주세요)|말고/u;
const EVERYBODY = /(?:둘|셋|넷|두 ?[분집]|세 ?[분집]) ?다|모두|전부|다들/u;
const OF_SOMEBODY = /[가-힣](?:네|님|씨|댁|분)(?:는|은|만|꺼는?|거는?) /u;

type Header = Pick<Items, 'header' | 'headerAt'>;
const axisOf = (feature: string): string => feature.split(':', 1)[0] ?? '';

/** "번호가 010-…이에요 죄송": a later number in the place of the first, unless it is a spare one. */
export const resaysPhone = (text: string): boolean => RESAID.test(text) && !SPARE.test(text);
const RESAID = /번호[가는]|죄송|미안|실수|잘못|틀|다시|맞(?:아|습|는|네)/u;
const SPARE =
  /안 ?(?:되|돼|받)|도 ?(?:있|가능|되|돼|적)|추가|비상|또는|혹시|(?:제|내|저의|엄마|아빠|남편|아내) ?(?:번호|연락처|전화)|급하|부재/u;

function forget(block: Block, field: 'address' | 'phone' | 'name'): void {
  block[field] = null;
  if (field === 'name') block.nameStart = -2;
  if (field === 'phone') block.phoneBad = false;
  if (field !== 'address') return;
  block.addressBad = false;
  block.addressPartial = null;
  block.longAddress = null;
  block.region = null;
  block.postcode = null;
}
