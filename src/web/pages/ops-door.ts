// Who may see how the installation runs: whoever knows one of its keys for all stores, for a working day.
import type { Response } from 'express';
import { html } from 'ghtml';
import { z } from 'zod';
import { newSession, SESSION_MS } from '../../chat/links.ts';
import { HOUSE_NAME } from '../../chat/pages/notices.ts';
import { OPS_WORDS } from '../../chat/pages/ops.ts';
import { DomainError } from '../../orders/errors.ts';
import type { InstallationKeys } from '../auth.ts';
import type { LoginTries } from '../limits.ts';
import type { ReadFigures } from '../ops-figures.ts';
import { formFields, mustBeOurs } from './forms.ts';
import type { Asked, Exchange } from './routes.ts';
import { guardPage, renderShell, sendHtml } from './shell.ts';

export type OpsDoor = {
  readonly keys: InstallationKeys;
  readonly tries: LoginTries;
  readonly figures: ReadFigures;
};

const COOKIE = 'sanji_ops';
const COOKIE_VALUE = new RegExp(`(?:^|; *)${COOKIE}=([\\w-]{20,60})(?:;|$)`);
/** Of the form before there is a session; that it comes from our own page is what the browser says. */
const NOBODY = 'ops-login';

const loginForm = z.object({ key: z.string().trim().max(500) });

/** A session that is in force: `token` also makes its forms its own. */
export type Session = { readonly id: string; readonly token: string };

/** Null where nobody is logged in. */
export async function sessionOf(asked: Asked, { req }: Exchange): Promise<Session | null> {
  const token = COOKIE_VALUE.exec(req.get('cookie') ?? '')?.[1];
  if (token === undefined) return null;
  const followed = await asked.store.followSession({ token, now: asked.now() });
  // A key that was taken out of the configuration ends what it opened.
  if ('refused' in followed || !asked.ops.keys.isKnown(followed.keyId)) return null;
  return { id: followed.id, token };
}

/** For what is done: nobody gets so far without a session and a form of it. */
export async function mustBeLoggedIn(asked: Asked, exchange: Exchange): Promise<Session> {
  guardPage(exchange.res);
  const session = await sessionOf(asked, exchange);
  if (session === null) throw new DomainError('unauthorized', 'nobody is logged in');
  if (exchange.req.method === 'POST')
    mustBeOurs(exchange.req, scopeOf(asked, session), asked.publicOrigin);
  return session;
}

export function scopeOf({ store }: Asked, { token }: Pick<Session, 'token'>) {
  return { store, secret: token };
}

export async function sendLogin(
  asked: Asked,
  { req, res }: Exchange,
  fault: string | null = null,
): Promise<void> {
  guardPage(res);
  res.status(401);
  const { title, lead, label, hint, submit, noKeys } = OPS_WORDS.login;
  const form = html`<form class="card form" method="post" action="/ops/login">
!${formFields({ store: asked.store, secret: NOBODY })}
!${fault === null ? '' : html`<p class="told warn" role="alert" id="fault">${fault}</p>`}
<div class="ask"><label for="key">${label}</label>
<input id="key" name="key" type="password" required maxlength="500" autocomplete="current-password" autocapitalize="off" spellcheck="false" aria-describedby="!${fault === null ? '' : 'fault '}hint">
<p class="small" id="hint">${hint}</p></div>
<div class="buttons"><button class="button loud" type="submit">${submit}</button></div>
</form>`;
  const body = html`<main class="login"><div class="intro"><h1>${title}</h1><p class="lead">${lead}</p></div>
!${asked.ops.keys.count === 0 ? html`<p class="told warn">${noKeys}</p>` : form}</main>`;
  const shell = { title, sign: { label: HOUSE_NAME }, body, styles: ['ops.css'] as const };
  await sendHtml(req, res, renderShell(shell, await asked.assets()));
}

export async function logIn(asked: Asked, exchange: Exchange): Promise<void> {
  const { req, res } = exchange;
  const { store, ops, now, log, publicOrigin } = asked;
  guardPage(res);
  mustBeOurs(req, { store, secret: NOBODY }, publicOrigin);
  await ops.tries.count(req, res);
  const read = loginForm.safeParse(req.body);
  const keyId = read.success ? ops.keys.find(read.data.key) : null;
  if (keyId === null) {
    log('ops.refused', {});
    return sendLogin(asked, exchange, OPS_WORDS.login.wrong);
  }
  ops.tries.forget(req);
  setCookie(exchange, asked, await newSession(store, keyId, now()), SESSION_MS);
  log('ops.entered', {});
  res.redirect(303, '/ops');
}

export async function logOut(asked: Asked, exchange: Exchange): Promise<void> {
  const { id } = await mustBeLoggedIn(asked, exchange);
  await asked.store.revokeLink(id, asked.now());
  setCookie(exchange, asked, '', 0);
  asked.log('ops.left', {});
  exchange.res.redirect(303, '/ops');
}

function setCookie(
  { req, res }: { readonly req: Exchange['req']; readonly res: Response },
  { publicOrigin }: Asked,
  value: string,
  maxAge: number,
): void {
  const secure = req.secure || publicOrigin.startsWith('https:');
  res.cookie(COOKIE, value, { httpOnly: true, sameSite: 'strict', secure, path: '/ops', maxAge });
}
