// @ts-check
// Wires the form for a kept time: the countdown, leaving the page and coming back, and sending it once.

import { Countdown } from "./countdown.js";
import { KeptTime } from "./kept_time.js";

/** @typedef {import("./kept_time.js").PageData} PageData */

/** @type {PageData} */
const data = JSON.parse(document.getElementById("page-data")?.textContent ?? "{}");
const countdown = new Countdown(/** @type {HTMLElement} */ (document.getElementById("hold")), data.words);
const kept = new KeptTime(data);
let isSent = false;

/** @param {number | null} seconds */
function heard(seconds) {
  if (seconds !== null) countdown.startAt(seconds);
}

if (data.seconds > 0) {
  countdown.startAt(data.seconds);
  kept.stayForGood(heard);
}

addEventListener("submit", (event) => {
  if (isSent) event.preventDefault(); // a second press books nothing more
  isSent = true;
});
addEventListener("pagehide", () => {
  if (!isSent) kept.leave();
});
addEventListener("pageshow", (event) => {
  isSent = false;
  if (event.persisted) kept.stayForGood(heard);
});
