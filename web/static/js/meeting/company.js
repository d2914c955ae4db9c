// @ts-check
/** @file More than two at the table: their pictures, who is called and what came of it, the form that calls, and a second camera. */

import { Besides } from "./besides.js";
import { ByPhone } from "./by_phone.js";
import { Called } from "./called.js";
import { Calling } from "./calling.js";
import { Conferring } from "./conferring.js";
import { element } from "./elements.js";
import { GuestNews } from "./guest_news.js";
import { attachInviting } from "./inviting.js";
import { SecondPicture } from "./second_picture.js";

/** @typedef {import("./types.js").FromServer} FromServer */
/** @typedef {import("./meeting.js").Meeting} Meeting */

/** With the adviser and the customer they are four. */
const MOST_BESIDES = 2;

export class Company {
  #meeting;
  #besides;
  #news;
  #conferring;
  /** @type {Called | null} for the adviser */
  #called = null;
  /** @type {HTMLElement[]} the adviser's, for calling somebody */
  #forms = [];
  #byPhone;
  #secondPicture;

  /**
   * @param {import("./types.js").PageData} page
   * @param {import("./words.js").Words} words
   * @param {Meeting} meeting
   */
  constructor(page, words, meeting) {
    this.#meeting = meeting;
    this.#besides = new Besides(element("besides", HTMLElement), words, (guest) =>
      meeting.send(page.role === "customer" ? { type: "consent", guest, yes: false } : { type: "call_off", guest }),
    );
    this.#news = new GuestNews(element("guest", HTMLElement), words, {
      consent: (guest, yes) => meeting.send({ type: "consent", guest, yes }),
    });
    this.#byPhone = page.role === "customer" ? new ByPhone(words, (on) => meeting.send({ type: "camera", on })) : null;
    this.#secondPicture = page.role === "customer" ? null : new SecondPicture(words, meeting);
    this.#conferring = new Conferring(page.role === "adviser", words, (on) => meeting.send({ type: "confer", on }));
    if (page.role !== "adviser") return;
    this.#called = new Called(element("called", HTMLElement), words, {
      callOff: (guest) => meeting.send({ type: "call_off", guest }),
      again: (guest) => meeting.send({ type: "link_again", guest }),
    });
    const call = (/** @type {string} */ colleague, /** @type {string} */ reason) => meeting.send({ type: "call_in", colleague, reason });
    const inviting = element("inviting", HTMLDetailsElement);
    const calling = element("calling", HTMLDetailsElement);
    this.#forms = [inviting, calling];
    attachInviting(inviting, (role, name, reason) => meeting.send({ type: "invite", role, name, reason }));
    new Calling(calling, page.colleagues, words, call).connect();
  }

  /** @param {FromServer} message */
  heard(message) {
    this.#called?.heard(message);
    this.#byPhone?.heard(message);
    this.#secondPicture?.heard(message);
    if (message.type === "guest") this.#news.tell(message, this.#meeting.peer?.participant.name ?? "");
    if (message.type === "error" && message.error === "table-full") this.#news.refused();
    if (message.type === "peer") this.#news.came(message.participant.id);
    if (message.type === "gone") this.#news.gone();
    if (message.type === "waiting") this.#news.clear();
    if (message.type === "role" && message.role === "adviser")
      this.#news.handedOver(this.#meeting.nameOf(message.id), message.id === this.#meeting.admitted?.you);
  }

  draw() {
    this.#conferring.show(this.#meeting.confers, this.#meeting.mayConfer);
    const { admitted, besides, role, peer } = this.#meeting;
    this.#offer(admitted !== null && peer !== null, besides.length);
    this.#besides.show(admitted ? besides : [], role === "adviser" || role === "customer");
  }

  /** Whoever hides shows nothing by their phone either. */
  hide() {
    if (this.#meeting.admitted) this.#byPhone?.end();
  }

  /**
   * What cannot be asked now is not offered: without a customer, and when all seats are taken or promised.
   * @param {boolean} isMet
   * @param {number} besides how many sit there besides the two
   */
  #offer(isMet, besides) {
    if (!this.#called) return;
    const isFull = besides + this.#called.size >= MOST_BESIDES;
    element("table-full", HTMLElement).hidden = !isMet || !isFull;
    for (const form of this.#forms) form.hidden = !isMet || isFull;
  }

  clear() {
    this.#byPhone?.clear();
    this.#secondPicture?.clear();
    this.#conferring.show(false, false);
    this.#besides.show([]);
    this.#news.clear();
    this.#called?.clear();
  }
}
