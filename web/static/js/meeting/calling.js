// @ts-check
/** @file The adviser's form for handing the meeting over: who could go on, and why. */

/** @typedef {{id: string, name: string, is_at_desk: boolean}} Colleague */

export class Calling {
  #root;
  #address;
  #words;
  #call;
  #form;
  #select;
  #nobody;

  /**
   * @param {HTMLDetailsElement} root
   * @param {string} address where it is told who could go on
   * @param {import("./words.js").Words} words
   * @param {(colleague: string, reason: string) => void} call
   */
  constructor(root, address, words, call) {
    this.#root = root;
    this.#address = address;
    this.#words = words;
    this.#call = call;
    this.#form = /** @type {HTMLFormElement} */ (root.querySelector("form"));
    this.#select = /** @type {HTMLSelectElement} */ (root.querySelector("select"));
    this.#nobody = /** @type {HTMLElement} */ (root.querySelector('[data-part="nobody"]'));
  }

  connect() {
    this.#root.addEventListener("toggle", () => this.#root.open && void this.#load());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#call(this.#select.value, String(new FormData(this.#form).get("reason")));
      this.#root.open = false;
      this.#form.reset();
      this.#root.querySelector("summary")?.focus();
    });
  }

  async #load() {
    /** @type {Colleague[]} */
    let colleagues = [];
    try {
      const answer = await fetch(this.#address, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (answer.ok) ({ colleagues } = await answer.json());
    } catch {
      // the list stays empty, and says so; opening it again asks again
    }
    const chosen = this.#select.value;
    this.#select.replaceChildren(...colleagues.map((one) => new Option(this.#named(one), one.id, false, one.id === chosen)));
    this.#nobody.hidden = colleagues.length > 0;
    for (const part of this.#form.elements) if (part instanceof HTMLButtonElement) part.disabled = colleagues.length === 0;
  }

  /** @param {Colleague} colleague */
  #named({ name, is_at_desk }) {
    return is_at_desk ? this.#words.say("at_desk", { name }) : name;
  }
}
