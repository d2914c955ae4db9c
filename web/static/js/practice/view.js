// @ts-check
/** @file What a person sees and presses while they practise. */

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Step} Step */
/** @typedef {import("./types.js").Press} Press */

const HASTE_MS = 500; // a double click answers one question, not two

export class View {
  #root = element("practice", HTMLElement);
  #caption = element("practice-caption", HTMLElement);
  #stage = element("practice-stage", HTMLElement);
  #yes = element("practice-yes", HTMLButtonElement);
  #no = element("practice-no", HTMLButtonElement);
  #skip = element("practice-skip", HTMLButtonElement);
  #meter = element("practice-meter", HTMLElement);
  #level = element("practice-level", HTMLMeterElement);
  #progress = element("practice-progress", HTMLProgressElement);
  #result = element("practice-result", HTMLElement);
  #own = element("practice-self", HTMLVideoElement);
  #texts;
  /** @type {((press: Press) => void) | null} */
  #pressed = null;
  #shownAt = 0;
  #isOver = false;

  /**
   * @param {Record<string, string>} texts
   * @param {() => void} onStart
   */
  constructor(texts, onStart) {
    this.#texts = texts;
    this.#yes.addEventListener("click", () => (this.#pressed ? this.#press("yes") : onStart()));
    this.#no.addEventListener("click", () => this.#press("no"));
    this.#skip.addEventListener("click", () => this.#press("skip"));
    this.show("idle");
  }

  get isUnhurried() {
    return element("practice-unhurried", HTMLInputElement).checked;
  }

  /**
   * Show what belongs to a state: an element names its states in data-when.
   * @param {State} state
   * @param {string} [sentence]
   */
  show(state, sentence = "") {
    this.#root.dataset["state"] = state;
    this.#isOver = false;
    for (const each of this.#root.querySelectorAll("[data-when]")) {
      const when = (each instanceof HTMLElement && each.dataset["when"]) || "";
      each.toggleAttribute("hidden", !when.split(" ").includes(state));
    }
    const canStart = state === "idle" || state === "done" || state === "failed";
    this.#buttons({ yes: canStart ? this.#texts[state === "idle" ? "start" : "again"] : "" });
    this.#result.hidden = state !== "done";
    this.#meter.hidden = this.#progress.hidden = true;
    this.caption(sentence);
  }

  /** @param {string | undefined} sentence */
  caption(sentence) {
    if (this.#caption.textContent !== sentence) this.#caption.textContent = sentence ?? "";
  }

  /** @param {string} key */
  say(key) {
    this.#buttons({});
    this.#meter.hidden = key !== "unmuting";
    if (key === "measure") this.#mark("measure");
    this.caption(this.#texts[key]);
  }

  /** @param {MediaStream | null} adviser */
  adviser(adviser) {
    const video = element("practice-adviser", HTMLVideoElement);
    video.srcObject = adviser;
    if (adviser) void video.play().catch(() => {}); // the browser may want a press first: the greeting asks for one
  }

  /** @param {MediaStream | null} own */
  own(own) {
    this.#own.hidden = !own?.getVideoTracks().length;
    this.#own.srcObject = own;
  }

  /**
   * @param {Step} step
   * @returns {Promise<Press>}
   */
  async ask(step) {
    if (this.#isOver) return "over";
    this.#mark(step);
    this.#stage.dataset["shows"] = step === "page" ? "page" : "adviser";
    this.caption(this.#texts[step]);
    this.#meter.hidden = this.#progress.hidden = true;
    this.#buttons({ yes: this.#texts[`${step}_yes`], no: this.#texts[`${step}_no`], skip: "skip" });
    this.#yes.focus({ preventScroll: true });
    this.#shownAt = performance.now();
    return new Promise((resolve) => (this.#pressed = resolve));
  }

  /** The time is up: whatever is asked stays unanswered. */
  hurry() {
    this.#isOver = true;
    this.#answer("over");
  }

  /** @param {boolean} isOff */
  muted(isOff) {
    element("practice-muted", HTMLElement).hidden = !isOff;
  }

  /** @param {number} level 0 to 1 */
  level(level) {
    this.#level.value = level;
  }

  /** @param {number} done 0 to 1 */
  measuring(done) {
    this.#stage.dataset["shows"] = "adviser";
    this.#progress.hidden = false;
    this.#progress.value = done;
  }

  /** @param {import("../precall/types.js").Judged} judged */
  result(judged) {
    this.show("done");
    this.#root.dataset["verdict"] = judged.kind;
    element("practice-verdict", HTMLElement).textContent = judged.verdict;
    element("practice-advice", HTMLElement).textContent = judged.advice;
    const figures = judged.figures.flatMap(({ name, value }) => [tag("dt", name), tag("dd", value)]);
    element("practice-figures", HTMLElement).replaceChildren(...figures);
    element("practice-details", HTMLElement).hidden = figures.length === 0;
    this.#result.focus();
  }

  /** @param {Press} press */
  #press(press) {
    if (performance.now() - this.#shownAt >= HASTE_MS) this.#answer(press);
  }

  /** @param {Press} press */
  #answer(press) {
    const pressed = this.#pressed;
    this.#pressed = null;
    pressed?.(press);
  }

  /** @param {{yes?: string | undefined, no?: string | undefined, skip?: string}} words */
  #buttons({ yes = "", no = "", skip = "" }) {
    this.#yes.hidden = !yes;
    this.#no.hidden = !no;
    this.#skip.hidden = !skip;
    if (yes) this.#yes.textContent = yes;
    if (no) this.#no.textContent = no;
  }

  /** @param {Step} step */
  #mark(step) {
    let isDone = true;
    for (const each of element("practice-steps", HTMLElement).querySelectorAll("li")) {
      if (each.dataset["step"] === step) isDone = false;
      each.toggleAttribute("data-done", isDone);
      if (each.dataset["step"] === step) each.setAttribute("aria-current", "step");
      else each.removeAttribute("aria-current");
    }
  }
}

/**
 * @param {"dt" | "dd"} name
 * @param {string} sentence
 */
function tag(name, sentence) {
  const made = document.createElement(name);
  made.textContent = sentence;
  return made;
}

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function element(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page lacks #${id}`);
  return found;
}
