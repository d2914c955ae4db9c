// @ts-check
// The pages before the waiting room: say that they are open and on which device, and show what the adviser says.

import { deviceOf } from "../meeting/arrival.js";
import { sayAside } from "./aside.js";
import { showAside } from "./show_aside.js";

const EVERY_MS = 4_000;

const root = /** @type {HTMLElement} */ (document.getElementById("arrival"));
const said = /** @type {HTMLElement} */ (document.getElementById("told-said"));
const advice = /** @type {HTMLElement} */ (document.getElementById("told-help"));
const device = deviceOf(navigator);
const arrival = { step: "opened", microphone: "unknown", camera: "unknown", device, failure: failure() };

/** What will bar the way later is said at once. */
function failure() {
  if (!window.isSecureContext) return "page_insecure";
  if ("RTCPeerConnection" in window && navigator.mediaDevices) return null;
  return device.browser === "in_app" ? "browser_in_app" : "browser_too_old";
}

async function speak() {
  const told = await sayAside(root.dataset["address"] ?? "", root.dataset["csrf"] ?? "", root.dataset["place"] ?? "", arrival);
  if (told) showAside(said, advice, told);
  setTimeout(() => void speak(), EVERY_MS);
}

void speak();
