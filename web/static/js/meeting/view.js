// @ts-check
/** @file What the page shows: which view, in which state, said in words. */

import { element, isFocusLost } from "./elements.js";
import { Help } from "./help.js";

/** @typedef {import("./types.js").Failure} Failure */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {"starting" | "waiting" | "table" | "over"} ViewName */
/** @typedef {"waiting" | "admitted" | "connected" | "reconnecting" | "ended"} State */

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
  #noPicture = this.#blank.querySelector("span")?.textContent ?? "";
  #isOff = false;
  #hasPicture = false;
  #press = element("press-to-play", HTMLElement);
  #help;
  #announcer = element("announcer", HTMLElement);

  /** @param {Words} words */
  constructor(words) {
    this.#words = words;
    this.#help = new Help(element("meeting-failure", HTMLElement), words);
  }

  /** @param {ViewName} name */
  show(name) {
    if (this.#root.dataset["view"] === name) return;
    this.#root.dataset["view"] = name;
    if (name !== "starting") document.documentElement.dataset["view"] = name; // style would look for it in all that changes
    for (const part of this.#root.querySelectorAll("[data-when]")) {
      if (part instanceof HTMLElement) part.hidden = !part.dataset["when"]?.split(" ").includes(name);
    }
    if (name === "waiting") this.#head(this.#words.say("waiting"));
    if (name === "table") this.#head(this.#words.say("admitted"));
    if (name === "table") this.announce(this.#words.say("let_you_in"));
    if (name !== "starting") this.keepFocus();
  }

  /**
   * As what one sits at the table: what the adviser alone may do is shown to the adviser alone.
   * @param {import("./types.js").Role} role
   */
  seat(role) {
    this.#root.dataset["seat"] = role;
  }

  /**
   * The tab tells what the heading does: who looks for it among others must not be told to wait.
   * @param {string} heading
   */
  #head(heading) {
    this.#title.textContent = heading;
    document.title = [heading, ...document.title.split(" – ").slice(1)].join(" – ");
  }

  /**
   * What was pressed may be gone: whoever has no mouse goes on from the heading, not from the page's end.
   * The page is asked where everything lies only when it is laid out anyway.
   */
  keepFocus() {
    requestAnimationFrame(() => {
      if (isFocusLost()) this.#title.focus({ preventScroll: true });
    });
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
    if (name) return;
    this.#press.hidden = true;
    this.picture(null);
  }

  /**
   * Show oneself. A stream without a picture would hold up the page's load event for ever.
   * @param {MediaStream | null} stream
   */
  mirror(stream) {
    if (this.#self.srcObject !== stream) this.#self.srcObject = stream;
    if (stream) void this.#self.play().catch(() => undefined); // one sees oneself a moment later
  }

  /** @param {MediaStream | null} stream */
  picture(stream) {
    if (this.#remote.srcObject !== stream) this.#remote.srcObject = stream;
    if (stream) void this.#play();
    this.#hasPicture = !!stream;
    this.#cover();
  }

  /** Before a first press some browsers play nothing: they are told so, and the press plays it. */
  async #play() {
    try {
      await this.#remote.play();
      this.#press.hidden = true;
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== "NotAllowedError") return; // a younger stream has come
      this.#press.hidden = false;
      for (const deed of ["pointerup", "keyup"]) addEventListener(deed, () => void this.#play(), { once: true });
    }
  }

  /**
   * @param {boolean} isOff the other side's camera
   * @param {string} [chosen] said where they chose to be without a picture, which is nothing to worry about
   */
  blank(isOff, chosen) {
    const said = this.#blank.querySelector("span");
    const text = chosen || this.#noPicture;
    if (said && said.textContent !== text) said.textContent = text;
    this.#isOff = isOff;
    this.#cover();
  }

  /** A stream that comes anew says nothing of whether pictures come in it. */
  #cover() {
    this.#blank.classList.toggle("meeting__blank--shown", this.#isOff || !this.#hasPicture);
  }

  /**
   * @param {Failure | null} failure
   * @param {{canTryAgain: boolean, canSkip: boolean}} [can]
   */
  failure(failure, { canTryAgain, canSkip } = { canTryAgain: false, canSkip: false }) {
    this.#help.show(failure);
    element("devices-again", HTMLButtonElement).hidden = !canTryAgain;
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
}
