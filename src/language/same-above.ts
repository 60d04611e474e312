// "주소 전화 위와 동일": a row that has its address or number from the row above.
import { matchesOn } from './letters.ts';
import { isFree, type Page, put, type Spotted } from './page.ts';

const WHERE = '주소지?|배송지|받는 ?곳';
const NUMBER = '전화 ?번호|전화|연락처|번호|핸드폰|휴대폰|폰';
const REST = '나머지|이하|그 ?외';
const LISTED = `(?:(?:${WHERE}|${NUMBER}|${REST})(?:은|는|이|가|도|와|과|랑|하고)?(?: ?(?:[,/·&+]|및|모두|다|둘 ?다))? ?){1,3}`;
const ABOVE =
  '위(?:와|에|의|하고|랑)?(?: ?(?:분|사람|주소|번호|내용|것)(?:과|와|이랑|하고)?)? ?(?:동일|같|똑같)(?:음|아요?|습니다|해요?|합니다|함|고|이)?|상동|동일(?!인)|〃|같음|같아요|같습니다|똑같(?:음|아요|습니다)?';
const AGAIN = new RegExp(`${LISTED}[:=]? ?(?:${ABOVE})`, 'gu');
const IS_WHERE = new RegExp(`${WHERE}|${REST}`, 'u');
const IS_NUMBER = new RegExp(`${NUMBER}|${REST}`, 'u');

type Copied = Extract<Spotted, { kind: 'address' | 'phone' }>;

/** Repeats the address or number above in the place that refers to it, so that a row is seen there. */
export function readSame(page: Page): void {
  for (const match of matchesOn(page, AGAIN)) {
    const [words] = match;
    const end = match.index + words.length;
    const above = page.tokens.filter((token) => token.start < match.index);
    const address = IS_WHERE.test(words) ? lastOf(above, 'address') : undefined;
    const phone = IS_NUMBER.test(words) ? lastOf(above, 'phone') : undefined;
    const copied = [address, phone].filter((token) => token !== undefined);
    // The first word may be a label, which is claimed; what refers to the row above stands at the end.
    if (copied.length === 0 || !isFree(page, end - 2, end)) continue;
    for (const [index, token] of copied.entries()) {
      const start = index === 0 ? match.index : end - 1;
      const said = token.said ?? { start: token.start, end: token.end };
      put(page, { ...token, said, start, end: index === copied.length - 1 ? end : end - 1 });
    }
  }
}

const lastOf = (tokens: readonly Spotted[], kind: Copied['kind']): Copied | undefined =>
  tokens
    .filter((token): token is Copied => token.kind === kind)
    .sort((a, b) => b.start - a.start)[0];
