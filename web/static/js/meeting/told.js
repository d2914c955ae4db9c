// @ts-check
/** @file What an adviser tells one who waits: a ready sentence, and help for what fails, in the reader's language. */

import { element } from "./elements.js";
import { Help } from "./help.js";
import { OwnSentences } from "./own_sentences.js";

/** @typedef {import("./types.js").Waiting} Waiting */
/** @typedef {import("./words.js").Words} Words */

export class Told {
  #words;
  #language;
  #own;
  /** What was told last, also while its words are on their way. @type {Waiting["said"]} */
  #last = null;
  #said = element("told-said", HTMLElement);
  #help;

  /**
   * @param {Words} words
   * @param {import("./types.js").PageData} page
   */
  constructor(words, page) {
    this.#words = words;
    this.#language = page.language;
    this.#own = new OwnSentences(page.sentences);
    this.#help = new Help(element("told-help", HTMLElement), words);
  }

  /** @param {Pick<Waiting, "said" | "help">} told */
  show({ said, help }) {
    this.#last = said;
    const sentence = said ? this.#words.say(`sentence_${said.sentence}`) || this.#own.of(said.sentence) : "";
    if (said && !sentence) void this.#learn(said);
    this.#put(said, sentence);
    this.#help.show(help);
  }

  clear() {
    this.show({ said: null, help: null });
  }

  /** @param {NonNullable<Waiting["said"]>} said */
  async #learn(said) {
    const sentence = await this.#own.learn(said.sentence, this.#language);
    if (sentence && this.#last?.sentence === said.sentence) this.#put(this.#last, sentence);
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
