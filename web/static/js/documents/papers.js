// @ts-check
/** @file Shows the list of documents, with what can be done with each. */

/** @typedef {import("./types.js").Paper} Paper */
/** @typedef {{onShow: (paper: Paper, lock?: import("./types.js").Level) => void, onWithdraw: (paper: Paper) => void}} Deeds */

export class Papers {
  /** @type {HTMLElement} */
  #root;
  /** @type {Deeds} */
  #deeds;
  #seen = "";

  /**
   * @param {HTMLElement} root
   * @param {Deeds} deeds
   */
  constructor(root, deeds) {
    this.#root = root;
    this.#deeds = deeds;
  }

  /**
   * Drawn anew only when something has changed, so that nobody loses the focus.
   * @param {Paper[]} papers
   * @param {string | null} onTable
   * @param {boolean} isSeen whether the other one sees what lies there
   */
  show(papers, onTable, isSeen) {
    const seen = JSON.stringify([papers, onTable]);
    if (seen !== this.#seen) {
      this.#seen = seen;
      part(this.#root, "list").replaceChildren(...papers.map((paper) => this.#row(paper, paper.id === onTable)));
    }
    for (const row of part(this.#root, "list").children) part(row, "on-table").hidden = !isSeen || !isOn(row, onTable);
    part(this.#root, "none").hidden = papers.length > 0;
  }

  /**
   * @param {Paper} paper
   * @param {boolean} isOnTable
   */
  #row(paper, isOnTable) {
    const template = part(this.#root, "row");
    if (!(template instanceof HTMLTemplateElement)) throw new Error("the row is no template");
    const row = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    row.dataset["document"] = paper.id;
    part(row, "title").textContent = paper.name;
    part(row, "pages").textContent = `${paper.pages}`;
    part(row, paper.is_mine ? "theirs" : "mine").remove();
    this.#wire(row, paper, isOnTable);
    return row;
  }

  /**
   * @param {HTMLElement} row
   * @param {Paper} paper
   * @param {boolean} isOnTable
   */
  #wire(row, paper, isOnTable) {
    const show = part(row, "show");
    show.hidden = isOnTable;
    const lock = this.#lock(row, paper);
    show.addEventListener("click", () => this.#deeds.onShow(paper, lock()));
    const withdraw = part(row, "withdraw");
    withdraw.hidden = !paper.is_mine;
    withdraw.addEventListener("click", () => this.#deeds.onWithdraw(paper));
    for (const button of [show, withdraw])
      button.setAttribute("aria-label", `${button.textContent?.trim()}: ${paper.name}`);
  }

  /**
   * Who shows a paper of their own says how surely the other one must be identified to see it.
   * @param {HTMLElement} row
   * @param {Paper} paper
   * @returns {() => import("./types.js").Level | undefined}
   */
  #lock(row, paper) {
    const field = row.querySelector('[data-part="lock-field"]');
    const choice = field?.querySelector("select");
    if (!field || !choice) return () => undefined;
    if (!paper.is_mine) {
      field.remove();
      return () => undefined;
    }
    choice.value = paper.lock;
    return () => /** @type {import("./types.js").Level} */ (choice.value);
  }
}

/**
 * @param {Element} row
 * @param {string | null} onTable
 */
function isOn(row, onTable) {
  return row instanceof HTMLElement && row.dataset["document"] === onTable;
}

/**
 * @param {ParentNode} root
 * @param {string} name
 * @returns {HTMLElement}
 */
export function part(root, name) {
  const found = root.querySelector(`[data-part="${name}"]`);
  if (!(found instanceof HTMLElement)) throw new Error(`the documents lack ${name}`);
  return found;
}
