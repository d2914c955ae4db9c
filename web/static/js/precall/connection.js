// @ts-check
/** @file The browser's end of the connection test: sends a stream to the server's peer and gets one back. */

const GATHER_MS = 1500;
const CONNECT_MS = 12000;

export class EchoConnection {
  /** @type {RTCPeerConnection} */
  #peer;
  /** @type {(sdp: string) => Promise<string>} */
  #exchange;

  /**
   * @param {object} wiring
   * @param {RTCConfiguration} wiring.ice
   * @param {(sdp: string) => Promise<string>} wiring.exchange takes the offer to the server, brings its answer
   * @param {(stream: MediaStream) => void} wiring.onReturned
   */
  constructor({ ice, exchange, onReturned }) {
    this.#exchange = exchange;
    this.#peer = new RTCPeerConnection({ ...ice, bundlePolicy: "max-bundle" });
    const returned = new MediaStream();
    this.#peer.addEventListener("track", (event) => {
      returned.addTrack(event.track);
      onReturned(returned);
    });
  }

  /**
   * Resolve once media can flow; throw when no way is found in time.
   * @param {MediaStream} stream
   * @param {{wantsPicture?: boolean}} wish a picture may be wanted also from who has no camera
   */
  async connect(stream, { wantsPicture = false } = {}) {
    for (const track of stream.getTracks()) this.#peer.addTrack(track, stream);
    if (wantsPicture && stream.getVideoTracks().length === 0) {
      this.#peer.addTransceiver("video", { direction: "recvonly" });
    }
    await this.#peer.setLocalDescription();
    await this.#gathered();
    const sdp = await this.#exchange(this.#peer.localDescription?.sdp ?? "");
    await this.#peer.setRemoteDescription({ type: "answer", sdp });
    await this.#connected();
  }

  /** @returns {Promise<RTCStatsReport>} */
  stats() {
    return this.#peer.getStats();
  }

  disconnect() {
    this.#peer.close();
  }

  /** Wait for the candidates, but no longer than a slow STUN server deserves: those found so far will do. */
  #gathered() {
    return this.#until("icegatheringstatechange", GATHER_MS, () => this.#peer.iceGatheringState === "complete");
  }

  async #connected() {
    await this.#until("connectionstatechange", CONNECT_MS, () =>
      ["connected", "failed", "closed"].includes(this.#peer.connectionState),
    );
    if (this.#peer.connectionState !== "connected") throw new Error("no connection");
  }

  /**
   * @param {"icegatheringstatechange" | "connectionstatechange"} event
   * @param {number} patienceMs
   * @param {() => boolean} holds
   * @returns {Promise<void>}
   */
  #until(event, patienceMs, holds) {
    return new Promise((resolve) => {
      const watching = new AbortController();
      const done = () => {
        watching.abort();
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, patienceMs);
      const look = () => {
        if (holds()) done();
      };
      this.#peer.addEventListener(event, look, { signal: watching.signal });
      look();
    });
  }
}
