// @ts-check
/** @file A screen of the staff: sharing one's own, seeing another's. One is shared at a time; the server says whose. */

import { element } from "./elements.js";
import { canShareScreen, openScreen } from "./screen.js";
import { ScreenView } from "./screen_view.js";

/** @typedef {import("./types.js").FromServer} FromServer */
/** @typedef {import("./meeting.js").Meeting} Meeting */

/** @type {Set<import("./types.js").Role>} */
const MAY_SHARE = new Set(["adviser", "colleague"]);

export class Sharing {
  #meeting;
  #words;
  #view;
  #said = element("screen-said", HTMLElement);
  #share = document.getElementById("share");
  #notice = document.getElementById("sharing");
  #listening = new AbortController();
  /** @type {string | null} who shares a screen, as the server says */
  #sharer = null;
  /** @type {MediaStreamTrack | null} */
  #own = null;
  /** Whether the server knows of our own: until then, what it says is of one before. */
  #isTold = false;
  #isChoosing = false;
  /** By whom a screen was seen last. */
  #seenOf = "";

  /**
   * @param {Meeting} meeting
   * @param {import("./words.js").Words} words
   * @param {() => void} changed
   */
  constructor(meeting, words, changed) {
    this.#meeting = meeting;
    this.#words = words;
    this.#view = new ScreenView(changed);
  }

  connect() {
    const { signal } = this.#listening;
    this.#view.connect();
    this.#button?.addEventListener("click", () => void this.#begin(), { signal });
    this.#stop?.addEventListener("click", () => this.stop(), { signal });
  }

  disconnect() {
    this.#end();
    this.#sharer = null;
    this.#listening.abort();
    this.draw();
    this.#view.disconnect();
  }

  /** Whose screen gets through. */
  get flows() {
    return { own: this.#own !== null, other: this.#view.flows };
  }

  /** @param {FromServer} message after it has been acted on */
  heard(message) {
    if (message.type === "waiting") this.#sharer = null;
    if (message.type === "admitted") this.#enter(message.screen);
    if (message.type === "peer") this.#show();
    if (message.type === "screen") this.#told(message);
  }

  stop() {
    if (!this.#own) return;
    const hadFocus = document.activeElement === this.#stop;
    this.#end();
    this.#meeting.send({ type: "screen", on: false });
    this.#say(this.#words.say("sharing_over"));
    this.draw();
    if (hadFocus) this.#button?.focus();
  }

  draw() {
    const { admitted, role, confers } = this.#meeting;
    const isOwn = this.#own !== null;
    if (this.#share) this.#share.hidden = isOwn || !admitted || !canShareScreen() || !MAY_SHARE.has(role);
    if (this.#notice) this.#notice.hidden = !isOwn;
    put(part(this.#notice, "said"), isOwn ? this.#words.say(confers ? "sharing_aside" : "sharing") : "");
    this.#drawOthers();
  }

  #drawOthers() {
    const other = this.#meeting.others.find(({ came }) => came?.participant.id === this.#sharer);
    const name = other?.came && !this.#own ? other.came.participant.name : "";
    this.#view.show(name && this.#words.say("screen_of", { name }), other?.screen ?? null);
    if (name === this.#seenOf) return;
    if (!this.#own) this.#say(this.#words.say(name ? "screen_of" : "screen_over", { name: name || this.#seenOf }));
    this.#seenOf = name;
  }

  async #begin() {
    if (this.#isChoosing) return;
    this.#isChoosing = true;
    this.#say("");
    try {
      this.#take(await openScreen());
    } catch (error) {
      if (!isOwnWish(error)) this.#say(this.#words.say("sharing_failed"));
    }
    this.#isChoosing = false;
    this.draw();
    if (this.#own) this.#stop?.focus(); // in the place of what was pressed
  }

  /** @param {MediaStreamTrack} screen */
  #take(screen) {
    if (!this.#meeting.admitted || this.#listening.signal.aborted) return screen.stop(); // it is over meanwhile
    this.#own = screen;
    this.#isTold = false;
    screen.onended = () => this.stop();
    this.#show();
    this.#meeting.send({ type: "screen", on: true });
  }

  #show() {
    for (const other of this.#meeting.others) other.share(this.#own);
  }

  #end() {
    if (!this.#own) return;
    this.#own.onended = null;
    this.#own.stop();
    this.#own = null;
    this.#show();
  }

  /**
   * The line is here, perhaps again: a server that was restarted may not know of our screen, and a colleague may have one by now.
   * @param {string | null} sharer
   */
  #enter(sharer) {
    this.#sharer = sharer;
    this.#isTold = sharer === this.#meeting.admitted?.you;
    if (this.#own && sharer && !this.#isTold) this.stop();
    else if (this.#own || this.#isTold) this.#meeting.send({ type: "screen", on: this.#own !== null });
  }

  /**
   * A colleague's takes the place of ours.
   * @param {{from: string, on: boolean}} message
   */
  #told({ from, on }) {
    if (on) this.#sharer = from;
    else if (this.#sharer === from) this.#sharer = null;
    if (from !== this.#meeting.admitted?.you) return;
    if (on) this.#isTold = true;
    else if (this.#isTold && this.#own) this.stop();
  }

  /** @param {string} text */
  #say(text) {
    put(this.#said, text);
  }

  get #button() {
    return part(this.#share, "share");
  }

  get #stop() {
    return part(this.#notice, "stop");
  }
}

/**
 * Who closes the browser's question has changed their mind, and need not be told so.
 * @param {unknown} error
 */
function isOwnWish(error) {
  return error instanceof DOMException && error.name === "NotAllowedError" && !error.message.includes("system");
}

/**
 * @param {HTMLElement | null} root
 * @param {string} name
 * @returns {HTMLElement | null}
 */
function part(root, name) {
  return root?.querySelector(`[data-part="${name}"]`) ?? null;
}

/**
 * @param {HTMLElement | null} at
 * @param {string} text
 */
function put(at, text) {
  if (at && at.textContent !== text) at.textContent = text;
}
