// @ts-check
/** @file What an adviser tells one who waits: a ready sentence, and help for what fails, in the reader's language. */

import { element } from "./elements.js";
import { Help } from "./help.js";

/** @typedef {import("./types.js").Waiting} Waiting */
/** @typedef {import("./words.js").Words} Words */

export class Told {
  #words;
  #said = element("told-said", HTMLElement);
  #help;

  /**
   * @param {Words} words
   */
  constructor(words) {
    this.#words = words;
    this.#help = new Help(element("told-help", HTMLElement), words);
  }

  /** @param {Pick<Waiting, "said" | "help">} told */
  show({ said, help }) {
    const sentence = said ? this.#words.say(`sentence_${said.sentence}`) : "";
    this.#put(said, sentence);
    this.#help.show(help);
  }

  clear() {
    this.show({ said: null, help: null });
  }

  /**
   * @param {Waiting["said"]} said
   * @param {string} sentence
   */
  #put(said, sentence) {
    put(this.#said, '[data-part="sentence"]', sentence);
    put(this.#said, '[data-part="at"]', said && sentence ? this.#words.time(said.at) : "");
    this.#said.hidden = !sentence;
  }
}

/**
 * A live region speaks when its words change; the same words again must not make it speak.
 * @param {HTMLElement} root
 * @param {string} selector
 * @param {string} text
 */
function put(root, selector, text) {
  const part = root.querySelector(selector);
  if (part && part.textContent !== text) part.textContent = text;
}
