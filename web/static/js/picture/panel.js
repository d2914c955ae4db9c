// @ts-check
/** @file Where one chooses how one is seen, and is told when a neutral picture stands in. */

/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("./picture.js").Why} Why */

/** A proof takes a moment; only one that takes long is worth a sentence. */
const PATIENCE_MS = 2_500;

export class PicturePanel {
  #choice;
  #said;
  #say;
  #later = 0;

  /**
   * @param {HTMLElement | null} choice the select, where there is something to choose
   * @param {HTMLElement} said
   * @param {(name: string) => string} say
   */
  constructor(choice, said, say) {
    this.#choice = choice instanceof HTMLSelectElement ? choice : null;
    this.#said = said;
    this.#say = say;
  }

  /**
   * @param {Picture} picture
   * @param {() => void} chosen
   */
  connect(picture, chosen) {
    if (!this.#choice) return;
    this.#choice.value = picture.choice;
    this.#choice.addEventListener("change", () => {
      picture.choose(/** @type {import("./choice.js").Choice} */ (this.#choice?.value));
      chosen();
    });
  }

  /** @param {Why} why */
  tell(why) {
    clearTimeout(this.#later);
    if (why === "proving") this.#later = setTimeout(() => this.#show(why), PATIENCE_MS);
    else this.#show(why);
  }

  /** @param {Why} why */
  #show(why) {
    this.#said.textContent = why && this.#say(`picture_${why}`);
  }
}
