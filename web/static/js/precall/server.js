// @ts-check
/** @file What the connection test says to our server, and the server's refusals by name. */

/** @typedef {import("./types.js").Measures} Measures */
/** @typedef {import("./types.js").Judged} Judged */

/** A refusal; its kind is the key of the text that explains it. */
export class ServerRefusal extends Error {
  /** @param {"unavailable" | "busy" | "failed"} kind */
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

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
    return this.#post(this.#page.ice_url, {});
  }

  /**
   * @param {string} sdp
   * @returns {Promise<{id: string, sdp: string}>}
   */
  offer(sdp) {
    return this.#post(this.#page.offer_url, { sdp });
  }

  /**
   * @param {Measures} measures
   * @returns {Promise<Judged>}
   */
  judge(measures) {
    return this.#post(this.#page.result_url, measures);
  }

  /**
   * @param {string} url
   * @param {object} body
   */
  async #post(url, body) {
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": this.#page.csrf };
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => null);
    if (!answer) throw new ServerRefusal("failed");
    if (answer.status === 429) throw new ServerRefusal("busy");
    if (answer.status === 503) throw new ServerRefusal("unavailable");
    if (!answer.ok) throw new ServerRefusal("failed");
    return answer.json();
  }
}
