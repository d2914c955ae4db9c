// @ts-check
/**
 * @file The picture of this phone on its way to those at the table: a line, and a connection to each that only sends.
 * It is made when the person presses "Show", and thrown away when they stop. It knows no page.
 */

import { Connection } from "../meeting/connection.js";
import { Opposite } from "../meeting/opposite.js";

/** @typedef {import("../meeting/types.js").FromServer} FromServer */
/** @typedef {import("../meeting/types.js").FromBrowser} FromBrowser */
/** @typedef {"connecting" | "shown" | "nobody" | "reconnecting"} How */

export class Showing {
  #stream;
  #on;
  #connection;
  #isRelayOnly = true;
  #isIn = false;
  #isLineLost = false;
  /** @type {Map<string, Opposite>} */
  #others = new Map();

  /**
   * @param {{socket: string, ticket: string, csrf: string}} page
   * @param {MediaStream} stream of one camera
   * @param {{changed: () => void, over: (reason: string) => void}} on
   */
  constructor(page, stream, on) {
    this.#stream = stream;
    this.#on = on;
    this.#connection = new Connection(page, {
      message: (message) => this.#hear(message),
      lost: () => {
        this.#isLineLost = true;
        on.changed();
      },
      over: (reason) => {
        this.disconnect();
        on.over(reason);
      },
    });
  }

  /** @returns {How} whether somebody sees it */
  get how() {
    const others = [...this.#others.values()];
    if (others.some(({ media }) => media === "connected")) return "shown";
    if (this.#isLineLost) return "reconnecting";
    return this.#isIn && others.length === 0 ? "nobody" : "connecting";
  }

  connect() {
    this.#connection.connect();
  }

  /** End it, and let the others know. */
  disconnect() {
    this.#say({ type: "leave" });
    this.#connection.disconnect();
    for (const id of [...this.#others.keys()]) this.#drop(id);
  }

  /**
   * Show another camera's picture in the place of the one before.
   * @param {MediaStream} stream
   */
  replace(stream) {
    this.#stream = stream;
    const [video = null] = stream.getVideoTracks();
    for (const other of this.#others.values()) other.turn(video, stream);
  }

  /** @param {FromBrowser} message */
  #say(message) {
    this.#connection.send(message);
  }

  /** @param {FromServer} message */
  #hear(message) {
    this.#isLineLost = false;
    switch (message.type) {
      case "admitted":
        this.#isIn = true;
        this.#isRelayOnly = message.relay_only;
        break;
      case "peer":
        this.#meet(message);
        break;
      case "gone":
        this.#drop(message.id);
        break;
      case "description":
        this.#others.get(message.from)?.hear(message.description);
        break;
      case "candidate":
        this.#others.get(message.from)?.hearCandidate(message.candidate);
        break;
      case "ice":
        for (const other of this.#others.values()) other.hearIce(message.ice_servers);
        break;
    }
    this.#on.changed();
  }

  /** @param {import("../meeting/types.js").PeerCame} came */
  #meet(came) {
    const { id } = came.participant;
    const known = this.#others.get(id);
    if (known?.is(came)) return known.resume(came);
    this.#drop(id);
    const changed = () => this.#on.changed();
    const other = new Opposite(this.#stream, null, { say: (message) => this.#say(message), remote: changed, changed, state: changed }, "out");
    this.#others.set(id, other);
    this.#divide();
    other.meet(came, { relayOnly: this.#isRelayOnly, awaitsDevices: false });
  }

  /** @param {string} id */
  #drop(id) {
    this.#others.get(id)?.disconnect();
    this.#others.delete(id);
    this.#divide();
  }

  /** All who see it share what this phone's line carries. */
  #divide() {
    for (const other of this.#others.values()) other.divide(this.#others.size);
  }
}
