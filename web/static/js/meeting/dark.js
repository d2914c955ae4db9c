// @ts-check
/**
 * @file Black in the place of a screen that is over. That it is over is told by the server, and what is agreed on goes by
 * it, too: where that line is down, the last picture of the screen would stand at the other side until it is back.
 */

import { canvas } from "../picture/canvases.js";
import { output } from "../picture/output.js";

const EVERY_MS = 100;
/** Long enough for a picture that was lost to be sent again. */
const LASTS_MS = 1_500;

export class Dark {
  /** @type {import("../picture/output.js").Output | null} */
  #output = null;

  /**
   * Send black at once, and a moment later nothing.
   * @param {RTCRtpTransceiver} place
   */
  async fall(place) {
    if (this.#output) return;
    const black = (this.#output = output());
    const picture = canvas(320, 200);
    picture.fillRect(0, 0, 320, 200);
    const timer = setInterval(() => black.show(picture.canvas), EVERY_MS);
    await place.sender.replaceTrack(black.track);
    await new Promise((resolve) => setTimeout(resolve, LASTS_MS));
    clearInterval(timer);
    if (this.#output !== black) return;
    this.lift();
    place.direction = "recvonly";
    await place.sender.replaceTrack(null);
  }

  /** A screen is shown again, or the connection is at its end. */
  lift() {
    this.#output?.close();
    this.#output = null;
  }
}
