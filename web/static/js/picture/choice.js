// @ts-check
/** @file How somebody wants to be seen, within what the organisation allows; kept on this device. */

/** @typedef {"off" | "offered" | "forced"} Rule */
/** @typedef {"bare" | import("./gate_state.js").Wish} Choice */
/** @typedef {{rule: Rule, hasFilter: boolean}} Allowed */

const KEY = "kohtaamo.picture";

/**
 * @param {string | null} kept
 * @param {Allowed} allowed
 * @returns {Choice}
 */
export function choiceOf(kept, { rule, hasFilter }) {
  if (rule === "off") return "bare";
  if (kept === "neutral") return "neutral";
  if (kept === "blur" || rule === "forced") return hasFilter ? "blur" : "neutral"; // what was hidden stays hidden
  return "bare";
}

/** @returns {string | null} */
export function keptChoice() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // a browser that keeps nothing
  }
}

/** @param {Choice} choice */
export function keepChoice(choice) {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // as above: it holds for this visit
  }
}
