// @ts-check
/** @file A private word of the staff: the button for it, and what everybody is told of it. */

import { buttonIf, element } from "./elements.js";

export class Conferring {
  #words;
  #isStaff;
  #said = element("conferring", HTMLElement);
  #button = buttonIf("confer");

  /**
   * @param {boolean} isStaff
   * @param {import("./words.js").Words} words
   * @param {(on: boolean) => void} confer
   */
  constructor(isStaff, words, confer) {
    this.#isStaff = isStaff;
    this.#words = words;
    this.#button?.addEventListener("click", () => confer(this.#button?.getAttribute("aria-pressed") !== "true"));
  }

  /**
   * @param {boolean} isOn
   * @param {boolean} mayConfer
   */
  show(isOn, mayConfer) {
    const text = isOn ? this.#words.say("conferring") : "";
    const part = /** @type {HTMLElement} */ (this.#said.querySelector('[data-part="said"]'));
    if (part.textContent !== text) part.textContent = text;
    this.#said.hidden = !isOn;
    this.#said.classList.toggle("notice--warn", this.#isStaff);
    if (!this.#button) return;
    this.#button.hidden = !mayConfer && !isOn;
    this.#button.setAttribute("aria-pressed", String(isOn));
    this.#button.classList.toggle("button--off", isOn);
  }
}
