// @ts-check
/**
 * @file Which page all look at: turned here at once, and set right by the order in which the server tells it. Customer
 * and adviser lay and turn; everybody else at the table looks on.
 */

/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Said} Said */

/** @type {Set<string | undefined>} */
const LEADERS = new Set(["customer", "adviser"]);

export class Table {
  /** @type {(said: Said) => void} */
  #send;
  /** @type {(shown: Shown | null) => void} */
  #onChange;
  /** @type {Shown | null} */
  #shown = null;
  /** @type {string | undefined} */
  #me;
  /** Whether the reader lays and turns; others look on. */
  leads = false;
  /** What was sent and not yet told back: until then, what others did came before it. */
  #ahead = 0;

  /**
   * @param {(said: Said) => void} send
   * @param {(shown: Shown | null) => void} onChange
   */
  constructor(send, onChange) {
    this.#send = send;
    this.#onChange = onChange;
  }

  get shown() {
    return this.#shown;
  }

  /**
   * @param {{id: string, name: string, pages: number} | null} paper
   * @param {import("./types.js").Level} [lock]
   */
  lay(paper, lock) {
    this.#ahead += 1;
    this.#send({ type: "document", document: paper?.id ?? null, ...(lock && { lock }) });
  }

  /** @param {number} page */
  turn(page) {
    const shown = this.#shown;
    if (!this.leads || !shown || page < 1 || page > shown.pages || page === shown.page) return;
    this.#ahead += 1;
    this.#send({ type: "page", document: shown.document, page });
    this.#set({ ...shown, page });
  }

  /** @param {Message} message */
  hear(message) {
    if (message.type === "admitted") this.#start(message);
    else if (message.type === "role" && message.id === this.#me) this.#sits(message.role);
    else if (message.type === "error") this.#ahead = 0;
    else if (message.type === "document" || message.type === "page") this.#follow(message);
  }

  /** @param {Message} message */
  #start(message) {
    this.#me = message.you;
    this.#ahead = 0;
    this.leads = LEADERS.has(message.role);
    this.#set(message.table?.document ? message.table : null);
  }

  /** @param {string} [role] as what the reader sits there from now on */
  #sits(role) {
    this.leads = LEADERS.has(role);
    this.#onChange(this.#shown);
  }

  /** @param {Message} message */
  #follow(message) {
    if (message.from === this.#me && this.#ahead > 0) this.#ahead -= 1;
    if (message.type === "document") this.#set(laid(message));
    else if (this.#ahead === 0 && this.#shown && this.#shown.document === message.document)
      this.#set({ ...this.#shown, page: message.page ?? 1 });
  }

  /** @param {Shown | null} shown */
  #set(shown) {
    this.#shown = shown;
    this.#onChange(shown);
  }
}

/**
 * @param {Message} message
 * @returns {Shown | null}
 */
function laid({ document, name = "", pages = 1, page = 1, lock = "none" }) {
  return document ? { document, name, pages, page, lock } : null;
}
