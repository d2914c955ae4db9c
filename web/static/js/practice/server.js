// @ts-check
/** @file What practice says to our server beyond what the connection test says. */

import { TestServer } from "../precall/server.js";

/** @typedef {import("./types.js").Place} Place */

export class PracticeServer extends TestServer {
  /** @type {import("./types.js").PageData} */
  #page;
  /** @type {string | null} */
  #ticket = null;

  /** @param {import("./types.js").PageData} page */
  constructor(page) {
    super(page);
    this.#page = page;
  }

  /**
   * Stand in line, or tell that one still does.
   * @returns {Promise<Place>}
   */
  async place() {
    /** @type {Place} */
    const place = await this.post(this.#page.place_url, { ticket: this.#ticket });
    this.#ticket = place.ticket;
    return place;
  }

  /**
   * @override
   * @param {string} sdp
   * @returns {Promise<{id: string, sdp: string}>}
   */
  async offer(sdp) {
    const answer = await this.post(this.#page.offer_url, { sdp, ticket: this.#ticket });
    this.#ticket = null;
    return answer;
  }

  /**
   * Wait some seconds for what the adviser shall hear.
   * @param {string} testId
   * @param {"silence" | "sound"} wanted
   * @returns {Promise<boolean>}
   */
  async listen(testId, wanted) {
    return (await this.post(this.#page.listen_url, { test_id: testId, wanted })).heard;
  }
}
