// @ts-check
/**
 * @file Camera and microphone, each opened by itself: choosing, muting, and the name of what keeps it shut.
 *
 * `stream` is what leaves. A camera stands in it itself, or the gate of `picture/` does, and nothing of the camera.
 */

import { named } from "../devices/named.js";
import { PICTURE, SOUND } from "./early.js";

/** @typedef {import("./types.js").Failure} Failure */
/** @typedef {import("../devices/permission.js").DeviceName} DeviceName */
/** @typedef {"audio" | "video"} Kind */

/** @type {Record<DeviceName, Kind>} */
export const KINDS = { microphone: "audio", camera: "video" };

export class Devices {
  stream = new MediaStream();
  /** @type {Record<Kind, boolean>} what the person wants to give, whichever device gives it */
  #isOn = { audio: true, video: true };
  /** @type {MediaStreamTrack | null} */
  #camera = null;
  #onEnded;
  #picture;

  /**
   * @param {(device: DeviceName) => void} onEnded a device was unplugged or taken away
   * @param {import("../picture/picture.js").Picture | null} [picture] what may leave of a camera; all, without one
   */
  constructor(onEnded, picture = null) {
    this.#onEnded = onEnded;
    this.#picture = picture;
  }

  get audio() {
    return this.stream.getAudioTracks()[0] ?? null;
  }

  get video() {
    return this.stream.getVideoTracks()[0] ?? null;
  }

  get isOn() {
    return this.#isOn;
  }

  /** The camera itself, which does not leave where a gate stands before it. */
  get camera() {
    return this.#camera;
  }

  /**
   * Give a kind, or nothing of it: at once, and for every device to come.
   * @param {Kind} kind
   * @param {boolean} isOn
   */
  turn(kind, isOn) {
    this.#isOn[kind] = isOn;
    const track = this[kind];
    if (track) track.enabled = isOn;
    if (kind !== "video") return;
    if (this.#camera) this.#camera.enabled = isOn;
    if (isOn) this.#picture?.renew();
  }

  /** Let the camera leave as it is chosen now. */
  async reroute() {
    if (this.#camera) await this.#send(this.#camera);
  }

  /**
   * Open one, and return what kept it shut.
   * @param {DeviceName} device
   * @param {string} [id] which of them
   * @returns {Promise<Failure | null>}
   */
  async open(device, id) {
    const ideal = device === "microphone" ? SOUND : PICTURE;
    const wanted = id ? { ...ideal, deviceId: { exact: id } } : ideal;
    const began = performance.now();
    try {
      await this.take(await navigator.mediaDevices.getUserMedia({ [KINDS[device]]: wanted }));
      return null;
    } catch (error) {
      return await named(device, error, performance.now() - began);
    }
  }

  close() {
    this.drop("microphone");
    this.drop("camera");
    this.#picture?.disconnect();
  }

  /** @param {DeviceName} device */
  drop(device) {
    const kind = KINDS[device];
    if (kind === "video") this.#dropCamera();
    for (const track of this.stream.getTracks()) if (track.kind === kind) this.#remove(track);
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
   * The stream stays the same object; tracks of the kinds that come take the places of the old ones.
   * @param {MediaStream} fresh
   */
  async take(fresh) {
    for (const track of fresh.getTracks()) {
      track.onended = () => this.#ended(track);
      if (track.kind === "audio") this.#put(track);
      else {
        this.#dropCamera();
        this.#camera = track;
        track.enabled = this.#isOn.video;
        await this.#send(track);
      }
    }
  }

  /** @param {MediaStreamTrack} camera */
  async #send(camera) {
    const track = this.#picture && !this.#picture.isBare ? await this.#hidden(this.#picture, camera) : camera;
    if (camera === this.#camera) this.#put(track);
    if (track === camera) this.#picture?.disconnect();
  }

  /**
   * Where the gate does not come, the camera is no use.
   * @param {import("../picture/picture.js").Picture} picture
   * @param {MediaStreamTrack} camera
   */
  async #hidden(picture, camera) {
    try {
      return await picture.through(camera);
    } catch (error) {
      this.drop("camera");
      throw error;
    }
  }

  /** @param {MediaStreamTrack} track */
  #put(track) {
    track.enabled = this.#isOn[/** @type {Kind} */ (track.kind)];
    if (this.stream.getTracks().includes(track)) return;
    for (const old of this.stream.getTracks()) if (old.kind === track.kind) this.#remove(old);
    this.stream.addTrack(track);
  }

  /** @param {MediaStreamTrack} track */
  #ended(track) {
    this.drop(track.kind === "audio" ? "microphone" : "camera");
    this.#onEnded(track.kind === "audio" ? "microphone" : "camera");
  }

  #dropCamera() {
    if (!this.#camera) return;
    this.#camera.onended = null;
    this.#camera.stop();
    this.#camera = null;
    this.#picture?.lost();
  }

  /** The gate's track is the gate's to end, and a camera that goes behind the gate goes on. @param {MediaStreamTrack} track */
  #remove(track) {
    this.stream.removeTrack(track);
    if (track.kind !== "audio") return;
    track.onended = null;
    track.stop();
  }
}
