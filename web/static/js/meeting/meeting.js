// @ts-check
/** @file One person's part of a meeting: line, peer and devices held together. It knows no page. */

import { Connection } from "./connection.js";
import { Peer } from "./peer.js";
import { contradiction, standing } from "./standing.js";

/** @typedef {import("./types.js").FromServer} FromServer */
/** @typedef {import("./types.js").FromBrowser} FromBrowser */
/** @typedef {import("./types.js").Admitted} Admitted */
/** @typedef {import("./types.js").PeerCame} PeerCame */
/** @typedef {import("./types.js").Failure} Failure */
/** @typedef {import("./types.js").GoneReason} GoneReason */
/** @typedef {import("./types.js").ByeReason} ByeReason */
/** @typedef {import("./devices.js").Devices} Devices */
/** @typedef {import("./media_watch.js").MediaState} MediaState */
/** @typedef {import("./certificate_watch.js").Seen} Seen */
/** @typedef {import("./link.js").Carried} Carried */

/**
 * @typedef {object} MeetingEvents
 * @property {(message: FromServer) => void} message every message, after it has been acted on
 * @property {() => void} changed something that the page shows is different
 * @property {(stream: MediaStream | null) => void} remote
 * @property {(name: string, reason: GoneReason) => void} parted the one opposite is gone
 * @property {(reason: string) => void} over
 */

/** @type {Partial<Record<MediaState, {state: "connected" | "failed", failure?: Failure}>>} */
const REPORTS = {
  connected: { state: "connected" },
  not_connected: { state: "failed", failure: "media_not_connected" },
  lost: { state: "failed", failure: "media_lost" },
};

export class Meeting {
  /** @type {Admitted | null} */
  admitted = null;
  /** @type {PeerCame | null} who sits opposite */
  peer = null;
  /** @type {MediaState} */
  media = "connecting";
  /** @type {Carried | null} what gets through to and from the one opposite */
  carried = null;
  place = 0;
  /** The line of the one opposite is gone, and nobody knows yet for how long. */
  isPeerAway = false;
  isLineLost = false;
  linesLost = 0;
  #devices;
  #on;
  #connection;
  /** @type {Peer | null} made ahead, not started yet */
  #spare = null;
  /** @type {Peer | null} */
  #talking = null;
  /** @type {FromBrowser | null} what the server should know of our devices */
  #deviceWord = null;
  /** @type {Failure | null} */
  #deviceFailure = null;
  /** @type {Seen | null} the certificates of the media that come in */
  #seen = null;
  /** @type {RTCCertificate | null} */
  #certificate = null;
  #isOver = false;

  /**
   * @param {{socket: string, ticket: string, csrf: string}} page
   * @param {Devices} devices
   * @param {MeetingEvents} on
   */
  constructor(page, devices, on) {
    this.#devices = devices;
    this.#on = on;
    this.#connection = new Connection(page, {
      message: (message) => this.#hear(message),
      lost: () => this.#lost(),
      over: (reason) => this.#end(reason),
    });
  }

  /**
   * @param {RTCCertificate | null} certificate with which this side speaks
   */
  connect(certificate) {
    this.#certificate = certificate;
    this.#connection.connect();
  }

  /** Whether the server has spoken, and nothing broke since. */
  get hasLine() {
    return !this.isLineLost && (this.place > 0 || this.admitted !== null);
  }

  /** How the identification of the one opposite stands for the media that come in. */
  get standing() {
    return standing(this.peer?.participant.proof, this.#seen);
  }

  /** What both sides read to each other; null while nobody sits opposite. */
  get code() {
    return this.#talking?.code ?? null;
  }

  /** For how long no media of the other side have come, in milliseconds. */
  get stillFor() {
    return this.#talking?.stillFor ?? 0;
  }

  disconnect() {
    this.#isOver = true;
    this.#connection.disconnect();
    this.#dropPeer();
    this.#spare?.disconnect();
    this.#devices.close();
  }

  /** @param {FromBrowser} message */
  send(message) {
    this.#connection.send(message);
  }

  prove() {
    void this.#connection.prove();
  }

  leave() {
    this.send({ type: "leave" });
    this.#end("left");
  }

  /**
   * The devices were opened, or were not: put them on the connection, and let the server know.
   * @param {{failure: Failure | null, isReady: boolean}} how what keeps a device shut, and whether that holds nobody up
   */
  devicesChanged({ failure, isReady }) {
    if (this.#isOver) return;
    const { audio, video, stream } = this.#devices;
    if (this.#talking) {
      void this.#talking.replace("audio", audio, stream);
      void this.#talking.replace("video", video, stream);
    } else if (globalThis.RTCPeerConnection) {
      this.#spare?.disconnect();
      this.#spare = this.#made();
    }
    /** @type {FromBrowser | null} */
    const failed = failure && { type: "media", state: "failed", failure };
    if (failed && failure !== this.#deviceFailure && !isReady) this.send(failed);
    this.#deviceFailure = failure;
    this.#deviceWord = isReady ? { type: "ready", audio: !!audio, video: !!video } : failed;
    if (isReady && this.#deviceWord) this.send(this.#deviceWord);
    this.sendMute();
  }

  sendMute() {
    const { audio, video } = this.#devices;
    if (this.admitted) this.send({ type: "mute", audio: !audio?.enabled, video: !video?.enabled });
  }

  /** @param {FromServer} message */
  #hear(message) {
    this.isLineLost = false;
    this.linesLost = 0;
    this.#act(message);
    this.#on.message(message);
    this.#on.changed();
  }

  /** @param {FromServer} message */
  #act(message) {
    switch (message.type) {
      case "waiting":
        this.place = message.place;
        if (this.admitted) this.#leaveTable();
        if (this.#deviceWord) this.send(this.#deviceWord);
        return;
      case "admitted":
        return this.#enter(message);
      case "peer":
        return this.#meet(message);
      case "gone":
        if (message.id === this.peer?.participant.id) this.#part(message.reason);
        return;
      case "away":
        this.isPeerAway ||= message.id === this.peer?.participant.id;
        return;
      case "description":
        if (message.from === this.peer?.participant.id) void this.#talking?.hear(message.description);
        return;
      case "candidate":
        if (message.from === this.peer?.participant.id) void this.#talking?.hearCandidate(message.candidate);
        return;
      case "ice":
        this.#talking?.restart(message.ice_servers);
        return;
      case "proof":
        if (message.id === this.peer?.participant.id) Object.assign(this.peer.participant, { name: message.name, proof: message.proof });
        return;
      case "mute":
        if (this.peer?.participant.id === message.from) this.peer.muted = { audio: message.audio, video: message.video };
        return;
      case "refused":
        return this.#end(message.reason === "wrong_person" ? "wrong_person" : "refused");
    }
  }

  /** Back in the waiting room: sent there, or away for too long. Nothing of the table goes on. */
  #leaveTable() {
    this.admitted = null;
    this.#dropPeer();
  }

  /** @param {Admitted} admitted */
  #enter(admitted) {
    const isBack = this.admitted !== null;
    this.admitted = admitted;
    this.sendMute();
    if (isBack) this.#report();
  }

  /**
   * The same visit of the same person goes on with the media as they are; anything else is connected anew.
   * @param {PeerCame} came
   */
  #meet(came) {
    this.isPeerAway = false;
    const isSame = this.peer?.participant.id === came.participant.id && this.peer.visit === came.visit;
    if (isSame && this.#talking) {
      this.peer = came;
      this.#talking.resume();
      return;
    }
    this.#dropPeer();
    this.peer = came;
    this.#talking = this.#spare ?? this.#made();
    this.#spare = null;
    const { relay_only } = /** @type {Admitted} */ (this.admitted);
    this.#talking.start({ polite: came.polite, servers: came.ice_servers, relayOnly: relay_only, awaitsDevices: !this.#deviceWord });
    this.sendMute();
  }

  #made() {
    /** @type {Peer} */
    const made = new Peer(this.#devices.stream, this.#certificate, {
      description: (description) => this.#toPeer((to) => ({ type: "description", to, description })),
      candidate: (candidate) => this.#toPeer((to) => ({ type: "candidate", to, candidate })),
      remote: (stream) => this.#on.remote(stream),
      state: (state) => this.#mediaChanged(state),
      carried: (carried) => {
        this.carried = carried;
        this.#on.changed();
      },
      certificates: (seen) => made === this.#talking && this.#look(seen),
      code: () => this.#on.changed(),
      needsIce: () => this.send({ type: "ice" }),
    });
    return made;
  }

  /**
   * The media of another's certificate take the proof away here and now; the server is told why.
   * @param {Seen} seen
   */
  #look(seen) {
    const before = this.standing;
    this.#seen = seen;
    const participant = this.peer?.participant;
    const reason = contradiction(participant?.proof, seen);
    if (participant?.proof && reason && !participant.proof.lost) {
      participant.proof = { ...participant.proof, lost: reason };
      this.send({ type: "unbound", participant: participant.id, reason });
    }
    if (this.standing !== before) this.#on.changed();
  }

  /** @param {(to: string) => FromBrowser} make */
  #toPeer(make) {
    if (this.peer) this.send(make(this.peer.participant.id));
  }

  /** @param {GoneReason} reason */
  #part(reason) {
    this.#on.parted(this.peer?.participant.name ?? "", reason);
    this.#dropPeer();
  }

  #dropPeer() {
    this.#talking?.disconnect();
    this.#talking = null;
    this.#seen = null;
    this.isPeerAway = false;
    this.peer = null;
    this.media = "connecting";
    this.carried = null;
    this.#on.remote(null);
    if (!this.#isOver && globalThis.RTCPeerConnection && this.#deviceWord) this.#spare ??= this.#made();
  }

  /** @param {MediaState} state */
  #mediaChanged(state) {
    this.media = state;
    if (state === "lost" || state === "not_connected") this.send({ type: "ice" });
    this.#report();
    this.#on.changed();
  }

  #report() {
    const report = REPORTS[this.media];
    if (report && this.#talking) this.send({ type: "media", ...report });
  }

  /** The media are left alone: they do not pass our server. */
  #lost() {
    this.isLineLost = true;
    this.linesLost += 1;
    this.#on.changed();
  }

  /** @param {string} reason */
  #end(reason) {
    if (this.#isOver) return;
    this.disconnect();
    this.#on.over(reason);
  }
}
