// @ts-check
/**
 * @file What is plugged in and out while one talks: which device took over is said on the screen and read aloud.
 *
 * Not every browser ends the track of a device that is gone: whoever is missing from the list is taken as gone.
 */

/** @typedef {import("./devices.js").Devices} Devices */
/** @typedef {import("../devices/permission.js").DeviceName} DeviceName */

export class Plugged {
  #devices;
  #said;
  #words;
  #on;
  /** @type {Set<string> | null} */
  #known = null;
  /** @type {Set<DeviceName>} those that are gone, until others have taken over */
  #gone = new Set();
  #listening = new AbortController();

  /**
   * @param {Devices} devices
   * @param {HTMLElement} said a live region
   * @param {import("./words.js").Words} words
   * @param {{lost: (device: DeviceName) => void, changed: () => void}} on
   */
  constructor(devices, said, words, on) {
    this.#devices = devices;
    this.#said = said;
    this.#words = words;
    this.#on = on;
  }

  connect() {
    navigator.mediaDevices?.addEventListener?.("devicechange", () => void this.#look(), { signal: this.#listening.signal });
  }

  disconnect() {
    this.#listening.abort();
    this.#said.textContent = "";
  }

  /** @param {DeviceName} device its track has ended */
  lost(device) {
    this.#gone.add(device);
  }

  /** Others may have taken over: say which. */
  async opened() {
    for (const device of this.#gone) {
      const track = device === "microphone" ? this.#devices.audio : this.#devices.camera;
      if (!track || track.readyState !== "live") continue;
      this.#gone.delete(device);
      this.#tell(`${device}_replaced`, track.label);
    }
    this.#known ??= new Set((await this.#all()).map(({ deviceId }) => deviceId));
  }

  async #look() {
    const found = await this.#all();
    const known = this.#known;
    this.#known = new Set(found.map(({ deviceId }) => deviceId));
    for (const device of /** @type {DeviceName[]} */ (["microphone", "camera"])) {
      const used = (device === "microphone" ? this.#devices.audio : this.#devices.camera)?.getSettings().deviceId;
      if (!used || this.#known.has(used)) continue;
      this.#devices.drop(device);
      this.#on.lost(device);
    }
    const fresh = found.find(({ deviceId, label }) => known && !known.has(deviceId) && label);
    if (fresh) this.#tell(fresh.kind === "audioinput" ? "microphone_found" : "camera_found", fresh.label);
    this.#on.changed();
  }

  async #all() {
    const { microphones, cameras } = await this.#devices.list();
    return [...microphones, ...cameras];
  }

  /** @param {string} words @param {string} name */
  #tell(words, name) {
    this.#said.textContent = this.#words.say(words, { name });
  }
}
