// @ts-check

/**
 * @typedef {object} VisitState
 * @property {string} id
 * @property {string} stage
 * @property {string} mood
 * @property {string} text
 * @property {boolean} is_here
 * @property {string} verdict
 * @property {number} documents
 * @property {boolean} is_confirmed
 * @property {boolean} is_live
 * @property {string} start
 */

/** Asks the server how every row stands; knows no DOM and speaks by callback. */
export class States {
  #address;
  #onChange;
  #onTrouble;
  #etag = "";
  #isAsking = false;
  /** @type {Worker | null} */
  #ticker = null;

  /**
   * @param {string} address
   * @param {(visits: VisitState[]) => void} onChange
   * @param {(isWell: boolean) => void} onTrouble
   */
  constructor(address, onChange, onTrouble) {
    this.#address = address;
    this.#onChange = onChange;
    this.#onTrouble = onTrouble;
  }

  connect() {
    this.#ticker = new Worker(new URL("./ticker.js", import.meta.url), { type: "module" });
    this.#ticker.onmessage = () => void this.ask();
    void this.ask();
  }

  disconnect() {
    this.#ticker?.terminate();
    this.#ticker = null;
  }

  async ask() {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      await this.#look();
    } catch {
      this.#onTrouble(false);
    } finally {
      this.#isAsking = false;
    }
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
    this.#onChange((await answer.json()).visits);
  }
}
