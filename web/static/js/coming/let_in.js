// @ts-check
/** @file Whom an adviser let in by a press on the desk: the meeting that opens then need not ask a second time. */

const KEPT_AS = "kohtaamo-let-in";
/** Whoever comes to the table later than this looks anew. */
const LASTS_MS = 30_000;

/** @param {HTMLElement} within where the buttons are that let somebody in */
export function rememberLetIn(within) {
  within.addEventListener("submit", (event) => {
    const form = event.target;
    const home = form instanceof HTMLFormElement ? form.dataset["letsIn"] : "";
    if (home) keep(JSON.stringify({ home, at: Date.now() }));
  });
}

/**
 * Tell, once, whether the press that opened this tab's meeting was to let somebody in.
 * @param {string} path of the meeting
 */
export function wasToLetIn(path) {
  try {
    const { home, at } = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? "{}");
    sessionStorage.removeItem(KEPT_AS);
    return path === `${home}/meeting` && Date.now() - at < LASTS_MS;
  } catch {
    return false; // as below
  }
}

/** @param {string} text */
function keep(text) {
  try {
    sessionStorage.setItem(KEPT_AS, text);
  } catch {
    // a tab that keeps nothing asks a second time
  }
}
