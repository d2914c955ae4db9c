// @ts-check

/** @typedef {import("./states.js").VisitState} VisitState */

/** The rows on the page: shows how each stands, and gets new ones when the list itself has changed. */
export class Rows {
  #list;

  /** @param {HTMLElement} list */
  constructor(list) {
    this.#list = list;
  }

  /** @param {VisitState[]} visits */
  async show(visits) {
    if (this.#differs(visits)) await this.#load();
    for (const visit of visits) this.#showOne(visit);
  }

  /** @param {VisitState[]} visits */
  #differs(visits) {
    const shown = [...this.#list.querySelectorAll("[data-id]")].map((row) => row.getAttribute("data-id"));
    const marks = (/** @type {VisitState} */ one) =>
      [
        one.verdict, one.documents, one.messages, one.is_confirmed, one.wants_call, one.late,
        one.not_reminded, one.is_stopped, one.has_booked_again, one.is_live, one.start,
      ].join("|");
    const now = visits.map(marks).join(";");
    const isSame = shown.join() === visits.map((one) => one.id).join() && (this.#list.dataset.marks ?? now) === now;
    this.#list.dataset.marks = now;
    return !isSame;
  }

  /** Take the list from a fresh copy of this page, as the server made it. */
  async #load() {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#visits");
    if (fresh) this.#list.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  }

  /** @param {VisitState} visit */
  #showOne(visit) {
    const row = this.#list.querySelector(`[data-id="${visit.id}"]`);
    if (!(row instanceof HTMLElement)) return;
    row.dataset.mood = visit.mood;
    const text = row.querySelector('[data-part="state"] strong');
    if (text && text.textContent !== visit.text) text.textContent = visit.text;
    row.querySelector('[data-part="open"]')?.classList.toggle("button--primary", visit.is_here);
  }
}
