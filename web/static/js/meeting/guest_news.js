// @ts-check
/** @file Says to everybody at the table who is called, why, and what came of it; and asks the customer. */

/** @typedef {import("./types.js").GuestTold} GuestTold */

export class GuestNews {
  #root;
  #words;
  #on;
  /** @type {GuestTold | null} who is to come, and has not */
  #asked = null;

  /**
   * @param {HTMLElement} root
   * @param {import("./words.js").Words} words
   * @param {object} on
   * @param {(guest: string, yes: boolean) => void} on.consent
   */
  constructor(root, words, on) {
    this.#root = root;
    this.#words = words;
    this.#on = on;
    root.addEventListener("click", ({ target }) => {
      const deed = target instanceof Element && target.closest("button")?.dataset["deed"];
      if (deed) this.#do(deed);
    });
  }

  /**
   * @param {GuestTold} guest
   * @param {string} by who asks
   */
  tell(guest, by) {
    const { name, reason, role, state, takes_over } = guest;
    this.#asked = state === "asked" || state === "agreed" ? guest : null;
    const what = takes_over ? "guest" : "invited";
    this.#say(this.#words.say(`${what}_${state}`, { name, reason, by, role: this.#words.say(`role_${role}`) }));
  }

  /** @param {string} id who has come and needs no announcement any more */
  came(id) {
    if (id === this.#asked?.id) this.clear();
  }

  /**
   * The adviser's seat is somebody else's now.
   * @param {string} name
   * @param {boolean} isOwn the reader's
   */
  handedOver(name, isOwn) {
    this.#asked = null;
    this.#say(this.#words.say(isOwn ? "took_over" : "handed_over", { name }));
  }

  /** Whom the reader asked is not asked: all seats are taken or promised. */
  refused() {
    this.#asked = null;
    this.#say(this.#words.say("table_full"));
  }

  /** Somebody has left: what is past needs no word any more. */
  gone() {
    if (!this.#asked) this.clear();
  }

  clear() {
    this.#asked = null;
    this.#say("");
  }

  /** @param {string} deed */
  #do(deed) {
    const guest = this.#asked?.id;
    if (!guest) return;
    if (deed === "yes" || deed === "no") this.#on.consent(guest, deed === "yes");
  }

  /** @param {string} text */
  #say(text) {
    this.#part("said", true).textContent = text;
    this.#root.hidden = !text;
    this.#draw();
  }

  #draw() {
    const consent = this.#part("consent", this.#asked !== null && !this.#asked.takes_over);
    const yes = consent.querySelector('[data-deed="yes"]');
    if (yes instanceof HTMLElement) yes.hidden = this.#asked?.state === "agreed";
  }

  /**
   * @param {string} name
   * @param {boolean} isShown
   */
  #part(name, isShown) {
    const found = this.#root.querySelector(`[data-part="${name}"]`);
    const part = found instanceof HTMLElement ? found : document.createElement("p"); // another side's
    part.hidden = !isShown;
    return part;
  }
}
