// The pages as HTML. Whatever is put into a template is escaped; `!${}` is only for HTML made here.
import { html } from 'ghtml';
import type { Choice, Reply, Spoken } from '../src/chat/bot.ts';
import { clean, isVisible } from './plain-text.ts';
import { addressOf, newId, type Place, writeChoice } from './web-chat-payload.ts';
import type { WebChatWords } from './web-chat-words.ts';

/** Entries that stand on a page without being kept have no id. */
export type Shown = Spoken & { readonly id: number | null; readonly at: Date };

export type Look = {
  readonly words: WebChatWords;
  /** The time of day as people read it. */
  readonly clock: (at: Date) => string;
};

/** Where a page finds its files: those of the chat, and the look that all pages of the house share. */
export type PageFiles = SharedLook & { readonly own: string };
export type SharedLook = { readonly style: string; readonly icon: string };

/** htmx without what our policy forbids: no inline styles, no code in attributes, no history. */
const HTMX = {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  historyEnabled: false,
  selfRequestsOnly: true,
  timeout: 20_000,
};

export function renderChat(
  {
    place,
    title,
    entries,
    assets,
  }: {
    readonly place: Place;
    readonly title: string;
    readonly entries: readonly Shown[];
    readonly assets: PageFiles;
  },
  look: Look,
): string {
  const { words } = look;
  const here = addressOf('/chat', place);
  const after = `${entries.at(-1)?.id ?? 0}`;
  const events = addressOf('/chat/events', place, { after });
  const body = html`<header class="head"><h1>${title}</h1></header>
<main id="scroller" class="scroller">
<div id="log" class="log" role="log" aria-live="polite" aria-label="${words.log}">!${entries.map((entry) => renderEntry(entry, look)).join('\n')}</div>
<p id="busy" class="busy" role="status" aria-label="${words.busy}"><i></i><i></i><i></i></p>
<p id="end"></p>
</main>
<button id="newer" class="newer" type="button" hidden>${words.newer}</button>
<p id="status" class="status" role="status" data-lost="${words.lost}" data-failed="${words.failed}" hidden></p>
<form id="say" class="composer" aria-label="${words.message}" action="${here}" method="post" autocomplete="off" hx-post="${here}" hx-target="#log" hx-swap="beforeend" hx-sync="this:drop" hx-disabled-elt="find button" hx-indicator="#busy">
!${idField('say', false)}
<label class="unseen" for="text">${words.message}</label>
<input id="text" class="field" name="text" type="text" placeholder="${words.placeholder}" enterkeyhint="send" required>
<textarea id="lines" class="field" rows="4" aria-label="${words.message}" hidden></textarea>
<button class="send" type="submit">${words.send}</button>
</form>
<form id="press" action="${here}" method="post" hx-post="${here}" hx-target="#log" hx-swap="beforeend" hx-sync="this:drop" hx-indicator="#busy">
!${idField('press', false)}
</form>
<div id="stream" hx-ext="sse" sse-connect="${events}" sse-swap="entry" hx-target="#log" hx-swap="beforeend" hidden></div>`;
  const scripts = ['htmx.js', 'sse.js', 'chat.js'].map(
    (name) => html`<script src="${assets.own}/${name}" defer></script>`,
  );
  const head = html`<meta name="htmx-config" content="${JSON.stringify(HTMX)}">
!${scripts.join('\n')}`;
  return renderPage({ title, assets, head, body, className: 'chat' });
}

/** A page that says one thing and leads back to the chat. */
export function renderNotice(
  { title, text, assets }: { title: string; text: string; assets: PageFiles },
  words: WebChatWords,
): string {
  const body = html`<main class="notice"><h1>${title}</h1><p>${text}</p><p><a class="send" href="/chat">${words.toChat}</a></p></main>`;
  return renderPage({ title, assets, head: '', body, className: 'plain' });
}

/** What is new on a page, and the id that its next message gets. */
export function renderNews(
  { entries, form }: { entries: readonly Shown[]; form: FormName },
  look: Look,
): string {
  return [...entries.map((entry) => renderEntry(entry, look)), idField(form, true)].join('\n');
}

export function renderEntry(entry: Shown, look: Look): string {
  const { words } = look;
  const isOwn = 'said' in entry;
  const who = isOwn ? 'me' : 'shop';
  const { texts, choices } = isOwn ? { texts: [entry.said], choices: [] } : entry.reply;
  const bubbles = visible(texts, words).map(
    (text) => html`<p class="bubble" data-message="${entry.id}" data-who="${who}">${text}</p>`,
  );
  const id = entry.id === null ? '' : html` id="entry-${entry.id}" data-entry="${entry.id}"`;
  return html`<div class="entry"!${id} data-by="${who}" role="group" aria-label="${isOwn ? words.me : words.shop}">!${bubbles.join('')}<time class="time" datetime="${entry.at.toISOString()}">${look.clock(entry.at)}</time>!${renderChoices(choices)}</div>`;
}

function visible(texts: readonly string[], words: WebChatWords): readonly string[] {
  const cleaned = texts.map((text) => clean(text).trim()).filter(isVisible);
  return cleaned.length === 0 ? [words.nothing] : cleaned;
}

function renderChoices(choices: Reply['choices']): string {
  const shown = choices.map(renderChoice).join('');
  return shown === '' ? '' : html`<div class="choices">!${shown}</div>`;
}

/** Links open beside the chat; other addresses than web pages are left out. */
function renderChoice(choice: Choice): string {
  const label = clean(choice.label).replace(/\s+/g, ' ').trim();
  if ('url' in choice) {
    if (!/^https?:$/.test(URL.parse(choice.url)?.protocol ?? '')) return '';
    return html`<a class="choice" data-choice="link" href="${choice.url}" target="_blank" rel="noopener noreferrer">${label}</a>`;
  }
  const value = writeChoice(choice.say, choice.press);
  if (value === undefined) return '';
  return html`<button class="choice" data-choice="say" form="press" name="choice" value="${value}">${label}</button>`;
}

type FormName = 'say' | 'press';

/** One id is one message: a doubled submit, or one sent again, is answered once. */
function idField(form: FormName, isSwapped: boolean): string {
  const swap = isSwapped ? ' hx-swap-oob="true"' : '';
  return html`<input type="hidden" name="id" id="${form}-id" value="${newId()}"!${swap}>`;
}

function renderPage({
  title,
  assets,
  head,
  body,
  className,
}: {
  readonly title: string;
  readonly assets: PageFiles;
  readonly head: string;
  readonly body: string;
  readonly className: string;
}): string {
  return html`<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="${assets.style}">
<link rel="stylesheet" href="${assets.own}/chat.css">
<link rel="icon" href="${assets.icon}" type="image/svg+xml">
!${head}
</head>
<body class="${className}">
!${body}
</body>
</html>
`;
}

/** `14:05` today, `7/21 14:05` before. */
export function createClock(timeZone: string, now: () => Date): Look['clock'] {
  let formats:
    | { readonly day: Intl.DateTimeFormat; readonly time: Intl.DateTimeFormat }
    | undefined;
  return (at) => {
    // Made at the first bubble and kept: they take megabytes, and one costs more than a page.
    formats ??= {
      day: new Intl.DateTimeFormat('en-US', { timeZone, month: 'numeric', day: 'numeric' }),
      time: new Intl.DateTimeFormat('en-US', { ...HOURS, timeZone }),
    };
    const [day, today] = [at, now()].map((date) => formats?.day.format(date));
    const time = formats.time.format(at);
    return day === today ? time : `${day} ${time}`;
  };
}

const HOURS = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
