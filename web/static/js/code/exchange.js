// @ts-check
/**
 * @file Comes to the digits of one peer connection, over a channel of its own, and takes them back when the media become another's.
 *
 * Only one certificate may speak on each side, for sound, picture and this channel alike: who passes the channel on
 * untouched, and the media through their own hands, would otherwise not be seen.
 */

import { fingerprintsIn } from "../certificate/fingerprint.js";
import { Agreement } from "./agreement.js";

/** @typedef {import("../meeting/certificate_watch.js").Seen} Seen */
/** @typedef {{digits: string, isBroken: boolean}} Code digits: empty as long as there are none */

const LONGEST = 200;
const SHA_256 = /^[0-9a-f]{64}$/;

export class CodeExchange {
  #connection;
  #channel;
  #onCode;
  /** @type {Agreement | null} */
  #agreement = null;
  /** The certificate that the digits were made for. */
  #theirs = "";
  /** @type {Code} */
  code = { digits: "", isBroken: false };

  /**
   * @param {RTCPeerConnection} connection
   * @param {() => void} onCode the code is another
   */
  constructor(connection, onCode) {
    this.#connection = connection;
    this.#onCode = onCode;
    this.#channel = connection.createDataChannel("code", { negotiated: true, id: 0 });
  }

  /** @param {boolean} isPolite */
  connect(isPolite) {
    const channel = this.#channel;
    const agreement = new Agreement(!isPolite, (said) => channel.send(JSON.stringify(said)));
    this.#agreement = agreement;
    channel.onmessage = ({ data }) => void agreement.hear(parsed(data));
    if (channel.readyState === "open") void agreement.begin();
    else channel.onopen = () => void agreement.begin();
  }

  /** @param {Seen} seen the certificates of the other side, at every look */
  async look({ named, shown, isConnected }) {
    if (!this.#agreement || !isConnected) return;
    const told = named.filter((each) => SHA_256.test(each));
    if (told.length < named.length && shown.length === 0) return; // named by another hash, and not shown: not to be compared
    const theirs = only([...told, ...shown]);
    const ours = only(fingerprintsIn(this.#connection.localDescription?.sdp ?? ""));
    if (this.#agreement.isBroken || !theirs || !ours || (this.#theirs && theirs !== this.#theirs)) return this.#set({ digits: "", isBroken: true });
    if (this.code.digits || this.code.isBroken) return;
    const digits = await this.#agreement.code(ours, theirs);
    if (!digits || this.code.isBroken) return;
    this.#theirs = theirs;
    this.#set({ digits, isBroken: false });
  }

  /** @param {Code} code */
  #set(code) {
    if (this.code.isBroken || (code.digits === this.code.digits && !code.isBroken)) return;
    this.code = code;
    this.#onCode();
  }
}

/** @param {string[]} fingerprints */
function only(fingerprints) {
  const [one = "", ...others] = new Set(fingerprints);
  return others.length === 0 && SHA_256.test(one) ? one : "";
}

/** @param {unknown} data */
function parsed(data) {
  if (typeof data !== "string" || data.length > LONGEST) return null;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
