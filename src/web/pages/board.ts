// The farmer's board: today's list and the next one, which stay as things are. What is tapped is in
// `board-acts.ts`, what it looks like in `board-view.ts`.
import { html } from 'ghtml';
import { type BoardHand, findBoardAct, undoableUntil } from '../../chat/board.ts';
import {
  BOARD_WORDS,
  boardTitle,
  currentDate,
  dateAfter,
  dateBefore,
  leftOf,
} from '../../chat/pages/board.ts';
import { boardTold, dateOfTold } from '../../chat/pages/board-told.ts';
import { CONNECTION_LOST } from '../../chat/pages/notices.ts';
import { parcelOf } from '../../chat/replies/index.ts';
import { addDays, localDate } from '../../orders/dates.ts';
import type { Calendar, Unpaid } from '../../orders/day.ts';
import { HORIZON_DAYS_MAX } from '../../orders/day.ts';
import { DomainError } from '../../orders/errors.ts';
import type { Shop } from '../../orders/shop.ts';
import type { DayList } from '../../orders/store.ts';
import { versionOf } from '../live.ts';
import { boardParts, pathOf, renderTools, renderWaybillForm } from './board-view.ts';
import { formFields } from './forms.ts';
import { refuseLink } from './refusals.ts';
import type { Asked, Exchange } from './routes.ts';
import { guardPage, renderShell, type Shell, sendHtml } from './shell.ts';

/** Lists that are over may be looked at, and finished, for so long. */
const PAST_DAYS = 7;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const ID = /^[\w-]{8,40}$/;
const QUEUE_CHARS = 16;
/** Enter in a field presses the first button of its form, which would be the first row's. */
const NO_DEFAULT = '<button type="submit" disabled hidden></button>';

/** A board that somebody has the link of. */
export type BoardPage = {
  readonly token: string;
  readonly shop: Shop;
  readonly personId: string;
  readonly now: Date;
};

export type BoardSeen = BoardPage & {
  readonly calendar: Calendar;
  readonly today: string;
  /** The date that the page shows, and the one that it would show if it were opened now. */
  readonly date: string;
  readonly current: string;
  readonly list: DayList;
  readonly next: DayList | null;
  /** The list before, as long as something of it is left to send. */
  readonly behind: DayList | null;
  readonly unpaid: Unpaid;
};

/** Null where the link leads nowhere: then the page says why. */
export async function openBoard(asked: Asked, exchange: Exchange): Promise<BoardPage | null> {
  const { req, res } = exchange;
  guardPage(res);
  const { token = '' } = req.params;
  const page = await followLink(asked, token);
  if ('refused' in page) {
    await refuseLink(asked, exchange, { kind: 'board', why: page.refused });
    return null;
  }
  return page;
}

async function followLink({ store, now }: Asked, token: string) {
  const at = now();
  const followed = await store.followBoardLink({ token, now: at });
  if ('refused' in followed) return followed;
  const shop = await store.findShop(followed.storeId);
  if (shop === null) return { refused: 'expired' } as const;
  return { token, shop, personId: followed.personId, now: at };
}

export function handOf({ store, undoWindowMs }: Asked, page: BoardPage): BoardHand {
  const { shop, personId, now } = page;
  return { store, shop, personId, now, undoWindowMs };
}

/** `wanted` is what the page was opened for; anything that is no date of the board shows the current one. */
export async function seeBoard(
  { store }: Asked,
  page: BoardPage,
  wanted: unknown,
): Promise<BoardSeen> {
  const { shop, now } = page;
  const today = localDate(now, shop.policy.timeZone);
  const first = addDays(today, -PAST_DAYS);
  const [days, unpaid] = await Promise.all([
    store.findDays(shop.id, first),
    store.findUnpaid(shop.id),
  ]);
  const calendar = { shop, now, days };
  const current = currentDate(calendar);
  const last = addDays(today, HORIZON_DAYS_MAX);
  const isDate =
    typeof wanted === 'string' && DATE.test(wanted) && wanted >= first && wanted <= last;
  const date = isDate && addDays(wanted, 0) === wanted ? wanted : current;
  const isCurrent = date === current;
  const [after, before] = isCurrent
    ? [dateAfter(calendar, date), dateBefore(days, date)]
    : [null, null];
  const find = (of: string | null) => (of === null ? null : store.findDayList(shop.id, of));
  const [list, next, earlier] = await Promise.all([
    store.findDayList(shop.id, date),
    find(after),
    find(before),
  ]);
  const behind = earlier !== null && leftOf(earlier) > 0 ? earlier : null;
  return { ...page, calendar, today, date, current, list, next, behind, unpaid };
}

export async function sendBoard(asked: Asked, exchange: Exchange): Promise<void> {
  const page = await openBoard(asked, exchange);
  if (page === null) return;
  const { query } = exchange.req;
  const seen = await seeBoard(asked, page, query.d);
  await showBoard(asked, exchange, { seen, told: await toldBy(asked, page, query.did) });
}

export type Told = {
  readonly text: string;
  readonly isRefusal: boolean;
  /** The id of what can be taken back. */
  readonly undo: string | null;
};

/** What an act answered that was done without a script. */
async function toldBy(asked: Asked, page: BoardPage, did: unknown): Promise<Told | null> {
  if (typeof did !== 'string' || !ID.test(did)) return null;
  const hand = handOf(asked, page);
  const done = await findBoardAct(hand, did);
  if (done === null) return null;
  const text = boardTold(done, await namesFor(asked, page, dateOfTold(done)));
  return { text, isRefusal: false, undo: undoableUntil(done, hand) === null ? null : did };
}

export async function namesFor(
  { store }: Asked,
  { shop }: BoardPage,
  date: string | null,
): Promise<ReadonlyMap<number, string>> {
  if (date === null) return new Map();
  const { rows } = await store.findDayList(shop.id, date);
  return new Map(rows.map((row) => [row.row, parcelOf(row)?.recipient ?? '']));
}

export async function showBoard(
  asked: Asked,
  exchange: Exchange,
  { seen, told }: { readonly seen: BoardSeen; readonly told: Told | null },
): Promise<void> {
  const { token, date, shop, personId } = seen;
  const parts = boardParts(seen);
  const scope = { store: asked.store, secret: token };
  const queue = asked.store.sign('board-queue', `${shop.id} ${personId}`).slice(0, QUEUE_CHARS);
  const body = html`<main class="board" data-board="${date}" data-queue="${queue}" id="live" hx-ext="sse" sse-connect="${pathOf(token)}/events?d=${date}" data-version="${versionOf(parts)}">
<p id="connection" class="connection" role="status" data-lost="${CONNECTION_LOST.ko}" hidden></p>
<form id="tap" method="post" action="${pathOf(token)}">!${NO_DEFAULT}!${formFields(scope)}</form>
!${told === null ? '' : renderTold(told)}
!${Object.entries(parts).map(([name, part]) => html`<div class="part" sse-swap="${name}">!${part}</div>`)}
!${renderTools(seen)}
</main>`;
  const view: Shell = {
    ...shellOf(seen),
    body,
    scripts: ['live.js', 'board-queue.js', 'board.js'],
  };
  await sendHtml(exchange.req, exchange.res, renderShell(view, await asked.assets()));
}

function renderTold({ text, isRefusal, undo }: Told): string {
  const button = html`<button class="button aside" form="tap" name="do" value="undo.${undo ?? ''}">${BOARD_WORDS.undo}</button>`;
  return html`<div class="told !${isRefusal ? 'warn' : ''}" role="status" data-told><p>${text}</p>!${undo === null ? '' : button}</div>`;
}

function shellOf({ shop }: BoardPage): Omit<Shell, 'body'> {
  const title = boardTitle(shop.name);
  return { title, sign: { label: title }, styles: ['board.css'] };
}

export async function streamBoard(asked: Asked, exchange: Exchange): Promise<void> {
  const page = await openBoard(asked, exchange);
  if (page === null) return;
  const { token, shop } = page;
  asked.live.open({
    ...exchange,
    link: token,
    watched: { storeId: shop.id },
    async render() {
      const fresh = await followLink(asked, token);
      if ('refused' in fresh) return null;
      return boardParts(await seeBoard(asked, fresh, exchange.req.query.d));
    },
  });
}

/** The numbers of a row on a page of their own, for where no script opens it on the board. */
export async function askWaybills(asked: Asked, exchange: Exchange): Promise<void> {
  const page = await openBoard(asked, exchange);
  if (page === null) return;
  const { d, row } = exchange.req.query;
  const seen = await seeBoard(asked, page, d);
  const form = renderWaybillForm(seen, Number(row), {
    fields: formFields({ store: asked.store, secret: page.token }),
    action: pathOf(page.token),
  });
  if (form === null) throw new DomainError('not_found', 'the list has no such row');
  const body = html`<main class="board"><section class="card">!${form}</section>
<p><a class="button plain" href="${pathOf(page.token)}?d=${seen.date}">${BOARD_WORDS.back}</a></p></main>`;
  const { req, res } = exchange;
  await sendHtml(req, res, renderShell({ ...shellOf(page), body }, await asked.assets()));
}
