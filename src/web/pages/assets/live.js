// A page that stays as it is: says where it stands when its stream comes back, keeps what the reader
// opened, and looks by itself every few seconds where no heartbeat gets through.
(() => {
  document.documentElement.classList.add('scripted');
  /** Some proxies hold a stream back: then nothing comes, and nobody says so. */
  const FIRST_BEAT_MS = 6_000;
  /** Two beats and a little. */
  const BEAT_MS_MAX = 35_000;
  const POLL_MS = 4_000;
  const SHOW_LOST_AFTER_MS = 3_000;
  /** Browsers open six connections to a server for all their tabs: one that nobody sees gives way. */
  const CLOSE_HIDDEN_AFTER_MS = 60_000;

  let live = document.querySelector('[sse-connect]');
  const status = document.getElementById('connection');
  let { version } = live.dataset;
  let source = null;
  let beatTimer;
  let pollTimer;
  let lostTimer;

  htmx.createEventSource = (address) => {
    const url = new URL(address, location.href);
    url.searchParams.set('v', version);
    source = new EventSource(url);
    source.addEventListener('beat', heard);
    // The link was taken back, or what it showed is gone: the page itself says so.
    source.addEventListener('over', () => {
      source.close();
      location.reload();
    });
    waitForBeat(FIRST_BEAT_MS);
    return source;
  };

  function heard() {
    stopPolling();
    clearTimeout(lostTimer);
    lostTimer = undefined;
    status.hidden = true;
    waitForBeat(BEAT_MS_MAX);
  }

  function waitForBeat(ms) {
    clearTimeout(beatTimer);
    beatTimer = setTimeout(poll, ms);
  }

  function stopPolling() {
    clearTimeout(pollTimer);
    pollTimer = undefined;
  }

  /** The whole page again, and out of it what changes. */
  async function poll() {
    clearTimeout(pollTimer);
    pollTimer = setTimeout(poll, POLL_MS);
    try {
      const answer = await fetch(location.href, { cache: 'no-store' });
      if ([401, 404, 410].includes(answer.status)) return location.reload();
      if (!answer.ok) return lost();
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const next = fresh.querySelector('[sse-connect]');
      if (next === null || pollTimer === undefined) return;
      status.hidden = true;
      if (next.dataset.version === version) return;
      for (const part of live.querySelectorAll('[sse-swap]')) {
        const newer = next.querySelector(`[sse-swap="${part.getAttribute('sse-swap')}"]`);
        if (newer !== null && newer.innerHTML !== part.innerHTML) {
          const keep = kept(part);
          part.innerHTML = newer.innerHTML;
          htmx.process(part);
          keep();
        }
      }
      version = next.dataset.version;
      tellShown();
    } catch {
      lost();
    }
  }

  function lost() {
    lostTimer ??= setTimeout(() => {
      status.textContent = status.dataset.lost;
      status.hidden = false;
    }, SHOW_LOST_AFTER_MS);
  }

  /** Remembers what is open and what has the focus in a part, and gives it back. */
  function kept(part) {
    const open = [...part.querySelectorAll('details[open][id]')].map(({ id }) => id);
    const focused = part.contains(document.activeElement) ? document.activeElement.id : '';
    return () => {
      for (const id of open) document.getElementById(id)?.setAttribute('open', '');
      if (focused !== '') document.getElementById(focused)?.focus({ preventScroll: true });
    };
  }

  /** For scripts of single pages: their parts are new. */
  function tellShown() {
    document.dispatchEvent(new CustomEvent('live:shown', { detail: { version } }));
  }

  let restore = () => undefined;
  document.addEventListener('htmx:sseBeforeMessage', (event) => {
    restore = kept(event.target);
  });
  document.addEventListener('htmx:sseMessage', (event) => {
    restore();
    if (event.detail.lastEventId) version = event.detail.lastEventId;
    heard();
    tellShown();
  });
  document.addEventListener('htmx:sseError', () => {
    lost();
    waitForBeat(SHOW_LOST_AFTER_MS);
  });

  let hiddenTimer;
  let isClosed = false;
  function close() {
    isClosed = true;
    source?.close();
    clearTimeout(beatTimer);
    stopPolling();
  }
  function reopen() {
    isClosed = false;
    // What htmx has seen before it does not look at again.
    const fresh = live.cloneNode(true);
    live.replaceWith(fresh);
    live = fresh;
    htmx.process(fresh);
  }
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = setTimeout(close, CLOSE_HIDDEN_AFTER_MS);
    else if (isClosed) reopen();
  });
  addEventListener('pagehide', () => source?.close());
  // Pages come back from the browser's memory as they were.
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
})();
