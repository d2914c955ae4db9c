// @ts-check
/** @file Shows the digits in two groups, one by one to who listens; and a warning when they cannot be had. */

/** @typedef {import("./exchange.js").Code} Code */

export class CodeView {
  #root;
  #announce;
  #isBroken = false;

  /**
   * @param {HTMLElement} root
   * @param {(text: string) => void} announce
   */
  constructor(root, announce) {
    this.#root = root;
    this.#announce = announce;
  }

  /** @param {Code | null} code */
  show(code) {
    const { digits, isBroken } = code ?? { digits: "", isBroken: false };
    this.#root.hidden = !digits && !isBroken;
    this.#part("compare").hidden = isBroken;
    const warning = this.#part("broken");
    warning.hidden = !isBroken;
    this.#write("digits", `${digits.slice(0, 3)} ${digits.slice(3)}`);
    this.#write("aloud", [...digits].join(" "));
    if (isBroken && !this.#isBroken) {
      this.#root.setAttribute("open", "");
      this.#announce(warning.textContent?.trim() ?? "");
    }
    this.#isBroken = isBroken;
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  #write(name, text) {
    const part = this.#part(name);
    if (part.textContent !== text) part.textContent = text;
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(`[data-part="${name}"]`));
  }
}
