// One touch copies what must be written into a bank's form.
(() => {
  const TOLD_MS = 2_000;

  document.addEventListener('click', async (event) => {
    const button = event.target.closest?.('[data-copy]');
    if (!button) return;
    const isCopied = await copy(button.dataset.copy);
    if (!isCopied) return;
    button.dataset.label ??= button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => {
      button.textContent = button.dataset.label;
    }, TOLD_MS);
  });

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not over https, or not allowed: the old way asks nobody.
      const field = document.createElement('textarea');
      field.value = text;
      field.readOnly = true;
      field.className = 'unseen';
      document.body.append(field);
      field.select();
      const isCopied = document.execCommand('copy');
      field.remove();
      return isCopied;
    }
  }
})();
