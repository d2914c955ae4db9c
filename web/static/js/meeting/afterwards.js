// @ts-check
/** @file What stands under the heading once it is over: where each side goes on from here. */

import { element } from "./elements.js";

const AGAIN_MS = 10_000;
/** An adviser who has not written by then does so later: the personal link shows it. */
const AT_MOST = 60;

/**
 * @param {string} reason by which it ended for this window
 * @param {boolean} wasAdmitted who never sat at the table has no meeting to speak of
 */
export function afterwards(reason, wasAdmitted) {
  const failed = document.getElementById("failed");
  if (failed) failed.hidden = !wasAdmitted || reason === "replaced";
  const wrapUp = document.getElementById("wrap-up");
  if (wrapUp) wrapUp.hidden = reason !== "ended";
  const part = document.getElementById("over-part");
  if (part && reason === "ended") void show(part);
}

/**
 * Bring in what the page of the end shows, so that nobody need look for it.
 * @param {HTMLElement} part
 */
async function show(part) {
  const fresh = await asked(part);
  if (!fresh) return;
  part.replaceChildren(document.importNode(fresh, true));
  part.hidden = false;
  element("failed", HTMLElement).hidden = true; // it stands in what was brought in
  for (let turn = 0; turn < AT_MOST && part.querySelector("[data-awaited]"); turn += 1) {
    await new Promise((go) => setTimeout(go, AGAIN_MS));
    takeSummary(part, await asked(part));
  }
}

/**
 * What is filled in meanwhile stays: only the summary is drawn anew.
 * @param {HTMLElement} part
 * @param {Element | null} fresh
 */
function takeSummary(part, fresh) {
  const summary = fresh?.querySelector("#summary:not([data-awaited])");
  if (!summary) return;
  const shown = part.querySelector("#summary");
  shown?.replaceChildren(...[...summary.childNodes].map((node) => document.importNode(node, true)));
  shown?.removeAttribute("data-awaited");
  const agrees = part.querySelector("#agrees");
  if (agrees instanceof HTMLElement) agrees.hidden = !summary.querySelector("section");
}

/**
 * @param {HTMLElement} part
 * @returns {Promise<Element | null>} null where there is nothing to show, or not now
 */
async function asked(part) {
  try {
    const answer = await fetch(part.dataset["address"] ?? "", { headers: { Accept: "text/html" }, cache: "no-store", signal: AbortSignal.timeout(8_000) });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("afterwards");
  } catch {
    return null; // the button beside it leads to the appointment's page, where it stands as well
  }
}
