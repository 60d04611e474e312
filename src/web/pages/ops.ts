// The operator's page: what waits, what could not be told, what goes through, and whether the clock's work is
// done. It changes by itself, and says nothing of anybody.
import { html } from 'ghtml';
import { CONNECTION_LOST, HOUSE_NAME } from '../../chat/pages/notices.ts';
import { figure, jobWords, OPS_WORDS, platformWords, span, toWhom } from '../../chat/pages/ops.ts';
import { agoWords, causeWords, kindWords } from '../../chat/replies/index.ts';
import { moment } from '../../chat/words.ts';
import type { Letter } from '../../orders/store.ts';
import { type Parts, versionOf } from '../live.ts';
import {
  type Figures,
  type Job,
  type LaneFlow,
  PASSAGES,
  type Series,
  sumUp,
} from '../ops-figures.ts';
import { formFields } from './forms.ts';
import { renderCharts, renderMinutes, renderSpark } from './ops-charts.ts';
import { type Session, scopeOf, sendLogin, sessionOf } from './ops-door.ts';
import type { Asked, Exchange } from './routes.ts';
import { guardPage, renderShell, sendHtml } from './shell.ts';

const LOOK_EVERY_MS = 5_000;
const MEGABYTE = 1_048_576;
/** To mend a letter twice is to mend it once: the form needs no id of its own. */
const MEND_ID = 'mend-letter';

export const OPS_DONE = ['retried', 'all-retried', 'dropped', 'gone'] as const;
export type OpsDone = (typeof OPS_DONE)[number];

export async function sendOps(asked: Asked, exchange: Exchange): Promise<void> {
  const { req, res } = exchange;
  const session = await sessionOf(asked, exchange);
  if (session === null) return sendLogin(asked, exchange);
  guardPage(res);
  const parts = partsOf(await asked.ops.figures(), { asked, session });
  const done = OPS_DONE.find((one) => one === req.query.done);
  const body = html`<main class="ops" id="live" hx-ext="sse" sse-connect="/ops/events" data-version="${versionOf(parts)}">
<div class="ops-head"><div class="intro"><h1>${OPS_WORDS.title}</h1><p class="lead">${OPS_WORDS.lead}</p></div>
<form method="post" action="/ops/logout">!${formFields(scopeOf(asked, session), MEND_ID)}<button class="button plain" type="submit">${OPS_WORDS.logout}</button></form></div>
<p id="connection" class="connection" role="status" data-lost="${CONNECTION_LOST.ko}" hidden></p>
!${done === undefined ? '' : html`<p class="told !${done === 'gone' ? 'warn' : ''}" role="status">${OPS_WORDS.done[done]}</p>`}
!${Object.entries(parts).map(([name, part]) => html`<section class="card part-${name}" aria-labelledby="title-${name}" sse-swap="${name}">!${part}</section>`)}
</main>`;
  const shell = {
    ...{ title: OPS_WORDS.title, sign: { label: HOUSE_NAME }, body },
    ...{ styles: ['ops.css'] as const, scripts: ['live.js'] as const },
  };
  await sendHtml(req, res, renderShell(shell, await asked.assets()));
}

export async function streamOps(asked: Asked, exchange: Exchange): Promise<void> {
  guardPage(exchange.res);
  const session = await sessionOf(asked, exchange);
  if (session === null) return void exchange.res.status(401).end();
  asked.live.open({
    ...exchange,
    link: session.id,
    watched: { everyMs: LOOK_EVERY_MS },
    async render() {
      const still = await sessionOf(asked, exchange);
      return still && partsOf(await asked.ops.figures({ beOld: true }), { asked, session });
    },
  });
}

type Viewing = { readonly asked: Asked; readonly session: Session };

function partsOf(figures: Figures, viewing: Viewing): Parts {
  return {
    queue: renderQueue(figures),
    letters: renderLetters(figures, viewing),
    flow: renderFlow(figures),
    jobs: renderJobs(figures),
    running: renderRunning(figures),
  };
}

function heading(part: string, title: string): string {
  return html`<h2 id="title-${part}">${title}</h2>`;
}

function renderQueue({ queue }: Figures): string {
  const { title, due, held, dead, onTime, late, oldest, none } = OPS_WORDS.queue;
  const age = (ms: number, count: number) => (count === 0 ? none : oldest(span(ms)));
  const { oldestDueAgeMs: lateMs } = queue;
  const tiles = [
    {
      name: due,
      count: queue.due,
      said: lateMs === 0 ? onTime : late(span(lateMs)),
      is: 'queue-depth',
    },
    { name: held, count: queue.held, said: age(queue.oldestHeldAgeMs, queue.held), is: 'held' },
    { name: dead, count: queue.dead, said: age(queue.oldestDeadAgeMs, queue.dead), is: 'dead' },
  ];
  return html`!${heading('queue', title)}<dl class="tiles">!${tiles.map(
    ({ name, count, said, is }) =>
      html`<div class="tile !${is === 'dead' && count > 0 ? 'warn' : ''}" data-${is}="${count}"><dt>${name}</dt><dd class="number">${figure(count)}</dd><dd class="small">${said}</dd></div>`,
  )}</dl>`;
}

function renderLetters({ letters, queue, at }: Figures, viewing: Viewing): string {
  const { title, none, more, retryAll } = OPS_WORDS.letters;
  if (letters.length === 0) return html`!${heading('letters', title)}<p class="small">${none}</p>`;
  const { asked, session } = viewing;
  const fields = formFields(scopeOf(asked, session), MEND_ID);
  const all =
    letters.length < 2
      ? ''
      : html`<form method="post" action="/ops/letters/retry">!${fields}<button class="button" id="retry-all" type="submit">${retryAll}</button></form>`;
  const hidden = queue.dead > letters.length;
  return html`<div class="letters-head">!${heading('letters', title)}!${all}</div>
!${hidden ? html`<p class="small">${more(letters.length, queue.dead)}</p>` : ''}
<ul class="letters">!${letters.map((letter) => renderLetter(letter, { at, fields }))}</ul>`;
}

function renderLetter(
  { id, storeId, kind, cause, attempts, diedAt, createdAt, ...to }: Letter,
  { at, fields }: { readonly at: Date; readonly fields: string },
): string {
  const { letters } = OPS_WORDS;
  const name = `letter-${id}`;
  return html`<li data-letter="${id}"><div><p><strong id="${name}">${letters.number(id)} ${kindWords(kind)}</strong> <span class="small">${agoWords(diedAt ?? createdAt, at)}</span></p>
<p class="small">${causeWords(cause)}. ${letters.attempts(attempts)}.</p>
<p class="small">${storeId} · ${toWhom(to)}</p></div>
<div class="buttons"><form method="post" action="/ops/letters/${id}/retry">!${fields}<button class="button" id="retry-${id}" type="submit" aria-describedby="${name}">${letters.retry}</button></form>
<a class="button plain" id="drop-${id}" href="/ops/letters/${id}/drop" aria-describedby="${name}">${letters.drop}</a></div></li>`;
}

function renderFlow(figures: Figures): string {
  const { lanes, others } = figures;
  const { flow } = OPS_WORDS;
  const table =
    lanes.length === 0
      ? html`<p class="small">${flow.none}</p>`
      : html`<h3>${flow.lanes}</h3><div class="wide-table" tabindex="0" role="region" aria-label="${flow.lanes}"><table>
<thead><tr><th scope="col">${flow.lane}</th>!${PASSAGES.map((passage) => html`<th scope="col">${flow[passage]}</th>`)}</tr></thead>
<tbody>!${lanes.map((lane) => renderRow(laneName(lane), lane.series))}!${others === null ? '' : renderRow(flow.others(others.lanes), others.series)}</tbody></table></div>`;
  return html`!${heading('flow', flow.title)}!${renderCharts(figures)}!${renderMinutes(figures)}!${table}<p class="small">${flow.note}</p>`;
}

function laneName({ storeId, name, platform }: LaneFlow): string {
  const store = storeId === '' ? OPS_WORDS.flow.noStore : (name ?? storeId);
  return `${store} · ${platformWords(platform)}`;
}

function renderRow(name: string, series: Series): string {
  return html`<tr><th scope="row">${name}</th>!${PASSAGES.map((passage) => html`<td><span class="number">${figure(sumUp(series[passage]))}</span>!${renderSpark(series[passage])}</td>`)}</tr>`;
}

const STANDING_CLASS = { fine: 'done', late: 'warn', failed: 'warn', new: '' } as const;

function renderJobs({ jobs, at, running }: Figures): string {
  const words = OPS_WORDS.jobs;
  if (jobs.length === 0)
    return html`!${heading('jobs', words.title)}<p class="small">${words.none}</p>`;
  const rows = jobs.map((job) => {
    const last =
      job.ran === null ? words.never : moment(job.ran.at.toISOString(), running.timeZone);
    const why = whyNotFine(job, at);
    return html`<tr data-job="${job.name}" data-standing="${job.standing}"><th scope="row">${jobWords(job.name)}</th><td><span class="pill !${STANDING_CLASS[job.standing]}">${words[job.standing]}</span>!${why === '' ? '' : html` <span class="small">${why}</span>`}</td><td class="number">${last}</td></tr>`;
  });
  return html`!${heading('jobs', words.title)}<div class="wide-table" tabindex="0" role="region" aria-label="${words.table}"><table>
<thead><tr><th scope="col">${words.job}</th><th scope="col">${words.standing}</th><th scope="col">${words.last}</th></tr></thead>
<tbody>!${rows}</tbody></table></div>`;
}

function whyNotFine({ standing, failure, dueSince, lookedAt }: Job, at: Date): string {
  const { broke, since, unseen } = OPS_WORDS.jobs;
  if (standing === 'failed') return broke(failure ?? '');
  if (standing !== 'late') return '';
  const ago = (when: Date) => agoWords(when.toISOString(), at);
  if (dueSince !== null) return since(ago(dueSince));
  return lookedAt === null ? '' : unseen(ago(lookedAt));
}

function renderRunning({ running }: Figures): string {
  const words = OPS_WORDS.running;
  const { since, timeZone, version, engine, openPages, memoryBytes, incidents } = running;
  const facts = [
    [words.since, moment(since.toISOString(), timeZone)],
    [words.version, version || words.unknown],
    [words.engine, engine || words.unknown],
    [words.pages, words.count(openPages)],
    // In steps, so that the page does not change with every breath.
    [words.memory, `${Math.round(memoryBytes / MEGABYTE / 10) * 10}MB`],
    [words.incidents, words.times(incidents)],
  ];
  return html`!${heading('running', words.title)}<dl class="facts">!${facts.map(([name = '', said = '']) => html`<div><dt>${name}</dt><dd class="number">${said}</dd></div>`)}</dl>`;
}
