// @ts-check

import { askLeave, notify } from "../bell/notice.js";
import { ring, SECONDS } from "../bell/tones.js";

/**
 * Sound and notices for arrivals. Browsers let a page sound, and ask for leave, only after somebody pressed something,
 * so the bell is off until it is switched on.
 */
export class Bell {
  #text;
  /** @type {AudioContext | null} */
  #context = null;

  /** @param {string} text what a notice says */
  constructor(text) {
    this.#text = text;
  }

  /** Switch the bell on, inside the handler of a click, and let it be heard once. */
  switchOn() {
    this.#context = new AudioContext();
    ring(this.#context);
    void askLeave();
  }

  switchOff() {
    void this.#context?.close();
    this.#context = null;
  }

  /**
   * Ring for each who has come, one after the other.
   * @param {string[]} ids
   */
  ring(ids) {
    if (!this.#context) return;
    for (const [index, id] of ids.entries()) {
      ring(this.#context, index * SECONDS);
      notify(this.#text, id);
    }
  }
}
