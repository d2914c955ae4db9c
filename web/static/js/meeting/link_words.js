// @ts-check
/** @file The one sentence about what gets through: none as long as all does, or what is missing is somebody's wish. */

/**
 * Say it by the name of a text, or say nothing.
 * @param {import("./link.js").Carried | null} carried
 * @param {{own: boolean, other: boolean}} wished whose camera is on: one that is off is no failure
 */
export function carriedWord(carried, wished) {
  if (!carried) return null;
  const { rung, silence, rests } = carried;
  if (silence) return `link_${silence}`;
  if (wished.other && rests) return "link_voice";
  if (!wished.own || rung === "picture") return null;
  return rung === "small" ? "link_small" : "link_voice";
}
