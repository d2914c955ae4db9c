// @ts-check
/** @file Those who knock, for the adviser: who, how surely, how ready; a bell, and a button to let them in. */

import { notify } from "../bell/notice.js";
import { ring } from "../bell/tones.js";
import { standing } from "./standing.js";

/** @typedef {import("./types.js").Knock} Knock */
/** @typedef {import("./words.js").Words} Words */

export class Knocks {
  #root;
  #words;
  #on;
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map();
  #title = document.title;
  /** @type {Set<string>} those whose bell has rung; a line that comes back does not ring again */
  #rung = new Set();

  /**
   * @param {HTMLElement} root
   * @param {Words} words
   * @param {object} on
   * @param {(id: string) => void} on.admit
   * @param {(id: string, reason: "not_now" | "wrong_person") => void} on.refuse
   * @param {(id: string, sentence: import("./types.js").Sentence) => void} on.tell
   */
  constructor(root, words, on) {
    this.#root = root;
    this.#words = words;
    this.#on = on;
  }

  /** Who has knocked first, or nobody. */
  get name() {
    return this.#rows.values().next().value?.querySelector(".knock__name")?.textContent ?? "";
  }

  get count() {
    return this.#rows.size;
  }

  /** @param {Knock} knock @returns {boolean} whether they have only just come */
  show(knock) {
    const { id } = knock.participant;
    const row = this.#row(knock);
    const old = this.#rows.get(id);
    const focused = document.activeElement;
    const deed = focused instanceof HTMLElement && old?.contains(focused) ? focused.dataset["deed"] : null;
    if (!old) this.#root.append(row);
    else if (!old.isEqualNode(row)) old.replaceWith(row);
    const again = deed && row.querySelector(`[data-deed="${deed}"]`);
    if (again instanceof HTMLElement) again.focus();
    this.#rows.set(id, row.isConnected ? row : (old ?? row));
    this.#count();
    const isNew = !this.#rung.has(id);
    this.#rung.add(id);
    if (isNew) {
      ring(new AudioContext()); // before a first click a browser may stay silent; the banner is there all the same
      notify(this.#words.say("arrived"), id);
    }
    return isNew;
  }

  /**
   * @param {string} id
   * @param {boolean} [isGone] for good, so that the next time is a new one
   */
  remove(id, isGone = false) {
    if (isGone) this.#rung.delete(id);
    this.#rows.get(id)?.remove();
    this.#rows.delete(id);
    this.#count();
  }

  /**
   * What is pressed while the line is lost would go nowhere.
   * @param {boolean} isLineThere
   */
  enable(isLineThere) {
    for (const deed of this.#root.querySelectorAll("button")) deed.disabled = !isLineThere;
  }

  clear() {
    for (const id of [...this.#rows.keys()]) this.remove(id);
  }

  #count() {
    document.title = this.#rows.size ? `(${this.#rows.size}) ${this.#title}` : this.#title;
  }

  /** @param {Knock} knock */
  #row({ participant, since, ready, failure, arrival, away }) {
    const row = made("section", "knock card");
    const name = made("h2", "knock__name", participant.name);
    const isStuck = failure !== null && !ready;
    const state = away
      ? this.#words.say("knock_away", { time: this.#words.time(away) })
      : isStuck
        ? this.#words.say("knock_stuck", { failure: this.#words.failure(failure).text })
        : arrival
          ? "" // which says it better
          : this.#words.say(ready ? "knock_ready" : "knock_checking");
    const proof = this.#words.standing(participant.proof, standing(participant.proof, null));
    const method = this.#words.method(participant.proof);
    const isGuest = participant.role !== "customer";
    const about = made("div", "knock__about");
    about.append(name, made("p", "knock__state", state));
    if (arrival) about.append(made("p", "knock__arrival", this.#words.arrival(isStuck ? { ...arrival, failure: null } : arrival)));
    about.append(made("p", "knock__proof", isGuest ? this.#words.say(`role_${participant.role}`) : method ? `${proof} · ${method}` : proof), made("p", "knock__since muted", this.#words.say("since", { time: this.#words.time(since) })));
    const deeds = made("div", "knock__deeds");
    deeds.append(button("let_in", "button button--primary button--big", this.#words, () => this.#on.admit(participant.id)));
    if (!isGuest) deeds.append(
      button("sentence_in_a_moment", "button", this.#words, () => this.#on.tell(participant.id, "in_a_moment")),
      button("not_now", "button button--quiet", this.#words, () => this.#on.refuse(participant.id, "not_now")),
      button("wrong_one", "button button--quiet", this.#words, () => this.#on.refuse(participant.id, "wrong_person")),
    );
    row.append(about, deeds);
    row.setAttribute("aria-label", participant.name);
    return row;
  }
}

/**
 * @param {string} tag
 * @param {string} className
 * @param {string} [text]
 */
function made(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

/**
 * @param {string} word
 * @param {string} className
 * @param {Words} words
 * @param {() => void} onClick
 */
function button(word, className, words, onClick) {
  const element = /** @type {HTMLButtonElement} */ (made("button", className, words.say(word)));
  element.type = "button";
  element.dataset["deed"] = word;
  element.addEventListener("click", onClick);
  return element;
}
