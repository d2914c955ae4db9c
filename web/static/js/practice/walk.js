// @ts-check
/** @file The walk with the practice adviser, from the first picture to the measures. Knows no page. */

import { EchoConnection } from "../precall/connection.js";
import { measure } from "../precall/measures.js";
import { ServerRefusal } from "../precall/server.js";
import { Sampler } from "./sampler.js";

/** @typedef {import("./types.js").Answers} Answers */
/** @typedef {import("./types.js").Measures} Measures */
/** @typedef {import("./types.js").Step} Step */
/** @typedef {import("./types.js").Press} Press */

const MEASURED_MS = 7000;
const LOOK_MS = 250;

/**
 * What the page does for the walk.
 * @typedef {object} Guide
 * @property {(stream: MediaStream) => void} greet shows the adviser
 * @property {(step: Step) => Promise<Press>} ask shows a step, and waits for the person
 * @property {(words: "muting" | "unmuting" | "measure") => void} say
 * @property {(isOff: boolean) => void} muted
 * @property {(done: number) => void} measuring takes 0 to 1
 * @property {(measures: Measures, answers: Answers) => Promise<void>} end is awaited while the media still flow
 */

export class Walk {
  #stream;
  #server;
  #guide;
  #testId = "";
  /** @type {Answers} */
  #answers = { greeting: null, page: null };
  /** @type {Press} */
  #last = "yes";

  /**
   * @param {MediaStream} stream
   * @param {import("./server.js").PracticeServer} server
   * @param {Guide} guide
   */
  constructor(stream, server, guide) {
    this.#stream = stream;
    this.#server = server;
    this.#guide = guide;
  }

  async run() {
    const connection = await this.#connection();
    const failure = this.#stream.getVideoTracks().length > 0 ? null : "no_camera";
    try {
      const isConnected = await connection.connect(this.#stream, { wantsPicture: true }).then(() => true, refusedOnly);
      const samples = isConnected ? await this.#steps(connection) : [];
      const found = { ...measure(samples), test_id: this.#testId || null, microphone_silent: false };
      await this.#guide.end({ ...found, failure: isConnected ? failure : "no_connection" }, this.#answers);
    } finally {
      connection.disconnect();
    }
  }

  async #connection() {
    const exchange = async (/** @type {string} */ sdp) => {
      const answer = await this.#server.offer(sdp);
      this.#testId = answer.id;
      return answer.sdp;
    };
    return new EchoConnection({ ice: await this.#server.ice(), exchange, onReturned: this.#guide.greet });
  }

  /** @param {EchoConnection} connection */
  async #steps(connection) {
    const sampler = new Sampler(() => connection.stats());
    try {
      this.#answers.greeting = await this.#seen("greeting");
      this.#answers.page = await this.#seen("page");
      await this.#mute();
      await this.#unmute();
      await this.#measured(sampler);
      await sampler.look();
    } finally {
      sampler.stop();
    }
    return sampler.samples;
  }

  /** @param {"greeting" | "page"} step */
  async #seen(step) {
    const press = await this.#asked(step);
    return press === "yes" ? true : press === "no" ? false : null;
  }

  async #mute() {
    if ((await this.#asked("mute")) !== "yes") return;
    this.#switchMicrophone(false);
    this.#guide.say("muting");
    await this.#server.listen(this.#testId, "silence");
  }

  /** Whoever skips this is not left muted. */
  async #unmute() {
    const press = await this.#asked("unmute");
    this.#switchMicrophone(true);
    if (press !== "yes") return;
    this.#guide.say("unmuting");
    await this.#server.listen(this.#testId, "sound");
  }

  /** @param {Sampler} sampler */
  async #measured(sampler) {
    this.#guide.say("measure");
    for (let done = 0; done < 1; ) {
      done = Math.min(1, sampler.elapsedMs / MEASURED_MS);
      this.#guide.measuring(done);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  /** @param {boolean} isOn */
  #switchMicrophone(isOn) {
    for (const track of this.#stream.getAudioTracks()) track.enabled = isOn;
    this.#guide.muted(!isOn);
  }

  /** @param {Step} step */
  async #asked(step) {
    if (this.#last !== "over") this.#last = await this.#guide.ask(step);
    return this.#last;
  }
}

/** @param {unknown} error */
function refusedOnly(error) {
  if (error instanceof ServerRefusal) throw error;
  return false;
}
