// @ts-check
/** @file The buttons under the picture: microphone, camera, which of them, leave and end. */

import { buttonIf, element } from "./elements.js";

/** @typedef {import("./devices.js").Devices} Devices */
/** @typedef {import("./words.js").Words} Words */

/**
 * @typedef {object} ControlEvents
 * @property {() => void} mute the mutes have changed
 * @property {(device: import("../devices/permission.js").DeviceName, id: string) => void} choose
 * @property {(id: string) => void} turn to the next camera
 * @property {() => void} again open the devices anew
 * @property {() => void} skip go on without what is missing
 * @property {() => void} leave
 * @property {() => void} end
 * @property {() => void} sendBack
 * @property {() => void} hide both were cut: nothing else may be shown either
 */

/** It writes nothing, so that it works in a field too (WCAG 2.1.4); the page tells of it (`aria-keyshortcuts`). */
const PRIVACY_KEY = "F8";

export class Controls {
  #devices;
  #words;
  #on;
  #announce;
  #mute = element("mute", HTMLButtonElement);
  #camera = element("camera", HTMLButtonElement);
  #privacy = element("privacy", HTMLButtonElement);
  /** @type {{audio: boolean, video: boolean} | null} what was given before both were cut */
  #before = null;
  #listening = new AbortController();
  #off = element("self-off", HTMLElement);
  #cameras = element("choose-camera", HTMLSelectElement);
  #other = element("other-camera", HTMLButtonElement);
  #microphones = element("choose-microphone", HTMLSelectElement);

  /**
   * @param {Devices} devices
   * @param {Words} words
   * @param {(text: string) => void} announce
   * @param {ControlEvents} on
   */
  constructor(devices, words, announce, on) {
    this.#devices = devices;
    this.#words = words;
    this.#announce = announce;
    this.#on = on;
  }

  connect() {
    this.#mute.addEventListener("click", () => this.#toggle("audio"));
    this.#camera.addEventListener("click", () => this.#toggle("video"));
    this.#privacy.addEventListener("click", () => this.#cut());
    addEventListener("keydown", (event) => this.#key(event), { signal: this.#listening.signal });
    buttonIf("leave")?.addEventListener("click", this.#on.leave);
    buttonIf("end")?.addEventListener("click", this.#on.end);
    buttonIf("send-back")?.addEventListener("click", this.#on.sendBack);
    buttonIf("devices-again")?.addEventListener("click", this.#on.again);
    buttonIf("devices-skip")?.addEventListener("click", this.#on.skip);
    buttonIf("again")?.addEventListener("click", () => location.reload());
    this.#other.addEventListener("click", () => this.#on.turn(this.#next()));
    this.#cameras.addEventListener("change", () => this.#on.choose("camera", this.#cameras.value));
    this.#microphones.addEventListener("change", () => this.#on.choose("microphone", this.#microphones.value));
  }

  disconnect() {
    this.#listening.abort();
  }

  /**
   * @param {boolean} isOpposite whether a customer sits at the table
   * @returns {boolean} whether the focus was on what is gone
   */
  canSendBack(isOpposite) {
    const button = buttonIf("send-back");
    const hadFocus = document.activeElement === button;
    if (button) button.hidden = !isOpposite;
    return hadFocus && !isOpposite;
  }

  /** Show what the devices are now. */
  async draw() {
    const { audio, video, camera } = this.#devices;
    draw(this.#mute, !!audio, audio?.enabled === false, this.#words.say(audio?.enabled === false ? "microphone_on" : "microphone_off"));
    draw(this.#camera, !!video, video?.enabled === false, this.#words.say(video?.enabled === false ? "camera_on" : "camera_off"));
    draw(this.#privacy, true, this.#before !== null, this.#words.say(this.#before ? "show_me" : "hide_me"));
    this.#off.hidden = !!video?.enabled;
    const { cameras, microphones } = await this.#devices.list();
    fill(this.#cameras, cameras, camera, this.#words.say("camera"));
    this.#other.hidden = cameras.length < 2 || !camera;
    fill(this.#microphones, microphones, audio, this.#words.say("microphone"));
  }

  /** The camera after the one in use: on a phone front and back by turns. */
  #next() {
    const { length, selectedIndex } = this.#cameras;
    return this.#cameras.options[(selectedIndex + 1) % length]?.value ?? "";
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== PRIVACY_KEY || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.#cut();
  }

  /** Picture and voice go at once; the next press gives back what was given before, and no more. */
  #cut() {
    const { isOn } = this.#devices;
    const wanted = this.#before ?? { audio: false, video: false };
    this.#before = this.#before ? null : { ...isOn };
    this.#devices.turn("audio", wanted.audio);
    this.#devices.turn("video", wanted.video);
    this.#announce(this.#words.say(this.#before ? "you_are_hidden" : "you_are_shown"));
    this.#on.mute();
    if (this.#before) this.#on.hide();
    void this.draw();
  }

  /** @param {"audio" | "video"} kind */
  #toggle(kind) {
    const track = this.#devices[kind];
    if (!track) return;
    this.#devices.turn(kind, !track.enabled);
    this.#before = null;
    const words = kind === "audio" ? ["you_muted", "you_unmuted"] : ["camera_is_off", "camera_is_on"];
    this.#announce(this.#words.say(words[track.enabled ? 1 : 0] ?? ""));
    this.#on.mute();
    void this.draw();
  }
}

/**
 * @param {HTMLButtonElement} button
 * @param {boolean} isThere
 * @param {boolean} isOff
 * @param {string} text
 */
function draw(button, isThere, isOff, text) {
  button.disabled = !isThere;
  const word = button.querySelector('[data-part="word"]');
  if (word) word.textContent = text;
  button.classList.toggle("button--off", isThere && isOff);
}

/**
 * @param {HTMLSelectElement} select
 * @param {MediaDeviceInfo[]} devices
 * @param {MediaStreamTrack | null} track
 * @param {string} word
 */
function fill(select, devices, track, word) {
  const current = track?.getSettings().deviceId;
  select.replaceChildren(...devices.map((device, index) => new Option(device.label || `${word} ${index + 1}`, device.deviceId)));
  if (current) select.value = current;
  select.disabled = devices.length === 0;
}
