// @ts-check
/** @file Hears how loud the microphone is, so that a person sees that it works. */

/** Often enough for a bar that moves; at each drawn frame it would cost a phone a good part of its battery. */
const LOOK_EVERY_MS = 80;
/** Loudness of everyday speech is small as an amplitude: this much fills the meter. */
const FULL = 0.25;

export class MicrophoneMeter {
  /** @type {AudioContext | null} */
  #context = null;
  #looking = 0;
  /** @type {(level: number) => void} */
  #onLevel;
  #peak = 0;

  /** @param {(level: number) => void} onLevel takes 0 to 1 at each look */
  constructor(onLevel) {
    this.#onLevel = onLevel;
  }

  /** True when not the least sound has come in: a microphone that is switched off, not a quiet room. */
  get isSilent() {
    return this.#peak === 0;
  }

  /** Whether it hears at all: some browsers hold the sound engine until somebody has pressed something. */
  get isRunning() {
    return this.#context?.state === "running";
  }

  /** @param {MediaStream} stream */
  connect(stream) {
    this.disconnect();
    this.#peak = 0;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(analyser);
    void context.resume();
    const wave = new Float32Array(analyser.fftSize);
    const look = () => {
      analyser.getFloatTimeDomainData(wave);
      const loudness = Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0) / wave.length);
      this.#peak = Math.max(this.#peak, loudness);
      this.#onLevel(Math.min(1, loudness / FULL));
    };
    this.#context = context;
    this.#looking = setInterval(look, LOOK_EVERY_MS);
    look();
  }

  disconnect() {
    clearInterval(this.#looking);
    void this.#context?.close();
    this.#context = null;
  }
}
