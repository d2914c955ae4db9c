// @ts-check

import { released } from "./pressing.js";

/** @typedef {{id: string, mark: string}} Waits */

/** The list of those who wait: gets a fresh one from the server when it has changed, and keeps the focus. */
export class WaitingList {
  #address;
  /** @type {string | null} */
  #shown = null;
  /** @type {Set<string> | null} */
  #known = null;

  /** @param {string} address where the list comes from */
  constructor(address) {
    this.#address = address;
  }

  /**
   * @param {Waits[]} waiting
   * @returns {string[]} who has come since the last time
   */
  show(waiting) {
    const marks = JSON.stringify(waiting);
    if (marks !== this.#shown) void this.#load(marks);
    const known = this.#known;
    this.#known = new Set(waiting.map(({ id }) => id));
    return known ? [...this.#known].filter((id) => !known.has(id)) : [];
  }

  /** @param {string} marks */
  async #load(marks) {
    const isFirst = this.#shown === null;
    this.#shown = marks;
    if (isFirst && document.querySelectorAll("[data-waiting]").length === JSON.parse(marks).length) return;
    try {
      const answer = await fetch(this.#address, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const html = await answer.text();
      await released();
      this.#put(html);
    } catch {
      this.#shown = ""; // the next look tries again
    }
  }

  /** @param {string} html */
  #put(html) {
    const old = document.getElementById("waiting");
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("waiting");
    if (!old || !fresh) return;
    const focused = document.activeElement?.closest("#waiting form")?.getAttribute("action");
    old.replaceWith(document.importNode(fresh, true));
    const again = focused && document.querySelector(`#waiting form[action="${focused}"] button`);
    if (again instanceof HTMLElement) again.focus();
  }
}
