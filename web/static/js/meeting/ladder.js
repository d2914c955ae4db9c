// @ts-check
/**
 * @file How much of picture and sound the way to the other side carries, told from samples of it. It knows nothing else.
 *
 * Down goes soon, up goes late and a rung at a time, and later still after a fall: nobody's picture comes and goes. Loss alone is no reason to go down, since redundant sound is made for it; too little room is.
 */

/** @typedef {"picture" | "small" | "sound" | "voice"} Rung what is sent: `sound` is sound alone as good as ever, `voice` less of it */
/** @typedef {"text" | "phone" | null} Silence what is left while nothing at all comes */
/**
 * @typedef {object} Sample
 * @property {number} at in milliseconds
 * @property {number | null} room what the browser thinks the way carries, in bits a second; null: it does not say
 * @property {number} loss the share that did not arrive of our sound or of our picture, whichever is more
 * @property {number} delay there and back, in seconds; 0: not known
 * @property {boolean} comes whether anything came in since the sample before
 */

/** @type {Rung[]} from the highest to the lowest */
const RUNGS = ["picture", "small", "sound", "voice"];
/**
 * In bits a second: with less room than the first a rung is left, with more than the second it is entered from below.
 * Sound takes about 80,000 and is the trial whether there is room for more: at worst a part of it is lost, and that
 * part is there twice (RED).
 * @type {Record<Rung, [leave: number, enter: number]>}
 */
const NEEDS = { picture: [220_000, 260_000], small: [100_000, 115_000], sound: [70_000, 0], voice: [0, 0] };
/** Queues that fill, and what falls out of them: little room alone may be loss on a wide way, and takes no picture away. */
const FULL = { delay: 0.3, slight: 0.08, loss: 0.35 };
/** What was sent too much is under way still: nothing is tried before it has come through. */
const DRAINED = 0.2;
const FORGETTING = 0.01;
const DOWN_AFTER_MS = 1_500;
const UP_AFTER_MS = 4_000;
const AFTER_FALL_MS = 8_000;
/** One that has held for so long is trusted again. */
const HELD_MS = 30_000;
const TEXT_AFTER_MS = 8_000;
const PHONE_AFTER_MS = 30_000;

export class Ladder {
  /** @type {Rung} */
  rung = "picture";
  /** @type {Silence} */
  silence = null;
  #patience = UP_AFTER_MS;
  #leastDelay = Infinity;
  #fellAt = -Infinity;
  /** @type {number | null} since when the rung does not hold */
  #badSince = null;
  /** @type {number | null} since when it does */
  #goodSince = null;
  /** @type {number | null} */
  #cameAt = null;

  /** @param {Sample} sample */
  take(sample) {
    this.#listen(sample);
    if (!sample.comes) return;
    this.#compare(sample.delay);
    const isBad = this.#isTooNarrow(sample);
    this.#badSince = isBad ? (this.#badSince ?? sample.at) : null;
    this.#goodSince = isBad ? null : (this.#goodSince ?? sample.at);
    if (sample.at - this.#fellAt > HELD_MS) this.#patience = UP_AFTER_MS;
    if (isBad) this.#down(sample);
    else this.#up(sample);
  }

  /**
   * The least delay is what the way takes when it is empty; it is forgotten slowly, since the way may be another by now.
   * @param {number} delay
   */
  #compare(delay) {
    if (!delay) return;
    const isLess = delay < this.#leastDelay;
    this.#leastDelay = isLess ? delay : this.#leastDelay + (delay - this.#leastDelay) * FORGETTING;
  }

  /** @param {Sample} sample */
  #listen({ at, comes }) {
    if (comes || this.#cameAt === null) this.#cameAt = at;
    const since = at - this.#cameAt;
    this.silence = since >= PHONE_AFTER_MS ? "phone" : since >= TEXT_AFTER_MS ? "text" : null;
  }

  /** @param {Sample} sample */
  #isTooNarrow({ room, delay, loss }) {
    if (this.rung === "voice") return false;
    if (room === null) return loss > FULL.slight && delay > this.#leastDelay + FULL.delay;
    return room < NEEDS[this.rung][0] && (this.rung !== "small" || this.#isFull(delay, loss));
  }

  /**
   * @param {number} delay
   * @param {number} loss
   */
  #isFull(delay, loss) {
    return delay > this.#leastDelay + FULL.delay || loss > FULL.loss;
  }

  /** @param {Sample} sample */
  #down({ at, room, delay, loss }) {
    if (this.#badSince === null || at - this.#badSince < DOWN_AFTER_MS) return;
    this.#patience = AFTER_FALL_MS;
    this.#fellAt = at;
    const holdsNone = (room ?? Infinity) < NEEDS.small[0] && this.#isFull(delay, loss);
    const isSmallEnough = this.rung === "picture" && !holdsNone;
    this.#stand(isSmallEnough ? "small" : "voice");
  }

  /** @param {Sample} sample */
  #up({ at, room, delay }) {
    const next = RUNGS[RUNGS.indexOf(this.rung) - 1];
    if (!next || this.#goodSince === null || at - this.#goodSince < this.#patience) return;
    if (delay > this.#leastDelay + DRAINED || (room ?? Infinity) < NEEDS[next][1]) return;
    this.#stand(next);
  }

  /** @param {Rung} rung */
  #stand(rung) {
    this.rung = rung;
    this.#badSince = null;
    this.#goodSince = null;
  }
}
