// @ts-check
/**
 * @file Sound that the system has taken away (a phone call, another program): a banner, and one tap that brings it back.
 *
 * The system mutes a track, or pauses what is played, and some never give it back by themselves.
 */

import { element } from "./elements.js";

/** @typedef {import("../devices/permission.js").DeviceName} DeviceName */

/** A change of devices mutes for a moment. */
const PATIENCE_MS = 1_000;

export class Taken {
  #devices;
  #open;
  #banner = element("sound-taken", HTMLElement);
  #button = element("sound-back", HTMLButtonElement);
  #remote = element("remote", HTMLVideoElement);
  /** @type {MediaStreamTrack[]} */
  #tracks = [];
  #later = 0;
  #listening = new AbortController();

  /**
   * @param {import("./devices.js").Devices} devices
   * @param {(device: DeviceName, id: string | undefined) => void} open anew
   */
  constructor(devices, open) {
    this.#devices = devices;
    this.#open = open;
  }

  connect() {
    const { signal } = this.#listening;
    this.#button.addEventListener("click", () => this.#bringBack(), { signal });
    for (const event of ["pause", "play", "emptied"]) this.#remote.addEventListener(event, this.#look, { signal });
  }

  /** Look after the devices that are open now. */
  follow() {
    const { audio, camera } = this.#devices;
    this.#forget();
    this.#tracks = [audio, camera].filter((track) => track !== null);
    for (const track of this.#tracks) for (const event of ["mute", "unmute"]) track.addEventListener(event, this.#look);
    this.#look();
  }

  disconnect() {
    this.#listening.abort();
    clearTimeout(this.#later);
    this.#forget();
    this.#banner.hidden = true;
  }

  get #isTaken() {
    const { srcObject, paused } = this.#remote;
    const isPaused = srcObject instanceof MediaStream && srcObject.active && paused;
    return isPaused || this.#tracks.some(({ muted, readyState }) => muted && readyState === "live");
  }

  #look = () => {
    clearTimeout(this.#later);
    if (!this.#isTaken) this.#banner.hidden = true;
    else this.#later = setTimeout(() => (this.#banner.hidden = !this.#isTaken), PATIENCE_MS);
  };

  /** All in the one tap: browsers let sound begin in it, and in nothing that comes later. */
  #bringBack() {
    void this.#remote.play().catch(() => undefined); // the page asks for another press then
    for (const track of this.#tracks.filter(({ muted }) => muted))
      this.#open(track.kind === "audio" ? "microphone" : "camera", track.getSettings().deviceId);
    this.#look();
  }

  #forget() {
    for (const track of this.#tracks) for (const event of ["mute", "unmute"]) track.removeEventListener(event, this.#look);
    this.#tracks = [];
  }
}
