// @ts-check
/**
 * @file One person's part of a meeting: line, devices, and a connection to each of the others. It knows no page.
 *
 * One of the others sits opposite, in the large picture: the customer for whoever works here, the adviser for all else.
 */

import { Connection } from "./connection.js";
import { Opposite } from "./opposite.js";
import { standing } from "./standing.js";

/** @typedef {import("./types.js").FromServer} FromServer */
/** @typedef {import("./types.js").FromBrowser} FromBrowser */
/** @typedef {import("./types.js").Admitted} Admitted */
/** @typedef {import("./types.js").PeerCame} PeerCame */
/** @typedef {import("./types.js").Failure} Failure */
/** @typedef {import("./types.js").GoneReason} GoneReason */
/** @typedef {import("./types.js").Role} Role */
/** @typedef {import("./media_watch.js").MediaState} MediaState */

/**
 * @typedef {object} MeetingEvents
 * @property {(message: FromServer) => void} message every message, after it has been acted on
 * @property {() => void} changed something that the page shows is different
 * @property {(stream: MediaStream | null) => void} remote
 * @property {(name: string, reason: GoneReason, isOpposite: boolean) => void} parted one of the others is gone
 * @property {(reason: string) => void} over
 */

/** Who sits opposite whom. @type {Record<Role, Role>} */
const OPPOSITE = { customer: "adviser", adviser: "customer", colleague: "customer", interpreter: "adviser", support: "adviser", expert: "adviser", camera: "adviser" };

/** @type {Set<Role>} */
const STAFF = new Set(["adviser", "colleague"]);

/** @type {Partial<Record<MediaState, {state: "connected" | "failed", failure?: Failure}>>} */
const REPORTS = {
  connected: { state: "connected" },
  not_connected: { state: "failed", failure: "media_not_connected" },
  lost: { state: "failed", failure: "media_lost" },
};

export class Meeting {
  /** @type {Admitted | null} */
  admitted = null;
  place = 0;
  isLineLost = false;
  /** Those of the organisation speak among themselves. */
  confers = false;
  linesLost = 0;
  #devices;
  #on;
  #connection;
  /** @type {Role} as what one sits at the table */
  role;
  /** @type {Opposite | null} made ahead, for who comes first */
  #spare = null;
  /** @type {Map<string, Opposite>} by their ids, in the order in which they came */
  #others = new Map();
  /** @type {FromBrowser | null} what the server should know of our devices */
  #deviceWord = null;
  /** @type {Failure | null} */
  #deviceFailure = null;
  /** @type {MediaStream | null} */
  #shown = null;
  /** @type {RTCCertificate | null} */
  #certificate = null;
  #isOver = false;

  /**
   * @param {{role: "customer" | "adviser" | "guest", socket: string, ticket: string, csrf: string}} page
   * @param {import("./devices.js").Devices} devices
   * @param {MeetingEvents} on
   */
  constructor(page, devices, on) {
    this.role = page.role === "guest" ? "expert" : page.role; // until the server says as what
    this.#devices = devices;
    this.#on = on;
    this.#connection = new Connection(page, {
      message: (message) => this.#hear(message),
      lost: () => this.#lost(),
      over: (reason) => this.#end(reason),
    });
  }

  /** @param {RTCCertificate | null} certificate with which this side speaks */
  connect(certificate) {
    this.#certificate = certificate;
    this.#connection.connect();
    this.#makeAhead();
  }

  /** Whether the server has spoken, and nothing broke since. */
  get hasLine() {
    return !this.isLineLost && (this.place > 0 || this.admitted !== null);
  }

  /** @returns {PeerCame | null} who sits opposite */
  get peer() {
    return this.#opposite?.came ?? null;
  }

  /** @returns {MediaState} */
  get media() {
    return this.#opposite?.media ?? "connecting";
  }

  /** Whether the way to the one opposite stands, on which media follow. */
  get isLinked() {
    return this.#opposite?.isLinked ?? false;
  }

  /** @returns {import("./link.js").Carried | null} what gets through to and from the one opposite */
  get carried() {
    return this.#opposite?.carried ?? null;
  }

  /** The line of the one opposite is gone, and nobody knows yet for how long. */
  get isPeerAway() {
    return this.#opposite?.isAway ?? false;
  }

  /** How the identification of the one opposite stands for the media that come in. */
  get standing() {
    return this.#opposite?.standing ?? standing(undefined, null);
  }

  /** What both sides read to each other; null while nobody sits opposite. */
  get code() {
    return this.#opposite?.code ?? null;
  }

  /** For how long no media of the one opposite have come, in milliseconds. */
  get stillFor() {
    return this.#opposite?.stillFor ?? 0;
  }

  /** @returns {Opposite[]} in the order in which they came */
  get others() {
    return [...this.#others.values()];
  }

  /** @returns {Opposite[]} the others at the table, without the one opposite */
  get besides() {
    return this.others.filter((each) => each !== this.#opposite);
  }

  /** @param {string} id */
  nameOf(id) {
    return this.#others.get(id)?.came?.participant.name ?? "";
  }

  /** Whether a colleague is there to speak with in private. */
  get mayConfer() {
    return STAFF.has(this.role) && [...this.#others.values()].some((each) => each.came && STAFF.has(each.came.participant.role));
  }

  get #opposite() {
    return [...this.#others.values()].find((each) => each.came?.participant.role === OPPOSITE[this.role]) ?? null;
  }

  disconnect() {
    this.#isOver = true;
    this.#connection.disconnect();
    for (const id of [...this.#others.keys()]) this.#drop(id);
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
    const { audio, video } = this.#devices;
    for (const other of this.#others.values()) other.replace(this.#devices);
    this.#spare?.replace(this.#devices);
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
        return message.participant.role === "camera" ? undefined : this.#meet(message);
      case "gone":
        return this.#part(message.id, message.reason);
      case "away":
        return this.#note(message.id, (other) => (other.isAway = true));
      case "description":
        return this.#note(message.from, (other) => other.hear(message.description));
      case "candidate":
        return this.#note(message.from, (other) => other.hearCandidate(message.candidate));
      case "ice":
        for (const other of this.#others.values()) other.hearIce(message.ice_servers);
        return;
      case "proof":
        return this.#note(message.id, ({ came }) => came && Object.assign(came.participant, { name: message.name, proof: message.proof }));
      case "stated":
        return this.#note(message.from, ({ came }) => came && (came.stated = { statement: message.statement, at: message.at }));
      case "confer":
        this.confers = message.on;
        return this.#hush();
      case "role":
        return this.#reseat(message.id, message.role);
      case "mute":
        return this.#note(message.from, ({ came }) => came && (came.muted = { audio: message.audio, video: message.video }));
      case "refused":
        return this.#end(message.reason === "wrong_person" ? "wrong_person" : "refused");
    }
  }

  /**
   * @param {string} id
   * @param {(other: Opposite) => unknown} what
   */
  #note(id, what) {
    const other = this.#others.get(id);
    if (other) what(other);
  }

  /** Back in the waiting room: sent there, or away for too long. Nothing of the table goes on. */
  #leaveTable() {
    this.admitted = null;
    for (const id of [...this.#others.keys()]) this.#drop(id);
  }

  /**
   * Somebody sits there as something else: the one opposite may be another. The media go on as they are.
   * @param {string} id
   * @param {Role} role
   */
  #reseat(id, role) {
    if (id === this.admitted?.you) this.role = role;
    this.#note(id, ({ came }) => came && (came.participant.role = role));
    this.#show();
    this.#hush();
    this.#report();
  }

  /** While they confer, who works here sends nothing of themselves to anybody else. */
  #hush() {
    const isStaff = STAFF.has(this.role);
    for (const other of this.#others.values())
      other.hush(this.confers && isStaff && !STAFF.has(other.came?.participant.role ?? "customer"), this.#devices);
  }

  /** @param {Admitted} admitted */
  #enter(admitted) {
    const isBack = this.admitted !== null;
    this.admitted = admitted;
    this.role = admitted.role;
    this.confers = false; // said again at once, where it is so
    this.sendMute();
    if (isBack) this.#report();
  }

  /**
   * The same visit of the same person goes on with the media as they are; anything else is connected anew.
   * @param {PeerCame} came
   */
  #meet(came) {
    const { id } = came.participant;
    const known = this.#others.get(id);
    if (known?.is(came)) {
      known.resume(came);
      return this.#hush();
    }
    if (known) this.#drop(id);
    const other = this.#spare ?? this.#made();
    this.#spare = null;
    this.#others.set(id, other);
    this.#divide();
    other.came = came;
    this.#hush();
    const { relay_only } = /** @type {Admitted} */ (this.admitted);
    other.meet(came, { relayOnly: relay_only, awaitsDevices: !this.#deviceWord });
    this.sendMute();
    this.#show();
  }

  /** Who joins takes from what the others get of this side's line, and who leaves gives it back. */
  #divide() {
    for (const other of this.#others.values()) other.divide(this.#others.size);
  }

  /** A browser's first connection takes it a while. */
  #makeAhead() {
    if (!this.#isOver && this.#others.size === 0 && globalThis.RTCPeerConnection) this.#spare ??= this.#made();
  }

  #made() {
    /** @type {Opposite} */
    const made = new Opposite(this.#devices.stream, this.#certificate, {
      say: (message) => this.send(message),
      remote: (stream) => {
        this.#shown = made === this.#opposite ? stream : this.#shown;
        if (stream === this.#shown) this.#on.remote(stream);
        this.#on.changed();
      },
      changed: () => this.#on.changed(),
      state: () => {
        if (made === this.#opposite) this.#report();
        this.#on.changed();
      },
    });
    return made;
  }

  /**
   * @param {string} id
   * @param {GoneReason} reason
   */
  #part(id, reason) {
    const name = this.#others.get(id)?.came?.participant.name;
    if (name === undefined) return;
    const isOpposite = id === this.peer?.participant.id;
    this.#drop(id);
    this.#on.parted(name, reason, isOpposite);
  }

  /** @param {string} id */
  #drop(id) {
    this.#others.get(id)?.disconnect();
    this.#others.delete(id);
    this.#divide();
    this.#show();
    this.#makeAhead();
  }

  /** The picture of the one opposite is another, or none. */
  #show() {
    const stream = this.#opposite?.stream ?? null;
    if (stream !== this.#shown) this.#on.remote(stream);
    this.#shown = stream;
  }

  #report() {
    const report = REPORTS[this.media];
    if (report && this.#opposite) this.send({ type: "media", ...report });
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
