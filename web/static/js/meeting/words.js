// @ts-check
/** @file Texts of the page's data, with their places filled. */

import { deviceOf } from "./arrival.js";

/** @typedef {import("./types.js").PageData} PageData */
/** @typedef {import("./types.js").Failure} Failure */
/** @typedef {import("./types.js").Proof} Proof */
/** @typedef {import("./standing.js").Standing} Standing */

export class Words {
  #words;
  #language;
  /** How far the server's clock is ahead of this machine's, in milliseconds. */
  #ahead;
  /** A browser takes longer to make a formatter of its own than for all else here. */
  #offsets;
  #lengths;
  #isEnglish;
  #device = deviceOf(navigator);

  /** @param {PageData} page */
  constructor(page) {
    this.#words = page.words;
    this.#language = page.language;
    this.#ahead = Date.parse(page.now) - Date.now();
    this.#offsets = page.offsets;
    this.#lengths = page.lengths;
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

  /**
   * What fails, and what helps in this browser, in words and by the name of a picture.
   * @param {Failure} failure
   */
  failure(failure) {
    const { text, help, cause, device } = this.#words.failures[failure];
    const way = this.#words.ways.find((each) => each.cause === cause && fits(each.systems, this.#device.system) && fits(each.browsers, this.#device.browser));
    return { text, help: way?.help.replace("%(device)s", device) ?? help, picture: way?.picture ?? "" };
  }

  /**
   * How somebody comes in: what fails, the step, the device, the microphone.
   * @param {import("./types.js").Arrival} arrival
   */
  arrival({ step, microphone, device, failure }) {
    const { kind, system, browser } = device;
    const parts = [`step_${step}`, `device_${kind}`, `system_${system}`, `browser_${browser}`, `microphone_${microphone}`];
    return [failure ? this.failure(failure).text : "", ...parts.map((part) => this.say(part))].filter(Boolean).join(" · ");
  }

  /**
   * A wall time in the reader's zone, written as on the letters: 8.05, in English 8:05.
   * @param {string} moment
   */
  time(moment) {
    const wall = this.#wall(Date.parse(moment));
    return `${wall.getUTCHours()}${this.#isEnglish ? ":" : "."}${String(wall.getUTCMinutes()).padStart(2, "0")}`;
  }

  /** The day in the reader's zone by this machine's clock, as 2026-11-23. */
  today() {
    return this.#wall(Date.now()).toISOString().slice(0, 10);
  }

  /**
   * What clocks in the reader's zone show, as if it were UTC.
   * @param {number} moment in milliseconds
   */
  #wall(moment) {
    const [, minutes] = this.#offsets.filter(([since]) => since <= moment).pop() ?? this.#offsets[0] ?? [0, 0];
    return new Date(moment + minutes * 60_000);
  }

  /**
   * How an identification stands, as of now.
   * @param {Proof | undefined} proof
   * @param {Standing} standing
   */
  standing(proof, standing) {
    return this.say(`standing_${standing}`, { ago: proof?.identified_at ? this.#ago(proof.identified_at) : "" });
  }

  /**
   * By which method, and how surely.
   * @param {Proof | undefined} proof
   */
  method(proof) {
    if (!proof?.method) return "";
    const title = proof.titles[this.#language] ?? proof.method;
    return proof.assurance === "none" ? title : `${title} · ${this.say(`assurance_${proof.assurance}`)}`;
  }

  /** The moment by the server's clock, in milliseconds. */
  now() {
    return Date.now() + this.#ahead;
  }

  /**
   * @param {number} count
   * @param {import("./types.js").LengthName} name
   */
  length(count, name) {
    const [one, more] = this.#lengths[name];
    return (count === 1 ? one : more).replace("%(count)s", String(count));
  }

  /** @param {string} moment */
  #ago(moment) {
    const seconds = Math.max(0, Math.floor((this.now() - Date.parse(moment)) / 1_000));
    if (seconds < 60) return this.length(seconds, "second_short");
    if (seconds < 3_600) return this.length(Math.floor(seconds / 60), "minute_short");
    return this.length(Math.floor(seconds / 3_600), "hour_short");
  }
}

/**
 * @param {string[]} allowed nothing: all
 * @param {string} name
 */
function fits(allowed, name) {
  return allowed.length === 0 || allowed.includes(name);
}
