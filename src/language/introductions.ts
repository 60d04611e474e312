// Who somebody says he is, and who is called by his work: "301호 사는 천유담이에요", "점장 비룡". The frame tells the name, so that its sound need not.
import { SURE } from './find-names.ts';
import { soundsLikeName } from './given-names.ts';
import { matchesOn } from './letters.ts';
import {
  isDepartment,
  isOrdinary,
  isPersonName,
  isPlaceName,
  isRelation,
  isSurname,
  looksLikeVerb,
  personName,
  TITLES,
} from './names.ts';
import { claim, isFree, type Page, put } from './page.ts';
import { namesGoods } from './produce.ts';

type Frame = {
  /** Of its groups `name` holds the name with what hangs on it; the frame ends with it. */
  readonly pattern: RegExp;
  readonly mayBe: (name: string) => boolean;
  readonly introduced: boolean;
  readonly weight: number;
};

/** More than what merely stands beside the number. */
const TITLED = 5;
/** "저는 며느리 우산결이에요" */
export const KIN =
  '며느리|큰?딸|아들|사위|엄마|아빠|언니|누나|형|오빠|동생|손녀|손자|조카|제자|후배|선배|친구';
const SLOT_BEGINS = String.raw`(?<=^|[\n\t/|,;:.!?)(\[\]•·-] *)`;
const SLOT_ENDS = String.raw`(?= *(?:$|[\n\t/|,;:.!?)(\[\]]|[+(]?\d{2,4}[-. )]?\d))`;

const FRAMES: readonly Frame[] = [
  {
    // 저는 마로니예요, 수원 사는 온새롬이라고 합니다, 몽골에서 온 바트히식입니다
    pattern: new RegExp(
      `(?<![가-힣])(?:저는|저|전|나는|난|내는|지는|나|사는|온|저희는|[가-힣]*(?:샀|시켰|했|받았|먹었)던) (?:(?:${KIN}) )?(?<name>[가-힣]{3,12})(?= ?(?:$|[^가-힣]|[가-힣]))`,
      'gu',
    ),
    mayBe: saysOf,
    introduced: true,
    weight: SURE,
  },
  {
    // 점장 비룡, 담당 용마루
    pattern: new RegExp(
      `${SLOT_BEGINS}(?:[가-힣A-Za-z0-9○]{2,14} )?(?:${TITLES}|담당자?)님? (?<name>[가-힣]{2,4})${SLOT_ENDS}`,
      'gu',
    ),
    mayBe: (name) => isSomebody(name),
    introduced: false,
    weight: TITLED,
  },
];

const FIRM =
  /(?:상호명?|업체명|(?:가게|매장|식당|카페|회사) ?이름)(?:은|는|이|도)? ?:? ?(?<name>[가-힣A-Za-z0-9&]{2,16})(?= *(?:$|[\n\t/|,;.!?)(]|[가-힣]))/gu;

/** "상호는 달그락브런치이고", "가게 이름은 오늘의온도예요": read before the days, since a shop may be called so. */
export function readFirms(page: Page): void {
  for (const { index, groups, 0: whole } of matchesOn(page, FIRM)) {
    const word = groups?.name ?? '';
    const text = word.replace(ENDING, '');
    const start = index + whole.length - word.length;
    const free = isFree(page, start, start + word.length);
    if (!free || text.length < 2 || isOrdinary(text) || looksLikeVerb(text)) continue;
    const end = start + text.length;
    const rest = { weight: SURE, labelled: false, introduced: false } as const;
    put(page, { kind: 'name', text, ...rest, start, end });
    claim(page, end, start + word.length);
  }
}

/** Read before the memos, since what somebody says of himself often leads into one. */
export function readIntroductions(page: Page): void {
  for (const { pattern, mayBe, introduced, weight } of FRAMES) {
    for (const { index, groups, 0: whole } of matchesOn(page, pattern)) {
      const word = groups?.name ?? '';
      const start = index + whole.indexOf(word);
      if (!isFree(page, start, start + word.length)) continue;
      const text = introduced || weight === SURE ? bareName(word) : word;
      if (text === null || !mayBe(text)) continue;
      if (introduced && text === word) continue;
      const end = start + text.length;
      put(page, { kind: 'name', text, weight, labelled: false, introduced, start, end });
      claim(page, end, start + word.length);
    }
  }
}

/** A bare 요 ends many a verb. */
const ENDING =
  /(?:입니(?:다|당)|이(?:에요|예요|에유|여요)|예요|이[고구며]요?|인데요?|이요|이?라고|이?라는)$/u;
const bareName = (word: string): string | null => personName(word) ?? word.replace(ENDING, '');

const isSomebody = (name: string): boolean =>
  !isOrdinary(name) &&
  !isRelation(name) &&
  !isDepartment(name) &&
  !isPlaceName(name) &&
  !looksLikeVerb(name);

/** What one may be besides somebody: 외국인, 유학생, 초보자. */
const KIND_OF_PERSON =
  /(?:사람|학생|외국인|직장인|주부|회사원|부부|부모|직원|손님|고객|회원|단골|초보)$/u;
const MAY_BE_KIND = /[인생자원부맘꾼족]$/u;
const FOREIGN_MAX = 8;

/** A name of this language with its surname, or one of another language, whose letters none here has. */
function saysOf(name: string): boolean {
  if (!isSomebody(name) || KIND_OF_PERSON.test(name) || namesGoods(name)) return false;
  if (isPersonName(name)) return true;
  if (name.length === 3 && isSurname(name[0] ?? '') && soundsLikeName(name)) return true;
  if (name.length < 3 || name.length > FOREIGN_MAX || MAY_BE_KIND.test(name)) return false;
  return !soundsLikeName(name);
}
