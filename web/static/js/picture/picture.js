// @ts-check
/** @file What of a camera leaves this device: the camera's own track, or that of a gate, which is loaded when it is wanted. */

import { choiceOf, keepChoice, keptChoice } from "./choice.js";

/** @typedef {import("./choice.js").Choice} Choice */
/** @typedef {import("./choice.js").Allowed} Allowed */
/** @typedef {import("./gate.js").Gate} Gate */
/** @typedef {"" | "proving" | "slow" | "failed"} Why the neutral picture is shown, though nobody chose it */

export class Picture {
  /** @type {Choice} */
  choice;
  /** @type {Why} */
  why = "";
  #allowed;
  #changed;
  /** @type {Gate | null} */
  #gate = null;
  /** @type {Promise<[typeof import("./gate.js"), typeof import("./model.js")]> | null} */
  #code = null;

  /**
   * @param {Allowed} allowed
   * @param {(why: Why) => void} changed
   */
  constructor(allowed, changed) {
    this.#allowed = allowed;
    this.#changed = changed;
    this.choice = choiceOf(keptChoice(), allowed);
    if (this.choice !== "bare") void this.#load().catch(() => undefined); // told to whoever needs it
  }

  /** Whether a camera goes as it is. */
  get isBare() {
    return this.choice === "bare";
  }

  /** @param {Choice} wanted */
  choose(wanted) {
    this.choice = choiceOf(wanted, this.#allowed);
    keepChoice(this.choice);
    if (this.choice !== "bare") this.#gate?.wish(this.choice);
  }

  /**
   * Return what leaves in a camera's stead. Raises where the code does not load: then nothing leaves.
   * @param {MediaStreamTrack} camera
   * @returns {Promise<MediaStreamTrack>}
   */
  async through(camera) {
    const [{ Gate }, { model }] = await this.#load();
    this.#gate ??= new Gate(this.choice === "neutral" ? "neutral" : "blur", model, (state, isProven) =>
      this.#say(state.ended || (state.wish === "blur" && !isProven ? "proving" : "")),
    );
    this.#gate.source(camera);
    return this.#gate.track;
  }

  /** The camera was off, and is on again. */
  renew() {
    this.#gate?.renew();
  }

  /** The camera is gone; the next one is proved anew. */
  lost() {
    this.#gate?.source(null);
  }

  disconnect() {
    this.#gate?.disconnect();
    this.#gate = null;
    this.#say("");
  }

  /** @param {Why} why */
  #say(why) {
    if (why === this.why) return;
    this.why = why;
    this.#changed(why);
  }

  #load() {
    return (this.#code ??= Promise.all([import("./gate.js"), import("./model.js")]));
  }
}
