// @ts-check
/**
 * @file What an adviser says of the room they sit in: asked before the first customer of the day is let in, kept in
 * this browser until midnight, and changed in the meeting.
 */

/** @typedef {import("./types.js").Statement} Statement */
/** @typedef {import("./types.js").Stated} Stated */
/** @typedef {import("./words.js").Words} Words */

const KEPT_AS = "kohtaamo-statement";

export class StatementAsked {
  #root;
  #words;
  #tell;
  #choice;
  #said;
  /** @type {Statement | null} */
  #statement = null;
  /** Whether the server has it. */
  #isTold = false;
  #who = "";
  /** @type {((statement: Statement) => void) | null} what waits for the answer */
  #then = null;

  /**
   * @param {HTMLElement} root
   * @param {Words} words
   * @param {(statement: Statement) => void} tell says it at the table
   */
  constructor(root, words, tell) {
    this.#root = root;
    this.#words = words;
    this.#tell = tell;
    this.#said = part(root, "said", HTMLElement);
    this.#choice = part(root, "choice", HTMLFieldSetElement);
    const change = part(root, "change", HTMLButtonElement);
    change.addEventListener("click", () => (this.#choice.hidden ? this.#ask() : this.#close()));
    for (const button of this.#choice.querySelectorAll("button")) {
      button.addEventListener("click", () => this.#choose(/** @type {Statement} */ (button.value)));
    }
  }

  /**
   * The adviser has come to the table; what was said there counts before what this browser remembers.
   * @param {string} who
   * @param {Stated | null} stated
   */
  seated(who, stated) {
    this.#who = who;
    this.#isTold = stated !== null;
    this.#statement = stated?.statement ?? this.#remembered();
    this.#draw();
  }

  /**
   * Do something with what is said; whoever has not said it today is asked first.
   * @param {(statement: Statement) => void} then
   */
  before(then) {
    this.#statement ??= this.#remembered();
    if (!this.#statement) {
      this.#then = then;
      this.#ask();
      return;
    }
    this.#isTold = true;
    then(this.#statement);
  }

  /** A customer sits opposite: they are told, also when it was a colleague who let them in. */
  opposite() {
    if (this.#isTold) return;
    if (!this.#statement) this.#choice.hidden = false;
    else this.#choose(this.#statement);
  }

  /** @param {Statement} statement */
  #choose(statement) {
    const then = this.#then;
    this.#then = null;
    this.#statement = statement;
    this.#isTold = true;
    this.#remember(statement);
    this.#close();
    this.#draw();
    if (then) then(statement);
    else this.#tell(statement);
  }

  #ask() {
    this.#choice.hidden = false;
    this.#choice.querySelector("button")?.focus();
    this.#root.scrollIntoView({ block: "nearest" });
  }

  #close() {
    const hadFocus = this.#choice.contains(document.activeElement);
    this.#choice.hidden = true;
    if (hadFocus) part(this.#root, "change", HTMLButtonElement).focus();
  }

  #draw() {
    const said = this.#statement && this.#words.say(`statement_${this.#statement}`);
    this.#said.textContent = said || this.#words.say("statement_unsaid");
    for (const button of this.#choice.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === this.#statement));
    }
  }

  /** @returns {Statement | null} */
  #remembered() {
    try {
      const { who, day, statement } = JSON.parse(localStorage.getItem(KEPT_AS) ?? "{}");
      return who === this.#who && day === this.#words.today() && this.#words.say(`statement_${statement}`) ? statement : null;
    } catch {
      return null; // a browser that keeps nothing is asked each time
    }
  }

  /** @param {Statement} statement */
  #remember(statement) {
    try {
      localStorage.setItem(KEPT_AS, JSON.stringify({ who: this.#who, day: this.#words.today(), statement }));
    } catch {
      // as above
    }
  }}

/**
 * @template {HTMLElement} T
 * @param {HTMLElement} root
 * @param {string} name
 * @param {new () => T} kind
 * @returns {T}
 */
function part(root, name, kind) {
  const found = root.querySelector(`[data-part="${name}"]`);
  if (!(found instanceof kind)) throw new Error(`the statement lacks ${name}`);
  return found;
}
