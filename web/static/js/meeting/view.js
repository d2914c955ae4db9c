// @ts-check
/** @file What the page shows: which view, in which state, said in words. */

import { element } from "./elements.js";

/** @typedef {import("./types.js").Failure} Failure */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {"starting" | "waiting" | "table" | "over"} ViewName */
/** @typedef {"waiting" | "admitted" | "connected" | "reconnecting" | "ended"} State */

const WITH_DEVICE_BUTTONS = new Set(["devices_denied", "devices_missing", "devices_in_use", "devices_failed"]);

export class View {
  #self = element("self", HTMLVideoElement);
  #remote = element("remote", HTMLVideoElement);
  #words;
  #root = element("meeting", HTMLElement);
  #main = element("main", HTMLElement);
  #title = element("meeting-title", HTMLElement);
  #status = element("meeting-status", HTMLElement);
  #peer = element("meeting-peer", HTMLElement);
  #blank = element("meeting-blank", HTMLElement);
  #failure = element("meeting-failure", HTMLElement);
  #announcer = element("announcer", HTMLElement);

  /** @param {Words} words */
  constructor(words) {
    this.#words = words;
  }

  /** @param {ViewName} name */
  show(name) {
    if (this.#root.dataset["view"] === name) return;
    this.#root.dataset["view"] = name;
    for (const part of this.#root.querySelectorAll("[data-when]")) {
      if (part instanceof HTMLElement) part.hidden = !part.dataset["when"]?.split(" ").includes(name);
    }
    if (name === "waiting") this.#head(this.#words.say("waiting"));
    if (name === "table") this.#head(this.#words.say("admitted"));
    if (name === "table") this.announce(this.#words.say("let_you_in"));
    if (name !== "starting") this.keepFocus();
  }

  /**
   * The tab tells what the heading does: who looks for it among others must not be told to wait.
   * @param {string} heading
   */
  #head(heading) {
    this.#title.textContent = heading;
    document.title = [heading, ...document.title.split(" – ").slice(1)].join(" – ");
  }

  /** What was pressed may be gone: whoever has no mouse goes on from the heading, not from the page's end. */
  keepFocus() {
    const at = document.activeElement;
    const isLost = !at || at === document.body || at.getClientRects().length === 0;
    if (isLost) this.#title.focus({ preventScroll: true });
  }

  /** @param {State} state */
  state(state) {
    this.#main.dataset["state"] = state;
  }

  /** @param {string} text */
  status(text) {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  /** @param {string} text */
  announce(text) {
    this.#announcer.textContent = text;
  }

  /**
   * @param {string} name empty when nobody is there
   */
  peer(name) {
    this.#peer.textContent = name;
    this.#peer.hidden = !name;
    if (!name) this.picture(null);
  }

  /**
   * Show oneself. A stream without a picture would hold up the page's load event for ever.
   * @param {MediaStream | null} stream
   */
  mirror(stream) {
    if (this.#self.srcObject !== stream) this.#self.srcObject = stream;
    if (stream) void this.#self.play().catch(() => undefined);
  }

  /** @param {MediaStream | null} stream */
  picture(stream) {
    if (this.#remote.srcObject !== stream) this.#remote.srcObject = stream;
    if (stream) void this.#remote.play().catch(() => undefined); // before a first click some browsers wait
    this.#blank.classList.toggle("meeting__blank--shown", !stream);
  }

  /** @param {boolean} isOff the other side's camera */
  blank(isOff) {
    this.#blank.classList.toggle("meeting__blank--shown", isOff);
  }

  /**
   * @param {Failure | null} failure
   * @param {boolean} [canSkip]
   */
  failure(failure, canSkip = false) {
    this.#failure.hidden = failure === null;
    if (failure === null) return;
    const { text, help } = this.#words.failure(failure);
    this.#part(".meeting__failure-text").textContent = text;
    this.#part(".meeting__failure-help").textContent = help;
    this.#failure.dataset["failure"] = failure;
    this.#part(".actions").hidden = !WITH_DEVICE_BUTTONS.has(failure);
    element("devices-skip", HTMLButtonElement).hidden = !canSkip;
  }

  /**
   * @param {string} title
   * @param {string} help
   * @param {boolean} canComeAgain
   */
  over(title, help, canComeAgain) {
    this.show("over");
    this.state("ended");
    this.failure(null);
    this.status("");
    this.peer("");
    this.#head(title);
    element("over-help", HTMLElement).textContent = help;
    element("again", HTMLButtonElement).hidden = !canComeAgain;
    this.#title.focus();
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#failure.querySelector(selector));
  }
}
