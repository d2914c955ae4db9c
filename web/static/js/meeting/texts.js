// @ts-check
/** @file What is written in the meeting: shown in the server's order, and said again until it has answered. */

/** @typedef {import("./types.js").TextSaid} TextSaid */

export class Texts {
  #list;
  #ready;
  #form;
  #field;
  #news;
  #options;
  #watch;
  #resized = new ResizeObserver(() => this.#stayAtEnd());
  #isInSight = true;
  #isAtEnd = true;
  /** @type {Map<string, string>} ref → text, as long as the server has not said it back */
  #unanswered = new Map();
  /** @type {Set<number>} */
  #shown = new Set();

  /**
   * @param {{list: HTMLElement, ready: HTMLElement, form: HTMLFormElement, field: HTMLTextAreaElement, news: HTMLElement}} parts
   * @param {{send: (ref: string, text: string) => void, you: () => string, youWord: string, asideWord: string,
   *   time: (moment: string) => string, told: (text: TextSaid) => string}} options
   */
  constructor({ list, ready, form, field, news }, options) {
    this.#list = list;
    this.#ready = ready;
    this.#form = form;
    this.#field = field;
    this.#news = news;
    this.#watch = new IntersectionObserver(([seen]) => this.#seen(!!seen?.isIntersecting), { rootMargin: "0px 0px -110px" });
    this.#options = options;
  }

  connect() {
    this.#watch.observe(this.#list);
    this.#resized.observe(this.#list);
    this.#list.addEventListener("scroll", () => {
      this.#isAtEnd = this.#list.scrollTop + this.#list.clientHeight > this.#list.scrollHeight - 8;
    });
    this.#news.addEventListener("click", (event) => {
      event.preventDefault();
      this.#list.scrollIntoView({ block: "center" });
      this.#list.focus({ preventScroll: true });
      this.#news.hidden = true;
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#say();
    });
    this.#ready.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button[data-say]") : null;
      if (button instanceof HTMLElement) this.#send(button.dataset["say"] ?? "");
    });
    this.#field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#say();
    });
  }

  /** After a lost line: the server knows each `ref` once, so a second time does no harm. */
  sayAgain() {
    for (const [ref, text] of this.#unanswered) this.#options.send(ref, text);
  }

  disconnect() {
    this.#watch.disconnect();
    this.#resized.disconnect();
    this.#news.hidden = true;
    this.#list.replaceChildren(); // gone here as on the server; who comes again gets them anew
    this.#unanswered.clear();
  }

  /** @param {TextSaid} text said by the other side while our eyes are elsewhere */
  tell(text) {
    this.#news.textContent = this.#options.told(text);
    this.#news.hidden = this.#isInSight;
  }

  /**
   * @param {TextSaid} text
   * @returns {boolean} whether it is new and the other side's
   */
  hear(text) {
    const isMine = text.from === this.#options.you();
    if (isMine) this.#unanswered.delete(text.ref);
    if (this.#shown.has(text.seq)) return false;
    this.#shown.add(text.seq);
    this.#list.append(this.#row(text, isMine));
    this.#list.closest("details")?.toggleAttribute("open", true);
    this.#list.scrollTop = this.#list.scrollHeight;
    return !isMine;
  }

  /** @param {boolean} isInSight */
  #seen(isInSight) {
    this.#isInSight = isInSight;
    if (isInSight) this.#news.hidden = true;
  }

  /** A paper beside the messages leaves them less room: what was said last stays in sight. */
  #stayAtEnd() {
    if (this.#isAtEnd) this.#list.scrollTop = this.#list.scrollHeight;
  }

  #say() {
    const text = this.#field.value.trim();
    if (!text) return;
    this.#send(text);
    this.#field.value = "";
    this.#field.focus();
  }

  /** @param {string} text */
  #send(text) {
    const ref = crypto.randomUUID();
    this.#unanswered.set(ref, text);
    this.#options.send(ref, text);
  }

  /**
   * @param {TextSaid} text
   * @param {boolean} isMine
   */
  #row(text, isMine) {
    const row = document.createElement("li");
    row.className = isMine ? "text text--mine" : "text";
    row.classList.toggle("text--aside", text.aside);
    const head = document.createElement("p");
    head.className = "text__head";
    head.textContent = `${isMine ? this.#options.youWord : text.name} ${this.#options.time(text.at)}${text.aside ? ` · ${this.#options.asideWord}` : ""}`;
    const body = document.createElement("p");
    body.className = "text__body";
    body.textContent = text.text;
    row.append(head, body);
    return row;
  }
}
