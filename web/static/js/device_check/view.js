// @ts-check
/** @file Shows how each check stands, and what it all came to. */

import { element } from "../meeting/elements.js";

/** @typedef {import("./types.js").CheckName} CheckName */
/** @typedef {import("./types.js").Shown} Shown */

export class View {
  #words;
  #result = element("check-result", HTMLElement);

  /** @param {import("../meeting/words.js").Words} words */
  constructor(words) {
    this.#words = words;
  }

  /**
   * @param {CheckName} name
   * @param {Shown} shown
   */
  check(name, { state, text }) {
    const row = element(`check-${name}`, HTMLElement);
    row.dataset["state"] = state;
    put(row, "state", this.#words.say(text));
  }

  /**
   * What it came to; nothing while it goes on.
   * @param {"ready" | "mend" | null} verdict
   * @param {string} [advice]
   */
  result(verdict, advice = "") {
    put(this.#result, "verdict", verdict ? this.#words.say(`check_${verdict}`) : "");
    put(this.#result, "advice", advice);
    this.#result.hidden = verdict === null;
    if (verdict) this.#result.dataset["verdict"] = verdict;
  }
}

/**
 * A live region speaks when its words change; the same words again must not make it speak.
 * @param {HTMLElement} root
 * @param {string} part
 * @param {string} text
 */
function put(root, part, text) {
  const found = root.querySelector(`[data-part="${part}"]`);
  if (found && found.textContent !== text) found.textContent = text;
}
