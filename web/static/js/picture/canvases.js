// @ts-check
/** @file Canvases that never stand on the page. */

/**
 * @param {number} width
 * @param {number} height
 * @param {CanvasRenderingContext2DSettings} [how]
 * @returns {CanvasRenderingContext2D}
 */
export function canvas(width, height, how) {
  const made = document.createElement("canvas");
  [made.width, made.height] = [width, height];
  const context = made.getContext("2d", how);
  if (!context) throw new Error("this browser draws no canvas");
  return context;
}

/**
 * Give it a size; what stood on it goes.
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 * @param {number} height
 */
export function sized({ canvas: it }, width, height) {
  if (it.width !== width) it.width = width;
  if (it.height !== height) it.height = height;
}
