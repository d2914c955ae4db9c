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
