// A recipient who is named with a count and nothing else: "그리고 최지우 3상자".
import { isInToken, mayBeGiven } from './called.ts';
import { SURE } from './find-names.ts';
import type { CountFact } from './items.ts';
import { isRelation } from './names.ts';
import { emptyBlock, isPrimary, type Notes } from './notes.ts';
import type { Token } from './page.ts';
import type { Message } from './writer.ts';

const LEAD = /^[\s,.]*(?:(?:네+|넵|예|아|참|그럼|그리고|그리구|또|추가로)[\s,.]*)*$/u;
/** "그리고 우리 엄마 …" */
const isLead = (before: string): boolean =>
  before.split(' ').every((word) => LEAD.test(word) || isRelation(word));
const ONE_MORE =
  /(?<![가-힣])(?<name>[가-힣]{2,4}?)(?:님|씨)?(?:이네|네)?(?:집|댁)?(?:한테|에게|께|꺼|거|것)?(?<also>도)? ?$/u;

/** "그리고 최지우 3상자", "최지우한테도 1상자": a name with a count is one more recipient. */
export function takeNewcomers(
  notes: Notes,
  { text }: Message,
  tokens: readonly Token[],
  countAt: ReadonlyMap<number, CountFact>,
): Token[] {
  const rest: Token[] = [];
  for (const token of tokens) {
    const count = token.kind === 'count' ? countAt.get(token.start) : undefined;
    const lineStart = text.lastIndexOf('\n', token.start - 1) + 1;
    const before = count === undefined ? '' : text.slice(lineStart, token.start);
    const said = before === '' ? null : ONE_MORE.exec(before);
    const { name = '', also } = said?.groups ?? {};
    const at = lineStart + (said?.index ?? 0);
    const stranger =
      said !== null &&
      isLead(before.slice(0, said.index)) &&
      mayBeGiven(name) &&
      !isInToken(tokens, at);
    const others = tokens.some((one) => isPrimary(one) && one.start !== at);
    if (stranger && name.length > 2) {
      leaveOut(rest, at);
      rest.push(nameToken(name, at, token.message));
    } else if (stranger && also !== undefined && count !== undefined && !others) {
      leaveOut(rest, at);
      notes.blocks.push({ ...emptyBlock(), counts: [count] });
      continue;
    }
    rest.push(token);
  }
  return rest;
}

function leaveOut(tokens: Token[], at: number): void {
  const old = tokens.findIndex(({ kind, start }) => kind === 'name' && start === at);
  if (old >= 0) tokens.splice(old, 1);
}

const nameToken = (text: string, start: number, message: number): Token => ({
  kind: 'name',
  text,
  weight: SURE,
  labelled: false,
  introduced: false,
  start,
  end: start + text.length,
  message,
});
