// @ts-check
/** @file A track of the pictures that it is shown; where the browser can, one that a hidden tab does not still. */

import { canvas, sized } from "./canvases.js";

/** @typedef {{track: MediaStreamTrack, show: (picture: HTMLCanvasElement) => void, close: () => void}} Output */

/** @returns {Output} */
export function output() {
  return globalThis.MediaStreamTrackGenerator && globalThis.VideoFrame ? generated(globalThis.MediaStreamTrackGenerator) : captured();
}

/**
 * @param {NonNullable<typeof MediaStreamTrackGenerator>} Generator
 * @returns {Output}
 */
function generated(Generator) {
  const track = new Generator({ kind: "video" });
  const writer = track.writable.getWriter();
  return {
    track,
    show(picture) {
      if ((writer.desiredSize ?? 0) <= 0) return; // the one before has not left
      const frame = new VideoFrame(picture, { timestamp: Math.round(performance.now() * 1_000), alpha: "discard" });
      writer.write(frame).catch(() => frame.close()); // the track has ended
    },
    close() {
      track.stop();
      void writer.close().catch(() => undefined); // as above
    },
  };
}

/** @returns {Output} */
function captured() {
  const on = canvas(640, 480, { alpha: false });
  const [track] = on.canvas.captureStream().getVideoTracks();
  if (!track) throw new Error("this browser makes no track of a canvas");
  return {
    track,
    show(picture) {
      sized(on, picture.width, picture.height);
      on.drawImage(picture, 0, 0);
    },
    close: () => track.stop(),
  };
}
