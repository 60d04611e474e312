// The rows of a list: which lines belong to one recipient, read off the shape of the whole message.
import { matchesOf } from './matches.ts';
import { isTaken, type Page, type Spotted } from './page.ts';

/** One recipient's stretch of the text. */
export type Row = {
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Spotted[];
};

type Line = {
  readonly start: number;
  readonly end: number;
  readonly blank: boolean;
  readonly tokens: readonly Spotted[];
  readonly phones: number;
  readonly addresses: number;
  /** Holds a name, or a word that nobody has read. */
  readonly speaks: boolean;
};

/** The lines from the first to the last one with data, and those around them that may go along. */
type Draft = {
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
  /** The only row of its paragraph: what its labels say is said of it. */
  readonly alone: boolean;
};

/** Fewer than two numbers make no list; more lines than this are no order. */
const ROWS_MIN = 2;
const LINES_MAX = 4_000;

/**
 * The rows in text order; none where the message does not repeat itself clearly. `tokens` are in
 * text order. Lines in front of the first row and behind the last one are for all, unless the
 * other rows have as many lines in the same place.
 */
export function findRows(page: Page, tokens: readonly Spotted[]): Row[] {
  const { text } = page;
  const phones = tokens.filter((token) => token.kind === 'phone' && !token.sender);
  if (phones.length < ROWS_MIN || !text.includes('\n')) return [];
  const lines = cutLines(page, tokens);
  if (lines.length > LINES_MAX) return [];
  const drafts: Draft[] = [];
  for (const [from, to] of paragraphs(lines)) {
    const found = rowsOf(text, lines, { from, to });
    if (found === null) return [];
    drafts.push(...found);
  }
  const housed = drafts.filter(({ first, last }) =>
    lines.slice(first, last + 1).some(({ addresses }) => addresses > 0),
  );
  // A number alone among rows with addresses is somebody else's; without any it needs a name.
  const rows = housed.length > 0 ? housed : drafts.filter((draft) => isNamed(text, lines, draft));
  if (rows.length < ROWS_MIN) return [];
  return trim(text, rows, lines).map(({ from, to }) => {
    const start = lines[from]?.start ?? 0;
    const end = lines[to]?.end ?? start;
    return {
      start,
      end,
      tokens: lines.slice(from, to + 1).flatMap((line) => line.tokens),
    };
  });
}

const FLAT = /\d{1,4}동 ?\d{1,5}호/u;

const isNamed = (text: string, lines: readonly Line[], { from, to }: Draft): boolean =>
  lines
    .slice(from, to + 1)
    .some(
      ({ start, end, tokens }) =>
        tokens.some(({ kind }) => kind === 'name') || FLAT.test(text.slice(start, end)),
    );

const WORD = /[가-힣]{2,}/gu;
/** -----, =====: as good as an empty line. */
const RULE = /^[\s\-=~_*·─━—═┈]{4,}$/u;

function cutLines(page: Page, tokens: readonly Spotted[]): Line[] {
  const { text } = page;
  const lines: Line[] = [];
  let start = 0;
  let blank = true;
  let at = 0;
  let sending = false;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    const own: Spotted[] = [];
    for (let token = tokens[at]; token !== undefined && token.start <= end; token = tokens[at]) {
      if (token.end > token.start || token.kind === 'party' || token.kind === 'mark')
        own.push(token);
      at += 1;
    }
    if (line.trim() === '' || RULE.test(line)) {
      blank = true;
      sending = false;
    } else {
      // Who sends and his number are no row.
      for (const token of own) {
        if (token.kind === 'party') sending = token.party === 'sender';
        if (token.kind === 'sender') sending = true;
      }
      const self = MYSELF.test(line) && !own.some(({ kind }) => kind === 'address');
      const data = (kind: Spotted['kind']): number =>
        sending || self ? 0 : own.filter((token) => token.kind === kind).length;
      lines.push({
        start,
        end,
        blank,
        tokens: own,
        phones: data('phone'),
        addresses: data('address'),
        speaks:
          own.some(({ kind }) => kind === 'name') ||
          [...matchesOf(line, WORD)].some(({ index }) => !isTaken(page, start + index)),
      });
      blank = false;
    }
    start = end + 1;
  }
  return lines;
}

/** The buyer tells who he is and how he is reached. */
export const MYSELF =
  /(?<![가-힣])(?:제가|저는|제 ?이름|제 ?번호|제 ?연락처|주문하는|보내는)(?![가-힣])/u;

function paragraphs(lines: readonly Line[]): [number, number][] {
  const found: [number, number][] = [];
  for (const [index, { blank }] of lines.entries()) {
    const last = found.at(-1);
    if (blank || last === undefined) found.push([index, index]);
    else last[1] = index;
  }
  return found;
}

type Stretch = { readonly from: number; readonly to: number };

/** The rows of one paragraph; null where it holds data of which none can be made. */
function rowsOf(text: string, lines: readonly Line[], { from, to }: Stretch): Draft[] | null {
  const phones: number[] = [];
  const addresses: number[] = [];
  for (let at = from; at <= to; at += 1) {
    const line = lines[at];
    if (line === undefined) continue;
    if (line.phones > 1 || line.addresses > 1) return null;
    if (line.phones > 0) phones.push(at);
    if (line.addresses > 0) addresses.push(at);
  }
  if (phones.length === 0) return [];
  // One house for all of them, on a line of its own; a number without a name is a spare one.
  const [house] = addresses;
  const shared = addresses.length === 1 && phones.length > 1;
  const named = (at: number): boolean =>
    lines[at]?.speaks === true || (lines[at - 1]?.speaks === true && !phones.includes(at - 1));
  if (shared && house !== undefined && !phones.includes(house) && phones.every(named))
    addresses.pop();
  if (addresses.length > 0 && addresses.length !== phones.length) return null;
  const data = phones.map((phone, index) => {
    const address = addresses[index] ?? phone;
    return { first: Math.min(phone, address), last: Math.max(phone, address) };
  });
  if (data.some(({ last }, index) => last >= (data[index + 1]?.first ?? Number.POSITIVE_INFINITY)))
    return null;
  return spread(text, lines, { from, to }, data);
}

type Core = { readonly first: number; readonly last: number };

/** Gives the lines between two rows' data to the one above or the one below. */
function spread(
  text: string,
  lines: readonly Line[],
  { from, to }: Stretch,
  data: readonly Core[],
): Draft[] {
  const begins: number[] = [];
  for (const [index, { first }] of data.entries()) {
    const above = index === 0 ? from - 1 : (data[index - 1]?.last ?? from - 1);
    begins.push(beginOf(text, lines, above + 1, first));
  }
  const gaps = data.slice(1).map(({ first }, index) => first - (data[index]?.last ?? first) - 1);
  const [firstData] = data;
  const lead = (firstData?.first ?? from) - from;
  const tail = to - (data.at(-1)?.last ?? to);
  // "10박스 / 서울 … / 김영희 010…": where nothing stands below the last row, its lines lead.
  const leads =
    gaps.length > 0 &&
    gaps.every((gap, index) => gap > 0 && begins[index + 1] === data[index + 1]?.first) &&
    tail < Math.min(...gaps) &&
    lead >= Math.min(...gaps);
  return data.map((core, index) => {
    const above = index === 0 ? from - 1 : (data[index - 1]?.last ?? from - 1);
    const begin = leads
      ? Math.max(above + 1, core.first - Math.min(...gaps))
      : (begins[index] ?? core.first);
    const next = data[index + 1];
    const end = next === undefined ? to : leads ? core.last : (begins[index + 1] ?? next.first) - 1;
    const alone = data.length === 1;
    return { ...core, from: alone ? from : begin, to: end, alone };
  });
}

const MARKED =
  /^[^\p{L}\p{N}\n]*(?:\d{1,2} ?[).:]|[A-Za-z가-하] ?[).:](?![A-Za-z] ?[.:])|[-•·*▶▷●■□◆◇☞♡♥★☆※])/u;
/** A word or two and nothing else: a name, or what the place is called. */
const LONE = /^[^\p{L}\p{N}\n]*\p{L}{2,8}(?: \p{L}{1,8})?[^\p{L}\p{N}\n]*$/u;

/** The first line that can open a row, from behind the data above down to the row's own. */
function beginOf(text: string, lines: readonly Line[], from: number, to: number): number {
  for (let at = to; at > from; at -= 1) {
    const line = lines[at];
    if (line !== undefined && MARKED.test(text.slice(line.start, line.end))) return at;
    const above = lines[at - 1];
    if (above === undefined || !opens(text, above)) return at;
  }
  return from;
}

function opens(text: string, { start, end, tokens }: Line): boolean {
  const kinds = new Set(tokens.map(({ kind }) => kind));
  if (kinds.has('count') || kinds.has('memo') || kinds.has('mention') || kinds.has('depositor'))
    return false;
  if (kinds.has('name') || kinds.has('home') || kinds.has('party') || kinds.has('postcode'))
    return true;
  return LONE.test(text.slice(start, end));
}

const NOTHING = { start: 0, end: 0, tokens: [] } as const;
const LONE_NUMBER = /^\s*\d{1,3}\s*$/u;
/** "<5kg>", "▶사과◀", "#황도" */
const DECORATED = /^\s*(?:[#■◆●★☆※【《〈「]|[^\p{L}\p{N}\s].*[^\p{L}\p{N}\s.,!?~]\s*$)/u;
const WORDS = /[\p{L}\p{N}][ :]+[\p{L}\p{N}]/u;

/** What stands before the first row and behind the last one is for all, unless each row has it. */
function trim(text: string, rows: readonly Draft[], lines: readonly Line[]): Draft[] {
  const lead = Math.max(0, ...rows.slice(1).map(({ first, from }) => first - from));
  // An empty label or a rule between two rows is no line of the one above.
  const said = (at: number): boolean => {
    const { start, end, tokens } = lines[at] ?? NOTHING;
    const line = text.slice(start, end);
    // A heading belongs to the row below it.
    if (DECORATED.test(line) && tokens.every(({ kind }) => kind === 'mention')) return false;
    return tokens.length > 0 || WORDS.test(line) || LONE_NUMBER.test(line);
  };
  const tails = rows.slice(0, -1).map(({ last, to }) => {
    let end = to;
    while (end > last && !said(end)) end -= 1;
    return end - last;
  });
  const tail = Math.max(0, ...tails);
  const boxed = rows.every(({ alone }) => alone);
  const ownMemo = (at: number): boolean =>
    boxed && (lines[at]?.tokens.some((token) => token.kind === 'memo' && token.labelled) ?? false);
  return rows.map((row, index) => {
    const from = index === 0 ? Math.max(row.from, row.first - lead) : row.from;
    if (index < rows.length - 1) return { ...row, from };
    let to = Math.min(row.to, row.last + tail);
    while (to < row.to && ownMemo(to + 1)) to += 1;
    return { ...row, from, to };
  });
}

/**
 * Recipients one behind the other on a line: "서울 … 김영희 010…, 부산 … 이철수 010…". Each reaches
 * from the end of the data before to the end of its own.
 */
export function rowsInLines(page: Page, tokens: readonly Spotted[]): Row[] {
  const rows: Row[] = [];
  for (const { start, tokens: own, phones, addresses } of cutLines(page, tokens)) {
    if (phones === 0 || phones !== addresses) continue;
    const data = own.filter(({ kind }) => kind === 'phone' || kind === 'address');
    const alternate = data.every(({ kind }, index) => kind === data[index % 2]?.kind);
    if (!alternate || data[0]?.kind === data[1]?.kind) continue;
    let from = start;
    for (let at = 1; at < data.length; at += 2) {
      const end = data[at]?.end ?? from;
      const inside = own.filter((token) => token.start >= from && token.start < end);
      rows.push({ start: from, end, tokens: inside });
      from = end;
    }
  }
  return rows;
}
