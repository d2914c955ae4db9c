// @ts-check
/** @file A screen that somebody else shares: in the place of the page, as large as it fits, larger, or over all. */

import { element } from "./elements.js";

export class ScreenView {
  #root = element("screen", HTMLElement);
  #video;
  #enlarge;
  #fill;
  #listening = new AbortController();
  #changed;

  /** @param {() => void} changed it gets through, or no more */
  constructor(changed) {
    this.#changed = changed;
    this.#video = /** @type {HTMLVideoElement} */ (this.#part("picture"));
    this.#enlarge = this.#part("enlarge");
    this.#fill = this.#part("fill");
  }

  connect() {
    const { signal } = this.#listening;
    this.#fill.hidden = !this.#filler();
    this.#enlarge.addEventListener("click", () => this.#size(this.#enlarge.getAttribute("aria-pressed") !== "true"), { signal });
    this.#fill.addEventListener("click", () => void this.#filler()?.(), { signal });
    for (const event of ["loadeddata", "resize"]) this.#video.addEventListener(event, () => this.#draw(), { signal });
  }

  disconnect() {
    this.show("", null);
    this.#listening.abort();
  }

  /** Whether a picture of it comes. */
  get flows() {
    const track = this.#track;
    return !this.#root.hidden && !!track && !track.muted && this.#video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  }

  /**
   * @param {string} name what to call it; empty: nobody shares one
   * @param {MediaStream | null} stream
   */
  show(name, stream) {
    if (!name && document.fullscreenElement === this.#root) void document.exitFullscreen();
    if (!name) this.#size(false);
    this.#root.hidden = !name;
    this.#root.closest(".meeting")?.classList.toggle("meeting--screen", !!name);
    const heading = this.#part("name");
    if (heading.textContent !== name) heading.textContent = name;
    const source = name ? stream : null;
    if (this.#video.srcObject !== source) this.#put(source);
    this.#draw();
  }

  /** @param {MediaStream | null} stream */
  #put(stream) {
    const { signal } = this.#listening;
    this.#video.srcObject = stream;
    if (!stream) return;
    for (const event of ["mute", "unmute"]) this.#track?.addEventListener(event, () => this.#draw(), { signal });
    void this.#video.play().catch(() => undefined); // a younger one has come
  }

  get #track() {
    return /** @type {MediaStream | null} */ (this.#video.srcObject)?.getVideoTracks()[0] ?? null;
  }

  #draw() {
    const { flows } = this;
    if (this.#part("waits").hidden !== flows) {
      this.#part("waits").hidden = flows;
      this.#changed();
    }
    this.#part("sheet").hidden = !flows;
  }

  /** @param {boolean} isLarge */
  #size(isLarge) {
    this.#enlarge.setAttribute("aria-pressed", String(isLarge));
    this.#root.classList.toggle("screen--large", isLarge);
  }

  /** An iPhone fills its display with a video alone. */
  #filler() {
    const video = /** @type {{webkitEnterFullscreen?: () => void}} */ (this.#video);
    if (!document.fullscreenEnabled) return video.webkitEnterFullscreen?.bind(video);
    return () => (document.fullscreenElement ? document.exitFullscreen() : this.#root.requestFullscreen()).catch(() => undefined); // it stays as large as it is
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(`[data-part="${name}"]`));
  }
}
