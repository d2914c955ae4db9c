/* One join after another: a camera, the product's gate with a filter that breaks on order, and the one who looks. */

/** @typedef {{order: string, at: number, event: string | null}} Join */

const HERE = new URL(document.body.dataset.assets, location.href);
const { Gate } = await import(new URL("js/picture/gate.js", HERE).href);
const { LIMITS } = await import(new URL("js/picture/gate_state.js", HERE).href);
const { model } = await import(new URL("js/picture/model.js", HERE).href);
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const person = new OffscreenCanvas(640, 480);
const on = person.getContext("2d");
on.beginPath();
on.ellipse(320, 500, 170, 210, 0, Math.PI, 2 * Math.PI);
on.ellipse(320, 205, 85, 105, 0, 0, 2 * Math.PI);
on.fill();
const everything = new OffscreenCanvas(640, 480);
everything.getContext("2d").fillRect(0, 0, 640, 480);

const BREAKS = {
  throws: () => Promise.reject(new Error("on order")),
  hangs: () => new Promise(() => undefined),
  lies: async () => everything,
  nothing: async () => null,
  closed: async () => {
    const bitmap = await createImageBitmap(person);
    bitmap.close();
    return bitmap;
  },
};

function standIn({ order, at }) {
  let asked = 0;
  return async () => {
    if (order === "startless" && asked++ === 0) throw new Error("on order");
    return { mask: (frame) => (++asked === at && BREAKS[order] ? BREAKS[order](frame) : Promise.resolve(person)), close: () => undefined };
  };
}

const DEEDS = {
  hidden: async () => {
    for (const state of ["hidden", "visible"]) {
      Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
      await rest(120);
    }
  },
  behind: async () => {
    while (document.visibilityState !== "hidden") await rest(20);
    await rest(300); // what was on its way
    const before = { ...window.seen };
    let drawn = 0;
    requestAnimationFrame(() => (drawn += 1));
    await rest(3_000);
    window.hidden = { frames: window.seen.frames - before.frames, faces: window.seen.faces - before.faces, drawn };
  },
  camera: async (gate) => gate.source(window.markedCamera("#a0b0c8")),
  unplugged: async (gate) => {
    gate.source(null);
    await rest(120);
    gate.source(window.markedCamera());
  },
};

/** Look at all that comes in, and return how to stop. @param {RTCPeerConnection} there */
function watched(there) {
  const worker = globalThis.MediaStreamTrackProcessor ? null : new Worker("arriving.js");
  if (worker) worker.onmessage = ({ data }) => Object.assign(window.seen, data);
  there.ontrack = ({ track, receiver }) => {
    if (worker) receiver.transform = new RTCRtpScriptTransform(worker);
    else void window.watchPictures(track);
  };
  return () => worker?.terminate();
}

/** Join once, and return how it went. @param {Join} how */
window.join = async (how) => {
  window.seen = { frames: 0, marked: 0, faces: 0 };
  const camera = window.markedCamera();
  const limits = how.order === "model" ? { ...LIMITS, slowMs: 60_000, hungMs: 60_000, startMs: 120_000 } : { ...LIMITS, slowMs: 60_000, hungMs: 600 };
  let ended = "";
  const gate = how.order === "bare" ? null : new Gate("blur", how.order === "model" ? model : standIn(how), (state) => (ended = state.ended), limits);
  gate?.source(camera);
  const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()];
  here.onicecandidate = ({ candidate }) => there.addIceCandidate(candidate);
  there.onicecandidate = ({ candidate }) => here.addIceCandidate(candidate);
  const stop = watched(there);
  here.addTrack(gate?.track ?? camera, new MediaStream());
  await here.setLocalDescription();
  await there.setRemoteDescription(here.localDescription);
  await there.setLocalDescription();
  await here.setRemoteDescription(there.localDescription);
  const enough = how.order === "model" ? 4 : 12;
  const until = performance.now() + (how.order === "model" ? 60_000 : 2_500);
  const seenEnough = () => (how.order === "bare" || ended ? window.seen.frames : window.seen.faces) >= enough;
  if (how.event) await rest(350).then(() => DEEDS[how.event](gate));
  while (!seenEnough() && performance.now() < until) await rest(50);
  await rest(200);
  here.close();
  there.close();
  stop();
  gate?.disconnect();
  camera.stop();
  if (window.seen.failed) throw new Error(`a picture could not be looked at: ${window.seen.failed}`);
  return { ...window.seen, ended };
};
document.body.dataset.ready = "yes";
