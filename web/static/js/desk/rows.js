// @ts-check

import { refresh, tellFrom } from "../coming/panel.js";
import { released } from "./pressing.js";

/** @typedef {import("./states.js").VisitState} VisitState */

/** The rows on the page: shows how each stands, and gets new ones when the list itself has changed. */
export class Rows {
  #list;
  #loads = 0;
  #marks;

  /**
   * @param {HTMLElement} list
   * @param {{visits: VisitState[], tasks: string}} shown how it stood when the page was made
   */
  constructor(list, shown) {
    this.#list = list;
    this.#marks = marks(shown.visits, shown.tasks);
    tellFrom(list);
  }

  /**
   * @param {VisitState[]} visits
   * @param {string} tasks what is to be done, as a mark
   */
  async show(visits, tasks) {
    if (this.#differs(visits, tasks)) await this.#load();
    for (const visit of visits) this.#showOne(visit);
  }

  /**
   * @param {VisitState[]} visits
   * @param {string} tasks
   */
  #differs(visits, tasks) {
    const shown = [...this.#list.querySelectorAll("[data-id]")].map((row) => row.getAttribute("data-id"));
    const now = marks(visits, tasks);
    const isSame = shown.join() === visits.map((one) => one.id).join() && this.#marks === now;
    this.#marks = now;
    return !isSame;
  }

  /** Take the list from a fresh copy of this page, as the server made it; an older copy that comes later is let fall. */
  async #load() {
    const load = (this.#loads += 1);
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    const page = answer?.ok ? await answer.text() : "";
    await released();
    if (load !== this.#loads) return;
    if (!page) this.#marks = ""; // the next look tries again
    const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("#visits");
    if (!fresh) return;
    const focused = document.activeElement?.closest("#visits form")?.getAttribute("action");
    this.#list.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
    const again = focused && this.#list.querySelector(`form[action="${focused}"] button`);
    if (again instanceof HTMLElement) again.focus();
  }

  /** @param {VisitState} visit */
  #showOne(visit) {
    const row = this.#list.querySelector(`[data-id="${visit.id}"]`);
    if (!(row instanceof HTMLElement)) return;
    row.dataset.mood = visit.mood;
    const text = row.querySelector('[data-part="state"] strong');
    if (text && text.textContent !== visit.text) text.textContent = visit.text;
    const panel = row.querySelector("[data-coming]");
    if (panel instanceof HTMLElement && panel.dataset["mark"] !== visit.coming) {
      panel.dataset["mark"] = visit.coming;
      void refresh(panel);
    }
    row.querySelector('[data-part="open"]')?.classList.toggle("button--primary", visit.is_here && visit.stage !== "waiting");
  }
}

/**
 * Tell by a text what a row, and what is to be done, look like; how one comes in is drawn without the list.
 * @param {VisitState[]} visits
 * @param {string} tasks
 */
function marks(visits, tasks) {
  const one = (/** @type {VisitState} */ visit) =>
    [
      visit.verdict, visit.documents, visit.is_confirmed, visit.wants_call, visit.late,
      visit.not_reminded, visit.is_stopped, visit.has_booked_again, visit.is_live, visit.start,
    ].join("|");
  return [tasks, ...visits.map(one)].join(";");
}
