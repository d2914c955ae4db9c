// @ts-check
/** @file What stands under the heading once it is over: where each side goes on from here. */

import { element } from "./elements.js";

/**
 * @param {string} reason by which it ended for this window
 * @param {boolean} wasAdmitted who never sat at the table has no meeting to speak of
 */
export function afterwards(reason, wasAdmitted) {
  element("failed", HTMLElement).hidden = !wasAdmitted || reason === "replaced";
  const wrapUp = document.getElementById("wrap-up");
  if (wrapUp) wrapUp.hidden = reason !== "ended";
}
