// What a buyer does on the page of his order: asked on a page of its own, done by a form that works without
// a script, and answered by the order's page. He hears of it in his chat too: a link may have been passed on.
import { html } from 'ghtml';
import { z } from 'zod';
import { tongueOf } from '../../chat/pages/order.ts';
import {
  type ActView,
  addressView,
  cancellable,
  cancelView,
  type Done,
  type Fault,
  faultWords,
  nothingToCancelView,
  problemView,
} from '../../chat/pages/order-acts.ts';
import { changeRefused, refused, spoken } from '../../chat/replies/index.ts';
import { readNewAddress } from '../../language/new-address.ts';
import { findPhones } from '../../language/phone.ts';
import { refundFor } from '../../orders/cancelling.ts';
import { isChangeable } from '../../orders/change-plan.ts';
import { DomainError } from '../../orders/errors.ts';
import type { Parcel, ParcelPersonal } from '../../orders/order.ts';
import * as ordering from '../../orders/ordering.ts';
import type { Command } from '../../orders/store.ts';
import { formFields, mustBeOurs } from './forms.ts';
import { type OrderPage, openOrder, pathOf, shellOf } from './order.ts';
import type { Asked, Exchange } from './routes.ts';
import { renderShell, sendHtml } from './shell.ts';

const NAME_CHARS_MAX = 40;
const MEMO_CHARS_MAX = 200;
const TEXT_CHARS_MAX = 2_000;

const line = (max: number) => z.string().trim().max(max).default('');
const parcelNo = z.coerce.number().int().positive();
const addressForm = z.object({
  address: line(400),
  recipient: line(400),
  phone: line(60),
  memo: line(MEMO_CHARS_MAX),
});

export async function claimPaid(asked: Asked, exchange: Exchange): Promise<void> {
  const page = await openOrder(asked, exchange);
  if (page === null) return;
  idOf(asked, exchange, page);
  // Said twice it is said once: no key is needed.
  await submit(asked, ordering.claimPaid(by(page), page.seen.order.id));
  back(exchange, page, 'paid');
}

export async function askCancel(asked: Asked, exchange: Exchange): Promise<void> {
  const page = await openOrder(asked, exchange);
  if (page === null) return;
  await showCancel(asked, exchange, { page, no: numberOf(exchange.req.query.parcel) });
}

type Cancelling = { readonly page: OrderPage; readonly no: number | null };

async function showCancel(
  asked: Asked,
  exchange: Exchange,
  { page, no }: Cancelling,
  fault: string | null = null,
): Promise<void> {
  const { order } = page.seen;
  const tongue = tongueOf(page.lang);
  const targets = cancellable(order, no);
  if (targets.length === 0) {
    await sendAct(asked, exchange, { page, fault, view: nothingToCancelView(tongue), hidden: {} });
    return;
  }
  const refundKrw = refundFor(
    order,
    targets.map(({ id }) => id),
  );
  const hidden = { parcels: targets.map((parcel) => parcel.no).join('.'), refund: `${refundKrw}` };
  await sendAct(asked, exchange, { page, fault, view: cancelView(order, targets, tongue), hidden });
}

const cancelForm = z.object({
  parcels: z.string().regex(/^\d{1,3}(\.\d{1,3}){0,99}$/),
  refund: z.coerce.number().int().nonnegative(),
});

export async function cancel(asked: Asked, exchange: Exchange): Promise<void> {
  const page = await openOrder(asked, exchange);
  if (page === null) return;
  const id = idOf(asked, exchange, page);
  const { parcels, refund } = mustRead(cancelForm, exchange);
  const { order, shop } = page.seen;
  const nos = parcels.split('.').map(Number);
  const parcelIds = order.parcels.filter(({ no }) => nos.includes(no)).map((one) => one.id);
  if (parcelIds.length !== nos.length)
    throw new DomainError('bad_request', 'the form names parcels that the order has not');
  const request = { parcelIds, reason: null, account: null, tellsBuyer: true };
  const command = ordering.cancel(by(page), order.id, request);
  try {
    const { refunds } = await submit(asked, {
      ...command,
      request: { key: keyOf(page, 'cancel', id) },
      // What was agreed to is what the page showed.
      decide(state) {
        if (state.order !== null && refundFor(state.order, parcelIds) !== refund)
          throw new DomainError('conflict', 'the order changed after the question');
        return command.decide(state);
      },
    });
    back(exchange, page, refunds.some(({ state }) => state !== 'done') ? 'refund' : 'cancelled');
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const tongue = tongueOf(page.lang);
    const why =
      error.code === 'conflict'
        ? faultWords('conflict', tongue)
        : spoken(refused(error, shop), page.lang).texts.join(' ');
    const no = nos.length === 1 ? (nos[0] ?? null) : null;
    exchange.res.status(409);
    const fresh = await openOrder(asked, exchange);
    if (fresh !== null) await showCancel(asked, exchange, { page: fresh, no }, why);
  }
}

export async function askAddress(asked: Asked, exchange: Exchange): Promise<void> {
  const page = await openOrder(asked, exchange);
  if (page === null) return;
  await showAddress(asked, exchange, { page, no: numberOf(exchange.req.query.parcel) ?? 1 });
}

async function showAddress(
  asked: Asked,
  exchange: Exchange,
  { page, no }: { readonly page: OrderPage; readonly no: number },
  fault: string | null = null,
): Promise<void> {
  const { order, shop } = page.seen;
  const tongue = tongueOf(page.lang);
  const parcel = order.parcels.find((one) => one.no === no);
  if (parcel === undefined) throw new DomainError('not_found', `the order has no parcel ${no}`);
  if (!isChangeable(order, parcel)) {
    const { state } = order.state === 'expired' ? order : parcel;
    const error = new DomainError('not_changeable', `what is ${state} cannot change`, { state });
    const why = spoken(refused(error, shop), page.lang).texts.join(' ');
    const view = { ...addressView(parcel, tongue), title: why, lead: '', fields: [], submit: '' };
    exchange.res.status(409);
    await sendAct(asked, exchange, { page, fault: null, view, hidden: {} });
    return;
  }
  const view = addressView(parcel, tongue);
  await sendAct(asked, exchange, { page, fault, view, hidden: { parcel: `${no}` } });
}

export async function changeAddress(asked: Asked, exchange: Exchange): Promise<void> {
  const page = await openOrder(asked, exchange);
  if (page === null) return;
  const id = idOf(asked, exchange, page);
  const { parcel: no } = mustRead(z.object({ parcel: parcelNo }), exchange);
  const { order, shop } = page.seen;
  const parcel = order.parcels.find((one) => one.no === no);
  if (parcel === undefined) throw new DomainError('not_found', `the order has no parcel ${no}`);
  const read = readPersonal(parcel, mustRead(addressForm, exchange));
  const again = (why: string) => {
    exchange.res.status(422);
    return showAddress(asked, exchange, { page, no }, why);
  };
  if ('fault' in read) return again(faultWords(read.fault, tongueOf(page.lang)));
  const parcels = [{ parcelId: parcel.id, personal: read.personal, items: null }];
  const command = ordering.change(by(page), order.id, { parcels, tellsBuyer: true });
  try {
    const request = { key: keyOf(page, 'address', id) };
    const { difference } = await submit(asked, { ...command, request });
    back(exchange, page, difference === null ? 'changed' : 'difference');
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await again(spoken(changeRefused(error, shop), page.lang).texts.join(' '));
  }
}

type Personal = { readonly personal: ParcelPersonal } | { readonly fault: Fault };

/** What is left empty stays as it is; the address is read as in the chat, with a name or number in it. */
function readPersonal(parcel: Parcel, form: z.infer<typeof addressForm>): Personal {
  const said = readNewAddress(form.address);
  if (said === null) return { fault: 'address' };
  const [phone] = findPhones(form.phone);
  if (form.phone !== '' && phone === undefined) return { fault: 'phone' };
  if (form.recipient.length > NAME_CHARS_MAX) return { fault: 'recipient' };
  const recipient = form.recipient === '' ? (said.name ?? parcel.recipient) : form.recipient;
  return {
    personal: {
      recipient,
      phone: phone?.digits ?? said.phone ?? parcel.phone,
      address: said.address,
      postcode: said.postcode,
      memo: form.memo === '' ? parcel.memo : form.memo,
      ...(parcel.called === undefined ? {} : { called: parcel.called }),
    },
  };
}

export async function askProblem(asked: Asked, exchange: Exchange): Promise<void> {
  const page = await openOrder(asked, exchange);
  if (page === null) return;
  await showProblem(asked, exchange, page);
}

async function showProblem(
  asked: Asked,
  exchange: Exchange,
  page: OrderPage,
  fault: string | null = null,
): Promise<void> {
  const { order, shop } = page.seen;
  const view = problemView(order, shop.policy.claimHours, tongueOf(page.lang));
  await sendAct(asked, exchange, { page, fault, view, hidden: {} });
}

export async function reportProblem(asked: Asked, exchange: Exchange): Promise<void> {
  const page = await openOrder(asked, exchange);
  if (page === null) return;
  const id = idOf(asked, exchange, page);
  const { text } = mustRead(z.object({ text: line(TEXT_CHARS_MAX) }), exchange);
  if (text === '') {
    exchange.res.status(422);
    return showProblem(asked, exchange, page, faultWords('text', tongueOf(page.lang)));
  }
  const command = ordering.complain(by(page), page.seen.order.id, text);
  await submit(asked, { ...command, request: { key: keyOf(page, 'problem', id) } });
  back(exchange, page, 'reported');
}

function by({ seen }: OrderPage): ordering.Asked {
  return { shop: seen.shop, now: seen.now, who: 'buyer' };
}

async function submit<T>({ store }: Asked, command: Command<T>): Promise<T> {
  return (await store.submit(command)).answer;
}

function idOf({ store, publicOrigin }: Asked, { req }: Exchange, { token }: OrderPage): string {
  return mustBeOurs(req, { store, secret: token }, publicOrigin);
}

/** The same form sent twice does its work once. */
function keyOf({ seen }: OrderPage, act: string, id: string): string {
  return `page:${seen.order.id}:${act}:${id}`;
}

function numberOf(said: unknown): number | null {
  return parcelNo.safeParse(said).data ?? null;
}

function mustRead<T>(schema: z.ZodType<T>, { req }: Exchange): T {
  const read = schema.safeParse(req.body);
  if (!read.success) throw new DomainError('bad_request', 'the form is not one of ours');
  return read.data;
}

/** To the order's page, so that a reload sends nothing again. */
function back({ res }: Exchange, page: OrderPage, done: Done): void {
  res.redirect(303, pathOf(page, `?done=${done}`));
}

type Act = {
  readonly page: OrderPage;
  readonly view: ActView;
  readonly fault: string | null;
  /** Fields that the reader does not see. */
  readonly hidden: Readonly<Record<string, string>>;
};

/** A form goes back to its own address; what was typed stands in it again when it was refused. */
async function sendAct(asked: Asked, { req, res }: Exchange, act: Act): Promise<void> {
  const { page, view, fault, hidden } = act;
  const { title, lead, lines, fields, submit: label, back: toBack } = view;
  const typed: Readonly<Record<string, unknown>> = req.body ?? {};
  const action = pathOf(page, req.path.slice(`/o/${page.token}`.length));
  const inputs = fields.map((field) => renderField(field, `${typed[field.name] ?? ''}`));
  const kept = Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const loud = html`<button class="button loud" type="submit">${label}</button>`;
  const quiet = html`<a class="button plain" href="${pathOf(page)}">${toBack}</a>`;
  const body = html`<main><div class="intro"><h1>${title}</h1>!${lead === '' ? '' : html`<p class="lead">${lead}</p>`}</div>
!${fault === null ? '' : html`<p class="told warn" role="alert">${fault}</p>`}
!${lines.length === 0 ? '' : html`<ul class="card lines">!${lines.map((one) => html`<li>${one}</li>`)}</ul>`}
!${
    label === ''
      ? quiet
      : html`<form class="form" method="post" action="${action}">!${formFields({ store: asked.store, secret: page.token })}!${kept}!${inputs}<div class="buttons wide">!${loud}!${quiet}</div></form>`
  }
</main>`;
  await sendHtml(req, res, renderShell({ ...shellOf(page), body }, await asked.assets()));
}

function renderField(field: ActView['fields'][number], typed: string): string {
  const { name, label, hint, isLong, isRequired, isPhone } = field;
  const required = isRequired ? ' required' : '';
  const described = hint === null ? '' : html` aria-describedby="hint-${name}"`;
  const kind = isPhone ? ' type="tel" inputmode="tel"' : ' type="text"';
  const input = isLong
    ? html`<textarea id="${name}" name="${name}" rows="3" autocomplete="off"!${described}!${required}>${typed}</textarea>`
    : html`<input id="${name}" name="${name}"!${kind} value="${typed}" autocomplete="off"!${described}!${required}>`;
  const below = hint === null ? '' : html`<span class="small" id="hint-${name}">${hint}</span>`;
  return html`<div class="ask"><label for="${name}">${label}</label>!${input}!${below}</div>`;
}
