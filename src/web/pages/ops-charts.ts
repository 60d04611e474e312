// Charts as SVG drawn here: a bar for each minute, with what they show in words beside them.
import { html } from 'ghtml';
import { chartWords, figure, OPS_WORDS } from '../../chat/pages/ops.ts';
import { localTime } from '../../orders/dates.ts';
import { type Figures, PASSAGES, type Series, sumUp } from '../ops-figures.ts';

const BAR = 10;
const GAP = 2;
const HEIGHT = 100;
/** A minute with anything in it is seen, however busy another was. */
const LEAST = 3;
const SPARK_HEIGHT = 20;
const MINUTE_MS = 60_000;
const AXIS_EVERY = 20;

export function renderCharts({ total, at, running }: Figures): string {
  return html`<div class="charts">!${PASSAGES.map((passage) =>
    renderChart(OPS_WORDS.flow[passage], total[passage], { at, timeZone: running.timeZone }),
  )}</div>`;
}

type When = { readonly at: Date; readonly timeZone: string };

function renderChart(name: string, counts: readonly number[], when: When): string {
  const most = Math.max(...counts);
  const total = sumUp(counts);
  const now = counts.at(-1) ?? 0;
  const mostAt = timeOf(counts.indexOf(most), counts.length, when);
  const words = chartWords({ name, total, most, mostAt, now });
  const { flow } = OPS_WORDS;
  const axis = counts.flatMap((_, index) =>
    index % AXIS_EVERY === 0 ? [timeOf(index, counts.length, when)] : [],
  );
  return html`<figure class="chart">
<figcaption><strong>${name}</strong><span class="number">${flow.total(figure(total))} · ${flow.now(figure(now))}</span></figcaption>
<svg role="img" aria-label="${words}" viewBox="0 0 ${counts.length * BAR} ${HEIGHT}" preserveAspectRatio="none"><path class="bars" d="${barsOf(counts, { most, height: HEIGHT })}"/></svg>
<p class="axis small number" aria-hidden="true">!${axis.map((time) => html`<span>${time}</span>`)}<span>${timeOf(counts.length - 1, counts.length, when)}</span></p>
<p class="small number" aria-hidden="true">${flow.most(figure(most))}</p>
</figure>`;
}

/** Beside a number that says the same. */
export function renderSpark(counts: readonly number[]): string {
  const most = Math.max(...counts);
  if (most === 0) return '';
  return html`<svg class="spark" aria-hidden="true" viewBox="0 0 ${counts.length * BAR} ${SPARK_HEIGHT}" preserveAspectRatio="none"><path class="bars" d="${barsOf(counts, { most, height: SPARK_HEIGHT })}"/></svg>`;
}

function barsOf(
  counts: readonly number[],
  { most, height }: { readonly most: number; readonly height: number },
): string {
  return counts
    .map((count, index) => {
      if (count === 0) return '';
      const bar = Math.max(LEAST, Math.round((count / most) * height));
      return `M${index * BAR + GAP / 2} ${height}v-${bar}h${BAR - GAP}v${bar}z`;
    })
    .join('');
}

/** The same as numbers, for whoever reads or hears them. */
export function renderMinutes({ total, at, running }: Figures): string {
  const { flow } = OPS_WORDS;
  const busy = minutesOf(total);
  const rows = busy.map(
    (index) =>
      html`<tr><th scope="row" class="number">${timeOf(index, total.messages.length, { at, timeZone: running.timeZone })}</th>!${PASSAGES.map((passage) => html`<td class="number">${figure(total[passage][index] ?? 0)}</td>`)}</tr>`,
  );
  if (rows.length === 0) return '';
  return html`<details id="minutes"><summary>${flow.minutes}</summary><div class="wide-table" tabindex="0" role="region" aria-label="${flow.minutes}"><table>
<thead><tr><th scope="col">${flow.minute}</th>!${PASSAGES.map((passage) => html`<th scope="col">${flow[passage]}</th>`)}</tr></thead>
<tbody>!${rows}</tbody></table></div></details>`;
}

/** The newest first; a minute in which nothing was is left out. */
function minutesOf(total: Series): readonly number[] {
  return total.messages
    .map((_, index) => index)
    .filter((index) => PASSAGES.some((passage) => (total[passage][index] ?? 0) > 0))
    .reverse();
}

function timeOf(index: number, length: number, { at, timeZone }: When): string {
  return localTime(new Date(at.getTime() - (length - 1 - index) * MINUTE_MS), timeZone).time;
}
