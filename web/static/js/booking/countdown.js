// @ts-check

/** Minutes at which the time that is left is said aloud, with the name of the words. */
const SPOKEN = new Map([
  [300, "five"],
  [60, "one"],
  [0, "over"],
]);

/** Shows how long the time is kept still, and says it at five minutes, at one, and at the end. */
export class Countdown {
  #box;
  #words;
  #until = 0;
  #before = Infinity;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;

  /**
   * @param {HTMLElement} box
   * @param {Record<string, string>} words
   */
  constructor(box, words) {
    this.#box = box;
    this.#words = words;
  }

  /** @param {number} seconds */
  startAt(seconds) {
    this.#until = Date.now() + seconds * 1000;
    this.#before = Math.max(seconds, 1);
    clearInterval(this.#ticking);
    this.#ticking = setInterval(() => this.#tick(), 250);
    this.#tick();
  }

  #tick() {
    const left = Math.max(0, Math.ceil((this.#until - Date.now()) / 1000));
    for (const [moment, name] of SPOKEN) {
      if (left <= moment && moment < this.#before) this.#say(this.#words[name] ?? "");
    }
    this.#before = Math.min(this.#before, left);
    this.#show(left);
    if (left === 0) clearInterval(this.#ticking);
  }

  /** @param {number} left */
  #show(left) {
    const clock = this.#part("#hold-left");
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    this.#part("#hold-clock").hidden = false;
    const state = left > 0 ? "kept" : "over";
    this.#box.dataset.state = state;
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (this.#box.querySelectorAll("[data-when]"))) {
      part.hidden = part.dataset.when !== state;
    }
  }

  /** @param {string} text */
  #say(text) {
    this.#part("#hold-news").textContent = text;
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#box.querySelector(selector));
  }
}
