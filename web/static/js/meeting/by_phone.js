// @ts-check
/** @file The customer lets their phone show something: the code that its camera reads, how it stands, and the end of it. */

import { deviceOf } from "./arrival.js";
import { element } from "./elements.js";

/** @typedef {import("./types.js").FromServer} FromServer */
/** @typedef {import("./types.js").CameraLink} CameraLink */
/** @typedef {import("./types.js").CameraState} CameraState */

export class ByPhone {
  #words;
  #send;
  #root = element("by-phone", HTMLDetailsElement);
  #notice = element("by-phone-on", HTMLElement);
  #field = element("by-phone-link", HTMLInputElement);
  /** @type {CameraState | null} nothing was asked for */
  #state = null;
  /** It was ended here, and the server has not said so yet: a line that comes back says it again. */
  #isEnding = false;

  /**
   * @param {import("./words.js").Words} words
   * @param {(on: boolean) => void} send
   */
  constructor(words, send) {
    this.#words = words;
    this.#send = send;
    if (deviceOf(navigator).kind === "phone") this.#root.remove(); // it has a camera at its back
    for (const part of [this.#root, this.#notice]) part.addEventListener("click", ({ target }) => this.#pressed(target));
  }

  /** @param {FromServer} message */
  heard(message) {
    if (message.type === "admitted" && this.#isEnding) this.#send(false);
    if (message.type === "camera_link") this.#show(message);
    if (message.type === "camera") this.#stands(message.state);
    if (message.type === "waiting") this.clear();
  }

  /** End it for good, perhaps since the customer hides: it does not come back by itself. */
  end() {
    this.#isEnding = true;
    this.#send(false);
  }

  clear() {
    this.#state = null;
    this.#isEnding = false;
    this.#say("");
    this.#draw();
  }

  /** @param {EventTarget | null} target */
  #pressed(target) {
    const deed = target instanceof Element && target.closest("button")?.dataset["deed"];
    if (deed === "make") {
      this.#isEnding = false;
      this.#send(true);
    }
    if (deed === "stop") this.end();
    if (deed === "copy") void navigator.clipboard.writeText(this.#field.value).then(() => this.#say("link_copied"));
  }

  /** @param {CameraLink} told */
  #show({ link, size, path }) {
    this.#state = "asked";
    this.#field.value = link;
    const svg = /** @type {SVGElement} */ (this.#root.querySelector("svg.qr"));
    svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
    svg.querySelector("path")?.setAttribute("d", path);
    this.#say("phone_waited_for");
    this.#draw();
  }

  /** @param {CameraState} state */
  #stands(state) {
    if (state === "asked" && !this.#field.value) return; // of a page before this one: its code cannot be shown again
    const hadFocus = this.#notice.contains(document.activeElement);
    this.#state = state;
    if (state === "over") this.#isEnding = false;
    this.#say(state === "over" ? "phone_is_over" : "");
    if (state === "over") element("announcer", HTMLElement).textContent = this.#words.say("phone_is_over"); // the part itself may be shut
    const said = /** @type {HTMLElement} */ (this.#notice.querySelector('[data-part="said"]'));
    said.textContent = state === "shown" || state === "rests" ? this.#words.say(`phone_${state}`) : "";
    this.#draw();
    if (hadFocus && this.#notice.hidden) this.#root.querySelector("summary")?.focus();
  }

  /** @param {string} name */
  #say(name) {
    partOf(this.#root, "said").textContent = name && this.#words.say(name);
  }

  #draw() {
    const isOn = this.#state === "shown" || this.#state === "rests";
    if (this.#state !== "asked") this.#field.value = "";
    this.#notice.hidden = !isOn;
    partOf(this.#root, "code").hidden = this.#state !== "asked";
    partOf(this.#root, "make").textContent = this.#words.say(this.#state === "asked" || isOn ? "phone_new_code" : "phone_code");
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} name
 */
function partOf(root, name) {
  return /** @type {HTMLElement} */ (root.querySelector(`[data-part="${name}"]`));
}
