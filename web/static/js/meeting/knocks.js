// @ts-check
/** @file Those who knock, for the adviser: who, how surely, how ready; a bell, and a button to let them in. */

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
   * @param {{admit: (id: string) => void, refuse: (id: string, reason: "not_now" | "wrong_person") => void}} on
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

  /** @param {Knock} knock @returns {boolean} whether they have only just come */
  show(knock) {
    const { id } = knock.participant;
    const row = this.#row(knock);
    const old = this.#rows.get(id);
    const hadFocus = old?.contains(document.activeElement);
    if (old) old.replaceWith(row);
    else this.#root.append(row);
    if (hadFocus) row.querySelector("button")?.focus();
    this.#rows.set(id, row);
    this.#count();
    const isNew = !this.#rung.has(id);
    this.#rung.add(id);
    if (isNew) ring();
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

  clear() {
    for (const id of [...this.#rows.keys()]) this.remove(id);
  }

  #count() {
    document.title = this.#rows.size ? `(${this.#rows.size}) ${this.#title}` : this.#title;
  }

  /** @param {Knock} knock */
  #row({ participant, since, ready, failure }) {
    const row = made("section", "knock card");
    const name = made("h2", "knock__name", participant.name);
    const state = failure
      ? this.#words.say("knock_stuck", { failure: this.#words.failure(failure).text })
      : this.#words.say(ready ? "knock_ready" : "knock_checking");
    const proof = this.#words.standing(participant.proof, standing(participant.proof, null));
    const method = this.#words.method(participant.proof);
    const about = made("div", "knock__about");
    about.append(name, made("p", "knock__state", state));
    about.append(made("p", "knock__proof", method ? `${proof} · ${method}` : proof), made("p", "knock__since muted", this.#words.say("since", { time: this.#words.time(since) })));
    const deeds = made("div", "knock__deeds");
    deeds.append(
      button("let_in", "button button--primary button--big", this.#words, () => this.#on.admit(participant.id)),
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

/** Two soft tones. A browser that has not been clicked in yet may stay silent; the banner is there all the same. */
function ring() {
  const context = new AudioContext();
  for (const [at, pitch] of /** @type {const} */ ([[0, 880], [0.25, 660]])) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.15, context.currentTime + at);
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + at + 0.6);
    tone.connect(volume).connect(context.destination);
    tone.start(context.currentTime + at);
    tone.stop(context.currentTime + at + 0.7);
    tone.onended = at ? () => void context.close() : null;
  }
}
