// @ts-check
/** @file Where the line to the meeting does not open, the adviser is told over HTTP, and speaks to the page that way. */

import { element } from "../meeting/elements.js";
import { sayAside } from "./aside.js";
import { showAside } from "./show_aside.js";

const GRACE_MS = 1_000;
const EVERY_MS = 3_000;

export class NoLine {
  #page;
  #arrival;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #isOpen = true;

  /**
   * @param {{arrival: string, csrf: string}} page
   * @param {() => object} arrival how somebody comes in, as far as the page knows
   */
  constructor(page, arrival) {
    this.#page = page;
    this.#arrival = arrival;
  }

  /** @param {boolean} isOpen whether what is to be said goes over the line */
  line(isOpen) {
    if (isOpen === this.#isOpen) return;
    this.#isOpen = isOpen;
    clearTimeout(this.#timer);
    if (!isOpen) this.#timer = setTimeout(() => void this.#say(), GRACE_MS);
  }

  async #say() {
    const arrival = { ...this.#arrival(), failure: "server_unreachable" };
    const told = await sayAside(this.#page.arrival, this.#page.csrf, "waiting_room", arrival);
    if (this.#isOpen) return;
    if (told) showAside(element("told-said", HTMLElement), element("told-help", HTMLElement), told);
    this.#timer = setTimeout(() => void this.#say(), EVERY_MS);
  }
}
