// @ts-check
/** @file The picture that tells nothing: the outline of somebody before a plain wall. */

const WALL = "#d9e1e8";
const OUTLINE = "#8ea2b3";

/**
 * Cover a canvas with it.
 * @param {CanvasRenderingContext2D} on
 */
export function drawNeutral(on) {
  const { width, height } = on.canvas;
  const size = Math.min(width, height);
  const middle = width / 2;
  on.globalCompositeOperation = "copy"; // whatever stood there is gone
  on.fillStyle = WALL;
  on.fillRect(0, 0, width, height);
  on.globalCompositeOperation = "source-over";
  on.fillStyle = OUTLINE;
  on.beginPath();
  on.arc(middle, height * 0.42, size * 0.17, 0, 2 * Math.PI);
  on.fill();
  on.beginPath();
  on.ellipse(middle, height, size * 0.33, size * 0.34, 0, Math.PI, 2 * Math.PI);
  on.fill();
}
