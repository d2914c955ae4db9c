// @ts-check
/** @file What may become of devices and picture while one talks: plugged in and out, taken away, kept on top. */

import { element } from "./elements.js";
import { OnTop } from "./on_top.js";
import { Plugged } from "./plugged.js";
import { Taken } from "./taken.js";

/** @typedef {import("../devices/permission.js").DeviceName} DeviceName */

export class MidCall {
  #comingIn;
  #plugged;
  #taken;
  #onTop = new OnTop();

  /**
   * @param {import("./devices.js").Devices} devices
   * @param {import("./coming_in.js").ComingIn} comingIn
   * @param {import("./words.js").Words} words
   * @param {() => void} changed others can be chosen
   */
  constructor(devices, comingIn, words, changed) {
    this.#comingIn = comingIn;
    this.#plugged = new Plugged(devices, element("device-said", HTMLElement), words, { lost: (device) => this.lost(device), changed });
    this.#taken = new Taken(devices, (device, id) => void comingIn.open(device, id));
  }

  connect() {
    this.#plugged.connect();
    this.#taken.connect();
    this.#onTop.connect();
  }

  /** It was unplugged, or taken away: the next one takes its place. @param {DeviceName} device */
  lost(device) {
    this.#plugged.lost(device);
    this.#comingIn.lost(device);
  }

  /** Look after the devices that are open now. */
  follow() {
    this.#taken.follow();
    void this.#plugged.opened();
  }

  disconnect() {
    this.#plugged.disconnect();
    this.#taken.disconnect();
    this.#onTop.disconnect();
  }
}
