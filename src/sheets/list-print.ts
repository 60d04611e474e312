// What stands on a printed day list, whichever file it becomes: a function of the paper and of what was
// asked for, so that a list printed again is the same to the byte.
import * as words from '../chat/words.ts';
import type { Paper, PaperRow } from '../orders/paper.ts';

export type PrintOptions = {
  /** Only what came, changed or left after this revision: for whoever holds the paper of it. */
  readonly since?: number;
};

export type ListPrint = {
  /** `2026-07-21(화) 출하 목록 r2` */
  readonly title: string;
  /** The title and which paper it is: the same first line is the same list. */
  readonly firstLine: string;
  readonly storeName: string;
  readonly date: string;
  readonly at: string;
  readonly revision: number;
  /** `12곳 · 24상자 · 포장 14개` */
  readonly sums: string;
  /** Of the whole list, on a paper of changes too. */
  readonly products: readonly { readonly name: string; readonly boxes: number }[];
  /** What a paper of changes says of itself; null on a whole list. */
  readonly scope: string | null;
  readonly rows: readonly PrintRow[];
};

export type PrintRow = {
  readonly row: number;
  /** `추가 r2`, `변경 r3`, `빠짐 r3`; null for what stands there since the first revision. */
  readonly mark: string | null;
  readonly struck: boolean;
  readonly order: string;
  readonly recipient: string;
  readonly phone: string;
  readonly postcode: string | null;
  readonly address: string;
  readonly items: readonly { readonly name: string; readonly boxes: number }[];
  readonly boxes: number;
  readonly packages: number;
  readonly memo: string | null;
  readonly senderName: string | null;
  readonly senderPhone: string | null;
};

/** What is done with each row, and ticked off. */
export const STEPS = ['수확', '포장', '발송'] as const;

export const LABELS = {
  row: '번호',
  recipient: '받는 분',
  boxes: '상자',
  steps: '확인',
  memo: '메모',
  sender: '보내는 분',
  waybill: '송장',
} as const;

/** What leads from one print of a list to another. */
export const LINK_LABELS = {
  whole: '전체',
  since: (revision: number) => `r${revision} 뒤로 바뀐 줄만`,
} as const;

const HASH_CHARS = 8;
/** More would make a row longer than a page. */
const WAYBILL_PLACES_MAX = 12;

export function listPrint(paper: Paper, { since }: PrintOptions = {}): ListPrint {
  const { date, revision } = paper;
  const live = paper.rows.filter(({ struck }) => !struck);
  const rows = paper.rows.filter((row) => since === undefined || hasChangedAfter(row, since));
  const weekday = words.day(date).slice(-3);
  // A list from before hashes were kept has none.
  const hash = paper.hash.slice(0, HASH_CHARS);
  const title = `${date}${weekday} 출하 목록 ${revision === 0 ? '예정' : `r${revision}`}`;
  return {
    title,
    firstLine: hash === '' ? title : `${title} · 확인번호 ${hash}`,
    storeName: plain(paper.storeName),
    date,
    at: paper.at,
    revision,
    sums: sumsOf(paper, live),
    products: totals(live),
    scope: since === undefined ? null : scopeOf(since, rows.length),
    rows: rows.map(printRow),
  };
}

/** The cap only as long as nothing is frozen: it may be raised later, which makes no revision. */
function sumsOf({ revision, totalBoxes, capBoxes }: Paper, live: readonly PaperRow[]): string {
  const cap = revision === 0 ? ` (${words.boxes(capBoxes)}까지)` : '';
  const packages = live.reduce((sum, row) => sum + row.packages, 0);
  return `${live.length}곳 · ${words.boxes(totalBoxes)}${cap} · 포장 ${packages}개`;
}

function scopeOf(since: number, rows: number): string {
  return rows === 0
    ? `r${since} 뒤로 바뀐 것이 없어요.`
    : `r${since} 종이에서 바뀐 ${rows}줄만 있어요. r${since} 종이와 같이 보세요.`;
}

/** One to write the number of each package on, so far as there is room. */
export function waybillPlaces(packages: number): string[] {
  if (packages === 1) return [LABELS.waybill];
  const places = Array.from(
    { length: Math.min(packages, WAYBILL_PLACES_MAX) },
    (_, at) => `${LABELS.waybill} ${at + 1}`,
  );
  const rest = packages - places.length;
  return rest > 0 ? [...places, `외 ${rest}장`] : places;
}

/** Also what came and left again: without it the paper before would miss a number. */
function hasChangedAfter(row: PaperRow, since: number): boolean {
  const { addedRevision, alteredRevision, struckRevision } = row;
  return Math.max(addedRevision, alteredRevision ?? 0, struckRevision ?? 0) > since;
}

function totals(rows: readonly PaperRow[]): { name: string; boxes: number }[] {
  const byProduct = new Map<string, { name: string; boxes: number }>();
  for (const { product, name, boxes } of rows.flatMap(({ items }) => items)) {
    const known = byProduct.get(product);
    byProduct.set(product, { name: plain(name), boxes: (known?.boxes ?? 0) + boxes });
  }
  return [...byProduct.values()];
}

function printRow(row: PaperRow): PrintRow {
  const { memo, sender } = row;
  return {
    row: row.row,
    mark: markOf(row),
    struck: row.struck,
    order: row.order,
    recipient: plain(row.recipient),
    phone: words.phone(row.phone),
    postcode: row.postcode,
    address: plain(row.address),
    items: row.items.map(({ name, boxes }) => ({ name: plain(name), boxes })),
    boxes: row.boxes,
    packages: row.packages,
    memo: memo === null ? null : plain(memo) || null,
    senderName: sender?.name ? plain(sender.name) : null,
    senderPhone: sender?.phone ? words.phone(sender.phone) : null,
  };
}

function markOf({ struck, addedRevision, struckRevision, alteredRevision }: PaperRow) {
  if (struck) return `빠짐 r${struckRevision ?? addedRevision}`;
  if (alteredRevision !== null) return `변경 r${alteredRevision}`;
  return addedRevision > 1 ? `추가 r${addedRevision}` : null;
}

/** On one line and in reading order: a name with a line break or a turned direction forges no row. */
function plain(text: string): string {
  return text
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}
