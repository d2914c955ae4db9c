// @ts-check
/** @file Says what fails and how to mend it in this browser: two sentences and a picture. */

/** @typedef {import("./types.js").Failure} Failure */

export class Help {
  #root;
  #words;
  #picture;
  #use;

  /**
   * @param {HTMLElement} root
   * @param {import("./words.js").Words} words
   */
  constructor(root, words) {
    this.#root = root;
    this.#words = words;
    this.#picture = /** @type {SVGElement} */ (root.querySelector(".help-picture"));
    this.#use = /** @type {SVGUseElement} */ (root.querySelector(".help-picture use"));
  }

  /** @param {Failure | null} failure */
  show(failure) {
    const shown = failure && this.#words.failure(failure);
    this.#root.hidden = !shown;
    if (!shown || this.#root.dataset["failure"] === failure) return;
    this.#root.dataset["failure"] = failure;
    this.#put("text", shown.text);
    this.#put("help", shown.help);
    this.#picture.toggleAttribute("hidden", !shown.picture);
    if (shown.picture) this.#use.setAttribute("href", `${this.#picture.dataset["pictures"]}#${shown.picture}`);
  }

  /**
   * @param {string} part
   * @param {string} text
   */
  #put(part, text) {
    const found = this.#root.querySelector(`[data-part="${part}"]`);
    if (found) found.textContent = text;
  }
}
