// @ts-check
// The helper's page looks by itself; a link that is over loads the page that says so.

import { refresh } from "./panel.js";

const EVERY_MS = 1_500;

const root = /** @type {HTMLElement} */ (document.querySelector("[data-coming]"));
const live = /** @type {HTMLElement} */ (document.getElementById("live"));
const said = /** @type {HTMLElement} */ (document.getElementById("said"));
let shown = now();

function now() {
  return root.querySelector(".coming__now")?.textContent?.trim() ?? "";
}

/** The steps are drawn anew as a whole; only what is different now is read aloud. */
function say() {
  if (now() === shown) return;
  shown = now();
  said.textContent = shown;
}

async function look() {
  const isOn = await refresh(root);
  say();
  if (isOn) setTimeout(() => void look(), EVERY_MS);
  else location.reload();
}

live.hidden = false;
void look();
