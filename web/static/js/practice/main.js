// @ts-check
/** @file Wires the page of the practice. */

import { closeDevices, DeviceFailure, openDevices } from "../precall/devices.js";
import { measure } from "../precall/measures.js";
import { MicrophoneMeter } from "../precall/microphone.js";
import { ServerRefusal } from "../precall/server.js";
import { meanwhileKept, ownTurn } from "./line.js";
import { PracticeServer } from "./server.js";
import { element, View } from "./view.js";
import { Walk } from "./walk.js";

/** @typedef {import("./types.js").Measures} Measures */
/** @typedef {import("./types.js").Answers} Answers */

const MOST_MS = 42000; // with the browser's question, the way in and the last look it stays within a minute
const UNHURRIED_MS = 105000;
const ANY = { camera: "", microphone: "" };

/** @type {import("./types.js").PageData} */
const page = JSON.parse(element("page-data", HTMLScriptElement).text);
const server = new PracticeServer(page);
const view = new View(page.texts, () => void practise());
const meter = new MicrophoneMeter((loudness) => view.level(loudness));

/** @type {MediaStream | null} */
let stream = null;

addEventListener("pagehide", () => closeDevices(stream));

async function practise() {
  view.show("waiting", page.texts["connecting"]);
  try {
    await ownTurn(server, (words) => view.show("waiting", words));
    stream = await meanwhileKept(server, () => openDevices(ANY, (device) => view.show("asking", page.texts[`asking_${device}`])));
    await walkWith(stream);
  } catch (error) {
    await explain(error);
  } finally {
    meter.disconnect();
    closeDevices(stream);
    view.own(null);
    view.adviser(null);
  }
}

/** @param {MediaStream} devices */
async function walkWith(devices) {
  view.show("walking", page.texts["connecting"]);
  view.own(devices);
  meter.connect(devices);
  const timer = setTimeout(() => view.hurry(), view.isUnhurried ? UNHURRIED_MS : MOST_MS);
  try {
    await new Walk(devices, server, {
      greet: (adviser) => view.adviser(adviser),
      ask: (step) => view.ask(step),
      say: (words) => view.say(words),
      muted: (isOff) => view.muted(isOff),
      measuring: (done) => view.measuring(done),
      end: judge,
    }).run();
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {Measures} measures
 * @param {Answers} answers
 */
async function judge(measures, answers) {
  view.result(await server.judge({ ...measures, ...answers }));
}

/**
 * Without a microphone there is nothing to walk through, and the one thing to mend is known.
 * @param {unknown} error
 */
async function explain(error) {
  if (error instanceof ServerRefusal) return view.show("failed", error.message || page.texts["unreachable"]);
  const failure = error instanceof DeviceFailure ? error.kind : "broke_off";
  const nothing = { ...measure([]), test_id: null, microphone_silent: false, failure };
  await judge(nothing, { greeting: null, page: null }).catch((/** @type {unknown} */ refused) => {
    view.show("failed", (refused instanceof ServerRefusal && refused.message) || page.texts["unreachable"]);
  });
  if (failure === "broke_off") throw error;
}
