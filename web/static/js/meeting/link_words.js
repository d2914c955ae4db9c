// @ts-check
/** @file The one sentence about what gets through: none as long as all does, or what is missing is somebody's wish. */

/**
 * Say it by the name of a text, or say nothing.
 * @param {import("./link.js").Carried | null} carried
 * @param {{own: boolean, other: boolean}} wished whose camera is on: one that is off is no failure
 * @param {{own: boolean, other: boolean}} screen whose screen gets through
 */
export function carriedWord(carried, wished, screen) {
  if (!carried) return null;
  const { rung, silence, rests } = carried;
  if (silence) return `link_${silence}`;
  if (wished.other && rests) return screen.other ? "link_screen" : "link_voice";
  if (!(wished.own || screen.own) || rung === "picture") return null;
  if (rung !== "small") return "link_voice";
  return screen.own ? "link_screen" : "link_small";
}
