// @ts-check
/** @file The organisation's ready sentences by their ids; one that was written since the page came is asked for. */

const AGAIN_MS = [1_000, 3_000, 8_000, 20_000];

export class OwnSentences {
  /** @type {Map<string, string>} */
  #words;
  #address;
  /** @type {Map<string, Promise<string>>} */
  #asked = new Map();

  /** @param {{address: string, words: Record<string, string>}} sentences */
  constructor({ address, words }) {
    this.#address = address;
    this.#words = new Map(Object.entries(words));
  }

  /** @param {string} id */
  of(id) {
    return this.#words.get(id) ?? "";
  }

  /**
   * Ask for one that the page lacks; empty when it cannot be had.
   * @param {string} id
   * @param {string} language
   */
  async learn(id, language) {
    const asked = this.#asked.get(id) ?? this.#ask(`${this.#address}/${encodeURIComponent(id)}?lang=${language}`);
    this.#asked.set(id, asked);
    const text = await asked;
    if (text) this.#words.set(id, text);
    this.#asked.delete(id);
    return text;
  }

  /**
   * What the server refuses stays refused; what did not get through is tried again.
   * @param {string} address
   */
  async #ask(address) {
    for (const pause of [0, ...AGAIN_MS]) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null); // tried again
      const told = await answer?.json().catch(() => null); // as above
      if (answer?.ok && typeof told?.text === "string") return told.text;
      if (answer && answer.status < 500 && answer.status !== 429) break;
    }
    return "";
  }
}
