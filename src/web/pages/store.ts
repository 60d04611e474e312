// The public pages of a store as HTML: one column, no script, everything from our own origin.
import { html } from 'ghtml';
import {
  noStorePage,
  type Page,
  privacyPage,
  type Section,
  storePage,
} from '../../chat/pages/store.ts';
import type { Shop } from '../../orders/shop.ts';
import type { Assets } from './assets.ts';
import type { Asked, Exchange } from './routes.ts';
import { noticeBody, PAGE_CSP, renderShell, sendHtml } from './shell.ts';

export async function sendStore(asked: Asked, exchange: Exchange): Promise<void> {
  await send(asked, exchange, (shop) => storePage(shop, asked.now()));
}

export async function sendPrivacy(asked: Asked, exchange: Exchange): Promise<void> {
  await send(asked, exchange, privacyPage);
}

/** An unknown store is a page like the others, with the status that says so. */
async function send(
  { store, assets }: Asked,
  { req, res }: Exchange,
  pageOf: (shop: Shop) => Page,
): Promise<void> {
  const shop = await store.findShop(req.params.id ?? '');
  const isThere = shop !== null && shop.state !== 'archived';
  const page = isThere ? pageOf(shop) : noStorePage();
  res.status(isThere ? 200 : 404).set('content-security-policy', PAGE_CSP);
  await sendHtml(req, res, renderPage(page, { assets: await assets(), name: shop?.name ?? null }));
}

function renderPage(
  { title, lead, sections, foot, links }: Page,
  { assets, name }: { readonly assets: Assets; readonly name: string | null },
): string {
  if (sections.length === 0)
    return renderShell({ title, body: noticeBody({ title, text: lead ?? '' }) }, assets);
  const body = html`<main>
<div class="intro"><h1>${title}</h1>!${lead === null ? '' : html`<p class="lead">${lead}</p>`}</div>
!${sections.map(renderSection)}
</main>`;
  const end = html`!${links.map(({ label, href }) => html`<a href="${href}">${label}</a>`)}!${foot === null ? '' : html`<p>${foot}</p>`}`;
  return renderShell({ title, sign: { label: name ?? title }, body, foot: end }, assets);
}

function renderSection({ id, heading, facts = [], lines = [] }: Section): string {
  const rows = facts.map(
    ({ name, value, href }) => html`
<div><dt>${name}</dt><dd>!${href === undefined ? html`${value}` : html`<a href="${href}">${value}</a>`}</dd></div>`,
  );
  return html`
<section class="card" id="${id}">
<h2>${heading}</h2>
!${rows.length === 0 ? '' : html`<dl class="facts">!${rows}</dl>`}
!${lines.length === 0 ? '' : html`<ul class="lines">!${lines.map((line) => html`<li>${line}</li>`)}</ul>`}
</section>`;
}
