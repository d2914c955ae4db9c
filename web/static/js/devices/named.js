// @ts-check
/** @file The names of what keeps a microphone or a camera shut: signalling/failure.py's. */

import { deviceOf } from "../meeting/arrival.js";
import { permissionOf } from "./permission.js";

/** @typedef {import("../meeting/types.js").Failure} Failure */
/** @typedef {import("./permission.js").DeviceName} DeviceName */

/** Nobody closes a question as fast as this: the browser has not asked. */
const TOO_FAST_MS = 150;

/**
 * What keeps every device shut on this page, whoever asks.
 * @returns {Failure | null}
 */
export function pageFailure() {
  const media = /** @type {MediaDevices | undefined} */ (navigator.mediaDevices);
  if ("RTCPeerConnection" in globalThis && media && "getUserMedia" in media) return null;
  if (!globalThis.isSecureContext) return "page_insecure";
  return isInApp() ? "browser_in_app" : "browser_too_old";
}

/**
 * Name a refusal of getUserMedia.
 * @param {DeviceName} device
 * @param {unknown} error
 * @param {number} took milliseconds from asking to refusing
 * @returns {Promise<Failure>}
 */
export async function named(device, error, took) {
  const { name, message } = error instanceof Error || error instanceof DOMException ? error : { name: "", message: "" };
  if (name === "NotFoundError" || name === "OverconstrainedError") return `${device}_missing`;
  if (name === "NotReadableError" || name === "AbortError") return `${device}_in_use`;
  if (name !== "NotAllowedError" && name !== "SecurityError") return `${device}_failed`;
  if (/by system/i.test(message)) return `${device}_blocked_by_system`;
  return refused(device, message, took);
}

/**
 * Not allowed: by whom? Some browsers remember a refusal and still say that they would ask.
 * @param {DeviceName} device
 * @param {string} message
 * @param {number} took
 * @returns {Promise<Failure>}
 */
async function refused(device, message, took) {
  if (isInApp()) return "browser_in_app";
  if (/dismissed/i.test(message)) return `${device}_dismissed`;
  const state = await permissionOf(device);
  if (state === "granted") return `${device}_blocked_by_system`;
  return state === "denied" || took < TOO_FAST_MS ? `${device}_blocked` : `${device}_dismissed`;
}

function isInApp() {
  return deviceOf(navigator).browser === "in_app";
}
