// @ts-check
/** @file The adviser asks for an identification, and sees how it goes. */

/** @typedef {import("./types.js").Level} Level */
/** @typedef {import("./types.js").ProvingState} ProvingState */
/** @typedef {import("./words.js").Words} Words */

export class Asking {
  #form;
  #state;
  #words;

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLElement} state
   * @param {Words} words
   * @param {(level: Level) => void} ask
   */
  constructor(form, state, words, ask) {
    this.#form = form;
    this.#state = state;
    this.#words = words;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(/** @type {Level} */ (new FormData(form).get("level")));
    });
  }

  /** @param {boolean} isSomebodyThere */
  show(isSomebodyThere) {
    this.#form.hidden = !isSomebodyThere;
    if (!isSomebodyThere) this.#say("");
  }

  /**
   * @param {ProvingState} state
   * @param {string | null} reason
   */
  tell(state, reason) {
    const why = state === "failed" && this.#words.say(`proving_failed_${reason}`);
    this.#say(why || this.#words.say(`proving_${state}`));
  }

  /** @param {string} text */
  #say(text) {
    if (this.#state.textContent !== text) this.#state.textContent = text;
  }
}
