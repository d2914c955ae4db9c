// @ts-check
/** @file Keeps a phone's screen on while one waits or talks: a locked phone loses camera and line. */

export class Awake {
  /** @type {WakeLockSentinel | null} */
  #lock = null;
  #listening = new AbortController();

  connect() {
    document.addEventListener("visibilitychange", () => void this.#take(), { signal: this.#listening.signal });
    void this.#take();
  }

  disconnect() {
    this.#listening.abort();
    void this.#lock?.release();
    this.#lock = null;
  }

  async #take() {
    if (document.visibilityState !== "visible") return;
    try {
      this.#lock = (await navigator.wakeLock?.request("screen")) ?? null;
    } catch {
      this.#lock = null; // a low battery refuses it; the meeting goes on all the same
    }
  }
}
