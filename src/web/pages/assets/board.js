// The board under a thumb: a tap shows at once what it will do, greyed until the books have it; numbers of
// waybills are asked for in place; what was done last can be taken back.
(() => {
  document.documentElement.classList.add('scripted');
  /** A wet finger taps twice. */
  const TWICE_MS = 600;
  /** What was answered shows as done until the page itself does, or for so long. */
  const HELD_MS = 3_000;
  const STATES = ['waiting', 'scheduled', 'harvested', 'packed', 'shipped', 'delivered'];
  const WAYBILL = /^\d{10,14}$/;

  const form = document.getElementById('tap');
  const tray = document.getElementById('tray');
  const dialog = document.getElementById('waybills');
  if (form === null || tray === null) return;
  const steps = JSON.parse(tray.dataset.steps);
  const words = JSON.parse(tray.dataset.words);
  const { board: date, queue: name } = document.getElementById('live').dataset;
  const held = new Map();
  const counts = new Map();
  let lastTap = { value: '', at: 0 };
  let focusRow = null;

  const queue = openBoardQueue({
    name,
    address: form.action,
    csrf: form.elements.csrf.value,
    onChange: show,
    onAnswer(tap, { outcome }) {
      if (outcome !== 'done' || tap.changes.length === 0) return;
      held.set(tap.id, tap);
      setTimeout(() => {
        held.delete(tap.id);
        show();
      }, HELD_MS);
    },
  });

  // Rows

  const rank = (state) => STATES.indexOf(state);
  const nextOf = (state) => steps.find(({ to }) => rank(state) < rank(to));
  const rows = () => [...document.querySelectorAll('[data-row]')];

  /** Where each row will be once all that is on its way has arrived. */
  function expected() {
    const states = new Map();
    for (const { changes, date: of, id } of queue
      .all()
      .filter(({ state }) => state === 'waiting')) {
      held.delete(id);
      if (of === date) for (const [row, , to] of changes) states.set(String(row), to);
    }
    for (const [id, { changes, date: of }] of held) {
      const isShown = changes.every(([row, from, to]) => hasCome(row, from, to));
      if (isShown) held.delete(id);
      else if (of === date)
        for (const [row, , to] of changes)
          if (!states.has(String(row))) states.set(String(row), to);
    }
    return states;
  }

  /** The page shows the step, or one behind it. */
  function hasCome(row, from, to) {
    const state = document.querySelector(`[data-row="${row}"]`)?.dataset.state;
    return rank(from) < rank(to) ? rank(state) >= rank(to) : rank(state) <= rank(to);
  }

  function showRows() {
    const states = expected();
    for (const li of rows()) {
      const { row, state } = li.dataset;
      const isSending = states.has(row);
      if (!isSending && !li.classList.contains('sending')) continue;
      li.classList.toggle('sending', isSending);
      const half = li.querySelector('button.half');
      if (half === null) continue;
      const next = nextOf(states.get(row) ?? state);
      half.classList.toggle('over', next === undefined);
      half.setAttribute('aria-disabled', String(next === undefined));
      if (next === undefined) continue;
      half.value = `advance.${date}.${row}.${next.to}`;
      half.dataset.advance = next.to;
      half.querySelector('.step').textContent = next.label;
    }
  }

  function stateOf(li) {
    return expected().get(li.dataset.row) ?? li.dataset.state;
  }

  const seenAs = (li, state) => `${li.dataset.row}:${li.dataset.parcel}:${state}`;

  // Taps

  form.addEventListener('submit', (event) => {
    const { submitter } = event;
    const value = submitter?.value ?? '';
    if (value.startsWith('print.')) return;
    event.preventDefault();
    const now = performance.now();
    const target = value.split('.').slice(0, 3).join('.');
    if (target === lastTap.value && now - lastTap.at < TWICE_MS) return;
    lastTap = { value: target, at: now };
    if (submitter.getAttribute('aria-disabled') === 'true') return;
    focusRow = submitter.closest('[data-row]')?.dataset.row ?? null;
    tap(value, submitter);
    if (navigator.vibrate) navigator.vibrate(12);
  });

  function tap(value, button) {
    const [word, of, row, to] = value.split('.');
    const label = button.textContent.replace(/\s+/g, ' ').trim();
    const taken =
      word === 'advance'
        ? rows().filter((li) => li.dataset.row === row)
        : word === 'upto'
          ? rows().filter((li) => isUpTo(li, Number(row), to))
          : [];
    const changes = taken.map((li) => [Number(li.dataset.row), stateOf(li), to]);
    const seen = taken.map((li, at) => seenAs(li, changes[at][1])).join(' ');
    const fields = [['do', value]];
    if (seen !== '') fields.push(['seen', seen]);
    if (word === 'cap') {
      const { name: field, value: boxes } = document.getElementById(`boxes-${of}`);
      fields.push([field, boxes]);
      counts.delete(of);
    }
    const back = document.querySelector('[data-told]');
    if (back !== null) back.remove();
    queue.add({ date: of, label, changes, fields });
  }

  function isUpTo(li, last, to) {
    const { row, state } = li.dataset;
    return state !== 'struck' && Number(row) <= last && rank(stateOf(li)) < rank(to);
  }

  document.getElementById('undo').addEventListener('click', () => {
    const last = undoable();
    if (last === undefined) return;
    const changes = last.changes.map(([row, from, to]) => [row, to, from]);
    const fields = [['do', `undo.${last.id}`]];
    queue.add({ date: last.date, label: words.undo, changes, fields, undoes: last.id });
  });

  /** The last act, done or on its way, that nobody takes back already. */
  function undoable() {
    const taps = queue.all();
    const undone = new Set(taps.map(({ undoes }) => undoes));
    const now = Date.now();
    return taps.findLast(
      ({ id, state, until, undoes, fields }) =>
        undoes === undefined &&
        !undone.has(id) &&
        !fields[0][1].startsWith('freeze.') &&
        (state === 'waiting' || (state === 'done' && until > now)),
    );
  }

  // What is told of them

  function show() {
    showRows();
    const taps = queue.all();
    const waiting = taps.filter(({ state }) => state === 'waiting').length;
    const outgoing = document.getElementById('outgoing');
    const said = queue.isLost() ? words.offline : words.sending;
    outgoing.textContent = waiting === 0 ? '' : queue.isOver() ? words.stuck : `${said} ${waiting}`;
    outgoing.classList.toggle('lost', waiting > 0 && queue.isLost());
    showRefused(taps.filter(({ state }) => state === 'refused'));
    const last = undoable();
    document.getElementById('last').hidden = last === undefined;
    const text = last === undefined ? '' : (last.told ?? last.label);
    const lastWords = document.getElementById('last-words');
    if (lastWords.textContent !== text) lastWords.textContent = text;
  }

  function showRefused(refused) {
    const section = document.getElementById('refused');
    section.hidden = refused.length === 0;
    const known = refused.map(({ id }) => id).join();
    if (section.dataset.known === known) return;
    section.dataset.known = known;
    section.replaceChildren(
      ...refused.map((one) => {
        const box = document.createElement('div');
        box.className = 'told warn';
        box.setAttribute('role', 'alert');
        const text = document.createElement('p');
        text.textContent = one.told === '' ? one.label : one.told;
        const close = document.createElement('button');
        close.type = 'button';
        close.className = 'button plain aside';
        close.textContent = words.ok;
        close.addEventListener('click', () => queue.drop(one));
        box.append(text, close);
        return box;
      }),
    );
  }

  // Numbers of boxes

  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-by]');
    const input = button?.closest('.cap').querySelector('input');
    if (!input) return;
    input.value = String(Math.max(0, Number(input.value) + Number(button.dataset.by)));
    rememberCount(input);
  });
  document.addEventListener('input', ({ target }) => {
    if (target.matches('.cap input')) rememberCount(target);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !event.target.matches('.cap input')) return;
    event.preventDefault();
    event.target.closest('.cap').querySelector('[value^="cap."]').click();
  });

  function rememberCount(input) {
    counts.set(input.closest('.cap').dataset.capOf, input.value);
  }

  // Waybills

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-waybill]');
    if (link === null || typeof dialog.showModal !== 'function') return;
    event.preventDefault();
    askWaybills(link.closest('[data-row]'), link.dataset.title);
  });

  function askWaybills(li, title) {
    const given = li.dataset.had.split(' ').map((one) => one.split(':')[1] ?? '');
    document.getElementById('waybills-title').textContent = title;
    const labels = Array.from({ length: Number(li.dataset.packages) }, (_, at) => {
      const input = document.createElement('input');
      input.name = 'waybill';
      input.inputMode = 'numeric';
      input.autocomplete = 'off';
      input.enterKeyHint = 'done';
      input.maxLength = 20;
      input.value = given[at] ?? '';
      const label = document.createElement('label');
      label.append(`${words.label} ${at + 1}`, input);
      return label;
    });
    const fields = document.getElementById('waybill-fields');
    fields.className = 'ask';
    fields.replaceChildren(...labels);
    document.getElementById('waybill-fault').hidden = true;
    dialog.dataset.row = li.dataset.row;
    dialog.dataset.had = li.dataset.had;
    dialog.showModal();
    const inputs = labels.map((label) => label.lastChild);
    inputs.find(({ value }) => value === '')?.focus();
  }

  dialog.querySelector('form').addEventListener('submit', (event) => {
    event.preventDefault();
    const numbers = [...dialog.querySelectorAll('[name=waybill]')]
      .map(({ value }) => value.replace(/\D/g, ''))
      .filter((value) => value !== '');
    const fault = document.getElementById('waybill-fault');
    fault.hidden = numbers.length > 0 && numbers.every((one) => WAYBILL.test(one));
    fault.textContent = words.oddNumber;
    const { row, had } = dialog.dataset;
    const li = document.querySelector(`[data-row="${row}"]`);
    if (!fault.hidden || li === null) return;
    const state = stateOf(li);
    queue.add({
      date,
      label: document.getElementById('waybills-title').textContent,
      changes: [[Number(row), state, state]],
      fields: [
        ['do', `waybill.${date}.${row}`],
        ['seen', seenAs(li, state)],
        ['had', had],
        ['carrier', document.getElementById('carrier').value],
        ...numbers.map((one) => ['waybill', one]),
      ],
    });
    dialog.close();
  });
  document.getElementById('waybills-close').addEventListener('click', () => dialog.close());

  // The page goes on by itself

  document.addEventListener('live:shown', () => {
    for (const [of, value] of counts) {
      const input = document.getElementById(`boxes-${of}`);
      if (input !== null) input.value = value;
    }
    show();
    // Whoever goes by keyboard stays at his row, whatever became of its button.
    const li = focusRow === null ? null : document.querySelector(`[data-row="${focusRow}"]`);
    if (document.activeElement === document.body) li?.querySelector('.half, summary')?.focus();
  });

  show();
  void queue.flush();
})();
