// What a page sends back: from a page of ours, once, and no more than a form holds.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { type Request, type RequestHandler, urlencoded } from 'express';
import { html } from 'ghtml';
import { z } from 'zod';
import { DomainError } from '../../orders/errors.ts';
import type { Store } from '../../orders/store.ts';

/** Hangul takes nine bytes a character in a form: room for the longest text that is read. */
const BODY_MAX = '64kb';
const FIELDS_MAX = 40;

/** Whose page it is: the token of its link, or of its login. */
export type Scope = { readonly store: Pick<Store, 'sign'>; readonly secret: string };

/**
 * The fields that every form has: that it comes from this very page, and an id by which a form that is
 * sent twice does its work once.
 */
export function formFields(scope: Scope, id = newFormId()): string {
  return html`<input type="hidden" name="csrf" value="${csrfOf(scope)}"><input type="hidden" name="id" value="${id}">`;
}

export function csrfOf({ store, secret }: Scope): string {
  return store.sign('csrf', secret);
}

export function newFormId(): string {
  return randomBytes(12).toString('base64url');
}

/** Reads the fields of a form. */
export const readForm: RequestHandler = urlencoded({
  extended: false,
  limit: BODY_MAX,
  parameterLimit: FIELDS_MAX,
});

const common = z.object({
  csrf: z.string().max(100),
  id: z.string().regex(/^[\w-]{8,40}$/),
});

/** Refuses what no page of ours sent; answers the form's id. */
export function mustBeOurs(req: Request, scope: Scope, publicOrigin: string): string {
  const read = common.safeParse(req.body);
  if (!isFromOwnPage(req, publicOrigin) || !read.success || !isSame(read.data.csrf, csrfOf(scope)))
    throw new DomainError('forbidden', 'the form was not sent from a page of ours');
  return read.data.id;
}

/** Browsers say themselves from where a form comes; where neither header stands it is none, or an old one. */
export function isFromOwnPage(req: Request, publicOrigin: string): boolean {
  const site = req.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = req.get('origin');
  if (origin === undefined || origin === publicOrigin) return true;
  const from = URL.parse(origin);
  return from !== null && from.host === req.get('host');
}

/** Compares in constant time. */
export function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
