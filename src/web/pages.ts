// The public pages of a store as HTML: one column, no script, everything from our own origin.
import { readFile } from 'node:fs/promises';
import type { Response } from 'express';
import { html } from 'ghtml';
import { noStorePage, type Page, privacyPage, type Section, storePage } from '../chat/pages.ts';
import type { Store } from '../orders/store.ts';

export const PAGE_CSP = [
  "default-src 'none'",
  "style-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const STYLE = new URL('pages.css', import.meta.url);
const STYLE_MAX_AGE_SECONDS = 3600;

type Asked = { readonly store: Store; readonly now: () => Date };

/** `notFound` is what an unknown store is: a page like the others, with the status that says so. */
export async function sendPage(
  res: Response,
  { store, now }: Asked,
  { kind, storeId }: { readonly kind: 'store' | 'privacy'; readonly storeId: string },
): Promise<void> {
  const shop = await store.findShop(storeId);
  const isThere = shop !== null && shop.state !== 'archived';
  const page = !isThere
    ? noStorePage()
    : kind === 'store'
      ? storePage(shop, now())
      : privacyPage(shop);
  res
    .status(isThere ? 200 : 404)
    .set('content-security-policy', PAGE_CSP)
    .type('html')
    .send(renderPage(page));
}

export async function sendStyle(res: Response): Promise<void> {
  res
    .set('cache-control', `public, max-age=${STYLE_MAX_AGE_SECONDS}`)
    .type('css')
    .send(await readFile(STYLE, 'utf8'));
}

export function renderPage({ title, lead, sections, foot, links }: Page): string {
  return html`<!doctype html>
<html lang="ko">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title}</title>
  <link rel="stylesheet" href="../pages.css">
</head>
<body>
  <main>
    <h1>${title}</h1>
    !${lead === null ? '' : html`<p class="lead">${lead}</p>`}
    !${sections.map(renderSection)}
  </main>
  <footer>
    !${links.map(({ label, href }) => html`<a href="${href}">${label}</a>`)}
    !${foot === null ? '' : html`<p>${foot}</p>`}
  </footer>
</body>
</html>`;
}

function renderSection({ id, heading, facts = [], lines = [] }: Section): string {
  const rows = facts.map(
    ({ name, value, href }) => html`
        <div><dt>${name}</dt><dd>!${href === undefined ? html`${value}` : html`<a href="${href}">${value}</a>`}</dd></div>`,
  );
  return html`
    <section id="${id}">
      <h2>${heading}</h2>
      !${
        rows.length === 0
          ? ''
          : html`<dl>!${rows}
      </dl>`
      }
      !${lines.length === 0 ? '' : html`<ul>!${lines.map((line) => html`<li>${line}</li>`)}</ul>`}
    </section>`;
}
