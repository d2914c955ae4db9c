// @ts-check
/** @file Says to everybody at the table who is called, why, and what came of it. */

/** @typedef {import("./types.js").GuestTold} GuestTold */

export class GuestNews {
  #root;
  #words;
  #said;
  #off;
  #asked = "";

  /**
   * @param {HTMLElement} root
   * @param {import("./words.js").Words} words
   * @param {(guest: string) => void} callOff
   */
  constructor(root, words, callOff) {
    this.#root = root;
    this.#words = words;
    this.#said = /** @type {HTMLElement} */ (root.querySelector('[data-part="said"]'));
    this.#off = /** @type {HTMLElement | null} */ (root.querySelector('[data-part="off"]'));
    root.querySelector("button")?.addEventListener("click", () => callOff(this.#asked));
  }

  /**
   * @param {GuestTold} guest
   * @param {string} by who asks
   */
  tell({ id, name, reason, state }, by) {
    this.#asked = state === "asked" ? id : "";
    this.#say(this.#words.say(`guest_${state}`, { name, reason, by }));
  }

  /** @param {string} id who has come and needs no announcement any more */
  came(id) {
    if (id === this.#asked) this.clear();
  }

  /**
   * The adviser's seat is somebody else's now.
   * @param {string} name
   * @param {boolean} isOwn the reader's
   */
  handedOver(name, isOwn) {
    this.#asked = "";
    this.#say(this.#words.say(isOwn ? "took_over" : "handed_over", { name }));
  }

  /** Somebody has left: what is past needs no word any more. */
  gone() {
    if (!this.#asked) this.clear();
  }

  clear() {
    this.#asked = "";
    this.#say("");
  }

  /** @param {string} text */
  #say(text) {
    this.#said.textContent = text;
    this.#root.hidden = !text;
    if (this.#off) this.#off.hidden = !this.#asked;
  }
}
