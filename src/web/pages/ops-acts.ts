// What an operator does with letters that could not be delivered: what `sanji dlq` does, by the same calls.
import { html } from 'ghtml';
import { z } from 'zod';
import { HOUSE_NAME } from '../../chat/pages/notices.ts';
import { OPS_WORDS, toWhom } from '../../chat/pages/ops.ts';
import { causeWords, kindWords } from '../../chat/replies/index.ts';
import type { Letter, Mending } from '../../orders/store.ts';
import { formFields } from './forms.ts';
import type { OpsDone } from './ops.ts';
import { mustBeLoggedIn, type Session, scopeOf } from './ops-door.ts';
import type { Asked, Exchange } from './routes.ts';
import { renderShell, sendHtml } from './shell.ts';

/** Tried again by one press; more than these are a task for `sanji dlq retry --all`. */
const AT_ONCE_MAX = 1000;
const WHY_CHARS_MAX = 200;
const letterId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const dropForm = z.object({ why: z.string().trim().min(1).max(WHY_CHARS_MAX) });

export async function retry(asked: Asked, exchange: Exchange): Promise<void> {
  await mustBeLoggedIn(asked, exchange);
  const mended = await mend(asked, idOf(exchange), { how: 'retry' });
  back(exchange, mended === null ? 'gone' : 'retried');
}

export async function retryAll(asked: Asked, exchange: Exchange): Promise<void> {
  await mustBeLoggedIn(asked, exchange);
  const dead = await asked.store.listOutbox({ state: 'dead', limit: AT_ONCE_MAX });
  let mended = 0;
  for (const { id } of dead) if ((await mend(asked, id, { how: 'retry' })) !== null) mended++;
  back(exchange, mended === 0 ? 'gone' : 'all-retried');
}

/** Asked on a page of its own, for nobody hears the letter afterwards. */
export async function askDrop(asked: Asked, exchange: Exchange): Promise<void> {
  const session = await mustBeLoggedIn(asked, exchange);
  await showDrop(asked, exchange, { session, fault: null });
}

export async function drop(asked: Asked, exchange: Exchange): Promise<void> {
  const session = await mustBeLoggedIn(asked, exchange);
  const read = dropForm.safeParse(exchange.req.body);
  if (!read.success) return showDrop(asked, exchange, { session, fault: OPS_WORDS.drop.missing });
  const mended = await mend(asked, idOf(exchange), { how: 'drop', why: read.data.why });
  back(exchange, mended === null ? 'gone' : 'dropped');
}

async function showDrop(
  asked: Asked,
  exchange: Exchange,
  { session, fault }: { readonly session: Session; readonly fault: string | null },
): Promise<void> {
  const id = idOf(exchange);
  const letter = id === null ? null : await asked.store.findLetter(id);
  if (letter === null || letter.state !== 'dead') return back(exchange, 'gone');
  const { req, res } = exchange;
  if (fault !== null) res.status(400);
  const words = OPS_WORDS.drop;
  const title = words.title(letter.id);
  const body = html`<main class="drop"><div class="intro"><h1>${title}</h1><p class="lead">${words.lead}</p></div>
<p class="card">${kindWords(letter.kind)} · ${letter.storeId} · ${toWhom(letter)}<br>${causeWords(letter.cause)}</p>
<form class="card form" method="post" action="/ops/letters/${letter.id}/drop">!${formFields(scopeOf(asked, session))}
!${fault === null ? '' : html`<p class="told warn" role="alert">${fault}</p>`}
<div class="ask"><label for="why">${words.label}</label><input id="why" name="why" required maxlength="${WHY_CHARS_MAX}" autocomplete="off"></div>
<div class="buttons"><button class="button loud" type="submit">${words.submit}</button><a class="button plain" href="/ops">${words.back}</a></div></form></main>`;
  const shell = { title, sign: { label: HOUSE_NAME, href: '/ops' }, body };
  await sendHtml(req, res, renderShell(shell, await asked.assets()));
}

async function mend(asked: Asked, id: number | null, mending: Mending): Promise<Letter | null> {
  if (id === null) return null;
  const letter = await asked.store.mendLetter({ id, now: asked.now(), mending });
  if (letter !== null) asked.log('ops.mended', { id, kind: letter.kind, how: mending.how });
  return letter;
}

/** Null for what is no number: there is no such letter either. */
function idOf({ req }: Exchange): number | null {
  return letterId.safeParse(req.params.id).data ?? null;
}

function back({ res }: Exchange, done: OpsDone): void {
  res.redirect(303, `/ops?done=${done}`);
}
