// What every page has: its frame, its headers, and how it is sent.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { html } from 'ghtml';
import type { AssetName, Assets } from './assets.ts';

/** For pages without a script. */
export const PAGE_CSP = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
/** For pages that stay as things are, and on which something can be done. */
const LIVE_CSP = `${PAGE_CSP.replace("form-action 'none'", "form-action 'self'")}; script-src 'self'; connect-src 'self'`;

const PACKED_FROM_BYTES = 1_024;

/** htmx without what our policy forbids: no inline styles, no code in attributes, no history. */
const HTMX = {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  historyEnabled: false,
  selfRequestsOnly: true,
  timeout: 20_000,
};

export type Shell = {
  readonly title: string;
  readonly lang?: 'ko' | 'en';
  /** Whose page it is, over its words; a store, or the house. */
  readonly sign?: { readonly label: string; readonly href?: string };
  /** What stands on it, as HTML made here. */
  readonly body: string;
  /** Links and a line at its end, as HTML made here. */
  readonly foot?: string;
  /** Its own styles behind the common one. */
  readonly styles?: readonly AssetName[];
  /** Its own scripts; with `live.js` htmx comes along. */
  readonly scripts?: readonly AssetName[];
};

export function renderShell(shell: Shell, assets: Assets): string {
  const { title, lang = 'ko', sign, body, foot = '', styles = [], scripts = [] } = shell;
  const isLive = scripts.includes('live.js');
  const needed: readonly AssetName[] = isLive ? ['htmx.js', 'sse.js', ...scripts] : scripts;
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#faf3ea" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#191411" media="(prefers-color-scheme: dark)">
<meta name="format-detection" content="telephone=no">
!${isLive ? html`<meta name="htmx-config" content="${JSON.stringify(HTMX)}">` : ''}
<title>${title}</title>
!${['base.css' as const, ...styles].map((name) => html`<link rel="stylesheet" href="${assets.hrefOf(name)}">`)}<link rel="icon" href="${assets.hrefOf('icon.svg')}" type="image/svg+xml">
!${needed.map((name) => html`<script src="${assets.hrefOf(name)}" defer></script>`)}</head>
<body>
<div class="page">
!${sign === undefined ? '' : renderSign(sign)}
!${body}
!${foot === '' ? '' : html`<footer class="foot">!${foot}</footer>`}
</div>
</body>
</html>
`;
}

function renderSign({ label, href }: NonNullable<Shell['sign']>): string {
  const inside = html`!${MARK}<span>${label}</span>`;
  return html`<header class="sign">!${href === undefined ? inside : html`<a href="${href}">!${inside}</a>`}</header>`;
}

/** The peach of the icon, drawn in the page so that it comes with it. */
export const MARK =
  '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><path class="mark-flesh" d="M16 9c-2.5-2.4-11-2-11 7 0 7 6 12 11 12s11-5 11-12c0-9-8.5-9.4-11-7z"/><path class="mark-cheek" d="M16 9c-3 5-3 13 0 19-5 0-11-5-11-12 0-9 8.5-9.4 11-7z"/><path class="mark-leaf" d="M16 9c0-4 3-7 9-6 0 4-4 7-9 6z"/></svg>';

/** A page that says one thing. */
export function noticeBody({ title, text }: { title: string; text: string }, more = ''): string {
  return html`<main class="notice">!${MARK}<h1>${title}</h1><p class="lead">${text}</p>!${more}</main>`;
}

/** For pages that are somebody's: kept and found by nobody, and no address of theirs is passed on. */
export function guardPage(res: Response): void {
  res.set({
    'Cache-Control': 'no-store',
    'Content-Security-Policy': LIVE_CSP,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    // Not `no-referrer`: with it browsers send our own forms with `Origin: null`.
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Robots-Tag': 'noindex, nofollow',
  });
}

/** Sends a page packed where that is worth it. */
export async function sendHtml(req: Request, res: Response, page: string): Promise<void> {
  const plain = Buffer.from(page);
  res.set({ 'Content-Type': 'text/html; charset=utf-8', Vary: 'Accept-Encoding' });
  if (plain.length < PACKED_FROM_BYTES || req.acceptsEncodings('gzip') === false)
    return void res.send(plain);
  res.set('Content-Encoding', 'gzip').send(await promisify(gzip)(plain));
}
