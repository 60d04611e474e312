// A message whose last lines set right what its first lines ordered is read as the two messages it is.
import type { Token } from './page.ts';
import { CORRECTS } from './phrases.ts';

const DATA: ReadonlySet<Token['kind']> = new Set(['phone', 'address', 'name', 'home', 'ordinal']);
/** "모자랄 것 같아서 2박스 더 추가요" */
const ADDS =
  /더 ?추가|추가로|(?<![가-힣])더 ?(?:보내|주문|주세요|부탁|할게|할께)|많고|적어서|모자라/u;
const CORRECTS_HERE = new RegExp(`${CORRECTS.source}|${ADDS.source}`, 'iu');

/** Where the second message begins; null where there is only one. */
export function secondThoughts(text: string, tokens: readonly Token[]): number | null {
  if (!text.includes('\n') || !CORRECTS_HERE.test(text)) return null;
  const kinds = new Set(tokens.map(({ kind }) => kind));
  if (!kinds.has('phone') || !kinds.has('address')) return null;
  const data = tokens.findLast(({ kind, end, start }) => DATA.has(kind) && end > start);
  const counted = tokens.findIndex(({ kind }) => kind === 'count');
  const from = Math.max(data?.end ?? 0, tokens[counted]?.end ?? text.length);
  const line = text.indexOf('\n', from);
  if (line < 0) return null;
  const rest = text.slice(line);
  const again = tokens.some(({ kind, start }) => kind === 'count' && start > line);
  return again && CORRECTS_HERE.test(rest) ? line : null;
}
