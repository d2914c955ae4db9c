// @ts-check
/** @file The adviser's own words about their room, for the customer opposite: what they said, and when, or that they did not. */

/** @typedef {import("./types.js").Stated} Stated */
/** @typedef {import("./words.js").Words} Words */

export class StatedView {
  #root;
  #words;
  #name = "";

  /**
   * @param {HTMLElement} root
   * @param {Words} words
   */
  constructor(root, words) {
    this.#root = root;
    this.#words = words;
  }

  /**
   * @param {string} name
   * @param {Stated | null | undefined} stated
   */
  meet(name, stated) {
    this.#name = name;
    this.show(stated);
  }

  /** @param {Stated | null | undefined} stated */
  show(stated) {
    const statement = stated ? this.#words.say(`statement_${stated.statement}`) : "";
    const time = stated ? this.#words.time(stated.at) : "";
    const text = this.#name && this.#words.say(statement ? "stated" : "not_stated", { name: this.#name, time, statement });
    if (this.#root.textContent !== text) this.#root.textContent = text;
  }

  clear() {
    this.meet("", null);
  }
}
