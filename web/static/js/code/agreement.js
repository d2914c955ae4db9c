// @ts-check
/**
 * @file How two sides come to the same digits: who says what when. It knows no connection.
 *
 * first: commitment → second: number → first: number. Each is said and taken once; what is out of turn, or does not fit
 * what was promised, breaks it for good.
 */

import { chance, commitment, shortCode } from "./short_code.js";

/** @typedef {{commitment: string} | {number: string}} Said */

const WORD = /^[0-9a-f]{64}$/;

export class Agreement {
  #isFirst;
  #say;
  #own = chance();
  #promised = "";
  #theirs = "";
  isBroken = false;

  /**
   * @param {boolean} isFirst
   * @param {(said: Said) => void} say
   */
  constructor(isFirst, say) {
    this.#isFirst = isFirst;
    this.#say = say;
  }

  async begin() {
    if (this.#isFirst) this.#say({ commitment: await commitment(this.#own) });
  }

  /** @param {unknown} said what came, whatever it is */
  async hear(said) {
    const { commitment: promised, number } = /** @type {Record<string, unknown>} */ (said && typeof said === "object" ? said : {});
    if (this.#isFirst) this.#hearNumber(number);
    else if (!this.#promised) this.#hearPromise(promised);
    else await this.#hearKept(number);
  }

  /**
   * @param {string} ours the fingerprint of our own certificate
   * @param {string} theirs that of the certificate with which they really speak
   * @returns {Promise<string>} empty as long as the numbers are not known
   */
  async code(ours, theirs) {
    if (this.isBroken || !this.#theirs) return "";
    const [us, them] = [
      { fingerprint: ours, number: this.#own },
      { fingerprint: theirs, number: this.#theirs },
    ];
    return this.#isFirst ? shortCode(us, them) : shortCode(them, us);
  }

  /** @param {unknown} number the second's: now ours may be known */
  #hearNumber(number) {
    if (this.#theirs || !isWord(number)) return this.#break();
    this.#theirs = number;
    this.#say({ number: this.#own });
  }

  /** @param {unknown} promised */
  #hearPromise(promised) {
    if (!isWord(promised)) return this.#break();
    this.#promised = promised;
    this.#say({ number: this.#own });
  }

  /** @param {unknown} number the first's, as it was promised */
  async #hearKept(number) {
    if (this.#theirs || !isWord(number) || (await commitment(number)) !== this.#promised) return this.#break();
    this.#theirs = number;
  }

  #break() {
    this.isBroken = true;
  }
}

/**
 * @param {unknown} said
 * @returns {said is string}
 */
function isWord(said) {
  return typeof said === "string" && WORD.test(said);
}
