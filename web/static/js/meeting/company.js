// @ts-check
/** @file More than two at the table: their pictures, who is called and what came of it, and the form that calls. */

import { Besides } from "./besides.js";
import { Calling } from "./calling.js";
import { element } from "./elements.js";
import { GuestNews } from "./guest_news.js";

/** @typedef {import("./types.js").FromServer} FromServer */
/** @typedef {import("./meeting.js").Meeting} Meeting */

export class Company {
  #meeting;
  #besides;
  #news;

  /**
   * @param {import("./types.js").PageData} page
   * @param {import("./words.js").Words} words
   * @param {Meeting} meeting
   */
  constructor(page, words, meeting) {
    this.#meeting = meeting;
    this.#besides = new Besides(element("besides", HTMLElement), words);
    this.#news = new GuestNews(element("guest", HTMLElement), words, (guest) => meeting.send({ type: "call_off", guest }));
    if (page.role !== "adviser") return;
    const call = (/** @type {string} */ colleague, /** @type {string} */ reason) => meeting.send({ type: "call_in", colleague, reason });
    new Calling(element("calling", HTMLDetailsElement), page.colleagues, words, call).connect();
  }

  /** @param {FromServer} message */
  heard(message) {
    if (message.type === "guest") this.#news.tell(message, this.#meeting.peer?.participant.name ?? "");
    if (message.type === "peer") this.#news.came(message.participant.id);
    if (message.type === "gone") this.#news.gone();
    if (message.type === "waiting") this.#news.clear();
    if (message.type === "role" && message.role === "adviser")
      this.#news.handedOver(this.#meeting.nameOf(message.id), message.id === this.#meeting.admitted?.you);
  }

  draw() {
    this.#besides.show(this.#meeting.admitted ? this.#meeting.besides : []);
  }

  clear() {
    this.#besides.show([]);
    this.#news.clear();
  }
}
