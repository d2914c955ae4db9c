/* A camera of our own making: somebody before a wall, and on the wall a marker that nothing else looks like. */

globalThis.markedCamera = (hue = "#b8c4b0") => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [640, 480];
  const on = canvas.getContext("2d");
  const started = performance.now();
  const draw = () => {
    const sway = 12 * Math.sin((performance.now() - started) / 400);
    on.fillStyle = hue;
    on.fillRect(0, 0, 640, 480);
    on.fillStyle = "#ff00ff";
    on.fillRect(40, 40, 32, 32);
    on.fillRect(560, 220, 32, 32);
    on.fillStyle = "#30486a";
    on.beginPath();
    on.ellipse(320 + sway, 500, 150, 190, 0, Math.PI, 2 * Math.PI);
    on.fill();
    on.fillStyle = "#e0a882";
    on.beginPath();
    on.ellipse(320 + sway, 210, 62, 84, 0, 0, 2 * Math.PI);
    on.fill();
    on.fillStyle = "#3a2a20";
    on.beginPath();
    on.ellipse(320 + sway, 160, 66, 46, 0, Math.PI, 2 * Math.PI);
    on.fill();
    on.fillRect(292 + sway, 200, 12, 7);
    on.fillRect(336 + sway, 200, 12, 7);
    on.fillRect(304 + sway, 252, 32, 5);
  };
  draw();
  setInterval(draw, 66);
  return canvas.captureStream(15).getVideoTracks()[0];
};

/* What has come in: every picture, those with the marker, and those in which somebody has a face. */
globalThis.seen = { frames: 0, marked: 0, faces: 0 };

const looked = new OffscreenCanvas(160, 120).getContext("2d", { willReadFrequently: true });

/** Look at one picture, and close it. @param {VideoFrame} picture */
globalThis.look = (picture) => {
  looked.drawImage(picture, 0, 0, 160, 120);
  picture.close();
  const { data } = looked.getImageData(0, 0, 160, 120);
  let magenta = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at] > 180 && data[at + 1] < 90 && data[at + 2] > 180) magenta += 1;
  const face = (55 * 160 + 80) * 4;
  globalThis.seen.frames += 1;
  globalThis.seen.marked += magenta > 5 ? 1 : 0;
  globalThis.seen.faces += data[face] > 190 && data[face + 1] > 130 && data[face + 1] < 200 && data[face + 2] < 160 ? 1 : 0;
};

globalThis.watchPictures = async (track) => {
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    globalThis.look(value);
  }
};
