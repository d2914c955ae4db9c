// @ts-check
/** @file Camera and microphone: opening, choosing, muting, and the names of what can fail. */

import { PICTURE, SOUND, takeDevices } from "./early.js";

/** @typedef {import("./types.js").Failure} Failure */
/** @typedef {{camera?: string, microphone?: string}} Choice */

export class Devices {
  stream = new MediaStream();
  /** @type {Failure | null} */
  failure = null;
  #onEnded;

  /** @param {() => void} onEnded a device was unplugged or taken away */
  constructor(onEnded) {
    this.#onEnded = onEnded;
  }

  get audio() {
    return this.stream.getAudioTracks()[0] ?? null;
  }

  get video() {
    return this.stream.getVideoTracks()[0] ?? null;
  }

  /**
   * Open both, or what there is of them; `failure` tells what was missing.
   * @param {Choice} choice device ids
   */
  async open(choice = {}) {
    this.failure = null;
    if (!navigator.mediaDevices?.getUserMedia || !globalThis.RTCPeerConnection) {
      this.failure = "browser_too_old";
      return;
    }
    const audio = choice.microphone ? { ...SOUND, deviceId: { exact: choice.microphone } } : SOUND;
    const video = choice.camera ? { ...PICTURE, deviceId: { exact: choice.camera } } : PICTURE;
    try {
      this.#take(await (takeDevices() ?? navigator.mediaDevices.getUserMedia({ audio, video })));
    } catch (error) {
      this.failure = named(error);
      if (this.failure !== "devices_denied") await this.#openOne(audio, video);
    }
  }

  close() {
    for (const track of this.stream.getTracks()) track.stop();
  }

  /** @returns {Promise<{cameras: MediaDeviceInfo[], microphones: MediaDeviceInfo[]}>} */
  async list() {
    const found = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
    const known = found.filter((device) => device.deviceId);
    return {
      cameras: known.filter((device) => device.kind === "videoinput"),
      microphones: known.filter((device) => device.kind === "audioinput"),
    };
  }

  /**
   * @param {MediaTrackConstraints} audio
   * @param {MediaTrackConstraints} video
   */
  async #openOne(audio, video) {
    for (const wanted of [{ audio }, { video }]) {
      try {
        this.#take(await navigator.mediaDevices.getUserMedia(wanted));
        return;
      } catch (error) {
        this.failure = named(error);
      }
    }
  }

  /**
   * The stream stays the same object, with other tracks in it.
   * @param {MediaStream} fresh
   */
  #take(fresh) {
    const muted = { audio: this.audio?.enabled === false, video: this.video?.enabled === false };
    for (const old of this.stream.getTracks()) {
      old.onended = null;
      old.stop();
      this.stream.removeTrack(old);
    }
    for (const track of fresh.getTracks()) {
      track.enabled = !muted[/** @type {"audio" | "video"} */ (track.kind)];
      track.onended = this.#onEnded;
      this.stream.addTrack(track);
    }
  }
}

/**
 * Name a failure of getUserMedia by our closed list.
 * @param {unknown} error
 * @returns {Failure}
 */
export function named(error) {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "devices_denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "devices_missing";
  if (name === "NotReadableError" || name === "AbortError") return "devices_in_use";
  return "devices_failed";
}
