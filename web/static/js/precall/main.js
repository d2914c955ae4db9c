// @ts-check
/** @file Wires the page of the connection test. */

import { closeDevices, DeviceFailure, listDevices, openDevices } from "./devices.js";
import { MicrophoneMeter } from "./microphone.js";
import { runTest } from "./run.js";
import { ServerRefusal, TestServer } from "./server.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Measures} Measures */

/** @type {import("./types.js").PageData} */
const page = JSON.parse(element("page-data", HTMLScriptElement).text);
const root = element("precall", HTMLElement);
const start = element("precall-start", HTMLButtonElement);
const status = element("precall-status", HTMLElement);
const progress = element("precall-progress", HTMLProgressElement);
const level = element("precall-level", HTMLMeterElement);
const returned = element("precall-returned", HTMLVideoElement);
const camera = element("precall-camera", HTMLSelectElement);
const microphone = element("precall-microphone", HTMLSelectElement);
const result = element("precall-result", HTMLElement);

const server = new TestServer(page);
const meter = new MicrophoneMeter((loudness) => (level.value = loudness));

/** @type {MediaStream | null} */
let stream = null;

start.addEventListener("click", () => void test());
addEventListener("pagehide", () => closeDevices(stream));
show("idle");

async function test() {
  if (root.dataset["state"] === "asking" || root.dataset["state"] === "testing") return;
  try {
    await open();
    await measureLine();
  } catch (error) {
    await explain(error);
  } finally {
    meter.disconnect();
    closeDevices(stream);
    returned.srcObject = null;
  }
}

async function open() {
  stream = await openDevices({ camera: camera.value, microphone: microphone.value }, (device) => show("asking", page.texts[`asking_${device}`]));
  const devices = await listDevices();
  offerChoice(camera, devices.cameras, stream.getVideoTracks()[0]);
  offerChoice(microphone, devices.microphones, stream.getAudioTracks()[0]);
  meter.connect(stream);
}

async function measureLine() {
  if (!stream) return;
  progress.value = 0;
  show("testing", page.texts["connecting"]);
  await runTest({
    stream,
    server,
    onReturned: (media) => (returned.srcObject = media),
    onProgress: (done) => {
      progress.value = done;
      say(page.texts["measuring"]);
    },
    onMeasured: async (measures) => judge({ ...measures, microphone_silent: meter.isSilent }),
  });
}

/** @param {Measures} measures */
async function judge(measures) {
  const judged = await server.judge(measures);
  root.dataset["verdict"] = judged.kind;
  text("precall-verdict", judged.verdict);
  text("precall-advice", judged.advice);
  const figures = element("precall-figures", HTMLElement);
  figures.replaceChildren(...judged.figures.flatMap(({ name, value }) => [tag("dt", name), tag("dd", value)]));
  element("precall-details", HTMLElement).hidden = judged.figures.length === 0;
  const couldRun = measures.failure === null || measures.failure === "no_camera";
  show(couldRun ? "done" : "failed");
  result.focus();
}

/** @param {unknown} error */
async function explain(error) {
  if (error instanceof DeviceFailure) {
    await judge(nothingBut(error.kind)).catch(explain);
  } else if (error instanceof ServerRefusal) {
    show("failed", error.message || page.texts["unreachable"]);
  } else {
    await judge(nothingBut("broke_off")).catch(() => show("failed", page.texts["unreachable"])); // named like the others
    throw error;
  }
}

/**
 * @param {import("./types.js").Failure} failure
 * @returns {Measures}
 */
function nothingBut(failure) {
  return {
    failure,
    test_id: null,
    audio_returned: false,
    video_returned: false,
    microphone_silent: false,
    uses_relay: false,
    round_trip_ms: null,
    jitter_ms: null,
    audio_loss_sent: null,
    audio_loss_returned: null,
    video_loss_sent: null,
    video_loss_returned: null,
    frames_per_second: null,
  };
}

/**
 * Show what belongs to a state: an element names its states in data-when.
 * @param {State} state
 * @param {string} [sentence]
 */
function show(state, sentence = "") {
  if (state !== "done" && state !== "failed") delete root.dataset["verdict"];
  for (const each of root.querySelectorAll("[data-when]")) {
    const when = (each instanceof HTMLElement && each.dataset["when"]) || "";
    each.toggleAttribute("hidden", !when.split(" ").includes(state));
  }
  result.hidden = root.dataset["verdict"] === undefined;
  start.textContent = page.texts[state === "idle" ? "start" : "again"] ?? "";
  say(sentence);
  root.dataset["state"] = state;
}

/** @param {string | undefined} sentence */
function say(sentence) {
  if (status.textContent !== sentence) status.textContent = sentence ?? "";
}

/**
 * @param {HTMLSelectElement} choice
 * @param {MediaDeviceInfo[]} devices
 * @param {MediaStreamTrack | undefined} used
 */
function offerChoice(choice, devices, used) {
  const inUse = used?.getSettings().deviceId ?? "";
  const options = devices.map(({ label, deviceId }) => new Option(label, deviceId, false, deviceId === inUse));
  choice.replaceChildren(...options);
  choice.disabled = options.length === 0;
  choice.parentElement?.toggleAttribute("hidden", options.length === 0);
}

/**
 * @param {string} id
 * @param {string} sentence
 */
function text(id, sentence) {
  element(id, HTMLElement).textContent = sentence;
}

/**
 * @param {"dt" | "dd"} name
 * @param {string} sentence
 */
function tag(name, sentence) {
  const made = document.createElement(name);
  made.textContent = sentence;
  return made;
}

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
function element(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page lacks #${id}`);
  return found;
}
