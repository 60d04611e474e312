// The board as HTML: rows in large type as on paper, each with its next step as half of it.
import { html } from 'ghtml';
import {
  type AheadDay,
  aheadOf,
  BOARD_STEPS,
  BOARD_WORDS,
  type BoardList,
  type BoardRow,
  boardList,
  capNote,
  chartWords,
  leftBehind,
  leftOf,
  newsOf,
  STEP_LABELS,
  showRows,
  waybillLabel,
  waybillTitle,
} from '../../chat/pages/board.ts';
import { CARRIER_NAMES } from '../../chat/replies/index.ts';
import { dayOf } from '../../orders/day.ts';
import type { Parts } from '../live.ts';
import type { BoardSeen } from './board.ts';

/** Rows come in parts, so that a tap sends ten of them and not all. */
const PART_ROWS = 10;
const ROW_PARTS = 8;

const CHART = { bar: 16, step: 24, top: 14, height: 84, foot: 34 } as const;

export function pathOf(token: string): string {
  return `/board/${token}`;
}

export function boardParts(seen: BoardSeen): Parts {
  const list = boardList(seen.list, seen.today);
  const partOf = ({ row }: BoardRow) => Math.min(Math.floor((row - 1) / PART_ROWS), ROW_PARTS - 1);
  const rows = Array.from({ length: ROW_PARTS }, (_, no) => {
    const own = list.rows.filter((row) => partOf(row) === no);
    return [`rows-${no}`, own.length === 0 ? '' : renderRows(seen, list, own)] as const;
  });
  return {
    news: renderNews(seen),
    head: renderHead(list),
    ...Object.fromEntries(rows),
    day: renderDay(seen, list),
    next: seen.next === null ? '' : renderNext(seen, boardList(seen.next, seen.today)),
    ahead: renderAhead(seen, aheadOf(seen.calendar, seen.unpaid)),
  };
}

function renderNews({ token, date, current, today, behind }: BoardSeen): string {
  const news =
    date === current
      ? ''
      : html`<a class="news" href="${pathOf(token)}" data-news>${newsOf(date, current, today)}</a>`;
  if (behind === null) return news;
  const left = leftBehind(behind.day.date, leftOf(behind));
  return html`!${news}<a class="news" href="${pathOf(token)}?d=${behind.day.date}">${left}</a>`;
}

function renderHead(list: BoardList): string {
  const { title, mark, sums, totalBoxes, capBoxes, left, isDone, revision, rows } = list;
  const tiles = html`<ul class="left">!${left.map(
    ({ label, parcels, boxes }) =>
      html`<li class="!${parcels === 0 ? 'none' : ''}"><b class="number">${parcels}</b><span>${label}</span><span class="small number">${boxes}</span></li>`,
  )}</ul>`;
  const products =
    list.products.length < 2
      ? ''
      : html`<ul class="products" aria-label="${BOARD_WORDS.totals}">!${list.products.map(({ name, boxes }) => html`<li><span>${name}</span> <b class="number">${boxes}</b></li>`)}</ul>`;
  const done = isDone ? html`<p class="told">${BOARD_WORDS.allDone}</p>` : tiles;
  return html`<div class="intro" data-total-boxes="${totalBoxes}" data-cap="${capBoxes}" data-revision="${revision}">
<h1>${title} <span class="pill !${revision > 0 ? 'done' : 'now'}">${mark}</span></h1>
<p class="lead"><b>${sums}</b> / ${list.cap}</p>
</div>!${revision > 0 ? done : ''}!${rows.length === 0 ? html`<p class="card">${capBoxes === 0 ? BOARD_WORDS.closed : BOARD_WORDS.empty}</p>` : ''}!${products}`;
}

function renderRows(seen: BoardSeen, list: BoardList, rows: readonly BoardRow[]): string {
  const seenRows = rows
    .filter(({ struck }) => !struck)
    .map(({ row, parcelId, state }) => `${row}:${parcelId}:${state}`);
  return html`<ol class="rows" start="${rows[0]?.row ?? 1}">!${rows.map((row) => renderRow(seen, list, row))}</ol><input type="hidden" form="tap" name="seen" value="${seenRows.join(' ')}">`;
}

function renderRow(seen: BoardSeen, list: BoardList, row: BoardRow): string {
  const { state, struck, stateWords, town, memo, boxes, items, recipient } = row;
  const pill = struck ? 'warn' : state === 'shipped' || state === 'delivered' ? 'done' : '';
  return html`<li class="row !${struck ? 'struck' : ''}" data-row="${row.row}" data-state="${struck ? 'struck' : state}" data-parcel="${row.parcelId}" data-packages="${row.packages}" data-had="${row.had.join(' ')}">
<details id="more-${row.row}"><summary><span class="no number">${row.row}</span><span class="who"><b>${recipient}</b> <span class="count number">${boxes}</span>!${items === null ? '' : html`<span class="what">${items}</span>`}<span class="town">${town}</span>!${memo === null ? '' : html`<span class="memo">${memo}</span>`}<span class="pill !${pill}" data-step>${stateWords}</span>!${row.waybills.length === 0 ? '' : html` <span class="pill numbered">${BOARD_WORDS.waybill} ${row.waybills.length}/${row.packages}</span>`}</span></summary>
!${renderMore(seen, list, row)}</details>
!${renderHalf(seen, list, row)}
</li>`;
}

/** Half of the row: its next step, or the number that it left without. */
function renderHalf({ token }: BoardSeen, { date }: BoardList, row: BoardRow): string {
  if (row.next !== null)
    return html`<button class="half" id="half-${row.row}" form="tap" name="do" value="advance.${date}.${row.row}.${row.next}" data-advance="${row.next}"><span class="unseen">${row.name} </span><span class="step">${STEP_LABELS[row.next]}</span></button>`;
  if (row.missing > 0)
    return html`<a class="half quiet" id="half-${row.row}" href="${waybillPath(token, date, row)}" data-waybill="${row.row}" data-title="${waybillTitle(row)}"><span class="unseen">${row.name} </span>${BOARD_WORDS.waybill}</a>`;
  return '';
}

function renderMore({ token }: BoardSeen, { date }: BoardList, row: BoardRow): string {
  const { address, phone, phoneShown, waybills, sender, upTo, struck } = row;
  const facts = html`<p>${address}</p>!${sender === null ? '' : html`<p class="small">${BOARD_WORDS.sender} ${sender}</p>`}!${waybills.map((one) => html`<p class="number">${one}</p>`)}`;
  if (struck) return html`<div class="more">!${facts}</div>`;
  const canNumber = row.missing > 0 || (waybills.length > 0 && row.state !== 'delivered');
  const waybill = canNumber
    ? html`<a class="button" href="${waybillPath(token, date, row)}" data-waybill="${row.row}" data-title="${waybillTitle(row)}">${BOARD_WORDS.giveWaybill}</a>`
    : '';
  return html`<div class="more">!${facts}
!${row.isCarrierless ? renderCarriers(date, row) : ''}
<div class="buttons wide">!${phone === '' ? '' : html`<a class="button plain" href="tel:${phone}">${BOARD_WORDS.call} ${phoneShown}</a>`}!${waybill}</div>
!${upTo.length === 0 ? '' : html`<div class="buttons wide">!${upTo.map(({ to, label }) => html`<button class="button" form="tap" name="do" value="upto.${date}.${row.row}.${to}" data-upto="${to}">${label}</button>`)}</div>`}</div>`;
}

function renderCarriers(date: string, { row }: BoardRow): string {
  return html`<p class="ask-carrier">${BOARD_WORDS.whichCarrier}</p><div class="buttons">!${Object.entries(CARRIER_NAMES).map(([id, name]) => html`<button class="button" form="tap" name="do" value="carrier.${date}.${row}.${id}">${name}</button>`)}</div>`;
}

const waybillPath = (token: string, date: string, { row }: BoardRow): string =>
  `${pathOf(token)}/waybill?d=${date}&row=${row}`;

/** What is done with the whole list. */
function renderDay(seen: BoardSeen, list: BoardList): string {
  const { date, revision, rows, isPast } = list;
  if (isPast || rows.length === 0) return isPast ? '' : renderCap(seen, date);
  const last = rows.at(-1);
  const freeze = html`<div class="card freeze"><p>${BOARD_WORDS.freezeWhy}</p><button class="button loud" form="tap" name="do" value="freeze.${date}">${BOARD_WORDS.freeze}</button></div>`;
  const all =
    revision === 0 || last === undefined
      ? ''
      : html`<div class="buttons wide all">!${last.upTo.map(({ to, label }) => html`<button class="button" form="tap" name="do" value="upto.${date}.${last.row}.${to}" data-upto="${to}" data-upto-row="${last.row}">${label}</button>`)}</div>`;
  const print = html`<button class="button plain" form="tap" name="do" value="print.${date}">${BOARD_WORDS.print}</button>`;
  return html`!${revision === 0 ? freeze : all}!${revision === 0 ? renderCap(seen, date) : html`<div class="buttons">!${print}</div>`}`;
}

function renderNext(seen: BoardSeen, list: BoardList): string {
  const { date, title, mark, sums, rows } = list;
  const shown = rows.map(
    ({ row, recipient, boxes, town, struck }) =>
      html`<li class="!${struck ? 'struck' : ''}"><span class="no number">${row}</span> <b>${recipient}</b> <span class="number">${boxes}</span> <span class="small">${town}</span></li>`,
  );
  return html`<section class="card next" data-next="${date}"><h2>${title} <span class="pill now">${mark}</span></h2><p class="lead"><b>${sums}</b></p>
!${renderCap(seen, date)}
!${rows.length === 0 ? html`<p class="small">${BOARD_WORDS.empty}</p>` : html`<details id="next-rows"><summary class="button plain opener">${showRows(rows.length)}</summary><ol class="short">!${shown}</ol></details>`}
<p><a class="button plain" href="${pathOf(seen.token)}?d=${date}">${BOARD_WORDS.whole}</a></p></section>`;
}

/** A number with one box less and more beside it; 0 closes the day. */
function renderCap({ calendar }: BoardSeen, date: string): string {
  const { capBoxes, reservedBoxes } = dayOf(calendar.shop, calendar.days, date);
  return html`<div class="cap" data-cap-of="${date}"><label class="whole" for="boxes-${date}">${BOARD_WORDS.cap}</label>
<button type="button" class="step-button" data-by="-1" aria-label="${BOARD_WORDS.capFewer}">−</button>
<input id="boxes-${date}" form="tap" name="boxes-${date}" type="number" inputmode="numeric" min="0" max="10000" value="${capBoxes}" class="number">
<button type="button" class="step-button" data-by="1" aria-label="${BOARD_WORDS.capMore}">＋</button>
<button class="button whole" form="tap" name="do" value="cap.${date}.${capBoxes}">${BOARD_WORDS.capSet}</button>
<p class="small whole">${capNote(reservedBoxes)}</p></div>`;
}

// The days ahead

function renderAhead({ token }: BoardSeen, ahead: readonly AheadDay[]): string {
  return html`<section class="card ahead"><h2>${BOARD_WORDS.ahead}</h2>
<figure>!${renderChart(ahead)}</figure>
<p class="legend small" aria-hidden="true"><span class="key taken"></span>${BOARD_WORDS.paid} <span class="key free"></span>${BOARD_WORDS.left} <span class="key shut"></span>${BOARD_WORDS.rest}</p>
<details id="ahead-table"><summary class="button plain opener">${BOARD_WORDS.asTable}</summary><table><thead><tr><th scope="col">${BOARD_WORDS.date}</th><th scope="col">${BOARD_WORDS.paid}</th><th scope="col">${BOARD_WORDS.left}</th></tr></thead><tbody>!${ahead.map((one) => renderAheadRow(token, one))}</tbody></table></details></section>`;
}

function renderAheadRow(token: string, one: AheadDay): string {
  const { date, named, paid, left } = one;
  return html`<tr><th scope="row"><a href="${pathOf(token)}?d=${date}">${named}</a></th><td class="number">${paid}</td><td class="number">${left}</td></tr>`;
}

function renderChart(ahead: readonly AheadDay[]): string {
  const { bar, step, top, height, foot } = CHART;
  const most = Math.max(
    1,
    ...ahead.map(({ capBoxes, paidBoxes }) => Math.max(capBoxes, paidBoxes)),
  );
  const tall = (boxes: number) => Math.round((boxes / most) * height);
  const bottom = top + height;
  const bars = ahead.map((one, at) => {
    const x = at * step + (step - bar) / 2;
    const middle = at * step + step / 2;
    const cap = tall(Math.max(one.capBoxes, one.paidBoxes));
    const paid = tall(one.paidBoxes);
    const inside = one.isClosed
      ? html`<rect class="shut" x="${x}" y="${bottom - 10}" width="${bar}" height="10" rx="4"/>`
      : html`<rect class="free" x="${x}" y="${bottom - cap}" width="${bar}" height="${cap}" rx="4"/><rect class="taken" x="${x}" y="${bottom - paid}" width="${bar}" height="${paid}" rx="4"/><text class="figure" x="${middle}" y="${bottom - cap - 4}">${one.leftBoxes}</text>`;
    return html`!${inside}<text x="${middle}" y="${bottom + 14}">${one.day}</text><text class="weekday" x="${middle}" y="${bottom + 28}">${one.weekday}</text>`;
  });
  return html`<svg class="chart" viewBox="0 0 ${ahead.length * step} ${bottom + foot}" role="img" aria-label="${chartWords(ahead)}">!${bars}</svg>`;
}

// Beside the parts, for the script

/** What tells of taps under way, and asks for numbers; none of it is there without a script. */
export function renderTools(seen: BoardSeen): string {
  const steps = BOARD_STEPS.map((to) => ({ to, label: STEP_LABELS[to] }));
  const { sending, offline, undo, ok, refusedTitle, stuck, oddNumber } = BOARD_WORDS;
  const words = { sending, offline, undo, ok, stuck, oddNumber, label: waybillLabel(1, 1) };
  return html`<div class="tray" id="tray" data-steps="${JSON.stringify(steps)}" data-words="${JSON.stringify(words)}">
<section id="refused" aria-label="${refusedTitle}" hidden></section>
<p id="outgoing" role="status"></p>
<div id="last" hidden><p id="last-words" role="status"></p><button type="button" class="button aside" id="undo">${undo}</button></div>
</div>
<dialog id="waybills" aria-labelledby="waybills-title"><form method="dialog"><h2 id="waybills-title"></h2><div id="waybill-fields"></div>!${renderCarrierField(seen)}<p class="told warn" role="alert" id="waybill-fault" hidden></p><div class="buttons wide"><button type="button" class="button plain" id="waybills-close">${BOARD_WORDS.cancel}</button><button type="submit" class="button loud">${BOARD_WORDS.save}</button></div></form></dialog>`;
}

/** The carrier that this list went with so far is the one that is likely meant. */
function renderCarrierField({ list }: BoardSeen): string {
  const used = list.rows
    .flatMap(({ order }) => order.parcels.flatMap(({ packages }) => packages))
    .findLast(({ carrier }) => carrier !== null)?.carrier;
  const options = [['', BOARD_WORDS.carrierAuto] as const, ...Object.entries(CARRIER_NAMES)];
  return html`<div class="ask"><label for="carrier">${BOARD_WORDS.carrier}</label><select id="carrier" name="carrier">!${options.map(([id, name]) => html`<option value="${id}" !${id === (used ?? '') ? 'selected' : ''}>${name}</option>`)}</select></div>`;
}

/** Null where the list has no such row that takes numbers. */
export function renderWaybillForm(
  seen: BoardSeen,
  no: number,
  { fields, action }: { readonly fields: string; readonly action: string },
): string | null {
  const list = boardList(seen.list, seen.today);
  const row = list.rows.find((one) => one.row === no && !one.struck);
  if (row === undefined || list.revision === 0) return null;
  const given = row.had.map((one) => one.split(':')[1] ?? '');
  const inputs = Array.from({ length: row.packages }, (_, at) => {
    const id = `waybill-${at + 1}`;
    return html`<div class="ask"><label for="${id}">${waybillLabel(at + 1, row.packages)}</label><input id="${id}" name="waybill" inputmode="numeric" autocomplete="off" maxlength="20" value="${given[at] ?? ''}"></div>`;
  });
  return html`<form class="form" method="post" action="${action}">!${fields}<h1>${waybillTitle(row)}</h1>
<input type="hidden" name="do" value="waybill.${list.date}.${row.row}"><input type="hidden" name="seen" value="${row.row}:${row.parcelId}:${row.state}"><input type="hidden" name="had" value="${row.had.join(' ')}">
!${inputs}!${renderCarrierField(seen)}
<button class="button loud">${BOARD_WORDS.save}</button></form>`;
}
