// @ts-check
/**
 * @file How microphone and camera come to be open: one after the other, each after a sentence that says why.
 *
 * What the browser already allows is opened at once. What fails is tried anew when it may have been mended, as long
 * as that asks nobody anything; a person who goes on without a device is not followed.
 */

import { pageFailure } from "../devices/named.js";
import { onPermissionChange, permissionOf } from "../devices/permission.js";
import { takeDevices } from "./early.js";

/** @typedef {import("./types.js").Failure} Failure */
/** @typedef {import("../devices/permission.js").DeviceName} DeviceName */
/** @typedef {"new" | "asked" | "opening" | "open" | "failed" | "without"} How */

/** @type {DeviceName[]} in the order in which they are asked for */
const ORDER = ["microphone", "camera"];
const LOOKS_EVERY_MS = 2_000;
/** A question that is open for so long was not seen, or is not understood. */
const UNANSWERED_AFTER_MS = 6_000;

export class ComingIn {
  /** @type {Record<DeviceName, How>} */
  how = { microphone: "new", camera: "new" };
  /** @type {Record<DeviceName, Failure | null>} */
  #failures = { microphone: null, camera: null };
  /** @type {Failure | null} */
  #page = null;
  #devices;
  #changed;
  #looking = 0;
  /** @type {Set<DeviceName>} those that are being tried quietly */
  #tried = new Set();

  /**
   * @param {import("./devices.js").Devices} devices
   * @param {() => void} changed
   */
  constructor(devices, changed) {
    this.#devices = devices;
    this.#changed = changed;
  }

  /** What keeps this person from being seen and heard as they wish. */
  get failure() {
    return this.#page ?? this.#failures.microphone ?? this.#failures.camera;
  }

  /** Whoever is heard may come in, whatever the camera does; whoever wants, may without both. */
  get isReady() {
    if (this.#page) return false;
    const { microphone, camera } = this.how;
    if (microphone === "open") return camera === "open" || camera === "without" || camera === "failed";
    return microphone === "without" && (camera === "open" || camera === "without");
  }

  /** @returns {DeviceName | null} the device whose turn it is to be asked for */
  get asked() {
    return ORDER.find((device) => this.how[device] === "asked") ?? null;
  }

  /** @returns {DeviceName | null} for which the browser is asking now */
  get opening() {
    return ORDER.find((device) => this.how[device] === "opening") ?? null;
  }

  /** Whether the person can have what failed tried anew; a question that stands open is answered there. */
  get canTryAgain() {
    return ORDER.some((device) => this.#failures[device] && this.how[device] === "failed");
  }

  /** Whether they can go on without what fails. */
  get canSkip() {
    return this.canTryAgain || ORDER.some((device) => this.#failures[device] && this.how[device] === "opening");
  }

  connect() {
    for (const device of ORDER) void onPermissionChange(device, () => void this.#look(device, true));
    const look = () => ORDER.forEach((device) => void this.#look(device));
    navigator.mediaDevices?.addEventListener?.("devicechange", look);
    addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    this.#looking = setInterval(look, LOOKS_EVERY_MS);
    void this.#begin();
  }

  disconnect() {
    clearInterval(this.#looking);
  }

  /**
   * The person has pressed the button after the sentence, or wants to try what failed once more.
   * @param {DeviceName} device
   * @param {string} [id]
   */
  async open(device, id) {
    this.#set(device, "opening");
    const late = setTimeout(() => this.#fail(device, `${device}_unanswered`), UNANSWERED_AFTER_MS);
    const failure = await this.#devices.open(device, id);
    clearTimeout(late);
    if (this.how[device] === "opening") this.#opened(device, failure);
    else this.#close(device);
  }

  /** Turn to another camera; a phone opens one at a time. @param {string} id */
  turn(id) {
    this.#devices.drop("camera");
    void this.open("camera", id);
  }

  /** Try what failed once more. */
  again() {
    const device = ORDER.find((each) => this.#failures[each]);
    if (device && this.how[device] === "failed") void this.open(device);
  }

  /** @param {DeviceName | null} [device] go on without it, or without what fails */
  skip(device = ORDER.find((each) => this.#failures[each])) {
    if (!device) return;
    this.#failures[device] = null;
    this.#set(device, "without");
    this.#next();
  }

  /**
   * A device was unplugged, or taken away by the browser or the system.
   * @param {DeviceName} device
   */
  lost(device) {
    this.how[device] = "new";
    this.#next();
  }

  /** @param {Failure | null} failure nothing is heard, or something again */
  silent(failure) {
    if (this.how.microphone !== "open" || this.#failures.microphone === failure) return;
    this.#fail("microphone", failure);
  }

  async #begin() {
    this.#page = pageFailure();
    if (this.#page) return this.#changed();
    const both = await takeDevices()
      ?.then((found) => found && this.#devices.take(found).then(() => found))
      .catch(() => null); // each is then opened alone, and named
    if (both) {
      for (const device of ORDER) this.how[device] = "open";
      this.#changed();
    } else this.#next();
  }

  /** Go on to the next device, unless one before it holds the person up. */
  #next() {
    const device = ORDER.find((each) => !["open", "without"].includes(this.how[each]));
    if (device && this.how[device] === "new") void this.#start(device);
    else this.#changed();
  }

  /** @param {DeviceName} device */
  async #start(device) {
    if ((await permissionOf(device)) !== "prompt") return this.open(device);
    this.#set(device, "asked");
  }

  /**
   * @param {DeviceName} device
   * @param {Failure | null} failure
   */
  #opened(device, failure) {
    this.#failures[device] = failure;
    this.#set(device, failure ? "failed" : "open");
    if (!failure) this.#next();
  }

  /**
   * Try quietly what failed, if that cannot make the browser ask; where it would, the sentence comes first.
   * @param {DeviceName} device
   * @param {boolean} [isPermission] whether the permission has changed
   */
  async #look(device, isPermission = false) {
    if (this.how[device] !== "failed" || this.#tried.has(device)) return;
    this.#tried.add(device);
    const state = await permissionOf(device);
    if (state === "granted") await this.#retry(device);
    this.#tried.delete(device);
    if (state !== "prompt" || !isPermission) return;
    this.#failures[device] = null;
    this.#set(device, "asked");
  }

  /** @param {DeviceName} device */
  async #retry(device) {
    const failure = await this.#devices.open(device);
    if (this.how[device] === "failed" && failure !== this.#failures[device]) this.#opened(device, failure);
    else this.#close(device);
  }

  /** What comes after the person went on without it is not used. @param {DeviceName} device */
  #close(device) {
    if (this.how[device] === "without") this.#devices.drop(device);
  }

  /**
   * @param {DeviceName} device
   * @param {Failure | null} failure
   */
  #fail(device, failure) {
    this.#failures[device] = failure;
    this.#changed();
  }

  /**
   * @param {DeviceName} device
   * @param {How} how
   */
  #set(device, how) {
    this.how[device] = how;
    this.#changed();
  }
}
