// @ts-check
/**
 * @file The gate between camera and peer connection: its own track is the only one that leaves.
 *
 * It shows the neutral picture until the filter has proved itself, and again whenever that proof is over. A picture of
 * the camera reaches the track by `Compositor.compose` alone, after `gate_state.js` has said that it may.
 */

import { canvas, sized } from "./canvases.js";
import { Compositor } from "./compositor.js";
import { after, begun, isProven, LIMITS, runs } from "./gate_state.js";
import { drawNeutral } from "./neutral.js";
import { output } from "./output.js";

/** @typedef {import("./gate_state.js").GateState} GateState */
/** @typedef {import("./gate_state.js").GateEvent} GateEvent */
/** @typedef {import("./gate_state.js").Wish} Wish */
/**
 * Tells a person from their room, and is new for each try. It may throw, hang, lie and crash.
 * @typedef {{mask: (frame: HTMLCanvasElement) => Promise<CanvasImageSource | null>, close: () => void}} Filter
 */

const EVERY_MS = 33;
/** Nothing moves in it; whoever joins gets one soon. */
const NEUTRAL_EVERY_MS = 100;

export class Gate {
  #output = output();
  #makeFilter;
  #changed;
  #limits;
  #state;
  #compositor = new Compositor();
  #video = document.createElement("video");
  #frame = canvas(640, 480);
  #plain = canvas(640, 480);
  /** @type {Promise<Filter> | null} */
  #filter = null;
  /** @type {MediaStreamTrack | null} */
  #camera = null;
  #plainAt = -NEUTRAL_EVERY_MS;
  #timer = 0;
  #listening = new AbortController();

  /**
   * @param {Wish} wish
   * @param {() => Promise<Filter>} makeFilter
   * @param {(state: GateState, isProven: boolean) => void} changed
   * @param {import("./gate_state.js").Limits} [limits]
   */
  constructor(wish, makeFilter, changed, limits = LIMITS) {
    this.#makeFilter = makeFilter;
    this.#changed = changed;
    this.#limits = limits;
    this.#state = begun(wish);
    this.#video.muted = true;
    this.#video.playsInline = true;
    document.addEventListener("visibilitychange", () => this.#look(), { signal: this.#listening.signal });
    this.#look();
    this.#timer = setInterval(() => this.#turn(), EVERY_MS);
  }

  /** What leaves: the same track as long as the gate stands. */
  get track() {
    return this.#output.track;
  }

  get state() {
    return this.#state;
  }

  /** @param {Wish} wish */
  wish(wish) {
    this.#happened({ type: "wish", wish });
  }

  /** Take another camera, or none; the proof of the one before says nothing of it. @param {MediaStreamTrack | null} camera */
  source(camera) {
    for (const event of ["mute", "unmute", "ended"]) {
      this.#camera?.removeEventListener(event, this.renew);
      camera?.addEventListener(event, this.renew);
    }
    this.#camera = camera;
    this.#video.srcObject = camera && new MediaStream([camera]);
    if (camera) void this.#video.play().catch(() => undefined); // without a picture it stays neutral
    this.renew();
  }

  /** Something has come between: prove anew. */
  renew = () => this.#happened({ type: "source" });

  disconnect() {
    clearInterval(this.#timer);
    this.#listening.abort();
    this.source(null);
    this.#drop();
    this.#output.close();
  }

  #look() {
    this.#happened({ type: document.visibilityState === "hidden" ? "hidden" : "visible" });
  }

  /** @param {GateEvent} event */
  #happened(event) {
    const before = this.#state;
    const was = isProven(before, this.#limits);
    this.#state = after(before, event, this.#limits);
    const is = isProven(this.#state, this.#limits);
    if (this.#state.crashes > before.crashes || this.#state.ended) this.#drop();
    if (was && !is) this.#showNeutral();
    if (was !== is || before.ended !== this.#state.ended || event.type === "wish") this.#changed(this.#state, is);
  }

  #turn() {
    const now = performance.now();
    this.#happened({ type: "tick", at: now });
    const isReady = runs(this.#state) && this.#camera?.readyState === "live" && this.#video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
    if (isReady && this.#state.askedAt === null) void this.#ask(now);
    if (!isProven(this.#state, this.#limits) && now - this.#plainAt >= NEUTRAL_EVERY_MS) this.#showNeutral();
  }

  /** Have this moment's picture filtered; an answer that comes after the round is over is let fall. @param {number} began */
  async #ask(began) {
    const { round } = this.#state;
    this.#happened({ type: "asked", at: began });
    sized(this.#frame, this.#video.videoWidth, this.#video.videoHeight);
    this.#frame.drawImage(this.#video, 0, 0);
    try {
      this.#filter ??= this.#makeFilter();
      const filter = await this.#filter;
      const from = performance.now();
      const mask = await filter.mask(this.#frame.canvas);
      if (round === this.#state.round) this.#answered(round, mask, from);
    } catch {
      if (round === this.#state.round) this.#happened({ type: "crash" });
    }
  }

  /**
   * @param {number} round
   * @param {CanvasImageSource | null} mask
   * @param {number} from
   */
  #answered(round, mask, from) {
    const isPlausible = mask !== null && this.#compositor.isPlausible(mask);
    const picture = isPlausible ? this.#compositor.compose(this.#frame.canvas, mask) : null;
    this.#happened({ type: "answer", round, took: performance.now() - from, isPlausible });
    if (picture && isProven(this.#state, this.#limits)) this.#output.show(picture);
  }

  #showNeutral() {
    this.#plainAt = performance.now();
    sized(this.#plain, this.#video.videoWidth || 640, this.#video.videoHeight || 480);
    drawNeutral(this.#plain);
    this.#output.show(this.#plain.canvas);
  }

  #drop() {
    void this.#filter?.then((filter) => filter.close()).catch(() => undefined); // it has crashed: there is nothing to close
    this.#filter = null;
  }
}
