// @ts-check
/**
 * @file Keeps a form that begins an identification until main.js has put the certificate's fingerprint into it.
 *
 * It is no module and stands in the head: over a bad network a thumb is faster than three modules.
 */
(() => {
  /** Nobody waits longer for a stronger proof than for a page. */
  const PATIENCE_MS = 2_000;
  /** @type {WeakSet<HTMLFormElement>} */
  const waited = new WeakSet();

  /** @param {SubmitEvent} event */
  async function hold(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!new URL(form.action).pathname.includes("/identify") || form.elements.namedItem("fingerprint")) return;
    if (waited.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await Promise.race([
      new Promise((known) => addEventListener("fingerprint", known, { once: true })),
      new Promise((over) => setTimeout(over, PATIENCE_MS)),
    ]);
    if (waited.has(form)) return; // pressed twice
    waited.add(form);
    form.requestSubmit(event.submitter);
  }

  addEventListener("submit", (event) => void hold(event), { capture: true });
})();
