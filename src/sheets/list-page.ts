// The day list as a page for A4: black on white, in type that is read at arm's length. One document without
// a script or anything from elsewhere, so that the file on a disk and the page of a link are the same.
import { hash } from 'node:crypto';
import { html } from 'ghtml';
import { LABELS, type ListPrint, type PrintRow, STEPS, waybillPlaces } from './list-print.ts';
import { listStyle } from './list-style.ts';

export type ListPage = {
  readonly html: string;
  /** Lets the one style of the page apply where a policy forbids all others. */
  readonly styleSource: string;
};

/** A link to another print of the same list; shown on a screen and not on paper. */
export type PageLink = { readonly label: string; readonly href: string };

export function listPage(print: ListPrint, links: readonly PageLink[] = []): ListPage {
  const style = listStyle(print);
  return {
    html: render(print, { style, links }),
    styleSource: `'sha256-${hash('sha256', style, 'base64')}'`,
  };
}

function render(
  print: ListPrint,
  { style, links }: { readonly style: string; readonly links: readonly PageLink[] },
): string {
  const { title, firstLine, storeName, sums, products, scope, rows, revision } = print;
  return html`<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>!${style}</style>
</head>
<body data-revision="${revision}">
!${links.length === 0 ? '' : html`<nav>!${links.map(({ label, href }) => html`<a href="${href}">${label}</a>`)}</nav>`}
<header>
<p class="which">${firstLine}</p>
<h1>${storeName}</h1>
<p class="sums">${sums}</p>
<ul>!${products.map(({ name, boxes }) => html`<li><span>${name}</span> <b>${boxes}상자</b></li>`)}</ul>
!${scope === null ? '' : html`<p class="scope">${scope}</p>`}
</header>
<main>!${rows.length === 0 ? '' : table(print)}</main>
</body>
</html>
`;
}

/** Its head stands on each page and says of which list it is, also where a browser prints no margins. */
function table({ title, rows }: ListPrint): string {
  const { row, recipient, boxes, steps } = LABELS;
  return html`<table>
<thead><tr><th>${row}</th><th>${recipient} · ${title}</th><th>${boxes}</th><th>${steps}</th></tr></thead>
<tbody>
!${rows.map((one) => (one.struck ? struckRow(one) : liveRow(one)))}</tbody>
</table>`;
}

function liveRow(one: PrintRow): string {
  const { row, order, recipient, phone, address, postcode, boxes, packages, memo } = one;
  return html`<tr data-row="${row}">
<th scope="row">${row}!${mark(one)}</th>
<td><p class="who"><b>${recipient}</b> <b class="phone">${phone}</b></p>
<p>${address}${postcode === null ? '' : ` (${postcode})`}</p>
<p>!${goods(one)}</p>
!${memo === null ? '' : html`<p class="memo"><b>${LABELS.memo}</b> ${memo}</p>`}
!${sender(one)}
<p class="waybills">!${waybillPlaces(packages).map((place) => html`<span>${place}</span>`)}</p></td>
<td class="boxes"><b>${boxes}</b>상자!${packages > 1 ? html`<p>포장 ${packages}개</p>` : ''}<p>${order}</p></td>
<td class="steps">!${STEPS.map((step) => html`<span><i></i>${step}</span>`)}</td>
</tr>
`;
}

function struckRow(one: PrintRow): string {
  const { row, order, recipient, phone, address, boxes } = one;
  return html`<tr data-row="${row}" class="struck">
<th scope="row"><s>${row}</s>!${mark(one)}</th>
<td><s>${recipient} ${phone} · ${address}</s></td>
<td class="boxes"><s>${boxes}상자</s><p><s>${order}</s></p></td>
<td></td>
</tr>
`;
}

function mark({ mark: said }: PrintRow): string {
  return said === null ? '' : html`<em>${said}</em>`;
}

function sender({ senderName, senderPhone }: PrintRow): string {
  if (senderName === null && senderPhone === null) return '';
  return html`<p>${LABELS.sender} ${senderName ?? ''} <span class="phone">${senderPhone ?? ''}</span></p>`;
}

function goods({ items }: PrintRow): string {
  return items.map(({ name, boxes }) => html`${name} <b>${boxes}상자</b>`).join(', ');
}
