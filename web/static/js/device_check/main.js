// @ts-check
/** @file Wires the adviser's own check: the customers' way to open devices, their connection test, and a tone. */

import { ring } from "../bell/tones.js";
import { AskDevice } from "../meeting/ask_device.js";
import { ComingIn } from "../meeting/coming_in.js";
import { Devices } from "../meeting/devices.js";
import { element } from "../meeting/elements.js";
import { Hearing } from "../meeting/hearing.js";
import { Help } from "../meeting/help.js";
import { Words } from "../meeting/words.js";
import { keep } from "./kept.js";
import { LineCheck } from "./line.js";
import { View } from "./view.js";

/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./types.js").CheckName} CheckName */
/** @typedef {import("../devices/permission.js").DeviceName} DeviceName */

/** @type {import("./types.js").PageData} */
const page = JSON.parse(element("page-data", HTMLScriptElement).text);
const words = new Words(page);
const view = new View(words);
const help = new Help(element("check-help", HTMLElement), words);
const self = element("check-self", HTMLVideoElement);
const progress = element("check-progress", HTMLProgressElement);
const devices = new Devices((device) => comingIn.lost(device));
const comingIn = new ComingIn(devices, changed);
const askDevice = new AskDevice(comingIn);
const hearing = new Hearing(devices, element("check-level", HTMLMeterElement), (heard) => {
  if (heard === "heard") wasHeard = true;
  comingIn.silent(heard === "silent" ? "microphone_silent" : null);
  changed();
});
const line = new LineCheck(page, (done) => {
  progress.value = done;
  changed();
});

let wasHeard = false;
/** @type {import("./types.js").State} */
let sound = "waiting";

askDevice.connect();
comingIn.connect();
on("check-again", () => comingIn.again());
on("check-skip", () => comingIn.skip());
on("with-microphone", () => void comingIn.open("microphone"));
on("with-camera", () => void comingIn.open("camera"));
on("check-play", play);
on("sound-yes", () => said("good"));
on("sound-no", () => said("bad"));
on("check-line-again", () => void line.measure(devices.stream));
addEventListener("pagehide", () => devices.close());

/** Show how it stands. Called after whatever may have changed it. */
function changed() {
  hearing.follow(false);
  if (line.state === "waiting" && comingIn.isReady && devices.audio) void line.measure(devices.stream);
  if (devices.video && self.srcObject !== devices.stream) self.srcObject = devices.stream;
  self.hidden = !devices.video;
  progress.hidden = line.state !== "running";
  element("check-line-again", HTMLButtonElement).hidden = line.state !== "bad";
  element("with-microphone", HTMLButtonElement).hidden = comingIn.how.microphone !== "without";
  element("with-camera", HTMLButtonElement).hidden = comingIn.how.camera !== "without";
  element("check-again", HTMLButtonElement).hidden = !comingIn.canTryAgain;
  element("check-skip", HTMLButtonElement).hidden = !comingIn.canSkip;
  askDevice.show();
  help.show(comingIn.failure);
  conclude();
}

function conclude() {
  const checks = { microphone: microphone(), camera: camera(), sound: loudspeaker(), line: connection() };
  for (const [name, shown] of Object.entries(checks)) view.check(/** @type {CheckName} */ (name), shown);
  const states = Object.values(checks).map(({ state }) => state);
  if (states.every((state) => state === "good")) {
    view.result("ready", words.say("check_ready_help"));
    keep(new Date(words.now()));
  } else if (states.some((state) => state === "waiting" || state === "running")) view.result(null);
  else view.result("mend", advice(checks));
}

/**
 * The one thing to mend: a device's failure has its own help above, named as customers have it.
 * @param {Record<CheckName, Shown>} checks
 */
function advice({ microphone, camera, sound }) {
  if (comingIn.failure) return words.failure(comingIn.failure).text;
  if (microphone.state === "bad") return words.say("check_left_out_microphone_help");
  if (camera.state === "bad") return words.say("check_left_out_camera_help");
  if (sound.state === "bad") return words.say("check_no_sound_help");
  return line.advice || words.say("check_line_failed");
}

/** @returns {Shown} */
function microphone() {
  const shown = device("microphone", "check_heard");
  if (shown.state !== "good") return shown;
  if (comingIn.failure === "microphone_silent") return { state: "bad", text: "check_bad" };
  return wasHeard ? shown : { state: "running", text: "check_speak" };
}

function camera() {
  return device("camera", "check_seen");
}

/**
 * @param {DeviceName} name
 * @param {string} works the word for what works
 * @returns {Shown}
 */
function device(name, works) {
  const how = comingIn.how[name];
  if (how === "open") return { state: "good", text: works };
  if (how === "without") return { state: "bad", text: "check_left_out" };
  if (how === "failed") return { state: "bad", text: "check_bad" };
  return how === "opening" ? { state: "running", text: "check_opening" } : { state: "waiting", text: "check_waiting" };
}

/** @returns {Shown} */
function loudspeaker() {
  if (sound === "good") return { state: sound, text: "check_sound_heard" };
  return { state: sound, text: sound === "bad" ? "check_bad" : "check_play" };
}

/** @returns {Shown} */
function connection() {
  const cannotBegin = line.state === "waiting" && !devices.audio && microphone().state === "bad";
  if (cannotBegin) return { state: "bad", text: "check_waiting" }; // what is to be mended stands before it
  const texts = { waiting: "check_waiting", running: "check_measuring", good: "check_good", bad: "check_bad" };
  return { state: line.state, text: texts[line.state] };
}

function play() {
  const context = new AudioContext();
  ring(context);
  setTimeout(() => void context.close(), 2_000);
  sound = "waiting";
  for (const id of ["sound-yes", "sound-no"]) element(id, HTMLButtonElement).hidden = false;
  changed();
}

/** @param {"good" | "bad"} heard */
function said(heard) {
  sound = heard;
  for (const id of ["sound-yes", "sound-no"]) element(id, HTMLButtonElement).hidden = true;
  element("check-play", HTMLButtonElement).focus(); // what was pressed is gone
  changed();
}

/**
 * @param {string} id
 * @param {() => void} deed
 */
function on(id, deed) {
  element(id, HTMLButtonElement).addEventListener("click", deed);
}
