// @ts-check
/** @file How long it takes, in words, for one who waits: by their time and by those before them. */

/** @typedef {import("./words.js").Words} Words */

const EVERY_MS = 15_000;
/** Until so long after one's time nobody is late: the adviser is on the way. */
const ON_TIME_MS = 2 * 60_000;

export class HowLong {
  #root;
  #words;
  /** Not known yet: nobody is told how long it takes before they wait. */
  #place = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;

  /**
   * @param {HTMLElement} root which bears the time of the appointment
   * @param {Words} words
   */
  constructor(root, words) {
    this.#root = root;
    this.#words = words;
  }

  connect() {
    this.#ticking = setInterval(() => this.#draw(), EVERY_MS);
  }

  disconnect() {
    clearInterval(this.#ticking);
  }

  /** @param {number} place */
  show(place) {
    this.#place = place;
    this.#draw();
  }

  #draw() {
    if (!this.#place) return;
    const start = this.#root.dataset["start"] ?? "";
    const text = this.#words.say(...this.#said(Date.parse(start) - this.#words.now(), start));
    if (this.#root.textContent !== text) this.#root.textContent = text;
  }

  /**
   * @param {number} ahead milliseconds until one's time
   * @param {string} start
   * @returns {[string, Record<string, string>?]}
   */
  #said(ahead, start) {
    const time = this.#words.time(start);
    if (ahead > 60_000) return ["how_long_ahead", { time, length: this.#words.length(Math.ceil(ahead / 60_000), "minute_long") }];
    if (ahead > -ON_TIME_MS) return [this.#place === 1 ? "how_long_now" : "how_long_behind"];
    return ["how_long_after", { time }];
  }
}
