// @ts-check
/** @file Hands out what was begun while the page was still coming: by `first.js`, and the certificate here. */

import { keptCertificate } from "../certificate/kept.js";

const { first } = globalThis;
export const { PICTURE, SOUND, visit, dialled } = first;
const CERTIFICATE_MS = 1_000;

/** @type {{certificate: import("../certificate/kept.js").Place | null}} */
const page = JSON.parse(document.getElementById("page-data")?.textContent ?? "{}");
/** A connection without a certificate of its own is worth more than none. */
const certificate = Promise.race([
  page.certificate && globalThis.RTCPeerConnection ? keptCertificate(page.certificate) : null,
  new Promise((resolve) => setTimeout(() => resolve(null), CERTIFICATE_MS)),
]);

/** Hand out the camera and the microphone that were opened at the start, once; null where they were not. */
export function takeDevices() {
  const taken = first.devices;
  first.devices = null;
  return taken;
}

/**
 * Hand out the line that was opened at the start, with what has come over it, once; null when it did not last.
 * @returns {{socket: WebSocket, heard: string[]} | null}
 */
export function takeLine() {
  const taken = first.line;
  first.line = null;
  return taken && taken.socket.readyState <= WebSocket.OPEN ? taken : null;
}

/**
 * The certificate for which this browser was, or may be, identified; null where it needs or has none.
 * @returns {Promise<RTCCertificate | null>}
 */
export function meetingCertificate() {
  return certificate;
}
