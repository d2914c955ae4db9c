// @ts-check
/** @file Draws anew how somebody comes in, as the server tells it; what is open or has the focus stays so. */

/**
 * Ask the server, and draw what has changed; what cannot be had now is asked for again by whoever asked.
 * @param {HTMLElement} root
 * @returns {Promise<boolean>} whether there is anything to ask for still
 */
export async function refresh(root) {
  try {
    const answer = await fetch(root.dataset["coming"] ?? "", { headers: { Accept: "text/html" }, cache: "no-store", signal: AbortSignal.timeout(8_000) });
    if (answer.ok) draw(root, await answer.text());
    return answer.ok || answer.status >= 500 || answer.status === 429;
  } catch {
    return true; // it is asked again soon, and the meeting beside it tells of the network
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} text
 */
function draw(root, text) {
  const fresh = new DOMParser().parseFromString(text, "text/html").body;
  if (bare(fresh).isEqualNode(bare(root)) || root.querySelector("select")?.matches(":focus")) return;
  const focused = root.contains(document.activeElement) ? document.activeElement?.closest("[data-key]")?.getAttribute("data-key") : null;
  const open = new Set([...root.querySelectorAll("details[open]")].map((one) => one.getAttribute("data-key")));
  root.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  for (const one of root.querySelectorAll("details")) one.open = open.has(one.getAttribute("data-key"));
  if (!focused) return;
  const again = root.querySelector(`[data-key="${focused}"]`);
  const target = again?.matches("details") ? again.querySelector("summary") : again;
  if (target instanceof HTMLElement) target.focus();
}

/**
 * The forms' secret and what is open differ without anything having changed.
 * @param {HTMLElement} root
 */
function bare(root) {
  const copy = document.createDocumentFragment();
  copy.append(...[...root.childNodes].map((node) => document.importNode(node, true)));
  for (const field of copy.querySelectorAll('input[type="hidden"]')) field.remove();
  for (const one of copy.querySelectorAll("details")) one.open = false;
  copy.normalize();
  return copy;
}

/**
 * Say what a button says without leaving the page.
 * @param {HTMLElement} within
 */
export function tellFrom(within) {
  within.addEventListener("submit", (event) => {
    const form = event.target;
    const root = form instanceof HTMLFormElement ? form.closest("[data-coming]") : null;
    if (!(form instanceof HTMLFormElement) || !(root instanceof HTMLElement) || form.dataset["plain"]) return;
    event.preventDefault();
    void send(form, event.submitter, root);
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 * @param {HTMLElement} root
 */
async function send(form, submitter, root) {
  const fields = [...new FormData(form, submitter)].map(([name, value]) => [name, String(value)]);
  try {
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(fields) });
    if (!answer.ok) throw new Error(String(answer.status));
    for (const one of root.querySelectorAll("details")) one.open = false; // in what is there now: it may have been drawn anew
    await refresh(root);
  } catch {
    form.dataset["plain"] = "yes"; // the page that comes then tells what is wrong
    form.requestSubmit(submitter);
  }
}
