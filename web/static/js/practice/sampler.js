// @ts-check
/** @file Looks at a connection's counters twice a second, while the person does something else. */

import { sample } from "../precall/measures.js";

const SAMPLE_MS = 500;
const SETTLING_MS = 1000; // the first second has the key frame and the bandwidth estimate still rising

export class Sampler {
  /** @type {import("../precall/measures.js").Sample[]} */
  samples = [];
  #began = performance.now();
  #timer = 0;
  #stats;

  /** @param {() => Promise<RTCStatsReport>} stats */
  constructor(stats) {
    this.#stats = stats;
    this.#timer = setInterval(() => void this.look(), SAMPLE_MS);
  }

  get elapsedMs() {
    return performance.now() - this.#began;
  }

  async look() {
    if (this.elapsedMs < SETTLING_MS) return;
    const report = await this.#stats().catch(() => null); // one sample less
    if (report) this.samples.push(sample(report, performance.now()));
  }

  stop() {
    clearInterval(this.#timer);
  }
}
