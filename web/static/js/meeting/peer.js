// @ts-check
/**
 * @file One peer connection, by perfect negotiation (W3C WebRTC 1.0, 10.7). It knows no page and no socket.
 *
 * It is made while one waits, with the devices already on it; nothing leaves it before `start`.
 * The impolite side makes the first offer, so that the first negotiation has no collision to solve.
 */

import { CodeExchange } from "../code/exchange.js";
import { CertificateWatch } from "./certificate_watch.js";
import { Dark } from "./dark.js";
import { Link } from "./link.js";
import { MediaWatch } from "./media_watch.js";
import { placeOf, screenPlace, screenPlaces } from "./places.js";
import { Recovery } from "./recovery.js";
import { Redundancy } from "./redundancy.js";
import { isScreen } from "./screen.js";

/** @typedef {import("./types.js").Description} Description */
/** @typedef {import("./types.js").Candidate} Candidate */
/** @typedef {import("./types.js").IceServer} IceServer */
/** @typedef {import("./media_watch.js").MediaState} MediaState */

/** @typedef {"both" | "out" | "in"} Way which way media go: `out` is a camera that shows one picture, `in` whoever sees it */

/**
 * @typedef {object} PeerEvents
 * @property {(description: Description) => void} description
 * @property {(candidate: Candidate) => void} candidate
 * @property {(stream: MediaStream) => void} remote
 * @property {(screen: MediaStreamTrack) => void} screen
 * @property {(state: MediaState) => void} state
 * @property {(carried: import("./link.js").Carried) => void} carried more or less gets through
 * @property {(seen: import("./certificate_watch.js").Seen) => void} certificates of the other side, at every look
 * @property {() => void} code the digits to compare are others
 * @property {() => void} needsIce fresh servers are wanted, then `restart`
 */

export class Peer {
  #connection;
  #remote = new MediaStream();
  #on;
  #watch;
  #guard;
  #recovery;
  #exchange;
  #link;
  #redundancy;
  #certificates;
  #way;
  #isPolite = false;
  #hasStarted = false;
  #hasHeard = false;
  #isOffering = false;
  #ignoresOffer = false;
  #awaitsDevices = false;
  /** One thing is agreed on after the other. */
  #turn = Promise.resolve();
  #inLine = 0;
  /** @type {MediaStreamTrack | null} */
  #screen = null;
  #dark = new Dark();

  /**
   * @param {MediaStream} local
   * @param {RTCCertificate | null} certificate the one that this side shows, if it is to be a certain one
   * @param {PeerEvents} on
   * @param {Way} [way]
   */
  constructor(local, certificate, on, way = "both") {
    this.#on = on;
    this.#way = way;
    this.#certificates = certificate ? { certificates: [certificate] } : {};
    this.#connection = new RTCPeerConnection(this.#certificates);
    this.#watch = new MediaWatch(this.#connection, (state) => this.#flows(state));
    this.#recovery = new Recovery(this.#connection, () => this.#watch.stillFor, on.needsIce);
    this.#exchange = way === "both" ? new CodeExchange(this.#connection, on.code) : null;
    this.#guard = new CertificateWatch(this.#connection, (seen) => {
      void this.#exchange?.look(seen);
      on.certificates(seen);
    });
    this.#redundancy = new Redundancy(this.#connection);
    const speak = (/** @type {import("./ladder.js").Rung} */ rung) => this.#inTurn(() => this.#redundancy.send(rung !== "voice"));
    this.#link = new Link(this.#connection, on.carried, way === "both" ? speak : null);
    for (const track of local.getTracks()) this.#add(track, local);
    this.#connection.onnegotiationneeded = () => void this.#offer();
    this.#connection.onicecandidate = ({ candidate }) => candidate && on.candidate(plain(candidate));
    this.#connection.ontrack = ({ track, transceiver }) => (screenPlaces(this.#connection).includes(transceiver) ? on.screen(track) : this.#show(track));
    this.#connection.onconnectionstatechange = () => this.#changed();
  }

  /**
   * Begin to talk: from here on descriptions and candidates leave.
   * @param {{polite: boolean, servers: IceServer[], relayOnly: boolean, awaitsDevices: boolean}} how
   */
  start({ polite, servers, relayOnly, awaitsDevices }) {
    this.#isPolite = polite;
    this.#awaitsDevices = awaitsDevices;
    this.#connection.setConfiguration({
      ...this.#certificates,
      iceServers: forBrowser(servers),
      iceTransportPolicy: relayOnly ? "relay" : "all",
    });
    this.#hasStarted = true;
    this.#watch.connect();
    this.#guard.connect();
    this.#recovery.connect(polite);
    this.#exchange?.connect(polite);
    this.#link.connect();
    if (polite) return;
    if (this.#way === "both") for (const kind of ["audio", "video"]) if (!this.#transceiver(kind)) this.#connection.addTransceiver(kind, { direction: "recvonly" });
    this.#project();
    void this.#offer();
  }

  /** @param {number} others how many sit there besides this side */
  divide(others) {
    this.#link.divide(others);
  }

  disconnect() {
    this.#watch.disconnect();
    this.#guard.disconnect();
    this.#recovery.disconnect();
    this.#link.disconnect();
    this.#dark.lift();
    this.#connection.onconnectionstatechange = null;
    this.#connection.close();
  }

  /** The line to the other side was away for a while: say again what may have been lost. */
  resume() {
    void this.#inTurn(async () => this.#sayAgain());
  }

  #sayAgain() {
    const { signalingState, localDescription, connectionState } = this.#connection;
    if (signalingState === "have-local-offer" && localDescription) this.#on.description(described(localDescription));
    else if (connectionState === "failed" || connectionState === "disconnected") this.#recovery.now();
    else if (connectionState === "new" && !this.#isPolite) void this.#offer();
  }

  /** @param {IceServer[]} servers */
  restart(servers) {
    const { iceTransportPolicy } = this.#connection.getConfiguration();
    this.#connection.setConfiguration({ ...this.#certificates, iceServers: forBrowser(servers), ...(iceTransportPolicy && { iceTransportPolicy }) });
    this.#connection.restartIce();
  }

  /** @param {Description} description */
  hear(description) {
    return this.#inTurn(() => this.#take(description));
  }

  /** @param {Description} description */
  async #take(description) {
    const isCollision = description.type === "offer" && this.#connection.signalingState !== "stable";
    this.#ignoresOffer = !this.#isPolite && isCollision;
    if (this.#ignoresOffer) return;
    this.#hasHeard = true;
    await this.#connection.setRemoteDescription(description);
    this.#redundancy.renewed();
    void this.#guard.look();
    if (description.type !== "offer") return;
    if (this.#awaitsDevices) this.#promise();
    this.#project();
    this.#redundancy.prefer(this.#transceiver("audio"));
    await this.#connection.setLocalDescription();
    this.#tell();
  }

  /** @param {Candidate} candidate */
  async hearCandidate(candidate) {
    try {
      await this.#inTurn(() => this.#connection.addIceCandidate(candidate));
    } catch (error) {
      if (!this.#ignoresOffer) console.warn("a candidate was not taken", error);
    }
  }

  /**
   * Send another track of a kind, or none.
   * @param {"audio" | "video"} kind
   * @param {MediaStreamTrack | null} track
   * @param {MediaStream} local
   */
  async replace(kind, track, local) {
    this.#awaitsDevices = false;
    const transceiver = this.#transceiver(kind);
    if (!transceiver) {
      if (track) this.#add(track, local);
      return;
    }
    if (track) this.#link.prepare();
    await transceiver.sender.replaceTrack(track);
    if (this.#way === "both") transceiver.direction = track ? "sendrecv" : "recvonly";
  }

  /**
   * Send something else in the place of a track, without a word to the other side: what comes is still a picture and a sound.
   * @param {MediaStreamTrack} track
   */
  async swap(track) {
    await this.#transceiver(track.kind)?.sender.replaceTrack(track);
  }

  /**
   * Show a screen beside the camera's picture, or none.
   * @param {MediaStreamTrack | null} screen
   */
  share(screen) {
    if (screen && !isScreen(screen)) throw new TypeError("this is no screen");
    this.#screen = screen;
    if (this.#hasStarted && (!this.#isPolite || this.#hasHeard)) this.#project();
  }

  /** Its place is made when it is wanted first, and after the camera's. */
  #project() {
    if (this.#screen && !this.#transceiver("video")) this.#connection.addTransceiver("video", { direction: "recvonly" });
    if (this.#screen && !screenPlace(this.#connection)) this.#connection.addTransceiver("video", { direction: "sendrecv" });
    const [place, ...others] = screenPlaces(this.#connection);
    for (const each of others) each.stop();
    if (!place || place.sender.track === this.#screen) return;
    if (!this.#screen) return void this.#dark.fall(place).catch(() => undefined); // the connection was closed meanwhile
    this.#dark.lift();
    place.direction = "sendrecv";
    void place.sender.replaceTrack(this.#screen);
  }

  async #offer() {
    if (!this.#hasStarted || this.#isOffering || (this.#isPolite && !this.#hasHeard)) return;
    this.#isOffering = true;
    try {
      await this.#inTurn(async () => {
        this.#redundancy.prefer(this.#transceiver("audio"));
        await this.#connection.setLocalDescription();
        this.#tell();
      });
    } finally {
      this.#isOffering = false;
    }
  }

  /**
   * Do it when what came before it is done; at once, where that is so: the browser works on it while we go on.
   * @template T
   * @param {() => Promise<T>} what
   * @returns {Promise<T>}
   */
  #inTurn(what) {
    this.#inLine += 1;
    const done = this.#inLine === 1 ? what() : this.#turn.then(what);
    const isDone = () => void (this.#inLine -= 1);
    this.#turn = done.then(isDone, isDone);
    return done;
  }

  /** Camera and microphone are being opened: answered as if they were there, they need no second round. */
  #promise() {
    for (const kind of ["audio", "video"]) {
      const transceiver = this.#transceiver(kind);
      if (transceiver?.direction === "recvonly") transceiver.direction = "sendrecv";
    }
  }

  #tell() {
    if (this.#connection.localDescription) this.#on.description(described(this.#connection.localDescription));
  }

  /**
   * @param {MediaStreamTrack} track
   * @param {MediaStream} local
   */
  #add(track, local) {
    if (this.#way === "both") this.#connection.addTrack(track, local);
    else this.#connection.addTransceiver(track, { direction: "sendonly", streams: [local] });
    this.#redundancy.prefer(this.#transceiver("audio"));
    this.#link.prepare();
  }

  /** @param {string} kind */
  #transceiver(kind) {
    return placeOf(this.#connection, kind);
  }

  /** @param {MediaStreamTrack} track */
  #show(track) {
    for (const old of this.#remote.getTracks()) if (old.kind === track.kind && old !== track) this.#remote.removeTrack(old);
    this.#remote.addTrack(track);
    this.#on.remote(this.#remote);
  }

  /** What both sides read to each other. */
  get code() {
    return this.#exchange?.code ?? null;
  }

  /** For how long nothing has come in, in milliseconds. */
  get stillFor() {
    return this.#watch.stillFor;
  }

  /** @param {MediaState} state */
  #flows(state) {
    if (state === "interrupted") this.#recovery.now();
    this.#on.state(state);
  }

  #changed() {
    this.#recovery.changed();
    this.#watch.look();
    void this.#guard.look();
  }
}

/**
 * @param {RTCIceCandidate} candidate
 * @returns {Candidate}
 */
function plain(candidate) {
  const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
  return { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment };
}

/**
 * @param {RTCSessionDescription} description
 * @returns {Description}
 */
function described({ type, sdp }) {
  return { type, sdp };
}

/**
 * @param {IceServer[]} servers
 * @returns {RTCIceServer[]}
 */
function forBrowser(servers) {
  return servers.map(({ urls, username, credential }) => (username && credential ? { urls, username, credential } : { urls }));
}
