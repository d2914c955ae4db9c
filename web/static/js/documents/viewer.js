// @ts-check
/** @file Shows the page that lies on the table, and the ways to turn it. */

import { Pictures } from "./pictures.js";

/** @typedef {import("./types.js").Shown} Shown */

/** @type {Record<string, (shown: Shown) => number>} */
const KEYS = {
  ArrowRight: (shown) => shown.page + 1,
  ArrowLeft: (shown) => shown.page - 1,
  PageDown: (shown) => shown.page + 1,
  PageUp: (shown) => shown.page - 1,
  Home: () => 1,
  End: (shown) => shown.pages,
};

export class Viewer {
  /** @type {HTMLElement} */
  #root;
  /** @type {(document: string, page: number) => string} */
  #address;
  /** @type {(page: number) => void} */
  #onTurn;
  #mayTurn = false;
  #pictures = new Pictures();
  /** @type {Shown | null} */
  #shown = null;
  #listening = new AbortController();

  /**
   * @param {HTMLElement} root
   * @param {(document: string, page: number) => string} address
   * @param {(page: number) => void} onTurn
   */
  constructor(root, address, onTurn) {
    this.#root = root;
    this.#address = address;
    this.#onTurn = onTurn;
  }

  connect() {
    const { signal } = this.#listening;
    this.#part("previous").addEventListener("click", () => this.#step(-1), { signal });
    this.#part("next").addEventListener("click", () => this.#step(1), { signal });
    this.#part("again").addEventListener("click", () => this.show(this.#shown, this.#mayTurn), { signal });
    this.#part("sheet").addEventListener("keydown", (event) => this.#press(event), { signal });
  }

  disconnect() {
    this.#listening.abort();
  }

  /**
   * @param {Shown | null} shown
   * @param {boolean} mayTurn whether the reader turns it, or looks on while others do
   */
  show(shown, mayTurn) {
    this.#shown = shown;
    this.#mayTurn = mayTurn;
    this.#part("sheet").setAttribute("aria-label", this.#root.dataset[mayTurn ? "textTurned" : "textLooked"] ?? "");
    this.#root.hidden = shown === null;
    this.#root.closest(".meeting")?.classList.toggle("meeting--page", shown !== null);
    const isLocked = shown?.pages === 0;
    this.#part("locked").hidden = !isLocked;
    this.#part("sheet").hidden = this.#part("turning").hidden = isLocked;
    if (!shown || isLocked) return this.#clear();
    this.#label(shown);
    void this.#draw(shown);
  }

  #clear() {
    this.#part("name").textContent = "";
    this.#part("failure").hidden = true;
    delete this.#root.dataset["documentPage"];
    this.#part("sheet").replaceChildren();
  }

  /** @param {Shown} shown */
  #label(shown) {
    this.#part("name").textContent = shown.name;
    this.#part("number").textContent = this.#place(shown); // said when it is turned
    this.#part("previous").setAttribute("aria-disabled", String(shown.page <= 1));
    this.#part("next").setAttribute("aria-disabled", String(shown.page >= shown.pages));
  }

  /** @param {Shown} shown @returns {string} which page of how many, in words */
  #place({ page, pages }) {
    const text = this.#root.dataset["textPage"] ?? "";
    return text.replace("{page}", `${page}`).replace("{pages}", `${pages}`);
  }

  /** @param {Shown} shown */
  async #draw(shown) {
    this.#root.setAttribute("aria-busy", "true");
    this.#part("failure").hidden = true;
    try {
      const picture = await this.#pictures.get(this.#address(shown.document, shown.page));
      if (this.#shown === shown) this.#put(shown, picture);
    } catch {
      if (this.#shown === shown) this.#part("failure").hidden = false;
    }
    if (this.#shown === shown) this.#root.setAttribute("aria-busy", "false");
  }

  /**
   * @param {Shown} shown
   * @param {HTMLImageElement} picture
   */
  #put(shown, picture) {
    picture.alt = `${shown.name}: ${this.#place(shown)}`;
    picture.dataset["loaded"] = "true";
    const sheet = this.#part("sheet");
    sheet.replaceChildren(picture);
    sheet.scrollTop = 0;
    this.#root.dataset["documentPage"] = `${shown.page}`;
    if (!this.#mayTurn) return; // it is not known where the others turn, and nothing is given out ahead
    for (const near of [shown.page + 1, shown.page - 1])
      if (near >= 1 && near <= shown.pages) this.#pictures.prepare(this.#address(shown.document, near));
  }

  /** @param {number} by */
  #step(by) {
    if (this.#shown) this.#turn(this.#shown.page + by);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const target = KEYS[event.key];
    if (!target || !this.#shown || !this.#mayTurn || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#turn(target(this.#shown));
  }

  /** @param {number} page */
  #turn(page) {
    if (this.#shown && page >= 1 && page <= this.#shown.pages) this.#onTurn(page);
  }

  /**
   * @param {string} name
   * @returns {HTMLElement}
   */
  #part(name) {
    const found = this.#root.querySelector(`[data-part="${name}"]`);
    if (!(found instanceof HTMLElement)) throw new Error(`the viewer lacks ${name}`);
    return found;
  }
}
