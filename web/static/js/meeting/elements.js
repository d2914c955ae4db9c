// @ts-check
/** @file Finds the parts of the page, and says which one is missing. */

/**
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function element(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page lacks #${id}`);
  return found;
}

/**
 * @param {string} id
 * @returns {HTMLButtonElement | null}
 */
export function buttonIf(id) {
  const found = document.getElementById(id);
  return found instanceof HTMLButtonElement ? found : null;
}

/** What was pressed may be gone; it keeps the focus until the page is drawn anew. */
export function isFocusLost() {
  const at = document.activeElement;
  return !at || at === document.body || at.getClientRects().length === 0;
}
