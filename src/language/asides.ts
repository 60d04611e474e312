// Values that a message says and does not mean: taken back, told of others, or only to be reached by.

import { type Clause, stretchAt } from './clauses.ts';
import { type Lettered, says } from './letters.ts';
import type { Token } from './page.ts';
import type { Message } from './writer.ts';

type Phone = Extract<Token, { kind: 'phone' }>;

/** The tokens without them; a number that is the buyer's own is marked as the sender's. */
export function withoutAsides(message: Message): readonly Token[] {
  const { text, clauses, tokens } = message;
  const meant = withoutTold(clauses, withoutRejected(message, withoutSlips(text, tokens)));
  return ownPhones(message, meant);
}

const SLIP =
  /^[\s,.!~()]*(?:[가-힣]{1,4} )?(?:아니|아뇨|말고|정정|아이[고쿠]|앗|어머|아차|에고|잘못|틀렸|틀린|빠졌|빠뜨|빠트|빼먹|오타|죄송)[^\n]{0,16}$/u;
const SLIP_MAX = 32;

/** "01055-12 아니 010-0551-1299": what was taken back in the same breath. */
function withoutSlips(text: string, tokens: readonly Token[]): Token[] {
  return tokens.filter((token, index) => {
    const next = tokens[index + 1];
    if (next?.kind !== token.kind || next.start - token.end > SLIP_MAX) return true;
    return !SLIP.test(text.slice(token.end, next.start));
  });
}

const REJECTED =
  /^[\s)]*(?:(?:집|주소|번호|전화|쪽|댁|거|것|꺼|님|씨|이|가|은|는|으로|로)[\s]*){0,3}(?:말고|아니고|아니라|아니구|대신)/u;

/** "노원구 집 주소 말고 이번엔 …": another place or number takes its place. */
const REJECTS = /말고|아니[고라구]|대신/u;

function withoutRejected(said: Lettered, tokens: readonly Token[]): readonly Token[] {
  const { text } = said;
  if (!says(said, REJECTS)) return tokens;
  return tokens.filter((token, index) => {
    if (token.kind !== 'address' && token.kind !== 'phone') return true;
    const end = tokens[index + 1]?.start ?? text.length;
    if (!REJECTED.test(text.slice(token.end, Math.min(end, token.end + 20)))) return true;
    return !tokens.slice(index + 1).some(({ kind }) => kind === token.kind);
  });
}

/** "곽미경 언니 010-… 는 단골이시라면서요": told of somebody, beside data that are meant. */
function withoutTold(clauses: readonly Clause[], tokens: readonly Token[]): readonly Token[] {
  const several = TELLABLE.map((kind) => tokens.filter((token) => token.kind === kind)).filter(
    (said) => said.length > 1,
  );
  if (several.length === 0) return tokens;
  const clauseOf = ({ start }: Token): Clause | undefined => stretchAt(clauses, start);
  const holding = (kind: Token['kind']): Set<Clause | undefined> =>
    new Set(tokens.filter((token) => token.kind === kind).map(clauseOf));
  const withPhone = holding('phone');
  const rows = new Set([...holding('address')].filter((clause) => withPhone.has(clause)));
  // "시누이네는 하나요": whose boxes they are is no story.
  const counted = new Set(
    tokens.filter(({ end }, index) => {
      const next = tokens[index + 1];
      return next?.kind === 'count' && next.start - end <= HUNG_ON_MAX;
    }),
  );
  const isTold = (token: Token): boolean => {
    const clause = clauseOf(token);
    if (rows.has(clause) || counted.has(token) || ('labelled' in token && token.labelled))
      return false;
    if (token.kind === 'name' && token.introduced) return false;
    const stance = clause?.stance();
    return stance === 'told' || stance === 'asks';
  };
  let kept = tokens;
  for (const said of several) {
    const aside = new Set(said.filter(isTold));
    if (aside.size > 0 && aside.size < said.length) kept = kept.filter((one) => !aside.has(one));
  }
  return kept;
}

const HUNG_ON_MAX = 4;
const TELLABLE: readonly Token['kind'][] = ['name', 'phone', 'address', 'home'];

const NUMBER =
  '(?:(?:핸드|휴대|손)?(?:폰|전화)|연락처|전번|번호|전화)? ?(?:번호)?(?:는|은|가|로|으로|이)? ?[:(]? ?';
/** Where somebody else may be reached when the recipient does not answer. */
const SPARE_BEFORE = new RegExp(
  String.raw`(?:(?:안|못) ?받(?:으면|으시면|을 ?때|을 ?시|을 ?경우)|(?:연락|통화|전화)(?:이|가)? ?안 ?(?:되면|될 ?때|되시면)|안 ?되면|부재 ?(?:시|중)?|비상(?:시|용)?|급하면|급할 ?때|예비|보조|추가|다른|또 ?다른|두 ?번째|둘째|또는|혹은|아니면|경비실|경비 ?아저씨|관리실|관리 ?사무소|남편|아내|와이프|집사람|신랑|안사람|배우자|보호자)(?:에는|에|엔|은|는|의)?[\s,:(]*(?:(?:남편|아내|와이프|집사람|신랑|엄마|아빠|아들|딸|동생|언니|누나|오빠|형)(?:은|는)? ?)?${NUMBER}$`,
  'u',
);
const SPARE_BEHIND =
  /^ ?\(? ?(?:은|는|이|가)? ?(?:남편|아내|와이프|집사람|신랑|경비실|관리실|비상|보조|예비|안 ?받|부재)[^\n\d(]{0,8}(?:\)|\n|$)/u;
const GUARDED = /(?:경비실|경비 ?아저씨|관리실|관리 ?사무소)[^\n\d]{0,10}$/u;
const OWN_BEFORE = new RegExp(
  `(?<![가-힣])(?:제|저의|내|저는|제꺼|주문자|주문하는 ?사람|구매자|보내는 ?(?:분|사람|이)) ?${NUMBER}$`,
  'u',
);
const OWN_BEHIND =
  /^[ )]*(?:은|는|이|가)? ?(?:제|저의|내) ?(?:번호|전화|폰|핸드폰|연락처)(?![은는이가]? ?[:(]? ?[\d+])/u;
const LOOK = 30;

/** Of several numbers the recipient's counts; 제 번호 beside another one is the sender's. */
function ownPhones(said: Lettered, tokens: readonly Token[]): readonly Token[] {
  const phones = tokens.filter((token): token is Phone => token.kind === 'phone');
  const uses = new Map(phones.map((phone) => [phone, useOf(said, phone)]));
  const receives = phones.some((phone) => uses.get(phone) === 'receives');
  if (phones.every((phone) => uses.get(phone) === 'receives')) return tokens;
  const others = receives || tokens.some(isSomebodyElse);
  return tokens.flatMap((token) => {
    const use = token.kind === 'phone' ? uses.get(token) : undefined;
    if (token.kind !== 'phone' || use === undefined || use === 'receives') return [token];
    if (use === 'own') return [others ? { ...token, sender: true } : token];
    return receives || use === 'guard' ? [] : [token];
  });
}

/** The parcel is for one whom the buyer calls his kin or friend. */
const isSomebodyElse = (token: Token): boolean =>
  token.kind === 'home' && /^(?!저희|회사|사무실|가게)/u.test(token.word);

function useOf(
  { text, letters }: Lettered,
  { start, end }: Phone,
): 'receives' | 'own' | 'spare' | 'guard' {
  const near = text.slice(Math.max(0, start - LOOK), start);
  const line = near.slice(near.lastIndexOf('\n') + 1);
  const before = { text: line.replace(/^.*\d(?![차동호층])/u, ''), letters };
  const behind = { text: text.slice(end, end + LOOK), letters };
  if (says(before, GUARDED)) return 'guard';
  if (says(before, SPARE_BEFORE) || says(behind, SPARE_BEHIND)) return 'spare';
  return says(before, OWN_BEFORE) || says(behind, OWN_BEHIND) ? 'own' : 'receives';
}
