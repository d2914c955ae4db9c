// @ts-check
/** @file The adviser's own words about their room, for the customer opposite: what they said, and when, or that they did not. */

/** @typedef {import("./types.js").PeerCame} PeerCame */
/** @typedef {import("./words.js").Words} Words */

export class StatedView {
  #root;
  #words;

  /**
   * @param {HTMLElement} root
   * @param {Words} words
   */
  constructor(root, words) {
    this.#root = root;
    this.#words = words;
  }

  /** @param {PeerCame | null} opposite nobody: nothing is said */
  show(opposite) {
    const text = opposite ? this.#said(opposite) : "";
    if (this.#root.textContent !== text) this.#root.textContent = text;
  }

  /** @param {PeerCame} opposite */
  #said({ participant: { name }, stated }) {
    const statement = stated ? this.#words.say(`statement_${stated.statement}`) : "";
    if (!stated || !statement) return this.#words.say("not_stated", { name });
    return this.#words.say("stated", { name, time: this.#words.time(stated.at), statement });
  }
}
