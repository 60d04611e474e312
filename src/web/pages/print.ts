// The list of a day to be printed, for whoever has its link: the newest revision, or what changed after one.
import type { Paper } from '../../orders/paper.ts';
import { listPage } from '../../sheets/list-page.ts';
import { LINK_LABELS, listPrint } from '../../sheets/list-print.ts';
import { refuseLink } from './refusals.ts';
import type { Asked, Exchange } from './routes.ts';
import { PAGE_CSP, sendHtml } from './shell.ts';

const REVISION = /^[1-9]\d{0,3}$/;
/** So many papers of changes are offered, those of the newest revisions. */
const DELTAS_OFFERED_MAX = 5;
/** A list is people's names and addresses: nobody else keeps or finds it. */
const HEADERS = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' } as const;

export async function sendPrint(asked: Asked, { req, res }: Exchange): Promise<void> {
  const { store, now } = asked;
  const { token = '' } = req.params;
  const link = await store.followPrintLink({ token, now: now() });
  if ('refused' in link)
    return refuseLink(asked, { req, res }, { kind: 'print', why: link.refused });
  const paper = await store.findPaper(link.storeId, link.date, { now: now() });
  if (paper === null) throw new Error('a list has no newest revision');
  const print = listPrint(paper, { since: sinceOf(req.query.since, paper) });
  const { html, styleSource } = listPage(print, linksOf(paper));
  res.set({ ...HEADERS, 'content-security-policy': printCsp(styleSource) });
  await sendHtml(req, res, html);
}

/** Of what makes no sense the whole list is shown: a paper that misses rows is worse than a long one. */
function sinceOf(said: unknown, { revision }: Paper): number | undefined {
  const since = typeof said === 'string' && REVISION.test(said) ? Number(said) : 0;
  return since >= 1 && since <= revision ? since : undefined;
}

/** The whole list, and what changed after each revision that somebody may have on paper. */
function linksOf({ revision }: Paper) {
  if (revision < 2) return [];
  const before = Array.from({ length: revision - 1 }, (_, at) => at + 1);
  return [
    { label: LINK_LABELS.whole, href: '?' },
    ...before
      .slice(-DELTAS_OFFERED_MAX)
      .map((since) => ({ label: LINK_LABELS.since(since), href: `?since=${since}` })),
  ];
}

function printCsp(styleSource: string): string {
  return PAGE_CSP.replace("style-src 'self'; img-src 'self'", `style-src ${styleSource}`);
}
