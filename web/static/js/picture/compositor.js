// @ts-check
/**
 * @file Puts a person before what is left of their room: its light and colours, averaged over tenths of the picture.
 *
 * Mask and picture must be of the same moment: a mask of the moment before would lay bare what the person has left.
 */

import { canvas, sized } from "./canvases.js";
import { islandsKept } from "./islands.js";

/** Halved so often, a letter, a face and a screen are a shade. */
const HALVINGS = 6;
const LOOK = { width: 64, height: 48 };
/** More than this is no person, but a filter that lets everything through. */
const MOST = 0.9;

export class Compositor {
  #scratch = canvas(1, 1);
  #look = canvas(LOOK.width, LOOK.height, { willReadFrequently: true });
  /** @type {CanvasRenderingContext2D[]} */
  #halves = Array.from({ length: HALVINGS }, () => canvas(1, 1));

  /**
   * Look at a mask, which `compose` then takes: whether it leaves something of the room away. One without alpha takes
   * all for a person.
   * @param {CanvasImageSource} mask
   */
  isPlausible(mask) {
    const { width, height } = LOOK;
    this.#look.globalCompositeOperation = "copy";
    this.#look.drawImage(mask, 0, 0, width, height);
    const seen = this.#look.getImageData(0, 0, width, height);
    const alphas = seen.data.filter((_, at) => at % 4 === 3);
    islandsKept(alphas, width).forEach((isKept, at) => (seen.data[at * 4 + 3] = isKept ? 255 : 0));
    this.#look.putImageData(seen, 0, 0);
    return alphas.reduce((sum, alpha) => sum + alpha, 0) / (255 * width * height) <= MOST;
  }

  /**
   * @param {HTMLCanvasElement} frame
   * @param {CanvasImageSource} mask its opaque part is the person
   */
  compose(frame, mask) {
    const { width, height } = frame;
    const on = this.#scratch;
    sized(on, width, height);
    on.globalCompositeOperation = "copy";
    on.drawImage(mask, 0, 0, width, height);
    on.globalCompositeOperation = "destination-in";
    on.drawImage(this.#look.canvas, 0, 0, width, height);
    on.globalCompositeOperation = "source-in";
    on.drawImage(frame, 0, 0);
    on.globalCompositeOperation = "destination-over";
    on.drawImage(this.#blurred(frame), 0, 0, width, height);
    return on.canvas;
  }

  /**
   * By halves, since a canvas that shrinks a picture at once looks at a few of its points alone.
   * @param {HTMLCanvasElement} frame
   */
  #blurred(frame) {
    let from = frame;
    for (const half of this.#halves) {
      sized(half, Math.max(2, from.width >> 1), Math.max(2, from.height >> 1));
      half.globalCompositeOperation = "copy";
      half.drawImage(from, 0, 0, half.canvas.width, half.canvas.height);
      from = half.canvas;
    }
    return from;
  }
}
