// `/docs`: the API's description as a page to read and to try by hand, from our own origin alone.
import { createRequire } from 'node:module';
import { html } from 'ghtml';
import { REFUSAL_CODES, type RefusalCode } from '../orders/errors.ts';
import { PROBLEMS } from './problem.ts';

/** Swagger UI sets styles on its elements and draws its icons from `data:` addresses. */
export const DOCS_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The files of Swagger UI that the page asks for. */
export const DOCS_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const;

export function docsFile(name: (typeof DOCS_FILES)[number]): string {
  return createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`);
}

/** What to do about each refusal; the `type` of a problem leads here. */
const WHAT_TO_DO: Readonly<Record<RefusalCode, string>> = {
  bad_request: 'Mend the field that detail names. Unknown fields are refused, too.',
  unauthorized: 'Send the header Authorization: Bearer and a key of SANJI_API_KEYS.',
  forbidden: 'Use a key of that store, or one for all stores.',
  not_found:
    'Check the id or code. What belongs to another store than your key is not found either.',
  method_not_allowed: 'Use one of the methods in the header Allow.',
  ambiguous: 'Name the store with ?store=, or use the id instead of the code.',
  conflict: 'Read the present state; steps go forward only, and ids are used once.',
  amount_mismatch: 'Pay exactly dueKrw. Nothing was changed.',
  not_payable: 'The order is paid, expired or cancelled. Read it first.',
  not_cancellable: 'It was shipped or has expired. The seller decides what happens now.',
  not_changeable: 'It was harvested already, or its order has ended.',
  not_served: 'The store does not send to this address.',
  over_capacity: 'Order fewer boxes: detail says how many go into one order or one day.',
  no_date: 'Take one of the dates in detail, or fewer boxes, or wait for new dates.',
  out_of_season: 'Wait until the product is sold again.',
  store_paused: 'Wait until the store takes orders again.',
  too_large: 'Send less in one call.',
  unsupported_type: 'Send JSON in UTF-8 with the content type application/json.',
  idempotency_reuse: 'Take a new Idempotency-Key for another request.',
  rate_limited: 'Wait as many seconds as Retry-After says, then go on more slowly.',
  internal: 'Try again later. With an Idempotency-Key the repeat is harmless.',
  busy: 'Wait as many seconds as Retry-After says and send the same again.',
};

export function docsPage(): string {
  const rows = REFUSAL_CODES.map(
    (code) => html`
      <tr id="${code}"><th scope="row"><code>${code}</code></th><td>${PROBLEMS[code].status}</td>
        <td>${PROBLEMS[code].title}.</td><td>${WHAT_TO_DO[code]}</td></tr>`,
  );
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Sanji API</title>
  <link rel="icon" href="docs/favicon-32x32.png">
  <link rel="stylesheet" href="docs/swagger-ui.css">
  <link rel="stylesheet" href="docs/page.css">
</head>
<body>
  <main id="api"><noscript>The description itself is <a href="openapi.json">openapi.json</a>.</noscript></main>
  <section id="codes">
    <h2>Problem codes</h2>
    <p>A refused call answers <code>application/problem+json</code> with one of these codes.</p>
    <table>
      <thead><tr><th>code</th><th>status</th><th>meaning</th><th>what to do</th></tr></thead>
      <tbody>!${rows}</tbody>
    </table>
  </section>
  <script src="docs/swagger-ui-bundle.js"></script>
  <script src="docs/page.js"></script>
</body>
</html>`;
}

export const DOCS_CSS = `
body { margin: 0; background: #fff; color: #222; font: 16px/1.5 system-ui, sans-serif; }
#codes { max-width: 1460px; margin: 0 auto; padding: 0 20px 60px; box-sizing: border-box; overflow-x: auto; }
#codes table { border-collapse: collapse; width: 100%; }
#codes th, #codes td { text-align: left; vertical-align: top; padding: 8px 12px 8px 0; border-bottom: 1px solid #ddd; }
#codes tr:target { background: #fff3c4; }
`;

/** The calls push the list of codes down when they appear: whoever came for a code is led there again. */
export const DOCS_JS = `
window.SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#api',
  deepLinking: false,
  validatorUrl: null,
  onComplete: () => document.getElementById(location.hash.slice(1))?.scrollIntoView(),
});
`;
