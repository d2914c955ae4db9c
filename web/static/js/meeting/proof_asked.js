// @ts-check
/** @file The customer is asked who they are: a calm card with a link that leads to another tab. The call goes on here. */

/** @typedef {import("./types.js").Level} Level */
/** @typedef {import("./types.js").ProvingState} ProvingState */
/** @typedef {import("./types.js").PageData} PageData */
/** @typedef {import("./words.js").Words} Words */

export class ProofAsked {
  #card;
  #page;
  #words;
  #on;
  #listening = new AbortController();
  /** @type {BroadcastChannel | null} */
  #tabs = null;

  /**
   * @param {HTMLElement} card
   * @param {PageData} page
   * @param {Words} words
   * @param {{prove: () => void, decline: () => void, announce: (text: string) => void}} on
   */
  constructor(card, page, words, on) {
    this.#card = card;
    this.#page = page;
    this.#words = words;
    this.#on = on;
  }

  /** The server tells when it is done; so does the other tab; and whoever comes back to this one is looked after. */
  connect() {
    const { signal } = this.#listening;
    this.#part("decline").addEventListener("click", () => this.#decline(), { signal });
    document.addEventListener("visibilitychange", () => this.#back(), { signal });
    if (!globalThis.BroadcastChannel || !this.#page.certificate) return;
    this.#tabs = new BroadcastChannel(`identified ${this.#page.certificate.key}`);
    this.#tabs.onmessage = () => this.#on.prove();
  }

  disconnect() {
    this.#listening.abort();
    this.#tabs?.close();
    this.#card.hidden = true;
  }

  /** @param {Level | null} level */
  ask(level) {
    const wasAsked = !this.#card.hidden;
    this.#card.hidden = level === null;
    if (level === null) return wasAsked ? this.#on.announce(this.#words.say("proven")) : undefined;
    const query = new URLSearchParams({ reason: "meeting", level });
    /** @type {HTMLAnchorElement} */ (this.#part("identify")).href = `${this.#page.identify}?${query}`;
    this.#say("");
    this.#on.announce(this.#part("title").textContent ?? "");
    if (!wasAsked) this.#card.scrollIntoView({ block: "nearest" });
  }

  /** @param {ProvingState} state */
  tell(state) {
    if (state === "done") this.#on.prove();
    else this.#say(this.#words.say(`proving_${state}`));
  }

  #back() {
    if (!document.hidden && !this.#card.hidden) this.#on.prove();
  }

  #decline() {
    this.#card.hidden = true;
    this.#on.decline();
  }

  /** @param {string} text */
  #say(text) {
    const said = this.#part("said");
    if (said.textContent !== text) said.textContent = text;
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#card.querySelector(`[data-part="${name}"]`));
  }
}
