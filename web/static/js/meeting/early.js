// @ts-check
/**
 * @file Asks for what takes longest before the rest of the page has come: camera and microphone, and the line.
 *
 * It runs before the first paint, and imports no more than that needs. Whoever opens devices or the line finds them
 * under way. The devices are opened here only where the browser allows both: nobody is asked before we said why.
 */

import { keptCertificate } from "../certificate/kept.js";
import { permissionOf } from "../devices/permission.js";

export const PICTURE = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } };
export const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
export const VERSION = 1;
/** The page comes with a ticket, which lives for 60 s. */
const TICKET_MS = 45_000;
const CERTIFICATE_MS = 1_000;

/** What the page calls itself as long as it is open. */
export const visit = crypto.randomUUID();

/** @type {Promise<MediaStream | null> | null} */
let devices = allowed();
devices.catch(() => undefined); // told to whoever takes it
/** @type {{socket: string, entry: string | null, certificate: import("../certificate/kept.js").Place | null}} */
const page = JSON.parse(document.getElementById("page-data")?.textContent ?? "{}");
let line = opened();
/** A connection without a certificate of its own is worth more than none. */
const certificate = Promise.race([
  page.certificate && globalThis.RTCPeerConnection ? keptCertificate(page.certificate) : null,
  new Promise((resolve) => setTimeout(() => resolve(null), CERTIFICATE_MS)),
]);

async function allowed() {
  if (!globalThis.RTCPeerConnection || !navigator.mediaDevices?.getUserMedia) return null;
  const states = await Promise.all([permissionOf("microphone"), permissionOf("camera")]);
  return states.every((state) => state === "granted") ? navigator.mediaDevices.getUserMedia({ audio: SOUND, video: PICTURE }) : null;
}

/** Hand out the camera and the microphone that were opened at the start, once; null where they were not. */
export function takeDevices() {
  const taken = devices;
  devices = null;
  return taken;
}

/**
 * Hand out the line that was opened at the start, with what has come over it, once; null when it did not last.
 * @returns {{socket: WebSocket, heard: string[]} | null}
 */
export function takeLine() {
  const taken = line;
  line = null;
  return taken && taken.socket.readyState <= WebSocket.OPEN ? taken : null;
}

/**
 * The certificate for which this browser was, or may be, identified; null where it needs or has none.
 * @returns {Promise<RTCCertificate | null>}
 */
export function meetingCertificate() {
  return certificate;
}

/**
 * @param {string} ticket
 * @param {number} seen the highest number of a text that the page has
 */
export function hello(ticket, seen) {
  return JSON.stringify({ type: "hello", version: VERSION, ticket, visit, seen });
}

/** @param {string} path */
export function dialled(path) {
  const address = new URL(path, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  return new WebSocket(address);
}

function opened() {
  const { entry } = page;
  if (!entry || performance.now() > TICKET_MS) return null;
  const socket = dialled(page.socket);
  /** @type {string[]} */
  const heard = [];
  socket.onopen = () => socket.send(hello(entry, 0));
  socket.onmessage = ({ data }) => heard.push(data);
  return { socket, heard };
}
