// @ts-check

/**
 * Two soft tones for an arrival. Browsers let a page sound only after somebody pressed something,
 * so the bell is off until it is switched on.
 */
export class Bell {
  /** @type {AudioContext | null} */
  #context = null;

  /** Switch the bell on, inside the handler of a click, and let it be heard once. */
  switchOn() {
    this.#context = new AudioContext();
    this.ring();
  }

  switchOff() {
    void this.#context?.close();
    this.#context = null;
  }

  ring() {
    if (this.#context) {
      this.#tone(this.#context, 659, 0);
      this.#tone(this.#context, 880, 0.22);
    }
  }

  /**
   * @param {AudioContext} context
   * @param {number} hertz
   * @param {number} after
   */
  #tone(context, hertz, after) {
    const start = context.currentTime + after;
    const volume = context.createGain();
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.25, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.6);
    const tone = new OscillatorNode(context, { frequency: hertz });
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.65);
  }
}
