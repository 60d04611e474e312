// The page of an order for its buyer: what stands on it changes by itself as the farm goes on.
import { html } from 'ghtml';
import { followOrderLink } from '../../chat/links.ts';
import { CONNECTION_LOST } from '../../chat/pages/notices.ts';
import {
  type Copyable,
  type OrderSeen,
  type OrderView,
  orderView,
  type PageLanguage,
  type ParcelSeen,
  type PayCard,
  type Step,
  tongueOf,
} from '../../chat/pages/order.ts';
import { DONE, doneWords, pageWords, toPage } from '../../chat/pages/order-acts.ts';
import { spoken, whyThisDate } from '../../chat/replies/index.ts';
import { explainOrder } from '../../chat/why.ts';
import { maskedName } from '../../chat/words.ts';
import { isStillOpen } from '../../orders/changing.ts';
import { type Parts, versionOf } from '../live.ts';
import { formFields } from './forms.ts';
import { refuseLink } from './refusals.ts';
import type { Asked, Exchange } from './routes.ts';
import { guardPage, renderShell, type Shell, sendHtml } from './shell.ts';

/** To say it twice is to say it once: the form needs no id of its own, and a part that stands still none that moves. */
const CLAIM_ID = 'claim-paid';

/** A page that somebody has the link of: what it shows, and how its addresses go on. */
export type OrderPage = {
  readonly seen: OrderSeen;
  readonly token: string;
  readonly lang: PageLanguage;
};

/** Null where the link leads nowhere: then the page says why. */
export async function openOrder(asked: Asked, exchange: Exchange): Promise<OrderPage | null> {
  const { req, res } = exchange;
  guardPage(res);
  const { token = '' } = req.params;
  const seen = await seeOrder(asked, token);
  if ('refused' in seen) {
    await refuseLink(asked, exchange, { kind: 'order', why: seen.refused });
    return null;
  }
  return { seen, token, lang: req.query.lang === 'en' ? 'en' : 'ko' };
}

async function seeOrder({ store, now }: Asked, token: string) {
  const at = now();
  const followed = await followOrderLink(store, { token, now: at });
  if ('refused' in followed) return followed;
  const { order } = followed;
  const open = await store.findOpenChange(order.storeId, order.id);
  const isWaiting = open !== null && isStillOpen(open, order, at);
  const difference = isWaiting ? { amountKrw: open.extraKrw, payBy: open.payBy } : null;
  return { ...followed, difference, now: at };
}

/** Where a page of this order is. */
export function pathOf({ token, lang }: Pick<OrderPage, 'token' | 'lang'>, path = ''): string {
  const [bare = '', query = ''] = path.split('?');
  const params = new URLSearchParams(query);
  if (lang === 'en') params.set('lang', 'en');
  return `/o/${token}${bare}${params.size === 0 ? '' : `?${params}`}`;
}

export async function sendOrder(asked: Asked, exchange: Exchange): Promise<void> {
  const page = await openOrder(asked, exchange);
  if (page === null) return;
  const { req, res } = exchange;
  const { lang, seen } = page;
  const parts = partsOf(asked, page);
  const words = pageWords(tongueOf(lang));
  const done = DONE.find((one) => one === req.query.done);
  const body = html`<main data-order="${seen.order.code}" id="live" hx-ext="sse" sse-connect="${pathOf(page, '/events')}" data-version="${versionOf(parts)}">
<p id="connection" class="connection" role="status" data-lost="${CONNECTION_LOST[lang]}" hidden></p>
!${done === undefined ? '' : html`<p class="told" role="status">${doneWords(done, tongueOf(lang))}</p>`}
!${Object.entries(parts).map(([name, part]) => html`<div class="part" sse-swap="${name}">!${part}</div>`)}
<p class="small live-mark"><span class="live-dot"></span>${words.live}</p>
</main>`;
  const view = { ...shellOf(page), body, scripts: ['live.js', 'copy.js'] as const };
  await sendHtml(req, res, renderShell(view, await asked.assets()));
}

export async function streamOrder(asked: Asked, exchange: Exchange): Promise<void> {
  const page = await openOrder(asked, exchange);
  if (page === null) return;
  const { token, lang, seen } = page;
  const { storeId, id: orderId } = seen.order;
  asked.live.open({
    ...exchange,
    link: token,
    watched: { storeId, orderId },
    async render() {
      const fresh = await seeOrder(asked, token);
      return 'refused' in fresh ? null : partsOf(asked, { seen: fresh, token, lang });
    },
  });
}

/** A page of its own, so that it is there without a script; with one it opens in its place. */
export async function sendWhy(asked: Asked, exchange: Exchange): Promise<void> {
  const page = await openOrder(asked, exchange);
  if (page === null) return;
  const { seen, lang } = page;
  const explained = await explainOrder({ ...seen, desk: asked }, seen.order);
  const why = explained.why.map((one) => ({ ...one, recipient: maskedName(one.recipient) }));
  const { undated } = explained;
  const texts =
    why.length === 0 && undated === 0 ? [] : spoken(whyThisDate(why, undated), lang).texts;
  const tongue = tongueOf(lang);
  const words = pageWords(tongue);
  const shown = texts.length === 0 ? [words.noWhy] : texts;
  const body = html`<main><div class="intro"><h1>${words.why}</h1></div>
<section class="card" id="why-words">!${shown.map((text) => html`<p class="said">${text}</p>`)}</section>
<p><a class="button" href="${pathOf(page)}">${toPage(tongue)}</a></p></main>`;
  await sendHtml(
    exchange.req,
    exchange.res,
    renderShell({ ...shellOf(page), body }, await asked.assets()),
  );
}

/** The frame of every page of an order. */
export function shellOf({ seen, lang }: OrderPage): Omit<Shell, 'body'> {
  const { shop } = seen;
  const { title } = orderView(seen, lang);
  const words = pageWords(tongueOf(lang));
  const phone = shop.business?.phone ?? shop.policy.contact;
  const dialled = phone?.replace(/[^\d+]/g, '') ?? '';
  const call = dialled.length < 7 ? '' : html`<a href="tel:${dialled}">${words.call}</a>`;
  return {
    title,
    lang,
    sign: { label: shop.name, href: `/store/${shop.id}` },
    styles: ['order.css'],
    foot: html`!${call}<a href="/store/${shop.id}">${words.storeInfo}</a><a href="/privacy/${shop.id}">${words.privacy}</a><p>${words.share}</p>`,
  };
}

export function partsOf(asked: Asked, page: OrderPage): Parts {
  const view = orderView(page.seen, page.lang);
  return {
    head: renderHead(view),
    pay: view.pay === null ? '' : renderPay(asked, page, view.pay),
    parcels: renderParcels(page, view),
    money: renderMoney(page, view),
  };
}

function renderHead({ headline, lead, about }: OrderView): string {
  return html`<div class="intro"><h1>${headline}</h1><p class="lead">${lead}</p><p class="small number">${about}</p></div>`;
}

function renderPay({ store }: Asked, page: OrderPage, pay: PayCard): string {
  const words = pageWords(tongueOf(page.lang));
  const copy = ({ name, copied }: Copyable) =>
    html`<button class="button copy" type="button" data-copy="${copied}" data-copied="${words.copied}" aria-label="${name} ${words.copy}">${words.copy}</button>`;
  const rows = pay.rows.map(
    (row) => html`
<div><dt>${row.name}</dt><dd><b class="number copied">${row.shown}</b>!${copy(row)}</dd></div>`,
  );
  const claim =
    pay.claim === null
      ? ''
      : html`<form method="post" action="${pathOf(page, '/paid')}">!${formFields({ store, secret: page.token }, CLAIM_ID)}<button class="button loud" type="submit">${pay.claim}</button></form>`;
  const links = pay.links.map(
    ({ label, href }) => html`<a class="button" href="${href}" rel="noreferrer">${label}</a>`,
  );
  return html`<section class="card pay" aria-labelledby="pay-heading">
<h2 id="pay-heading">${pay.heading}</h2>
<p class="amount"><b class="number copied">${pay.amount.shown}</b>!${copy(pay.amount)}</p>
<dl class="copyables">!${rows}</dl>
!${pay.note === null ? '' : html`<p class="small">${pay.note}</p>`}
<div class="buttons wide">!${claim}!${links}</div>
<p class="small">${pay.until}</p>
</section>`;
}

function renderParcels(page: OrderPage, view: OrderView): string {
  const words = pageWords(tongueOf(page.lang));
  const why =
    view.why === null
      ? ''
      : html`<div class="why"><a class="why-link" id="why-link" href="${pathOf(page, '/why')}" hx-get="${pathOf(page, '/why')}" hx-select="#why-words > *" hx-target="#why" hx-swap="innerHTML">${view.why}</a><div id="why" aria-live="polite"></div></div>`;
  return html`<section class="parcels" aria-labelledby="parcels-heading">
<h2 class="unseen" id="parcels-heading">${words.parcels}</h2>
!${view.parcels.map((parcel) => renderParcel(page, parcel))}
!${why}
</section>`;
}

function renderParcel(page: OrderPage, parcel: ParcelSeen): string {
  const { no, state, who, goods, word, tone, when, whenNote, promised, steps, packages } = parcel;
  const words = pageWords(tongueOf(page.lang));
  const date = promised === null ? '' : html` data-promised="${promised}"`;
  const act = (path: string, label: string) =>
    html`<a class="button plain" href="${pathOf(page, `${path}?parcel=${no}`)}">${label}</a>`;
  const acts = [
    ...(parcel.canChange ? [act('/address', words.changeAddress)] : []),
    ...(parcel.canCancel && page.seen.order.parcels.length > 1
      ? [act('/cancel', words.cancelParcel)]
      : []),
  ];
  return html`<article class="card parcel" data-parcel="${no}" data-state="${state}"!${date}>
<div class="parcel-head"><h3>${goods}</h3><span class="pill ${tone}">${word}</span></div>
<p class="small number">${who}</p>
!${when === null ? '' : html`<p class="when"><b>${when}</b> <span class="small">${whenNote ?? ''}</span></p>`}
!${renderSteps(steps, words)}
!${packages.length === 0 ? '' : html`<ul class="packages">!${packages.map((one) => renderPackage(one, words))}</ul>`}
!${acts.length === 0 ? '' : html`<div class="buttons">!${acts}</div>`}
</article>
`;
}

type PageWords = ReturnType<typeof pageWords>;

function renderSteps(steps: readonly Step[], words: PageWords): string {
  if (steps.length === 0) return '';
  const items = steps.map(
    ({ label, date, time, state }) =>
      html`<li class="${state}"><span class="fruit"></span><b>${label}</b><span class="unseen">${words[state]}</span>!${date === null ? '' : html`<span class="number">${date}<br>${time ?? ''}</span>`}</li>`,
  );
  return html`<ol class="steps" aria-label="${words.steps}">!${items}</ol>`;
}

function renderPackage(
  { label, number, href }: ParcelSeen['packages'][number],
  words: PageWords,
): string {
  const shown =
    number === null
      ? html`<span class="small">${words.noNumber}</span>`
      : html`<span class="number">${number}</span>`;
  const link =
    href === null
      ? ''
      : html`<a class="button" href="${href}" target="_blank" rel="noopener noreferrer" aria-label="${words.track} ${label} ${number ?? ''}">${words.track}</a>`;
  return html`<li><span class="package"><span class="small">${label}</span>!${shown}</span>!${link}</li>`;
}

function renderMoney(page: OrderPage, view: OrderView): string {
  const words = pageWords(tongueOf(page.lang));
  const rows = view.money.map(
    ({ name, value }) => html`<div><dt>${name}</dt><dd class="number">${value}</dd></div>`,
  );
  const acts = [
    ...(view.canComplain
      ? [html`<a class="button plain" href="${pathOf(page, '/problem')}">${words.trouble}</a>`]
      : []),
    ...(view.canCancel
      ? [html`<a class="button plain" href="${pathOf(page, '/cancel')}">${words.cancelOrder}</a>`]
      : []),
  ];
  return html`<section class="card money" aria-labelledby="money-heading">
<h2 id="money-heading">${words.money}</h2>
<dl class="sums">!${rows}</dl>
!${view.refund === null ? '' : html`<p class="small">${view.refund}</p>`}
</section>
!${acts.length === 0 ? '' : html`<nav class="buttons wide" aria-label="${words.help}">!${acts}</nav>`}`;
}
