// @ts-check
/** @file What the connection test says to our server, and the server's refusals by name. */

/** @typedef {import("./types.js").Measures} Measures */
/** @typedef {import("./types.js").Judged} Judged */

/** A refusal; its message is for the person, in their language (RFC 9457), or empty when there is none. */
export class ServerRefusal extends Error {}

export class TestServer {
  /** @type {import("./types.js").PageData} */
  #page;

  /** @param {import("./types.js").PageData} page */
  constructor(page) {
    this.#page = page;
  }

  /**
   * Fetch the STUN and TURN servers, with credentials that live for minutes.
   * @returns {Promise<RTCConfiguration>}
   */
  ice() {
    return this.post(this.#page.ice_url, {});
  }

  /**
   * @param {string} sdp
   * @returns {Promise<{id: string, sdp: string}>}
   */
  offer(sdp) {
    return this.post(this.#page.offer_url, { sdp });
  }

  /**
   * @param {Measures} measures
   * @returns {Promise<Judged>}
   */
  judge(measures) {
    return this.post(this.#page.result_url, measures);
  }

  /**
   * @protected
   * @param {string} url
   * @param {object} body
   */
  async post(url, body) {
    const headers = {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-CSRF-Token": this.#page.csrf,
    };
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => null); // refused below
    const told = await answer?.json().catch(() => null); // what is no JSON is no answer of ours
    if (answer?.ok && told) return told;
    throw new ServerRefusal(told?.title ? `${told.title}. ${told.detail}` : "");
  }
}
