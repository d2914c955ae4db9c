// @ts-check
/**
 * @file Whether sound leaves twice (RED, RFC 2198), which loss hardly touches, or once, in half the room.
 *
 * Both sides take both as they come. A browser changes from one to the other by negotiation alone, so it negotiates
 * with itself: what the other side said last, with the payload types in another order. Nobody else hears of it.
 */

/** What both sides have agreed on: where something else is to be agreed on too, the other side has to hear of it. */
const AGREED = /^(?:m=\w+ 0?|a=(?:mid:.*|ice-ufrag:.*|sendrecv|sendonly|recvonly|inactive)$)/gm;

export class Redundancy {
  #connection;
  #isTwice = true;
  /** @type {RTCRtpTransceiver | null} */
  #preferring = null;

  /** @param {RTCPeerConnection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  /**
   * Name redundant sound first, in what is said to the other side. A browser takes its time to tell what it can: the
   * first call is best made before anybody waits.
   * @param {RTCRtpTransceiver | undefined} transceiver
   */
  prefer(transceiver) {
    if (!transceiver || transceiver === this.#preferring) return;
    this.#preferring = transceiver;
    const codecs = RTCRtpReceiver.getCapabilities?.("audio")?.codecs ?? [];
    const red = codecs.filter((codec) => codec.mimeType.toLowerCase() === "audio/red");
    if (!transceiver.setCodecPreferences || red.length === 0) return;
    transceiver.setCodecPreferences([...red, ...codecs.filter((codec) => !red.includes(codec))]);
  }

  /** The other side has said something, and names redundant sound first. */
  renewed() {
    this.#isTwice = true;
  }

  /**
   * Nothing else may be set on the connection meanwhile. Where something new is to be agreed on, all stays as it is.
   * @param {boolean} isTwice
   */
  async send(isTwice) {
    const { currentRemoteDescription: said, currentLocalDescription: own, signalingState } = this.#connection;
    if (isTwice === this.#isTwice || !said || !own || signalingState !== "stable") return;
    const sdp = inOrder(said.sdp, isTwice);
    if (sdp === said.sdp || (await this.#agree({ type: said.type, sdp }, own.sdp))) this.#isTwice = isTwice;
  }

  /**
   * @param {RTCSessionDescriptionInit} said
   * @param {string} own
   */
  async #agree(said, own) {
    const connection = this.#connection;
    const isOfferer = said.type === "answer";
    if (!isOfferer) await connection.setRemoteDescription(said);
    const made = isOfferer ? await connection.createOffer() : await connection.createAnswer();
    if (String(made.sdp?.match(AGREED)) !== String(own.match(AGREED))) {
      if (!isOfferer) await connection.setRemoteDescription({ type: "rollback" });
      return false;
    }
    await connection.setLocalDescription(made);
    if (isOfferer) await connection.setRemoteDescription(said);
    return true;
  }
}

/**
 * Put redundant or plain Opus first among the payload types of the sound; a browser sends the first.
 * @param {string} sdp
 * @param {boolean} isTwice
 */
export function inOrder(sdp, isTwice) {
  const [red, opus] = ["red", "opus"].map((name) => sdp.match(new RegExp(`^a=rtpmap:(\\d+) ${name}/48000`, "m"))?.[1]);
  if (!red || !opus) return sdp;
  const first = isTwice ? [red, opus] : [opus, red];
  return sdp.replace(/^(m=audio \d+ \S+) (.*)$/m, (_, head, types) => {
    const others = types.split(" ").filter((/** @type {string} */ type) => !first.includes(type));
    return [head, ...first, ...others].join(" ");
  });
}
