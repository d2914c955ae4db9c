// @ts-check
/** @file Wires documents/panel.html into the meeting page: list, hand in, and the page that both look at. */

import { attachOnlooker } from "./onlooker.js";
import { part, Papers } from "./papers.js";
import { Shelf } from "./shelf.js";
import { Table } from "./table.js";
import { Viewer } from "./viewer.js";

/** @typedef {import("./types.js").Paper} Paper */
/** @typedef {import("./types.js").Level} Level */
/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Said} Said */
/** @typedef {import("./types.js").Data} Data */

/** The other side hands in without a message of its own: the list is looked at now and then. */
const LOOK_EVERY_MS = 10_000;
/** Who comes to the table sees the other one first: that takes all that line and browser have. */
const LOOK_FIRST_AFTER_MS = 500;
const LEVELS = /** @type {const} */ (["none", "low", "substantial", "high"]);

/**
 * @param {object} options
 * @param {HTMLElement} options.root the element of documents/panel.html
 * @param {"customer" | "adviser" | "guest"} options.role
 * @param {(said: Said) => void} options.send puts a message on the meeting's socket
 * @param {Data} options.data where the documents are, and the secret of our forms
 * @returns {{onMessage: (message: Message) => void, opensTo: (level: Level) => void, disconnect: () => void}}
 *   to be told of every message, and how surely the customer is identified
 */
export function attachDocuments({ root, role, send, data }) {
  if (role === "guest") return attachOnlooker(root, data.address);
  const panel = new Panel(root, role, send, data);
  panel.connect();
  return {
    onMessage: (message) => panel.hear(message),
    opensTo: (level) => panel.opensTo(level),
    disconnect: () => panel.disconnect(),
  };
}

class Panel {
  /** @type {HTMLElement} */
  #root;
  /** @type {"customer" | "adviser"} */
  #role;
  /** @type {Shelf} */
  #shelf;
  /** @type {Table} */
  #table;
  /** @type {Viewer} */
  #viewer;
  /** @type {Papers} */
  #papers;
  /** @type {Paper[]} */
  #list = [];
  /** @type {Level} how surely the customer is identified for this connection */
  #reached = "none";
  /** @type {string | null} the paper that lies on the table */
  #laid = null;
  #listening = new AbortController();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #looking;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  /**
   * @param {HTMLElement} root
   * @param {"customer" | "adviser"} role
   * @param {(said: Said) => void} send
   * @param {Data} data
   */
  constructor(root, role, send, data) {
    this.#root = root;
    this.#role = role;
    this.#shelf = new Shelf(data);
    this.#table = new Table(send, () => this.#draw());
    const turn = (/** @type {number} */ page) => this.#table.turn(page);
    this.#viewer = new Viewer(part(root, "viewer"), (id, page) => this.#shelf.pageAddress(id, page), turn);
    this.#papers = new Papers(root, {
      onShow: (paper, lock) => this.#show(paper, lock),
      onWithdraw: (paper) => void this.#withdraw(paper),
    });
  }

  connect() {
    const { signal } = this.#listening;
    const file = /** @type {HTMLInputElement} */ (part(this.#root, "file"));
    part(this.#root, "hand-in").addEventListener("click", () => file.click(), { signal });
    file.addEventListener("change", () => void this.#handIn(file), { signal });
    part(this.#root, "clear").addEventListener("click", () => this.#table.lay(null), { signal });
    this.#viewer.connect();
    if (this.#role === "adviser") this.#looking = setInterval(() => void this.#look(), LOOK_EVERY_MS);
  }

  disconnect() {
    clearInterval(this.#looking);
    clearTimeout(this.#later);
    this.#listening.abort();
    this.#viewer.disconnect();
  }

  /** @param {Message} message */
  hear(message) {
    this.#table.hear(message);
    if (message.type === "document") void this.#look();
    if (message.type === "admitted") this.#lookLater();
    if (message.type === "error" && message.error === "document-not-found") this.#say("gone");
  }

  #lookLater() {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.#look(), LOOK_FIRST_AFTER_MS);
  }

  /** @param {Level} level */
  opensTo(level) {
    if (level === this.#reached) return;
    this.#reached = level;
    this.#drawSeen();
  }

  #draw() {
    this.#makeRoom(this.#table.shown?.document ?? null);
    this.#viewer.show(this.#table.shown, this.#table.leads);
    this.#drawSeen();
  }

  /** An adviser reads beside a locked paper that it is not seen yet on the other side. */
  #drawSeen() {
    const { document = null, lock = "none" } = this.#table.shown ?? {};
    const isSeen = this.#role === "customer" || LEVELS.indexOf(this.#reached) >= LEVELS.indexOf(lock);
    if (this.#role === "adviser") part(this.#root, "unseen").hidden = isSeen;
    this.#papers.show(this.#list, document, isSeen);
  }

  /**
   * A paper on the table takes the room of the list, which folds up under its heading.
   * @param {string | null} laid
   */
  #makeRoom(laid) {
    if (laid === this.#laid) return;
    this.#laid = laid;
    const side = part(this.#root, "side");
    const next = laid === null ? part(this.#root, "heading") : part(this.#root, "sheet"); // whose arrow keys turn it
    const left = laid === null ? part(this.#root, "viewer") : side;
    const hadFocus = left.contains(document.activeElement);
    side.toggleAttribute("open", laid === null);
    if (hadFocus) requestAnimationFrame(() => next.focus());
  }

  /** Silent when it fails: the next look is not far. */
  async #look() {
    if (document.visibilityState === "hidden" && this.#list.length > 0) return;
    try {
      this.#list = await this.#shelf.list();
    } catch {
      return;
    }
    this.#drawSeen();
  }

  /** @param {HTMLInputElement} input */
  async #handIn(input) {
    const file = input.files?.[0];
    input.value = "";
    if (!file) return;
    this.#say("");
    part(this.#root, "side").toggleAttribute("open", true);
    this.#isBusy(true);
    try {
      await this.#shelf.handIn(file, (fraction) => this.#progress(fraction));
      this.#say("handed-in");
      await this.#look();
    } catch (error) {
      this.#say("failed", error instanceof Error ? error.message : "");
    }
    this.#isBusy(false);
  }

  /**
   * @param {Paper} paper
   * @param {import("./types.js").Level} [lock]
   */
  #show(paper, lock) {
    this.#say("");
    this.#table.lay(paper, lock);
  }

  /** @param {Paper} paper */
  async #withdraw(paper) {
    this.#say("");
    if (this.#table.shown?.document === paper.id) this.#table.lay(null);
    try {
      await this.#shelf.withdraw(paper);
      this.#say("withdrawn");
    } catch (error) {
      this.#say("failed", error instanceof Error ? error.message : "");
    }
    await this.#look();
  }

  /** @param {boolean} isBusy */
  #isBusy(isBusy) {
    part(this.#root, "progress").hidden = !isBusy;
    /** @type {HTMLButtonElement} */ (part(this.#root, "hand-in")).disabled = isBusy;
  }

  /** @param {number} fraction */
  #progress(fraction) {
    const bar = /** @type {HTMLProgressElement} */ (part(this.#root, "bar"));
    if (fraction < 1) bar.value = fraction;
    else bar.removeAttribute("value"); // all is sent; how long the server takes is not known
  }

  /**
   * @param {"" | "handed-in" | "withdrawn" | "failed" | "gone"} what
   * @param {string} words of the server, where it gave some
   */
  #say(what, words = "") {
    const said = part(this.#root, "said");
    const own = this.#root.dataset[`text${what.replace(/(^|-)(\w)/g, (_, __, letter) => letter.toUpperCase())}`];
    said.textContent = words || own || "";
    said.hidden = what === "";
    said.classList.toggle("notice--danger", what === "failed" || what === "gone");
  }
}
