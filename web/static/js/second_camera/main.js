// @ts-check
/**
 * @file Wires the page of a phone that shows something: ask, look, show, stop. Nothing leaves before "Show" is pressed,
 * and nothing while the page is not seen.
 */

import { named, pageFailure } from "../devices/named.js";
import { permissionOf } from "../devices/permission.js";
import { Awake } from "../meeting/awake.js";
import { element, isFocusLost } from "../meeting/elements.js";
import { Help } from "../meeting/help.js";
import { Words } from "../meeting/words.js";
import { Showing } from "./showing.js";

/** @typedef {"ask" | "ready" | "showing" | "over"} ViewName */

/** A paper is read by its letters: more of them, and fewer frames, than of a face. */
const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 20 } };
/** What ends it for good, and how that is said. @type {Record<string, string>} */
const ENDS = { ended: "camera_over", no_entry: "camera_taken", replaced: "camera_elsewhere" };

/** @type {import("../meeting/types.js").PageData} */
const page = JSON.parse(element("page-data", HTMLScriptElement).text);
const words = new Words(page);
const help = new Help(element("camera-failure", HTMLElement), words);
const root = element("second-camera", HTMLElement);
const title = element("camera-title", HTMLElement);
const status = element("camera-status", HTMLElement);
const preview = element("camera-preview", HTMLVideoElement);
const use = element("camera-use", HTMLButtonElement);
const other = element("camera-other", HTMLButtonElement);
const awake = new Awake();

/** @type {MediaStream | null} */
let stream = null;
/** @type {Showing | null} */
let showing = null;
/** Why nothing is shown any more, by the name of the words for it. */
let why = "";
/** The page was hidden while the camera was open. */
let isToReturn = false;

use.addEventListener("click", () => void open());
other.addEventListener("click", () => void turn());
element("camera-show", HTMLButtonElement).addEventListener("click", show);
element("camera-stop", HTMLButtonElement).addEventListener("click", () => stop("camera_stopped"));
document.addEventListener("visibilitychange", () => void (document.visibilityState === "hidden" ? hidden() : seen()));
addEventListener("pagehide", hidden);
help.show(pageFailure());
view("ask");

/** @param {string} [id] which camera; the one at the back, where it is not said */
async function open(id) {
  use.disabled = true;
  const began = performance.now();
  try {
    const wanted = id ? { deviceId: { exact: id } } : { facingMode: { ideal: "environment" } };
    take(await navigator.mediaDevices.getUserMedia({ video: { ...PICTURE, ...wanted } }));
    help.show(null);
  } catch (error) {
    help.show(pageFailure() ?? (await named("camera", error, performance.now() - began)));
    stop("");
    close();
    view("ask");
  }
  use.disabled = false;
}

/** @param {MediaStream} opened */
function take(opened) {
  close();
  if (root.dataset["view"] === "over" || document.visibilityState === "hidden") return opened.getTracks().forEach((track) => track.stop());
  stream = opened;
  for (const track of stream.getVideoTracks()) {
    track.contentHint = "detail";
    track.onended = lost;
  }
  preview.srcObject = stream;
  showing?.replace(stream);
  const isLatest = () => stream === opened && !showing;
  void preview.play().then(() => isLatest() && view("ready"), () => undefined); // a younger one has come
  void cameras().then((found) => (other.hidden = found.length < 2));
}

function close() {
  for (const track of stream?.getTracks() ?? []) {
    track.onended = null;
    track.stop();
  }
  stream = null;
  preview.srcObject = null;
}

/** A phone opens one camera at a time: the one before is closed first. */
async function turn() {
  const found = await cameras();
  const current = found.findIndex(({ deviceId }) => deviceId === stream?.getVideoTracks()[0]?.getSettings().deviceId);
  const next = found[(current + 1) % found.length];
  close();
  await open(next?.deviceId);
}

async function cameras() {
  const found = await navigator.mediaDevices.enumerateDevices();
  return found.filter(({ kind, deviceId }) => kind === "videoinput" && deviceId);
}

function show() {
  if (!stream) return;
  why = "";
  showing = new Showing(page, stream, { changed: draw, over });
  showing.connect();
  awake.connect();
  view("showing");
}

/** @param {string} reason */
function stop(reason) {
  if (!showing) return;
  showing.disconnect();
  showing = null;
  awake.disconnect();
  why = reason;
  view("ready");
}

/** The camera was taken away, by a call or by another program. */
function lost() {
  stop("");
  close();
  why = "camera_lost";
  view("ask");
}

/** What is not looked at shows nothing: a phone in a pocket, or turned to something else. */
function hidden() {
  if (!stream) return;
  stop("camera_hidden");
  close();
  isToReturn = true;
  view("ask");
}

/** The camera is open again where the browser need not ask; what it sees is shown to nobody yet. */
async function seen() {
  if (!isToReturn) return;
  isToReturn = false;
  if ((await permissionOf("camera")) === "granted") await open();
}

/** @param {string} reason */
function over(reason) {
  showing = null;
  close();
  awake.disconnect();
  why = "";
  view("over");
  title.textContent = words.say("camera_end");
  element("camera-over", HTMLElement).textContent = words.say(ENDS[reason] ?? "camera_over");
}

function draw() {
  if (showing) status.textContent = words.say(`camera_${showing.how}`);
  root.dataset["how"] = showing?.how ?? "";
}

/** @param {ViewName} name */
function view(name) {
  for (const each of [root, document.documentElement]) each.dataset["view"] = name;
  for (const part of root.querySelectorAll("[data-when]")) {
    if (part instanceof HTMLElement) part.hidden = !part.dataset["when"]?.split(" ").includes(name);
  }
  status.textContent = words.say(why || (name === "ready" ? "camera_ready" : ""));
  draw();
  if (name !== "ask" && isFocusLost()) title.focus({ preventScroll: true });
}
