// What a form and htmx cannot do by themselves: a stream that knows where the page is, lines that stay
// lines, words that come back when they were not sent, and the end of the conversation in sight.
(() => {
  const SHOW_LOST_AFTER_MS = 3_000;
  /** Browsers open six connections to a server for all their tabs: one that nobody sees gives way. */
  const CLOSE_HIDDEN_AFTER_MS = 60_000;
  const SPARE_PX = 12;

  const $ = (id) => document.getElementById(id);
  const [scroller, log, form, press] = ['scroller', 'log', 'say', 'press'].map($);
  const [text, lines, status, newer] = ['text', 'lines', 'status', 'newer'].map($);
  const hasKeyboard = matchMedia('(hover: hover) and (pointer: fine)').matches;

  // The stream

  let source = null;
  let isClosed = false;
  let lostTimer;

  const lastEntry = () => [...log.querySelectorAll('[data-entry]')].at(-1)?.dataset.entry ?? '0';
  const isShown = (id) => $(`entry-${id}`) !== null;

  htmx.createEventSource = (address) => {
    const url = new URL(address, location.href);
    url.searchParams.set('after', lastEntry());
    source = new EventSource(url);
    return source;
  };

  function openStream() {
    isClosed = false;
    const stream = $('stream');
    const fresh = stream.cloneNode();
    stream.replaceWith(fresh);
    htmx.process(fresh);
  }

  function closeStream() {
    isClosed = true;
    source?.close();
  }

  let hiddenTimer;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = setTimeout(closeStream, CLOSE_HIDDEN_AFTER_MS);
    else {
      markTitle(0);
      if (isClosed) openStream();
    }
  });

  document.addEventListener('htmx:sseOpen', () => {
    clearTimeout(lostTimer);
    lostTimer = undefined;
    if (status.textContent === status.dataset.lost) tell(null);
  });
  document.addEventListener('htmx:sseError', () => {
    lostTimer ??= setTimeout(() => tell(status.dataset.lost), SHOW_LOST_AFTER_MS);
  });
  // A page shows an entry once, whether the stream or an answer brought it first.
  document.addEventListener('htmx:sseBeforeMessage', (event) => {
    if (isShown(event.detail.lastEventId)) event.preventDefault();
  });
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.target !== log) return;
    const answer = document.createElement('template');
    answer.innerHTML = event.detail.serverResponse;
    for (const entry of answer.content.querySelectorAll('[data-entry]'))
      if (isShown(entry.dataset.entry)) entry.remove();
    event.detail.serverResponse = answer.innerHTML;
  });

  // Saying something

  /** What is on its way, to be put back if it does not arrive. */
  let sent = '';

  const typed = () => (lines.hidden ? text.value : lines.value);

  /** One line in a field, several in an area. */
  function setTyped(value) {
    const isLong = value.includes('\n');
    lines.hidden = !isLong;
    text.hidden = isLong;
    text.required = !isLong;
    text.value = isLong ? '' : value;
    lines.value = isLong ? value : '';
  }

  function typeLines(value, at) {
    setTyped(value);
    lines.focus();
    lines.setSelectionRange(at, at);
  }

  text.addEventListener('paste', (event) => {
    const pasted = event.clipboardData?.getData('text').replace(/\r\n?/g, '\n').trimEnd() ?? '';
    if (!pasted.includes('\n')) return;
    event.preventDefault();
    const { selectionStart, selectionEnd, value } = text;
    const before = value.slice(0, selectionStart) + pasted;
    typeLines(before + value.slice(selectionEnd), before.length);
  });
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !event.shiftKey || event.isComposing) return;
    event.preventDefault();
    const before = `${text.value.slice(0, text.selectionStart)}\n`;
    typeLines(before + text.value.slice(text.selectionEnd), before.length);
  });
  // On a phone Enter makes a line, as everywhere there; with a keyboard it sends.
  lines.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || !hasKeyboard) return;
    event.preventDefault();
    form.requestSubmit();
  });
  lines.addEventListener('input', () => {
    if (lines.value !== '') return;
    setTyped('');
    text.focus();
  });

  document.addEventListener('htmx:configRequest', (event) => {
    const { elt, parameters, triggeringEvent } = event.detail;
    if (elt !== form && elt !== press) return;
    parameters.after = lastEntry();
    if (elt === form) {
      parameters.text = typed();
      if (parameters.text.trim() === '') event.preventDefault();
    } else {
      // htmx knows the pressed button only inside of its form.
      const button = triggeringEvent?.submitter;
      if (button) parameters.choice = button.value;
    }
  });
  document.addEventListener('htmx:beforeSend', (event) => {
    isAtEnd = true;
    tell(null);
    if (event.detail.elt !== form) return;
    sent = typed();
    const isFocused = document.activeElement === lines;
    setTyped('');
    if (isFocused) text.focus();
  });
  document.addEventListener('htmx:afterRequest', (event) => {
    const { elt, successful, xhr } = event.detail;
    if (successful) {
      if (elt === press && hasKeyboard) text.focus();
      return;
    }
    if (elt === form && typed() === '') setTyped(sent);
    const isSaid =
      xhr.status >= 400 && xhr.getResponseHeader('content-type')?.startsWith('text/plain');
    tell(isSaid ? xhr.responseText : status.dataset.failed);
  });

  function tell(words) {
    status.hidden = words === null;
    status.textContent = words ?? '';
  }

  // What is in sight

  let isAtEnd = true;
  let unseen = 0;
  const { title } = document;

  function markTitle(count) {
    unseen = count;
    document.title = count === 0 ? title : `(${count}) ${title}`;
  }

  function toEnd() {
    scroller.scrollTop = scroller.scrollHeight;
    look();
  }

  function look() {
    const { scrollHeight, scrollTop, clientHeight } = scroller;
    isAtEnd = scrollHeight - scrollTop - clientHeight < 4 * SPARE_PX;
    newer.hidden = isAtEnd;
  }

  scroller.addEventListener('scroll', look);
  new MutationObserver((changes) => {
    const added = changes
      .flatMap(({ addedNodes }) => [...addedNodes])
      .filter((node) => node instanceof HTMLElement && node.matches('.entry'));
    const first = added.find((entry) => entry.dataset.by !== 'me') ?? added[0];
    if (first === undefined) return;
    if (document.hidden) markTitle(unseen + 1);
    // A long answer is read from its beginning; who reads further up is not pulled away.
    const { scrollHeight, clientHeight } = scroller;
    const top = first.offsetTop - SPARE_PX;
    if (isAtEnd) scroller.scrollTop = Math.min(scrollHeight - clientHeight, Math.max(top, 0));
    look();
  }).observe(log, { childList: true });
  // The keyboard of a phone takes half of the page.
  new ResizeObserver(() => {
    if (isAtEnd) toEnd();
  }).observe(scroller);
  newer.addEventListener('click', toEnd);

  toEnd();
  if (hasKeyboard) text.focus();
})();
