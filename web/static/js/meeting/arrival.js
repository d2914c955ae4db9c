// @ts-check
/** @file Tells the advisers how this customer is coming in: step, devices, what fails. Words of closed lists alone. */

/** @typedef {import("./types.js").Arrival} Arrival */
/** @typedef {import("./types.js").Device} Device */

/** The server takes four a second; the last one always gets there. */
const EVERY_MS = 250;

export class ArrivalTeller {
  #send;
  /** @type {Arrival} */
  #arrival;
  #said = "";
  #saidAt = -EVERY_MS;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  /** @param {(arrival: Arrival) => void} send */
  constructor(send) {
    this.#send = send;
    this.#arrival = { step: "opened", microphone: "unknown", camera: "unknown", device: deviceOf(navigator), failure: null };
  }

  get now() {
    return this.#arrival;
  }

  /** @param {Partial<Arrival>} changed */
  tell(changed) {
    this.#arrival = { ...this.#arrival, ...changed };
    this.#later ??= setTimeout(() => this.#say(), Math.max(0, this.#saidAt + EVERY_MS - performance.now()));
  }

  /** Say it anew: the line has come back, and what was said last may have been lost with it. */
  again() {
    this.#said = "";
    this.tell({});
  }

  disconnect() {
    clearTimeout(this.#later);
  }

  #say() {
    this.#later = undefined;
    const text = JSON.stringify(this.#arrival);
    if (text === this.#said) return;
    this.#said = text;
    this.#saidAt = performance.now();
    this.#send(this.#arrival);
  }
}

/**
 * Guess at a device from what its browser calls itself; nothing finer than what help needs.
 * @param {{userAgent: string, maxTouchPoints: number}} browser
 * @returns {Device}
 */
export function deviceOf({ userAgent, maxTouchPoints }) {
  const system = first(SYSTEMS, userAgent);
  const isIPad = system === "macos" && maxTouchPoints > 1; // which says that it is a Mac
  return {
    kind: isIPad || /iPad|Tablet|Android(?!.*Mobile)/.test(userAgent) ? "tablet" : /Mobi/.test(userAgent) ? "phone" : system === "unknown" ? "unknown" : "computer",
    system: isIPad ? "ios" : system,
    browser: first(BROWSERS, userAgent),
  };
}

/** @type {[RegExp, Device["system"]][]} the first that fits: some name others, too */
const SYSTEMS = [
  [/iPhone|iPad|iPod/, "ios"],
  [/Android/, "android"],
  [/CrOS/, "chromeos"],
  [/Windows/, "windows"],
  [/Macintosh/, "macos"],
  [/Linux/, "linux"],
];
/** @type {[RegExp, Device["browser"]][]} */
const BROWSERS = [
  [/FBA[NV]|Instagram|Line\/|; wv\)|GSA\//, "in_app"],
  [/SamsungBrowser/, "samsung"],
  [/Edg(e|A|iOS)?\//, "edge"],
  [/Firefox|FxiOS/, "firefox"],
  [/Chrome|CriOS|Chromium/, "chrome"],
  [/Safari/, "safari"],
];

/**
 * @template {string} T
 * @param {[RegExp, T][]} known
 * @param {string} text
 * @returns {T | "unknown"}
 */
function first(known, text) {
  return known.find(([pattern]) => pattern.test(text))?.[1] ?? "unknown";
}
