// @ts-check

import { News } from "./news.js";

/**
 * @typedef {object} VisitState
 * @property {string} id
 * @property {string} stage
 * @property {string} mood
 * @property {string} text
 * @property {boolean} is_here
 * @property {string} verdict
 * @property {string[]} not_reminded
 * @property {number} documents
 * @property {boolean} is_confirmed
 * @property {boolean} wants_call
 * @property {boolean} is_stopped
 * @property {number} late
 * @property {boolean} has_booked_again
 * @property {boolean} is_live
 * @property {string} start
 * @property {string} coming what the panel shows, as a mark
 */

/** @typedef {{visits: VisitState[], waiting: import("./waiting.js").Waits[], tasks: string, takes: boolean | null}} DeskState */

/**
 * Asks the server how every row stands, when it says that something changed and else every few seconds, for what
 * no word came of; knows no DOM and speaks by callback.
 */
export class States {
  #address;
  #onChange;
  #onTrouble;
  #etag = "";
  #isAsking = false;
  #isAskedAgain = false;
  #news;
  /** @type {Worker | null} */
  #ticker = null;

  /**
   * @param {string} address
   * @param {string} newsAddress
   * @param {(state: DeskState) => void} onChange
   * @param {(isWell: boolean) => void} onTrouble
   */
  constructor(address, newsAddress, onChange, onTrouble) {
    this.#address = address;
    this.#news = new News(newsAddress, () => void this.ask());
    this.#onChange = onChange;
    this.#onTrouble = onTrouble;
  }

  connect() {
    this.#ticker = new Worker(new URL("./ticker.js", import.meta.url), { type: "module" });
    this.#ticker.onmessage = () => void this.ask();
    this.#news.connect();
    void this.ask();
  }

  disconnect() {
    this.#news.disconnect();
    this.#ticker?.terminate();
    this.#ticker = null;
  }

  async ask() {
    this.#isAskedAgain = this.#isAsking; // an answer that is under way may be older than what changed
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      await this.#look();
    } catch {
      this.#onTrouble(false);
    } finally {
      this.#isAsking = false;
    }
    if (this.#isAskedAgain) await this.ask();
  }

  async #look() {
    const answer = await fetch(this.#address, {
      headers: { Accept: "application/json", ...(this.#etag && { "If-None-Match": this.#etag }) },
      signal: AbortSignal.timeout(10_000),
      cache: "no-store",
    });
    this.#onTrouble(answer.ok || answer.status === 304);
    if (answer.status === 401) this.disconnect();
    if (!answer.ok) return;
    this.#etag = answer.headers.get("ETag") ?? "";
    this.#onChange(await answer.json());
  }
}
