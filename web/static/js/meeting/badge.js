// @ts-check
/** @file The adviser's badge: who is opposite, how surely, since when, and whether it holds for this connection. */

/** @typedef {import("./types.js").Participant} Participant */
/** @typedef {import("./standing.js").Standing} Standing */
/** @typedef {import("./words.js").Words} Words */

/** @type {Partial<Record<Standing, string>>} */
const LOOKS = { bound: "badge--good", lost: "badge--danger", unknown: "badge--warn", booking: "badge--warn" };

export class Badge {
  #root;
  #warning;
  #words;
  #announce;
  /** @type {Participant | null} */
  #who = null;
  /** @type {Standing} */
  #standing = "none";
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;

  /**
   * @param {HTMLElement} root
   * @param {HTMLElement} warning
   * @param {Words} words
   * @param {(text: string) => void} announce
   */
  constructor(root, warning, words, announce) {
    this.#root = root;
    this.#warning = warning;
    this.#words = words;
    this.#announce = announce;
  }

  connect() {
    this.#ticking = setInterval(() => this.#tick(), 1_000);
  }

  disconnect() {
    clearInterval(this.#ticking);
    this.show(null, "none");
  }

  /**
   * @param {Participant | null} who
   * @param {Standing} standing
   */
  show(who, standing) {
    const isNew = who !== null && (standing !== this.#standing || who.id !== this.#who?.id);
    this.#who = who;
    this.#standing = standing;
    this.#root.hidden = who === null;
    this.#warning.hidden = standing !== "lost";
    this.#root.dataset["standing"] = standing;
    const badge = this.#part("badge");
    const own = lookOf(standing, who);
    for (const look of Object.values(LOOKS)) badge.classList.toggle(look, look === own);
    this.#part("method").textContent = standing === "lost" ? "" : this.#words.method(who?.proof);
    this.#tick();
    if (isNew) this.#announce(this.#part("standing").textContent ?? "");
  }

  #tick() {
    const text = this.#who ? this.#words.standing(this.#who.proof, this.#standing) : "";
    const standing = this.#part("standing");
    if (standing.textContent !== text) standing.textContent = text;
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(`[data-part="${name}"]`));
  }
}

/**
 * Who came by a weak way is not as good as identified, though the connection be theirs.
 * @param {Standing} standing
 * @param {Participant | null} who
 */
function lookOf(standing, who) {
  return standing === "bound" && who?.proof?.assurance === "low" ? undefined : LOOKS[standing];
}
