// @ts-check
/** @file Sends as much of picture and sound as the way to the other side carries; `ladder.js` says how much that is. */

import { Ladder } from "./ladder.js";
import { placeOf, screenPlace } from "./places.js";
import { portions } from "./portions.js";

/** @typedef {import("./ladder.js").Rung} Rung */
/**
 * @typedef {object} Carried what gets through
 * @property {Rung} rung what is sent
 * @property {import("./ladder.js").Silence} silence
 * @property {boolean} rests the other side's frames came before and come no more, though their sound goes on; or nothing
 *   comes at all, and the frame that came last must not be taken for them
 */

const LOOK_EVERY_MS = 500;
/** So long nothing comes, and no picture is sent into the void: it begins whole when something comes again. */
const VOID_AFTER_MS = 1_000;
/** Who waits for the other side's picture waits for this look as well. */
const LOOK_INTO_VOID_MS = 80;
const RESTS_AFTER_MS = 2_500;
/**
 * The first picture of all has a sixteenth of the size: a browser that does not know the way yet lets a whole one out in
 * portions, and takes longer to make one.
 */
const FIRST_PICTURE = { scaleResolutionDownBy: 4 };
const VOICE_BITS = 24_000;
const SOUND_BITS = 32_000;

export class Link {
  #connection;
  #onCarried;
  #speak;
  #ladder = new Ladder();
  /** @type {Carried} */
  #carried = { rung: "picture", silence: null, rests: false };
  #came = 0;
  #cameAt = 0;
  #frames = 0;
  #framesAt = 0;
  #isVoid = false;
  /** A picture has left. */
  #hasShown = false;
  /** Among how many the line of this side is divided: each gets an equal part of it. */
  #others = 1;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {RTCPeerConnection} connection
   * @param {(carried: Carried) => void} onCarried told of every change
   * @param {((rung: Rung) => Promise<void>) | null} speak as a rung wants it, at every look; without a voice no picture
   *   rests for one: it gets small, and stays
   */
  constructor(connection, onCarried, speak) {
    this.#connection = connection;
    this.#onCarried = onCarried;
    this.#speak = speak;
  }

  connect() {
    this.#lookAgain();
  }

  /** A camera has found its place: its first picture is a small one. */
  prepare() {
    const camera = placeOf(this.#connection, "video");
    if (camera && !this.#hasShown) void apply(camera.sender, FIRST_PICTURE);
  }

  disconnect() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** @param {number} others how many sit there besides this side; taken at the next look */
  divide(others) {
    this.#others = Math.max(1, others);
  }

  async #look() {
    try {
      if (this.#connection.currentRemoteDescription) await this.#see();
    } finally {
      if (this.#timer) this.#lookAgain();
    }
  }

  #lookAgain() {
    this.#timer = setTimeout(() => void this.#look(), this.#isVoid ? LOOK_INTO_VOID_MS : LOOK_EVERY_MS);
  }

  async #see() {
    const seen = read(await this.#connection.getStats(), placeOf(this.#connection, "video")?.mid);
    if (!this.#timer) return;
    this.#judge(seen, performance.now());
    this.#isVoid = performance.now() - this.#cameAt > VOID_AFTER_MS;
    await this.#send();
  }

  /**
   * @param {ReturnType<typeof read>} seen
   * @param {number} at
   */
  #judge({ room, loss, delay, echo, came, frames, sent }, at) {
    this.#hasShown ||= sent > 0;
    const comes = came > this.#came;
    this.#came = came;
    if (comes || !this.#cameAt) this.#cameAt = at;
    if (frames !== this.#frames) this.#framesAt = at;
    this.#frames = frames;
    // Reports on the picture come every second, but the last one stays when it rests.
    const isShown = portions(this.#ladder.rung, false, this.#others).camera.active;
    this.#ladder.take({ at, room, loss, delay: isShown ? Math.max(delay, echo) : delay, comes });
    const { rung, silence } = this.#ladder;
    const rests = frames > 0 && (silence !== null || this.#cameAt - this.#framesAt > RESTS_AFTER_MS);
    const before = this.#carried;
    if (before.rung === rung && before.silence === silence && before.rests === rests) return;
    this.#carried = { rung, silence, rests };
    this.#onCarried(this.#carried);
  }

  /**
   * A picture that merely pauses is still asked for: what was lost of it went out again and again for eighteen seconds,
   * and took the room of the voice. Agreed with the other side that none comes, it is forgotten.
   * @param {RTCRtpTransceiver} transceiver
   * @param {boolean} isResting
   */
  #rest(transceiver, isResting) {
    if (transceiver.direction === "stopped") return;
    const direction = isResting ? "recvonly" : "sendrecv";
    if (transceiver.direction !== direction) transceiver.direction = direction;
  }

  async #send() {
    const isNarrow = this.#ladder.rung === "voice" || this.#ladder.rung === "sound";
    const rung = isNarrow && !this.#speak ? "small" : this.#ladder.rung;
    const [camera, screen] = [placeOf(this.#connection, "video"), screenPlace(this.#connection)];
    const portion = portions(rung, !!screen?.sender.track, this.#others);
    const picture = this.#hasShown ? portion.camera : { ...portion.camera, ...FIRST_PICTURE };
    for (const [place, wanted] of /** @type {const} */ ([[camera, picture], [screen, portion.screen]])) {
      if (!place?.sender.track) continue;
      if (this.#speak) this.#rest(place, !wanted.active);
      await apply(place.sender, this.#isVoid ? { active: false } : wanted);
    }
    for (const sender of this.#connection.getSenders()) {
      if (sender.track?.kind === "audio") await apply(sender, { maxBitrate: rung === "voice" ? VOICE_BITS : SOUND_BITS });
    }
    await this.#speak?.(rung);
  }
}

/**
 * Change what differs; a browser that does not know a part of it goes on without that part.
 * @param {RTCRtpSender} sender
 * @param {RTCRtpEncodingParameters} wanted
 */
async function apply(sender, wanted) {
  const parameters = sender.getParameters();
  const encoding = parameters.encodings?.[0];
  if (!encoding || Object.entries(wanted).every(([name, value]) => /** @type {any} */ (encoding)[name] === value)) return;
  Object.assign(encoding, wanted);
  try {
    await sender.setParameters(parameters);
  } catch (error) {
    console.warn("the browser sends as before", error); // it is asked again at the next look
  }
}

/**
 * @param {RTCStatsReport} report
 * @param {string | null} [camera] the name of the section whose frames are of the camera
 */
function read(report, camera) {
  /** @type {{room: number | null, loss: number, delay: number, echo: number, came: number, frames: number, sent: number}} */
  const seen = { room: null, loss: 0, delay: 0, echo: 0, came: 0, frames: 0, sent: 0 };
  report.forEach((stats) => {
    if (stats.type === "candidate-pair") {
      seen.came += (stats.packetsReceived ?? 0) + (stats.responsesReceived ?? 0);
      if (!stats.nominated) return;
      seen.room = stats.availableOutgoingBitrate ?? seen.room;
      seen.delay = stats.currentRoundTripTime ?? seen.delay;
    }
    if (stats.type === "remote-inbound-rtp") {
      seen.echo = Math.max(seen.echo, stats.roundTripTime ?? 0);
      seen.loss = Math.max(seen.loss, stats.fractionLost ?? 0);
    }
    if (stats.type === "outbound-rtp" && stats.kind === "video" && (stats.mid ?? camera) === camera) seen.sent += stats.framesSent ?? stats.packetsSent ?? 1;
    if (stats.type === "inbound-rtp" && stats.kind === "video" && (stats.mid ?? camera) === camera) seen.frames += stats.framesDecoded ?? 0;
  });
  return seen;
}
