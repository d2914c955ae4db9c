// @ts-check
/**
 * @file By phone in place of the meeting. A customer who cannot come in for a minute is offered it with the cause;
 * an adviser hears at once that a call is asked for, and at which number.
 */

/** @typedef {import("./types.js").Failure} Failure */
/** @typedef {import("./words.js").Words} Words */

export const OFFERED_AFTER_MS = 60_000;
/** What no waiting mends: nothing gets through where the customer is. */
const OFFERED_AT_ONCE = "media_not_connected";

export class PhoneInstead {
  #root;
  #words;
  #announce;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {Failure | null} */
  #failure = null;
  #isOffered = false;

  /**
   * @param {HTMLDetailsElement} root
   * @param {Words} words
   * @param {(text: string) => void} announce
   */
  constructor(root, words, announce) {
    this.#root = root;
    this.#words = words;
    this.#announce = announce;
    this.#form?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#ask();
    });
  }

  get #form() {
    const form = this.#root.querySelector('form[data-part="form"]');
    return form instanceof HTMLFormElement ? form : null;
  }

  /**
   * How it stands; called whenever that may have changed.
   * @param {{isStuck: boolean, isLong: boolean, cause: Failure | null}} now `isLong`: it is not waited for a minute
   */
  stands({ isStuck, isLong, cause }) {
    this.#failure = cause;
    if (!isStuck) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      if (this.#isOffered) this.#say("why", "");
      this.#isOffered = false;
    } else if (isLong || this.#isOffered || cause === OFFERED_AT_ONCE) this.#offer();
    else this.#timer ??= setTimeout(() => this.#offer(), OFFERED_AFTER_MS);
  }

  /**
   * The customer asks for a call, or somebody has called.
   * @param {{at: string | null, phone: string, cause: Failure | null}} asked
   */
  asked({ at, phone, cause }) {
    const time = at ? this.#words.time(at) : "";
    const reason = cause ? this.#words.failure(cause).text : "";
    const text = at ? this.#words.say(reason ? "call_asked_since" : "call_asked", { time, cause: reason }) : "";
    if (at) this.#root.open = true;
    this.#say("why", text);
    if (at) this.#dial(phone);
  }

  /** @param {boolean} hasMet who have met and ended it need no call in its place */
  disconnect(hasMet) {
    clearTimeout(this.#timer);
    this.#root.hidden = hasMet;
  }

  #offer() {
    if (!this.#isOffered) this.#root.open = true;
    this.#isOffered = true;
    const cause = this.#failure ? this.#words.failure(this.#failure).text : "";
    this.#say("why", this.#words.say(cause ? "phone_offered" : "phone_offered_slow", { cause }));
  }

  async #ask() {
    const form = this.#form;
    if (!form) return;
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) fields.set(name, String(value));
    fields.set("cause", this.#isOffered && this.#failure ? this.#failure : "");
    this.#say("failed", "");
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields, signal: AbortSignal.timeout(10_000) });
      if (answer.status === 422) return this.#say("failed", this.#words.say("call_number"));
      if (!answer.ok) throw new Error(String(answer.status));
    } catch {
      return this.#say("failed", this.#words.say("call_not_sent"));
    }
    form.hidden = true;
    this.#say("asked", this.#words.say("call_sent"));
    this.#announce(this.#words.say("call_sent"));
  }

  /** @param {string} phone */
  #dial(phone) {
    const link = this.#root.querySelector('[data-part="dial"]');
    const number = this.#root.querySelector('[data-part="number"]');
    const unknown = this.#root.querySelector('[data-part="unknown"]');
    if (!(link instanceof HTMLAnchorElement) || !number || !(unknown instanceof HTMLElement) || !phone) return;
    link.href = `tel:${phone.replaceAll(" ", "")}`;
    number.textContent = phone;
    link.hidden = false;
    unknown.hidden = true;
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  #say(name, text) {
    const part = this.#root.querySelector(`[data-part="${name}"]`);
    if (!(part instanceof HTMLElement)) return;
    if (part.textContent !== text) part.textContent = text;
    part.hidden = !text;
  }
}
