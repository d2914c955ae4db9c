// @ts-check
/** @file The sound of an arrival: two soft tones, made here, so that no file can be missing. */

/** From one arrival's tones to the next one's, when several come at once. */
export const SECONDS = 0.9;

/**
 * @param {BaseAudioContext} context
 * @param {number} [after] seconds from now
 */
export function ring(context, after = 0) {
  tone(context, 659, after);
  tone(context, 880, after + 0.22);
}

/**
 * @param {BaseAudioContext} context
 * @param {number} hertz
 * @param {number} after
 */
function tone(context, hertz, after) {
  const start = context.currentTime + after;
  const volume = context.createGain();
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.25, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.6);
  const sound = new OscillatorNode(context, { frequency: hertz });
  sound.connect(volume).connect(context.destination);
  sound.start(start);
  sound.stop(start + 0.65);
}
