// @ts-check
/**
 * @file Asks for what takes longest while the page is still coming: the line, camera and microphone.
 *
 * It stands in the page itself, whose policy allows it by its hash, so it runs as soon as it is read; any file comes
 * tens of milliseconds later. So it imports nothing, and leaves on the window what it began: `early.js` hands that out.
 * The devices are opened here only where the browser allows both: nobody is asked before we said why.
 */

globalThis.first = (() => {
  const VERSION = 2;
  const UNKNOWN_MS = 200;
  const PICTURE = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } };
  const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  /** What the page calls itself as long as it is open. */
  const visit = crypto.randomUUID();
  const page = JSON.parse(document.getElementById("page-data")?.textContent ?? "{}");

  /**
   * Open a line. The hello goes with its handshake: nobody waits until this page, which is just being drawn, can say it.
   * @param {string} path
   * @param {string} ticket
   * @param {number} seen the highest number of a text that the page has
   */
  function dialled(path, ticket, seen) {
    const address = new URL(path, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const hello = btoa(JSON.stringify({ type: "hello", version: VERSION, ticket, visit, seen }));
    return new WebSocket(address, ["kohtaamo", hello.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")]);
  }

  /**
   * The line, opened with the ticket that the page has brought, and what has come over it.
   * @returns {{socket: WebSocket, heard: string[]} | null} null where it brought none
   */
  function line() {
    if (!page.entry) return null;
    holdBack();
    const socket = dialled(page.socket, page.entry, 0);
    /** @type {string[]} */
    const heard = [];
    socket.onmessage = ({ data }) => heard.push(data);
    return { socket, heard };
  }

  /** @returns {Promise<MediaStream | null>} null where not both are allowed, or the browser does not say */
  async function devices() {
    if (page.role === "camera") return null; // a phone that shows something opens its camera by a press, and no microphone
    if (!globalThis.RTCPeerConnection || !navigator.mediaDevices?.getUserMedia) return null;
    const asked = ["microphone", "camera"].map((name) => navigator.permissions.query({ name: /** @type {PermissionName} */ (name) }));
    const found = await Promise.all(asked).catch(() => []);
    if (found.length === 0 || found.some(({ state }) => state !== "granted")) return null;
    return navigator.mediaDevices.getUserMedia({ audio: SOUND, video: PICTURE });
  }

  /** Nothing is drawn until the server has said where one is, or for a moment: another page would take its place at once. */
  function holdBack() {
    const { dataset } = document.documentElement;
    dataset["view"] = "unknown";
    setTimeout(() => dataset["view"] === "unknown" && delete dataset["view"], UNKNOWN_MS);
  }

  const opening = devices(); // before the line: whether it may, the browser has to ask itself first
  opening.catch(() => undefined); // told to whoever takes it
  return { PICTURE, SOUND, visit, dialled, line: line(), devices: opening };
})();
