// @ts-check
/** @file A press ends on what it began: what is drawn anew between pressing and letting go would take it away. */

/** @type {Promise<void>} */
let isReleased = Promise.resolve();

addEventListener(
  "pointerdown",
  () => {
    isReleased = new Promise((resolve) => {
      for (const end of ["pointerup", "pointercancel"]) {
        addEventListener(end, () => setTimeout(resolve), { once: true, capture: true }); // the click comes first
      }
    });
  },
  { capture: true },
);

/** Wait until nothing is held down. */
export function released() {
  return isReleased;
}
