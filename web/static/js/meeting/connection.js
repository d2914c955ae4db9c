// @ts-check
/** @file The way to the server: a socket that comes back by itself. It knows no page and no media. */

import { dialled, takeLine } from "./early.js";
import { firstOf } from "./first_of.js";

/** @typedef {import("./types.js").FromServer} FromServer */
/** @typedef {import("./types.js").FromBrowser} FromBrowser */
/** @typedef {import("./types.js").ByeReason} ByeReason */

const FIRST_PAUSE_MS = 100;
/** For the first half minute: whoever waits for a restart is back half a second after it. */
const LONG_PAUSE_MS = 400;
const SOON_TRIES = 100;
const LONGEST_PAUSE_MS = 5_000;
const PING_EVERY_MS = 8_000;
const SILENCE_MS = 20_000;
const OPEN_WITHIN_MS = 10_000;
/**
 * Who waits for a network that comes back waits for the next try as well. Of the six connections that a browser holds to
 * one server, one is left for what else the page asks.
 */
const TICKET = { everyMs: 600, withinMs: 6_000, atOnce: 5 };

/** After these a new try helps; after the others a person has to decide. */
const COME_BACK = new Set(["ticket", "restart"]);

/** The server does not give this browser a ticket, and will not by asking again. */
class NoEntry extends Error {}

export class Connection {
  #page;
  #on;
  /** @type {WebSocket | null} */
  #socket = null;
  #isOver = true;
  #tries = 0;
  #heardAt = 0;
  #seen = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #pinging;
  #listening = new AbortController();

  /**
   * @param {{socket: string, ticket: string, csrf: string}} page
   * @param {object} on
   * @param {(message: FromServer) => void} on.message
   * @param {() => void} on.lost the socket has gone, and is being opened anew
   * @param {(reason: ByeReason | "no_entry") => void} on.over the server has said goodbye for good
   */
  constructor(page, on) {
    this.#page = page;
    this.#on = on;
  }

  connect() {
    this.#isOver = false;
    this.#listening = new AbortController();
    addEventListener("online", () => this.#hurry(), { signal: this.#listening.signal });
    addEventListener("offline", () => this.#cutOff(), { signal: this.#listening.signal });
    this.#pinging = setInterval(() => this.#ping(), PING_EVERY_MS);
    const early = takeLine();
    if (early) this.#adopt(early.socket, early.heard);
    else void this.#open();
  }

  disconnect() {
    this.#isOver = true;
    this.#listening.abort();
    clearInterval(this.#pinging);
    clearTimeout(this.#retry);
    this.#socket?.close();
    this.#socket = null;
  }

  /**
   * Say something, if the line is there. What must not be lost is said again by its owner after `admitted`.
   * @param {FromBrowser} message
   */
  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** Show the server who this browser's customer is by now; a line that comes back does so by itself. */
  async prove() {
    const socket = this.#socket;
    try {
      const ticket = await this.#ticket(AbortSignal.timeout(OPEN_WITHIN_MS));
      if (socket && socket === this.#socket) this.send({ type: "prove", ticket });
    } catch {
      // the next line brings a ticket along
    }
  }

  /** Opens at once what waits for its pause: the network has come back. */
  #hurry() {
    if (this.#socket || this.#isOver) return;
    clearTimeout(this.#retry);
    void this.#open();
  }

  /** The machine has no network at all: whoever waits hears so now, and not when silence proves it. */
  #cutOff() {
    const dead = this.#socket;
    if (!dead) return;
    this.#socket = null;
    dead.close();
    this.#again();
  }

  async #open() {
    /** @type {string} */
    let ticket;
    try {
      ticket = await firstOf((signal) => this.#ticket(signal), TICKET);
    } catch (error) {
      if (error instanceof NoEntry) this.#end("no_entry");
      else this.#again();
      return;
    }
    if (this.#isOver || this.#socket) return;
    this.#adopt(dialled(this.#page.socket, ticket, this.#seen));
  }

  /**
   * @param {WebSocket} socket
   * @param {string[]} heard what has come over it so far
   */
  #adopt(socket, heard = []) {
    this.#socket = socket;
    this.#heardAt = performance.now();
    const tooLate = setTimeout(() => socket.close(), OPEN_WITHIN_MS);
    const isOpen = () => {
      clearTimeout(tooLate);
      this.#heardAt = performance.now();
    };
    if (socket.readyState === WebSocket.OPEN) isOpen();
    else socket.addEventListener("open", isOpen);
    socket.onmessage = (event) => this.#hear(socket, JSON.parse(event.data));
    socket.onclose = () => this.#closed(socket);
    for (const text of heard) this.#hear(socket, JSON.parse(text));
  }

  /** @param {AbortSignal} signal */
  async #ticket(signal) {
    const answer = await fetch(this.#page.ticket, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": this.#page.csrf },
      body: "{}",
      signal,
    });
    if (answer.redirected || (answer.status >= 400 && answer.status < 500 && answer.status !== 429 && answer.status !== 408))
      throw new NoEntry();
    if (!answer.ok) throw new Error(String(answer.status));
    return /** @type {string} */ ((await answer.json()).ticket);
  }

  /**
   * @param {WebSocket} socket
   * @param {FromServer} message
   */
  #hear(socket, message) {
    if (socket !== this.#socket) return;
    this.#heardAt = performance.now();
    if (message.type === "pong") return;
    if (message.type === "bye" && !COME_BACK.has(message.reason)) return this.#end(message.reason);
    if (message.type === "bye") return;
    if (message.type === "waiting" || message.type === "admitted") this.#tries = 0;
    if (message.type === "text") this.#seen = Math.max(this.#seen, message.seq);
    if (message.type === "admitted") for (const text of message.texts) this.#seen = Math.max(this.#seen, text.seq);
    this.#on.message(message);
    if (message.type === "refused") this.disconnect();
  }

  /** @param {WebSocket} socket */
  #closed(socket) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    this.#again();
  }

  #again() {
    if (this.#isOver) return;
    this.#on.lost();
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#tries, this.#tries < SOON_TRIES ? LONG_PAUSE_MS : LONGEST_PAUSE_MS);
    this.#tries += 1;
    this.#retry = setTimeout(() => void this.#open(), pause * (0.5 + Math.random() / 2));
  }

  /** A line that died without a word is closed here; browsers may take minutes to notice. */
  #ping() {
    if (!this.#socket || this.#socket.readyState !== WebSocket.OPEN) return;
    if (performance.now() - this.#heardAt > SILENCE_MS) this.#cutOff();
    else this.send({ type: "ping" });
  }

  /** @param {ByeReason | "no_entry"} reason */
  #end(reason) {
    this.disconnect();
    this.#on.over(reason);
  }
}
