// @ts-check
/**
 * @file Puts the fingerprint of this browser's certificate into every form that begins an identification.
 *
 * Without it the forms work all the same, and the identification then holds for no particular connection.
 */

import { fingerprintOf } from "./fingerprint.js";
import { keptCertificate } from "./kept.js";

/** Nobody waits longer for a stronger proof than for a page. */
const PATIENCE_MS = 2_000;

const place = document.getElementById("certificate");
const known = place ? Promise.race([read(place), pause(PATIENCE_MS)]) : Promise.resolve("");

for (const form of document.querySelectorAll("form")) {
  if (new URL(form.action).pathname.includes("/identify")) prepare(form);
}

/** @param {HTMLFormElement} form */
function prepare(form) {
  const fingerprint = field(form, "fingerprint", "");
  field(form, "reason", place?.dataset["reason"] ?? "");
  field(form, "level", place?.dataset["level"] ?? "");
  let isReady = false;
  void known.then((value) => {
    fingerprint.value = value;
    isReady = true;
  });
  form.addEventListener("submit", (event) => {
    if (isReady) return;
    event.preventDefault();
    void known.then(() => form.requestSubmit(/** @type {HTMLElement | null} */ (event.submitter)));
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} value
 */
function field(form, name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  form.append(input);
  return input;
}

/** @param {HTMLElement} told */
async function read(told) {
  const { key = "", until = "0" } = told.dataset;
  const certificate = globalThis.RTCPeerConnection ? await keptCertificate({ key, until: Number(until) }) : null;
  return certificate ? fingerprintOf(certificate) : "";
}

/** @param {number} milliseconds @returns {Promise<string>} */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(() => resolve(""), milliseconds));
}
