// @ts-check
/** @file The other one's picture in a window of its own, above other programs, where the browser can. */

import { element } from "./elements.js";

export class OnTop {
  #remote = element("remote", HTMLVideoElement);
  #button = document.getElementById("on-top");
  #listening = new AbortController();

  connect() {
    const { signal } = this.#listening;
    if (!this.#button || !document.pictureInPictureEnabled) return;
    this.#button.addEventListener("click", () => void this.#turn(), { signal });
    for (const event of ["enterpictureinpicture", "leavepictureinpicture"]) this.#remote.addEventListener(event, () => this.#draw(), { signal });
    for (const event of ["loadedmetadata", "emptied"]) this.#remote.addEventListener(event, () => this.#draw(), { signal });
  }

  disconnect() {
    this.#listening.abort();
    if (this.#isOnTop) void document.exitPictureInPicture().catch(() => undefined); // it is closed already
    if (this.#button) this.#button.hidden = true;
  }

  get #isOnTop() {
    return document.pictureInPictureElement === this.#remote;
  }

  async #turn() {
    try {
      await (this.#isOnTop ? document.exitPictureInPicture() : this.#remote.requestPictureInPicture());
    } catch {
      this.#draw(); // there is no picture yet, or not any more
    }
  }

  #draw() {
    if (!this.#button) return;
    this.#button.hidden = this.#remote.readyState === HTMLMediaElement.HAVE_NOTHING;
    this.#button.setAttribute("aria-pressed", String(this.#isOnTop));
  }
}
