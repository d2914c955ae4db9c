// @ts-check

import { askLeave, notify } from "../bell/notice.js";
import { ring, SECONDS } from "../bell/tones.js";

/**
 * Sound and notices for arrivals. Browsers let a page sound, and ask for leave, only after somebody pressed something,
 * so the bell is off until it is switched on.
 */
export class Bell {
  #textOf;
  /** @type {AudioContext | null} */
  #context = null;

  /** @param {(id: string) => string} textOf what the notice of somebody says */
  constructor(textOf) {
    this.#textOf = textOf;
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
      notify(this.#textOf(id), id);
    }
  }
}
