// Taps on their way: each with an id of its own, kept in the browser until the farm's books have answered
// it, sent one after another in the order of the fingers. Who sends one twice gets the same answer.
(() => {
  const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
  const TIMEOUT_MS = 15_000;
  /** What may be taken back is remembered for so many acts. */
  const DONE_MAX = 8;

  /** One key for each tap: tabs of the same board never write over one another. */
  globalThis.openBoardQueue = ({ name, address, csrf, onChange, onAnswer }) => {
    const prefix = `sanji-board:${name}:`;
    const kept = storage();
    let fails = 0;
    let isSending = false;
    let isOver = false;
    let timer;

    function keys() {
      return Object.keys(kept)
        .filter((key) => key.startsWith(prefix))
        .sort();
    }

    function all() {
      return keys().flatMap((key) => {
        const text = kept.getItem(key);
        return text === null ? [] : [{ key, ...JSON.parse(text) }];
      });
    }

    const waiting = () => all().filter(({ state }) => state === 'waiting');

    function keep({ key, ...tap }) {
      kept.setItem(key, JSON.stringify(tap));
    }

    /** Clocks of phones go back: what is tapped later still stands later. */
    function newKey(id) {
      const last = Number(keys().at(-1)?.slice(prefix.length).split('-')[0] ?? 0);
      return `${prefix}${String(Math.max(Date.now(), last + 1)).padStart(15, '0')}-${id}`;
    }

    function add(tap) {
      const id = newId();
      keep({ ...tap, key: newKey(id), id, state: 'waiting' });
      onChange();
      void flush();
    }

    function drop({ key }) {
      kept.removeItem(key);
      onChange();
    }

    async function flush() {
      if (isSending || isOver) return;
      isSending = true;
      clearTimeout(timer);
      try {
        for (let [next] = waiting(); next !== undefined; [next] = waiting()) {
          const answer = await post(next);
          if (answer === 'over') {
            isOver = true;
            break;
          }
          if (answer === 'later') {
            timer = setTimeout(flush, RETRY_MS[Math.min(fails, RETRY_MS.length - 1)]);
            fails++;
            break;
          }
          fails = 0;
          settle(next, answer);
        }
      } finally {
        isSending = false;
        onChange();
      }
    }

    /** What the books said of it; `later`: nobody knows; `over`: this link lets nobody in any more. */
    async function post({ id, fields }) {
      const body = new URLSearchParams([['csrf', csrf], ['id', id], ...fields]);
      try {
        const answer = await fetch(address, {
          method: 'POST',
          body,
          headers: { Accept: 'application/json' },
          cache: 'no-store',
          keepalive: true,
          redirect: 'error',
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        if (answer.status === 403 || answer.status === 404 || answer.status === 410) return 'over';
        if (answer.ok || answer.status === 409) return await answer.json();
        if (answer.status >= 500 || answer.status === 429) return 'later';
        return { outcome: 'refused', told: '', undoMs: null };
      } catch {
        return 'later';
      }
    }

    function settle(tap, answer) {
      // Another tab may have settled it meanwhile.
      if (kept.getItem(tap.key) === null) return;
      const { outcome, told, undoMs } = answer;
      if (outcome === 'refused') keep({ ...tap, state: 'refused', told });
      else if (tap.undoes !== undefined || undoMs === null) kept.removeItem(tap.key);
      else keep({ ...tap, state: 'done', told, until: Date.now() + undoMs });
      if (tap.undoes !== undefined) forget(tap.undoes);
      const done = all().filter(({ state }) => state === 'done');
      for (const old of done.slice(0, -DONE_MAX)) kept.removeItem(old.key);
      onAnswer(tap, answer);
    }

    function forget(id) {
      for (const tap of all()) if (tap.id === id && tap.state === 'done') kept.removeItem(tap.key);
    }

    addEventListener('online', () => void flush());
    addEventListener('storage', ({ key }) => {
      if (key?.startsWith(prefix)) onChange();
    });
    document.addEventListener('visibilitychange', () => void flush());
    document.addEventListener('htmx:sseOpen', () => void flush());

    return {
      add,
      drop,
      all,
      flush,
      isLost: () => fails > 0 || !navigator.onLine,
      isOver: () => isOver,
    };
  };

  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  /** Where a browser keeps nothing, taps live as long as the page. */
  function storage() {
    try {
      localStorage.setItem('sanji-board', '1');
      localStorage.removeItem('sanji-board');
      return localStorage;
    } catch {
      return inMemory();
    }
  }

  function inMemory() {
    const held = {};
    const methods = {
      getItem: (key) => held[key] ?? null,
      setItem(key, text) {
        held[key] = text;
      },
      removeItem(key) {
        delete held[key];
      },
    };
    return new Proxy(held, { get: (_, name) => methods[name] ?? held[name] });
  }
})();
