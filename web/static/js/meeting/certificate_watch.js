// @ts-check
/**
 * @file Looks which certificate the other side's media really come with.
 *
 * A browser takes media only from whoever holds the key of a certificate that the description names; so the
 * description decides. Where the browser also tells what was shown in the handshake, that is looked at too.
 */

import { fingerprintOfBytes, fingerprintsIn } from "../certificate/fingerprint.js";

/**
 * @typedef {object} Seen
 * @property {string[]} named the fingerprints of the description; none as long as there is none
 * @property {string[]} shown the fingerprints of the handshakes, where the browser tells them
 * @property {boolean} isConnected
 */

const LOOK_EVERY_MS = 400;

export class CertificateWatch {
  #connection;
  #onSeen;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;

  /**
   * @param {RTCPeerConnection} connection
   * @param {(seen: Seen) => void} onSeen
   */
  constructor(connection, onSeen) {
    this.#connection = connection;
    this.#onSeen = onSeen;
  }

  connect() {
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
  }

  disconnect() {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async look() {
    const shown = await Promise.all(this.#shown().map(fingerprintOfBytes));
    if (!this.#timer) return;
    const { currentRemoteDescription, pendingRemoteDescription, connectionState } = this.#connection;
    const named = [currentRemoteDescription, pendingRemoteDescription].flatMap((each) => fingerprintsIn(each?.sdp ?? ""));
    this.#onSeen({ named, shown, isConnected: connectionState === "connected" });
  }

  /** @returns {ArrayBuffer[]} the certificate of each handshake; a chain begins with it */
  #shown() {
    const transports = new Set([...this.#connection.getReceivers(), this.#connection.sctp].map((each) => each?.transport));
    return [...transports].flatMap((transport) => transport?.getRemoteCertificates?.().slice(0, 1) ?? []);
  }
}
