// @ts-check
/** @file Which page both look at: turned here at once, and set right by the order in which the server tells it. */

/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Said} Said */

export class Table {
  /** @type {(said: Said) => void} */
  #send;
  /** @type {(shown: Shown | null) => void} */
  #onChange;
  /** @type {Shown | null} */
  #shown = null;
  /** @type {string | undefined} */
  #me;
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
    if (!shown || page < 1 || page > shown.pages || page === shown.page) return;
    this.#ahead += 1;
    this.#send({ type: "page", document: shown.document, page });
    this.#set({ ...shown, page });
  }

  /** @param {Message} message */
  hear(message) {
    if (message.type === "admitted") this.#start(message);
    else if (message.type === "error") this.#ahead = 0;
    else if (message.type === "document" || message.type === "page") this.#follow(message);
  }

  /** @param {Message} message */
  #start(message) {
    this.#me = message.you;
    this.#ahead = 0;
    this.#set(message.table?.document ? message.table : null);
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
