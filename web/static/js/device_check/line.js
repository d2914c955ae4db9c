// @ts-check
/** @file The line to our server and back, measured as the customers' connection test measures it. */

import { runTest } from "../precall/run.js";
import { ServerRefusal, TestServer } from "../precall/server.js";

export class LineCheck {
  /** @type {import("./types.js").State} */
  state = "waiting";
  /** What the server advises, in the reader's language; empty when nobody could say anything. */
  advice = "";
  #server;
  #changed;

  /**
   * @param {import("../precall/types.js").PageData} page
   * @param {(done: number) => void} changed takes how much is done, 0 to 1
   */
  constructor(page, changed) {
    this.#server = new TestServer(page);
    this.#changed = changed;
  }

  /** @param {MediaStream} stream is sent round for some seconds, and stays open */
  async measure(stream) {
    if (this.state === "running") return;
    this.#become("running", "");
    try {
      await runTest({
        stream,
        server: this.#server,
        onReturned: () => undefined,
        onProgress: (done) => this.#changed(done),
        onMeasured: async (measures) => {
          const { kind, advice } = await this.#server.judge(measures);
          this.#become(kind === "poor" ? "bad" : "good", advice);
        },
      });
    } catch (error) {
      this.#become("bad", error instanceof ServerRefusal ? error.message : "");
      if (!(error instanceof ServerRefusal)) throw error;
    }
  }

  /**
   * @param {import("./types.js").State} state
   * @param {string} advice
   */
  #become(state, advice) {
    this.state = state;
    this.advice = advice;
    this.#changed(state === "running" ? 0 : 1);
  }
}
