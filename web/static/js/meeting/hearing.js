// @ts-check
/** @file Whether the microphone is heard: a bar that moves, and word when nothing at all comes in. */

import { MicrophoneMeter } from "../precall/microphone.js";

/** The meter's sound engine takes its time to start, and must not take it from a connection that is being made. */
const BUSY_MS = 1_500;
/** No room is so quiet for so long: the microphone is switched off somewhere. */
const SILENT_AFTER_MS = 1_500;

export class Hearing {
  /** @type {"unknown" | "heard" | "silent"} */
  state = "unknown";
  #devices;
  #level;
  #changed;
  #meter = new MicrophoneMeter((loudness) => this.#hear(loudness));
  /** @type {MediaStreamTrack | null} */
  #track = null;
  #quietSince = 0;
  #later = 0;

  /**
   * @param {import("./devices.js").Devices} devices
   * @param {HTMLMeterElement} level
   * @param {(state: "unknown" | "heard" | "silent") => void} changed
   */
  constructor(devices, level, changed) {
    this.#devices = devices;
    this.#level = level;
    this.#changed = changed;
  }

  /**
   * Listen to the microphone that is open now.
   * @param {boolean} isBusy whether a connection to the other side may be on its way
   */
  follow(isBusy) {
    const track = this.#devices.audio;
    if (track === this.#track) return;
    this.#track = track;
    this.#quietSince = 0;
    this.#meter.disconnect();
    this.#become("unknown");
    clearTimeout(this.#later);
    if (track) this.#later = setTimeout(() => this.#listen(), isBusy ? BUSY_MS : 0);
  }

  /** No connection is on its way after all. */
  hurry() {
    clearTimeout(this.#later);
    if (this.#later) this.#listen();
  }

  disconnect() {
    clearTimeout(this.#later);
    this.#meter.disconnect();
  }

  #listen() {
    this.#later = 0;
    if (this.#track?.readyState === "live") this.#meter.connect(new MediaStream([this.#track]));
  }

  /** @param {number} loudness */
  #hear(loudness) {
    const isOn = this.#track?.enabled ?? false;
    this.#level.value = isOn ? loudness : 0;
    if (loudness > 0) this.#become("heard");
    if (loudness > 0 || !isOn || !this.#meter.isRunning) this.#quietSince = 0;
    else if (!this.#quietSince) this.#quietSince = performance.now();
    else if (performance.now() - this.#quietSince > SILENT_AFTER_MS) this.#become("silent");
  }

  /** @param {"unknown" | "heard" | "silent"} state */
  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.#changed(state);
  }
}
