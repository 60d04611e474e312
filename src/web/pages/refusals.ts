// Pages that say why there is nothing to see, or why nothing was done.
import type { ErrorRequestHandler } from 'express';
import { html } from 'ghtml';
import {
  HOUSE_NAME,
  type LinkRefusal,
  linkNotice,
  type Notice,
  type PageKind,
  refusalNotice,
} from '../../chat/pages/notices.ts';
import { whereItBroke } from '../../orders/errors.ts';
import { PROBLEMS, refusalOf } from '../problem.ts';
import type { Asked, Exchange } from './routes.ts';
import { guardPage, noticeBody, renderShell, sendHtml } from './shell.ts';

/** A guess tells nothing; of a link that was one, it is said that it is over. */
const LINK_STATUS: Readonly<Record<LinkRefusal, number>> = {
  forged: 404,
  expired: 410,
  revoked: 410,
};

export async function refuseLink(
  { log, assets }: Asked,
  { req, res }: Exchange,
  { kind, why }: { readonly kind: PageKind; readonly why: LinkRefusal },
): Promise<void> {
  log('link.refused', { kind, why });
  guardPage(res);
  res.status(LINK_STATUS[why]);
  await sendHtml(req, res, renderNotice(linkNotice(kind, why), await assets()));
}

export function renderNotice(notice: Notice, assets: Parameters<typeof renderShell>[1]): string {
  const body = noticeBody(notice, html`<p class="small" lang="en">${notice.english}</p>`);
  return renderShell({ title: notice.title, sign: { label: HOUSE_NAME }, body }, assets);
}

/** The last to hear of whatever went wrong on a page. */
export function pageRefusals({ log, assets }: Asked): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return async (error: unknown, req, res, next) => {
    const refusal = refusalOf(error);
    if (refusal === null)
      log('web.failed', {
        method: req.method,
        route: req.route?.path ?? null,
        ...whereItBroke(error),
      });
    if (res.headersSent) return next(error);
    const code = refusal?.code ?? null;
    // For the figures.
    res.locals.refused = code ?? 'internal';
    guardPage(res);
    res.status(PROBLEMS[code ?? 'internal'].status);
    await sendHtml(req, res, renderNotice(refusalNotice(code), await assets()));
  };
}
