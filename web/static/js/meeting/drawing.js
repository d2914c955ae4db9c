// @ts-check
/**
 * @file When the page is drawn anew: soon after what has changed, but not while a connection is being made.
 *
 * That takes all that a small machine has: laid out beside it, the page costs a tenth of the time to the first picture.
 */

/** Nobody sees so little, and a connection is made of many small steps, each of which changes something. */
const SOON_MS = 150;
/** Where no connection comes about, one reads so much later that somebody is there. */
const LATEST_MS = 500;

export class Drawing {
  #draw;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** Since when something is to be drawn; 0: nothing is. */
  #since = 0;
  #notBefore = 0;

  /** @param {() => void} draw */
  constructor(draw) {
    this.#draw = draw;
  }

  soon() {
    this.#since ||= performance.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#now(), Math.max(this.#since + SOON_MS, this.#notBefore) - performance.now());
  }

  /** A connection is being made. */
  giveWay() {
    this.#notBefore = performance.now() + LATEST_MS;
  }

  /** It stands: what has waited is drawn at once, and lies there when the first picture comes. */
  goOn() {
    if (!this.#notBefore) return;
    this.#notBefore = 0;
    this.#since &&= -Infinity;
    if (this.#since) this.soon();
  }

  disconnect() {
    clearTimeout(this.#timer);
    this.#since = 0;
  }

  #now() {
    this.disconnect();
    this.#draw();
  }
}
