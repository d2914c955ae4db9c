// @ts-check
/** @file Says why a device is asked for, before the browser asks; a press of its button lets the browser ask. */

import { element, isFocusLost } from "./elements.js";

/** @typedef {import("../devices/permission.js").DeviceName} DeviceName */

/** Nobody is at anything: what was pressed is gone, and at most the page's own heading keeps the place. */
function isFocusFree() {
  return isFocusLost() || document.activeElement?.tagName === "H1";
}

export class AskDevice {
  #comingIn;
  #cards = { microphone: element("ask-microphone", HTMLElement), camera: element("ask-camera", HTMLElement) };

  /** @param {import("./coming_in.js").ComingIn} comingIn */
  constructor(comingIn) {
    this.#comingIn = comingIn;
  }

  connect() {
    for (const device of this.#devices()) {
      this.#button(device, "use").addEventListener("click", () => void this.#comingIn.open(device));
      this.#button(device, "skip").addEventListener("click", () => this.#comingIn.skip(device));
    }
  }

  /** Show the card whose turn it is; who pressed the one before goes on from its heading. */
  show() {
    for (const device of this.#devices()) {
      const card = this.#cards[device];
      const isAsked = this.#comingIn.asked === device;
      if (card.hidden === !isAsked) continue;
      card.hidden = !isAsked;
      if (isAsked && isFocusFree()) card.querySelector("h2")?.focus({ preventScroll: true });
    }
  }

  disconnect() {
    for (const device of this.#devices()) this.#cards[device].hidden = true;
  }

  #devices() {
    return /** @type {DeviceName[]} */ (Object.keys(this.#cards));
  }

  /**
   * @param {DeviceName} device
   * @param {"use" | "skip"} deed
   */
  #button(device, deed) {
    return /** @type {HTMLButtonElement} */ (this.#cards[device].querySelector(`[data-deed="${deed}"]`));
  }
}
