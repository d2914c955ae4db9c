// @ts-check

const DAY = 1440;
const SVG = "http://www.w3.org/2000/svg";

/** @param {string} text */
function minutes(text) {
  const [hours, rest] = text.split(":");
  return text ? Number(hours) * 60 + Number(rest) : null;
}

/** One weekday of the form: its stretches can be added to and removed, and its line is drawn anew. */
export class WeekDay {
  #list;
  #line;
  #texts;
  #blank;
  #name;

  /**
   * @param {HTMLElement} fieldset
   * @param {SVGElement} line
   * @param {{add: string, remove: string}} texts
   */
  constructor(fieldset, line, texts) {
    this.#list = /** @type {HTMLElement} */ (fieldset.querySelector(".stretches"));
    this.#line = line;
    this.#texts = texts;
    this.#name = fieldset.querySelector("legend")?.textContent ?? "";
    const blank = /** @type {HTMLElement} */ (this.#list.querySelector(".stretch[data-blank]:last-child"));
    this.#blank = /** @type {HTMLElement} */ (blank.cloneNode(true));
    this.#blank.removeAttribute("data-blank");
    blank.remove();
  }

  connect() {
    for (const stretch of this.#list.querySelectorAll(".stretch")) {
      this.#makeRemovable(/** @type {HTMLElement} */ (stretch));
    }
    const add = this.#button(this.#texts.add);
    add.setAttribute("aria-label", `${this.#texts.add}: ${this.#name}`);
    add.addEventListener("click", () => this.#add(add));
    this.#list.append(add);
    this.#list.addEventListener("input", () => this.#draw());
  }

  /** @param {HTMLElement} before */
  #add(before) {
    const stretch = /** @type {HTMLElement} */ (this.#blank.cloneNode(true));
    this.#makeRemovable(stretch);
    before.before(stretch);
    /** @type {HTMLElement | null} */ (stretch.querySelector("input[type=time]"))?.focus();
  }

  /** @param {HTMLElement} stretch */
  #makeRemovable(stretch) {
    const remove = this.#button(this.#texts.remove);
    remove.setAttribute("aria-label", `${this.#texts.remove}: ${this.#name}`);
    remove.addEventListener("click", () => {
      stretch.remove();
      this.#draw();
      /** @type {HTMLElement | null} */ (this.#list.querySelector(":scope > button"))?.focus();
    });
    stretch.append(remove);
  }

  /** @param {string} text */
  #button(text) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--link small";
    button.textContent = text;
    return button;
  }

  #draw() {
    for (const old of this.#line.querySelectorAll("rect")) old.remove();
    for (const stretch of this.#list.querySelectorAll(".stretch")) {
      const [from, to] = [...stretch.querySelectorAll("input[type=time]")].map((input) =>
        minutes(/** @type {HTMLInputElement} */ (input).value),
      );
      if (from == null || to == null) continue;
      const end = to === 0 ? DAY : to;
      if (end > from) this.#line.append(this.#bar(from, end));
    }
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  #bar(from, to) {
    const bar = document.createElementNS(SVG, "rect");
    bar.setAttribute("class", "bars__bar bars__bar--hours");
    bar.setAttribute("x", `${(from / DAY) * 100}%`);
    bar.setAttribute("width", `${((to - from) / DAY) * 100}%`);
    return bar;
  }
}
