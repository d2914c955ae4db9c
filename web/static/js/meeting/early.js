// @ts-check
/**
 * @file Asks for what takes longest before the rest of the page has come: camera and microphone, and the line.
 *
 * It imports nothing and runs before the first paint. Whoever opens devices or the line finds them under way.
 */

export const PICTURE = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } };
export const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
export const VERSION = 1;
/** The page comes with a ticket, which lives for 60 s. */
const TICKET_MS = 45_000;

/** What the page calls itself as long as it is open. */
export const visit = crypto.randomUUID();

/** @type {Promise<MediaStream> | null | undefined} */
let devices = globalThis.RTCPeerConnection && navigator.mediaDevices?.getUserMedia?.({ audio: SOUND, video: PICTURE });
devices?.catch(() => undefined); // told to whoever takes it
let line = opened();

/** Hand out the camera and the microphone that were asked for at the start, once. */
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
  const data = document.getElementById("page-data");
  /** @type {{socket: string, entry: string | null}} */
  const page = JSON.parse(data?.textContent ?? "{}");
  const { entry } = page;
  if (!entry || performance.now() > TICKET_MS) return null;
  const socket = dialled(page.socket);
  /** @type {string[]} */
  const heard = [];
  socket.onopen = () => socket.send(hello(entry, 0));
  socket.onmessage = ({ data }) => heard.push(data);
  return { socket, heard };
}
