// @ts-check
/** @file Watches whether media really flow, both ways: "connected" is what getStats counts, not what ICE hopes. */

/** @typedef {"connecting" | "connected" | "interrupted" | "not_connected" | "lost"} MediaState */

const LOOK_EVERY_MS = 1_000;
const LOOK_FIRST_MS = 150;
const STILL_AFTER_MS = 2_500;
const PATIENCE_MS = 20_000;
/** Nothing has flowed yet: a firewall shows at once, and who waits before it is told within ten seconds. */
const FIRST_PATIENCE_MS = 8_000;

export class MediaWatch {
  #connection;
  #onState;
  /** @type {MediaState} */
  #state = "connecting";
  #received = 0;
  #sent = 0;
  #hasFlowed = false;
  #since = 0;
  #receivedAt = 0;
  #isLooking = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {RTCPeerConnection} connection
   * @param {(state: MediaState) => void} onState told of every change
   */
  constructor(connection, onState) {
    this.#connection = connection;
    this.#onState = onState;
  }

  connect() {
    this.#since = performance.now();
    this.#schedule();
  }

  disconnect() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isLooking = true; // a look under way ends without a word
  }

  /** For how long nothing has come in, in milliseconds. */
  get stillFor() {
    return performance.now() - Math.max(this.#receivedAt, this.#since);
  }

  async look() {
    if (this.#isLooking || !this.#timer) return;
    this.#isLooking = true;
    try {
      const { received, sent } = count(await this.#connection.getStats());
      if (this.#timer) this.#judge(received, sent);
    } finally {
      if (this.#timer) {
        this.#isLooking = false;
        this.#schedule();
      }
    }
  }

  #schedule() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), this.#hasFlowed ? LOOK_EVERY_MS : LOOK_FIRST_MS);
  }

  /**
   * @param {number} received
   * @param {number} sent
   */
  #judge(received, sent) {
    const now = performance.now();
    const sends = this.#connection.getSenders().some((sender) => sender.track);
    const comes = received > this.#received || (!this.#expectsMedia() && sent > this.#sent);
    const flows = comes && (!sends || sent > 0) && this.#connection.connectionState === "connected";
    if (comes) this.#receivedAt = now;
    [this.#received, this.#sent] = [received, sent];
    if (flows) {
      this.#hasFlowed = true;
      this.#since = now;
      this.#become("connected");
    } else if (now - this.#since > (this.#hasFlowed ? PATIENCE_MS : FIRST_PATIENCE_MS)) this.#become(this.#hasFlowed ? "lost" : "not_connected");
    else if (this.#hasFlowed && now - this.#receivedAt > STILL_AFTER_MS && this.#state === "connected") this.#become("interrupted");
  }

  /** Somebody without camera and microphone sends nothing, and is there all the same. */
  #expectsMedia() {
    return this.#connection.getTransceivers().some(({ currentDirection }) => currentDirection?.includes("recv"));
  }

  /** @param {MediaState} state */
  #become(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.#onState(state);
  }
}

/**
 * Count packets of sound and frames of picture.
 * @param {RTCStatsReport} report
 */
function count(report) {
  let received = 0;
  let sent = 0;
  report.forEach((stats) => {
    if (stats.type === "inbound-rtp") received += stats.kind === "video" ? (stats.framesDecoded ?? 0) : (stats.packetsReceived ?? 0);
    if (stats.type === "outbound-rtp") sent += stats.packetsSent ?? 0;
  });
  return { received, sent };
}
