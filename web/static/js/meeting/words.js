// @ts-check
/** @file Texts of the page's data, with their places filled. */

/** @typedef {import("./types.js").PageData} PageData */
/** @typedef {import("./types.js").Failure} Failure */
/** @typedef {import("./types.js").Proof} Proof */

export class Words {
  #words;
  #methods;
  #clock;
  #isEnglish;

  /** @param {PageData} page */
  constructor(page) {
    this.#words = page.words;
    this.#methods = page.methods;
    const style = /** @type {const} */ ({ hour: "numeric", minute: "2-digit", hourCycle: "h23" });
    this.#clock = new Intl.DateTimeFormat("fi", { ...style, timeZone: page.zone });
    this.#isEnglish = page.language === "en";
  }

  /**
   * @param {string} name
   * @param {Record<string, string>} [places]
   * @returns {string}
   */
  say(name, places = {}) {
    const text = this.#words[name];
    if (typeof text !== "string") return "";
    return text.replace(/%\((\w+)\)s/g, (_, place) => places[place] ?? "");
  }

  /** @param {Failure} failure */
  failure(failure) {
    return this.#words.failures[failure];
  }

  /**
   * A wall time in the reader's zone, written as on the letters: 8.05, in English 8:05.
   * @param {string} moment
   */
  time(moment) {
    const text = this.#clock.format(new Date(moment));
    return this.#isEnglish ? text.replace(".", ":") : text;
  }

  /**
   * How surely we know who it is, and since when.
   * @param {Proof} proof
   */
  proof(proof) {
    const assurance = this.say(`assurance_${proof.assurance}`);
    if (!proof.identified_at) return assurance;
    return this.say("identified", { assurance, method: this.#methods[proof.method ?? ""] ?? proof.method ?? "", time: this.time(proof.identified_at) });
  }
}
