// @ts-check
/** @file The filter that comes by package (MediaPipe's selfie segmentation), loaded from our own address when it is wanted. */

/** @typedef {import("./gate.js").Filter} Filter */

const FOLDER = new URL("../../vendor/selfie_segmentation/", import.meta.url);
const LANDSCAPE = 1;

/** @type {Promise<void> | null} */
let script = null;

/**
 * Raises where the browser has no WebGL, or the package does not load.
 * @returns {Promise<Filter>}
 */
export async function model() {
  if (!document.createElement("canvas").getContext("webgl2")) throw new Error("this browser has no WebGL");
  await (script ??= load());
  const made = new globalThis.SelfieSegmentation({ locateFile: (name) => new URL(name, FOLDER).href });
  /** @type {CanvasImageSource | null} */
  let mask = null;
  made.setOptions({ modelSelection: LANDSCAPE });
  made.onResults((results) => void (mask = results.segmentationMask));
  await made.initialize();
  return {
    async mask(frame) {
      mask = null; // an old one must not stand in for one that does not come
      await made.send({ image: frame });
      return mask;
    },
    close: () => void made.close(),
  };
}

/** It is no module: a script that leaves its class on the window. */
function load() {
  const element = document.createElement("script");
  element.src = new URL("selfie_segmentation.js", FOLDER).href;
  /** @type {Promise<void>} */
  const loaded = new Promise((resolve, reject) => {
    element.onload = () => resolve();
    element.onerror = () => {
      script = null;
      element.remove();
      reject(new Error("the filter did not load"));
    };
  });
  document.head.append(element);
  return loaded;
}
